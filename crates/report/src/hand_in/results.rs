//! Results of benchmark checks by control correlation identifier (CCI).

use super::subject::{Checked, Subject, control_shown, distinct};
use crate::table::Cell;
use serde::Deserialize;
use std::collections::BTreeMap;
use warrant_model::fact::Outcome;
use warrant_model::time::day;

/// What a column of result rows can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ResultField {
    /// The CCI.
    Cci,
    /// The control it stands for.
    Control,
    /// `open`, `met` or `not-applicable`; nothing when a rule was not reviewed and none is open.
    Status,
    /// The newest day on which a tool looked.
    Tested,
    /// The tools that looked.
    Tools,
    /// Rules with hosts and results.
    Details,
}

/// The checks that name one CCI.
pub(super) struct CciResult<'a> {
    cci: String,
    checks: Vec<&'a Checked>,
}

/// Every CCI that a check names, in order.
pub(super) fn by_cci<'a>(subject: &Subject<'a>) -> Vec<CciResult<'a>> {
    let mut by_cci: BTreeMap<String, Vec<&Checked>> = BTreeMap::new();
    for check in subject.checks {
        let ccis = check.fact.controls.iter().map(|id| id.trim().to_ascii_uppercase());
        for cci in ccis.filter(|id| id.starts_with("CCI-")) {
            by_cci.entry(cci).or_default().push(check);
        }
    }
    by_cci.into_iter().map(|(cci, checks)| CciResult { cci, checks }).collect()
}

impl CciResult<'_> {
    /// The CCI.
    pub(super) fn name(&self) -> &str {
        &self.cci
    }

    /// Whether its checks tell how it stands.
    pub(super) fn is_told(&self) -> bool {
        !self.status().is_empty()
    }

    /// A field as a cell, the state as our own word.
    pub(super) fn cell(&self, subject: &Subject<'_>, field: ResultField) -> Cell {
        match field {
            ResultField::Cci => Cell::text(&self.cci),
            ResultField::Control => {
                let controls: Vec<_> =
                    (subject.controls_of_cci)(&self.cci).iter().map(|id| control_shown(id)).collect();
                Cell::text(distinct(controls.iter().map(String::as_str)).join(", "))
            }
            ResultField::Status => Cell::text(self.status()),
            ResultField::Tested => {
                let looked = self.checks.iter().filter(|check| check.fact.outcome.is_verdict());
                Cell::date_if(looked.map(|check| day(check.at)).max())
            }
            ResultField::Tools => {
                Cell::text(distinct(self.checks.iter().map(|check| check.tool.as_str())).join(", "))
            }
            ResultField::Details => Cell::text(self.details()),
        }
    }

    fn status(&self) -> &'static str {
        let any =
            |wanted: &dyn Fn(Outcome) -> bool| self.checks.iter().any(|check| wanted(check.fact.outcome));
        let says = |outcome| !matches!(outcome, Outcome::NotSelected | Outcome::Informational);
        if any(&|outcome| outcome == Outcome::Fail) {
            "open"
        } else if any(&|outcome| matches!(outcome, Outcome::Error | Outcome::Unknown | Outcome::NotChecked)) {
            ""
        } else if any(&|outcome| matches!(outcome, Outcome::Pass | Outcome::Fixed)) {
            "met"
        } else if any(&says) {
            "not-applicable"
        } else {
            ""
        }
    }

    fn details(&self) -> String {
        let line = |check: &&Checked| {
            let fact = &check.fact;
            let said = fact.detail.as_deref().filter(|_| fact.outcome == Outcome::Fail);
            let said = said.map(|text| format!(" - {}", first_line(text))).unwrap_or_default();
            format!("{}: {} ({}) {}{said}", outcome_word(fact.outcome), fact.rule, fact.target, fact.title)
        };
        // What is open first.
        let open = self.checks.iter().filter(|check| check.fact.outcome == Outcome::Fail);
        let others = self.checks.iter().filter(|check| check.fact.outcome != Outcome::Fail);
        open.chain(others).map(line).collect::<Vec<_>>().join("\n")
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

/// An outcome as people read it.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "met",
        Outcome::Fixed => "fixed",
        Outcome::Fail => "open",
        Outcome::Error => "error",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not applicable",
        Outcome::NotChecked => "not reviewed",
        Outcome::NotSelected => "not selected",
        Outcome::Informational => "informational",
    }
}
