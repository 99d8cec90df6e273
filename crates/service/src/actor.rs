//! Who asks.

use warrant_model::scope::Role;
use warrant_store::{Scope, Sight};

/// Somebody signed in, or the program itself.
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
        }
    }

    /// What the actor may do with at least `role`, as a condition for queries.
    pub fn sight(&self, role: Role) -> Sight {
        if self.everywhere >= Some(role) {
            return Sight::Everything;
        }
        Sight::Account { account: self.account.clone(), role }
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
}
