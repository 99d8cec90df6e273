//! Taking back what was just done.

use crate::edits::Order;
use crate::error::{Answer, PageError};
use crate::list::ListAddress;
use crate::look::icons::{Icon, icon};
use crate::pages::edits;
use crate::pages::records::{in_sentence, next};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;

/// Acts on more records than this are taken back in the background.
const AT_ONCE: i64 = 100;

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
            button.small data-key="u" { (say("button-undo")) }
        }
    }
}

/// What was done just now, as the list's address says it, when it was the actor's own act.
pub(crate) async fn done(app: &App, who: &Who, list: &ListAddress) -> Result<Option<Markup>, PageError> {
    let Some(leaf) = list.done else { return Ok(None) };
    let Some(act) = app.service.own_act(&who.actor, leaf).await? else { return Ok(None) };
    let spec = &app.service.kind(&act.kind)?.spec;
    let what = if act.records == 1 { kinds::one(spec) } else { kinds::several(spec) };
    let text = Words::of("undo-done").with("count", act.records).with("what", in_sentence(&what));
    Ok(Some(undo_form(&text.said(), leaf, &who.csrf, &list.with("", ""))))
}

async fn undo(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let Ok(leaf) = posted.one("leaf").parse() else {
        let problem = FieldProblem::new("leaf", "name the ledger entry to undo");
        return Err(ServiceError::Invalid(vec![problem]).into());
    };
    let back = next::local(posted.one("next")).unwrap_or("/");
    let records = app.service.own_act(&who.actor, leaf).await?.map_or(0, |act| act.records);
    if records > AT_ONCE {
        let title = Words::of("undo-working").with("count", records);
        return Ok(edits::start(&app, &who, Order::Undo(leaf), title, back.to_owned()).await);
    }
    app.service.undo(&who.actor, leaf).await?;
    Ok(Redirect::to(back).into_response())
}
