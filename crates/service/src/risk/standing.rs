//! How well a system's controls perform, from what is known of them: pure functions of a snapshot.
//!
//! Performance is efficacy × coverage × reliability (Open FAIR control analytics). Efficacy is a judgement
//! ([`Priors`]); coverage is how much of the control is in place times how much of its work open findings leave on the
//! system's targets; reliability follows from how often findings opened in the last year and how long they stayed.

use super::priors::Priors;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_analysis::{Policy, controls};
use warrant_model::finding::{FindingSort, FindingState};
use warrant_model::posture::{ControlStatus, Ground, Source, Status};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::micros;
use warrant_risk::{Control, Measured, Reliability};

/// A day in microseconds.
const DAY: f64 = 86_400e6;

/// How a control of a system stands, as far as money goes.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ControlStanding {
    /// Control id.
    pub control: String,
    /// The word its efficacy goes by.
    pub word: String,
    /// Share of attempts it stops where it is in place and works.
    pub efficacy: f64,
    /// How much of it is in place.
    pub in_place: f64,
    /// Why that much.
    pub in_place_because: String,
    /// How much of its work open findings leave, over all targets.
    pub left: f64,
    /// Open findings that bear on it.
    pub open: usize,
    /// Targets that were looked at.
    pub targets: usize,
    /// Findings on it that opened in the last year, for each target, by what each takes away from its work.
    pub failures_per_year: f64,
    /// Days they stayed open on average.
    pub days_to_repair: f64,
}

impl ControlStanding {
    /// In place × left by findings.
    pub fn coverage(&self) -> f64 {
        self.in_place * self.left
    }

    /// 1 / (1 + failures · days / 365).
    pub fn reliability(&self) -> f64 {
        self.measured().share()
    }

    /// Efficacy × coverage × reliability.
    pub fn performance(&self) -> f64 {
        self.efficacy * self.coverage() * self.reliability()
    }

    fn measured(&self) -> Reliability {
        let Self { failures_per_year, days_to_repair, .. } = *self;
        Reliability::Measured(Measured { failures_per_year, days_to_repair })
    }

    /// As the engine takes it, under an id of its own.
    pub fn control(&self, id: String) -> Control {
        Control {
            id,
            title: self.control.clone(),
            efficacy: self.efficacy,
            coverage: self.coverage(),
            reliability: Some(self.measured()),
            source: String::new(),
            reviewed: String::new(),
        }
    }
}

/// The controls that a finding bears on: those it names, and those that keep such findings away.
fn borne(snapshot: &SystemSnapshot, row: usize) -> BTreeSet<&str> {
    let findings = &snapshot.findings;
    let standing: &[&str] = match findings.sort[row] {
        FindingSort::Weakness => &["ra-5", "si-2"],
        FindingSort::Check => &["cm-6"],
    };
    // A statement stands for its control.
    let named = findings.controls_of(row).map(|id| id.split('_').next().unwrap_or(id));
    named.chain(standing.iter().copied()).collect()
}

/// What findings leave of every control named, without some of them.
pub(super) struct Burden<'a> {
    snapshot: &'a SystemSnapshot,
    /// Of each control: open findings by target.
    open: BTreeMap<&'a str, HashMap<&'a str, Vec<usize>>>,
    targets: usize,
}

impl<'a> Burden<'a> {
    pub(super) fn of(snapshot: &'a SystemSnapshot, wanted: &BTreeSet<String>) -> Self {
        let findings = &snapshot.findings;
        let mut open: BTreeMap<&str, HashMap<&str, Vec<usize>>> = BTreeMap::new();
        for row in findings.open() {
            for control in borne(snapshot, row).into_iter().filter(|control| wanted.contains(*control)) {
                let target = findings.text(findings.target[row]);
                open.entry(control).or_default().entry(target).or_default().push(row);
            }
        }
        let targets: BTreeSet<&str> = snapshot.targets.iter().map(|target| target.name.as_str()).collect();
        Self { snapshot, open, targets: targets.len() }
    }

    /// Open findings on any of the controls.
    pub(super) fn rows(&self) -> BTreeSet<usize> {
        self.open.values().flat_map(HashMap::values).flatten().copied().collect()
    }

    /// The same controls with some findings taken as gone.
    pub(super) fn without(
        &self,
        standings: &BTreeMap<String, ControlStanding>,
        priors: &Priors,
        gone: &BTreeSet<usize>,
    ) -> BTreeMap<String, ControlStanding> {
        let without = |(control, standing): (&String, &ControlStanding)| {
            let open = self.open.get(control.as_str()).into_iter().flat_map(HashMap::values).flatten();
            let open = open.filter(|row| !gone.contains(row)).count();
            let left = self.left(control, priors, gone);
            (control.clone(), ControlStanding { left, open, ..standing.clone() })
        };
        standings.iter().map(without).collect()
    }

    /// How much of a control's work is left, when some findings are taken as gone.
    fn left(&self, control: &str, priors: &Priors, gone: &BTreeSet<usize>) -> f64 {
        let Some(by_target) = self.open.get(control).filter(|_| self.targets > 0) else { return 1.0 };
        let findings = &self.snapshot.findings;
        // In the order of targets, so that the sum is the same on every run.
        let mut lost: Vec<(&str, f64)> = by_target
            .iter()
            .map(|(target, rows)| {
                let rows = rows.iter().filter(|row| !gone.contains(row));
                let left: f64 = rows.map(|row| 1.0 - priors.impairment.of(findings.severity[*row])).product();
                (*target, 1.0 - left)
            })
            .collect();
        lost.sort_by(|a, b| a.0.cmp(b.0));
        let lost: f64 = lost.into_iter().map(|(_, lost)| lost).sum();
        (1.0 - lost / self.targets as f64).clamp(0.0, 1.0)
    }

    fn count(&self, control: &str) -> usize {
        self.open.get(control).map_or(0, |by_target| by_target.values().map(Vec::len).sum())
    }
}

/// How often findings on a control opened in the last year, for each target, and how many days they stayed; each counts
/// by what it takes away from the control's work.
fn failures(snapshot: &SystemSnapshot, control: &str, targets: usize, priors: &Priors) -> (f64, f64) {
    let findings = &snapshot.findings;
    let now = micros(snapshot.as_of);
    let (mut opened, mut days) = (0.0, 0.0);
    for row in 0..findings.len() {
        let until = match findings.state[row] {
            FindingState::Open => now,
            FindingState::Closed => findings.state_since[row],
            FindingState::Met
            | FindingState::NotChecked
            | FindingState::NotApplicable
            | FindingState::Moved => continue,
        };
        let age = (now - findings.first_seen[row]) as f64 / DAY;
        if age > 365.0
            || findings.suppressed[row]
            || findings.is_second(row)
            || !borne(snapshot, row).contains(control)
        {
            continue;
        }
        let weight = priors.impairment.of(findings.severity[row]);
        opened += weight;
        days += weight * ((until - findings.first_seen[row]) as f64 / DAY).max(0.0);
    }
    if opened <= 0.0 || targets == 0 {
        return (0.0, 0.0);
    }
    (opened / targets as f64, days / opened)
}

/// How much of a control is in place, and why: the mean of its statements.
fn in_place(status: Option<&ControlStatus>, priors: &Priors) -> (f64, String) {
    let Some(control) = status else {
        return (0.0, "it is not in the system's baseline".to_owned());
    };
    if let Status::NotApplicable { .. } = control.status {
        return (0.0, "tailored out".to_owned());
    }
    let mut words = control.implementation.split(", ");
    let (claimed, said) = if words.clone().all(|word| matches!(word, "planned" | "not stated")) {
        (0.0, "nobody says that the rest is in place")
    } else if words.any(|word| word == "partial") {
        (priors.in_place.partly_claimed, "the rest is said to be partly in place")
    } else {
        (priors.in_place.claimed, "the rest is said to be in place")
    };
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shares = Vec::new();
    for statement in &control.statements {
        // What findings say against it is counted by what they take away, not twice.
        let judged =
            |ground: &Ground| matches!(&ground.source, Source::Record { kind, .. } if kind == "assessment");
        let (word, share) = match &statement.status {
            Status::Satisfied => ("satisfied", 1.0),
            Status::OtherThanSatisfied if statement.grounds.iter().any(judged) => ("not satisfied", 0.0),
            Status::OtherThanSatisfied => ("measured by findings", priors.in_place.measured),
            Status::Stale { .. } => ("satisfied too long ago", priors.in_place.stale),
            Status::NotAssessed { .. } => ("", claimed),
            Status::NotApplicable { .. } => continue,
        };
        *count.entry(word).or_default() += 1;
        shares.push(share);
    }
    let all = shares.len();
    let satisfied = count.remove("satisfied").unwrap_or_default();
    let unassessed = count.remove("").unwrap_or_default();
    let mut because = format!("{satisfied} of {all} statements satisfied");
    for (word, number) in count {
        because.push_str(&format!(", {number} {word}"));
    }
    if unassessed > 0 {
        because.push_str(&format!("; {said}, not assessed"));
    }
    (shares.iter().sum::<f64>() / all.max(1) as f64, because)
}

/// How the named controls of a system stand, by id.
pub(super) fn standings(
    snapshot: &SystemSnapshot,
    policy: &Policy,
    priors: &Priors,
    wanted: &BTreeSet<String>,
) -> BTreeMap<String, ControlStanding> {
    let status: HashMap<String, ControlStatus> =
        controls(snapshot, policy).into_iter().map(|status| (status.control.clone(), status)).collect();
    let burden = Burden::of(snapshot, wanted);
    let standing = |control: &String| {
        let (word, range) = priors.efficacy_of(control);
        let (in_place, in_place_because) = in_place(status.get(control), priors);
        let (failures_per_year, days_to_repair) = failures(snapshot, control, burden.targets, priors);
        let standing = ControlStanding {
            control: control.clone(),
            word: word.to_owned(),
            efficacy: range.mean(),
            in_place,
            in_place_because,
            left: burden.left(control, priors, &BTreeSet::new()),
            open: burden.count(control),
            targets: burden.targets,
            failures_per_year,
            days_to_repair,
        };
        (control.clone(), standing)
    };
    wanted.iter().map(standing).collect()
}
