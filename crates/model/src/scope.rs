//! Roles and where they hold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person may do within a unit and everything below it. Ordered: each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees.
    Reader,
    /// Sees, imports evidence and edits systems and plans: the Information Systems Security Developer.
    Engineer,
    /// All of that, and approves, accepts, closes and administers: the Information Systems Security Officer.
    Officer,
}

impl Role {
    /// Every role, from least to most.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Engineer, Self::Officer];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Engineer => "engineer",
            Self::Officer => "officer",
        }
    }

    /// The role of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
