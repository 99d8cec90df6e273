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
    Assessment, BudgetLine, CommonControl, Component, Contract, DataFlow, Estimate, Exception,
    Implementation, InformationType, Interconnection, Overlay, Person, PoamItem, RiskTreatment, Scenario,
    Spending, Stakeholder, System, Tailoring, Task, Unit,
};
use crate::level::Severity;
use crate::strings::{Strings, Symbol};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    /// Comma-separated CWE numbers.
    pub cwes: Vec<Symbol>,
    /// The finding that goes on with it, for those that moved; else empty.
    pub moved_to: Vec<Symbol>,
    /// For every row the row that stands for its weakness; empty when each stands for itself.
    stands: Vec<u32>,
    /// Other rows that a row is known as: those it stands for, and those that moved there.
    known_as: BTreeMap<u32, Vec<u32>>,
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

    /// Rows that count: open, not suppressed, and no second witness of a weakness.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.in_state(FindingState::Open).filter(|row| !self.suppressed[*row] && !self.is_second(*row))
    }

    /// Whether another row stands for the weakness that this row tells of.
    pub fn is_second(&self, row: usize) -> bool {
        self.stands.get(row).is_some_and(|first| *first as usize != row)
    }

    /// Rows that are the same weakness as `row`: what other tools tell of it, and where it was before it moved.
    pub fn known_as(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.known_as.get(&(row as u32)).into_iter().flatten().map(|other| *other as usize)
    }

    /// Works out which rows are one weakness. To be called when all rows are there.
    pub fn settle(&mut self) {
        self.stands = crate::witnesses::standing_for(self);
        self.known_as.clear();
        for (row, first) in self.stands.iter().enumerate().filter(|(row, first)| **first as usize != *row) {
            self.known_as.entry(*first).or_default().push(row as u32);
        }
        let moved = self.in_state(FindingState::Moved);
        for (row, end) in moved.filter_map(|row| Some((row, self.end_of(row)?))).collect::<Vec<_>>() {
            let first = self.stands.get(end).map_or(end as u32, |first| *first);
            self.known_as.entry(first).or_default().push(row as u32);
        }
    }

    /// The row at which the moves of a row end.
    fn end_of(&self, row: usize) -> Option<usize> {
        let mut at = row;
        // A chain is no longer than there are rows.
        for _ in 0..self.len() {
            if self.state[at] != FindingState::Moved {
                return Some(at);
            }
            at = self.row_of(self.text(self.moved_to[at]))?;
        }
        None
    }

    /// The row of an id.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        self.id.binary_search_by(|symbol| self.text(*symbol).cmp(id)).ok()
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
        let cwes: Vec<_> = finding.cwes.iter().map(u32::to_string).collect();
        self.cwes.push(strings.intern(&cwes.join(",")));
        self.moved_to.push(strings.intern(finding.moved_to.as_deref().unwrap_or_default()));
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
