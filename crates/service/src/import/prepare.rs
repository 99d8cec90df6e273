//! What can be done for a file before it is written: its bytes compressed, its findings named, its facts packed.

use super::reading::ReadFile;
use super::{ImportFile, Mode};
use crate::{Service, ServiceError};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use warrant_analysis::mapping::{controls_for_check, controls_for_weakness};
use warrant_intake::Reading;
use warrant_model::fact::{Fact, Place};
use warrant_model::finding::{check_key, weakness_key};
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::{Origin, Sighting, sighting_of_check, sighting_of_weakness};
use warrant_model::time::{from_micros, micros, plus_days};
use warrant_store::blobs::Zipped;
use warrant_store::facts::{self, NewFact, Packed};

/// A file that is ready to be written.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) file: ImportFile,
    pub(super) read: ReadFile,
    /// The system; empty for the organisation.
    pub(super) system: String,
    /// How the system was found, when it was not named.
    pub(super) because: Option<String>,
    pub(super) hash: ContentHash,
    /// When the tool looked.
    pub(super) observed_at: Timestamp,
    /// What the reader and the placing had to say.
    pub(super) problems: Vec<String>,
    /// What the file says of each finding.
    pub(super) sightings: BTreeMap<String, Sighting>,
    /// What it looked at.
    pub(super) targets: Vec<String>,
    pub(super) packed: Packed,
    /// Its bytes, until they are kept; `None` when they were before.
    pub(super) zipped: Option<Zipped>,
    /// When it came in.
    pub(super) now: Timestamp,
}

impl Service {
    /// Does for a file all that needs no transaction, off the async threads. Files that come in together come in at one
    /// instant, `now`: one that says no time of its own is not older than the one before it.
    pub(super) async fn prepare(
        &self,
        (file, read): (ImportFile, ReadFile),
        (system, because): (String, Option<String>),
        (mode, now): (Mode, Timestamp),
    ) -> Result<Prepared, ServiceError> {
        let name = file.name.clone();
        let blobs = self.store().blobs().clone();
        let work = tokio::task::spawn_blocking(move || {
            let hash = ContentHash::of(&file.bytes);
            let mut problems = read.problems.clone();
            let observed_at = match read.reading.observed_at {
                Some(at) if at > plus_days(now, 1) => {
                    problems
                        .push(format!("the file says it was made at {at}, in the future; taken as of now"));
                    now
                }
                Some(at) => from_micros(micros(at)),
                None => now,
            };
            let origin =
                Origin { system: &system, tool: &read.reading.tool.name, evidence: &hash, at: observed_at };
            let keep = || match mode {
                Mode::Commit => blobs.zipped(&hash, &file.bytes),
                Mode::DryRun => Ok(None),
            };
            let describe = || sightings_of(origin, &read.facts);
            let (kept, (findings, sightings)) =
                if read.facts.len() < MANY { (keep(), describe()) } else { rayon::join(keep, describe) };
            let zipped = kept?;
            let rows = read.facts.iter().zip(&findings);
            let rows: Vec<_> =
                rows.map(|((place, fact), finding)| NewFact { fact, place, finding }).collect();
            let packed = facts::pack(&hash, &system, &rows)?;
            let targets = targets_of(&read.reading, &sightings);
            Ok(Prepared {
                file,
                read,
                system,
                because,
                hash,
                observed_at,
                problems,
                sightings,
                targets,
                packed,
                zipped,
                now,
            })
        });
        work.await.map_err(|error| ServiceError::Refused(format!("{name}: {error}")))?
    }
}

/// Fewer facts than this are not worth sharing between threads.
const MANY: usize = 4_096;

/// The finding that every fact is a sighting of (or an empty text), and the sightings by finding. Equal weaknesses
/// within a file are told apart by their number, so that as many go in as came out of the tool.
fn sightings_of(origin: Origin<'_>, facts: &[(Place, Fact)]) -> (Vec<Arc<str>>, BTreeMap<String, Sighting>) {
    let described: Vec<Option<Sighting>> = if facts.len() < MANY {
        facts.iter().map(|(place, fact)| sighting_of(origin, place, fact)).collect()
    } else {
        facts.par_iter().map(|(place, fact)| sighting_of(origin, place, fact)).collect()
    };
    let mut seen: HashMap<Arc<str>, u32> = HashMap::new();
    let mut findings = Vec::with_capacity(facts.len());
    let mut sightings = Vec::with_capacity(facts.len());
    for (sighting, (_, fact)) in described.into_iter().zip(facts) {
        let Some(mut sighting) = sighting else {
            findings.push(Arc::from(""));
            continue;
        };
        let mut id: Arc<str> = Arc::from(sighting.finding.id.as_str());
        let count = seen.entry(id.clone()).or_default();
        if *count > 0 {
            sighting.finding.id = key(origin, fact, *count).unwrap_or_default();
            id = Arc::from(sighting.finding.id.as_str());
        }
        *count += 1;
        findings.push(id);
        sightings.push((sighting.finding.id.clone(), sighting));
    }
    // A map made of what is sorted is made faster than one that is filled.
    (findings, sightings.into_iter().collect())
}

/// The key of the `nth` of equal findings in a file.
fn key(origin: Origin<'_>, fact: &Fact, nth: u32) -> Option<String> {
    match fact {
        Fact::Weakness(weakness) => Some(weakness_key(origin.system, origin.tool, weakness, nth)),
        Fact::Check(check) => Some(check_key(origin.system, check, nth)),
        _ => None,
    }
}

/// What a fact says of its finding, as if it were the only one of its kind in the file.
fn sighting_of(origin: Origin<'_>, place: &Place, fact: &Fact) -> Option<Sighting> {
    let (id, place) = (key(origin, fact, 0)?, place.clone());
    match fact {
        Fact::Weakness(weakness) => {
            let controls = controls_for_weakness(weakness, origin.tool);
            Some(sighting_of_weakness(origin, id, weakness, controls, place))
        }
        Fact::Check(check) => Some(sighting_of_check(origin, id, check, controls_for_check(check), place)),
        _ => None,
    }
}

/// What the file looked at: what it says, and whatever it reports about.
fn targets_of(reading: &Reading, sightings: &BTreeMap<String, Sighting>) -> Vec<String> {
    let mut all: BTreeSet<&str> = reading.targets.iter().map(String::as_str).collect();
    all.extend(sightings.values().map(|sighting| sighting.finding.target.as_str()));
    all.into_iter().map(str::to_owned).collect()
}
