//! Putting conclusions into words: statuses with their grounds.
//!
//! Grounds are minimal: a verdict rests on one row, and that row alone gives the same verdict. Several open findings
//! on a statement show as the worst of them and a count on the control.

use super::judge::{Basis, Judged, Verdict, Word, badness};
use super::weigh::Weighed;
use crate::framework::Framework;
use crate::overlays::of_overlay;
use warrant_model::kinds::{Assessment, AssessmentMethod, Implementation, ImplementationStatus};
use warrant_model::posture::{ControlStatus, Ground, Source, StatementStatus, Status};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::{from_micros, start_of};

impl Judged {
    /// A control's status in words.
    pub(crate) fn describe(
        &self,
        snapshot: &SystemSnapshot,
        framework: &Framework,
        control: usize,
    ) -> ControlStatus {
        let entry = &framework.controls()[control];
        let statement = |number: usize| {
            let verdict = self.verdict(number);
            StatementStatus {
                statement: framework.statements()[number].clone(),
                status: status_of(snapshot, verdict),
                grounds: ground_of(snapshot, verdict).into_iter().collect(),
            }
        };
        let statements: Vec<_> = entry.statements.clone().map(statement).collect();
        ControlStatus {
            control: entry.id.clone(),
            status: worst(&statements),
            implementation: implementation(self.weighed(), control),
            statements,
            evidence_at: self.weighed().evidence_at[control],
            open_findings: self.weighed().open_findings[control],
        }
    }
}

/// What is said when nothing bears on a statement.
pub(super) const NOTHING: &str = "no judgement, check result or finding bears on it";

fn status_of(snapshot: &SystemSnapshot, verdict: Verdict) -> Status {
    match (verdict.word, verdict.basis) {
        (Word::Satisfied, _) => Status::Satisfied,
        (Word::OtherThanSatisfied, _) => Status::OtherThanSatisfied,
        (Word::NotAssessed, Basis::Inherited(row)) => snapshot.inherited.statements[row].status.clone(),
        (Word::Stale, _) => Status::Stale { since: verdict.since },
        (Word::NotApplicable, Basis::Tailoring(row)) => {
            Status::NotApplicable { reason: snapshot.tailorings[row].body.rationale.clone() }
        }
        (Word::NotApplicable, _) => Status::NotApplicable { reason: String::new() },
        (Word::NotAssessed, Basis::Implementation(row)) => Status::NotAssessed {
            reason: format!("{}, not assessed here", said(snapshot, &snapshot.implementations[row].body)),
        },
        (Word::NotAssessed, _) => Status::NotAssessed { reason: NOTHING.to_owned() },
    }
}

fn ground_of(snapshot: &SystemSnapshot, verdict: Verdict) -> Option<Ground> {
    let record = |kind: &str, id: &str| Source::Record { kind: kind.to_owned(), id: id.to_owned() };
    Some(match verdict.basis {
        Basis::Nothing => return None,
        Basis::Tailoring(row) => {
            let decision = &snapshot.tailorings[row];
            Ground {
                says: format!("tailored out: {}", decision.body.rationale),
                at: decision.updated_at,
                source: record(
                    if of_overlay(decision) { "overlay" } else { "tailoring" },
                    decision.id.as_str(),
                ),
            }
        }
        Basis::Implementation(row) => {
            let statement = &snapshot.implementations[row];
            Ground {
                says: said(snapshot, &statement.body),
                at: statement.updated_at,
                source: record("implementation", statement.id.as_str()),
            }
        }
        Basis::Inherited(row) => {
            let taken = &snapshot.inherited.statements[row];
            Ground {
                says: super::inherited::says(taken),
                at: taken.since,
                source: record("system", taken.provider.as_str()),
            }
        }
        Basis::Assessment(row) => {
            let judgement = &snapshot.assessments[row];
            Ground {
                says: judged(&judgement.body, verdict.word),
                at: judgement.body.assessed_on.map_or(judgement.updated_at, start_of),
                source: record("assessment", judgement.id.as_str()),
            }
        }
        Basis::Finding(row) => {
            let findings = &snapshot.findings;
            let word = if verdict.word == Word::OtherThanSatisfied { "open" } else { "passed" };
            let title = findings.text(findings.title[row]);
            Ground {
                says: format!("{word}: {title} on {}", findings.text(findings.target[row])),
                at: from_micros(findings.last_seen[row]),
                source: Source::Finding { id: findings.text(findings.id[row]).to_owned() },
            }
        }
    })
}

pub(super) fn judged(judgement: &Assessment, word: Word) -> String {
    let result = if word == Word::OtherThanSatisfied { "other than satisfied" } else { "satisfied" };
    let how = match judgement.method {
        AssessmentMethod::Examine => "examination",
        AssessmentMethod::Interview => "interview",
        AssessmentMethod::Test => "test",
    };
    match &judgement.cci {
        Some(cci) => format!("{cci} judged {result} by {how}"),
        None => format!("judged {result} by {how}"),
    }
}

/// What an implementation statement says of a control.
pub(crate) fn said(snapshot: &SystemSnapshot, statement: &Implementation) -> String {
    let provider = || {
        let systems = &snapshot.programme.systems;
        let own = statement.provider.as_ref();
        let name = own.and_then(|id| systems.iter().find(|(known, _)| known == id)).map(|(_, name)| name);
        name.map_or("an outside provider", String::as_str)
    };
    match statement.status {
        ImplementationStatus::Inherited => format!("inherited from {}", provider()),
        ImplementationStatus::Shared => format!("shared with {}", provider()),
        ImplementationStatus::Planned => "planned, not in place yet".to_owned(),
        ImplementationStatus::Partial => "in place in part".to_owned(),
        ImplementationStatus::Alternative => "met in another way".to_owned(),
        ImplementationStatus::Implemented => "said to be in place".to_owned(),
    }
}

/// The status of a control made of statements: the worst, with the earliest instant or the common reason.
fn worst(statements: &[StatementStatus]) -> Status {
    let worst = statements.iter().map(|statement| badness(&statement.status)).max();
    let alike = || statements.iter().filter(|statement| Some(badness(&statement.status)) == worst);
    let since =
        alike().filter_map(|s| if let Status::Stale { since } = s.status { Some(since) } else { None });
    match alike().next().map(|statement| &statement.status) {
        Some(Status::Stale { .. }) => Status::Stale { since: since.min().unwrap_or_default() },
        Some(first @ Status::NotAssessed { .. }) => {
            let applicable = statements.iter().filter(|s| badness(&s.status) != Word::NotApplicable).count();
            let some = alike().count();
            let one_reason = alike().all(|other| other.status == *first);
            if one_reason && some == applicable {
                first.clone()
            } else {
                not_assessed(some, statements.len())
            }
        }
        Some(first) => first.clone(),
        None => Status::NotAssessed { reason: NOTHING.to_owned() },
    }
}

fn not_assessed(some: usize, all: usize) -> Status {
    Status::NotAssessed { reason: format!("{some} of {all} statements are not assessed") }
}

/// How a control is implemented, in a word or two.
fn implementation(weighed: &Weighed, control: usize) -> String {
    let said = WORDS.iter().filter(|(status, _)| weighed.states(control, *status));
    let words: Vec<_> = said.map(|(_, word)| *word).collect();
    if words.is_empty() { "not stated".to_owned() } else { words.join(", ") }
}

/// Words for implementation statuses, from own to others'.
const WORDS: [(ImplementationStatus, &str); 6] = [
    (ImplementationStatus::Implemented, "own"),
    (ImplementationStatus::Alternative, "alternative"),
    (ImplementationStatus::Partial, "partial"),
    (ImplementationStatus::Planned, "planned"),
    (ImplementationStatus::Shared, "shared"),
    (ImplementationStatus::Inherited, "inherited"),
];
