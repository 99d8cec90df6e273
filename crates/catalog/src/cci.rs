//! Control correlation identifiers (CCI) of DISA: which control or statement a CCI stands for.
//!
//! STIG rules name CCIs; this table leads from them to NIST SP 800-53 revision 5 and revision 4. It holds
//! identifiers only; DISA's definitions are not embedded. Source: DISA CCI list of 2023-06-07.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A revision of NIST SP 800-53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Revision {
    /// Revision 4.
    R4,
    /// Revision 5.
    R5,
}

/// What a CCI stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The revision that `id` belongs to.
    pub revision: Revision,
    /// OSCAL identifier of a control (`cm-6`) or statement (`cm-6_smt.b`). Identifiers of revision 5 are in
    /// [`crate::index::Index::embedded`].
    pub id: &'static str,
}

impl Target {
    /// Identifier of the control, e.g. `cm-6` for `cm-6_smt.b`.
    pub fn control_id(&self) -> &'static str {
        self.id.split("_smt").next().unwrap_or(self.id)
    }
}

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/catalog/cci.tsv"));

/// Controls and statements that a CCI stands for; empty for an unknown one. Those of revision 5, or of
/// revision 4 where DISA gives no revision 5 reference.
///
/// Takes `CCI-000366` in any letter case.
pub fn cci(id: &str) -> &'static [Target] {
    match cci_in(id, Revision::R5) {
        [] => cci_in(id, Revision::R4),
        found => found,
    }
}

/// Controls and statements of one revision that a CCI stands for.
pub fn cci_in(id: &str, revision: Revision) -> &'static [Target] {
    number(id).and_then(|n| table().get(&n)).map_or(&[], |row| row.of(revision))
}

/// The numbers of the CCIs that stand for a revision 5 control or one of its statements, in order.
pub fn of_control(control: &str) -> &'static [u32] {
    static READ: OnceLock<HashMap<&'static str, Vec<u32>>> = OnceLock::new();
    let by_control = READ.get_or_init(|| {
        let mut by_control: HashMap<&'static str, Vec<u32>> = HashMap::new();
        for (number, row) in table() {
            for target in row.of(Revision::R5) {
                by_control.entry(target.control_id()).or_default().push(*number);
            }
        }
        for numbers in by_control.values_mut() {
            numbers.sort_unstable();
            numbers.dedup();
        }
        by_control
    });
    by_control.get(control).map_or(&[], Vec::as_slice)
}

/// Every CCI with what it stands for in one revision, ascending.
pub fn all(revision: Revision) -> Vec<(u32, Target)> {
    let rows = table().iter().flat_map(|(number, row)| row.of(revision).iter().map(|t| (*number, *t)));
    let mut all: Vec<(u32, Target)> = rows.collect();
    all.sort_unstable();
    all
}

/// Number of CCIs in the table.
pub fn count() -> usize {
    table().len()
}

/// What one CCI stands for, by revision.
#[derive(Default)]
struct Row {
    revision_4: Vec<Target>,
    revision_5: Vec<Target>,
}

impl Row {
    fn of(&self, revision: Revision) -> &[Target] {
        match revision {
            Revision::R4 => &self.revision_4,
            Revision::R5 => &self.revision_5,
        }
    }
}

fn number(id: &str) -> Option<u32> {
    let id = id.trim();
    let prefix = id.get(..4)?;
    let digits = id.get(4..)?;
    let plain = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain && prefix.eq_ignore_ascii_case("CCI-") { digits.parse().ok() } else { None }
}

fn table() -> &'static HashMap<u32, Row> {
    static READ: OnceLock<HashMap<u32, Row>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table: HashMap<u32, Row> = HashMap::new();
        for (number, revision, targets) in TABLE.lines().filter_map(line) {
            let row = table.entry(number).or_default();
            match revision {
                Revision::R4 => row.revision_4 = targets,
                Revision::R5 => row.revision_5 = targets,
            }
        }
        table
    })
}

fn line(line: &'static str) -> Option<(u32, Revision, Vec<Target>)> {
    let mut columns = line.split('\t');
    let number = columns.next()?.parse().ok()?;
    let revision = match columns.next()? {
        "4" => Revision::R4,
        "5" => Revision::R5,
        _ => return None,
    };
    let targets = columns.next()?.split(' ').map(|id| Target { revision, id }).collect();
    Some((number, revision, targets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Index;

    #[test]
    fn known_identifiers_lead_to_statements() {
        let cm6 = cci("CCI-000366");
        assert_eq!(cm6, [Target { revision: Revision::R5, id: "cm-6_smt.b" }]);
        assert_eq!(cm6[0].control_id(), "cm-6");
        assert_eq!(cci("cci-000366 "), cm6);
        assert_eq!(cci("CCI-000001"), [Target { revision: Revision::R4, id: "ac-1_smt.a.1" }]);
        assert_eq!(cci_in("CCI-000366", Revision::R4), [Target { revision: Revision::R4, id: "cm-6_smt.b" }]);
        for unknown in ["", "CCI-", "CCI-999999", "CCI-1234567", "XXX-000366", "CCI-+00366"] {
            assert!(cci(unknown).is_empty(), "{unknown}");
        }
    }

    #[test]
    fn a_control_knows_its_identifiers() {
        assert!(of_control("cm-6").contains(&366));
        assert!(of_control("cm-6").is_sorted());
        assert!(of_control("zz-1").is_empty());
    }

    #[test]
    fn every_row_is_read_and_every_revision_5_target_is_in_the_index() {
        let index = Index::embedded();
        let rows = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(
            table()
                .values()
                .map(|r| usize::from(!r.revision_4.is_empty()) + usize::from(!r.revision_5.is_empty()))
                .sum::<usize>(),
            rows
        );
        assert_eq!(count(), 4547);
        for (_, target) in all(Revision::R5) {
            let known = index.by_id(target.id).is_some() || index.statement_by_id(target.id).is_some();
            assert!(known, "{}", target.id);
        }
    }
}
