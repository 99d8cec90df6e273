//! Everything that was found about each statement: judgements and what tools saw, not only what decides.
//!
//! What counts is what [`super::weigh`] counts, so that a statement without result here is one that is not assessed.

use super::judge::{Judged, Word, badness};
use super::weigh::{Bearings, Tells, tells};
use crate::framework::{Bearing, Framework, Named};
use crate::horizon::Horizon;
use crate::policy::{Policy, Reach};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_model::kinds::{Assessment, AssessmentMethod, AssessmentResult};
use warrant_model::posture::{Source, Status};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::{from_micros, plus_days, start_of};
use warrant_model::traceability::TestResult;

/// A statement of the tailored baseline with its results, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementResults {
    /// The control.
    pub control: String,
    /// Statement id; the control's where it has no lettered parts.
    pub statement: String,
    /// The judgement.
    pub status: Status,
    /// What was found.
    pub results: Vec<TestResult>,
}

/// The results about every statement of the system's tailored baseline that applies, in catalogue order: of each
/// method the newest judgement, of each tool what it saw in all.
pub fn results(snapshot: &SystemSnapshot, policy: &Policy) -> Vec<StatementResults> {
    let framework = Framework::embedded();
    let horizon = Horizon::new(snapshot.as_of);
    let judged = Judged::of(snapshot, policy, framework, &horizon);
    let mut found = Found::new(framework.statements().len());
    found.take_assessments(snapshot, policy, framework, &horizon);
    found.take_findings(snapshot, policy, framework);
    let mut all = Vec::new();
    for control in judged.in_scope() {
        for statement in judged.describe(snapshot, framework, control).statements {
            if badness(&statement.status) == Word::NotApplicable {
                continue;
            }
            let bearing = framework.bearing(&statement.statement);
            let number = bearing.map_or(0, |bearing| bearing.statements.start);
            all.push(StatementResults {
                control: framework.controls()[control].id.clone(),
                results: found.of(snapshot, policy, number),
                statement: statement.statement,
                status: statement.status,
            });
        }
    }
    all
}

/// What a tool saw about one statement.
#[derive(Clone, Copy, Default)]
struct Seen {
    passed: u32,
    failed: u32,
    /// The newest row that fails, else the newest that passes.
    row: u32,
}

struct Found<'a> {
    judgements: Vec<[Option<u32>; 3]>,
    /// Judgements on parts of a statement, by statement, CCI and method.
    parts: BTreeMap<(usize, &'a str, u8), u32>,
    tools: Vec<BTreeMap<&'a str, Seen>>,
}

impl<'a> Found<'a> {
    fn new(statements: usize) -> Self {
        Self {
            judgements: vec![[None; 3]; statements],
            parts: BTreeMap::new(),
            tools: vec![BTreeMap::new(); statements],
        }
    }

    fn take_assessments(
        &mut self,
        snapshot: &'a SystemSnapshot,
        policy: &Policy,
        framework: &Framework,
        horizon: &Horizon,
    ) {
        let rows = &snapshot.assessments;
        let order = |row: u32| {
            let record = &rows[row as usize];
            let against = record.body.result == Some(AssessmentResult::OtherThanSatisfied);
            (record.body.assessed_on, against, Reverse(&record.id))
        };
        for (row, record) in (0..).zip(rows) {
            let (Some(_), Some((at, _))) = (record.body.result, span(&record.body, policy)) else { continue };
            let Some(bearing) = framework.bearing(&record.body.control) else { continue };
            if !horizon.passed(at) {
                continue;
            }
            let method = record.body.method;
            for statement in bearing.statements {
                match record.body.cci.as_deref() {
                    Some(cci) => {
                        let held = self.parts.entry((statement, cci, method as u8)).or_insert(row);
                        if order(row) > order(*held) {
                            *held = row;
                        }
                    }
                    None => {
                        let slot = &mut self.judgements[statement][method as usize];
                        if slot.is_none_or(|held| order(row) > order(held)) {
                            *slot = Some(row);
                        }
                    }
                }
            }
        }
    }

    fn take_findings(&mut self, snapshot: &'a SystemSnapshot, policy: &Policy, framework: &Framework) {
        let findings = &snapshot.findings;
        let reaches = policy.status.passed_rule_speaks_for == Reach::Control;
        let mut bearings = Bearings::default();
        for row in 0..findings.len() {
            let Some(tells @ (Tells::For | Tells::Against)) = tells(findings, row) else { continue };
            let tool = findings.text(findings.tool[row]);
            let counts = |bearing: &Bearing| {
                let lone = bearing.statements.len() == 1;
                tells == Tells::Against || lone || reaches || bearing.names == Named::Statement
            };
            for bearing in bearings.of(findings, row, framework).iter().filter(|bearing| counts(bearing)) {
                for seen in &mut self.tools[bearing.statements.clone()] {
                    let seen = seen.entry(tool).or_default();
                    let newer = |held: u32| findings.last_seen[row] > findings.last_seen[held as usize];
                    let first = match tells {
                        Tells::Against => seen.failed == 0,
                        _ => seen.failed == 0 && seen.passed == 0,
                    };
                    let same = (tells == Tells::Against) == (seen.failed > 0);
                    if first || (same && newer(seen.row)) {
                        seen.row = row as u32;
                    }
                    *(if tells == Tells::Against { &mut seen.failed } else { &mut seen.passed }) += 1;
                }
            }
        }
    }

    fn of(&self, snapshot: &SystemSnapshot, policy: &Policy, statement: usize) -> Vec<TestResult> {
        let whole = self.judgements[statement].iter().flatten();
        let parts = self.parts.range((statement, "", 0)..(statement + 1, "", 0)).map(|(_, row)| row);
        let judged = whole.chain(parts);
        let judged = judged.filter_map(|row| judgement(snapshot, policy, *row as usize));
        let seen = self.tools[statement].iter().map(|(tool, seen)| sighting(snapshot, policy, tool, *seen));
        let mut all: Vec<_> = judged.chain(seen).collect();
        all.sort_by(|a, b| (b.at, &a.id).cmp(&(a.at, &b.id)));
        all
    }
}

/// When a judgement was given and until when it counts as fresh.
fn span(judgement: &Assessment, policy: &Policy) -> Option<(Timestamp, Timestamp)> {
    let at = start_of(judgement.assessed_on?);
    Some((at, plus_days(at, i64::from(policy.freshness.assessment_days))))
}

fn judgement(snapshot: &SystemSnapshot, policy: &Policy, row: usize) -> Option<TestResult> {
    let record = &snapshot.assessments[row];
    let (result, (at, until)) = (record.body.result?, span(&record.body, policy)?);
    let (word, fresh_until) = match result {
        AssessmentResult::Satisfied => (Word::Satisfied, Some(until)),
        AssessmentResult::OtherThanSatisfied => (Word::OtherThanSatisfied, None),
        // It says nothing of the statement.
        AssessmentResult::NotApplicable => return None,
    };
    Some(TestResult {
        id: record.id.0.clone(),
        method: record.body.method,
        says: super::describe::judged(&record.body, word),
        result,
        at,
        fresh_until,
        source: Source::Record { kind: "assessment".to_owned(), id: record.id.0.clone() },
        evidence: record.body.evidence.clone(),
    })
}

fn sighting(snapshot: &SystemSnapshot, policy: &Policy, tool: &str, seen: Seen) -> TestResult {
    let findings = &snapshot.findings;
    let row = seen.row as usize;
    let at = from_micros(findings.last_seen[row]);
    let (result, fresh_until) = match seen.failed {
        0 => {
            let until = plus_days(at, i64::from(policy.freshness.benchmark_days));
            (AssessmentResult::Satisfied, Some(until))
        }
        _ => (AssessmentResult::OtherThanSatisfied, None),
    };
    TestResult {
        id: format!("tool {tool}"),
        method: AssessmentMethod::Test,
        says: match (seen.passed, seen.failed) {
            (passed, 0) => format!("{tool}: {passed} passed"),
            (0, failed) => format!("{tool}: {failed} open"),
            (passed, failed) => format!("{tool}: {failed} open, {passed} passed"),
        },
        result,
        at,
        fresh_until,
        source: Source::Finding { id: findings.text(findings.id[row]).to_owned() },
        evidence: vec![findings.text(findings.evidence[row]).to_owned()],
    }
}
