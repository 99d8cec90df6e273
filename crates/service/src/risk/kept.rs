//! Standings kept between requests, as long as their system's posture stays what it was.

use super::input::wanted;
use super::standing::{ControlStanding, standings};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_model::kind::Record;
use warrant_model::kinds::Scenario;
use warrant_model::posture::PostureSummary;
use warrant_model::time::day;

/// How the named controls of a system stand, by id.
pub(super) type Standings = BTreeMap<String, ControlStanding>;

/// What is kept: of each system and instant, with what it was made from.
#[derive(Default)]
pub(crate) struct Kept(Mutex<HashMap<(String, Option<Timestamp>), Entry>>);

struct Entry {
    /// A new one comes with every change of the posture.
    posture: Arc<PostureSummary>,
    /// Findings that stay open make controls less reliable day by day.
    day: Date,
    wanted: BTreeSet<String>,
    standings: Option<Arc<Standings>>,
}

impl Entry {
    fn fits(&self, posture: &Arc<PostureSummary>, today: Date, wanted: &BTreeSet<String>) -> bool {
        Arc::ptr_eq(&self.posture, posture) && self.day == today && self.wanted == *wanted
    }
}

/// Entries kept.
const MOST: usize = 10_000;

impl Service {
    /// How the controls that a system's scenarios name stand now.
    pub(super) async fn standings(
        &self,
        actor: &Actor,
        system: &str,
        scenarios: &[Record<Scenario>],
    ) -> Result<Arc<Standings>, ServiceError> {
        let absent = || ServiceError::NotFound { what: "system", name: system.to_owned() };
        self.standings_at(actor, system, scenarios, None).await?.ok_or_else(absent)
    }

    /// The same of several systems, with one look at what has changed since.
    pub(super) async fn standings_of(
        &self,
        actor: &Actor,
        in_force: &BTreeMap<&str, &[Record<Scenario>]>,
    ) -> Result<BTreeMap<String, Arc<Standings>>, ServiceError> {
        let found = self.standings_of_at(actor, in_force, None).await?;
        if let Some((system, _)) = found.iter().find(|(_, standings)| standings.is_none()) {
            return Err(ServiceError::NotFound { what: "system", name: system.clone() });
        }
        Ok(found.into_iter().filter_map(|(system, standings)| Some((system, standings?))).collect())
    }

    /// The same as of an instant; `None` for a system that was not there yet.
    pub(super) async fn standings_of_at(
        &self,
        actor: &Actor,
        in_force: &BTreeMap<&str, &[Record<Scenario>]>,
        at: Option<Timestamp>,
    ) -> Result<BTreeMap<String, Option<Arc<Standings>>>, ServiceError> {
        let systems: Vec<&str> = in_force.keys().copied().collect();
        let postures = self.summaries_of(actor, &systems).await?;
        let today = day(self.now());
        let mut found: BTreeMap<String, Option<Arc<Standings>>> = BTreeMap::new();
        {
            let held = self.kept_standings().0.lock().unwrap_or_else(PoisonError::into_inner);
            for (system, scenarios) in in_force {
                let kept = held.get(&((*system).to_owned(), at)).zip(postures.get(*system));
                let kept = kept.filter(|(entry, posture)| entry.fits(posture, today, &wanted(scenarios)));
                if let Some((entry, _)) = kept {
                    found.insert((*system).to_owned(), entry.standings.clone());
                }
            }
        }
        for (system, scenarios) in in_force {
            if !found.contains_key(*system) {
                let made = self.standings_at(actor, system, scenarios, at).await?;
                found.insert((*system).to_owned(), made);
            }
        }
        Ok(found)
    }

    /// The same as of an instant; `None` when the system was not there yet.
    pub(super) async fn standings_at(
        &self,
        actor: &Actor,
        system: &str,
        scenarios: &[Record<Scenario>],
        at: Option<Timestamp>,
    ) -> Result<Option<Arc<Standings>>, ServiceError> {
        let wanted = wanted(scenarios);
        let (posture, today) = (self.summary_of(actor, system).await?, day(self.now()));
        let key = (system.to_owned(), at);
        if let Some(posture) = &posture {
            let held = self.kept_standings().0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(entry) = held.get(&key).filter(|entry| entry.fits(posture, today, &wanted)) {
                return Ok(entry.standings.clone());
            }
        }
        let found = match self.snapshot(actor, system, at).await {
            Ok(snapshot) => Some(Arc::new(standings(&snapshot, self.policy(), self.priors(), &wanted))),
            Err(ServiceError::NotFound { .. }) if at.is_some() => None,
            Err(error) => return Err(error),
        };
        if let Some(posture) = posture {
            let mut held = self.kept_standings().0.lock().unwrap_or_else(PoisonError::into_inner);
            if held.len() >= MOST {
                held.clear();
            }
            held.insert(key, Entry { posture, day: today, wanted, standings: found.clone() });
        }
        Ok(found)
    }
}
