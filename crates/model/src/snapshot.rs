//! A snapshot: one system or the whole organisation at an instant, immutable and in memory.
//!
//! Engines are pure functions of a snapshot. Findings, by far the most numerous, are kept in columns with
//! interned text.

mod findings;
mod releases;

pub use findings::Findings;
pub use releases::{HitPackage, HitVulnerability, ReleaseInUse, Upgrade};

use crate::fact::{BackupFact, ComponentFact, Place, ServiceFact, SettingFact, TrainingFact};
use crate::hash::ContentHash;
use crate::id::RecordId;
use crate::kind::Record;
use crate::kinds::{
    Assessment, BudgetLine, CommonControl, Component, Contract, DataFlow, Estimate, Exception,
    Implementation, InformationType, Interconnection, Overlay, Person, PoamItem, RiskTreatment, Scenario,
    Spending, Staffing, Stakeholder, System, Tailoring, Task, Unit, VulnerabilityDecision,
};
use crate::posture::Status;
use crate::priority::Signals;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A fact with its origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sourced<T> {
    /// The fact.
    pub fact: T,
    /// The file.
    pub evidence: ContentHash,
    /// Where in it.
    pub place: Place,
    /// When it was observed.
    pub at: Timestamp,
}

/// A stored file, as far as engines need to know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceMeta {
    /// Content hash.
    pub hash: ContentHash,
    /// File name.
    pub name: String,
    /// Reader id.
    pub format: String,
    /// Tool name.
    pub tool: String,
    /// When the tool looked.
    pub observed_at: Timestamp,
    /// When it was taken in.
    pub received_at: Timestamp,
}

/// What all systems share: people, units, training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// Units.
    pub units: Vec<Record<Unit>>,
    /// People.
    pub persons: Vec<Record<Person>>,
    /// Stakeholders.
    pub stakeholders: Vec<Record<Stakeholder>>,
    /// Overlays of every state.
    pub overlays: Vec<Record<Overlay>>,
    /// Tasks of no system.
    pub tasks: Vec<Record<Task>>,
    /// Budget lines of every state.
    pub budget_lines: Vec<Record<BudgetLine>>,
    /// What is promised and paid from them.
    pub spending: Vec<Record<Spending>>,
    /// Contracts.
    pub contracts: Vec<Record<Contract>>,
    /// Estimates of every state.
    pub estimates: Vec<Record<Estimate>>,
    /// Posts.
    pub staffing: Vec<Record<Staffing>>,
    /// Hours planned in systems; filled only where the programme's own posture is computed.
    pub planned: Vec<PlannedHours>,
    /// Course completions.
    pub training: Vec<Sourced<TrainingFact>>,
    /// Names of all systems, by id.
    pub systems: Vec<(RecordId, String)>,
}

impl Programme {
    /// The person of an id.
    pub fn person(&self, id: &RecordId) -> Option<&Record<Person>> {
        self.persons.iter().find(|person| person.id == *id)
    }
}

/// Hours that open POA&M items and tasks of a system are planned to take, of one role and due on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedHours {
    /// The system; empty for tasks of no system.
    pub system: RecordId,
    /// NICE work role id; empty when neither the work nor its owner tells one.
    pub role: String,
    /// The day by which it is to be done.
    pub due: Option<Date>,
    /// Hours of those that state any, in hundredths.
    pub hundredths: i64,
    /// Actions that state hours.
    pub told: usize,
    /// Actions that state none.
    pub untold: usize,
}

/// One system at an instant. What evidence says is shared (`Arc`), so that after a change of records alone
/// the next snapshot is made without reading it again.
#[derive(Clone, Debug)]
pub struct SystemSnapshot {
    /// The instant.
    pub as_of: Timestamp,
    /// What all systems share.
    pub programme: Arc<Programme>,
    /// The system.
    pub system: Record<System>,
    /// Its parts.
    pub components: Vec<Record<Component>>,
    /// What it handles.
    pub information_types: Vec<Record<InformationType>>,
    /// What moves where.
    pub data_flows: Vec<Record<DataFlow>>,
    /// Links to others.
    pub interconnections: Vec<Record<Interconnection>>,
    /// How controls are met, where it differs from nothing stated.
    pub implementations: Vec<Record<Implementation>>,
    /// Judgements.
    pub assessments: Vec<Record<Assessment>>,
    /// What it offers to other systems.
    pub common_controls: Vec<Record<CommonControl>>,
    /// Tailoring decisions: its own, and before them those of the overlays in force that it does not overrule, which
    /// carry the overlay's id.
    pub tailorings: Vec<Record<Tailoring>>,
    /// What is decided about vulnerabilities of its releases.
    pub vulnerability_decisions: Vec<Record<VulnerabilityDecision>>,
    /// Plans of action.
    pub poam_items: Vec<Record<PoamItem>>,
    /// Exceptions.
    pub exceptions: Vec<Record<Exception>>,
    /// Risk scenarios.
    pub scenarios: Vec<Record<Scenario>>,
    /// What is decided about them.
    pub risk_treatments: Vec<Record<RiskTreatment>>,
    /// Tasks.
    pub tasks: Vec<Record<Task>>,
    /// Findings of every state, in columns.
    pub findings: Arc<Findings>,
    /// Files taken in.
    pub evidence: Arc<Vec<EvidenceMeta>>,
    /// Backups of its hosts.
    pub backups: Arc<Vec<Sourced<BackupFact>>>,
    /// Software named in SBOMs: the newest SBOM per target.
    pub software: Arc<Vec<Sourced<ComponentFact>>>,
    /// Configuration values: newest per host, area and key.
    pub settings: Arc<Vec<Sourced<SettingFact>>>,
    /// Open services: newest per host.
    pub services: Arc<Vec<Sourced<ServiceFact>>>,
    /// Hosts, images and artefacts that were looked at: name, when last, by which tool.
    pub targets: Arc<Vec<Target>>,
    /// How what it takes from other systems stands there.
    pub inherited: Arc<Inheritance>,
    /// What the advisories in force signal about vulnerabilities; of a past instant too as it is known now.
    pub signals: Arc<Signals>,
    /// Releases in use that the advisories in force hit; of a past instant those of then, by the advisories of now.
    pub releases: Arc<Vec<ReleaseInUse>>,
}

/// How what a system takes from others stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Inheritance {
    /// Statements taken, in catalogue order.
    pub statements: Vec<Inherited>,
    /// The next instant at which time alone may change any of it.
    pub until: Timestamp,
}

impl Default for Inheritance {
    fn default() -> Self {
        Self { statements: Vec::new(), until: Timestamp::MAX }
    }
}

/// A statement that a system takes from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Inherited {
    /// Statement id; the control's where it has no lettered parts.
    pub statement: String,
    /// How much of it is taken.
    pub part: Part,
    /// The system that provides it: of several the one at which it stands worst.
    pub provider: RecordId,
    /// That system's name.
    pub name: String,
    /// How it stands there, whoever it in turn takes it from counted in.
    pub status: Status,
    /// Since when; the epoch where nothing is known.
    pub since: Timestamp,
}

/// How much of a statement is taken from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it: it stands as it does there.
    All,
    /// A part; the system answers for the other one.
    Shared,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// The tool that looked.
    pub tool: String,
    /// When it last did.
    pub last_seen: Timestamp,
    /// The file of that look.
    pub evidence: ContentHash,
}

/// The whole organisation at an instant.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The instant.
    pub as_of: Timestamp,
    /// What all systems share.
    pub programme: Arc<Programme>,
    /// Systems, ordered by id.
    pub systems: Vec<SystemSnapshot>,
}
