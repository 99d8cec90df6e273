//! The marking (classification or TLP) that stands on top and bottom of every page and document: the organisation's, and
//! a system's own on what is about that system.

use crate::permission::{Deed, denied, least_role};
use crate::{Actor, Service, ServiceError};
use std::sync::{PoisonError, RwLock};
use warrant_store::{changes, settings};

/// The setting's name.
const MARKING: &str = "marking";
/// The longest marking, in characters: it stands in one line.
const LONGEST: usize = 80;

/// The organisation's marking as it was read last, for what is written without a look at the store.
#[derive(Debug, Default)]
pub(crate) struct Kept(RwLock<Option<String>>);

impl Kept {
    fn put(&self, marking: Option<String>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = marking;
    }

    pub(crate) fn get(&self) -> Option<String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Service {
    /// The organisation's marking.
    pub async fn marking(&self) -> Result<Option<String>, ServiceError> {
        let found = settings::of_organisation(&mut self.store().db(), MARKING).await?;
        let marking = found.filter(|text| !text.is_empty());
        self.kept_marking().put(marking.clone());
        Ok(marking)
    }

    /// The marking of what is about a system: its own, or the organisation's.
    pub async fn marking_of(&self, actor: &Actor, system: &str) -> Result<Option<String>, ServiceError> {
        let row = self.system_row(actor, system).await?;
        let own = row.body["marking"].as_str().map(str::trim).filter(|text| !text.is_empty());
        match own {
            Some(own) => Ok(Some(own.to_owned())),
            None => self.marking().await,
        }
    }

    /// Sets the organisation's marking; empty takes it away.
    pub async fn set_marking(&self, actor: &Actor, text: &str) -> Result<(), ServiceError> {
        let role = least_role(Deed::Administer);
        if actor.everywhere < Some(role) {
            return Err(denied(actor, role));
        }
        let text = text.trim();
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            let message = format!("a marking is one line of at most {LONGEST} characters");
            return Err(ServiceError::field("marking", message));
        }
        let mut write = self.store().begin().await?;
        let row = settings::set_of_organisation(&mut write.tx, MARKING, text).await?;
        let index = changes::next_index(&mut write.tx).await?;
        let entry = self.act(actor, "set-marking").entry("organisation", vec![row]);
        changes::record(&mut write.tx, index, &entry).await?;
        write.commit().await?;
        self.wrote();
        self.marking().await.map(drop)
    }
}
