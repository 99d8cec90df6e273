//! Who asks a program's question: a program's token, or the browser's cookie together with the request token.

use super::error::ApiError;
use crate::server::App;
use crate::session::token_of;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use warrant_service::{Actor, ServiceError};

/// Somebody signed in, or a program that acts for somebody.
#[derive(Clone, Debug)]
pub(super) struct Caller(pub(super) Actor);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // A browser never sends it on its own, so that no form can forge it.
        if let Some(text) = bearer_of(&parts.headers)? {
            return Ok(Self(app.service.program_of(&text).await?));
        }
        let nobody = || {
            let message =
                "nobody is signed in: send `Authorization: Bearer …` with a program's token, or the cookie";
            ServiceError::SignIn(message.to_owned())
        };
        let token = token_of(&parts.headers).ok_or_else(nobody)?;
        let session = app.service.session(&token).await?.ok_or_else(nobody)?;
        // A browser sends the cookie along with a request that another site started.
        if !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
            let sent = parts.headers.get("x-csrf").map(|value| value.as_bytes()).unwrap_or_default();
            if !crate::posted::constant_time_equal(sent, session.csrf.as_bytes()) {
                let message = "writing with the cookie needs the request token in `X-CSRF`".to_owned();
                return Err(ServiceError::Denied(message).into());
            }
        }
        Ok(Self(session.actor))
    }
}

/// The program's token of a request. Another kind of `Authorization` is refused rather than passed over: whoever sends one
/// means to be somebody.
fn bearer_of(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().ok().and_then(|text| text.split_once(' '));
    match text {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim().to_owned())),
        _ => {
            let message = "`Authorization` must be `Bearer` and a program's token".to_owned();
            Err(ServiceError::SignIn(message).into())
        }
    }
}
