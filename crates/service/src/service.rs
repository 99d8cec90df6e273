//! The service: a store, the kinds, the clock, the policy and what is kept in memory between requests.

use crate::error::ServiceError;
use crate::marking::Kept as KeptMarking;
use crate::matrix::Matrix;
use crate::news::Counted;
use crate::postponed::Postponed;
use crate::posture::Snapshots;
use crate::priority::KeptSignals;
use crate::queue::PastPostures;
use crate::releases::{Advisories, Shelves};
use crate::risk::{KeptBodies, KeptStandings, KeptWorks, Priors, Reports};
use crate::roll::Roll;
use crate::upkeep::{Part, Upkeep};
use crate::{Actor, Clock};
use std::sync::Arc;
use tokio::sync::Notify;
use warrant_analysis::Policy;
use warrant_intake::Reader;
use warrant_model::Registry;
use warrant_model::time::micros;
use warrant_store::records::Act;
use warrant_store::{Store, StoreError, StoreOptions};

/// How to open a service.
#[derive(Debug)]
pub struct ServiceOptions {
    /// The store.
    pub store: StoreOptions,
    /// The kinds of record.
    pub registry: Registry,
    /// The clock.
    pub clock: Clock,
    /// The policy.
    pub policy: Policy,
}

impl ServiceOptions {
    /// Warrant's own kinds and policy, the wall clock, and this store.
    pub fn standard(store: StoreOptions) -> Self {
        Self { store, registry: Registry::standard(), clock: Clock::Wall, policy: Policy::embedded() }
    }
}

/// Everything a person can do is a method of this.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    registry: Registry,
    clock: Clock,
    policy: Policy,
    snapshots: Snapshots,
    postponed: Postponed,
    past_postures: PastPostures,
    matrix: Matrix,
    roll: Roll,
    readers: Option<Vec<&'static dyn Reader>>,
    priors: Priors,
    reports: Reports,
    kept_standings: KeptStandings,
    kept_bodies: KeptBodies,
    kept_works: KeptWorks,
    ship: warrant_advisory::ship::Policy,
    advisories: Advisories,
    signals: KeptSignals,
    shelves: Shelves,
    secrets: [u8; 32],
    marking: KeptMarking,
    counted: Counted,
    upkeep: Upkeep,
    written: Notify,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("store", &self.inner.store).finish_non_exhaustive()
    }
}

impl Service {
    /// Opens the store and makes it ready.
    pub async fn open(options: ServiceOptions) -> Result<Self, ServiceError> {
        let ServiceOptions { store, registry, clock, policy } = options;
        let readers = crate::readers::load(&store.data)?;
        let priors = Priors::load(&store.data)?;
        let ship = crate::releases::load_policy(&store.data)?;
        let store = Store::open(&store).await?;
        let secrets = store.secrets_key()?;
        let inner = Inner {
            store,
            registry,
            clock,
            policy,
            snapshots: Snapshots::default(),
            postponed: Postponed::default(),
            past_postures: PastPostures::default(),
            matrix: Matrix::default(),
            roll: Roll::default(),
            readers,
            priors,
            reports: Reports::default(),
            kept_standings: KeptStandings::default(),
            kept_bodies: KeptBodies::default(),
            kept_works: KeptWorks::default(),
            ship,
            advisories: Advisories::default(),
            signals: KeptSignals::default(),
            shelves: Shelves::default(),
            secrets,
            marking: KeptMarking::default(),
            counted: Counted::default(),
            upkeep: Upkeep::default(),
            written: Notify::new(),
        };
        let service = Self { inner: Arc::new(inner) };
        service.upgrade().await?;
        service.marking().await?;
        Ok(service)
    }

    /// Names the organisation of a new store. Does nothing when it has a name already.
    pub async fn initialise(&self, name: &str, shifted_days: i64) -> Result<(), ServiceError> {
        if self.store().organisation().await?.is_some() {
            return Ok(());
        }
        let mut write = self.store().begin().await?;
        write.found(name, self.now(), shifted_days).await?;
        write.set_computed_with(&self.fingerprint()).await?;
        write.commit().await?;
        Ok(())
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The kinds of record.
    pub fn registry(&self) -> &Registry {
        &self.inner.registry
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The present.
    pub fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(crate) fn snapshots(&self) -> &Snapshots {
        &self.inner.snapshots
    }

    pub(crate) fn kept_signals(&self) -> &KeptSignals {
        &self.inner.signals
    }

    pub(crate) fn postponed(&self) -> &Postponed {
        &self.inner.postponed
    }

    pub(crate) fn matrix(&self) -> &Matrix {
        &self.inner.matrix
    }

    /// The readers, when the store adds some of its own.
    pub(crate) fn own_readers(&self) -> Option<&[&'static dyn Reader]> {
        self.inner.readers.as_deref()
    }

    /// The key under which secrets that scanners found are hashed.
    pub(crate) fn secrets(&self) -> [u8; 32] {
        self.inner.secrets
    }

    pub(crate) fn kept_marking(&self) -> &KeptMarking {
        &self.inner.marking
    }

    pub(crate) fn counted(&self) -> &Counted {
        &self.inner.counted
    }

    pub(crate) fn kept_upkeep(&self) -> &Upkeep {
        &self.inner.upkeep
    }

    pub(crate) fn roll(&self) -> &Roll {
        &self.inner.roll
    }

    /// An act of the present moment.
    pub(crate) fn act(&self, actor: &Actor, action: &str) -> Act {
        let now = micros(self.now());
        Act {
            actor: actor.email.clone(),
            token: actor.token.as_ref().map(|token| token.name.clone()),
            action: action.to_owned(),
            effective_at: now,
            recorded_at: now,
        }
    }

    pub(crate) fn past_postures(&self) -> &PastPostures {
        &self.inner.past_postures
    }

    pub(crate) fn own_priors(&self) -> &Priors {
        &self.inner.priors
    }

    pub(crate) fn kept_bodies(&self) -> &KeptBodies {
        &self.inner.kept_bodies
    }

    pub(crate) fn kept_works(&self) -> &KeptWorks {
        &self.inner.kept_works
    }

    pub(crate) fn kept_standings(&self) -> &KeptStandings {
        &self.inner.kept_standings
    }

    pub(crate) fn reports(&self) -> &Reports {
        &self.inner.reports
    }

    /// What holds a release back.
    pub fn ship_policy(&self) -> &warrant_advisory::ship::Policy {
        &self.inner.ship
    }

    pub(crate) fn advisories(&self) -> &Advisories {
        &self.inner.advisories
    }

    pub(crate) fn shelves(&self) -> &Shelves {
        &self.inner.shelves
    }

    /// Tells the background work that something was written.
    pub(crate) fn wrote(&self) {
        self.inner.written.notify_one();
    }

    /// Background work of a server: moves recorded changes into the ledger's tiles soon after they were
    /// written, renews postures that time has overtaken and, when nothing is written, judges releases, so that nobody
    /// waits for all of them. Runs until cancelled (dropped).
    pub async fn keep_house(&self) {
        let pause = std::time::Duration::from_secs(30);
        let mut quiet = true;
        loop {
            let upkeep = &self.inner.upkeep;
            match self.store().integrate().await {
                Ok(()) => upkeep.did(Part::Integrated, self.now()),
                Err(error) => {
                    tracing::error!(%error, "the ledger could not be brought up to date");
                    upkeep.failed(self.now(), &error);
                }
            }
            match self.renew_expired().await {
                Ok(count) => upkeep.did(Part::Renewed(count), self.now()),
                Err(error) => {
                    tracing::error!(%error, "postures could not be renewed");
                    upkeep.failed(self.now(), &error);
                }
            }
            if quiet {
                match self.releases(&Actor::program(), None).await {
                    Ok(_) => upkeep.did(Part::Judged, self.now()),
                    Err(error) => {
                        tracing::error!(%error, "releases could not be judged");
                        upkeep.failed(self.now(), &error);
                    }
                }
            }
            quiet = tokio::time::timeout(pause, self.inner.written.notified()).await.is_err();
        }
    }

    /// Brings the ledger up to date and closes the store.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.store().close().await
    }
}
