//! A system as its OSCAL documents see it: what several of them need, worked out once.

use super::super::format::{Options, syntax_ending};
use super::super::subject::{Seen, Subject};
use super::identity::uuid;
use super::inventory::Inventory;
use jiff::Timestamp;
use std::collections::BTreeSet;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Person, System};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::from_micros;
use warrant_oscal::Format;

/// A system, ready to be written.
pub(super) struct View<'a> {
    /// What everything is taken from.
    pub(super) subject: Subject<'a>,
    /// Hosts, images and devices, with the names tools know them by.
    pub(super) inventory: Inventory<'a>,
    /// Which findings a source shows.
    pub(super) seen: Seen<'a>,
    syntax: Format,
}

impl<'a> View<'a> {
    pub(super) fn new(subject: &Subject<'a>, options: &Options<'_>) -> Self {
        let seen = Seen::of(&subject.snapshot.findings);
        let inventory = Inventory::of(subject);
        Self { subject: *subject, inventory, seen, syntax: super::syntax(options) }
    }

    /// The format that was asked for.
    pub(super) fn syntax(&self) -> Format {
        self.syntax
    }

    pub(super) fn snapshot(&self) -> &'a SystemSnapshot {
        self.subject.snapshot
    }

    pub(super) fn system(&self) -> &'a System {
        &self.snapshot().system.body
    }

    /// The identifier of something that this system has one of for each name.
    pub(super) fn own(&self, what: &str, name: &str) -> String {
        uuid(what, &[self.snapshot().system.id.as_str(), name])
    }

    /// The identifier of the component that stands for the system as a whole.
    pub(super) fn this_system(&self) -> String {
        self.own("this-system", "")
    }

    /// The file name of one of the system's documents, without ending.
    pub(super) fn file_stem(&self, kind: &str) -> String {
        stem(self.system(), kind)
    }

    /// Where another of the system's documents lies: beside the one that names it.
    pub(super) fn beside(&self, kind: &str) -> String {
        self.beside_of(self.system(), kind)
    }

    /// Where a document of some system lies: beside those of this one.
    pub(super) fn beside_of(&self, system: &System, kind: &str) -> String {
        format!("{}.{}", stem(system, kind), syntax_ending(self.syntax))
    }

    /// A person who is known.
    pub(super) fn person(&self, id: Option<&RecordId>) -> Option<&'a Record<Person>> {
        self.snapshot().programme.person(id?)
    }

    /// The party of a person who is known.
    pub(super) fn party(&self, id: Option<&RecordId>) -> Option<String> {
        self.person(id).map(|person| uuid("person", &[person.id.as_str()]))
    }

    /// Everybody whom a record of the system names.
    pub(super) fn people(&self) -> Vec<&'a Record<Person>> {
        let snapshot = self.snapshot();
        let system = &snapshot.system.body;
        let roles = [&system.owner, &system.security_officer, &system.authorizing_official];
        let components = snapshot.components.iter().map(|one| &one.body.owner);
        let implementations = snapshot.implementations.iter().map(|one| &one.body.responsible);
        let assessments = snapshot.assessments.iter().map(|one| &one.body.assessor);
        let items = snapshot.poam_items.iter().map(|one| &one.body.owner);
        let exceptions = snapshot.exceptions.iter().map(|one| &one.body.approver);
        let all = roles.into_iter().chain(components).chain(implementations).chain(assessments);
        let named: BTreeSet<&RecordId> = all.chain(items).chain(exceptions).flatten().collect();
        named.into_iter().filter_map(|id| self.person(Some(id))).collect()
    }

    /// When anything that the documents tell was last changed.
    pub(super) fn last_modified(&self) -> Timestamp {
        fn newest<T>(records: &[Record<T>]) -> Option<Timestamp> {
            records.iter().map(|record| record.updated_at).max()
        }
        let snapshot = self.snapshot();
        let changes = [
            Some(snapshot.system.updated_at),
            newest(&snapshot.components),
            newest(&snapshot.information_types),
            newest(&snapshot.data_flows),
            newest(&snapshot.interconnections),
            newest(&snapshot.implementations),
            newest(&snapshot.assessments),
            newest(&snapshot.tailorings),
            newest(&snapshot.poam_items),
            newest(&snapshot.exceptions),
            self.people().iter().map(|person| person.updated_at).max(),
            snapshot.evidence.iter().map(|file| file.received_at).max(),
            snapshot.findings.state_since.iter().copied().max().map(from_micros),
        ];
        changes.into_iter().flatten().max().unwrap_or(snapshot.as_of).min(snapshot.as_of)
    }

    /// Names of the tools that looked at the system.
    pub(super) fn tools(&self) -> BTreeSet<&'a str> {
        let snapshot = self.snapshot();
        let findings = &snapshot.findings;
        let of_findings = findings.tool.iter().map(|tool| findings.text(*tool));
        let of_targets = snapshot.targets.iter().map(|target| target.tool.as_str());
        of_findings.chain(of_targets).filter(|name| !name.trim().is_empty()).collect()
    }
}

/// A file name without ending, of characters that stand for themselves in an address.
fn stem(system: &System, kind: &str) -> String {
    let short =
        system.abbreviation.as_deref().filter(|short| short.contains(|c: char| c.is_ascii_alphanumeric()));
    let name = short.unwrap_or(&system.name).to_ascii_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.chain([kind]).collect();
    words.join("-")
}

/// The identifier of a tool; the same tool has the same one for every system.
pub(super) fn tool(name: &str) -> String {
    uuid("tool", &[name])
}
