//! Roles in the language of the request.

use super::say;
use warrant_model::scope::Role;

/// The word of a role, as it stands within a sentence.
pub fn said(role: Role) -> String {
    say(match role {
        Role::Reader => "role-reader",
        Role::Engineer => "role-engineer",
        Role::Officer => "role-officer",
    })
}
