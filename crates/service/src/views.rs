//! Saved views: a list's address under a name, for oneself or shared with a unit or the organisation.

use crate::permission::{denied, require, require_signed_in};
use crate::{Actor, Service, ServiceError};
use warrant_model::scope::Role;
use warrant_model::time::micros;
use warrant_store::changes;
use warrant_store::views::{self, EVERYBODY, ViewRow};

/// The most views of one account.
const MOST: usize = 200;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest path or query, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// Whom a view is shared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shared {
    /// Nobody: it is for whoever saved it.
    #[default]
    Nobody,
    /// Everybody with a role.
    Organisation,
    /// Those whose role reaches this unit, and those who work in it or below.
    Unit(String),
}

impl Shared {
    /// As forms and the store write it.
    pub fn word(&self) -> &str {
        match self {
            Self::Nobody => "",
            Self::Organisation => EVERYBODY,
            Self::Unit(unit) => unit,
        }
    }

    /// As it was written.
    pub fn from_word(word: &str) -> Self {
        match word {
            "" => Self::Nobody,
            EVERYBODY => Self::Organisation,
            unit => Self::Unit(unit.to_owned()),
        }
    }
}

/// A saved view as somebody meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Identifier.
    pub id: String,
    /// The list's path.
    pub page: String,
    /// What it is called.
    pub name: String,
    /// The list's query, without `?`.
    pub query: String,
    /// Whom it is shared with.
    pub shared: Shared,
    /// The name of whoever saved it.
    pub owner: String,
    /// Whether that is the one who asks.
    pub own: bool,
}

impl SavedView {
    /// Its address.
    pub fn href(&self) -> String {
        if self.query.is_empty() { self.page.clone() } else { format!("{}?{}", self.page, self.query) }
    }
}

impl Service {
    /// Views of a page (`None`: of every page) that the actor saved or others share with them, by name.
    pub async fn views(&self, actor: &Actor, page: Option<&str>) -> Result<Vec<SavedView>, ServiceError> {
        require_signed_in(actor)?;
        let found = views::list(&mut self.store().db(), page, &actor.account, &actor.sees()).await?;
        let view = |(row, owner): (ViewRow, String)| SavedView {
            own: row.account == actor.account,
            shared: Shared::from_word(&row.shared),
            id: row.id,
            page: row.page,
            name: row.name,
            query: row.query,
            owner,
        };
        Ok(found.into_iter().map(view).collect())
    }

    /// Saves a view. One of the same page and name that the actor saved before takes the new address and sharing.
    /// Sharing needs the role of an engineer there.
    pub async fn save_view(
        &self,
        actor: &Actor,
        name: &str,
        (page, query): (&str, &str),
        shared: &Shared,
    ) -> Result<String, ServiceError> {
        require_signed_in(actor)?;
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(ServiceError::field(
                "name",
                format!("a view has a name of up to {LONGEST_NAME} letters"),
            ));
        }
        let local = page.starts_with('/') && !page.starts_with("//") && !page.contains(['?', '#', '\\']);
        if !local || page.len() + query.len() > LONGEST_ADDRESS {
            return Err(ServiceError::field("page", "a view is of a list's address on this site"));
        }
        if let Shared::Unit(unit) = shared
            && self.visible(actor, unit).await?.kind != "unit"
        {
            return Err(ServiceError::field("shared", format!("`{unit}` is no unit")));
        }
        let mut write = self.store().begin().await?;
        match shared {
            Shared::Nobody => {}
            Shared::Organisation if actor.everywhere >= Some(Role::Engineer) => {}
            Shared::Organisation => return Err(denied(actor, Role::Engineer)),
            Shared::Unit(unit) => require(&mut write.tx, actor, Role::Engineer, ("", unit)).await?,
        }
        let known = views::list(&mut write.tx, None, &actor.account, &actor.sees()).await?;
        let mut own = known.iter().map(|(view, _)| view).filter(|view| view.account == actor.account);
        let before = own.clone().find(|view| view.page == page && view.name == name);
        if before.is_none() && own.by_ref().count() >= MOST {
            return Err(ServiceError::Refused(format!("{MOST} views are the most; forget one first")));
        }
        let id = before.map(|view| view.id.clone());
        let view = ViewRow {
            id: id.unwrap_or_else(|| format!("view_{}", uuid::Uuid::now_v7().simple())),
            account: actor.account.clone(),
            page: page.to_owned(),
            name: name.to_owned(),
            query: query.to_owned(),
            shared: shared.word().to_owned(),
            created_at: micros(self.now()),
        };
        let row = views::put(&mut write.tx, &view).await?;
        let index = changes::next_index(&mut write.tx).await?;
        let entry = self.act(actor, "save-view").entry(view.id.clone(), vec![row]);
        changes::record(&mut write.tx, index, &entry).await?;
        write.commit().await?;
        self.wrote();
        Ok(view.id)
    }

    /// Forgets a view: one's own, or as an officer one that is shared there.
    pub async fn forget_view(&self, actor: &Actor, id: &str) -> Result<(), ServiceError> {
        let seen = self.views(actor, None).await?.into_iter().find(|view| view.id == id);
        let view = seen.ok_or_else(|| ServiceError::NotFound { what: "view", name: id.to_owned() })?;
        let mut write = self.store().begin().await?;
        if !view.own {
            match &view.shared {
                Shared::Unit(unit) => require(&mut write.tx, actor, Role::Officer, ("", unit)).await?,
                _ if actor.everywhere >= Some(Role::Officer) => {}
                _ => return Err(denied(actor, Role::Officer)),
            }
        }
        let row = views::remove(&mut write.tx, id).await?;
        let index = changes::next_index(&mut write.tx).await?;
        let entry = self.act(actor, "forget-view").entry(id, vec![row]);
        changes::record(&mut write.tx, index, &entry).await?;
        write.commit().await?;
        self.wrote();
        Ok(())
    }
}
