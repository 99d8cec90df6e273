//! A snapshot: one system or the whole organisation at an instant, immutable and in memory.
//!
//! Engines are pure functions of a snapshot. Findings, by far the most numerous, are kept in columns with
//! interned text.

use crate::fact::{BackupFact, ComponentFact, Place, ServiceFact, SettingFact, TrainingFact};
use crate::finding::{Finding, FindingSort, FindingState};
use crate::hash::ContentHash;
use crate::id::RecordId;
use crate::kind::Record;
use crate::kinds::{
    Assessment, CommonControl, Component, DataFlow, Exception, Implementation, InformationType,
    Interconnection, Overlay, Person, PoamItem, RiskTreatment, Scenario, Stakeholder, System, Tailoring,
    Task, Unit,
};
use crate::level::Severity;
use crate::strings::{Strings, Symbol};
use jiff::Timestamp;
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

/// Findings in columns; row `i` of every column is the same finding. Rows are ordered by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Interned text of this table.
    pub strings: Strings,
    /// Keys.
    pub id: Vec<Symbol>,
    /// Weakness or check.
    pub sort: Vec<FindingSort>,
    /// State.
    pub state: Vec<FindingState>,
    /// Severity.
    pub severity: Vec<Severity>,
    /// Suppressed by the tool or its user.
    pub suppressed: Vec<bool>,
    /// Tool.
    pub tool: Vec<Symbol>,
    /// Host or artefact.
    pub target: Vec<Symbol>,
    /// Rule or plugin.
    pub rule: Vec<Symbol>,
    /// Benchmark.
    pub benchmark: Vec<Symbol>,
    /// Title.
    pub title: Vec<Symbol>,
    /// Subject line.
    pub subject: Vec<Symbol>,
    /// Comma-separated CVE and other ids.
    pub vulnerabilities: Vec<Symbol>,
    /// Space-separated control and statement ids.
    pub controls: Vec<Symbol>,
    /// Remedy.
    pub remedy: Vec<Symbol>,
    /// First fixed version.
    pub fixed_version: Vec<Symbol>,
    /// CVSS base score; NaN when unknown.
    #[serde(with = "scores")]
    pub cvss_score: Vec<f32>,
    /// Public exploit: 0 unknown, 1 no, 2 yes.
    pub exploit: Vec<u8>,
    /// First seen, microseconds.
    pub first_seen: Vec<i64>,
    /// Last seen, microseconds.
    pub last_seen: Vec<i64>,
    /// In the present state since, microseconds.
    pub state_since: Vec<i64>,
    /// Evidence hash.
    pub evidence: Vec<Symbol>,
    /// Line in the evidence.
    pub line: Vec<u32>,
    /// Pointer in the evidence.
    pub pointer: Vec<Symbol>,
}

/// Scores are written with nothing in place of NaN, which JSON cannot say.
mod scores {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(scores: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(scores.iter().map(|score| (!score.is_nan()).then_some(*score)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
        let scores = Vec::<Option<f32>>::deserialize(deserializer)?;
        Ok(scores.into_iter().map(|score| score.unwrap_or(f32::NAN)).collect())
    }
}

impl Findings {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Rows in a state.
    pub fn in_state(&self, state: FindingState) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(move |row| self.state[*row] == state)
    }

    /// Rows that count: open and not suppressed.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.in_state(FindingState::Open).filter(|row| !self.suppressed[*row])
    }

    /// The text of a symbol of this table.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.strings.text(symbol)
    }

    /// Control and statement ids of a row.
    pub fn controls_of(&self, row: usize) -> impl Iterator<Item = &str> {
        self.text(self.controls[row]).split(' ').filter(|id| !id.is_empty())
    }

    /// Adds a row. Callers keep the order by id.
    pub fn push(&mut self, finding: &Finding) {
        let strings = &mut self.strings;
        self.id.push(strings.intern(&finding.id));
        self.sort.push(finding.sort);
        self.state.push(finding.state);
        self.severity.push(finding.severity);
        self.suppressed.push(finding.suppressed);
        self.tool.push(strings.intern(&finding.tool));
        self.target.push(strings.intern(&finding.target));
        self.rule.push(strings.intern(&finding.rule));
        self.benchmark.push(strings.intern(&finding.benchmark));
        self.title.push(strings.intern(&finding.title));
        self.subject.push(strings.intern(&finding.subject));
        self.vulnerabilities.push(strings.intern(&finding.vulnerabilities.join(",")));
        self.controls.push(strings.intern(&finding.controls.join(" ")));
        self.remedy.push(strings.intern(finding.remedy.as_deref().unwrap_or_default()));
        self.fixed_version.push(strings.intern(finding.fixed_version.as_deref().unwrap_or_default()));
        self.cvss_score.push(finding.cvss_score.unwrap_or(f32::NAN));
        self.exploit.push(finding.exploit.map_or(0, |known| 1 + u8::from(known)));
        self.first_seen.push(crate::time::micros(finding.first_seen));
        self.last_seen.push(crate::time::micros(finding.last_seen));
        self.state_since.push(crate::time::micros(finding.state_since));
        self.evidence.push(strings.intern(finding.evidence.as_str()));
        self.line.push(finding.place.line);
        self.pointer.push(strings.intern(&finding.place.pointer));
    }
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
