//! Reports kept between requests, by what they were made of; who asks for one that is being made waits for it.

use super::{portfolio, refused};
use crate::{Service, ServiceError};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Mutex as Turn;
use warrant_risk::{Detail, Memory, Report, Scenario, Settings, Tolerated, simulate_keeping};

/// Reports kept between requests.
#[derive(Default)]
pub(crate) struct Reports {
    years: Kept<Report, 64>,
    pub(super) known: Kept<Vec<Tolerated>, 32>,
    pub(super) plans: Kept<portfolio::Found, 16>,
    pub(super) pairs: Kept<Vec<portfolio::Pair>, 16>,
    /// What a year that differs a little can be made from.
    memory: Arc<Memory>,
}

/// Years played for a second opinion, times scenarios: more are played of few scenarios than of many.
const PLAYED: usize = 4_000_000;

/// Things by what they were made of, so many at most.
pub(super) struct Kept<T, const MOST: usize> {
    held: Mutex<VecDeque<(String, Arc<T>)>>,
    /// Whoever makes a thing has its turn.
    turns: Mutex<HashMap<String, Arc<Turn<()>>>>,
}

impl<T, const MOST: usize> Default for Kept<T, MOST> {
    fn default() -> Self {
        Self { held: Mutex::default(), turns: Mutex::default() }
    }
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T: Send + Sync + 'static, const MOST: usize> Kept<T, MOST> {
    fn find(&self, key: &str) -> Option<Arc<T>> {
        open(&self.held).iter().find(|(held, _)| held == key).map(|(_, thing)| thing.clone())
    }

    /// What was made of the same before, or is made now, off the async threads and once, however many ask.
    pub(super) async fn made(
        &self,
        key: String,
        make: impl FnOnce() -> Result<T, warrant_risk::RiskError> + Send + 'static,
    ) -> Result<Arc<T>, ServiceError> {
        if let Some(found) = self.find(&key) {
            return Ok(found);
        }
        let turn = open(&self.turns).entry(key.clone()).or_default().clone();
        let mine = turn.lock().await;
        if let Some(found) = self.find(&key) {
            return Ok(found);
        }
        let work = tokio::task::spawn_blocking(make).await;
        let made = work.map_err(|error| ServiceError::Refused(error.to_string()))?.map_err(refused);
        if let Ok(made) = made {
            let made = Arc::new(made);
            let mut held = open(&self.held);
            held.push_back((key.clone(), made.clone()));
            if held.len() > MOST {
                held.pop_front();
            }
            drop(held);
            open(&self.turns).remove(&key);
            drop(mine);
            return Ok(made);
        }
        open(&self.turns).remove(&key);
        made.map(Arc::new)
    }
}

impl Service {
    /// Simulates, or takes what was simulated of the same before.
    pub(super) async fn simulate(
        &self,
        scenarios: Vec<Scenario>,
        settings: Settings,
    ) -> Result<Arc<Report>, ServiceError> {
        let years = settings.years.min((PLAYED / scenarios.len().max(1)).max(2_000));
        let settings = Settings { years, ..settings };
        let each = settings.detail == Detail::Each;
        let key = serde_json::to_string(&(&scenarios, &settings.controls, &settings.tolerance, each));
        let key = key.map_err(|error| ServiceError::Refused(error.to_string()))?;
        let key = warrant_model::hash::key_of(&[&settings.currency, &key]);
        let memory = self.reports().memory.clone();
        self.reports().years.made(key, move || simulate_keeping(&scenarios, &settings, &memory)).await
    }
}
