//! The person who asks, as the programme's own record of them.

use crate::server::App;
use crate::session::Who;
use warrant_service::ServiceError;
use warrant_service::query::{RecordQuery, RecordRow};

/// The record of the person who asks, found by e-mail address.
pub(super) async fn record(app: &App, who: &Who) -> Result<Option<RecordRow>, ServiceError> {
    let query = RecordQuery {
        kind: "person".to_owned(),
        fields: vec![("email".to_owned(), who.actor.email.clone())],
        limit: 1,
        ..RecordQuery::default()
    };
    Ok(app.service.list_records(&who.actor, &query).await?.rows.into_iter().next())
}
