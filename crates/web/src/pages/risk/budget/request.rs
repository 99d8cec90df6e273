//! The funding request of a period as a file.

use super::ask;
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::ListAddress;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use warrant_service::ServiceError;

/// One self-contained HTML file.
pub(super) async fn html(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let request = app.service.funding_request(&who.actor, &ask(&list)?).await?;
    Ok(file::document(&format!("funding-request-{}.html", request.period), request.html()))
}

/// A DOCX file.
pub(super) async fn docx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let request = app.service.funding_request(&who.actor, &ask(&list)?).await?;
    let bytes =
        request.docx().map_err(|error| PageError::Service(ServiceError::Refused(error.to_string())))?;
    Ok(file::word(&format!("funding-request-{}.docx", request.period), bytes))
}
