//! Every vulnerability that hits a release in use.

use super::view::{Decided, HitView};
use super::{FeedView, Line, Package, Releases};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use warrant_advisory::upgrade::Step;

/// What hits releases in use, worst first, and what could not be told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hitting {
    /// The advisories in force.
    pub feed: Option<FeedView>,
    /// Vulnerabilities, worst first.
    #[serde(serialize_with = "each_row")]
    pub rows: Arc<Vec<AdvisoryLine>>,
    /// Releases in use.
    pub releases: usize,
    /// Components of these.
    pub components: usize,
    /// Components of these that could not be assessed.
    pub not_assessed: usize,
}

fn each_row<S: serde::Serializer>(rows: &Arc<Vec<AdvisoryLine>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter())
}

/// A vulnerability and where it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdvisoryLine {
    /// What it is.
    #[serde(flatten)]
    pub hit: HitView,
    /// The packages of ours that have it.
    pub packages: Vec<Package>,
    /// Where it is.
    pub places: Vec<Place>,
    /// When the first release in which it is now was made.
    pub since: Timestamp,
}

/// A release in use that has a vulnerability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// Component.
    pub component: String,
    /// Release in use.
    pub version: String,
    /// The package that has it.
    pub package: Package,
    /// Its version.
    pub package_version: String,
    /// The release that brought it in.
    pub introduced: String,
    /// When that was made.
    pub since: Timestamp,
    /// The first release known to be without it.
    pub fixed_in: Option<String>,
    /// The smallest safe step of the package.
    pub step: Option<Step>,
    /// The decision about it.
    pub decision: Option<Decided>,
}

impl Place {
    /// Whether nothing sets it aside here.
    pub fn is_open(&self) -> bool {
        !self.decision.as_ref().is_some_and(|decision| decision.holds)
    }
}

impl AdvisoryLine {
    /// Places where nothing sets it aside.
    pub fn open(&self) -> usize {
        self.places.iter().filter(|place| place.is_open()).count()
    }
}

impl Service {
    /// What hits releases in use of systems that the actor may see.
    pub async fn advisories_hitting(&self, actor: &Actor) -> Result<Hitting, ServiceError> {
        let Releases { feed, lines } = self.releases(actor, None).await?;
        let known = self.shelves().hitting(&lines);
        let hitting = known.unwrap_or_else(|| {
            let hitting = hitting(&lines);
            self.shelves().keep_hitting(lines, hitting.clone());
            hitting
        });
        Ok(Hitting { feed, ..hitting })
    }
}

/// What hits releases in use, whatever the advisories' age.
fn hitting(lines: &[Arc<Line>]) -> Hitting {
    let mut rows: BTreeMap<String, AdvisoryLine> = BTreeMap::new();
    let mut hitting =
        Hitting { feed: None, rows: Arc::default(), releases: 0, components: 0, not_assessed: 0 };
    for line in lines {
        let lives: HashMap<_, _> =
            line.lives.iter().map(|life| ((life.hit.id.as_str(), &life.package), life)).collect();
        for release in line.current() {
            hitting.releases += 1;
            hitting.components += release.components;
            hitting.not_assessed += release.not_assessed;
            let steps: HashMap<_, _> =
                release.steps.iter().rev().map(|step| ((&step.package, step.from.as_str()), step)).collect();
            for found in &release.found {
                let life = lives.get(&(found.hit.id.as_str(), &found.package));
                let place = Place {
                    system: line.system.clone(),
                    system_name: line.system_name.clone(),
                    component: line.component.clone(),
                    version: release.version.clone(),
                    package: found.package.clone(),
                    package_version: found.version.clone(),
                    introduced: life.map_or_else(|| release.version.clone(), |life| life.introduced.clone()),
                    since: life.map_or(release.at, |life| life.since),
                    fixed_in: life.and_then(|life| life.fixed_in.clone()),
                    step: steps.get(&(&found.package, found.version.as_str())).map(|step| (*step).clone()),
                    decision: found.decision.clone(),
                };
                let row = rows.entry(found.hit.id.clone()).or_insert_with(|| AdvisoryLine {
                    hit: found.hit.clone(),
                    packages: Vec::new(),
                    places: Vec::new(),
                    since: place.since,
                });
                row.since = row.since.min(place.since);
                if !row.packages.contains(&found.package) {
                    row.packages.push(found.package.clone());
                }
                row.places.push(place);
            }
        }
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        let key = |row: &AdvisoryLine| (Reverse(row.open() > 0), Reverse(row.hit.rank()));
        key(a).cmp(&key(b)).then_with(|| a.hit.id.cmp(&b.hit.id))
    });
    hitting.rows = Arc::new(rows);
    hitting
}
