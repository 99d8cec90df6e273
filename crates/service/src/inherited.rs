//! What systems take from one another, kept in step: a snapshot knows how it stands at the providers, and a provider
//! that changes moves the postures of its customers, and of nobody else.

use crate::{Service, ServiceError};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use warrant_analysis::inheritance::is_taken;
use warrant_model::RecordId;
use warrant_model::snapshot::{Inheritance, SystemSnapshot};
use warrant_store::evidence::{self, Side};
use warrant_store::snapshots::{self, AsOf};
use warrant_store::taken_from::{self, Changed};
use warrant_store::{Reader, Tx};

/// How many providers are followed; a chain goes through few, and a circle ends.
pub(crate) const MOST_PROVIDERS: usize = 200;

/// How many customers' postures follow in the transaction that changed their provider. Those of the others, whose
/// pages are right at once, are computed by the next [`Service::renew_expired`].
const AT_ONCE: usize = 50;

/// The systems that a system takes controls from.
pub(crate) fn providers(snapshot: &SystemSnapshot) -> BTreeSet<RecordId> {
    let taken = snapshot.implementations.iter().filter(|record| is_taken(&record.body));
    let named = taken.filter_map(|record| record.body.provider.clone());
    named.filter(|provider| *provider != snapshot.system.id).collect()
}

impl Service {
    /// How what a system takes stands at its providers, at the snapshot's instant.
    pub(crate) async fn inherited(
        &self,
        reader: &mut (impl Reader + Send),
        snapshot: &SystemSnapshot,
        at: AsOf,
    ) -> Result<Arc<Inheritance>, ServiceError> {
        let mut waiting: Vec<RecordId> = providers(snapshot).into_iter().collect();
        if waiting.is_empty() {
            return Ok(Arc::default());
        }
        let mut found: HashMap<RecordId, Option<Arc<SystemSnapshot>>> = HashMap::new();
        while let Some(id) = waiting.pop() {
            if found.len() >= MOST_PROVIDERS || id == snapshot.system.id || found.contains_key(&id) {
                continue;
            }
            let provider = match at {
                AsOf::Now(_) => self.own_now(reader, id.as_str()).await?,
                AsOf::Past(_) => {
                    let programme = snapshot.programme.clone();
                    self.loaded(reader, id.as_str(), at, programme, None).await?.map(Arc::new)
                }
            };
            waiting.extend(provider.iter().flat_map(|one| providers(one)));
            found.insert(id, provider);
        }
        let others: Vec<&SystemSnapshot> = found.values().flatten().map(AsRef::as_ref).collect();
        Ok(Arc::new(warrant_analysis::inherited(snapshot, &others, self.policy())))
    }

    /// After the posture of a system was computed: notes from whom it takes and what it gives, and when that changed
    /// brings its customers up to date.
    pub(crate) async fn pass_on(
        &self,
        tx: &mut Tx,
        system: &str,
        snapshot: Option<&SystemSnapshot>,
    ) -> Result<(), ServiceError> {
        let from = snapshot.map(providers).unwrap_or_default();
        taken_from::set_providers(tx, system, &from.into_iter().map(|id| id.0).collect()).await?;
        let customers = taken_from::customers(tx, system).await?;
        let given = match snapshot {
            Some(snapshot) if !customers.is_empty() => warrant_analysis::given(snapshot, self.policy()),
            _ => String::new(),
        };
        let noted = (!customers.is_empty()).then_some(given.as_str());
        if taken_from::set_given(tx, system, noted).await? == Changed::No || customers.is_empty() {
            return Ok(());
        }
        for customer in &customers {
            evidence::tick(tx, customer, Side::Records).await?;
        }
        let (now, later) = customers.split_at(customers.len().min(AT_ONCE));
        for customer in now {
            Box::pin(self.renew(tx, customer)).await?;
        }
        taken_from::expire(tx, later, self.now()).await?;
        Ok(())
    }

    /// A system loaded anew from what is stored, with how what it takes stands elsewhere.
    pub(crate) async fn loaded_anew(
        &self,
        reader: &mut (impl Reader + Send),
        system: &str,
        at: AsOf,
        programme: Arc<warrant_model::snapshot::Programme>,
    ) -> Result<Option<SystemSnapshot>, ServiceError> {
        let side = match at {
            AsOf::Now(_) => Some(snapshots::evidence_side(reader, system, at).await?),
            AsOf::Past(_) => None,
        };
        let Some(mut snapshot) = self.loaded(reader, system, at, programme, side).await? else {
            return Ok(None);
        };
        snapshot.inherited = self.inherited(reader, &snapshot, at).await?;
        Ok(Some(snapshot))
    }
}
