//! The traceability matrix: requirement, implementation, test procedure, result, evidence; with every hole.
//!
//! Source: SP 800-53A §3.2; SP 800-160v1r1 (traceability). Every requirement has a row at least; everything
//! handed in is in a row or among the strays, so nothing disappears between the columns.

mod nist;
mod procedures;

pub use nist::{Assessed, Standing, all_assessed, assessed, identity};
pub use procedures::{Method, Procedure, ProcedureKind, procedures};

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How a requirement is met, by its identifier in the caller's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implementation {
    /// Identifier in the caller's records.
    pub id: String,
    /// The statement or control it is about.
    pub requirement: String,
}

/// The result of one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Identifier in the caller's records.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// Evidence it rests on.
    pub evidence: Vec<String>,
}

/// Everything the matrix is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Statements or controls that must be met, in the order of rows.
    pub requirements: &'a [String],
    /// How they are met.
    pub implementations: &'a [Implementation],
    /// How they are tested, e.g. from [`procedures()`].
    pub procedures: &'a [Procedure],
    /// What tests gave.
    pub results: &'a [TestResult],
    /// Evidence that is there.
    pub evidence: &'a BTreeSet<String>,
}

/// What a row lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// Nobody says how the requirement is met.
    #[error("no implementation")]
    Implementation,
    /// No procedure tests the requirement.
    #[error("no test procedure")]
    Procedure,
    /// The procedure has no result.
    #[error("no result")]
    Result,
    /// The result rests on nothing.
    #[error("no evidence")]
    Evidence,
    /// The result names evidence that is not there.
    #[error("evidence {0} is missing")]
    MissingEvidence(String),
}

/// A row: one requirement, one procedure that tests it, one result of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The requirement.
    pub requirement: String,
    /// Everything that says how it is met.
    pub implementations: Vec<String>,
    /// A procedure that tests it.
    pub procedure: Option<String>,
    /// A result of the procedure.
    pub result: Option<String>,
    /// Evidence of the result that is there.
    pub evidence: Vec<String>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// The matrix, and what belongs nowhere in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Matrix {
    /// Rows, by requirement, then procedure, then result.
    pub rows: Vec<Row>,
    /// Implementations of what is not required.
    pub stray_implementations: Vec<String>,
    /// Results of procedures that test nothing required.
    pub stray_results: Vec<String>,
    /// Evidence that no result of a row names.
    pub unused_evidence: Vec<String>,
}

impl Matrix {
    /// Requirements without any gap in any row.
    pub fn closed(&self) -> Vec<&str> {
        let open: BTreeSet<&str> =
            self.rows.iter().filter(|r| !r.gaps.is_empty()).map(|r| r.requirement.as_str()).collect();
        let mut closed: Vec<&str> =
            self.rows.iter().map(|r| r.requirement.as_str()).filter(|r| !open.contains(r)).collect();
        closed.dedup();
        closed
    }
}

/// Lays out the matrix. What is said of a control or of a statement around it counts for its statements, and
/// what tests a whole control tests each of its statements.
pub fn matrix(sources: Sources<'_>) -> Matrix {
    let implementations = grouped(sources.implementations.iter().map(|i| (i.requirement.as_str(), i)));
    let procedures = grouped(sources.procedures.iter().map(|p| (p.requirement.as_str(), p)));
    let results = grouped(sources.results.iter().map(|r| (r.procedure.as_str(), r)));
    let mut matrix = Matrix::default();
    let mut used = Used::default();
    for requirement in sources.requirements {
        let own: Vec<&Implementation> = around(requirement)
            .flat_map(|id| implementations.get(id).into_iter().flatten().copied())
            .collect();
        used.implementations.extend(own.iter().map(|i| i.id.as_str()));
        let implementations: Vec<String> = own.iter().map(|i| i.id.clone()).collect();
        let mut row = |procedure: Option<&Procedure>, result: Option<&TestResult>| {
            let named = result.map_or(&[][..], |r| &r.evidence);
            let (there, missing): (Vec<String>, Vec<String>) =
                named.iter().cloned().partition(|e| sources.evidence.contains(e));
            used.evidence.extend(there.iter().cloned());
            let mut gaps = Vec::new();
            if implementations.is_empty() {
                gaps.push(Gap::Implementation);
            }
            match (procedure, result) {
                (None, _) => gaps.push(Gap::Procedure),
                (_, None) => gaps.push(Gap::Result),
                (_, Some(_)) if named.is_empty() => gaps.push(Gap::Evidence),
                _ => gaps.extend(missing.into_iter().map(Gap::MissingEvidence)),
            }
            matrix.rows.push(Row {
                requirement: requirement.clone(),
                implementations: implementations.clone(),
                procedure: procedure.map(|p| p.id.clone()),
                result: result.map(|r| r.id.clone()),
                evidence: there,
                gaps,
            });
        };
        let tests: Vec<&Procedure> =
            around(requirement).flat_map(|id| procedures.get(id).into_iter().flatten().copied()).collect();
        if tests.is_empty() {
            row(None, None);
        }
        for procedure in tests {
            match results.get(procedure.id.as_str()) {
                None => row(Some(procedure), None),
                Some(found) => {
                    for result in found {
                        used.results.insert(&result.id);
                        row(Some(procedure), Some(result));
                    }
                }
            }
        }
    }
    let stray = |all: Vec<&str>, used: &BTreeSet<&str>| -> Vec<String> {
        all.into_iter().filter(|id| !used.contains(id)).map(str::to_owned).collect()
    };
    matrix.stray_implementations =
        stray(sources.implementations.iter().map(|i| i.id.as_str()).collect(), &used.implementations);
    matrix.stray_results = stray(sources.results.iter().map(|r| r.id.as_str()).collect(), &used.results);
    matrix.unused_evidence =
        sources.evidence.iter().filter(|e| !used.evidence.contains(*e)).cloned().collect();
    matrix
}

#[derive(Default)]
struct Used<'a> {
    implementations: BTreeSet<&'a str>,
    results: BTreeSet<&'a str>,
    evidence: BTreeSet<String>,
}

fn grouped<'a, T>(items: impl Iterator<Item = (&'a str, &'a T)>) -> BTreeMap<&'a str, Vec<&'a T>> {
    let mut groups: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for (key, item) in items {
        groups.entry(key).or_default().push(item);
    }
    groups
}

/// A statement, the statements around it and its control, from the inside out. Only identifiers as NIST's SP
/// 800-53 has them (`ac-2_smt.d.1`) tell what is around; any other stands alone.
pub(crate) fn around(id: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(id);
    std::iter::from_fn(move || {
        let id = next?;
        next = id.split_once("_smt").and_then(|(control, tail)| match tail.rfind('.') {
            Some(dot) => Some(&id[..control.len() + "_smt".len() + dot]),
            None if tail.is_empty() => Some(control),
            None => None,
        });
        Some(id)
    })
}

#[cfg(test)]
mod tests;
