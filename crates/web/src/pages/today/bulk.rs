//! Several rows at once: one task, or one POA&M item, for all of them.

use super::{Below, show};
use crate::error::{Answer, PageError};
use crate::list::ListAddress;
use crate::look::shell::Flash;
use crate::pages::deficiency::Prefill;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use std::collections::BTreeSet;
use warrant_service::query::DeficiencyRow;

/// The most rows of one form: they travel in its address.
const MOST: usize = 60;

/// Sends to the form that does it.
pub(super) async fn bulk(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let mut rows = Vec::new();
    for id in posted.all("row").iter().take(MOST) {
        rows.push(app.service.deficiency(&who.actor, id).await?);
    }
    match form(&rows, posted.one("verb"), warrant_model::time::day(app.service.now())) {
        Ok(href) => Ok(Redirect::to(&href).into_response()),
        Err(problem) => refused(&app, &who, problem).await,
    }
}

async fn refused(app: &App, who: &Who, problem: &'static str) -> Result<axum::response::Response, PageError> {
    let flash = Flash::problem(problem);
    let mut list = ListAddress::default();
    "/".clone_into(&mut list.path);
    show(app, who, &list, Below::Changes, vec![flash]).await
}

fn form(rows: &[DeficiencyRow], verb: &str, today: Date) -> Result<String, &'static str> {
    let Some(first) = rows.first() else { return Err("select-rows-first") };
    let systems: BTreeSet<_> = rows.iter().map(|row| &row.system).collect();
    if systems.len() > 1 {
        return Err("select-of-one-system");
    }
    let prefill = Prefill { also: &rows[1..], ..Prefill::new(first, "/", today) };
    match verb {
        "assign" => Ok(prefill.assign()),
        "plan" => prefill.plan().ok_or("select-not-programme"),
        _ => Err("select-what-to-do"),
    }
}
