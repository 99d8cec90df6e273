//! The facts that documents are written from. A document reads them and nothing else, so that all of them agree.

use crate::tables::{DecisionRow, ParameterRow, TakenRow};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::{Debug, Formatter};
use warrant_model::RecordId;
use warrant_model::kinds::PoamItem;
use warrant_model::level::{Impact, Objective, Severity};
use warrant_model::posture::{ControlCounts, ControlStatus, Posture, SeverityCounts};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::traceability::Traceability;

/// A figure with the bounds between which the true one lies: estimate, low, high.
pub type Bracketed = (f64, f64, f64);

/// What every document tells of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The organisation's name.
    pub organisation: String,
    /// Classification or TLP marking.
    pub marking: Option<String>,
    /// What it is about: the name of a system, unit or the organisation.
    pub subject: String,
    /// The instant it holds for.
    pub as_of: Timestamp,
    /// Who asked for it.
    pub made_by: String,
    /// Whether that is somebody who sees all of it.
    pub seen: Seen,
}

/// How much of an organisation or unit goes into a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// All.
    #[default]
    Whole,
    /// What whoever asked may see.
    Part,
}

/// One system, for its plan, its assessment report and its plan of action.
#[derive(Clone, Copy)]
pub struct SystemFacts<'a> {
    /// The system at an instant.
    pub snapshot: &'a SystemSnapshot,
    /// Its posture then.
    pub posture: &'a Posture,
    /// The status of every control of the tailored baseline, in catalogue order.
    pub controls: &'a [ControlStatus],
    /// From each statement to what proves it.
    pub traceability: &'a Traceability,
    /// Decisions about the baseline, layer by layer, each with the record that says it.
    pub decisions: &'a [(RecordId, DecisionRow)],
    /// Organisation-defined parameters, each with the record that sets it.
    pub parameters: &'a [(Option<RecordId>, ParameterRow)],
    /// What is taken from other systems, each with the record that says so.
    pub taken: &'a [(RecordId, TakenRow)],
    /// POA&M items as they read when they were first written, by id.
    pub originals: &'a BTreeMap<RecordId, PoamItem>,
    /// Currency of amounts.
    pub currency: &'a str,
}

impl Debug for SystemFacts<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SystemFacts").field("system", &self.snapshot.system.id).finish_non_exhaustive()
    }
}

impl<'a> SystemFacts<'a> {
    /// A person's name; what is said when none is named, or it is not on record.
    pub(super) fn person(&self, id: Option<&RecordId>) -> &'a str {
        let Some(id) = id else { return "nobody named" };
        self.snapshot.programme.person(id).map_or("not on record", |person| person.body.name.as_str())
    }

    /// A system's name.
    pub(super) fn system(&self, id: &RecordId) -> &'a str {
        let known = self.snapshot.programme.systems.iter().find(|(known, _)| known == id);
        known.map_or("a system that is not on record", |(_, name)| name.as_str())
    }

    /// A component's name.
    pub(super) fn component(&self, id: Option<&RecordId>) -> &'a str {
        let Some(id) = id else { return "not named" };
        let known = self.snapshot.components.iter().find(|one| one.id == *id);
        known.map_or("not on record", |one| one.body.name.as_str())
    }
}

/// What a year may cost a system, unit or organisation.
#[derive(Clone, Debug, Default)]
pub struct RiskFacts {
    /// Currency of every amount.
    pub currency: String,
    /// The instant at which controls are taken.
    pub as_of: Timestamp,
    /// A year's figures; `None`: no scenario is in force.
    pub year: Option<YearFacts>,
    /// Scenarios in force, dearest first.
    pub scenarios: Vec<ScenarioFacts>,
    /// Scenarios not counted: title, system, why.
    pub left_out: Vec<(String, String, String)>,
    /// What moved since a day; `None` where nothing was priced.
    pub moved: Option<MovedFacts>,
    /// What would be spared, the most first: what is to be done, in which system, what it spares a year.
    pub remedies: Vec<RemedyFacts>,
    /// Where the efficacy of controls comes from.
    pub priors: String,
    /// When that is looked at again.
    pub priors_review_by: Option<Date>,
}

/// A year.
#[derive(Clone, Debug, Default)]
pub struct YearFacts {
    /// Expected loss, exact.
    pub expected: f64,
    /// Probability of any loss, exact.
    pub any_loss: f64,
    /// The loss that 19 of 20 years do not exceed.
    pub bad: Bracketed,
    /// The loss that 99 of 100 years do not exceed.
    pub worse: Bracketed,
    /// The mean of the worst 1 in 20 years.
    pub beyond: Bracketed,
    /// Loss and the probability of a year that costs so much or more.
    pub curve: Vec<(f64, Bracketed)>,
    /// What is tolerated, and what was found there.
    pub tolerated: Vec<ToleratedFacts>,
    /// What an independent simulation says of the mean, and how many years it played.
    pub second: (Bracketed, usize),
}

/// A point of the tolerance line.
#[derive(Clone, Debug, Default)]
pub struct ToleratedFacts {
    /// A year that costs so much or more …
    pub loss: f64,
    /// … may be so likely,
    pub limit: f64,
    /// and is so likely.
    pub found: Bracketed,
    /// How they compare, in words.
    pub verdict: String,
}

/// A scenario in force.
#[derive(Clone, Debug, Default)]
pub struct ScenarioFacts {
    /// Record id.
    pub id: RecordId,
    /// Version of the record, and since when it reads so.
    pub version: (i64, Timestamp),
    /// What happens.
    pub title: String,
    /// What happens, told in full.
    pub description: String,
    /// Where the estimates come from.
    pub basis: String,
    /// Who or what acts.
    pub actor: String,
    /// System name.
    pub system: String,
    /// Expected loss of a year.
    pub expected: f64,
    /// Probability of any loss in a year.
    pub any_loss: f64,
    /// The loss that 19 of 20 years do not exceed.
    pub bad: Bracketed,
    /// Expected loss if no control stood in the way; `None`: not looked at.
    pub bare: Option<f64>,
    /// Controls on its way, the most useful first: control, what it keeps away a year, how well it performs, why.
    pub controls: Vec<(String, f64, f64, String)>,
    /// Open findings on its way, the dearest first: what, where, what closing it alone spares a year.
    pub findings: Vec<(String, String, f64)>,
    /// What is meant or decided to be done.
    pub treatment: String,
    /// Whether that is decided.
    pub deciding: String,
    /// The decision's record, if there is one: id, title, version and since when it reads so.
    pub decision: Option<(RecordId, String, (i64, Timestamp))>,
    /// Who approved it or is to.
    pub approver: String,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Why it is open, or the reason given.
    pub because: String,
    /// The day its estimates are to be looked at again.
    pub review_by: Option<Date>,
}

/// What moved the expected loss since a day.
#[derive(Clone, Debug, Default)]
pub struct MovedFacts {
    /// The day.
    pub since: Option<Date>,
    /// Expected loss then.
    pub before: f64,
    /// Expected loss now.
    pub now: f64,
    /// What each cause did: cause, amount, scenarios.
    pub causes: Vec<(String, f64, usize)>,
    /// Scenarios that moved most: title, system, amount.
    pub scenarios: Vec<(String, String, f64)>,
}

/// Something that would make a year cheaper.
#[derive(Clone, Debug, Default)]
pub struct RemedyFacts {
    /// What is to be closed.
    pub title: String,
    /// Where.
    pub target: String,
    /// System name.
    pub system: String,
    /// What that alone spares a year.
    pub spares: f64,
}

/// Where the organisation or a unit stands.
#[derive(Clone, Debug, Default)]
pub struct OverviewFacts {
    /// The instant it shows.
    pub as_of: Timestamp,
    /// Systems that are not retired, the worst first.
    pub systems: Vec<StandingFacts>,
    /// What is wrong in the programme, which belongs to no system.
    pub programme: SeverityCounts,
    /// The queue as far as it is known.
    pub queue: QueueFacts,
    /// Deficiencies, severe ones, satisfied controls, day by day.
    pub trend: Vec<(Date, [u32; 3])>,
    /// What ends or falls due within the days looked ahead: day, what, which, system.
    pub expiring: Vec<ExpiringFacts>,
    /// How far ahead and back it looks, in days.
    pub days: i64,
}

/// Something that ends or falls due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExpiringFacts {
    /// The day.
    pub on: Date,
    /// What ends or falls due.
    pub what: String,
    /// Kind of record and its id.
    pub record: (String, RecordId),
    /// Which.
    pub title: String,
    /// System name.
    pub system: String,
    /// Version of the record, and since when it reads so.
    pub version: (i64, Timestamp),
}

/// A system in a list.
#[derive(Clone, Debug, Default)]
pub struct StandingFacts {
    /// Name.
    pub name: String,
    /// Unit name; empty when it has none.
    pub unit: String,
    /// Whether it is in operation.
    pub operational: bool,
    /// The day leave to operate was given.
    pub authorized_on: Option<Date>,
    /// The last day of that leave.
    pub expires: Option<Date>,
    /// Confidentiality, integrity, availability: impact, score, share assessed.
    pub scorecard: [(Option<Impact>, Option<f32>, f32); 3],
    /// Controls in each state.
    pub controls: ControlCounts,
    /// Deficiencies in force by severity.
    pub deficiencies: SeverityCounts,
    /// Newest evidence.
    pub evidence_at: Option<Timestamp>,
}

/// What is wrong, in a few figures.
#[derive(Clone, Debug, Default)]
pub struct QueueFacts {
    /// Deficiencies in force.
    pub total: i64,
    /// Those that an exception covers, on top.
    pub excepted: i64,
    /// Those whose day has passed; of a past day, plans whose day had.
    pub overdue: i64,
    /// Those that no plan covers; `None`: not known of a past day.
    pub unplanned: Option<i64>,
    /// The highest ranked: title, severity, since; `None`: not known of a past day, or nothing is wrong.
    pub worst: Option<(String, Severity, Timestamp)>,
}

/// The three objectives, in the order of scorecards.
pub(super) const OBJECTIVES: [Objective; 3] =
    [Objective::Confidentiality, Objective::Integrity, Objective::Availability];
