//! Who asks a program's question: a bearer token, or the browser's cookie together with the request token.

use super::error::ApiError;
use crate::server::App;
use crate::session::{bearer_of, token_of};
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use warrant_service::{Actor, ServiceError};

/// Somebody signed in.
#[derive(Clone, Debug)]
pub(super) struct Caller(pub(super) Actor);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let nobody =
            || ServiceError::SignIn("no session: send `Authorization: Bearer …` or the cookie".to_owned());
        let token = token_of(&parts.headers).ok_or_else(nobody)?;
        let session = app.service.session(&token).await?.ok_or_else(nobody)?;
        // A browser sends the cookie along with a request that another site started; a bearer token it does not.
        let writes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if writes && bearer_of(&parts.headers).is_none() {
            let sent = parts.headers.get("x-csrf").map(|value| value.as_bytes()).unwrap_or_default();
            if !crate::posted::constant_time_equal(sent, session.csrf.as_bytes()) {
                let message = "writing with the cookie needs the request token in `X-CSRF`".to_owned();
                return Err(ServiceError::Denied(message).into());
            }
        }
        Ok(Self(session.actor))
    }
}
