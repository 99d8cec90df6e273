//! What `restic snapshots --json` prints: a list of snapshots, plain or grouped.
//!
//! A listed snapshot was finished, so each is a successful backup. It says nothing about whether the data can be
//! read back: checks and restores come with the `backup-run` format.

use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::targets::Targets;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::fact::{BackupAct, BackupFact, Fact, Place};

/// The reader.
#[derive(Debug)]
pub struct Restic;

impl Reader for Restic {
    fn id(&self) -> &'static str {
        "restic"
    }

    fn title(&self) -> &'static str {
        "restic snapshots (JSON)"
    }

    fn source(&self) -> &'static str {
        "restic manual, Scripting: snapshots"
    }

    fn yields(&self) -> &'static str {
        "a successful backup for every snapshot"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/restic.json"), facts: 2 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let listed = sniff.has_item_keys(&["time", "tree", "paths"]);
        let grouped = sniff.has_item_keys(&["group_key", "snapshots"]);
        if listed || grouped { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let mut seen = Seen::default();
        let all: Option<&RawValue> = document.parse()?;
        document.each(all, "", &mut sink, |place, entry: Entry<'_>, sink| match entry {
            Entry { snapshots: Some(raw), .. } => {
                let below = format!("{}/snapshots", place.pointer);
                document.each(Some(raw), &below, sink, |place, snapshot: Snapshot, sink| {
                    snapshot.take(place, None, &mut seen, sink)
                })
            }
            Entry { snapshot, .. } => snapshot.take(place, None, &mut seen, sink),
        })?;
        if sink.facts == 0 {
            return Err(ReadError::Empty { format: self.title(), expected: "snapshots" });
        }
        Ok(Reading {
            tool: Tool { name: "restic".to_owned(), version: seen.version },
            observed_at: seen.latest,
            targets: seen.hosts.into_names(),
            release: None,
        })
    }
}

/// What the snapshots read so far have in common.
#[derive(Default)]
pub(super) struct Seen {
    /// Whose they are.
    pub(super) hosts: Targets,
    /// When the newest was taken.
    pub(super) latest: Option<Timestamp>,
    /// The version of restic that took the newest, wherever it stands in the list.
    pub(super) version: Option<String>,
}

/// A snapshot, or a group of them (`--group-by`).
#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    snapshots: Option<&'a RawValue>,
    #[serde(flatten)]
    snapshot: Snapshot,
}

/// One snapshot, as restic describes it.
#[derive(Deserialize)]
pub(super) struct Snapshot {
    #[serde(default, deserialize_with = "lenient::string")]
    time: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    hostname: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    paths: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    program_version: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    summary: Summary,
}

#[derive(Default, Deserialize)]
struct Summary {
    #[serde(default, deserialize_with = "lenient::number")]
    total_bytes_processed: Option<f64>,
}

impl Snapshot {
    /// Writes the snapshot down. A snapshot that names no host belongs to `host`.
    pub(super) fn take(
        self,
        place: Place,
        host: Option<&str>,
        seen: &mut Seen,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let own = self.hostname.as_deref().and_then(excerpt::said).or(host);
        let (Some(own), Some(at)) = (own, self.time.as_deref().and_then(text::instant)) else {
            sink.problem(place, "a snapshot names no host or no time; it is left out".to_owned());
            return Ok(());
        };
        let own = text::line(own, 300);
        seen.hosts.add(&own);
        seen.latest = seen.latest.max(Some(at));
        let program = self.program_version.as_deref().and_then(|program| program.strip_prefix("restic "));
        if let Some(version) = program.filter(|_| seen.latest == Some(at)) {
            seen.version = Some(text::line(version, 40));
        }
        let id: String = self.id.as_deref().unwrap_or("without id").chars().take(12).collect();
        let detail = match self.paths.is_empty() {
            true => format!("snapshot {id}"),
            false => format!("snapshot {id} of {}", self.paths.join(", ")),
        };
        let bytes =
            self.summary.total_bytes_processed.filter(|bytes| *bytes >= 0.0).map(|bytes| bytes as u64);
        let detail = excerpt::title(&detail);
        let fact = BackupFact { host: own, act: BackupAct::Snapshot, at, succeeded: true, detail, bytes };
        sink.fact(place, Fact::Backup(fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;

    #[test]
    fn the_example_holds() {
        testing::example_holds(&Restic);
        testing::key_order_is_free(&Restic);
    }

    #[test]
    fn the_example_says_what_it_says() {
        let (reading, gathered) = testing::read(&Restic, Restic.example().bytes).unwrap();
        assert_eq!(reading.targets, ["web01", "db01"]);
        assert_eq!(reading.tool.version.as_deref(), Some("0.17.3"));
        let (place, Fact::Backup(second)) = &gathered.facts[1] else { panic!() };
        assert_eq!(*place, Place::new(14, "/1"));
        assert_eq!(
            (second.act, second.succeeded, second.bytes),
            (BackupAct::Snapshot, true, Some(1_048_576))
        );
        assert_eq!(second.detail, "snapshot 9f8e7d6c5b4a of /var/lib/postgresql, /etc");
    }

    #[test]
    fn grouped_lists_are_read_and_odd_entries_are_problems() {
        let grouped = br#"[{"group_key": {"hostname": "h"}, "snapshots": [
            {"time": "2025-01-01T00:00:00Z", "hostname": "h", "paths": ["/"], "id": "abc"}, {"hostname": "h"}]}]"#;
        assert_eq!(Restic.recognise(&Sniff::of(grouped)), Confidence::Certain);
        let (_, gathered) = testing::read(&Restic, grouped).unwrap();
        assert_eq!((gathered.facts.len(), gathered.problems.len()), (1, 1));
        assert!(matches!(testing::read(&Restic, b"[]"), Err(ReadError::Empty { .. })));
        assert!(matches!(testing::read(&Restic, b"null"), Err(ReadError::Empty { .. })));
    }
}
