//! Candidates kept between requests, as long as nothing is written about their system.

use super::super::input::engine_scenarios;
use super::super::kept::Standings;
use super::super::scope::Found;
use super::candidates::{Desk, Works};
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_store::evidence;

/// What is kept: of each system its candidates, with what they were made from.
#[derive(Default)]
pub(crate) struct KeptWorks(Mutex<HashMap<String, Entry>>);

struct Entry {
    /// Marks of the system's records and evidence.
    clock: (i64, i64),
    /// New ones come with every change of the posture and every day.
    standings: Arc<Standings>,
    name: String,
    works: Arc<Works>,
}

/// Systems kept.
const MOST: usize = 10_000;

impl Service {
    /// The candidates of each system with scenarios in force.
    pub(super) async fn works(
        &self,
        actor: &Actor,
        found: &Found,
        now: &BTreeMap<String, Arc<Standings>>,
    ) -> Result<Vec<Arc<Works>>, ServiceError> {
        // Read before the systems: what is written meanwhile has another mark.
        let clocks = evidence::clocks(&mut self.store().db()).await?;
        let mut works = Vec::with_capacity(found.in_force.len());
        for (system, records) in &found.in_force {
            let Some(standings) = now.get(system) else { continue };
            let name = found.names.get(system).map_or("", String::as_str);
            let clock = clocks.get(system).copied().unwrap_or_default();
            let kept = {
                let held = self.kept_works().0.lock().unwrap_or_else(PoisonError::into_inner);
                let fits = |entry: &&Entry| {
                    entry.clock == clock && Arc::ptr_eq(&entry.standings, standings) && entry.name == name
                };
                held.get(system).filter(fits).map(|entry| entry.works.clone())
            };
            if let Some(kept) = kept {
                works.push(kept);
                continue;
            }
            let snapshot = self.snapshot(actor, system, None).await?;
            let desk = Desk::new(self.priors(), self.policy());
            let made =
                Arc::new(desk.works(&snapshot, name, &engine_scenarios(system, records), standings)?);
            let mut held = self.kept_works().0.lock().unwrap_or_else(PoisonError::into_inner);
            if held.len() >= MOST {
                held.clear();
            }
            let standings = standings.clone();
            let entry = Entry { clock, standings, name: name.to_owned(), works: made.clone() };
            held.insert(system.clone(), entry);
            works.push(made);
        }
        Ok(works)
    }
}
