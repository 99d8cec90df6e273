//! What a check is given: the snapshot with its cross references, and the present through the horizon.
//!
//! Checks ask it; they never compare with `as_of` themselves.

use crate::draft::Draft;
use crate::framework::Framework;
use crate::groups::{Groups, group};
use crate::horizon::Horizon;
use crate::policy::{EvidenceSort, Policy};
use crate::priority::{Judge, Priority, Rows, Setting};
use crate::recovery::{BackupEvent, by_component};
use crate::standings::{Standing, open_since, standings};
use crate::status::Judged;
use jiff::Timestamp;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::HashMap;
use warrant_model::fact::{ComponentFact, Place};
use warrant_model::hash::ContentHash;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, InformationType, Person, System};
use warrant_model::posture::{Ground, Source};
use warrant_model::snapshot::{EvidenceMeta, Sourced, SystemSnapshot, Target};
use warrant_model::time::{end_of, from_micros, plus_days, start_of};
use warrant_model::{Objective, RecordId};

/// A system's snapshot with cross references.
pub struct Context<'a> {
    /// The snapshot.
    pub snapshot: &'a SystemSnapshot,
    /// The policy.
    pub policy: &'a Policy,
    /// The framework.
    pub framework: &'a Framework,
    pub(crate) judged: &'a Judged,
    horizon: &'a Horizon,
    persons: HashMap<&'a RecordId, &'a Record<Person>>,
    evidence: HashMap<&'a ContentHash, &'a EvidenceMeta>,
    hosts: HashMap<String, &'a Record<Component>>,
    setting: Setting,
    priorities: OnceCell<HashMap<usize, Priority>>,
    groups: OnceCell<Groups<'a>>,
    standings: OnceCell<Vec<Standing<'a>>>,
    backups: OnceCell<HashMap<&'a RecordId, Vec<&'a BackupEvent>>>,
    parts: OnceCell<HashMap<String, Vec<&'a Sourced<ComponentFact>>>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        snapshot: &'a SystemSnapshot,
        policy: &'a Policy,
        framework: &'a Framework,
        judged: &'a Judged,
        horizon: &'a Horizon,
    ) -> Self {
        Self {
            snapshot,
            policy,
            framework,
            judged,
            horizon,
            persons: snapshot.programme.persons.iter().map(|person| (&person.id, person)).collect(),
            evidence: snapshot.evidence.iter().map(|meta| (&meta.hash, meta)).collect(),
            hosts: hosts(snapshot),
            setting: Setting::of(&snapshot.system.body, &judged.categorisation),
            priorities: OnceCell::new(),
            groups: OnceCell::new(),
            standings: OnceCell::new(),
            backups: OnceCell::new(),
            parts: OnceCell::new(),
        }
    }

    /// The system.
    pub fn system(&self) -> &'a System {
        &self.snapshot.system.body
    }

    /// The system's record.
    pub fn record(&self) -> &'a Record<System> {
        &self.snapshot.system
    }

    /// Whether the system is in operation.
    pub fn operational(&self) -> bool {
        self.system().phase == "operational"
    }

    /// Whether an instant has been reached; one ahead bounds how long the posture holds.
    pub fn passed(&self, deadline: Timestamp) -> bool {
        self.horizon.passed(deadline)
    }

    /// Whether a last day is over.
    pub fn over(&self, last: Date) -> bool {
        self.passed(end_of(last))
    }

    /// Whether a last day lies no more than some days ahead, or is over.
    pub fn near(&self, last: Date, days: u32) -> bool {
        self.passed(plus_days(start_of(last), -i64::from(days)))
    }

    /// A person who is still here.
    pub fn present(&self, id: Option<&'a RecordId>) -> Option<&'a Record<Person>> {
        let person = self.persons.get(id?)?;
        let left = person.body.left.is_some_and(|left| self.over(left));
        (!left).then_some(*person)
    }

    /// A person who has left, and the last day.
    pub fn gone(&self, id: Option<&'a RecordId>) -> Option<(&'a Record<Person>, Date)> {
        let person = self.persons.get(id?)?;
        let left = person.body.left.filter(|left| self.over(*left))?;
        Some((person, left))
    }

    /// The first of some people who is still here, else the system's owner, else its security officer.
    pub fn falls_to(&self, candidates: &[Option<&'a RecordId>]) -> Option<RecordId> {
        let system = self.system();
        let further = [system.owner.as_ref(), system.security_officer.as_ref()];
        let all = candidates.iter().copied().chain(further);
        all.filter_map(|id| self.present(id)).next().map(|person| person.id.clone())
    }

    /// The component of a record id.
    pub fn component(&self, id: Option<&RecordId>) -> Option<&'a Record<Component>> {
        self.snapshot.components.iter().find(|component| Some(&component.id) == id)
    }

    /// The component that answers to a host or artefact name.
    pub fn component_of_host(&self, name: &str) -> Option<&'a Record<Component>> {
        self.hosts.get(&host_key(name)).copied()
    }

    /// The information types of some ids.
    pub fn information<'b>(&'b self, ids: &'b [RecordId]) -> impl Iterator<Item = &'a InformationType> + 'b {
        let types = self.snapshot.information_types.iter().map(|record| (&record.id, &record.body));
        types.filter(|(id, _)| ids.contains(id)).map(|(_, body)| body)
    }

    /// Names of the sensitive ones among some information types, sorted.
    pub fn sensitive(&self, ids: &[RecordId]) -> Vec<&'a str> {
        let sensitive = self.information(ids).filter(|body| body.is_sensitive());
        let mut names: Vec<_> = sensitive.map(|body| body.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The sort of evidence a file is.
    pub fn sort_of(&self, evidence: &ContentHash) -> EvidenceSort {
        self.evidence.get(evidence).map_or(EvidenceSort::Scan, |meta| self.policy.sort_of(&meta.format))
    }

    /// When a look at a target no longer speaks for its present state.
    pub fn look_ends(&self, target: &Target) -> Timestamp {
        let days = self.policy.freshness.days_for(self.sort_of(&target.evidence));
        plus_days(target.last_seen, i64::from(days))
    }

    /// Looks for weaknesses or parts, as opposed to backup logs and rosters, which name targets as well.
    pub fn looks(&self) -> impl Iterator<Item = &'a Target> {
        self.snapshot.targets.iter().filter(|target| self.sort_of(&target.evidence).looks())
    }

    /// Open weaknesses by package or plugin, and failed rules by rule.
    pub(crate) fn groups(&self) -> &Groups<'a> {
        self.groups.get_or_init(|| group(&self.snapshot.findings))
    }

    /// Who judges weaknesses of this system.
    pub(crate) fn judge(&self) -> Judge<'_> {
        Judge { setting: &self.setting, policy: self.policy, signals: &self.snapshot.signals }
    }

    /// The priority of an open weakness. `None`: it is informational, or none that is open.
    pub(crate) fn priority(&self, row: usize) -> Option<&Priority> {
        let priorities = self.priorities.get_or_init(|| {
            let (findings, judge, mut rows) =
                (&self.snapshot.findings, self.judge(), Rows::of(self.snapshot));
            let judged = findings.open().filter_map(|row| {
                let weakness = rows.weakness(row, open_since(findings, row))?;
                Some((row, judge.priority(&weakness, |instant| self.passed(instant))?))
            });
            judged.collect()
        });
        priorities.get(&row)
    }

    /// How every group of weaknesses stands that has a finding which counts.
    pub(crate) fn standings(&self) -> &[Standing<'a>] {
        self.standings.get_or_init(|| standings(self))
    }

    /// Backup events of a component's hosts, failed ones too.
    pub fn backups_of(&self, component: &RecordId) -> &[&'a BackupEvent] {
        let by_component = self.backups.get_or_init(|| by_component(self.snapshot, &self.hosts));
        by_component.get(component).map_or(&[], Vec::as_slice)
    }

    /// Parts of a name that bills of materials list, whatever its letter case, in the order of rows.
    pub(crate) fn parts_of(&self, name: &str) -> &[&'a Sourced<ComponentFact>] {
        let by_name = self.parts.get_or_init(|| {
            let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
            for part in self.snapshot.software.iter() {
                by_name.entry(part.fact.name.to_ascii_lowercase()).or_default().push(part);
            }
            by_name
        });
        by_name.get(&name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// A ground in a finding.
    pub fn finding_ground(&self, row: usize) -> Ground {
        let findings = &self.snapshot.findings;
        let text = |symbol| findings.text(symbol);
        let subject = text(findings.subject[row]);
        let target = text(findings.target[row]);
        let tool = text(findings.tool[row]);
        let says = match subject {
            "" => format!("{tool}: {} on {target}", text(findings.title[row])),
            subject => format!("{tool}: {} ({subject}) on {target}", text(findings.title[row])),
        };
        let place = Place::new(findings.line[row], text(findings.pointer[row]));
        let evidence = ContentHash(text(findings.evidence[row]).to_owned());
        Ground {
            says,
            at: from_micros(findings.last_seen[row]),
            source: Source::Evidence { evidence, place },
        }
    }

    /// A ground in the whole of a file.
    pub fn file_ground(&self, says: impl Into<String>, at: Timestamp, evidence: &ContentHash) -> Ground {
        let source = Source::Evidence { evidence: evidence.clone(), place: Place::default() };
        Ground { says: says.into(), at, source }
    }

    /// A deficiency of the system's own record.
    pub(crate) fn of_system(&self, severity: warrant_model::Severity, since: Timestamp) -> Draft {
        Draft::of_record("system", &self.record().id, severity, since)
    }

    /// The instant the system has been in operation since, else when its record was made.
    pub fn operating_since(&self) -> Timestamp {
        self.system().operational_since.map_or(self.record().created_at, start_of)
    }
}

/// All three objectives.
pub(crate) const ALL: &[Objective] = &Objective::ALL;

/// Components by the host names they answer to. Two of one name: the one whose id comes first, whatever the order of
/// rows.
pub(crate) fn hosts(snapshot: &SystemSnapshot) -> HashMap<String, &Record<Component>> {
    let mut hosts: HashMap<String, &Record<Component>> = HashMap::new();
    for component in &snapshot.components {
        for name in component.body.hostnames.iter().map(|name| host_key(name)) {
            let held = hosts.entry(name).or_insert(component);
            if component.id < held.id {
                *held = component;
            }
        }
    }
    hosts
}

/// Host names compare without regard to letter case or a final dot.
pub(crate) fn host_key(name: &str) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}
