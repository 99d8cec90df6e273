//! Who asks.

use warrant_model::scope::Role;
use warrant_store::Sight;

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
        self.sight(Role::Reader)
    }
}
