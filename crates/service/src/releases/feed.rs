//! The advisories in force: loaded, kept by their hash, read into memory when they are asked.

use super::verdict::Kept;
use super::{bill::Parts, rows_by_system};
use crate::import::ImportFile;
use crate::permission::{Deed, least_role, require};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_advisory::database::{Coverage, Database, Source};
use warrant_advisory::feed::Feed;
use warrant_advisory::{bundle, formats};
use warrant_analysis::policy::LEAST_LIKELY;
use warrant_ledger::VerifierKey;
use warrant_model::hash::ContentHash;
use warrant_model::time::{from_micros, micros};
use warrant_store::evidence::{self, Side};
use warrant_store::feeds::{self, FeedRow};
use warrant_store::{Sight, StoreError, Tx, changes, decisions, releases, taken_from};

/// What a bundle holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FeedSummary {
    /// Advisories.
    pub advisories: usize,
    /// Vulnerabilities they tell of, those of one id or alias counted once.
    pub vulnerabilities: usize,
    /// Packages they name.
    pub packages: usize,
    /// VEX statements.
    pub statements: usize,
    /// Parts of it that could not be read when it was packed.
    pub problems: usize,
    /// Names of the keys that signed it, verified or not.
    pub signers: Vec<String>,
    /// Names of the trusted keys whose signature was verified when it was loaded.
    pub verified: Vec<String>,
    /// Its sources and how fresh each is.
    pub sources: BTreeMap<String, Source>,
    /// The ecosystems it covers and how fresh it is on each.
    pub ecosystems: BTreeMap<String, Coverage>,
}

/// The advisories in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeedView {
    /// Ledger leaf by which they came in.
    pub leaf: i64,
    /// Content hash of the bundle.
    pub hash: String,
    /// Its file name.
    pub name: String,
    /// When it was packed.
    pub made: Timestamp,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// Who loaded it.
    pub actor: String,
    /// Its bytes.
    pub size: i64,
    /// When its newest advisory was changed.
    pub newest: Option<Timestamp>,
    /// How many days old the newest advisory of an ecosystem may be for it to clear.
    pub max_age_days: Option<u32>,
    /// Ecosystems whose newest advisory is older than that: what is in them is *not assessed*.
    pub stale: Vec<String>,
    /// What it holds.
    #[serde(flatten)]
    pub summary: FeedSummary,
}

/// What loading did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoadOutcome {
    /// The advisories now in force.
    pub feed: FeedView,
    /// The very bundle was in force already: nothing changed.
    pub already_in_force: bool,
    /// Releases judged.
    pub releases: usize,
    /// Vulnerabilities of a package in a release that were not known before.
    pub appeared: usize,
    /// Those that are not told of any more.
    pub disappeared: usize,
}

/// Advisories in memory, with the leaf by which they came in.
pub(crate) struct InMemory {
    pub(crate) leaf: i64,
    pub(crate) database: Database,
}

/// What is kept between requests.
#[derive(Default)]
pub(crate) struct Advisories {
    held: Mutex<Option<Arc<InMemory>>>,
    /// One reading at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Advisories {
    fn held(&self, leaf: i64) -> Option<Arc<InMemory>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.clone().filter(|held| held.leaf == leaf)
    }

    fn hold(&self, advisories: Arc<InMemory>) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(advisories);
    }
}

fn unreadable(name: &str, error: &dyn std::fmt::Display) -> ServiceError {
    ServiceError::Refused(format!("{name}: {error}"))
}

impl Service {
    /// The advisories in force, with their age.
    pub async fn advisory_feed(&self) -> Result<Option<FeedView>, ServiceError> {
        let row = feeds::newest(&mut self.store().db()).await?;
        row.map(|row| self.feed_view(row)).transpose()
    }

    pub(crate) fn feed_view(&self, row: FeedRow) -> Result<FeedView, ServiceError> {
        let summary: FeedSummary = serde_json::from_str(&row.summary)
            .map_err(|error| StoreError::Damaged(format!("advisory feed {}: {error}", row.leaf)))?;
        let max_age_days = self.ship_policy().max_age_days;
        let oldest = max_age_days.map(|days| self.now().as_second() - i64::from(days) * 86_400);
        let old = |coverage: &Coverage| {
            oldest.is_some_and(|oldest| coverage.newest.is_none_or(|newest| newest.as_second() < oldest))
        };
        let stale = summary.ecosystems.iter().filter(|(_, coverage)| old(coverage));
        Ok(FeedView {
            leaf: row.leaf,
            hash: row.hash.0,
            name: row.name,
            made: from_micros(row.made),
            loaded_at: from_micros(row.loaded_at),
            actor: row.actor,
            size: row.size,
            newest: summary.ecosystems.values().filter_map(|coverage| coverage.newest).max(),
            max_age_days,
            stale: stale.map(|(name, _)| name.clone()).collect(),
            summary,
        })
    }

    /// The advisories in force, in memory. Reading a large bundle takes seconds; it is then kept.
    pub(crate) async fn advisories_in_memory(&self) -> Result<Option<Arc<InMemory>>, ServiceError> {
        let Some(row) = feeds::newest(&mut self.store().db()).await? else { return Ok(None) };
        let kept = self.advisories();
        let _turn = kept.turn.lock().await;
        if let Some(held) = kept.held(row.leaf) {
            return Ok(Some(held));
        }
        let bytes = self.store().blobs().get(&row.hash)?;
        let work = tokio::task::spawn_blocking(move || {
            bundle::unpack(&bytes, &[]).map(|(_, feed)| Database::new(feed))
        });
        let damaged = |error: &dyn std::fmt::Display| {
            StoreError::Damaged(format!("advisory bundle `{}` ({}): {error}", row.name, row.hash))
        };
        let database = work.await.map_err(|error| damaged(&error))?.map_err(|error| damaged(&error))?;
        let held = Arc::new(InMemory { leaf: row.leaf, database });
        kept.hold(held.clone());
        Ok(Some(held))
    }

    /// Refuses whoever may not put advisories in force, before anything is sent or read.
    pub async fn may_load_advisories(&self, actor: &Actor) -> Result<(), ServiceError> {
        require(&mut self.store().db(), actor, least_role(Deed::Administer), ("", "")).await
    }

    /// Puts files of advisories in force: one bundle as it is, anything else packed into one of this name.
    pub async fn load_advisory_files(
        &self,
        actor: &Actor,
        name: &str,
        mut files: Vec<ImportFile>,
    ) -> Result<LoadOutcome, ServiceError> {
        self.may_load_advisories(actor).await?;
        let whole = matches!(files.as_slice(), [only] if bundle::is_bundle(&only.bytes));
        if let Some(only) = files.pop_if(|_| whole) {
            return self.load_advisories(actor, only, Vec::new()).await;
        }
        let now = self.now();
        let work = tokio::task::spawn_blocking(move || packed(&files, now));
        let bytes = work.await.map_err(|error| unreadable(name, &error))??;
        let file = ImportFile { name: name.to_owned(), bytes: bytes.into() };
        self.load_advisories(actor, file, Vec::new()).await
    }

    /// Puts a bundle of advisories in force and judges every release by it.
    pub async fn load_advisories(
        &self,
        actor: &Actor,
        file: ImportFile,
        trusted: Vec<VerifierKey>,
    ) -> Result<LoadOutcome, ServiceError> {
        self.may_load_advisories(actor).await?;
        let ImportFile { name, bytes } = file;
        let content = bytes.clone();
        let work = tokio::task::spawn_blocking(move || {
            let (header, feed) = bundle::unpack(&content, &trusted)?;
            Ok::<_, bundle::BundleError>((header, Database::new(feed)))
        });
        let (header, database) = work
            .await
            .map_err(|error| unreadable(&name, &error))?
            .map_err(|error| unreadable(&name, &error))?;
        let summary = FeedSummary {
            advisories: database.advisories().len(),
            vulnerabilities: database.groups().len(),
            packages: database.package_count(),
            statements: database.statement_count(),
            problems: database.problems.len(),
            signers: header.signers,
            verified: header.verified,
            sources: database.sources().clone(),
            ecosystems: database.ecosystems().clone(),
        };
        let text = serde_json::to_string(&summary).map_err(|error| unreadable(&name, &error))?;
        let hash = self.store().blobs().put(&bytes)?;
        let mut database = Some(database);
        let mut attempt = 0;
        loop {
            let row = FeedRow {
                leaf: 0,
                hash: hash.clone(),
                name: name.clone(),
                made: micros(header.made),
                loaded_at: micros(self.now()),
                actor: actor.email.clone(),
                size: bytes.len() as i64,
                summary: text.clone(),
            };
            match self.put_in_force(actor, row, &mut database).await {
                Err(ServiceError::Store(error)) if error.is_transient() && attempt < 5 => attempt += 1,
                other => return other,
            }
        }
    }

    async fn put_in_force(
        &self,
        actor: &Actor,
        mut row: FeedRow,
        database: &mut Option<Database>,
    ) -> Result<LoadOutcome, ServiceError> {
        let mut write = self.store().begin().await?;
        require(&mut write.tx, actor, least_role(Deed::Administer), ("", "")).await?;
        if let Some(now) = feeds::newest(&mut write.tx).await?.filter(|now| now.hash == row.hash) {
            let feed = self.feed_view(now)?;
            return Ok(LoadOutcome {
                feed,
                already_in_force: true,
                releases: 0,
                appeared: 0,
                disappeared: 0,
            });
        }
        let Some(judging) = database.as_ref() else {
            return Err(ServiceError::Refused("the bundle is in force already".to_owned()));
        };
        row.leaf = changes::next_index(&mut write.tx).await?;
        let (before, after) = (self.signals(&mut write.tx).await?, judging.signals(LEAST_LIKELY));
        let put = feeds::put(&mut write.tx, &row).await?;
        let mut outcome = LoadOutcome {
            feed: self.feed_view(row.clone())?,
            already_in_force: false,
            releases: 0,
            appeared: 0,
            disappeared: 0,
        };
        let mut hit_otherwise = Vec::new();
        for (system, rows) in rows_by_system(releases::list(&mut write.tx, None, &Sight::Everything).await?) {
            let hashes: Vec<&str> = rows.iter().map(|row| row.hash.as_str()).collect();
            if self.judge_all(&mut write.tx, (&system, &hashes), (row.leaf, judging), &mut outcome).await? {
                evidence::tick(&mut write.tx, &system, Side::Records).await?;
                hit_otherwise.push(system);
            }
        }
        decisions::put_signals(&mut write.tx, &row.hash, &after).await?;
        self.signals_changed(&mut write.tx, &before, &after).await?;
        taken_from::expire(&mut write.tx, &hit_otherwise, self.now()).await?;
        let subject = format!("advisories/{}", row.hash);
        let mut entry = self.act(actor, "load-advisories").entry(subject, vec![put]);
        changes::settle_rows(self.store().blobs(), &mut entry)?;
        changes::record(&mut write.tx, row.leaf, &entry).await?;
        write.commit().await?;
        if let Some(database) = database.take() {
            self.advisories().hold(Arc::new(InMemory { leaf: row.leaf, database }));
        }
        self.wrote();
        self.renew_expired().await?;
        Ok(outcome)
    }

    /// Judges these bills of a system and keeps the verdicts. Says whether other things hit them than before, or the same
    /// otherwise.
    async fn judge_all(
        &self,
        tx: &mut Tx,
        (system, hashes): (&str, &[&str]),
        (leaf, database): (i64, &Database),
        outcome: &mut LoadOutcome,
    ) -> Result<bool, ServiceError> {
        let parts = releases::parts::<Parts>(tx, system, hashes).await?;
        let before = releases::hits(tx, system, hashes).await?;
        let mut otherwise = false;
        for (hash, parts) in parts {
            let kept = Kept::of(database, &parts, self.now());
            let hits = kept.hits();
            let known = before.get(&hash).map(|verdict| verdict.bytes.as_slice());
            otherwise |= known != Some(hits.bytes()?.as_slice());
            let earlier = known.map(Kept::read).transpose()?;
            let (now, then) = (found(&kept), earlier.as_ref().map(found).unwrap_or_default());
            outcome.appeared += now.difference(&then).count();
            outcome.disappeared += then.difference(&now).count();
            outcome.releases += 1;
            releases::put_verdict(tx, (system, &ContentHash(hash)), leaf, &kept, &hits).await?;
        }
        Ok(otherwise)
    }
}

/// Files of advisories, and bundles among them, as one bundle.
fn packed(files: &[ImportFile], now: Timestamp) -> Result<Vec<u8>, ServiceError> {
    let mut feed = Feed::default();
    for file in files {
        if bundle::is_bundle(&file.bytes) {
            let (_, inner) =
                bundle::unpack(&file.bytes, &[]).map_err(|error| unreadable(&file.name, &error))?;
            feed.append(inner);
        } else if !formats::read(&file.name, &file.bytes, formats::Limits::default(), &mut feed) {
            let titles: Vec<&str> = formats::FORMATS.iter().map(|format| format.title()).collect();
            let message = format!("of no known advisory format; these are read: {}", titles.join(", "));
            return Err(unreadable(&file.name, &message));
        }
    }
    if let Some(problem) = feed.problems.first().filter(|_| feed.advisories.is_empty()) {
        return Err(unreadable(&problem.file, &format!("{}: {}", problem.place, problem.message)));
    }
    bundle::pack(&feed, now, None).map_err(|error| ServiceError::Refused(error.to_string()))
}

/// What hits a bill: ids with the package.
fn found<'k>(kept: &'k Kept<'_>) -> BTreeSet<(&'k str, &'k str)> {
    let of = |judgement: &'k warrant_advisory::judge::Judgement<'_>| {
        let package = judgement.package.as_ref().map_or("", |package| package.name.as_str());
        judgement.affected.iter().map(move |hit| (hit.id, package))
    };
    kept.judgements.iter().flat_map(of).collect()
}
