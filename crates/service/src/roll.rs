//! The roll: every system's posture in brief, kept in memory and in step with what any process writes.
//!
//! Lists, counts and roll-ups are answered from it without a pass over the database. Permission stays a predicate:
//! the units an actor reaches are asked for anew each time, and every system is judged by the unit it lies in.

use crate::trend::TrendPoint;
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::Mutex;
use warrant_model::posture::PostureSummary;
use warrant_store::Scope;
use warrant_store::briefs::{self, Brief, SystemBrief};

/// What is kept between requests.
#[derive(Default)]
pub(crate) struct Roll {
    held: RwLock<Held>,
    /// One refresh at a time; the others wait and find the work done.
    turn: Mutex<()>,
}

#[derive(Default)]
struct Held {
    /// Everything put up to this number is in.
    seq: i64,
    systems: BTreeMap<String, Entry>,
    /// Trends that were asked for since their system last changed.
    points: HashMap<String, Vec<TrendPoint>>,
}

/// A system on the roll; the programme is under the empty id.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name; empty for the programme.
    pub(crate) title: String,
    unit: String,
    rank: f64,
    /// Its posture's summary.
    pub(crate) summary: Arc<PostureSummary>,
    /// Its deficiencies in brief, highest rank first.
    pub(crate) deficiencies: Vec<Brief>,
}

/// The roll as far as an actor may see it.
pub(crate) struct View<'h> {
    held: &'h Held,
    reach: Option<HashSet<String>>,
    /// The one system that is looked at, if it is one.
    only: Option<&'h str>,
}

impl<'h> View<'h> {
    /// Systems in the order of their ids.
    pub(crate) fn systems(&self) -> impl Iterator<Item = (&'h String, &'h Entry)> {
        self.held.systems.iter().filter(|(id, entry)| self.reaches(id, entry))
    }

    /// One system, if it can be seen.
    pub(crate) fn system(&self, id: &str) -> Option<&'h Entry> {
        self.held.systems.get(id).filter(|entry| self.reaches(id, entry))
    }

    fn reaches(&self, id: &str, entry: &Entry) -> bool {
        self.only.is_none_or(|only| only == id)
            && self.reach.as_ref().is_none_or(|units| units.contains(&entry.unit))
    }

    /// Systems, those with the worst deficiency first.
    pub(crate) fn worst_first(&self) -> Vec<(&'h String, &'h Entry)> {
        let mut systems: Vec<_> = self.systems().collect();
        systems.sort_by(|(a_id, a), (b_id, b)| b.rank.total_cmp(&a.rank).then_with(|| a_id.cmp(b_id)));
        systems
    }

    /// The points of a system's trend, oldest first; those loaded by [`Service::with_trends`].
    pub(crate) fn points(&self, system: &str) -> &'h [TrendPoint] {
        self.held.points.get(system).map_or(&[], Vec::as_slice)
    }
}

/// From this many trends on, all are read at once.
const MANY: usize = 200;

impl Roll {
    fn read(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Held> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn take(&mut self, brief: SystemBrief) {
        self.seq = self.seq.max(brief.seq);
        self.points.remove(&brief.system);
        match brief.standing {
            None => {
                self.systems.remove(&brief.system);
            }
            Some(standing) => {
                let entry = Entry {
                    title: standing.title,
                    unit: standing.unit,
                    rank: standing.rank,
                    summary: Arc::new(standing.summary),
                    deficiencies: standing.deficiencies,
                };
                self.systems.insert(brief.system, entry);
            }
        }
    }
}

impl Service {
    /// Answers a question from the roll, as far as the actor may see.
    pub(crate) async fn on_roll<T>(
        &self,
        actor: &Actor,
        answer: impl FnOnce(&View<'_>) -> T,
    ) -> Result<T, ServiceError> {
        let reach = briefs::reach(&mut self.store().db(), &actor.sees()).await?;
        {
            let _turn = self.roll().turn.lock().await;
            self.refresh().await?;
        }
        let only = match &actor.within {
            Scope::System(system) => Some(system.as_str()),
            Scope::Organisation | Scope::Unit(_) => None,
        };
        Ok(answer(&View { held: &self.roll().read(), reach, only }))
    }

    /// The same with the trends of all systems (or of this one) at hand.
    pub(crate) async fn with_trends<T>(
        &self,
        actor: &Actor,
        system: Option<&str>,
        answer: impl FnOnce(&View<'_>) -> T,
    ) -> Result<T, ServiceError> {
        let reach = briefs::reach(&mut self.store().db(), &actor.sees()).await?;
        {
            let _turn = self.roll().turn.lock().await;
            self.refresh().await?;
            self.load_points(system).await?;
        }
        let only = match &actor.within {
            Scope::System(system) => Some(system.as_str()),
            Scope::Organisation | Scope::Unit(_) => None,
        };
        Ok(answer(&View { held: &self.roll().read(), reach, only }))
    }

    /// Takes in what was put since the last look. The caller holds the turn.
    async fn refresh(&self) -> Result<(), ServiceError> {
        let seq = self.roll().read().seq;
        let news = briefs::since(&mut self.store().db(), seq).await?;
        if !news.is_empty() {
            let mut held = self.roll().write();
            news.into_iter().for_each(|brief| held.take(brief));
        }
        Ok(())
    }

    /// Reads the trends that are not at hand. The caller holds the turn.
    async fn load_points(&self, system: Option<&str>) -> Result<(), ServiceError> {
        let missing: Vec<String> = {
            let held = self.roll().read();
            let wanted = held.systems.keys().filter(|id| system.is_none_or(|system| system == id.as_str()));
            wanted.filter(|id| !held.points.contains_key(*id)).cloned().collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        let narrowed = (missing.len() < MANY).then_some(missing.as_slice());
        let points = briefs::points(&mut self.store().db(), narrowed).await?;
        let mut trends: HashMap<String, Vec<TrendPoint>> =
            missing.into_iter().map(|id| (id, Vec::new())).collect();
        for (system, day, summary) in points {
            if let Some(trend) = trends.get_mut(&system) {
                trend.push(TrendPoint::of(day, &summary));
            }
        }
        self.roll().write().points.extend(trends);
        Ok(())
    }

    /// Stored summaries of all systems the actor may see, worst first.
    pub async fn summaries(&self, actor: &Actor) -> Result<Vec<Arc<PostureSummary>>, ServiceError> {
        let worst_first = |view: &View<'_>| {
            view.worst_first().into_iter().map(|(_, entry)| entry.summary.clone()).collect()
        };
        self.on_roll(actor, worst_first).await
    }

    /// The stored summary of one system, if the actor may see it.
    pub(crate) async fn summary_of(
        &self,
        actor: &Actor,
        system: &str,
    ) -> Result<Option<Arc<PostureSummary>>, ServiceError> {
        let summary = |view: &View<'_>| view.system(system).map(|entry| entry.summary.clone());
        self.on_roll(actor, summary).await
    }

    /// The stored summaries of those of these systems that the actor may see.
    pub(crate) async fn summaries_of(
        &self,
        actor: &Actor,
        systems: &[&str],
    ) -> Result<HashMap<String, Arc<PostureSummary>>, ServiceError> {
        let summaries = |view: &View<'_>| {
            let seen = systems.iter().filter_map(|id| Some((*id, view.system(id)?)));
            seen.map(|(id, entry)| (id.to_owned(), entry.summary.clone())).collect()
        };
        self.on_roll(actor, summaries).await
    }

    /// The unit of each system the actor may see, by the system's id.
    pub(crate) async fn units_of_systems(
        &self,
        actor: &Actor,
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let units = |view: &View<'_>| {
            let systems = view.systems().filter(|(id, _)| !id.is_empty());
            systems.map(|(id, entry)| (id.clone(), entry.unit.clone())).collect()
        };
        self.on_roll(actor, units).await
    }

    /// Names of the systems the actor may see, by id.
    pub async fn system_names(&self, actor: &Actor) -> Result<BTreeMap<String, String>, ServiceError> {
        let names = |view: &View<'_>| {
            let systems = view.systems().filter(|(id, _)| !id.is_empty());
            systems.map(|(id, entry)| (id.clone(), entry.title.clone())).collect()
        };
        self.on_roll(actor, names).await
    }
}
