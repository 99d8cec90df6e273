//! The progress of a batch as a stream of events.

use crate::error::PageError;
use crate::imports::Batch;
use crate::language::{self, speaking};
use crate::list::encoded;
use crate::server::App;
use crate::session::Who;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch::Receiver;
use warrant_service::ServiceError;

/// How often progress is told at least, while there is some.
const PAUSE: Duration = Duration::from_millis(400);

/// A batch of whoever asks.
pub(super) fn batch_of(app: &App, who: &Who, id: &str) -> Result<Arc<Batch>, PageError> {
    let batch = app.imports.get(id, &who.actor.account);
    batch.ok_or_else(|| PageError::Service(ServiceError::NotFound { what: "import", name: id.to_owned() }))
}

/// What is being done just now.
pub(super) fn note(batch: &Batch) -> String {
    let (done, all) = (batch.finished(), batch.files.len());
    match batch.files.get(done) {
        Some(file) => {
            let facts = file.progress.facts.load(Ordering::Relaxed);
            let words = Words::of(if facts > 0 { "import-note-facts" } else { "import-note" });
            words
                .with("nth", done + 1)
                .with("all", all)
                .with("file", &file.name)
                .with("facts", facts as i64)
                .said()
        }
        None => Words::of("import-note-done").with("all", all).said(),
    }
}

enum Step {
    Tell(Receiver<u64>),
    End,
}

/// The stream: `progress` until every file has a result, then `done` with the address of the results.
pub(super) async fn events(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, PageError> {
    let batch = batch_of(&app, &who, &id)?;
    let start = Step::Tell(batch.follow());
    // The stream goes on when the request is answered.
    let language = language::current();
    let events = stream::unfold((batch, start), move |(batch, step)| async move {
        let Step::Tell(mut changes) = step else { return None };
        if batch.is_finished() {
            let done = Event::default().event("done").data(format!("/import/{}", encoded(&batch.id)));
            return Some((Ok::<_, Infallible>(done), (batch, Step::End)));
        }
        // Whichever comes first: a file is finished, or it is time to tell how far the present one is.
        let _ = tokio::time::timeout(PAUSE, changes.changed()).await;
        let told = speaking(language, || serde_json::json!({ "share": batch.share(), "note": note(&batch) }));
        let progress = Event::default().event("progress").data(told.to_string());
        Some((Ok(progress), (batch, Step::Tell(changes))))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
