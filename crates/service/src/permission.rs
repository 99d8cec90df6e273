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
#[derive(Clone, Copy, Debug)]
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

/// Refuses unless the actor has `role` where a record of this system and unit lies. Inside a transaction it
/// sees what the transaction wrote.
pub(crate) async fn require(
    reader: &mut (impl Reader + Send),
    actor: &Actor,
    role: Role,
    (system, unit): (&str, &str),
) -> Result<(), ServiceError> {
    let sight = actor.sight(role);
    if sight == Sight::Everything {
        return Ok(());
    }
    let mut statement = Sql::new("SELECT 1 FROM (SELECT CAST(");
    statement.bind(system).push(" AS TEXT) AS system_id, CAST(");
    statement.bind(unit).push(" AS TEXT) AS unit_id) r WHERE 1 = 1");
    sight.and_record(&mut statement);
    match reader.first(&statement).await? {
        Some(_) => Ok(()),
        None => Err(denied(actor, role)),
    }
}

/// Refuses those without any role: what the programme shares is for everybody who has one.
pub(crate) fn require_signed_in(actor: &Actor) -> Result<(), ServiceError> {
    if actor.highest >= Some(Role::Reader) { Ok(()) } else { Err(denied(actor, Role::Reader)) }
}

/// The refusal people read.
pub(crate) fn denied(actor: &Actor, role: Role) -> ServiceError {
    let article = if matches!(role, Role::Engineer | Role::Officer) { "an" } else { "a" };
    ServiceError::Denied(format!("{} needs the role of {article} {} there", actor.email, role.word()))
}
