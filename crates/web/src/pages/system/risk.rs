//! What a year of the system may cost.

use super::frame::{At, Frame};
use crate::error::Answer;
use crate::list::ListAddress;
use crate::pages::risk::of_system;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use warrant_service::risk::RiskScope;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let scope = RiskScope::System(frame.id.clone());
    let view = match frame.as_of {
        None => app.service.risk(&who.actor, &scope).await?,
        Some(_) => app.service.risk_at(&who.actor, &scope, frame.at()).await?,
    };
    let (lead, actions, main) = of_system(&address, &frame.id, &view, frame.as_of);
    frame.page(&app, &who, At::Risk, (lead, actions), main).await
}
