//! What a control asks for, in our own words, and what an assessor looks at.
//!
//! The text is `content/controls/800-53r5.toml`; its rules are in the README beside it.

use crate::categorize::Objective;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A control explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What must be true, in one to three sentences.
    pub summary: String,
    /// What an assessor looks at or asks for.
    pub assess: Vec<String>,
    /// Security objectives the control mainly serves, the main one first.
    pub objectives: Vec<Objective>,
}

const EMBEDDED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/controls/800-53r5.toml"));

/// The summary of an 800-53 revision 5 control by identifier (`ac-2.1`), `None` where none is written.
pub fn summary(id: &str) -> Option<&'static Summary> {
    static READ: OnceLock<BTreeMap<String, Summary>> = OnceLock::new();
    READ.get_or_init(|| read(EMBEDDED).unwrap_or_default()).get(id)
}

/// Why summaries can not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SummaryError {
    /// The text is not TOML of the expected form.
    #[error("{0}")]
    Form(String),
    /// An objective has an unknown name.
    #[error("[{control:?}] objectives: {name:?} is not confidentiality, integrity or availability")]
    UnknownObjective {
        /// The control.
        control: String,
        /// The name.
        name: String,
    },
}

/// Reads summaries: one table per control with `summary`, `assess` and `objectives`.
///
/// # Errors
/// [`SummaryError`] naming the place.
pub fn read(text: &str) -> Result<BTreeMap<String, Summary>, SummaryError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        summary: String,
        assess: Vec<String>,
        objectives: Vec<String>,
    }
    let entries: BTreeMap<String, Entry> =
        toml::from_str(text).map_err(|e| SummaryError::Form(e.to_string()))?;
    entries
        .into_iter()
        .map(|(control, entry)| {
            let objectives = objectives_by_name(&entry.objectives)
                .map_err(|name| SummaryError::UnknownObjective { control: control.clone(), name })?;
            Ok((control, Summary { summary: entry.summary, assess: entry.assess, objectives }))
        })
        .collect()
}

/// Objectives by their names; the unknown name otherwise.
pub(crate) fn objectives_by_name(names: &[String]) -> Result<Vec<Objective>, String> {
    let by_name =
        |name: &String| Objective::ALL.into_iter().find(|o| o.name() == name).ok_or_else(|| name.clone());
    names.iter().map(by_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Baseline, Index};

    #[test]
    fn every_low_baseline_control_is_explained() {
        let index = Index::embedded();
        let missing: Vec<&str> = index
            .baseline(Baseline::Low)
            .iter()
            .map(|no| index.control(*no).unwrap().id.as_str())
            .filter(|id| summary(id).is_none())
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn every_summary_is_whole_and_about_a_control_in_force() {
        for (id, summary) in read(EMBEDDED).unwrap() {
            let no = Index::embedded().by_id(&id).unwrap_or_else(|| panic!("{id} is no control"));
            assert!(!Index::embedded().control(no).unwrap().withdrawn, "{id} is withdrawn");
            assert!(summary.summary.len() > 40, "{id}");
            assert!(!summary.assess.is_empty() && summary.assess.iter().all(|a| a.len() > 10), "{id}");
            assert!(!summary.objectives.is_empty(), "{id}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let error = read("[\"ac-1\"]\nsummary = \"x\"\nassess = []\nobjectives = [\"safety\"]").unwrap_err();
        assert!(error.to_string().contains("ac-1") && error.to_string().contains("safety"));
        assert!(read("[\"ac-1\"]\nsumary = \"x\"").unwrap_err().to_string().contains("line 2"));
    }
}
