//! Comparison: what is different between two postures.
//!
//! One function for trend, release, what-if and plan against achieved. Comparing the other way round gives the
//! mirror image ([`Delta::reversed`]). Must not know of snapshots.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use warrant_model::posture::{ControlCounts, ControlStatus, Deficiency, Posture, SeverityCounts, Status};
use warrant_model::{Impact, Objective, Severity};

/// What is different between an earlier and a later posture; numbers are later minus earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delta {
    /// Deficiencies that are new.
    pub opened: Vec<Deficiency>,
    /// Deficiencies that are gone.
    pub ended: Vec<Deficiency>,
    /// Deficiencies in both that became worse.
    pub worsened: Vec<Change>,
    /// Deficiencies in both that became less bad.
    pub eased: Vec<Change>,
    /// Confidentiality, integrity and availability.
    pub scorecard: [IndicatorDelta; 3],
    /// Controls in each state.
    pub controls: ControlsDelta,
    /// Open findings by severity.
    pub open_findings: SeverityDelta,
    /// Deficiencies in force (not excepted) by severity.
    pub deficiencies: SeverityDelta,
}

/// A deficiency in both postures that is worse or less bad.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// As it was.
    pub before: Deficiency,
    /// As it is.
    pub after: Deficiency,
}

/// How an indicator moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorDelta {
    /// Which objective.
    pub objective: Objective,
    /// The score before; `None`: not assessed.
    pub score_before: Option<f32>,
    /// The score after.
    pub score_after: Option<f32>,
    /// The impact level before.
    pub impact_before: Option<Impact>,
    /// The impact level after.
    pub impact_after: Option<Impact>,
    /// Percentage points of weight with fresh evidence gained.
    pub assessed: f32,
}

impl IndicatorDelta {
    /// Points gained; `None` when one side was not assessed: unknown is no number.
    pub fn score(&self) -> Option<f32> {
        Some(self.score_after? - self.score_before?)
    }
}

/// Controls gained or lost in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlsDelta {
    /// Met on fresh evidence.
    pub satisfied: i64,
    /// Not met.
    pub other_than_satisfied: i64,
    /// Evidence too old.
    pub stale: i64,
    /// Nothing known.
    pub not_assessed: i64,
    /// Tailored out.
    pub not_applicable: i64,
}

/// Numbers gained or lost by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityDelta {
    /// Critical.
    pub critical: i64,
    /// High.
    pub high: i64,
    /// Medium.
    pub medium: i64,
    /// Low.
    pub low: i64,
    /// Informational.
    pub none: i64,
}

/// A control whose status changed, or that came into or went out of the baseline (`None`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlChange {
    /// Control id.
    pub control: String,
    /// The status before.
    pub before: Option<Status>,
    /// The status after.
    pub after: Option<Status>,
}

/// What is different from `before` to `after`. Lists keep the order of the posture they come from.
pub fn compare(before: &Posture, after: &Posture) -> Delta {
    let earlier: BTreeMap<&str, &Deficiency> = by_id(before);
    let later: BTreeMap<&str, &Deficiency> = by_id(after);
    let only = |of: &Posture, other: &BTreeMap<&str, &Deficiency>| {
        of.deficiencies.iter().filter(|d| !other.contains_key(d.id.as_str())).cloned().collect()
    };
    let mut worsened = Vec::new();
    let mut eased = Vec::new();
    for (id, was) in &earlier {
        let Some(is) = later.get(id) else { continue };
        let change = || Change { before: (*was).clone(), after: (*is).clone() };
        match burden(was).cmp(&burden(is)) {
            std::cmp::Ordering::Less => worsened.push(change()),
            std::cmp::Ordering::Greater => eased.push(change()),
            std::cmp::Ordering::Equal => {}
        }
    }
    Delta {
        opened: only(after, &earlier),
        ended: only(before, &later),
        worsened,
        eased,
        scorecard: Objective::ALL.map(|objective| indicator(before, after, objective)),
        controls: controls(&before.controls, &after.controls),
        open_findings: severities(&before.open_findings, &after.open_findings),
        deficiencies: severities(&in_force(before), &in_force(after)),
    }
}

/// Controls whose status is not the same, in the order of their ids.
pub fn compare_controls(before: &[ControlStatus], after: &[ControlStatus]) -> Vec<ControlChange> {
    let statuses = |list: &[ControlStatus]| -> BTreeMap<String, Status> {
        list.iter().map(|control| (control.control.clone(), control.status.clone())).collect()
    };
    let (before, after) = (statuses(before), statuses(after));
    let mut ids: Vec<_> = before.keys().chain(after.keys()).cloned().collect();
    ids.sort_unstable();
    ids.dedup();
    let change = |control: String| {
        let (before, after) = (before.get(&control).cloned(), after.get(&control).cloned());
        ControlChange { control, before, after }
    };
    ids.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

impl Delta {
    /// The same difference seen from the other side.
    pub fn reversed(self) -> Self {
        let turn = |changes: Vec<Change>| -> Vec<Change> {
            changes
                .into_iter()
                .map(|Change { before, after }| Change { before: after, after: before })
                .collect()
        };
        Self {
            opened: self.ended,
            ended: self.opened,
            worsened: turn(self.eased),
            eased: turn(self.worsened),
            scorecard: self.scorecard.map(|moved| IndicatorDelta {
                objective: moved.objective,
                score_before: moved.score_after,
                score_after: moved.score_before,
                impact_before: moved.impact_after,
                impact_after: moved.impact_before,
                assessed: -moved.assessed,
            }),
            controls: ControlsDelta {
                satisfied: -self.controls.satisfied,
                other_than_satisfied: -self.controls.other_than_satisfied,
                stale: -self.controls.stale,
                not_assessed: -self.controls.not_assessed,
                not_applicable: -self.controls.not_applicable,
            },
            open_findings: self.open_findings.reversed(),
            deficiencies: self.deficiencies.reversed(),
        }
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        let moved = |indicator: &IndicatorDelta| {
            indicator.score_before != indicator.score_after
                || indicator.impact_before != indicator.impact_after
                || indicator.assessed != 0.0
        };
        self.opened.is_empty()
            && self.ended.is_empty()
            && self.worsened.is_empty()
            && self.eased.is_empty()
            && !self.scorecard.iter().any(moved)
            && self.controls == ControlsDelta::default()
            && self.open_findings == SeverityDelta::default()
            && self.deficiencies == SeverityDelta::default()
    }
}

impl SeverityDelta {
    fn reversed(self) -> Self {
        Self {
            critical: -self.critical,
            high: -self.high,
            medium: -self.medium,
            low: -self.low,
            none: -self.none,
        }
    }
}

/// How heavy a deficiency is: one in force above one excepted, then severity, then rank in tenths.
fn burden(deficiency: &Deficiency) -> (bool, Severity, i64) {
    let tenths = (f64::from(deficiency.rank.score) * 10.0).round() as i64;
    (deficiency.excepted.is_none(), deficiency.severity, tenths)
}

fn by_id(posture: &Posture) -> BTreeMap<&str, &Deficiency> {
    posture.deficiencies.iter().map(|deficiency| (deficiency.id.as_str(), deficiency)).collect()
}

fn in_force(posture: &Posture) -> SeverityCounts {
    let mut counts = SeverityCounts::default();
    posture.deficiencies.iter().filter(|d| d.excepted.is_none()).for_each(|d| counts.add(d.severity));
    counts
}

fn indicator(before: &Posture, after: &Posture, objective: Objective) -> IndicatorDelta {
    let (was, is) = (&before.scorecard.0[objective as usize], &after.scorecard.0[objective as usize]);
    IndicatorDelta {
        objective,
        score_before: was.score,
        score_after: is.score,
        impact_before: was.impact,
        impact_after: is.impact,
        assessed: is.assessed - was.assessed,
    }
}

fn controls(before: &ControlCounts, after: &ControlCounts) -> ControlsDelta {
    let gained = |was: u32, is: u32| i64::from(is) - i64::from(was);
    ControlsDelta {
        satisfied: gained(before.satisfied, after.satisfied),
        other_than_satisfied: gained(before.other_than_satisfied, after.other_than_satisfied),
        stale: gained(before.stale, after.stale),
        not_assessed: gained(before.not_assessed, after.not_assessed),
        not_applicable: gained(before.not_applicable, after.not_applicable),
    }
}

fn severities(before: &SeverityCounts, after: &SeverityCounts) -> SeverityDelta {
    let gained = |severity| i64::from(after.of(severity)) - i64::from(before.of(severity));
    SeverityDelta {
        critical: gained(Severity::Critical),
        high: gained(Severity::High),
        medium: gained(Severity::Medium),
        low: gained(Severity::Low),
        none: gained(Severity::None),
    }
}
