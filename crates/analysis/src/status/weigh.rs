//! Weighing: for every statement, the tailoring, finding, judgement, support and implementation that decide it.
//!
//! Each choice is by a total order that ends in the record's id, so that the order of rows never matters.

mod judgements;

use super::judge::{Basis, Verdict, Word, badness};
use crate::framework::{Bearing, Framework, Named};
use crate::horizon::Horizon;
use crate::policy::{Policy, Reach};
use jiff::Timestamp;
use judgements::Judgement;
use std::cmp::Reverse;
use warrant_model::finding::{FindingSort, FindingState};
use warrant_model::kinds::{AssessmentResult, ImplementationStatus, TailoringAction};
use warrant_model::snapshot::{Findings, Part, SystemSnapshot};
use warrant_model::time::{from_micros, plus_days};
use warrant_model::{RecordId, Severity};

/// What decides each statement, by row of the snapshot and statement number.
#[derive(Debug)]
pub(super) struct Weighed {
    tailored_out: Vec<Option<u32>>,
    /// The decision that lets other controls stand in.
    compensated: Vec<Option<u32>>,
    /// The worst open finding.
    open: Vec<Option<u32>>,
    /// The newest judgement.
    judgement: Vec<Option<Judgement>>,
    /// The favourable check result that lasts longest.
    passed: Vec<Option<Support>>,
    implemented: Vec<Option<u32>>,
    /// What is taken from other systems; empty unless asked for.
    inherited: Vec<Option<u32>>,
    /// What implementation statements say of each control: one bit for each status.
    stated: Vec<u8>,
    /// Open findings that bear on each control.
    pub(super) open_findings: Vec<u32>,
    /// The newest evidence that bears on each control.
    pub(super) evidence_at: Vec<Option<Timestamp>>,
}

#[derive(Clone, Copy, Debug)]
struct Support {
    row: u32,
    until: Timestamp,
}

impl Weighed {
    /// The verdict on a statement, with what is taken from other systems.
    pub(super) fn standing(&self, snapshot: &SystemSnapshot, statement: usize, horizon: &Horizon) -> Verdict {
        let own = self.verdict(statement, horizon);
        let Some(row) = self.inherited.get(statement).copied().flatten() else { return own };
        let taken = &snapshot.inherited.statements[row as usize];
        let there = badness(&taken.status);
        let ours = match taken.part {
            _ if own.word == Word::NotApplicable => true,
            Part::All => own.word == Word::OtherThanSatisfied,
            Part::Shared => own.word > there || own.word == there && own.word != Word::NotAssessed,
        };
        match ours {
            true => own,
            false => Verdict { word: there, basis: Basis::Inherited(row as usize), since: taken.since },
        }
    }

    /// Takes what is inherited into account from here on.
    pub(super) fn take_inherited(
        &mut self,
        snapshot: &SystemSnapshot,
        framework: &Framework,
        horizon: &Horizon,
    ) {
        let taken = &snapshot.inherited;
        if taken.statements.is_empty() {
            return;
        }
        horizon.passed(taken.until);
        self.inherited = vec![None; framework.statements().len()];
        for (row, one) in (0..).zip(&taken.statements) {
            let Some(bearing) = framework.bearing(&one.statement) else { continue };
            self.inherited[bearing.statements.start] = Some(row);
            if badness(&one.status) == Word::Satisfied {
                self.note_evidence(bearing.control, one.since);
            }
        }
    }

    /// The verdict on a statement by the system's own evidence.
    pub(super) fn verdict(&self, statement: usize, horizon: &Horizon) -> Verdict {
        let of = |word, basis| Verdict { word, basis, since: Timestamp::UNIX_EPOCH };
        if let Some(row) = self.tailored_out[statement] {
            return of(Word::NotApplicable, Basis::Tailoring(row as usize));
        }
        if let Some(row) = self.open[statement] {
            return of(Word::OtherThanSatisfied, Basis::Finding(row as usize));
        }
        let judgement = self.judgement[statement];
        if let Some(Judgement { row, result: AssessmentResult::OtherThanSatisfied, .. }) = judgement {
            return of(Word::OtherThanSatisfied, Basis::Assessment(row as usize));
        }
        let judged = judgement.map(|found| (found.until, Basis::Assessment(found.row as usize)));
        let passed = self.passed[statement].map(|found| (found.until, Basis::Finding(found.row as usize)));
        let lasting = match (judged, passed) {
            (Some(judged), Some(passed)) if passed.0 > judged.0 => Some(passed),
            (judged, passed) => judged.or(passed),
        };
        match (lasting, self.implemented[statement]) {
            (Some((until, basis)), _) if horizon.passed(until) => {
                Verdict { word: Word::Stale, basis, since: until }
            }
            (Some((_, basis)), _) => of(Word::Satisfied, basis),
            (None, Some(row)) => of(Word::NotAssessed, Basis::Implementation(row as usize)),
            (None, None) => of(Word::NotAssessed, Basis::Nothing),
        }
    }
}

/// Finds what decides each statement of the framework.
pub(super) fn weigh(
    snapshot: &SystemSnapshot,
    policy: &Policy,
    framework: &Framework,
    horizon: &Horizon,
) -> Weighed {
    let statements = framework.statements().len();
    let controls = framework.controls().len();
    let mut weighed = Weighed {
        tailored_out: vec![None; statements],
        compensated: vec![None; statements],
        open: vec![None; statements],
        judgement: vec![None; statements],
        passed: vec![None; statements],
        implemented: vec![None; statements],
        inherited: Vec::new(),
        stated: vec![0; controls],
        open_findings: vec![0; controls],
        evidence_at: vec![None; controls],
    };
    weighed.take_tailorings(snapshot, framework);
    weighed.take_implementations(snapshot, framework);
    weighed.take_assessments(snapshot, policy, framework, horizon);
    weighed.take_findings(snapshot, policy, framework);
    weighed
}

impl Weighed {
    /// Whether an implementation statement says this of a control or one of its statements.
    pub(super) fn states(&self, control: usize, status: ImplementationStatus) -> bool {
        self.stated[control] & (1 << status as u8) != 0
    }

    /// The decision that lets other controls stand in for a statement that is not tailored out.
    pub(super) fn compensated(&self, statement: usize) -> Option<usize> {
        let decision = self.compensated[statement].filter(|_| self.tailored_out[statement].is_none());
        decision.map(|row| row as usize)
    }

    fn take_tailorings(&mut self, snapshot: &SystemSnapshot, framework: &Framework) {
        let rows = &snapshot.tailorings;
        // The decision that names the statement itself speaks before one about the whole control, then the newest.
        let order = |row: u32, names: Named| {
            let record = &rows[row as usize];
            (names == Named::Statement, record.updated_at, Reverse(&record.id))
        };
        let mut names = vec![Named::Control; rows.len()];
        let back = brought_back(snapshot, framework);
        for (row, record) in rows.iter().enumerate() {
            let Some(bearing) = framework.bearing(&record.body.control) else { continue };
            let slots = match (record.body.action, bearing.names) {
                // A control that is removed is out of scope; here only its statements are.
                (TailoringAction::NotApplicable, _) | (TailoringAction::Remove, Named::Statement) => {
                    &mut self.tailored_out
                }
                (TailoringAction::Compensate, _) => &mut self.compensated,
                _ => continue,
            };
            names[row] = bearing.names;
            for statement in bearing
                .statements
                .filter(|statement| back[*statement] < Some((record.updated_at, &record.id)))
            {
                let slot = &mut slots[statement];
                let better = slot
                    .is_none_or(|held| order(row as u32, bearing.names) > order(held, names[held as usize]));
                if better {
                    *slot = Some(row as u32);
                }
            }
        }
    }

    fn take_implementations(&mut self, snapshot: &SystemSnapshot, framework: &Framework) {
        let rows = &snapshot.implementations;
        let mut names = vec![Named::Control; rows.len()];
        let order = |row: u32, names: Named| {
            let record = &rows[row as usize];
            (names == Named::Statement, record.body.component.is_none(), Reverse(&record.id))
        };
        for (row, record) in rows.iter().enumerate() {
            let Some(bearing) = framework.bearing(&record.body.control) else { continue };
            self.stated[bearing.control] |= 1 << record.body.status as u8;
            // What is said to be in place is no reason why nothing was assessed; the rest is.
            if record.body.status == ImplementationStatus::Implemented {
                continue;
            }
            names[row] = bearing.names;
            for slot in &mut self.implemented[bearing.statements] {
                let better = slot
                    .is_none_or(|held| order(row as u32, bearing.names) > order(held, names[held as usize]));
                if better {
                    *slot = Some(row as u32);
                }
            }
        }
    }

    fn take_findings(&mut self, snapshot: &SystemSnapshot, policy: &Policy, framework: &Framework) {
        let findings = &snapshot.findings;
        let mut bearings = Bearings::default();
        for row in 0..findings.len() {
            let Some(tells) = tells(findings, row) else { continue };
            let last_seen = from_micros(findings.last_seen[row]);
            let mut counted = None;
            for bearing in bearings.of(findings, row, framework) {
                match tells {
                    Tells::Against => self.take_open(findings, row, bearing),
                    Tells::For => {
                        let until = plus_days(last_seen, i64::from(policy.freshness.benchmark_days));
                        let lone = bearing.statements.len() == 1;
                        let reaches = policy.status.passed_rule_speaks_for == Reach::Control;
                        if lone || reaches || bearing.names == Named::Statement {
                            self.take_passed(findings, Support { row: row as u32, until }, bearing);
                        }
                    }
                    Tells::Nothing => {}
                }
                if tells != Tells::Nothing {
                    self.note_evidence(bearing.control, last_seen);
                }
                // Bearings are sorted by control: a finding counts once for each.
                if tells == Tells::Against && counted != Some(bearing.control) {
                    self.open_findings[bearing.control] += 1;
                    counted = Some(bearing.control);
                }
            }
        }
    }

    fn take_open(&mut self, findings: &Findings, row: usize, bearing: &Bearing) {
        let order = |row: usize| {
            (findings.severity[row], findings.last_seen[row], Reverse(findings.text(findings.id[row])))
        };
        for slot in &mut self.open[bearing.statements.clone()] {
            if slot.is_none_or(|held| order(row) > order(held as usize)) {
                *slot = Some(row as u32);
            }
        }
    }

    fn take_passed(&mut self, findings: &Findings, found: Support, bearing: &Bearing) {
        let id = |support: &Support| Reverse(findings.text(findings.id[support.row as usize]));
        for slot in &mut self.passed[bearing.statements.clone()] {
            if slot.is_none_or(|held| (found.until, id(&found)) > (held.until, id(&held))) {
                *slot = Some(found);
            }
        }
    }

    fn note_evidence(&mut self, control: usize, at: Timestamp) {
        let newest = &mut self.evidence_at[control];
        *newest = (*newest).max(Some(at));
    }
}

/// When each statement was last added, or brought back after it had been taken out; by time, then by record.
fn brought_back<'a>(
    snapshot: &'a SystemSnapshot,
    framework: &Framework,
) -> Vec<Option<(Timestamp, &'a RecordId)>> {
    let mut back = vec![None; framework.statements().len()];
    for record in snapshot.tailorings.iter().filter(|record| record.body.action == TailoringAction::Add) {
        let Some(bearing) = framework.bearing(&record.body.control) else { continue };
        for slot in &mut back[bearing.statements] {
            *slot = (*slot).max(Some((record.updated_at, &record.id)));
        }
    }
    back
}

/// What a finding tells about the controls it bears on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    For,
    Against,
    Nothing,
}

/// `None`: the finding does not count at all.
pub(super) fn tells(findings: &Findings, row: usize) -> Option<Tells> {
    if findings.suppressed[row] || findings.is_second(row) {
        return None;
    }
    let check = findings.sort[row] == FindingSort::Check;
    match findings.state[row] {
        // A failed rule contradicts whatever severity its benchmark gives it; an informational weakness does not.
        FindingState::Open if check || findings.severity[row] >= Severity::Low => Some(Tells::Against),
        FindingState::Met | FindingState::Closed if check => Some(Tells::For),
        FindingState::Closed => Some(Tells::Nothing),
        _ => None,
    }
}

/// Bearings of control lists, looked up once for each distinct list.
#[derive(Default)]
pub(super) struct Bearings {
    by_symbol: std::collections::HashMap<warrant_model::strings::Symbol, Vec<Bearing>>,
}

impl Bearings {
    pub(super) fn of(&mut self, findings: &Findings, row: usize, framework: &Framework) -> &[Bearing] {
        self.by_symbol.entry(findings.controls[row]).or_insert_with(|| {
            let mut found: Vec<_> =
                findings.controls_of(row).filter_map(|id| framework.bearing(id)).collect();
            found.sort_by_key(|bearing| (bearing.control, bearing.statements.start));
            found.dedup();
            found
        })
    }
}
