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
            let fits = |entry: &&Entry| {
                Arc::ptr_eq(&entry.posture, posture) && entry.day == today && entry.wanted == wanted
            };
            if let Some(entry) = held.get(&key).filter(fits) {
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
