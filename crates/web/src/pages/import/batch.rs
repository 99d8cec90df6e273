//! One batch: how far it is, and what became of each file.

use super::events::{batch_of, note};
use super::results::{finished, results};
use crate::error::{Answer, PageError};
use crate::imports::{Batch, Order};
use crate::list::encoded;
use crate::look::progress::{Work, work};
use crate::look::shell::{self, Place};
use crate::look::{Link, when};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::html;
use warrant_service::import::Mode;

fn href(batch: &Batch) -> String {
    format!("/import/{}", encoded(&batch.id))
}

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let batch = batch_of(&app, &who, &id)?;
    let names = app.service.system_names(&who.actor).await?;
    let Order { system, kind, mode } = &batch.order;
    let destination = match (system, kind) {
        (Some(system), _) => names.get(system).cloned().unwrap_or_else(|| system.clone()),
        (None, Some(kind)) => kinds::several(&app.service.kind(kind)?.spec).into_owned(),
        (None, None) => say("import-wherever"),
    };
    let lead = html! {
        @if *mode == Mode::DryRun { strong { (say("import-rehearsal")) } " " }
        (Words::of("import-batch-lead").with("count", batch.files.len()).with("destination", destination).with("when", when::minute(batch.started)))
    };
    let more = html! { a.button href="/import" { (say("import-more")) } };
    let main = html! {
        (shell::heading(&[Link::new(say("import-title"), "/import")], say("import-title"), lead, more))
        @if batch.is_finished() {
            div #batch {
                (finished(&batch))
                @if *mode == Mode::DryRun && !batch.kept().is_empty() {
                    form.buttons method="post" action=(format!("{}/commit", href(&batch))) {
                        input type="hidden" name="_csrf" value=(who.csrf);
                        button.primary { (say("button-import")) }
                        span.muted { (say("import-for-good")) }
                    }
                }
                (results(&batch, app.service.formats(), &who))
            }
        } @else {
            (work(&Work {
                id: "batch".to_owned(),
                title: say(if *mode == Mode::DryRun { "import-rehearsing" } else { "import-importing" }),
                note: note(&batch),
                share: Some(batch.share()),
                events: format!("{}/events", href(&batch)),
                href: href(&batch),
                cancel: Some((format!("{}/stop", href(&batch)), who.csrf.clone())),
                ..Work::default()
            }))
        }
    };
    Page::new(&say("import-title"), Place::Record, "/import")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// Stops what is not yet written.
pub(super) async fn stop(State(app): State<App>, who: Who, Path(id): Path<String>, posted: Posted) -> Answer {
    drop(posted);
    let batch = batch_of(&app, &who, &id)?;
    batch.cancel();
    Ok(Redirect::to(&href(&batch)).into_response())
}

/// Imports one file again, for the system that was chosen.
pub(super) async fn place(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let waiting = batch_of(&app, &who, &id)?;
    let at = posted.one("file").parse::<usize>().ok();
    let Some(file) = at.and_then(|at| waiting.kept().into_iter().nth(at)) else {
        return Err(PageError::Refused("error-file-gone".into()));
    };
    let system = app.service.system_row(&who.actor, posted.one("system")).await?.id;
    let order = Order { system: Some(system), ..waiting.order.clone() };
    let batch = app.imports.start(app.service.clone(), who.actor, vec![file], order);
    Ok(Redirect::to(&href(&batch)).into_response())
}

/// Imports the files of a rehearsal for good.
pub(super) async fn commit(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    drop(posted);
    let rehearsed = batch_of(&app, &who, &id)?;
    let files = rehearsed.kept();
    if files.is_empty() {
        return Err(PageError::Refused("error-rehearsal-gone".into()));
    }
    let order = Order { mode: Mode::Commit, ..rehearsed.order.clone() };
    let batch = app.imports.start(app.service.clone(), who.actor, files, order);
    Ok(Redirect::to(&href(&batch)).into_response())
}
