//! What a system takes from others and what others take from it, as far as the actor may see them.

use crate::inherited::MOST_PROVIDERS;
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_analysis::framework::Framework;
use warrant_analysis::inheritance::{Taken, is_taken, taken};
use warrant_model::RecordId;
use warrant_model::kinds::{CommonControl, Implementation, ImplementationStatus};
use warrant_model::posture::Status;
use warrant_model::snapshot::SystemSnapshot;

/// How many records that name a system are looked through for what they take from it.
const MOST_NAMING: i64 = 100_000;

/// A system that takes a control or statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Customer {
    /// Its name.
    pub name: String,
    /// The system.
    pub system: RecordId,
    /// The control or statement, as its record names it.
    pub control: String,
    /// Whether it does a part itself.
    pub shares: Shares,
}

/// Whether a customer does a part itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shares {
    /// It relies on the provider for all of it.
    Nothing,
    /// It does a part itself.
    APart,
}

/// A control or statement that a system offers, or that others take without offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The control or statement.
    pub control: String,
    /// The offer and its record; none when others take what is not offered.
    pub offer: Option<(RecordId, CommonControl)>,
    /// How it stands here; `None`: not in this system's baseline.
    pub status: Option<Status>,
    /// Who takes it.
    pub customers: Vec<Customer>,
}

/// Both sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inheritance {
    /// What is taken from others, in catalogue order.
    pub taken: Vec<Taken>,
    /// What is offered to others or taken by them, in catalogue order.
    pub offered: Vec<Offered>,
    /// Names of providers whose state the actor may not see.
    pub unseen: Vec<String>,
}

impl Service {
    /// What a system takes and gives. Providers are shown as they stand now; what the actor may not see of them is named
    /// and not told.
    pub async fn inheritance(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<Inheritance, ServiceError> {
        let (providers, unseen) = self.providers_of(actor, snapshot).await?;
        let others: Vec<&SystemSnapshot> = providers.iter().map(AsRef::as_ref).collect();
        let taken = taken(snapshot, &others, self.policy());
        let customers = self.customers(actor, snapshot).await?;
        Ok(Inheritance { taken, offered: self.offered(snapshot, customers), unseen })
    }

    /// The systems along the chains, and the names of those that may not be seen.
    async fn providers_of(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<(Vec<Arc<SystemSnapshot>>, Vec<String>), ServiceError> {
        let named = |of: &SystemSnapshot| -> Vec<RecordId> {
            let taken = of.implementations.iter().filter(|record| is_taken(&record.body));
            taken.filter_map(|record| record.body.provider.clone()).collect()
        };
        let mut seen: BTreeSet<RecordId> = BTreeSet::from([snapshot.system.id.clone()]);
        let mut waiting = named(snapshot);
        let (mut found, mut unseen) = (Vec::new(), Vec::new());
        while let Some(id) = waiting.pop() {
            if found.len() >= MOST_PROVIDERS || !seen.insert(id.clone()) {
                continue;
            }
            match self.snapshot(actor, id.as_str(), None).await {
                Ok(provider) => {
                    waiting.extend(named(&provider));
                    found.push(provider);
                }
                Err(ServiceError::NotFound { .. }) => {
                    let names = &snapshot.programme.systems;
                    unseen.extend(names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()));
                }
                Err(error) => return Err(error),
            }
        }
        unseen.sort();
        Ok((found, unseen))
    }

    /// Who takes what from a system, as far as the actor may see them.
    pub(crate) async fn customers(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<Vec<Customer>, ServiceError> {
        let system = &snapshot.system.id;
        let mut customers = Vec::new();
        for row in self.records_naming(actor, system.as_str(), MOST_NAMING).await? {
            if row.kind != "implementation" {
                continue;
            }
            let Some(said) = warrant_model::kind::parse_body::<Implementation>(&row.body) else { continue };
            let shares = match said.status {
                ImplementationStatus::Inherited => Shares::Nothing,
                ImplementationStatus::Shared => Shares::APart,
                _ => continue,
            };
            let names = &snapshot.programme.systems;
            let customer = names.iter().find(|(id, _)| *id == said.system && id != system);
            if let (true, Some((_, name))) = (said.provider.as_ref() == Some(system), customer) {
                let (name, control) = (name.clone(), said.control);
                customers.push(Customer { name, system: said.system, control, shares });
            }
        }
        customers.sort();
        customers.dedup();
        Ok(customers)
    }

    fn offered(&self, snapshot: &SystemSnapshot, customers: Vec<Customer>) -> Vec<Offered> {
        let framework = Framework::embedded();
        let statuses = warrant_analysis::controls(snapshot, self.policy());
        let place = |text: &str| {
            framework.bearing(text).map(|bearing| (bearing.statements.start, bearing.statements.end))
        };
        let mut offered: BTreeMap<(usize, usize, String), Offered> = BTreeMap::new();
        for record in &snapshot.common_controls {
            let Some((start, end)) = place(&record.body.control) else { continue };
            // Of two offers for the same the one that was made first is told.
            offered.entry((start, usize::MAX - end, String::new())).or_insert_with(|| Offered {
                control: record.body.control.clone(),
                offer: Some((record.id.clone(), record.body.clone())),
                status: standing(&statuses, framework, &record.body.control),
                customers: Vec::new(),
            });
        }
        for customer in customers {
            let Some((start, end)) = place(&customer.control) else { continue };
            let covering = offered
                .iter_mut()
                .filter(|((from, to, _), one)| {
                    one.offer.is_some() && *from <= start && end <= usize::MAX - *to
                })
                .min_by_key(|((from, to, _), _)| (usize::MAX - to) - from);
            if let Some((_, one)) = covering {
                one.customers.push(customer);
                continue;
            }
            let one =
                offered.entry((start, usize::MAX - end, "taken".to_owned())).or_insert_with(|| Offered {
                    control: customer.control.clone(),
                    offer: None,
                    status: standing(&statuses, framework, &customer.control),
                    customers: Vec::new(),
                });
            one.customers.push(customer);
        }
        offered.into_values().collect()
    }
}

/// How what an id names stands: the worst of its statements.
fn standing(
    statuses: &[warrant_model::posture::ControlStatus],
    framework: &Framework,
    id: &str,
) -> Option<Status> {
    let bearing = framework.bearing(id)?;
    warrant_analysis::inheritance::standing(statuses, framework, &bearing)
}
