//! What is asked of records of every kind beside lists and single ones: what changed lately, what names another, how many
//! there are, which states they took.

use crate::{Actor, Service, ServiceError};
use std::collections::BTreeMap;
use warrant_store::records::{self, RecordQuery, RecordRow};

impl Service {
    /// Changes to records that took effect after an instant, newest first.
    pub async fn recent_changes(
        &self,
        actor: &Actor,
        system: Option<&str>,
        after: jiff::Timestamp,
        limit: i64,
    ) -> Result<Vec<records::RecentChange>, ServiceError> {
        let after = warrant_model::time::micros(after);
        Ok(records::recent(&mut self.store().db(), system, after, &actor.sees(), limit).await?)
    }

    /// Records of every kind in whose fields an id stands, last changed first.
    pub async fn records_naming(
        &self,
        actor: &Actor,
        id: &str,
        limit: i64,
    ) -> Result<Vec<RecordRow>, ServiceError> {
        let query = RecordQuery {
            text: format!("={id}|"),
            order: records::RecordOrder::Updated,
            descending: true,
            limit,
            ..RecordQuery::default()
        };
        Ok(records::list(&mut self.store().db(), &query, &actor.sees()).await?)
    }

    /// How many records of each kind the actor may see.
    pub async fn kind_counts(&self, actor: &Actor) -> Result<BTreeMap<String, i64>, ServiceError> {
        Ok(records::count_kinds(&mut self.store().db(), &actor.sees()).await?.into_iter().collect())
    }

    /// The organisation's name; empty while the store is new.
    pub async fn organisation_name(&self) -> Result<String, ServiceError> {
        let organisation = self.store().organisation().await?;
        Ok(organisation.map(|organisation| organisation.name).unwrap_or_default())
    }

    /// Every state that records of a kind took, oldest first.
    pub async fn state_steps(
        &self,
        actor: &Actor,
        kind: &str,
        system: Option<&str>,
    ) -> Result<Vec<records::StateStep>, ServiceError> {
        let kind = self.kind(kind)?;
        Ok(records::state_steps(&mut self.store().db(), kind, system, &actor.sees()).await?)
    }
}
