//! The pages: one file (or folder) per page, one line each in [`routes`].

mod account;
mod admin;
mod advisories;
mod checks;
mod controls;
mod deficiency;
mod document;
mod edits;
mod evidence;
mod findings;
mod grid;
pub(crate) mod help;
mod import;
mod ledger;
mod myself;
mod news;
mod overview;
mod poam;
mod programme;
mod records;
mod releases;
mod risk;
mod scope;
mod search;
mod sources;
mod system;
mod systems;
mod today;
pub(crate) mod undo;
mod watch;

pub(crate) use sources::{record_href, source_link};

use crate::error::PageError;
use crate::server::App;
use axum::Router;
use axum::http::Uri;
use warrant_service::ServiceError;

/// Every page. To add one, write its file and add its line.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(account::routes())
        .merge(admin::routes())
        .merge(advisories::routes())
        .merge(checks::routes())
        .merge(controls::routes())
        .merge(deficiency::routes())
        .merge(edits::routes())
        .merge(evidence::routes())
        .merge(findings::routes())
        .merge(grid::routes())
        .merge(help::routes())
        .merge(import::routes())
        .merge(ledger::routes())
        .merge(news::routes())
        .merge(overview::routes())
        .merge(poam::routes())
        .merge(programme::routes())
        .merge(records::routes())
        .merge(releases::routes())
        .merge(risk::routes())
        .merge(scope::routes())
        .merge(search::routes())
        .merge(system::routes())
        .merge(systems::routes())
        .merge(today::routes())
        .merge(undo::routes())
        .merge(watch::routes())
}

/// The answer for an address that leads nowhere.
pub async fn not_found(uri: Uri) -> PageError {
    PageError::Service(ServiceError::NotFound { what: "page", name: uri.path().to_owned() })
}
