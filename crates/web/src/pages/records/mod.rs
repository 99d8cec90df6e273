//! Records of every kind: the kinds, a list, a page, forms, life cycle, tables in and out, many at once.
//!
//! Everything here follows from a kind's declaration; no kind is named but notes.

pub(super) mod bulk;
pub(super) mod cell;
mod changes;
mod columns;
mod conflict;
mod detail;
mod edit;
mod export;
mod form;
mod history;
mod kinds;
mod list;
mod named;
pub(super) mod next;
mod notes;
mod shown;
mod steps;
pub(in crate::pages) mod table;

pub(super) use form::choices_for;
pub(super) use list::in_sentence;

use crate::server::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use warrant_model::registry::KindEntry;
use warrant_service::Actor;
use warrant_service::permission::{Deed, least_role};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/records", get(kinds::page))
        .route("/records/{kind}", get(list::page).post(edit::create))
        .route("/records/{kind}/new", get(edit::new))
        .route("/records/{kind}/bulk", post(bulk::bulk))
        .route(
            "/records/{kind}/import",
            post(table::upload).layer(DefaultBodyLimit::max(table::UPLOAD_LIMIT)),
        )
        .route("/records/{kind}/import/{pending}", post(table::confirm))
        .route("/records/{kind}/{id}", get(detail::page).post(edit::update))
        .route("/records/{kind}/{id}/edit", get(edit::edit))
        .route("/records/{kind}/{id}/cell/{field}", get(cell::form).post(cell::set))
        .route("/records/{kind}/paste", post(table::paste))
        .route("/records/{kind}/{id}/state", post(steps::step))
        .route("/records/{kind}/{id}/delete", post(changes::delete))
        .route("/records/{kind}/{id}/notes", post(notes::add))
}

/// The address of a kind's list.
pub(in crate::pages) fn list_href(kind: &str) -> String {
    format!("/records/{}", crate::list::encoded(kind))
}

/// The address of a record's generic page; systems too have one.
fn href(kind: &str, id: &str) -> String {
    format!("{}/{}", list_href(kind), crate::list::encoded(id))
}

/// Whether the actor may change records of a kind somewhere. Where is decided by the service.
pub(super) fn writes(actor: &Actor, kind: &KindEntry) -> bool {
    actor.highest >= Some(least_role(Deed::Edit(kind)))
}
