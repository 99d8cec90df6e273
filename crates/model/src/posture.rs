//! What is computed from a snapshot: control status, scorecard, deficiencies, corrective actions.

use crate::fact::Place;
use crate::hash::ContentHash;
use crate::level::{Impact, Objective, Severity};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The judgement on a control statement, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Status {
    /// Fresh evidence says it is met.
    Satisfied,
    /// Evidence says it is not met.
    OtherThanSatisfied,
    /// The evidence that said so has grown too old.
    Stale {
        /// Since when.
        since: Timestamp,
    },
    /// Nothing says anything.
    NotAssessed {
        /// Why not.
        reason: String,
    },
    /// Tailored out, with a rationale.
    NotApplicable {
        /// The rationale.
        reason: String,
    },
}

impl Status {
    /// The word stored and shown in filters.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::OtherThanSatisfied => "other-than-satisfied",
            Self::Stale { .. } => "stale",
            Self::NotAssessed { .. } => "not-assessed",
            Self::NotApplicable { .. } => "not-applicable",
        }
    }

    /// What people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Satisfied => "Satisfied",
            Self::OtherThanSatisfied => "Other than satisfied",
            Self::Stale { .. } => "Stale",
            Self::NotAssessed { .. } => "Not assessed",
            Self::NotApplicable { .. } => "Not applicable",
        }
    }
}

/// One thing a status rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// What it says, in one line.
    pub says: String,
    /// When it was observed.
    pub at: Timestamp,
    /// Where it can be looked at.
    pub source: Source,
}

/// Something a figure can be followed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum Source {
    /// A place in a stored file.
    Evidence {
        /// The file.
        evidence: ContentHash,
        /// Where in it.
        place: Place,
    },
    /// A finding.
    Finding {
        /// Its key.
        id: String,
    },
    /// A record somebody authored.
    Record {
        /// Kind name.
        kind: String,
        /// Identifier.
        id: String,
    },
}

/// A control statement's status and the minimal grounds that make it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementStatus {
    /// Statement id, e.g. `ac-2_smt.a`; the control id when the control has no lettered statements.
    pub statement: String,
    /// The judgement.
    #[serde(flatten)]
    pub status: Status,
    /// Removing any one of these would change the status.
    pub grounds: Vec<Ground>,
}

/// A control's status: the worst of its statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlStatus {
    /// Control id, e.g. `ac-2`.
    pub control: String,
    /// The judgement.
    #[serde(flatten)]
    pub status: Status,
    /// How it is implemented: `own`, `inherited`, `shared`, `planned`, `partial`, `not stated`, …
    pub implementation: String,
    /// Its statements.
    pub statements: Vec<StatementStatus>,
    /// The newest evidence behind it.
    pub evidence_at: Option<Timestamp>,
    /// Open findings that bear on it.
    pub open_findings: u32,
}

/// How many controls are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlCounts {
    /// Met on fresh evidence.
    pub satisfied: u32,
    /// Not met.
    pub other_than_satisfied: u32,
    /// Evidence too old.
    pub stale: u32,
    /// Nothing known.
    pub not_assessed: u32,
    /// Tailored out.
    pub not_applicable: u32,
}

impl ControlCounts {
    /// Controls that apply.
    pub fn applicable(&self) -> u32 {
        self.satisfied + self.other_than_satisfied + self.stale + self.not_assessed
    }

    /// Counts one more control.
    pub fn add(&mut self, status: &Status) {
        *match status {
            Status::Satisfied => &mut self.satisfied,
            Status::OtherThanSatisfied => &mut self.other_than_satisfied,
            Status::Stale { .. } => &mut self.stale,
            Status::NotAssessed { .. } => &mut self.not_assessed,
            Status::NotApplicable { .. } => &mut self.not_applicable,
        } += 1;
    }
}

/// Open findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityCounts {
    /// Critical.
    pub critical: u32,
    /// High.
    pub high: u32,
    /// Medium.
    pub medium: u32,
    /// Low.
    pub low: u32,
    /// Informational.
    pub none: u32,
}

impl SeverityCounts {
    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::None => &mut self.none,
        } += 1;
    }

    /// All of them.
    pub fn total(&self) -> u32 {
        self.critical + self.high + self.medium + self.low + self.none
    }

    /// The number of one severity.
    pub fn of(&self, severity: Severity) -> u32 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::None => self.none,
        }
    }
}

/// One of the three bars of a scorecard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Which objective.
    pub objective: Objective,
    /// The impact level the system is categorised at; `None`: not categorised.
    pub impact: Option<Impact>,
    /// 0 to 100: the weighted share of what serves this objective that is shown by fresh evidence to hold, less
    /// what deficiencies take (at most half). `None`: not assessed (less than a quarter of the weight has
    /// evidence).
    pub score: Option<f32>,
    /// 0 to 100: the weighted share for which there is fresh evidence either way.
    pub assessed: f32,
    /// Deficiencies that pull the objective down.
    pub deficiencies: u32,
    /// One sentence with the figures.
    pub reason: String,
}

/// Confidentiality, integrity and availability, in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard(pub [Indicator; 3]);

/// What is wrong: computed by a check, never typed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deficiency {
    /// Stable over time: hash of check, system and subject.
    pub id: String,
    /// The check that found it, e.g. `poam-overdue`.
    pub check: String,
    /// One line: what is wrong, where.
    pub title: String,
    /// One sentence with the figures: why it matters and why it ranks here.
    pub why: String,
    /// How bad.
    pub severity: Severity,
    /// Since when it has been so.
    pub since: Timestamp,
    /// When it must be dealt with, by policy or plan.
    pub due: Option<Date>,
    /// What it is about.
    pub subject: Source,
    /// Controls it touches.
    pub controls: Vec<String>,
    /// Objectives it pulls down.
    pub objectives: Vec<Objective>,
    /// Where it can be seen.
    pub grounds: Vec<Ground>,
    /// What would end it, best first.
    pub actions: Vec<CorrectiveAction>,
    /// Who it falls to: a person's record id.
    pub owner: Option<String>,
    /// The POA&M item that plans it.
    pub poam_item: Option<String>,
    /// The exception that covers it, and until when.
    pub excepted: Option<ExceptedUntil>,
    /// Its place in the queue.
    pub rank: Rank,
}

/// An exception in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptedUntil {
    /// The exception record.
    pub exception: String,
    /// The last day it holds.
    pub until: Date,
}

/// A priced change that ends a deficiency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorrectiveAction {
    /// What to do, an imperative sentence.
    pub title: String,
    /// What kind of change it is.
    pub change: Change,
    /// Person-hours, low to high, when they can be estimated.
    pub hours: Option<(f32, f32)>,
}

/// The kind of change a corrective action makes, so that a page can offer it as one click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Edit these fields of a record.
    Edit {
        /// Kind name.
        kind: String,
        /// Identifier.
        id: String,
        /// Fields to fill in.
        fields: Vec<String>,
    },
    /// Create a record of a kind.
    Create {
        /// Kind name.
        kind: String,
        /// Field values to start from.
        with: Vec<(String, String)>,
    },
    /// Bring in evidence.
    Import {
        /// What evidence.
        what: String,
    },
    /// Work on the system itself.
    Remediate {
        /// Target host or artefact.
        target: String,
    },
}

/// A place in the queue and how it came about. Higher comes first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rank {
    /// The score, 0 to 1000.
    pub score: f32,
    /// Its factors: name and multiplier or addend, as shown to people.
    pub factors: Vec<(String, f32)>,
}

/// The derived state of a system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posture {
    /// The system, or empty for the programme as a whole.
    pub system: String,
    /// The instant it holds for.
    pub as_of: Timestamp,
    /// Until when it holds if nothing is written: the next instant at which something falls due or grows old.
    pub valid_until: Timestamp,
    /// Baseline in force: `low`, `moderate`, `high`, or empty.
    pub baseline: String,
    /// Scorecard.
    pub scorecard: Scorecard,
    /// Controls in each state.
    pub controls: ControlCounts,
    /// Open findings by severity.
    pub open_findings: SeverityCounts,
    /// Deficiencies, highest rank first.
    pub deficiencies: Vec<Deficiency>,
    /// Newest evidence.
    pub evidence_at: Option<Timestamp>,
}

/// The part of a posture that lists and roll-ups need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostureSummary {
    /// The system, or empty for the programme.
    pub system: String,
    /// The instant it holds for.
    pub as_of: Timestamp,
    /// Until when it holds.
    pub valid_until: Timestamp,
    /// Baseline in force.
    pub baseline: String,
    /// Scorecard.
    pub scorecard: Scorecard,
    /// Controls in each state.
    pub controls: ControlCounts,
    /// Open findings by severity.
    pub open_findings: SeverityCounts,
    /// Deficiencies in force (not excepted) by severity.
    pub deficiencies: SeverityCounts,
    /// Deficiencies covered by an exception.
    pub excepted: u32,
    /// The worst deficiency: id and title.
    pub worst: Option<(String, String)>,
    /// Newest evidence.
    pub evidence_at: Option<Timestamp>,
}

impl Posture {
    /// The part that lists and roll-ups need.
    pub fn summary(&self) -> PostureSummary {
        let mut counts = SeverityCounts::default();
        let in_force = || self.deficiencies.iter().filter(|d| d.excepted.is_none());
        in_force().for_each(|d| counts.add(d.severity));
        PostureSummary {
            system: self.system.clone(),
            as_of: self.as_of,
            valid_until: self.valid_until,
            baseline: self.baseline.clone(),
            scorecard: self.scorecard.clone(),
            controls: self.controls,
            open_findings: self.open_findings,
            deficiencies: counts,
            excepted: (self.deficiencies.len() - in_force().count()) as u32,
            worst: in_force().next().map(|d| (d.id.clone(), d.title.clone())),
            evidence_at: self.evidence_at,
        }
    }
}
