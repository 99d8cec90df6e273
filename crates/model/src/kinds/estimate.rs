//! An estimate: what somebody said about what was not known yet, and what then turned out.

use crate::id::RecordId;
use crate::kind::{Ended, FieldProblem, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether what was given a chance came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CameAbout {
    /// It did.
    Yes,
    /// It did not.
    No,
}

/// What somebody said about what was not known yet, and what then turned out: a chance, or an interval.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Estimate {
    /// The unit whose people it is about.
    #[schemars(extend("x-link" = "unit"))]
    pub unit: RecordId,
    /// What was asked, so that what turns out can be told from what does not.
    pub title: String,
    /// State.
    pub state: String,
    /// Who estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub estimator: Option<RecordId>,
    /// The day it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Date>,
    /// The day by which it will be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_by: Option<Date>,
    /// The chance of it, of a hundred; for what happens or does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
    /// The lower end of the interval; for amounts, hours, counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper end of the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How sure one was that the interval holds it, of a hundred; empty: 90.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Whether it came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub came_about: Option<CameAbout>,
    /// The value that turned out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<f64>,
    /// The risk scenario it went into.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "scenario"))]
    pub scenario: Option<RecordId>,
}

impl Kind for Estimate {
    const SPEC: KindSpec = KindSpec {
        name: "estimate",
        prefix: "est",
        title: "Estimate",
        plural: "Estimates",
        about: "What somebody said about what was not known yet, and what then turned out.",
        source: "Open FAIR O-RA 2.0.1 (calibrated estimates); G. W. Brier, Monthly Weather Review 78, 1950",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::Unit("unit"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "open", title: "Open", ended: Ended::Open },
                State { name: "known", title: "Known", ended: Ended::Ended },
                State { name: "dropped", title: "Dropped", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "open",
                    to: "known",
                    verb: "Say what turned out",
                    requires: &["estimator"],
                    role: Role::Engineer,
                },
                Transition { from: "open", to: "dropped", verb: "Drop", requires: &[], role: Role::Officer },
                Transition { from: "known", to: "open", verb: "Reopen", requires: &[], role: Role::Officer },
                Transition {
                    from: "dropped",
                    to: "open",
                    verb: "Reopen",
                    requires: &[],
                    role: Role::Officer,
                },
            ],
        }),
        columns: &["title", "estimator", "state", "chance", "low", "high", "found", "known_by"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        let known = self.state == "known";
        match (self.chance, self.low, self.high) {
            (Some(chance), None, None) => {
                if !(0.0..=100.0).contains(&chance) {
                    add("chance", "give 0 to 100 of a hundred");
                }
                if known && self.came_about.is_none() {
                    add("came_about", "say whether it came about");
                }
                if self.found.is_some() {
                    add("found", "a chance has no value; say whether it came about");
                }
            }
            (None, Some(low), Some(high)) => {
                if !(low.is_finite() && high.is_finite() && low <= high) {
                    add("low", "give the lower end first");
                }
                if known && self.found.is_none() {
                    add("found", "give the value that turned out");
                }
                if self.came_about.is_some() {
                    add("came_about", "an interval has a value; give it as `found`");
                }
            }
            _ => add("chance", "give a chance, or both ends of an interval"),
        }
        if self.confidence.is_some_and(|confidence| !(1.0..=99.9).contains(&confidence)) {
            add("confidence", "give 1 to 99.9 of a hundred");
        }
        if self.found.is_some_and(|found| !found.is_finite()) {
            add("found", "give a number");
        }
        problems
    }
}
