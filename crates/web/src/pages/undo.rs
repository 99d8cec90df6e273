//! Taking back what was just done.

use crate::error::Answer;
use crate::look::icons::{Icon, icon};
use crate::pages::records::next;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/undo", post(undo))
}

/// What was done, with the button that takes it back.
pub(super) fn undo_form(done: &str, leaf: i64, csrf: &str, back: &str) -> Markup {
    html! {
        form.flash method="post" action="/undo" {
            (icon(Icon::Check))
            span { (done) }
            input type="hidden" name="_csrf" value=(csrf);
            input type="hidden" name="leaf" value=(leaf);
            input type="hidden" name="next" value=(back);
            button.small data-key="u" { "Undo" }
        }
    }
}

async fn undo(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let Ok(leaf) = posted.one("leaf").parse() else {
        let problem = FieldProblem::new("leaf", "name the ledger entry to undo");
        return Err(ServiceError::Invalid(vec![problem]).into());
    };
    app.service.undo(&who.actor, leaf).await?;
    Ok(Redirect::to(next::local(posted.one("next")).unwrap_or("/")).into_response())
}
