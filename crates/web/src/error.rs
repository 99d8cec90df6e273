//! Errors as pages: what happened, where, what to do.

use crate::look::empty::{Empty, empty};
use crate::look::words::capital;
use crate::look::{Link, shell};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use warrant_service::ServiceError;

/// An error on its way to a person.
#[derive(Debug)]
pub struct PageError(pub ServiceError);

impl<E: Into<ServiceError>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// What a page handler gives back.
pub type Answer = Result<Response, PageError>;

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (code, status, remedy) = self.0.code();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let message = shown(&self.0);
        let view = Empty {
            title: capital(&message),
            text: remedy.to_owned(),
            first: Some(Link::new("To the queue", "/")),
            second: None,
        };
        (status, shell::plain_page(code, empty(&view))).into_response()
    }
}

/// The message for people. What went wrong inside is logged, not told.
pub fn shown(error: &ServiceError) -> String {
    match error {
        ServiceError::Store(inner) if error.code().1 == 500 => {
            tracing::error!(error = %inner, "a request failed");
            "Something went wrong on the server".to_owned()
        }
        other => other.to_string(),
    }
}
