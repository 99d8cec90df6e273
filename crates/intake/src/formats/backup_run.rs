//! Warrant's own format for what a backup run did: snapshots, checks and restores of one host. It is described
//! in `docs/backup-run.md`.
//!
//! A check that did not read the stored data back is a check of the structure only: it does not notice a byte
//! that changed on the disk.

use super::restic::{Seen, Snapshot};
use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::fact::{BackupAct, BackupFact, Fact};

/// The reader.
#[derive(Debug)]
pub struct BackupRun;

impl Reader for BackupRun {
    fn id(&self) -> &'static str {
        "backup-run"
    }

    fn title(&self) -> &'static str {
        "Backup run (Warrant JSON)"
    }

    fn source(&self) -> &'static str {
        "docs/backup-run.md, version 1"
    }

    fn yields(&self) -> &'static str {
        "a backup fact for every snapshot, check and restore"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/backup-run.json"), facts: 4 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        if sniff.string("warrant").as_deref() == Some("backup-run") {
            Confidence::Certain
        } else if sniff.has_keys(&["host", "repository", "snapshots"]) {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let run: Run<'_> = document.parse()?;
        if run.version.as_deref() != Some("1") {
            let version = run.version.as_deref().map_or_else(|| "none".to_owned(), |v| text::line(v, 20));
            return Err(ReadError::Version { format: self.title(), version, supported: "1" });
        }
        let Some(host) = run.host.as_deref().and_then(excerpt::said).map(|host| text::line(host, 300)) else {
            let message = "\"host\" is missing: whose data was saved?".to_owned();
            return Err(ReadError::Malformed { line: 1, message });
        };
        let tool = run.tool.name.as_deref().map(text::slug).filter(|name| !name.is_empty());
        let mut seen = Seen::default();
        seen.hosts.add(&host);
        let repository = run.repository.as_deref().map(without_password).unwrap_or_default();
        document.each(run.snapshots, "/snapshots", &mut sink, |place, snapshot: Snapshot, sink| {
            snapshot.take(place, Some(&host), &mut seen, sink)
        })?;
        let lists = [(run.checks, "/checks", Kind::Check), (run.restores, "/restores", Kind::Restore)];
        for (list, pointer, kind) in lists {
            document.each(list, pointer, &mut sink, |place, event: Event, sink| {
                match event.fact(kind, &host, &repository) {
                    Some(fact) => {
                        seen.latest = seen.latest.max(Some(fact.at));
                        sink.fact(place, Fact::Backup(fact))
                    }
                    None => {
                        sink.problem(
                            place,
                            "\"at\" (RFC 3339) or \"ok\" is missing; it is left out".to_owned(),
                        );
                        Ok(())
                    }
                }
            })?;
        }
        if sink.facts == 0 {
            return Err(ReadError::Empty { format: self.title(), expected: "snapshots, checks or restores" });
        }
        let name = tool.unwrap_or_else(|| "restic".to_owned());
        Ok(Reading {
            tool: Tool { name, version: run.tool.version.or(seen.version) },
            observed_at: seen.latest,
            targets: seen.hosts.into_names(),
            release: None,
        })
    }
}

/// A repository's address without the user name and password that it may carry.
fn without_password(repository: &str) -> String {
    let bare = match (repository.split_once("://"), repository.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://{rest}"),
        (None, Some((_, rest))) => rest.to_owned(),
        _ => repository.to_owned(),
    };
    text::line(&bare, 200)
}

#[derive(Clone, Copy)]
enum Kind {
    Check,
    Restore,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    host: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    repository: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    tool: Program,
    #[serde(borrow, default)]
    snapshots: Option<&'a RawValue>,
    #[serde(borrow, default)]
    checks: Option<&'a RawValue>,
    #[serde(borrow, default)]
    restores: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Program {
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default, deserialize_with = "lenient::string")]
    at: Option<String>,
    #[serde(default)]
    ok: Option<bool>,
    #[serde(default)]
    read_data: Option<bool>,
    #[serde(default, deserialize_with = "lenient::string")]
    message: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    target: Option<String>,
    #[serde(default)]
    bytes: Option<u64>,
}

impl Event {
    fn fact(self, kind: Kind, host: &str, repository: &str) -> Option<BackupFact> {
        let act = match (kind, self.read_data) {
            (Kind::Restore, _) => BackupAct::Restore,
            (Kind::Check, Some(true)) => BackupAct::DataCheck,
            (Kind::Check, _) => BackupAct::StructureCheck,
        };
        let (at, succeeded) = (self.at.as_deref().and_then(text::instant)?, self.ok?);
        let target = self.target.map(|target| format!("to {target}"));
        let words: Vec<String> = [Some(repository.to_owned()), target, self.message]
            .into_iter()
            .flatten()
            .filter(|w| !w.is_empty())
            .collect();
        let detail = excerpt::title(&words.join("; "));
        Some(BackupFact { host: host.to_owned(), act, at, succeeded, detail, bytes: self.bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;

    #[test]
    fn the_example_holds() {
        testing::example_holds(&BackupRun);
        testing::key_order_is_free(&BackupRun);
    }

    #[test]
    fn a_check_that_reads_nothing_back_is_one_of_structure() {
        let (reading, gathered) = testing::read(&BackupRun, BackupRun.example().bytes).unwrap();
        assert_eq!(reading.targets, ["web01"]);
        assert_eq!(reading.observed_at, text::instant("2025-03-02T10:15:00Z"));
        assert_eq!(reading.tool, Tool { name: "restic".to_owned(), version: Some("0.17.3".to_owned()) });
        let acts: Vec<(BackupAct, bool)> = gathered
            .facts
            .iter()
            .map(|(_, fact)| match fact {
                Fact::Backup(backup) => (backup.act, backup.succeeded),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected = [
            (BackupAct::Snapshot, true),
            (BackupAct::StructureCheck, true),
            (BackupAct::DataCheck, false),
            (BackupAct::Restore, true),
        ];
        assert_eq!(acts, expected);
        assert!(!format!("{gathered:?}").contains("geheim"));
    }

    #[test]
    fn version_host_and_content_are_needed() {
        let read = |text: &str| testing::read(&BackupRun, text.as_bytes());
        let later = read(r#"{"warrant": "backup-run", "version": 2, "host": "h"}"#);
        assert!(matches!(later, Err(ReadError::Version { .. })));
        let nobody = read(r#"{"warrant": "backup-run", "version": 1, "checks": []}"#);
        assert!(matches!(nobody, Err(ReadError::Malformed { .. })));
        let nothing = read(r#"{"warrant": "backup-run", "version": 1, "host": "h"}"#);
        assert!(matches!(nothing, Err(ReadError::Empty { .. })));
        let odd = read(
            r#"{"version": 1, "host": "h", "checks": [{"ok": true}, {"at": "2025-01-01T00:00:00Z", "ok": true}]}"#,
        );
        assert_eq!(odd.unwrap().1.problems.len(), 1);
    }
}
