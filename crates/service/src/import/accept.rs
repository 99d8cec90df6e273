//! Accepting files: many in one transaction, each all or nothing.

use super::fold::{Folded, fold};
use super::prepare::Prepared;
use super::{ImportOutcome, Mode};
use crate::permission::{Deed, least_role, require};
use crate::priority::Situation;
use crate::releases::InMemory;
use crate::{Actor, Service, ServiceError};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::task::{JoinError, JoinHandle};
use warrant_analysis::priority::Judge;
use warrant_model::finding::Finding;
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::{Effect, Origin};
use warrant_model::priority::Signals;
use warrant_model::snapshot::EvidenceMeta;
use warrant_model::time::micros;
use warrant_store::evidence::{self, EvidenceRow, Side};
use warrant_store::snapshots::{self, EvidenceSide, NewFile, PackedSide, Working};
use warrant_store::{StoreError, Tx, changes, decisions, findings, records};

/// Systems that files of one transaction are folded into.
type Systems = BTreeMap<String, System>;

#[derive(Debug)]
struct System {
    name: String,
    /// What decisions about its findings follow from; of the organisation there is none.
    situation: Option<Situation>,
    /// Whether it had no findings before.
    fresh: bool,
    /// What files are folded into, until the last one came.
    working: Option<Working>,
    /// After the last file: what is left of them, worked out while its rows are written.
    ending: Option<JoinHandle<Result<Ended, StoreError>>>,
    files: usize,
}

/// What a system's evidence says after the last file.
#[derive(Debug)]
struct Ended {
    side: EvidenceSide,
    packed: PackedSide,
    seconds: Vec<Finding>,
}

/// A file's entry in the ledger, written when all files are: its rows are listed meanwhile.
struct Noted {
    leaf: i64,
    entry: JoinHandle<Result<changes::Entry, StoreError>>,
}

/// Files that were accepted for their systems before, and the release each is about.
type Before = HashMap<(ContentHash, String), Option<String>>;

/// What became of the files of a transaction, in their order.
pub(super) type Accepted = Vec<Result<ImportOutcome, ServiceError>>;

/// Whether files of the same system come after a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Others,
    None,
}

impl Service {
    /// Accepts files in one transaction, which is begun again when another writer was in its way. When it fails for
    /// another reason, each file is tried alone, so that none is kept out by another.
    pub(super) async fn accept(&self, actor: &Actor, files: &[Prepared], mode: Mode) -> Accepted {
        match self.accept_together(actor, files, mode).await {
            Ok(accepted) => accepted,
            Err(error) if files.len() == 1 => vec![Err(error)],
            Err(_) => {
                let mut accepted = Vec::with_capacity(files.len());
                for file in files {
                    let alone = self.accept_together(actor, std::slice::from_ref(file), mode).await;
                    accepted.push(alone.and_then(|mut done| {
                        let nothing =
                            || ServiceError::Refused(format!("{}: nothing became of it", file.file.name));
                        done.pop().unwrap_or_else(|| Err(nothing()))
                    }));
                }
                accepted
            }
        }
    }

    async fn accept_together(
        &self,
        actor: &Actor,
        files: &[Prepared],
        mode: Mode,
    ) -> Result<Accepted, ServiceError> {
        let mut attempt = 0;
        loop {
            let bills = files.iter().any(|file| file.read.is_release());
            let advisories = if bills { self.advisories_in_memory().await? } else { None };
            match self.accept_once(actor, files, advisories.as_deref(), mode).await {
                Err(ServiceError::Store(error)) if error.is_transient() && attempt < 5 => attempt += 1,
                done => return done,
            }
        }
    }

    async fn accept_once(
        &self,
        actor: &Actor,
        files: &[Prepared],
        advisories: Option<&InMemory>,
        mode: Mode,
    ) -> Result<Accepted, ServiceError> {
        let mut write = self.store().begin().await?;
        let (mut systems, mut noted) = (Systems::new(), Vec::new());
        let mut accepted = Vec::with_capacity(files.len());
        let going = files.iter().map(|file| (&file.hash, file.system.as_str()));
        let mut before = evidence::accepted_among(&mut write.tx, going).await?;
        let mut signals = None;
        for (at, file) in files.iter().enumerate() {
            let others = files[at + 1..].iter().any(|other| other.system == file.system);
            let follows = if others { Follows::Others } else { Follows::None };
            let tx = &mut write.tx;
            let outcome = match self.judge_file(tx, actor, file, (&mut systems, &before)).await {
                Err(ServiceError::Store(error)) => return Err(error.into()),
                Err(refused) => Err(refused),
                Ok((outcome, None)) => Ok(outcome),
                Ok((outcome, Some(_))) if mode == Mode::DryRun => Ok(outcome),
                Ok((outcome, Some(folded))) => {
                    let written = (file, &outcome, folded);
                    let system = (systems.get_mut(&file.system), follows);
                    noted
                        .push(self.write_file(tx, actor, written, system, (advisories, &mut signals)).await?);
                    before.insert((file.hash.clone(), file.system.clone()), outcome.release.clone());
                    Ok(outcome)
                }
            };
            accepted.push(outcome);
        }
        if noted.is_empty() {
            return Ok(accepted);
        }
        for Noted { leaf, entry } in noted {
            changes::record(&mut write.tx, leaf, &joined(entry.await)?).await?;
        }
        for (id, system) in systems.into_iter().filter(|(_, system)| system.files > 0) {
            self.settle(&mut write.tx, actor, (&id, system), &mut signals).await?;
        }
        write.commit().await?;
        self.wrote();
        Ok(accepted)
    }

    /// The system that a file is folded into; refused unless the actor may import into it.
    async fn opened<'s>(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        systems: &'s mut Systems,
        id: &str,
    ) -> Result<&'s mut System, ServiceError> {
        match systems.entry(id.to_owned()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(free) => {
                require(tx, actor, least_role(Deed::Import), (id, "")).await?;
                let row = records::get(tx, id, &Actor::program().sees()).await?;
                let known = self.side_in_memory(tx, id).await?;
                let working = Working::begin(tx, id, known, self.now()).await?;
                let name = row.map(|row| row.title).unwrap_or_default();
                let situation = self.situations(tx, &[id].into()).await?.remove(id);
                let fresh = working.begins_without_findings();
                let working = Some(working);
                Ok(free.insert(System { name, situation, fresh, working, ending: None, files: 0 }))
            }
        }
    }

    /// What would become of a file; with nothing to write when it was accepted before. Whatever it refuses, it has
    /// written nothing.
    async fn judge_file(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        file: &Prepared,
        (systems, before): (&mut Systems, &Before),
    ) -> Result<(ImportOutcome, Option<Folded>), ServiceError> {
        let Prepared { read, system: id, hash, observed_at, sightings, targets, .. } = file;
        let system = self.opened(tx, actor, systems, id).await?;
        let mut outcome = outcome_of(file, &system.name);
        if let Some(release) = before.get(&(hash.clone(), id.clone())) {
            if read.is_release() && *release != read.reading.release {
                let name = release.as_deref().unwrap_or("no release");
                return Err(ServiceError::Refused(format!(
                    "{}: it was accepted for this system before, as a bill of {name}",
                    file.file.name
                )));
            }
            outcome.already_known = true;
            return Ok((outcome, None));
        }
        let Some(working) = &system.working else {
            return Err(StoreError::Damaged(format!("{id}: a file came after the last one")).into());
        };
        let origin = Origin { system: id, tool: &read.reading.tool.name, evidence: hash, at: *observed_at };
        let folded = fold(tx, working, origin, targets, sightings).await?;
        outcome.count(&folded.effects);
        Ok((outcome, Some(folded)))
    }

    /// Writes a file and what it changes.
    async fn write_file(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (file, outcome, folded): (&Prepared, &ImportOutcome, Folded),
        (system, follows): (Option<&mut System>, Follows),
        (advisories, signals): (Option<&InMemory>, &mut Option<Arc<Signals>>),
    ) -> Result<Noted, ServiceError> {
        let Folded { findings: mut changed, events, rewritten, .. } = folded;
        let leaf = changes::next_index(tx).await?;
        // Writers come one after the other from here on, so the advisories in force stay so until the end.
        if let Some(situation) = system.as_ref().and_then(|system| system.situation.as_ref()) {
            self.decide_each(tx, (situation, signals), &mut changed).await?;
        }
        let (changed, events) = (Arc::new(changed), Arc::new(events));
        let row = row_of(file, outcome, (actor, leaf));
        if let Some(system) = system {
            system.take(file, outcome, &changed);
            if follows == Follows::None {
                system.end();
            }
        }
        let mut hashes = evidence::put(tx, &row, &file.packed, &file.targets).await?;
        self.keep_release(tx, &row, file.read.components(), advisories).await?;
        hashes.extend(findings::remove_events(tx, &rewritten).await?);
        hashes.extend(findings::put(tx, &changed).await?);
        hashes.extend(findings::put_events(tx, &file.system, &events).await?);
        let mut entry = self.act(actor, "import").entry(row.key(), hashes);
        let blobs = self.store().blobs().clone();
        let entry = tokio::task::spawn_blocking(move || {
            changes::settle_rows(&blobs, &mut entry)?;
            Ok(entry)
        });
        Ok(Noted { leaf, entry })
    }

    /// Decides how fast to act on findings that are about to be written.
    async fn decide_each(
        &self,
        tx: &mut Tx,
        (situation, signals): (&Situation, &mut Option<Arc<Signals>>),
        findings: &mut [Finding],
    ) -> Result<(), ServiceError> {
        let signals = match signals {
            Some(known) => known,
            unknown => unknown.insert(self.signals(tx).await?),
        };
        let judge = Judge { setting: &situation.setting, policy: self.policy(), signals };
        findings.iter_mut().for_each(|finding| finding.decision = judge.decision(finding));
        Ok(())
    }

    /// What follows for a system once all files of a transaction are folded into it.
    async fn settle(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        (id, mut system): (&str, System),
        signals: &mut Option<Arc<Signals>>,
    ) -> Result<(), ServiceError> {
        system.end();
        let Some(ending) = system.ending else { return Ok(()) };
        let Ended { side, packed, mut seconds } = joined(ending.await)?;
        if let Some(situation) = &system.situation {
            self.decide_each(tx, (situation, signals), &mut seconds).await?;
            if let Some(signals) = signals.as_ref().filter(|_| system.fresh) {
                // All its findings have just been decided.
                let judge = Judge { setting: &situation.setting, policy: self.policy(), signals };
                decisions::note(tx, id, &judge.basis()).await?;
            }
        }
        if !seconds.is_empty() {
            let leaf = changes::next_index(tx).await?;
            let hashes = findings::put(tx, &Arc::new(seconds)).await?;
            let mut entry = self.act(actor, "settle").entry(id.to_owned(), hashes);
            changes::settle_rows(self.store().blobs(), &mut entry)?;
            changes::record(tx, leaf, &entry).await?;
        }
        findings::recount(tx, id).await?;
        evidence::tick(tx, id, Side::Evidence).await?;
        snapshots::keep(tx, id, packed).await?;
        self.renew_with(tx, id, side).await
    }
}

/// What a thread made, or that it ended early.
fn joined<T>(done: Result<Result<T, StoreError>, JoinError>) -> Result<T, StoreError> {
    done.map_err(|error| StoreError::Damaged(format!("work that was not done: {error}")))?
}

impl System {
    fn take(&mut self, file: &Prepared, outcome: &ImportOutcome, findings: &Arc<Vec<Finding>>) {
        self.files += 1;
        let Some(working) = &mut self.working else { return };
        let meta = EvidenceMeta {
            hash: file.hash.clone(),
            name: file.file.name.clone(),
            format: outcome.format.clone(),
            tool: outcome.tool.clone(),
            observed_at: file.observed_at,
            received_at: file.now,
        };
        working.take(NewFile { meta, targets: &file.targets, facts: &file.read.facts, findings });
    }

    /// Begins to work out what the files leave, on another thread.
    fn end(&mut self) {
        if let Some(working) = self.working.take() {
            self.ending = Some(tokio::task::spawn_blocking(move || {
                let (side, seconds) = working.end();
                let packed = snapshots::pack_side(&side)?;
                Ok(Ended { side, packed, seconds })
            }));
        }
    }
}

fn row_of(file: &Prepared, outcome: &ImportOutcome, (actor, leaf): (&Actor, i64)) -> EvidenceRow {
    EvidenceRow {
        hash: file.hash.clone(),
        system: file.system.clone(),
        name: file.file.name.clone(),
        format: outcome.format.clone(),
        tool: outcome.tool.clone(),
        tool_version: file.read.reading.tool.version.clone(),
        release: file.read.reading.release.clone(),
        size: file.file.bytes.len() as i64,
        observed_at: micros(file.observed_at),
        received_at: micros(file.now),
        actor: actor.email.clone(),
        facts: file.packed.facts() as i64,
        problems: outcome.problems.clone(),
        leaf,
    }
}

fn outcome_of(file: &Prepared, system: &str) -> ImportOutcome {
    let read = &file.read;
    ImportOutcome {
        file: file.file.name.clone(),
        format: read.format.to_owned(),
        tool: read.reading.tool.name.clone(),
        evidence: file.hash.0.clone(),
        system: file.system.clone(),
        system_name: system.to_owned(),
        placed_because: file.because.clone(),
        release: read.reading.release.clone(),
        observed_at: file.observed_at,
        targets: read.reading.targets.len(),
        facts: read.facts.len(),
        opened: 0,
        still_open: 0,
        closed: 0,
        reopened: 0,
        moved: 0,
        problems: file.problems.clone(),
        already_known: false,
    }
}

impl ImportOutcome {
    fn count(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Opened => self.opened += 1,
                Effect::StillOpen => self.still_open += 1,
                Effect::Closed => self.closed += 1,
                Effect::Reopened => self.reopened += 1,
                Effect::Moved => {
                    self.still_open += 1;
                    self.moved += 1;
                }
                Effect::Other => {}
            }
        }
    }
}
