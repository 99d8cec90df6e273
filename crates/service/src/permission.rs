//! The declaration point of permission: which role a deed asks for, and whether the actor has it there.
//!
//! A fuller policy (attributes, separation of duties, organisation-written rules) takes the place of
//! [`least_role`]; nothing else decides.

use crate::{Actor, Service, ServiceError};
use warrant_model::kind::KindScope;
use warrant_model::registry::KindEntry;
use warrant_model::scope::Role;
use warrant_store::records::{self, RecordRow};
use warrant_store::{Reader, Sight, Sql};

/// Something a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// Accounts, roles, the store itself.
    Administer,
    /// Remove a record.
    Delete,
    /// Create or change a record of a kind.
    Edit(&'a KindEntry),
    /// Bring in evidence.
    Import,
}

/// The least role a deed asks for, in the unit it concerns.
pub fn least_role(deed: Deed<'_>) -> Role {
    match deed {
        Deed::Administer | Deed::Delete => Role::Officer,
        Deed::Import => Role::Engineer,
        Deed::Edit(kind) => match kind.spec.scope {
            KindScope::IsUnit(_) | KindScope::Organisation => Role::Officer,
            _ => Role::Engineer,
        },
    }
}

impl Service {
    /// Refuses unless the actor has `role` where a record of this system and unit lies.
    pub(crate) async fn require(
        &self,
        actor: &Actor,
        role: Role,
        (system, unit): (&str, &str),
    ) -> Result<(), ServiceError> {
        let sight = actor.sight(role);
        if sight == Sight::Everything {
            return Ok(());
        }
        let mut statement = Sql::new("SELECT 1 FROM (SELECT ");
        statement.bind(system).push(" AS system_id, ").bind(unit).push(" AS unit_id) r WHERE 1 = 1");
        sight.and_record(&mut statement);
        let allowed = self.store().db().first(&statement).await?.is_some();
        if allowed { Ok(()) } else { Err(denied(actor, role)) }
    }

    /// The record of an id, if the actor may see it.
    pub(crate) async fn visible(&self, actor: &Actor, id: &str) -> Result<RecordRow, ServiceError> {
        let row = records::get(&mut self.store().db(), id, &actor.sees()).await?;
        row.ok_or_else(|| ServiceError::NotFound { what: "record", name: id.to_owned() })
    }

    /// The system of an id or name, if the actor may see it.
    pub async fn system_row(&self, actor: &Actor, id_or_name: &str) -> Result<RecordRow, ServiceError> {
        let sees = actor.sees();
        let by_id = records::get(&mut self.store().db(), id_or_name, &sees).await?;
        if let Some(row) = by_id.filter(|row| row.kind == "system") {
            return Ok(row);
        }
        let named = records::find_by_title(&mut self.store().db(), "system", id_or_name, None, &sees).await?;
        let absent = || ServiceError::NotFound { what: "system", name: id_or_name.to_owned() };
        named.into_iter().next().ok_or_else(absent)
    }
}

/// The refusal people read.
pub(crate) fn denied(actor: &Actor, role: Role) -> ServiceError {
    let article = if matches!(role, Role::Engineer | Role::Officer) { "an" } else { "a" };
    ServiceError::Denied(format!("{} needs the role of {article} {} there", actor.email, role.word()))
}
