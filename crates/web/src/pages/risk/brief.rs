//! The risk brief of what the page shows, as a file.

use super::scope;
use crate::error::Answer;
use crate::list::ListAddress;
use crate::pages::document;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::Markup;
use warrant_service::documents::{About, Syntax, document_kind};
use warrant_service::risk::RiskScope;

/// The document of this page.
const BRIEF: &str = "risk-brief";

/// Links to both formats.
pub(super) fn links(list: &ListAddress) -> Markup {
    let href = |ending: &str| list.at(&format!("/risk/document.{ending}"));
    document_kind(BRIEF).map(|kind| document::control(kind, href)).unwrap_or_default()
}

/// One self-contained HTML file.
pub(super) async fn html(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    made(&app, &who, &list, Syntax::Html).await
}

/// A DOCX file.
pub(super) async fn docx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    made(&app, &who, &list, Syntax::Docx).await
}

async fn made(app: &App, who: &Who, list: &ListAddress, syntax: Syntax) -> Answer {
    let about = match scope(list) {
        RiskScope::Organisation => About::Organisation,
        RiskScope::Unit(unit) => About::Unit(unit),
        RiskScope::System(system) => About::System(system),
    };
    document::made(app, who, &document::now(BRIEF, about, syntax)).await
}
