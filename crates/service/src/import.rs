//! Importing evidence: read, place, fold into findings, record. All or nothing per file.

use crate::permission::{Deed, least_role, require};
use crate::placing::{Proposal, likely};
use crate::releases::{InMemory, is_bill, named};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;
use warrant_analysis::mapping::{controls_for_check, controls_for_weakness};
use warrant_intake::secret::{Secrets, masked};
use warrant_intake::{Input, Limits, ReadError, Reader, Reading, Sink, recognise_among};
use warrant_model::fact::{ComponentFact, Fact, Place};
use warrant_model::finding::{Finding, FindingSort, FindingState, check_key, weakness_key};
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::{
    Effect, Event, Look, Origin, Sighting, sighting_of_check, sighting_of_weakness,
};
use warrant_model::moves::{self, Step};
use warrant_model::time::{micros, plus_days};
use warrant_store::evidence::{self, EvidenceRow, Side};
use warrant_store::facts::NewFact;
use warrant_store::records::RecordQuery;
use warrant_store::snapshots::{self, AsOf};
use warrant_store::{StoreError, Tx, changes, findings, records};

/// A file to be imported.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Its name, for people only.
    pub name: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// Whether to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Commit,
    /// Tell what would be written.
    DryRun,
}

/// Where a file goes, as far as somebody says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Belongs<'a> {
    /// The system, by id or name.
    pub system: Option<&'a str>,
    /// The release: `customer-portal 2.5.0`, or `2.5.0` of what the file is about.
    pub release: Option<&'a str>,
}

/// How far an import has come; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the file.
    pub bytes: AtomicU64,
    /// Bytes read.
    pub bytes_done: AtomicU64,
    /// Facts read.
    pub facts: AtomicU64,
    /// Set to stop the import before it writes.
    pub cancelled: AtomicBool,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ImportOutcome {
    /// File name.
    pub file: String,
    /// Reader id.
    pub format: String,
    /// Tool name.
    pub tool: String,
    /// Content hash: where the evidence can be looked at.
    pub evidence: String,
    /// System id; empty for evidence about the organisation.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// How the system was found, when it was not named.
    pub placed_because: Option<String>,
    /// The release it is about: `customer-portal 2.5.0`.
    pub release: Option<String>,
    /// When the tool looked.
    pub observed_at: Timestamp,
    /// What was looked at.
    pub targets: usize,
    /// Facts read.
    pub facts: usize,
    /// Findings that are new.
    pub opened: usize,
    /// Findings that are still there.
    pub still_open: usize,
    /// Findings that are gone.
    pub closed: usize,
    /// Findings that are back.
    pub reopened: usize,
    /// How many of those still there are at another place in the code than before.
    pub moved: usize,
    /// Records of the file that could not be used.
    pub problems: Vec<String>,
    /// The same file was imported before: nothing changed.
    pub already_known: bool,
}

/// The most problems kept with a file.
const MOST_PROBLEMS: usize = 200;

impl Service {
    /// Refuses whoever may import nowhere, before anything is sent or read.
    pub fn may_import(&self, actor: &Actor) -> Result<(), ServiceError> {
        if actor.highest < Some(least_role(Deed::Import)) {
            return Err(crate::permission::denied(actor, least_role(Deed::Import)));
        }
        Ok(())
    }

    /// Imports one file of evidence.
    ///
    /// Without a system the file goes where its targets are known: to the system that has components with
    /// those host names. Evidence about people goes to the organisation.
    pub async fn import(
        &self,
        actor: &Actor,
        file: ImportFile,
        system: Option<&str>,
        mode: Mode,
        progress: Arc<Progress>,
    ) -> Result<ImportOutcome, ServiceError> {
        self.import_as(actor, file, Belongs { system, release: None }, mode, progress).await
    }

    /// The same for a file of which it is said what release it is about. A bill of materials says so itself as a rule.
    pub async fn import_as(
        &self,
        actor: &Actor,
        file: ImportFile,
        belongs: Belongs<'_>,
        mode: Mode,
        progress: Arc<Progress>,
    ) -> Result<ImportOutcome, ServiceError> {
        self.may_import(actor)?;
        let mut read = self.read(&file, progress).await?;
        let file = ImportFile { bytes: read.kept.take().unwrap_or(file.bytes), ..file };
        if let Some(release) = belongs.release.map(str::trim).filter(|release| !release.is_empty()) {
            let subject = read.reading.targets.first().map(String::as_str);
            read.reading.release = Some(named(release, subject));
        }
        let (system, placed_because) = match belongs.system {
            Some(system) => (self.system_row(actor, system).await?.id, None),
            None => self.place(actor, &file, &read).await?,
        };
        let mut attempt = 0;
        loop {
            let advisories = if read.is_release() { self.advisories_in_memory().await? } else { None };
            let advisories = advisories.as_deref();
            match self.accept(actor, &file, (&read, advisories), &system, mode).await {
                Err(ServiceError::Store(error)) if error.is_transient() && attempt < 5 => attempt += 1,
                Err(error) => return Err(error),
                Ok(mut outcome) => {
                    outcome.placed_because = placed_because;
                    return Ok(outcome);
                }
            }
        }
    }

    fn limits(&self) -> Limits {
        Limits { secrets: Some(self.secrets()), ..Limits::default() }
    }

    /// Reads a file off the async threads.
    async fn read(&self, file: &ImportFile, progress: Arc<Progress>) -> Result<ReadFile, ServiceError> {
        let (bytes, name) = (file.bytes.clone(), file.name.clone());
        let (readers, limits) = (self.readers().to_vec(), self.limits());
        let work = tokio::task::spawn_blocking(move || read_file(&readers, limits, &name, &bytes, &progress));
        let done = work.await.map_err(|error| ServiceError::Refused(format!("{}: {error}", file.name)))?;
        let unread = |source| ServiceError::File { file: file.name.clone(), source };
        done.map_err(unread)
    }

    /// Finds the system whose components carry the names of the file's targets.
    async fn place(
        &self,
        actor: &Actor,
        file: &ImportFile,
        read: &ReadFile,
    ) -> Result<(String, Option<String>), ServiceError> {
        if read.facts.iter().all(|(_, fact)| matches!(fact, Fact::Training(_))) {
            return Ok((
                String::new(),
                Some("it is about people, so it belongs to the organisation".to_owned()),
            ));
        }
        let mut names: BTreeSet<String> =
            read.reading.targets.iter().map(|name| name.to_lowercase()).collect();
        for (_, fact) in &read.facts {
            if let Fact::Asset(asset) = fact {
                names.extend(asset.aliases.iter().map(|alias| alias.to_lowercase()));
            }
        }
        let mut hits: BTreeMap<String, usize> = BTreeMap::new();
        let query = RecordQuery { kind: "component".to_owned(), limit: 100_000, ..RecordQuery::default() };
        let mut hosts = Vec::new();
        for row in records::list(&mut self.store().db(), &query, &actor.sees()).await? {
            for host in
                row.body["hostnames"].as_array().into_iter().flatten().filter_map(|name| name.as_str())
            {
                if names.contains(&host.to_lowercase()) {
                    *hits.entry(row.system.clone()).or_default() += 1;
                }
                hosts.push((row.system.clone(), host.to_owned()));
            }
        }
        let mut ranked: Vec<_> = hits.into_iter().collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let titles = self.system_names(actor).await?;
        let name = |id: &String| titles.get(id).cloned().unwrap_or_default();
        match ranked.as_slice() {
            [(system, count)] => {
                let because = format!("{count} of its targets are components of {}", name(system));
                Ok((system.clone(), Some(because)))
            }
            [(system, count), (_, next), ..] if *count > 2 * next => {
                let because = format!("{count} of its targets are components of {}", name(system));
                Ok((system.clone(), Some(because)))
            }
            [] => {
                let proposal =
                    |(system, why): (String, String)| Proposal { name: name(&system), system, why };
                Err(ServiceError::Unplaced {
                    file: file.name.clone(),
                    message: format!(
                        "none of its targets ({}) is a component of a system you may see",
                        first_few(&names)
                    ),
                    proposals: likely(&names, &hosts).into_iter().map(proposal).collect(),
                    targets: names.into_iter().collect(),
                })
            }
            several => {
                let systems: Vec<_> = several.iter().map(|(id, _)| name(id)).collect();
                let proposal = |(system, count): &(String, usize)| Proposal {
                    system: system.clone(),
                    name: name(system),
                    why: format!("{count} of its targets are components of it"),
                };
                Err(ServiceError::Unplaced {
                    file: file.name.clone(),
                    message: format!("its targets belong to {}", systems.join(", ")),
                    proposals: several.iter().map(proposal).collect(),
                    targets: names.into_iter().collect(),
                })
            }
        }
    }

    async fn system_title(&self, system: &str) -> Result<String, ServiceError> {
        let row = records::get(&mut self.store().db(), system, &Actor::program().sees()).await?;
        Ok(row.map(|row| row.title).unwrap_or_default())
    }

    async fn accept(
        &self,
        actor: &Actor,
        file: &ImportFile,
        (read, advisories): (&ReadFile, Option<&InMemory>),
        system: &str,
        mode: Mode,
    ) -> Result<ImportOutcome, ServiceError> {
        let now = self.now();
        let hash = ContentHash::of(&file.bytes);
        let mut problems = read.problems.clone();
        let observed_at = match read.reading.observed_at {
            Some(at) if at > plus_days(now, 1) => {
                problems.push(format!("the file says it was made at {at}, in the future; taken as of now"));
                now
            }
            Some(at) => at,
            None => now,
        };
        let mut outcome = ImportOutcome {
            file: file.name.clone(),
            format: read.format.to_owned(),
            tool: read.reading.tool.name.clone(),
            evidence: hash.0.clone(),
            system: system.to_owned(),
            system_name: self.system_title(system).await?,
            placed_because: None,
            release: read.reading.release.clone(),
            observed_at,
            targets: read.reading.targets.len(),
            facts: read.facts.len(),
            opened: 0,
            still_open: 0,
            closed: 0,
            reopened: 0,
            moved: 0,
            problems,
            already_known: false,
        };
        let origin = Origin { system, tool: &outcome.tool.clone(), evidence: &hash, at: observed_at };
        let (rows, sightings) = sightings_of(origin, &read.facts);
        if mode == Mode::Commit {
            self.store().blobs().put(&file.bytes)?;
        }
        let mut write = self.store().begin().await?;
        require(&mut write.tx, actor, least_role(Deed::Import), (system, "")).await?;
        if let Some(known) = evidence::accepted(&mut write.tx, &hash, system).await? {
            if read.is_release() && known.release != read.reading.release {
                let name = known.release.unwrap_or_else(|| "no release".to_owned());
                return Err(ServiceError::Refused(format!(
                    "{}: it was accepted for this system before, as a bill of {name}",
                    file.name
                )));
            }
            outcome.already_known = true;
            return Ok(outcome);
        }
        let look = Look { at: observed_at, evidence: hash.clone() };
        let targets = targets_of(&read.reading, &sightings);
        let folded = fold(&mut write.tx, origin, &look, &targets, &sightings).await?;
        for effect in &folded.effects {
            match effect {
                Effect::Opened => outcome.opened += 1,
                Effect::StillOpen => outcome.still_open += 1,
                Effect::Closed => outcome.closed += 1,
                Effect::Reopened => outcome.reopened += 1,
                Effect::Moved => {
                    outcome.still_open += 1;
                    outcome.moved += 1;
                }
                Effect::Other => {}
            }
        }
        if mode == Mode::DryRun {
            return Ok(outcome);
        }
        let leaf = changes::next_index(&mut write.tx).await?;
        let row = EvidenceRow {
            hash: hash.clone(),
            system: system.to_owned(),
            name: file.name.clone(),
            format: outcome.format.clone(),
            tool: outcome.tool.clone(),
            tool_version: read.reading.tool.version.clone(),
            release: read.reading.release.clone(),
            size: file.bytes.len() as i64,
            observed_at: micros(observed_at),
            received_at: micros(now),
            actor: actor.email.clone(),
            facts: rows.len() as i64,
            problems: outcome.problems.clone(),
            leaf,
        };
        let mut hashes = evidence::put(&mut write.tx, &row, &rows, &targets).await?;
        let components = read.components();
        self.keep_release(&mut write.tx, &row, components, advisories).await?;
        for finding in &folded.rewritten {
            hashes.extend(findings::remove_events(&mut write.tx, finding).await?);
        }
        hashes.extend(findings::put(&mut write.tx, &folded.findings).await?);
        hashes.extend(findings::put_events(&mut write.tx, system, &folded.events).await?);
        let side = snapshots::evidence_side(&mut write.tx, system, AsOf::Now(now)).await?;
        hashes.extend(findings::agree(&mut write.tx, system, &side.findings).await?);
        findings::recount(&mut write.tx, system).await?;
        let mut entry = self.act(actor, "import").entry(row.key(), hashes);
        changes::settle_rows(self.store().blobs(), &mut entry)?;
        changes::record(&mut write.tx, leaf, &entry).await?;
        evidence::tick(&mut write.tx, system, Side::Evidence).await?;
        snapshots::keep(&mut write.tx, system, &side).await?;
        self.renew(&mut write.tx, system).await?;
        write.commit().await?;
        self.wrote();
        Ok(outcome)
    }
}

fn first_few(names: &BTreeSet<String>) -> String {
    let shown: Vec<_> = names.iter().take(5).map(String::as_str).collect();
    let more = names.len().saturating_sub(shown.len());
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}

/// What was read from a file.
#[derive(Debug)]
struct ReadFile {
    format: &'static str,
    reading: Reading,
    facts: Vec<(Place, Fact)>,
    problems: Vec<String>,
    /// What is kept instead of the file's bytes: the same with its secrets masked.
    kept: Option<Arc<[u8]>>,
}

impl ReadFile {
    /// Whether it is a bill of materials that says or was said of which release it is.
    fn is_release(&self) -> bool {
        is_bill(self.format) && self.reading.release.is_some()
    }

    fn components(&self) -> impl Iterator<Item = &ComponentFact> {
        self.facts.iter().filter_map(|(_, fact)| match fact {
            Fact::Component(component) => Some(component),
            _ => None,
        })
    }
}

fn read_file(
    readers: &[&'static dyn Reader],
    limits: Limits,
    name: &str,
    bytes: &[u8],
    progress: &Progress,
) -> Result<ReadFile, ReadError> {
    progress.bytes.store(bytes.len() as u64, Ordering::Relaxed);
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::Limit { what: "file size", limit: limits.bytes, line: 0 });
    }
    let reader = recognise_among(readers, bytes)?;
    let mut gathering = Gathering {
        limits,
        progress,
        started: Instant::now(),
        facts: Vec::new(),
        problems: Vec::new(),
        secrets: Secrets::default(),
        unused: 0,
    };
    let reading = reader.read(&Input { name, bytes, limits }, &mut gathering)?;
    progress.bytes_done.store(bytes.len() as u64, Ordering::Relaxed);
    let Gathering { facts, mut problems, secrets, unused, .. } = gathering;
    if unused > problems.len() {
        problems.push(format!("and {} more records that could not be used", unused - problems.len()));
    }
    let kept = without_secrets(bytes, &secrets, limits, &mut problems)?;
    Ok(ReadFile { format: reader.id(), reading, facts, problems, kept })
}

/// The bytes to keep where they differ from the file's: secrets are masked, and it is said of which file it is a copy.
fn without_secrets(
    bytes: &[u8],
    secrets: &Secrets,
    limits: Limits,
    problems: &mut Vec<String>,
) -> Result<Option<Arc<[u8]>>, ReadError> {
    let Some(key) = limits.secrets.filter(|_| !secrets.is_empty()) else { return Ok(None) };
    let kept = masked(bytes, secrets, &key)?;
    if kept.bytes == bytes {
        return Ok(None);
    }
    let hash = kept.original;
    problems.push(format!(
        "secrets are masked in what is kept of the file; its own bytes have the keyed hash {hash}"
    ));
    Ok(Some(kept.bytes.into()))
}

/// Gathers facts within the limits.
struct Gathering<'p> {
    limits: Limits,
    progress: &'p Progress,
    started: Instant,
    facts: Vec<(Place, Fact)>,
    problems: Vec<String>,
    secrets: Secrets,
    unused: usize,
}

impl Sink for Gathering<'_> {
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError> {
        let count = self.facts.len() as u64;
        if count >= self.limits.facts {
            return Err(ReadError::Limit {
                what: "number of facts",
                limit: self.limits.facts,
                line: place.line,
            });
        }
        if count.is_multiple_of(1_024) {
            self.progress.facts.store(count, Ordering::Relaxed);
            if self.progress.cancelled.load(Ordering::Relaxed) {
                return Err(ReadError::Cancelled);
            }
            if self.started.elapsed() > self.limits.time {
                let limit = self.limits.time.as_secs();
                return Err(ReadError::Limit { what: "reading time in seconds", limit, line: place.line });
            }
        }
        self.facts.push((place, fact));
        Ok(())
    }

    fn problem(&mut self, place: Place, message: String) {
        self.unused += 1;
        if self.problems.len() < MOST_PROBLEMS {
            let at = if place.line > 0 { format!("line {}", place.line) } else { place.pointer };
            self.problems.push(format!("{at}: {message}"));
        }
    }

    fn secret(&mut self, secret: &str) {
        self.secrets.add(secret);
    }

    fn progress(&mut self, bytes_done: u64) {
        self.progress.bytes_done.store(bytes_done, Ordering::Relaxed);
    }
}

/// Every fact as a row, and the sightings among them by finding. Equal weaknesses within a file are told
/// apart by their number, so that as many go in as came out of the tool.
fn sightings_of<'f>(
    origin: Origin<'_>,
    facts: &'f [(Place, Fact)],
) -> (Vec<NewFact<'f>>, BTreeMap<String, Sighting>) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut sightings = BTreeMap::new();
    let mut number = |first: String, nth_key: &dyn Fn(u32) -> String| {
        let count = seen.entry(first.clone()).or_default();
        let id = if *count == 0 { first } else { nth_key(*count) };
        *count += 1;
        id
    };
    let rows = facts.iter().map(|(place, fact)| {
        let finding = match fact {
            Fact::Weakness(weakness) => {
                let key = |nth| weakness_key(origin.system, origin.tool, weakness, nth);
                let id = number(key(0), &key);
                let controls = controls_for_weakness(weakness, origin.tool);
                let sighting = sighting_of_weakness(origin, id.clone(), weakness, controls, place.clone());
                sightings.insert(id.clone(), sighting);
                id
            }
            Fact::Check(check) => {
                let key = |nth| check_key(origin.system, check, nth);
                let id = number(key(0), &key);
                let controls = controls_for_check(check);
                let sighting = sighting_of_check(origin, id.clone(), check, controls, place.clone());
                sightings.insert(id.clone(), sighting);
                id
            }
            _ => String::new(),
        };
        NewFact { fact, place, finding }
    });
    let rows = rows.collect();
    (rows, sightings)
}

/// What the file looked at: what it says, and whatever it reports about.
fn targets_of(reading: &Reading, sightings: &BTreeMap<String, Sighting>) -> Vec<String> {
    let said = reading.targets.iter().cloned();
    let seen = sightings.values().map(|sighting| sighting.finding.target.clone());
    let all: BTreeSet<String> = said.chain(seen).collect();
    all.into_iter().collect()
}

/// Findings after a look.
#[derive(Debug, Default)]
struct Folded {
    findings: Vec<Finding>,
    events: Vec<Event>,
    effects: Vec<Effect>,
    /// Findings whose events are all written anew.
    rewritten: Vec<String>,
}

async fn fold(
    tx: &mut Tx,
    origin: Origin<'_>,
    look: &Look,
    targets: &[String],
    sightings: &BTreeMap<String, Sighting>,
) -> Result<Folded, StoreError> {
    let mut existing: BTreeMap<String, Finding> = BTreeMap::new();
    for finding in findings::on_targets(tx, origin.system, origin.tool, targets).await? {
        existing.insert(finding.id.clone(), finding);
    }
    let others: Vec<_> = sightings.keys().filter(|id| !existing.contains_key(*id)).cloned().collect();
    for finding in findings::by_ids(tx, &others).await? {
        existing.insert(finding.id.clone(), finding);
    }
    let newest: HashMap<_, _> =
        evidence::newest_looks(tx, origin.system, origin.tool).await?.into_iter().collect();
    let ids: BTreeSet<&String> = existing.keys().chain(sightings.keys()).collect();
    let mut folded = Folded::default();
    let (mut late, mut steps) = (crate::late::Late::new(), Vec::new());
    for id in ids {
        let (before, sighting) = (existing.get(id), sightings.get(id));
        let described = sighting.map(|s| &s.finding).or(before);
        let Some(described) = described else { continue };
        if described.sort == FindingSort::Check && sighting.is_none() {
            continue;
        }
        let looked = newest.get(&described.target).copied().unwrap_or(i64::MIN);
        let confirmed = before.map_or(i64::MIN, |finding| micros(finding.last_seen));
        if looked.max(confirmed) <= micros(look.at) {
            steps.extend(Step::of(before, look, sighting));
        } else {
            late.insert(id, described);
        }
    }
    moves::follow(&mut steps);
    for Step { finding, event, effect, .. } in steps {
        folded.effects.push(effect);
        folded.findings.push(finding);
        folded.events.extend(event);
    }
    if late.is_empty() {
        return Ok(folded);
    }
    let coming = Some(crate::late::Coming { origin, look, sightings });
    for (id, (finding, events)) in crate::late::replay(tx, origin.system, coming, &late).await? {
        let Some(finding) = finding else { continue };
        folded.effects.push(match existing.get(&id) {
            None if finding.state == FindingState::Open => Effect::Opened,
            _ => Effect::Other,
        });
        folded.rewritten.push(id);
        folded.findings.push(finding);
        folded.events.extend(events);
    }
    Ok(folded)
}
