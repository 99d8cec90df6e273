//! Releases and the advisories that hit them: which, since when, fixed where, the smallest safe step, safe to ship.
//!
//! Always one of three answers, always with the age of the advisories. Releases are made from bills of materials
//! among the evidence, verdicts from the bundle of advisories in force; both can be made anew from these.

mod bill;
mod contents;
mod decisions;
mod delta;
mod feed;
mod hitting;
mod kept;
mod line;
mod policy;
mod posture;
mod shelf;
mod verdict;
mod view;
mod who;
mod witness;

pub use delta::{ChangeView, DeltaView};
pub use feed::{FeedSummary, FeedView, LoadOutcome};
pub use hitting::{AdvisoryLine, Hitting, Place};
pub use view::{ClearedView, Decided, Found, HitView, LifeView, Line, ReleaseFile, ReleaseView, Unassessed};
pub use warrant_advisory::database::{Coverage, Source};
pub use warrant_advisory::ecosystem::Package;
pub use warrant_advisory::releases::{Key, PackageChange, Standing};
pub use warrant_advisory::ship::{Policy, Reason, ShipVerdict, Verdict};
pub use warrant_advisory::upgrade::{Step, Target};
pub use who::{AdvisoryView, AffectedPackage, Who, WhoLine};
pub use witness::{Disagreement, Side, Witnesses};

pub(crate) use bill::{is_bill, named};
pub(crate) use feed::{Advisories, InMemory};
pub(crate) use policy::load as load_policy;

use crate::{Actor, Service, ServiceError};
use bill::Parts;
use contents::Contents;
use decisions::Said;
use line::By;
use shelf::{Material, Shelf, shelve};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_advisory::judge::Question;
use warrant_model::time::day;
use warrant_store::releases::{self, ReleaseRow};
use warrant_store::{evidence, feeds};

/// Releases of components, judged, with the advisories they were judged by.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Releases {
    /// The advisories in force; `None`: none were loaded, and nothing is assessed.
    pub feed: Option<FeedView>,
    /// One for each component of a system.
    #[serde(serialize_with = "each_line")]
    pub lines: Vec<Arc<Line>>,
}

fn each_line<S: serde::Serializer>(lines: &[Arc<Line>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(lines.iter().map(|line| &**line))
}

/// A component's releases as they were judged.
#[derive(Clone)]
struct Judged {
    /// The mark of everything they were judged from.
    from: String,
    line: Arc<Line>,
    contents: Arc<Contents>,
}

/// Judged lines kept between requests, each with what it was judged from.
#[derive(Default)]
pub(crate) struct Shelves {
    held: Mutex<HashMap<(String, String), Judged>>,
    said: Mutex<HashMap<String, (i64, Arc<Said>)>>,
    hitting: Mutex<Option<(Vec<Arc<Line>>, Hitting)>>,
}

impl Shelves {
    fn judged(&self, shelf: &Shelf, from: &str) -> Option<Judged> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&(shelf.system.clone(), shelf.component.clone())).filter(|known| known.from == from).cloned()
    }

    fn keep(&self, shelf: &Shelf, judged: Judged) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert((shelf.system.clone(), shelf.component.clone()), judged);
    }

    /// What was worked out of just these lines.
    fn hitting(&self, lines: &[Arc<Line>]) -> Option<Hitting> {
        let kept = self.hitting.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |kept: &&(Vec<Arc<Line>>, Hitting)| {
            kept.0.len() == lines.len() && kept.0.iter().zip(lines).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        kept.as_ref().filter(same).map(|(_, hitting)| hitting.clone())
    }

    fn keep_hitting(&self, lines: Vec<Arc<Line>>, hitting: Hitting) {
        *self.hitting.lock().unwrap_or_else(PoisonError::into_inner) = Some((lines, hitting));
    }

    fn said(&self, system: &str) -> Option<(i64, Arc<Said>)> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).get(system).cloned()
    }

    fn keep_said(&self, system: &str, said: (i64, Arc<Said>)) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(system.to_owned(), said);
    }
}

/// The leaf of the advisories in force; no leaf when there are none.
fn leaf_of(feed: Option<&FeedView>) -> i64 {
    feed.map_or(-1, |feed| feed.leaf)
}

/// Rows by system, in order.
fn rows_by_system(rows: Vec<ReleaseRow>) -> BTreeMap<String, Vec<ReleaseRow>> {
    let mut systems: BTreeMap<String, Vec<ReleaseRow>> = BTreeMap::new();
    for row in rows {
        systems.entry(row.system.clone()).or_default().push(row);
    }
    systems
}

impl Service {
    /// Releases of one system (by id) or of all that the actor may see, judged by the advisories in force.
    pub async fn releases(&self, actor: &Actor, system: Option<&str>) -> Result<Releases, ServiceError> {
        let rows = releases::list(&mut self.store().db(), system, &actor.sees()).await?;
        self.judged(actor, shelve(rows)).await
    }

    /// The releases of one component.
    pub async fn releases_of(
        &self,
        actor: &Actor,
        system: &str,
        component: &str,
    ) -> Result<(Option<FeedView>, Arc<Line>), ServiceError> {
        let shelf = self.shelf(actor, system, component).await?;
        let Releases { feed, mut lines } = self.judged(actor, vec![shelf]).await?;
        let absent =
            || ServiceError::NotFound { what: "component with releases", name: component.to_owned() };
        Ok((feed, lines.pop().ok_or_else(absent)?))
    }

    /// One release among those of its component, by its place there.
    pub async fn release(
        &self,
        actor: &Actor,
        (system, component, version): (&str, &str, &str),
    ) -> Result<(Option<FeedView>, Arc<Line>, usize), ServiceError> {
        let (feed, line) = self.releases_of(actor, system, component).await?;
        let at = line.releases.iter().position(|release| release.version == version);
        let absent = || ServiceError::NotFound { what: "release", name: format!("{component} {version}") };
        Ok((feed, line, at.ok_or_else(absent)?))
    }

    /// The component of a system by name; without a name the only one, if there is only one.
    pub async fn component_with_releases(
        &self,
        actor: &Actor,
        system: Option<&str>,
        component: &str,
    ) -> Result<(String, String), ServiceError> {
        let rows = releases::list(&mut self.store().db(), system, &actor.sees()).await?;
        let mut found: Vec<(String, String)> = shelve(rows)
            .into_iter()
            .filter(|shelf| component.is_empty() || shelf.component.eq_ignore_ascii_case(component))
            .map(|shelf| (shelf.system, shelf.component))
            .collect();
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(_), false) => {
                let message = format!("several systems have releases of `{component}`; name the system");
                Err(ServiceError::Refused(message))
            }
            (None, _) => {
                Err(ServiceError::NotFound { what: "component with releases", name: component.to_owned() })
            }
        }
    }

    async fn shelf(&self, actor: &Actor, system: &str, component: &str) -> Result<Shelf, ServiceError> {
        let system = self.system_row(actor, system).await?.id;
        let mut rows = releases::list(&mut self.store().db(), Some(&system), &actor.sees()).await?;
        rows.retain(|row| row.component == component);
        let absent =
            || ServiceError::NotFound { what: "component with releases", name: component.to_owned() };
        shelve(rows).pop().ok_or_else(absent)
    }

    /// The question as it is asked now.
    fn question(&self) -> Question {
        Question { now: self.now(), max_age_days: self.ship_policy().max_age_days }
    }

    async fn judged(&self, actor: &Actor, shelves: Vec<Shelf>) -> Result<Releases, ServiceError> {
        let (feed, judged) = self.judged_as_one(actor, &shelves).await?;
        Ok(Releases { feed, lines: judged.into_iter().map(|(_, judged)| judged.line).collect() })
    }

    /// Shelves judged by the same advisories, each with its place among them.
    async fn judged_as_one(
        &self,
        actor: &Actor,
        shelves: &[Shelf],
    ) -> Result<(Option<FeedView>, Vec<(usize, Judged)>), ServiceError> {
        for _ in 0..3 {
            let judged = self.judged_once(actor, shelves).await?;
            // Advisories that came into force meanwhile left the answer half old and half new.
            let leaf = feeds::newest(&mut self.store().db()).await?.map(|feed| feed.leaf);
            if leaf == judged.0.as_ref().map(|feed| feed.leaf) {
                return Ok(judged);
            }
        }
        self.judged_once(actor, shelves).await
    }

    async fn judged_once(
        &self,
        actor: &Actor,
        shelves: &[Shelf],
    ) -> Result<(Option<FeedView>, Vec<(usize, Judged)>), ServiceError> {
        let feed = self.advisory_feed().await?;
        let nothing = BTreeMap::new();
        let coverage = feed.as_ref().map_or(&nothing, |feed| &feed.summary.ecosystems);
        let names = self.system_names(actor).await?;
        let marks = evidence::record_marks(&mut self.store().db()).await?;
        let stale = feed.as_ref().map_or_else(String::new, |feed| feed.stale.join(" "));
        let question = self.question();
        let by_feed = [leaf_of(feed.as_ref()).to_string(), stale, day(question.now).to_string()];
        let mut judged = Vec::with_capacity(shelves.len());
        for (at, shelf) in shelves.iter().enumerate() {
            // A system that was removed keeps its evidence.
            let Some(name) = names.get(&shelf.system) else { continue };
            let mark = marks.get(&shelf.system).copied().unwrap_or_default();
            let from = shelf.mark(&[name, &mark.to_string(), &by_feed[0], &by_feed[1], &by_feed[2]]);
            if let Some(known) = self.shelves().judged(shelf, &from) {
                judged.push((at, known));
                continue;
            }
            let said = self.said(&shelf.system, mark).await?;
            let by = By {
                coverage,
                question,
                policy: self.ship_policy(),
                records: &said.records,
                decisions: &said.decisions,
            };
            let material = self.bills_of(shelf, leaf_of(feed.as_ref())).await?;
            let (mut line, contents) = line::line(shelf, &material, &by)?;
            line.system_name = name.clone();
            in_use(&mut line, shelf, &said);
            let new = Judged { from, line: Arc::new(line), contents: Arc::new(contents) };
            self.shelves().keep(shelf, new.clone());
            judged.push((at, new));
        }
        Ok((feed, judged))
    }

    /// The bills of a shelf with the verdicts by the advisories of a leaf; verdicts by others do not count.
    async fn bills_of(&self, shelf: &Shelf, leaf: i64) -> Result<Material, ServiceError> {
        let (mut db, hashes) = (self.store().db(), shelf.hashes());
        let parts = releases::parts::<Parts>(&mut db, &shelf.system, &hashes).await?;
        let mut verdicts = releases::verdicts(&mut db, &shelf.system, &hashes).await?;
        verdicts.retain(|_, verdict| verdict.feed == leaf);
        Ok(Material::of(shelf, parts, verdicts))
    }
}

/// Notes which releases component records say they are of; where none does, the newest stands for what is in use.
fn in_use(line: &mut Line, shelf: &Shelf, said: &Said) {
    for (view, (records, current)) in line.releases.iter_mut().zip(posture::in_use(shelf, &said.products)) {
        (view.in_use, view.current) = (records, current);
    }
}
