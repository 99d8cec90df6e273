//! Errors as JSON: a stable code, what happened, what to do, and what is wrong with which field.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;

/// An error on its way to a program.
#[derive(Debug, Serialize)]
pub(super) struct ApiError {
    #[serde(skip)]
    status: u16,
    code: &'static str,
    message: String,
    remedy: &'static str,
    problems: Vec<FieldProblem>,
}

impl ApiError {
    /// An error of the transport, before the service is asked.
    pub(super) fn new(
        status: u16,
        code: &'static str,
        message: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self { status, code, message: message.into(), remedy, problems: Vec::new() }
    }

    /// A parameter that cannot be understood.
    pub(super) fn parameter(name: &str, message: impl Into<String>) -> Self {
        ServiceError::field(name, message).into()
    }
}

impl<E: Into<ServiceError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        let error = error.into();
        let (code, status, remedy) = error.code();
        let message = crate::error::shown(&error);
        let problems = match error {
            ServiceError::Invalid(problems) => problems,
            _ => Vec::new(),
        };
        Self { status, code, message, remedy, problems }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}

/// What an endpoint gives back.
pub(super) type ApiAnswer = Result<Response, ApiError>;

/// A value as JSON.
pub(super) fn json(value: impl Serialize) -> ApiAnswer {
    Ok(Json(value).into_response())
}
