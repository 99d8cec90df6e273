//! One system: its summary and the tabs beside it, now or as it stood on a day.
//!
//! Every tab is a page of its own below `/systems/{id}`; [`frame`] is what they share.

mod boundary;
mod brief;
mod compare;
mod control;
mod controls;
mod documents;
mod evidence;
mod findings;
mod frame;
mod history;
mod inheritance;
mod poam;
mod recovery;
mod releases;
mod risk;
mod shown;
mod summary;
mod tailoring;
mod taken;
mod trace;

pub(super) use shown::{implementation, status_word};

use crate::error::Answer;
use crate::list::ListAddress;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use warrant_service::tables::TableFormat;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/systems/{id}", get(summary::page))
        .route("/systems/{id}/boundary", get(boundary::page))
        .route("/systems/{id}/controls", get(controls::page))
        .route("/systems/{id}/controls/judge", post(controls::judge))
        .route("/systems/{id}/controls/trace", get(trace::page))
        .route("/systems/{id}/controls/trace/document", get(trace::printed))
        .route("/systems/{id}/controls/tailoring", get(tailoring::page))
        .route("/systems/{id}/controls/parameters", get(tailoring::parameters))
        .route("/systems/{id}/controls/inheritance", get(inheritance::page))
        .route("/systems/{id}/controls/{control}", get(control::page))
        .route("/systems/{id}/controls/{control}/assessments", post(control::assess))
        .route("/systems/{id}/findings", get(findings::page))
        .route("/systems/{id}/releases", get(releases::page))
        .route("/systems/{id}/poam", get(poam::page))
        .route("/systems/{id}/risk", get(risk::page))
        .route("/systems/{id}/recovery", get(recovery::page))
        .route("/systems/{id}/evidence", get(evidence::page))
        .route("/systems/{id}/documents", get(documents::page))
        .route("/systems/{id}/documents/{format}", documents::one())
        .route("/systems/{id}/documents/{format}/back", taken::sent())
        .route("/systems/{id}/documents/{format}/back/{waiting}", post(taken::confirm))
        .route("/systems/{id}/history", get(history::page))
        .route("/systems/{id}/compare", get(compare::page))
        .route("/systems/{id}/brief", get(brief::file))
        .merge(exported("/systems/{id}/controls", controls::export))
        .merge(exported("/systems/{id}/controls/trace", trace::export))
        .merge(exported("/systems/{id}/controls/tailoring", tailoring::export))
        .merge(exported("/systems/{id}/controls/parameters", tailoring::export_parameters))
        .merge(exported("/systems/{id}/controls/inheritance", inheritance::export))
        .merge(exported("/systems/{id}/findings", findings::export))
        .merge(exported("/systems/{id}/poam", poam::export))
        .merge(exported("/systems/{id}/recovery", recovery::export))
}

/// The routes of what a list shows as files: comma-separated values and a workbook, beside the list's own.
fn exported<E, A>(path: &str, export: E) -> Router<App>
where
    E: Fn(App, Who, String, ListAddress, TableFormat) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    let mut routes = Router::new();
    for format in [TableFormat::Csv, TableFormat::Xlsx] {
        let export = export.clone();
        let answer = move |State(app): State<App>, who: Who, Path(id): Path<String>, address: ListAddress| {
            export(app, who, id, address, format)
        };
        routes = routes.route(&format!("{path}.{}", format.ending()), get(answer));
    }
    routes
}
