//! Who asks.

use warrant_model::scope::Role;
use warrant_store::{Scope, Sight};

/// Somebody signed in, a program that acts for them, or this program itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account id; empty for the program.
    pub account: String,
    /// E-mail address; `warrant` for the program.
    pub email: String,
    /// Name shown.
    pub name: String,
    /// The role that holds for the whole organisation, if any.
    pub everywhere: Option<Role>,
    /// The highest role held anywhere.
    pub highest: Option<Role>,
    /// What lists are narrowed to. It narrows what is seen, never what may be done.
    pub within: Scope,
    /// The token through which a program acts for them. It narrows what is seen and what may be done.
    pub token: Option<Through>,
}

/// The token through which a program acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// What its owner calls it.
    pub name: String,
    /// The most that may be done; `None`: as much as the owner may.
    pub role: Option<Role>,
    /// The unit beyond which nothing is done; empty: wherever the owner may.
    pub unit: String,
}

impl Actor {
    /// The program itself: start-up, jobs, the command line on the machine that holds the store.
    pub fn program() -> Self {
        Self {
            account: String::new(),
            email: "warrant".to_owned(),
            name: "Warrant".to_owned(),
            everywhere: Some(Role::Officer),
            highest: Some(Role::Officer),
            within: Scope::Organisation,
            token: None,
        }
    }

    /// What the actor may do with at least `role`, as a condition for queries.
    pub fn sight(&self, role: Role) -> Sight {
        if self.everywhere >= Some(role) {
            return Sight::Everything;
        }
        let token = self.token.as_ref();
        if token.and_then(|token| token.role).is_some_and(|most| most < role) {
            return Sight::Nothing;
        }
        let unit = token.map(|token| token.unit.clone()).unwrap_or_default();
        Sight::Account { account: self.account.clone(), role, unit }
    }

    /// What the actor may see.
    pub fn sees(&self) -> Sight {
        let sight = self.sight(Role::Reader);
        match &self.within {
            Scope::Organisation => sight,
            scope => Sight::Within { scope: scope.clone(), sight: Box::new(sight) },
        }
    }

    /// The same actor, whose lists are narrowed.
    pub fn looking_at(self, within: Scope) -> Self {
        Self { within, ..self }
    }

    /// The same account, through a token: never more than it may by itself.
    pub(crate) fn through(self, token: Through) -> Self {
        let at_most = |held: Option<Role>| match token.role {
            Some(most) => held.map(|held| held.min(most)),
            None => held,
        };
        Self {
            everywhere: if token.unit.is_empty() { at_most(self.everywhere) } else { None },
            highest: at_most(self.highest),
            token: Some(token),
            ..self
        }
    }
}
