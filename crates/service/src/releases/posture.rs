//! Releases in use and what hits them, as postures are told of it.

use super::decisions::decision;
use super::shelf::{Bills, Shelf, shelve};
use super::verdict::Kept;
use crate::{Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use warrant_advisory::decision::{Decision, Standing, ruling};
use warrant_advisory::ecosystem::Package;
use warrant_advisory::judge::{Hit, Judgement};
use warrant_advisory::upgrade::{Step, Target};
use warrant_model::hash::ContentHash;
use warrant_model::id::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::Component;
use warrant_model::snapshot::{HitPackage, HitVulnerability, ReleaseInUse, SystemSnapshot, Upgrade};
use warrant_model::time::from_micros;
use warrant_store::snapshots::AsOf;
use warrant_store::{Reader, Sight, feeds, releases};

/// What a component record says is installed.
pub(super) struct Product {
    pub(super) record: String,
    /// Its names in lower case.
    pub(super) names: Vec<String>,
    pub(super) version: String,
}

impl Product {
    /// What these names and this version say; `None` without a version.
    pub(super) fn of<'n>(
        record: &str,
        names: impl Iterator<Item = &'n str>,
        version: Option<&str>,
    ) -> Option<Self> {
        let names = names.map(str::to_lowercase).collect();
        Some(Self { record: record.to_owned(), names, version: version?.to_owned() })
    }
}

/// Of each release of a shelf the records that say they are of it, and whether it stands for what is in use: those do
/// of which a record says so, else the newest.
pub(super) fn in_use(shelf: &Shelf, products: &[Product]) -> Vec<(Vec<String>, bool)> {
    let mut all: Vec<(Vec<String>, bool)> = Vec::with_capacity(shelf.releases.len());
    for release in &shelf.releases {
        let mut names: Vec<String> = release.bills.iter().map(|bill| bill.target.to_lowercase()).collect();
        names.push(shelf.component.to_lowercase());
        let fits = |product: &&Product| {
            product.version == release.version && product.names.iter().any(|name| names.contains(name))
        };
        let records: Vec<String> =
            products.iter().filter(fits).map(|product| product.record.clone()).collect();
        let said = !records.is_empty();
        all.push((records, said));
    }
    if !all.iter().any(|(_, current)| *current)
        && let Some((_, newest)) = all.last_mut()
    {
        *newest = true;
    }
    all
}

fn products(components: &[Record<Component>]) -> Vec<Product> {
    let of = |record: &Record<Component>| {
        let body = &record.body;
        let names = body.hostnames.iter().chain([&body.name]).map(String::as_str);
        Product::of(record.id.as_str(), names, body.product_version.as_deref())
    };
    components.iter().filter_map(of).collect()
}

impl Service {
    /// The releases of a system that are in use and that the advisories in force hit.
    pub(crate) async fn releases_in_use(
        &self,
        reader: &mut (impl Reader + Send),
        snapshot: &SystemSnapshot,
        at: AsOf,
    ) -> Result<Arc<Vec<ReleaseInUse>>, ServiceError> {
        if snapshot.software.is_empty() {
            return Ok(Arc::default());
        }
        let Some(feed) = feeds::newest(reader).await? else { return Ok(Arc::default()) };
        let loaded = feeds::first_loaded(reader).await?.unwrap_or(feed.loaded_at);
        let system = snapshot.system.id.as_str();
        let mut rows = releases::list(reader, Some(system), &Sight::Everything).await?;
        if let AsOf::Past(_) = at {
            let known: BTreeSet<&ContentHash> = snapshot.evidence.iter().map(|meta| &meta.hash).collect();
            rows.retain(|row| known.contains(&row.hash));
        }
        let hashes: Vec<&str> = rows.iter().map(|row| row.hash.as_str()).collect();
        let mut bytes = releases::hits(reader, system, &hashes).await?;
        bytes.retain(|_, verdict| verdict.feed == feed.leaf);
        let mut hits: HashMap<&str, Kept<'_>> = HashMap::new();
        for (hash, verdict) in &bytes {
            hits.insert(hash, Kept::read(&verdict.bytes)?);
        }
        let decisions: Vec<Decision> = approved(snapshot);
        let told =
            Told { hits: &hits, decisions: &decisions, now: snapshot.as_of, loaded: from_micros(loaded) };
        let products = products(&snapshot.components);
        let mut found = Vec::new();
        for shelf in shelve(rows) {
            for (at, (records, current)) in in_use(&shelf, &products).into_iter().enumerate() {
                let hit = if current { told.hit(&shelf, at) } else { Vec::new() };
                if hit.is_empty() {
                    continue;
                }
                let release = &shelf.releases[at];
                found.push(ReleaseInUse {
                    component: shelf.component.clone(),
                    version: release.version.clone(),
                    records: records.into_iter().map(RecordId).collect(),
                    at: from_micros(release.at()),
                    hit,
                });
            }
        }
        Ok(Arc::new(found))
    }
}

/// Approved decisions on vulnerabilities, oldest first.
fn approved(snapshot: &SystemSnapshot) -> Vec<Decision> {
    let mut records: Vec<_> =
        snapshot.vulnerability_decisions.iter().filter(|record| record.body.state == "approved").collect();
    records.sort_by_key(|record| (record.updated_at, &record.id));
    records.into_iter().filter_map(|record| decision(record.body.clone())).collect()
}

/// What is told of the releases of a system.
struct Told<'a> {
    /// The part of each bill's verdict that hits, by hash.
    hits: &'a HashMap<&'a str, Kept<'a>>,
    decisions: &'a [Decision],
    now: Timestamp,
    /// When advisories were first loaded.
    loaded: Timestamp,
}

impl<'a> Told<'a> {
    fn of<'s>(&self, release: &'s Bills) -> impl Iterator<Item = (&'s ContentHash, &'a Kept<'a>)> {
        let hits = self.hits;
        release.bills.iter().filter_map(move |bill| Some((&bill.hash, hits.get(bill.hash.as_str())?)))
    }

    /// What hits the release at a place of a shelf, by package and version.
    fn hit(&self, shelf: &Shelf, at: usize) -> Vec<HitPackage> {
        let mut packages: BTreeMap<(&Package, &str), HitPackage> = BTreeMap::new();
        for (hash, kept) in self.of(&shelf.releases[at]) {
            for judgement in &kept.judgements {
                let Some(package) = &judgement.package else { continue };
                let version = judgement.version.as_deref().unwrap_or_default();
                let step = kept.steps.iter().find(|step| step.package == *package && step.from == version);
                let hit =
                    packages.entry((package, version)).or_insert_with(|| named(package, version, hash, step));
                for one in &judgement.affected {
                    if hit.vulnerabilities.iter().all(|known| known.id != one.id) {
                        let since = self.since(shelf, at, (package, one));
                        hit.vulnerabilities.push(self.vulnerability(judgement, one, since));
                    }
                }
            }
        }
        packages.into_values().collect()
    }

    /// Since when a hit could be known: from the first of the releases in a row up to this one that have it.
    fn since(&self, shelf: &Shelf, at: usize, (package, hit): (&Package, &Hit<'_>)) -> Timestamp {
        let has = |release: &&Bills| {
            let judgements = self.of(release).flat_map(|(_, kept)| &kept.judgements);
            let mut of_package = judgements.filter(|judgement| judgement.package.as_ref() == Some(package));
            of_package.any(|judgement| judgement.affected.iter().any(|known| known.id == hit.id))
        };
        let run = shelf.releases[..=at].iter().rev().take_while(has);
        let first = run.map(Bills::at).min().unwrap_or_else(|| shelf.releases[at].at());
        from_micros(first).max(hit.published.unwrap_or(Timestamp::MIN)).max(self.loaded)
    }

    fn vulnerability(&self, judgement: &Judgement<'_>, hit: &Hit<'_>, since: Timestamp) -> HitVulnerability {
        let decided_until = match ruling(self.decisions, judgement, hit, self.now) {
            Some((at, Standing::Holds)) => Some(self.decisions[at].expires),
            Some((_, Standing::Reopened(_))) | None => None,
        };
        HitVulnerability {
            id: hit.id.to_owned(),
            ids: hit.ids.iter().map(|id| (*id).to_owned()).collect(),
            summary: hit.summary.to_owned(),
            severity: hit.severity,
            score: hit.score.map(|score| score as f32),
            since,
            decided_until,
        }
    }
}

fn named(package: &Package, version: &str, evidence: &ContentHash, step: Option<&Step>) -> HitPackage {
    let upgrade = step.and_then(|step| match &step.to {
        Target::Version(version) => Some(Upgrade::To(version.clone())),
        Target::After(version) => Some(Upgrade::After(version.clone())),
        Target::None => None,
    });
    HitPackage {
        ecosystem: package.ecosystem.clone(),
        name: package.name.clone(),
        version: version.to_owned(),
        evidence: evidence.clone(),
        leaves: step.map_or(0, |step| step.leaves.len()),
        upgrade,
        vulnerabilities: Vec::new(),
    }
}
