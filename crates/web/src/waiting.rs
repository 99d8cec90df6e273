//! Pages whose figures take long to work out: the work goes on, the page says so and is replaced once it is done.
//! What was worked out is kept by the service, so that asking again finds it.

use crate::error::PageError;
use crate::list::ListAddress;
use crate::look::progress::{Replaces, Work, work};
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use maud::html;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use warrant_service::ServiceError;

/// How long somebody looks at nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Works remembered; the oldest are forgotten first.
const MOST: usize = 200;

/// Works under way.
#[derive(Debug, Default)]
pub struct Waiting {
    works: Mutex<BTreeMap<String, Waits>>,
}

#[derive(Clone, Debug)]
struct Waits {
    account: String,
    address: String,
    ended: watch::Receiver<bool>,
}

impl Waiting {
    fn open(&self) -> MutexGuard<'_, BTreeMap<String, Waits>> {
        self.works.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a work and gives the name it is asked for by.
    fn put(&self, waits: Waits) -> String {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let mut works = self.open();
        works.insert(id.clone(), waits);
        while works.len() > MOST {
            works.pop_first();
        }
        id
    }
}

/// What a page is made of, or the page that says that it is being worked out.
pub(crate) enum Soon<T> {
    /// It is here.
    Here(T),
    /// It will be.
    Later(Response),
}

/// A page that may have to wait: its title and the address of its guide.
pub(crate) struct Patient<'a> {
    pub(crate) app: &'a App,
    pub(crate) who: &'a Who,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) list: &'a ListAddress,
    pub(crate) title: &'a str,
    pub(crate) here: &'static str,
}

impl Patient<'_> {
    /// Does some work. A browser that would wait for more than a second gets a page that follows it; programs wait.
    pub(crate) async fn wait<T: Send + 'static>(
        self,
        work: impl Future<Output = Result<T, ServiceError>> + Send + 'static,
    ) -> Result<Soon<T>, PageError> {
        let accepts = self.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
        let fragment = self.headers.contains_key("x-fragment");
        if fragment || !accepts.is_some_and(|accept| accept.contains("text/html")) {
            return Ok(Soon::Here(work.await?));
        }
        let (end, ended) = watch::channel(false);
        let mut task = tokio::spawn(async move {
            let made = work.await;
            let _ = end.send(true);
            made
        });
        match tokio::time::timeout(PATIENCE, &mut task).await {
            Ok(made) => {
                let made = made.map_err(|error| ServiceError::Refused(error.to_string()))?;
                Ok(Soon::Here(made?))
            }
            // The task goes on by itself.
            Err(_) => Ok(Soon::Later(self.later(ended).await?)),
        }
    }

    async fn later(self, ended: watch::Receiver<bool>) -> Result<Response, PageError> {
        let address = self.list.at(&self.list.path);
        let account = self.who.actor.account.clone();
        let id = self.app.waiting.put(Waits { account, address: address.clone(), ended });
        let shown = Work {
            id: "waiting".to_owned(),
            title: say("waiting"),
            note: say("waiting-note"),
            events: format!("/waiting/{id}"),
            href: address,
            replaces: Replaces::Page,
            ..Work::default()
        };
        let main = html! { (shell::heading(&[], self.title, html! {}, html! {})) (work(&shown)) };
        Page::new(self.title, Place::Programme, self.here)
            .in_the_chosen_language()
            .with(self.app, self.who, main)
            .await
    }
}

/// The stream that ends with the address of the page.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/waiting/{id}", get(events))
}

async fn events(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, PageError> {
    let absent = || PageError::Service(ServiceError::NotFound { what: "work", name: id.clone() });
    let waits = app.waiting.open().get(&id).filter(|waits| waits.account == who.actor.account).cloned();
    let waits: Arc<Waits> = Arc::new(waits.ok_or_else(absent)?);
    let events = stream::unfold(Some(waits), |waits| async move {
        let waits = waits?;
        let mut ended = waits.ended.clone();
        // An error means that the work is gone, which ends the waiting too.
        let _ = ended.wait_for(|ended| *ended).await;
        let done = Event::default().event("done").data(&waits.address);
        Some((Ok::<_, Infallible>(done), None))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
