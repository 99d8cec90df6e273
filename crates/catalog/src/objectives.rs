//! Which security objectives a control serves, as weights for scorecards.
//!
//! The summary of a control decides; where none is written, the declared table
//! `content/catalog/objectives.toml` does, first by control, then by family. The table is our judgement, not
//! NIST's, and carries a version and a rationale for each line.

use crate::categorize::Objective;
use crate::summary::{objectives_by_name, summary};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Shares of one control's contribution to each objective; each from 0 to 1, together 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CiaWeights {
    /// Share of confidentiality.
    pub confidentiality: f64,
    /// Share of integrity.
    pub integrity: f64,
    /// Share of availability.
    pub availability: f64,
}

impl CiaWeights {
    /// The share of one objective.
    pub fn of(self, objective: Objective) -> f64 {
        match objective {
            Objective::Confidentiality => self.confidentiality,
            Objective::Integrity => self.integrity,
            Objective::Availability => self.availability,
        }
    }

    /// Equal shares of the objectives served; of all three when the list is empty.
    fn equal(served: &[Objective]) -> Self {
        let served = if served.is_empty() { &Objective::ALL } else { served };
        let count = Objective::ALL.iter().filter(|o| served.contains(o)).count();
        let share = |o| if served.contains(&o) { 1.0 / count as f64 } else { 0.0 };
        CiaWeights {
            confidentiality: share(Objective::Confidentiality),
            integrity: share(Objective::Integrity),
            availability: share(Objective::Availability),
        }
    }
}

/// Weights of a control by identifier, e.g. `sc-8.1`. An enhancement without an entry of its own has those of its
/// base control; a control of an unknown family serves all three alike.
pub fn objectives(control: &str) -> CiaWeights {
    CiaWeights::equal(&served(control))
}

fn served(control: &str) -> Vec<Objective> {
    if let Some(summary) = summary(control) {
        return summary.objectives.clone();
    }
    let table = table();
    let base = control.split('.').next().unwrap_or(control);
    let family = control.split('-').next().unwrap_or(control);
    let by_control = table.controls.get(control).or_else(|| table.controls.get(base));
    if let Some(served) = by_control {
        return served.clone();
    }
    if base != control
        && let Some(summary) = summary(base)
    {
        return summary.objectives.clone();
    }
    table.families.get(family).cloned().unwrap_or_default()
}

/// Version of the table of defaults, to be kept with results computed from it.
pub fn table_version() -> &'static str {
    &table().version
}

#[derive(Default)]
struct Table {
    version: String,
    families: BTreeMap<String, Vec<Objective>>,
    controls: BTreeMap<String, Vec<Objective>>,
}

const EMBEDDED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/catalog/objectives.toml"));

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| read(EMBEDDED).unwrap_or_default())
}

fn read(text: &str) -> Result<Table, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        version: String,
        family: BTreeMap<String, Entry>,
        control: BTreeMap<String, Entry>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        objectives: Vec<String>,
        rationale: String,
    }
    fn entries(written: BTreeMap<String, Entry>) -> Result<BTreeMap<String, Vec<Objective>>, String> {
        let entry = |(id, entry): (String, Entry)| {
            if entry.rationale.trim().is_empty() {
                return Err(format!("{id}: no rationale"));
            }
            let served = objectives_by_name(&entry.objectives).map_err(|name| format!("{id}: {name:?}"))?;
            Ok((id, served))
        };
        written.into_iter().map(entry).collect()
    }
    let written: Written = toml::from_str(text).map_err(|e| e.to_string())?;
    Ok(Table {
        version: written.version,
        families: entries(written.family)?,
        controls: entries(written.control)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;

    #[test]
    fn the_table_is_whole() {
        let table = read(EMBEDDED).unwrap();
        assert!(!table.version.is_empty());
        let index = Index::embedded();
        for family in index.families() {
            assert!(table.families.contains_key(&family.id), "family {} has no default", family.id);
        }
        assert_eq!(table.families.len(), index.families().len());
        for control in table.controls.keys() {
            assert!(index.by_id(control).is_some(), "{control} is no control");
        }
    }

    #[test]
    fn weights_are_shares_of_one() {
        for control in Index::embedded().controls() {
            let weights = objectives(&control.id);
            let sum: f64 = Objective::ALL.iter().map(|o| weights.of(*o)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{}", control.id);
        }
        assert_eq!(objectives("zz-1"), CiaWeights::equal(&Objective::ALL));
    }

    #[test]
    fn a_summary_outranks_the_table() {
        let written = summary("ac-2").unwrap();
        assert_eq!(objectives("ac-2"), CiaWeights::equal(&written.objectives));
        assert_eq!(objectives("cp-6.99").availability, objectives("cp-6").availability);
    }
}
