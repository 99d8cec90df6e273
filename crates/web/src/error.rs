//! Errors as pages: what happened, where, what to do, in the language of whoever asked. What the engine itself says of
//! an error stays in English and is marked as such.

use crate::look::failure::failure;
use crate::look::shell;
use crate::look::words::capital;
use crate::words::Words;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use warrant_service::ServiceError;

/// An error on its way to a person.
#[derive(Debug)]
pub enum PageError {
    /// What the service says.
    Service(ServiceError),
    /// What is wrong before the service is asked.
    Fault(Fault),
    /// What makes no sense as it stands, told in words.
    Refused(Words),
}

impl<E: Into<ServiceError>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a page handler gives back.
pub type Answer = Result<Response, PageError>;

/// What is wrong with a request before the service is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A form or an upload above the limit.
    TooLarge,
    /// A form or an address that cannot be read.
    Malformed,
    /// A form from an earlier session.
    Stale,
    /// A form from another site.
    Foreign,
    /// An address that takes forms, asked as a page, or the other way round.
    Method,
}

impl Fault {
    /// Every one, with its status and its message.
    pub const ALL: [(Self, StatusCode, &'static str); 5] = [
        (Self::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
        (Self::Malformed, StatusCode::BAD_REQUEST, "error-malformed"),
        (Self::Stale, StatusCode::FORBIDDEN, "error-stale"),
        (Self::Foreign, StatusCode::FORBIDDEN, "error-foreign"),
        (Self::Method, StatusCode::METHOD_NOT_ALLOWED, "error-method"),
    ];

    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            other if other.is_client_error() => Some(Self::Malformed),
            _ => None,
        }
    }
}

/// The message of every code of the service (`ServiceError::code`).
pub const CODES: [(&str, &str); 9] = [
    ("not-found", "error-not-found"),
    ("denied", "error-denied"),
    ("invalid", "error-invalid"),
    ("refused", "error-refused"),
    ("sign-in", "error-sign-in"),
    ("unreadable", "error-unreadable"),
    ("not-made", "error-not-made"),
    ("conflict", "error-conflict"),
    ("internal", "error-internal"),
];

/// What a person is told of an error: words in their language, and what the engine says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened; the part `text` says what to do.
    pub words: Words,
    /// The engine's own sentence, in English; empty where the words say all of it.
    pub detail: String,
}

impl Told {
    /// Words, and the engine's own sentence.
    pub fn because(words: impl Into<Words>, detail: impl Into<String>) -> Self {
        Self { words: words.into(), detail: detail.into() }
    }

    /// Words that say all of it.
    pub fn plainly(words: impl Into<Words>) -> Self {
        Self { words: words.into(), detail: String::new() }
    }
}

impl From<&'static str> for Told {
    fn from(name: &'static str) -> Self {
        Self::plainly(name)
    }
}

impl From<Words> for Told {
    fn from(words: Words) -> Self {
        Self::plainly(words)
    }
}

impl From<&ServiceError> for Told {
    /// What went wrong inside is logged, not told.
    fn from(error: &ServiceError) -> Self {
        let (code, status, _) = error.code();
        let name = CODES.iter().find(|(known, _)| *known == code).map_or("error-internal", |(_, name)| name);
        match error {
            ServiceError::NotFound { what, name: asked } => {
                Self::plainly(Words::of(name).with("what", *what).with("name", asked.as_str()))
            }
            _ if status == 500 => {
                tracing::error!(error = %error, "a request failed");
                Self::plainly(name)
            }
            _ => Self { words: Words::of(name), detail: capital(&error.to_string()) },
        }
    }
}

impl From<&PageError> for Told {
    fn from(error: &PageError) -> Self {
        match error {
            PageError::Service(error) => error.into(),
            PageError::Fault(fault) => (*fault).into(),
            PageError::Refused(words) => Self::plainly(words.clone()),
        }
    }
}

impl From<Fault> for Told {
    fn from(fault: Fault) -> Self {
        let found = Fault::ALL.iter().find(|(known, ..)| *known == fault);
        Self::plainly(found.map_or("error-malformed", |(_, _, name)| name))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Service(error) => {
                StatusCode::from_u16(error.code().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::Fault(fault) => return fault.into_response(),
            Self::Refused(_) => StatusCode::CONFLICT,
        };
        page(status, &Told::from(&self))
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let found = Self::ALL.iter().find(|(known, ..)| *known == self);
        page(found.map_or(StatusCode::BAD_REQUEST, |(_, status, _)| *status), &self.into())
    }
}

fn page(status: StatusCode, told: &Told) -> Response {
    (status, shell::plain_page(&told.words.said(), failure(told))).into_response()
}

/// Gives a page to what the framework refuses in plain English or without a word: a form that is too large, an address
/// that cannot be read, a method that is not taken.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let bare = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match Fault::of_status(answer.status()).filter(|_| bare) {
        Some(fault) => {
            let status = answer.status();
            let mut page = fault.into_response();
            *page.status_mut() = status;
            if let Some(allow) = answer.headers().get(header::ALLOW) {
                page.headers_mut().insert(header::ALLOW, allow.clone());
            }
            page
        }
        None => answer,
    }
}

/// The message for programs, in English. What went wrong inside is logged, not told.
pub fn shown(error: &ServiceError) -> String {
    match error {
        ServiceError::Store(inner) if error.code().1 == 500 => {
            tracing::error!(error = %inner, "a request failed");
            "Something went wrong on the server".to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code that has no message would be told as a failure of the server.
    #[test]
    fn every_code_of_the_service_has_its_message() {
        let source = include_str!("../../service/src/error.rs");
        let codes = source.split("(\"").skip(1).filter_map(|rest| {
            let (code, rest) = rest.split_once('"')?;
            let status = rest.strip_prefix(", ")?.get(..3)?;
            status.bytes().all(|digit| digit.is_ascii_digit()).then_some(code)
        });
        let codes: Vec<_> = codes.collect();
        assert!(codes.len() > 8, "{codes:?}");
        for code in codes {
            assert!(CODES.iter().any(|(known, _)| *known == code), "{code} has no message");
        }
    }

    #[test]
    fn what_the_engine_says_stays_beside_the_words() {
        let told = Told::from(&ServiceError::Denied("ana needs the role of an officer there".to_owned()));
        assert_eq!(told.words, Words::of("error-denied"));
        assert_eq!(told.detail, "Ana needs the role of an officer there");
        let lost = Told::from(&ServiceError::NotFound { what: "system", name: "x".to_owned() });
        assert_eq!((lost.words.said().as_str(), lost.detail.as_str()), ("There is no system `x` here", ""));
    }
}
