//! The traceability matrix of a system, laid out by the catalogue's rules from what records and evidence say.

use crate::framework::Framework;
use crate::policy::Policy;
use crate::status::{StatementResults, results, said};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use warrant_catalog::trace::{self, Gap, ProcedureKind, Sources};
use warrant_model::posture::Status;
use warrant_model::snapshot::{EvidenceMeta, SystemSnapshot};
use warrant_model::traceability::{Hole, Implemented, Requirement, TestResult, Traceability};

/// The matrix. `elsewhere` are stored files of other systems that judgements may name.
pub fn traceability(snapshot: &SystemSnapshot, policy: &Policy, elsewhere: &[EvidenceMeta]) -> Traceability {
    let framework = Framework::embedded();
    let found = results(snapshot, policy);
    let requirements: Vec<String> = found.iter().map(|one| one.statement.clone()).collect();
    let (implementations, texts) = implementations(snapshot, framework);
    let procedures = procedures(framework, &requirements);
    let tested = tested(&procedures, found.iter().map(|one| (one.statement.as_str(), &one.results[..])));
    let files = || snapshot.evidence.iter().chain(elsewhere);
    let known: BTreeSet<String> = files().map(|file| file.hash.as_str().to_owned()).collect();
    let matrix = trace::matrix(Sources {
        requirements: &requirements,
        implementations: &implementations,
        procedures: &procedures,
        results: &tested,
        evidence: &known,
    });
    let mut rows: BTreeMap<&str, Vec<&trace::Row>> = BTreeMap::new();
    for row in &matrix.rows {
        rows.entry(row.requirement.as_str()).or_default().push(row);
    }
    let labels: BTreeMap<&str, &str> = procedures.iter().map(|p| (p.id.as_str(), p.label.as_str())).collect();
    let named: HashSet<&str> =
        found.iter().flat_map(|one| &one.results).flat_map(|r| &r.evidence).map(String::as_str).collect();
    let mut evidence: Vec<EvidenceMeta> =
        files().filter(|file| named.contains(file.hash.as_str())).cloned().collect();
    evidence.sort_by(|a, b| a.hash.cmp(&b.hash));
    evidence.dedup_by(|a, b| a.hash == b.hash);
    let requirement = |one: StatementResults| {
        let rows = rows.get(one.statement.as_str()).map_or(&[][..], Vec::as_slice);
        let mut objectives: Vec<String> = rows
            .iter()
            .filter_map(|row| Some((*labels.get(row.procedure.as_deref()?)?).to_owned()))
            .collect();
        objectives.dedup();
        let said = rows.first().map_or(&[][..], |row| &row.implementations);
        Requirement {
            implementations: said.iter().filter_map(|id| texts.get(id.as_str()).cloned()).collect(),
            holes: holes(rows, &one),
            objectives,
            control: one.control,
            statement: one.statement,
            status: one.status,
            results: one.results,
        }
    };
    let mut stray: Vec<_> = matrix.stray_implementations;
    stray.sort();
    stray.dedup();
    let about = |id: &String| {
        let record = snapshot.implementations.iter().find(|record| record.id.as_str() == id)?;
        Some((id.clone(), record.body.control.clone()))
    };
    Traceability {
        evidence,
        stray: stray.iter().filter_map(about).collect(),
        requirements: found.into_iter().map(requirement).collect(),
    }
}

fn holes(rows: &[&trace::Row], of: &StatementResults) -> BTreeSet<Hole> {
    let hole = |gap: &Gap| match gap {
        Gap::Implementation => Hole::Implementation,
        Gap::Procedure => Hole::Procedure,
        Gap::Result => Hole::Result,
        Gap::Evidence => Hole::Evidence,
        Gap::MissingEvidence(_) => Hole::MissingEvidence,
    };
    let mut holes: BTreeSet<Hole> = rows.iter().flat_map(|row| &row.gaps).map(hole).collect();
    // One result that rests on a file is enough to follow the requirement to evidence.
    if of.results.iter().any(|result| !result.evidence.is_empty()) {
        holes.remove(&Hole::Evidence);
    }
    if matches!(of.status, Status::Stale { .. }) {
        holes.insert(Hole::Stale);
    }
    holes
}

/// What records say, once for every statement they bear on, and their texts by record.
fn implementations<'a>(
    snapshot: &'a SystemSnapshot,
    framework: &Framework,
) -> (Vec<trace::Implementation>, BTreeMap<&'a str, Implemented>) {
    let (mut all, mut texts) = (Vec::new(), BTreeMap::new());
    for record in &snapshot.implementations {
        let id = record.id.as_str();
        let says = said(snapshot, &record.body);
        let how = record.body.description.clone().unwrap_or_default();
        texts.insert(id, Implemented { id: id.to_owned(), says, how });
        let one = |requirement: &str| trace::Implementation {
            id: id.to_owned(),
            requirement: requirement.to_owned(),
        };
        match framework.bearing(&record.body.control) {
            Some(bearing) => all.extend(framework.statements()[bearing.statements].iter().map(|s| one(s))),
            None => all.push(one(&record.body.control)),
        }
    }
    (all, texts)
}

/// The objectives that test each statement. One of a part around statements tests each of them, and counts for each
/// by itself.
fn procedures(framework: &Framework, requirements: &[String]) -> Vec<trace::Procedure> {
    let wanted: HashSet<&str> = requirements.iter().map(String::as_str).collect();
    let mut all = Vec::new();
    for objective in trace::all_assessed().iter().flat_map(|one| &one.objectives) {
        let Some(bearing) = framework.bearing(&objective.requirement) else { continue };
        for statement in &framework.statements()[bearing.statements] {
            if wanted.contains(statement.as_str()) {
                all.push(trace::Procedure {
                    id: format!("{} {statement}", objective.id),
                    label: objective.label.clone(),
                    requirement: statement.clone(),
                    kind: ProcedureKind::Objective,
                });
            }
        }
    }
    all
}

/// Results by procedure: what was found about a statement answers every objective that tests it.
fn tested<'a>(
    procedures: &[trace::Procedure],
    found: impl Iterator<Item = (&'a str, &'a [TestResult])>,
) -> Vec<trace::TestResult> {
    let mut by_statement: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for procedure in procedures {
        by_statement.entry(&procedure.requirement).or_default().push(&procedure.id);
    }
    let mut all = Vec::new();
    for (statement, results) in found {
        for procedure in by_statement.get(statement).into_iter().flatten() {
            all.extend(results.iter().map(|result| trace::TestResult {
                id: format!("{} {statement}", result.id),
                procedure: (*procedure).to_owned(),
                evidence: result.evidence.clone(),
            }));
        }
    }
    all
}
