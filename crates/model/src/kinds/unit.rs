//! A unit: a part of the organisation.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A point of a tolerance line: how likely a year may be that costs so much.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ToleranceLine {
    /// A year that costs this much or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub loss: Option<f64>,
    /// How many of a hundred years may be so dear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_in_hundred: Option<f64>,
}

/// A part of the organisation. Units form a tree that scopes permission and roll-ups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// Name, unique in the organisation.
    pub name: String,
    /// The unit it is part of; empty for the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "unit"))]
    pub parent: Option<RecordId>,
    /// Who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub head: Option<RecordId>,
    /// What it is there for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub mission: Option<String>,
    /// What it bears, with all units below it; empty when only the organisation's line counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tolerance: Vec<ToleranceLine>,
    /// Overlays that hold for every system of the unit and of those below it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "overlay"))]
    pub overlays: Vec<RecordId>,
}

impl Kind for Unit {
    const SPEC: KindSpec = KindSpec {
        name: "unit",
        prefix: "unit",
        title: "Unit",
        plural: "Units",
        about: "A part of the organisation; units form a tree that scopes permission and roll-ups.",
        source: "SP 800-39 §2.2",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::IsUnit("parent"),
        workflow: None,
        columns: &["name", "parent", "head"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (nth, point) in self.tolerance.iter().enumerate() {
            let nth = nth + 1;
            if !point.loss.is_some_and(|loss| loss > 0.0 && loss <= 1e15) {
                problems.push(FieldProblem::new("tolerance", format!("point {nth}: give a loss above 0")));
            }
            if !point.years_in_hundred.is_some_and(|years| (0.0..=100.0).contains(&years)) {
                let message = format!("point {nth}: give 0 to 100 of a hundred years");
                problems.push(FieldProblem::new("tolerance", message));
            }
        }
        problems
    }
}
