//! The assessment procedures of SP 800-53A revision 5 for the embedded SP 800-53: labels as facts, no prose.
//!
//! Identifiers and what each objective tests follow from its label, `AC-02d.[01]`; that they do is what the
//! generator of the table checks. Controls outside NIST's resolved baselines have the procedures of NIST's draft,
//! and say so.

use super::{Method, Procedure, ProcedureKind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Where the procedures of a control were published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// In NIST's catalogue of 5.1.1+u4.
    Published,
    /// In NIST's draft of July 2021 only, as far as we have it.
    Draft,
}

/// How one control is assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// The control.
    pub control: &'static str,
    /// The methods that apply.
    pub methods: Vec<Method>,
    /// What is determined, in the order of the publication.
    pub objectives: Vec<Procedure>,
    /// Where that was published.
    pub standing: Standing,
}

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/catalog/800-53ar5.tsv"));

/// How a control of SP 800-53 revision 5 is assessed, by its identifier; `None` when NIST gives no procedure.
pub fn assessed(control: &str) -> Option<&'static Assessed> {
    static BY_CONTROL: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    let numbers = BY_CONTROL.get_or_init(|| {
        all_assessed().iter().enumerate().map(|(number, one)| (one.control, number)).collect()
    });
    all_assessed().get(*numbers.get(control)?)
}

/// Every control that has procedures, in catalogue order.
pub fn all_assessed() -> &'static [Assessed] {
    static READ: OnceLock<Vec<Assessed>> = OnceLock::new();
    READ.get_or_init(|| read(TABLE))
}

fn read(table: &'static str) -> Vec<Assessed> {
    let mut all: Vec<Assessed> = Vec::new();
    for line in table.lines() {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next(), columns.next()) {
            (Some("C"), Some(control), flags) => {
                let flags = flags.unwrap_or_default();
                let methods = [(Method::Examine, 'e'), (Method::Interview, 'i'), (Method::Test, 't')];
                all.push(Assessed {
                    control,
                    methods: methods
                        .into_iter()
                        .filter(|(_, c)| flags.contains(*c))
                        .map(|(m, _)| m)
                        .collect(),
                    objectives: Vec::new(),
                    standing: if flags.contains('d') { Standing::Draft } else { Standing::Published },
                });
            }
            (Some("O"), Some(label), own) => {
                let Some(last) = all.last_mut() else { continue };
                let Some((id, requirement)) = identity(last.control, label) else { continue };
                last.objectives.push(Procedure {
                    id: own.map_or(id, str::to_owned),
                    label: label.to_owned(),
                    requirement,
                    kind: ProcedureKind::Objective,
                });
            }
            _ => {}
        }
    }
    all
}

/// The identifier of an objective and of the statement it tests, from the control and the label by NIST's
/// convention: `ac-2` and `AC-02d.03[01]` give `ac-2_obj.d.3-1` and `ac-2_smt.d.3`. `None` when the label has
/// another form.
pub fn identity(control: &str, label: &str) -> Option<(String, String)> {
    let (_, rest) = label.split_once('-')?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    // The number of an enhancement is part of the control's identifier.
    let rest = match (control.contains('.'), rest.strip_prefix('(')) {
        (true, Some(inside)) => inside.split_once(')')?.1,
        (true, None) => return None,
        (false, _) => rest,
    };
    let (mut items, mut parts) = (String::new(), String::new());
    let mut rest = rest;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (number, after) = inside.split_once(']')?;
            parts.push('-');
            parts.push_str(plain_number(number)?);
            rest = after;
            continue;
        }
        let word = rest.trim_start_matches(['.', '(', ')']);
        let end = word.find(['.', '(', ')', '[']).unwrap_or(word.len());
        let (item, after) = word.split_at(end);
        rest = after;
        if item.is_empty() {
            continue;
        }
        if !item.chars().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        items.push('.');
        items.push_str(plain_number(item).unwrap_or(item));
    }
    Some((format!("{control}_obj{items}{parts}"), format!("{control}_smt{items}")))
}

/// A number without leading zeros.
fn plain_number(text: &str) -> Option<&str> {
    let number = text.trim_start_matches('0');
    (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;
    use proptest::prelude::*;

    #[test]
    fn labels_tell_what_is_tested() {
        for (control, label, id, statement) in [
            ("ac-2", "AC-02d.03[01]", "ac-2_obj.d.3-1", "ac-2_smt.d.3"),
            ("ac-1", "AC-01a.01(b)", "ac-1_obj.a.1.b", "ac-1_smt.a.1.b"),
            ("ac-2.3", "AC-02(03)(a)", "ac-2.3_obj.a", "ac-2.3_smt.a"),
            ("ac-2.1", "AC-02(01)", "ac-2.1_obj", "ac-2.1_smt"),
            ("ir-4", "IR-04(a)[01]", "ir-4_obj.a-1", "ir-4_smt.a"),
        ] {
            assert_eq!(identity(control, label), Some((id.to_owned(), statement.to_owned())), "{label}");
        }
        for label in ["", "AC", "AC-02[x]", "AC-02[", "AC-02a b"] {
            assert_eq!(identity("ac-2", label), None, "{label}");
        }
        assert_eq!(identity("ac-2.1", "AC-02a."), None);
    }

    #[test]
    fn every_procedure_tests_a_statement_of_its_control() {
        let index = Index::embedded();
        let (mut published, mut draft) = ([0, 0], [0, 0]);
        let mut ids = std::collections::BTreeSet::new();
        for one in all_assessed() {
            let control = index.by_id(one.control).unwrap();
            let count = if one.standing == Standing::Published { &mut published } else { &mut draft };
            *count = [count[0] + 1, count[1] + one.objectives.len()];
            assert!(!one.objectives.is_empty() && !one.methods.is_empty(), "{}", one.control);
            for objective in &one.objectives {
                let statement = index.statement_by_id(&objective.requirement).unwrap();
                assert_eq!(index.statement(statement).unwrap().control, control, "{}", objective.label);
                assert!(ids.insert(&objective.id), "{} twice", objective.id);
            }
        }
        println!("published {published:?}, draft {draft:?}");
        let in_force = index.controls().iter().filter(|control| !control.withdrawn);
        for control in in_force {
            assert!(assessed(&control.id).is_some(), "{} has no procedure", control.id);
        }
    }

    proptest! {
        #[test]
        fn any_label_is_taken_without_panic(control in "\\PC{0,12}", label in "\\PC{0,30}") {
            let _ = identity(&control, &label);
        }
    }
}
