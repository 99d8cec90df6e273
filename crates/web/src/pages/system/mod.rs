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
mod releases;
mod shown;
mod summary;
mod tailoring;
mod trace;

use crate::server::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/systems/{id}", get(summary::page))
        .route("/systems/{id}/boundary", get(boundary::page))
        .route("/systems/{id}/controls", get(controls::page))
        .route("/systems/{id}/controls/judge", post(controls::judge))
        .route("/systems/{id}/controls.csv", get(controls::csv))
        .route("/systems/{id}/controls.xlsx", get(controls::xlsx))
        .route("/systems/{id}/controls/trace", get(trace::page))
        .route("/systems/{id}/controls/trace.csv", get(trace::csv))
        .route("/systems/{id}/controls/trace.xlsx", get(trace::xlsx))
        .route("/systems/{id}/controls/trace/document", get(trace::printed))
        .route("/systems/{id}/controls/tailoring", get(tailoring::page))
        .route("/systems/{id}/controls/tailoring.csv", get(tailoring::csv))
        .route("/systems/{id}/controls/tailoring.xlsx", get(tailoring::xlsx))
        .route("/systems/{id}/controls/parameters", get(tailoring::parameters))
        .route("/systems/{id}/controls/parameters.csv", get(tailoring::parameters_csv))
        .route("/systems/{id}/controls/parameters.xlsx", get(tailoring::parameters_xlsx))
        .route("/systems/{id}/controls/inheritance", get(inheritance::page))
        .route("/systems/{id}/controls/inheritance.csv", get(inheritance::csv))
        .route("/systems/{id}/controls/inheritance.xlsx", get(inheritance::xlsx))
        .route("/systems/{id}/controls/{control}", get(control::page))
        .route("/systems/{id}/controls/{control}/assessments", post(control::assess))
        .route("/systems/{id}/findings", get(findings::page))
        .route("/systems/{id}/findings.csv", get(findings::csv))
        .route("/systems/{id}/findings.xlsx", get(findings::xlsx))
        .route("/systems/{id}/releases", get(releases::page))
        .route("/systems/{id}/poam", get(poam::page))
        .route("/systems/{id}/poam.csv", get(poam::csv))
        .route("/systems/{id}/poam.xlsx", get(poam::xlsx))
        .route("/systems/{id}/evidence", get(evidence::page))
        .route("/systems/{id}/documents", get(documents::page))
        .route("/systems/{id}/documents/{format}", documents::one())
        .route("/systems/{id}/history", get(history::page))
        .route("/systems/{id}/compare", get(compare::page))
        .route("/systems/{id}/brief", get(brief::file))
}
