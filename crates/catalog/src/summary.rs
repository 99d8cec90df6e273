//! What a control asks for, in our own words, and what an assessor looks at.
//!
//! The text is `content/controls/800-53r5/<family>.toml`; its rules are in the README beside that folder. A family is
//! read when one of its controls is first asked for.

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

macro_rules! family {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../content/controls/800-53r5/",
                $name,
                ".toml"
            )),
        )
    };
}

/// Families and the text of their file.
const FAMILIES: [(&str, &str); 20] = [
    family!("ac"),
    family!("at"),
    family!("au"),
    family!("ca"),
    family!("cm"),
    family!("cp"),
    family!("ia"),
    family!("ir"),
    family!("ma"),
    family!("mp"),
    family!("pe"),
    family!("pl"),
    family!("pm"),
    family!("ps"),
    family!("pt"),
    family!("ra"),
    family!("sa"),
    family!("sc"),
    family!("si"),
    family!("sr"),
];

/// The summary of an 800-53 revision 5 control by identifier (`ac-2.1`), `None` where none is written.
pub fn summary(id: &str) -> Option<&'static Summary> {
    static READ: [OnceLock<BTreeMap<String, Summary>>; FAMILIES.len()] =
        [const { OnceLock::new() }; FAMILIES.len()];
    let family = id.split('-').next()?;
    let (_, text, cell) = FAMILIES
        .iter()
        .zip(&READ)
        .map(|((name, text), cell)| (name, text, cell))
        .find(|(name, ..)| **name == family)?;
    cell.get_or_init(|| read(text).unwrap_or_default()).get(id)
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
    use crate::index::Index;

    #[test]
    fn every_control_in_force_is_explained() {
        let in_force = Index::embedded().controls().iter().filter(|control| !control.withdrawn);
        let missing: Vec<&str> =
            in_force.map(|control| control.id.as_str()).filter(|id| summary(id).is_none()).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn no_two_controls_have_the_same_summary() {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (_, text) in FAMILIES {
            for (id, summary) in read(text).unwrap() {
                let twin = seen.insert(summary.summary, id.clone());
                assert_eq!(twin, None, "{id} repeats the summary of another control");
            }
        }
    }

    #[test]
    fn every_summary_is_whole_and_about_a_control_in_force() {
        for (family, text) in FAMILIES {
            for (id, summary) in read(text).unwrap() {
                let no = Index::embedded().by_id(&id).unwrap_or_else(|| panic!("{id} is no control"));
                assert!(!Index::embedded().control(no).unwrap().withdrawn, "{id} is withdrawn");
                assert_eq!(id.split('-').next(), Some(family), "{id} is in the wrong file");
                assert!(summary.summary.len() > 40, "{id}");
                assert!((2..=4).contains(&summary.assess.len()), "{id}: {} prompts", summary.assess.len());
                for sentence in summary.assess.iter().chain([&summary.summary]) {
                    assert!(
                        sentence.len() > 10 && sentence.ends_with('.') && sentence.is_ascii(),
                        "{id}: {sentence}"
                    );
                }
                assert!(!summary.objectives.is_empty(), "{id}");
            }
        }
    }

    #[test]
    fn controls_stand_in_order() {
        for (family, text) in FAMILIES {
            let number = |id: &str| Index::embedded().by_id(id);
            let ids: Vec<&str> =
                text.lines().filter_map(|line| line.strip_prefix("[\"")?.strip_suffix("\"]")).collect();
            assert!(!ids.is_empty() && ids.is_sorted_by_key(|id| number(id)), "{family}.toml");
        }
    }

    #[test]
    fn no_family_file_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/controls/800-53r5");
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, FAMILIES.map(|(family, _)| format!("{family}.toml")));
    }

    #[test]
    fn mistakes_are_named() {
        let error = read("[\"ac-1\"]\nsummary = \"x\"\nassess = []\nobjectives = [\"safety\"]").unwrap_err();
        assert!(error.to_string().contains("ac-1") && error.to_string().contains("safety"));
        assert!(read("[\"ac-1\"]\nsumary = \"x\"").unwrap_err().to_string().contains("line 2"));
    }
}
