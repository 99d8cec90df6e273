//! Why something a person asked for was not done: one table of stable codes.

use crate::placing::Proposal;
use thiserror::Error;
use warrant_intake::ReadError;
use warrant_model::kind::FieldProblem;
use warrant_report::hand_in::HandInError;
use warrant_store::StoreError;

/// Why it was not done.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// Nothing of that name, or nothing the asker may know of.
    #[error("there is no {what} `{name}` here")]
    NotFound {
        /// `system`, `record`, …
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// The asker's role does not reach that far.
    #[error("{0}")]
    Denied(String),
    /// Fields do not hold what they must.
    #[error("{}", sentence(.0))]
    Invalid(Vec<FieldProblem>),
    /// The request makes no sense as it stands.
    #[error("{0}")]
    Refused(String),
    /// A file whose targets do not tell which system it belongs to.
    #[error("{file}: {message}; name the system")]
    Unplaced {
        /// Its name.
        file: String,
        /// Why.
        message: String,
        /// What it looked at.
        targets: Vec<String>,
        /// Where it may belong.
        proposals: Vec<Proposal>,
    },
    /// E-mail or password is wrong, the account is disabled, or there were too many tries.
    #[error("{0}")]
    SignIn(String),
    /// A file could not be read.
    #[error("{file}: {source}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        source: ReadError,
    },
    /// A document to hand in could not be made.
    #[error(transparent)]
    HandIn(#[from] HandInError),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn sentence(problems: &[FieldProblem]) -> String {
    let each = problems.iter().map(|problem| match problem.field.as_str() {
        "" => problem.message.clone(),
        field => format!("{field}: {}", problem.message),
    });
    each.collect::<Vec<_>>().join("; ")
}

impl ServiceError {
    /// A problem with one field.
    pub fn field(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem::new(name, message)])
    }

    /// The stable code, the HTTP status and the remedy.
    pub fn code(&self) -> (&'static str, u16, &'static str) {
        match self {
            Self::NotFound { .. } => ("not-found", 404, "Check the identifier and your role."),
            Self::Denied(_) => ("denied", 403, "Ask an officer of the unit for the role."),
            Self::Invalid(_) => ("invalid", 422, "Correct the named fields and send it again."),
            Self::Refused(_) => ("refused", 409, "See the message for what must change first."),
            Self::Unplaced { .. } => ("refused", 409, "Name the system, or define one with these hosts."),
            Self::SignIn(_) => ("sign-in", 401, "Sign in with an account of this store."),
            Self::File { .. } => ("unreadable", 422, "Correct the file and import it again."),
            Self::HandIn(HandInError::UnknownFormat(_)) => ("not-found", 404, "Choose one of the formats."),
            Self::HandIn(_) => ("not-made", 422, "Change what the message names and ask again."),
            Self::Store(StoreError::Conflict { .. }) => {
                ("conflict", 409, "Load the newest version and make the change again.")
            }
            Self::Store(StoreError::Backup(_)) => {
                ("refused", 409, "See the message for what must change first.")
            }
            Self::Store(_) => ("internal", 500, "The server's log has the details."),
        }
    }
}
