//! What a document's figures rest on: one numbered list, in the order of first mention.
//!
//! A source is a stored file with its hash, a version of a record, or a computation with what it was made from. Only what
//! is referred to is listed.

use super::words::Cite;
use jiff::Timestamp;
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::hash::ContentHash;
use warrant_model::kind::{Kind, Record};
use warrant_model::posture::Source;
use warrant_model::snapshot::{EvidenceMeta, Findings, SystemSnapshot};
use warrant_model::time::day;

/// The most characters of a pointer into a file that a reference shows.
const POINTER: usize = 48;

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// What it is: the file's name, the record's title, or what was computed.
    pub(super) title: String,
    /// The tool that wrote the file, the record's kind, or who computed it.
    pub(super) by: String,
    /// When the tool looked, or since when the record reads so.
    pub(super) at: String,
    /// What tells it from any other: hash, or record id and version.
    pub(super) proof: String,
}

/// A record as references need it.
#[derive(Clone, Debug)]
struct Known {
    title: String,
    version: i64,
    at: Timestamp,
}

/// The sources of a document while it is written.
pub(super) struct Sources<'a> {
    files: HashMap<&'a str, &'a EvidenceMeta>,
    findings: Option<&'a Findings>,
    records: HashMap<String, Known>,
    entries: Vec<Origin>,
    numbers: HashMap<String, usize>,
}

impl<'a> Sources<'a> {
    /// Without files or records of a system.
    pub(super) fn new() -> Self {
        Self {
            files: HashMap::new(),
            findings: None,
            records: HashMap::new(),
            entries: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// With what a system consists of.
    pub(super) fn of(snapshot: &'a SystemSnapshot) -> Self {
        let files = snapshot.evidence.iter().map(|file| (file.hash.as_str(), file)).collect();
        let mut sources = Self { files, findings: Some(&snapshot.findings), ..Self::new() };
        sources.know(std::slice::from_ref(&snapshot.system), |one| one.name.clone());
        sources.know(&snapshot.components, |one| one.name.clone());
        sources.know(&snapshot.information_types, |one| one.name.clone());
        sources.know(&snapshot.data_flows, |one| one.name.clone());
        sources.know(&snapshot.interconnections, |one| one.name.clone());
        sources.know(&snapshot.implementations, |one| one.control.clone());
        sources.know(&snapshot.assessments, |one| one.control.clone());
        sources.know(&snapshot.common_controls, |one| one.control.clone());
        sources.know(&snapshot.tailorings, |one| one.control.clone());
        sources.know(&snapshot.poam_items, |one| one.title.clone());
        sources.know(&snapshot.exceptions, |one| one.title.clone());
        sources.know(&snapshot.scenarios, |one| one.title.clone());
        sources.know(&snapshot.risk_treatments, |one| one.title.clone());
        sources.know(&snapshot.tasks, |one| one.title.clone());
        // After the tailoring decisions, since those of an overlay carry its id.
        sources.know(&snapshot.programme.overlays, |one| one.name.clone());
        sources.know(&snapshot.programme.persons, |one| one.name.clone());
        sources
    }

    fn know<T>(&mut self, records: &[Record<T>], title: impl Fn(&T) -> String) {
        for record in records {
            let known = Known { title: title(&record.body), version: record.version, at: record.updated_at };
            self.records.insert(record.id.0.clone(), known);
        }
    }

    fn number(&mut self, key: String, origin: impl FnOnce() -> Origin) -> usize {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        self.entries.push(origin());
        let number = self.entries.len();
        self.numbers.insert(key, number);
        number
    }

    /// A computation: what it says, and what it was made from.
    pub(super) fn computed(&mut self, what: &str, from: &str, at: Timestamp) -> Cite {
        let origin = || Origin {
            title: what.to_owned(),
            by: "computed by Warrant".to_owned(),
            at: minute(at),
            proof: from.to_owned(),
        };
        Cite { number: self.number(format!("computed {what}"), origin), place: String::new() }
    }

    /// A record that somebody wrote.
    pub(super) fn record<T: Kind>(&mut self, record: &Record<T>) -> Cite {
        self.record_named(T::SPEC.name, record.id.as_str())
    }

    /// A record by its kind's name and id.
    pub(super) fn record_named(&mut self, kind: &str, id: &str) -> Cite {
        let known = self.records.get(id).cloned();
        let origin = || match known {
            Some(known) => Origin {
                title: known.title,
                by: kind.replace('_', " "),
                at: minute(known.at),
                proof: format!("{id}, version {}", known.version),
            },
            None => {
                let kind = kind.replace('_', " ");
                Origin { title: id.to_owned(), by: kind, at: String::new(), proof: id.to_owned() }
            }
        };
        Cite { number: self.number(format!("record {id}"), origin), place: String::new() }
    }

    /// A record that the reader may see, of which only this is known.
    pub(super) fn record_at(
        &mut self,
        kind: &str,
        id: &RecordId,
        title: &str,
        seen: (i64, Timestamp),
    ) -> Cite {
        let known = Known { title: title.to_owned(), version: seen.0, at: seen.1 };
        self.records.entry(id.0.clone()).or_insert(known);
        self.record_named(kind, id.as_str())
    }

    /// A stored file.
    pub(super) fn file(&mut self, hash: &ContentHash) -> Cite {
        let known = self.files.get(hash.as_str()).copied();
        let origin = || match known {
            Some(file) => Origin {
                title: file.name.clone(),
                by: file.tool.clone(),
                at: minute(file.observed_at),
                proof: format!("BLAKE3 {}", hash.as_str()),
            },
            None => Origin {
                title: "a file that is not among those of this system".to_owned(),
                by: String::new(),
                at: String::new(),
                proof: format!("BLAKE3 {}", hash.as_str()),
            },
        };
        Cite {
            number: self.number(format!("file {hash}", hash = hash.as_str()), origin),
            place: String::new(),
        }
    }

    /// Files of other systems that results rest on.
    pub(super) fn know_files(&mut self, files: &'a [EvidenceMeta]) {
        for file in files {
            self.files.entry(file.hash.as_str()).or_insert(file);
        }
    }

    /// Where a ground can be looked at: the file with its line, or the record. A finding leads to the file that saw it last.
    pub(super) fn place(&mut self, source: &Source) -> Cite {
        match source {
            Source::Evidence { evidence, place } => {
                let cite = self.file(evidence);
                Cite { place: shown(place.line, &place.pointer), ..cite }
            }
            Source::Record { kind, id } => self.record_named(kind, id),
            Source::Finding { id } => {
                let found = self.findings.and_then(|table| Some((table, table.row_of(id)?)));
                let Some((table, row)) = found else { return self.record_named("finding", id) };
                let hash = ContentHash(table.text(table.evidence[row]).to_owned());
                let place = shown(table.line[row], table.text(table.pointer[row]));
                Cite { place, ..self.file(&hash) }
            }
        }
    }

    /// The list, in the order of its numbers.
    pub(super) fn listed(self) -> Vec<Origin> {
        self.entries
    }
}

/// A place in a file: its line, else the way to it.
fn shown(line: u32, pointer: &str) -> String {
    if line > 0 {
        return format!("line {line}");
    }
    match pointer.char_indices().nth(POINTER) {
        Some((end, _)) => format!("{}…", &pointer[..end]),
        None => pointer.to_owned(),
    }
}

/// `2026-11-23 09:30`, in UTC.
pub(super) fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// A sentence on what everything computed was made from.
pub(super) fn made_from(snapshot: &SystemSnapshot) -> String {
    let files = snapshot.evidence.len();
    let newest = snapshot.evidence.iter().map(|file| file.observed_at).max();
    match newest {
        None => "the records of the system; no evidence file has come in".to_owned(),
        Some(newest) => format!(
            "the records of the system and {files} evidence file{}, the newest of {}",
            if files == 1 { "" } else { "s" },
            day(newest)
        ),
    }
}
