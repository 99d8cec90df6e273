//! The releases of the system's components, judged by the advisories in force.

use super::super::releases::{grid, lead, words};
use super::frame::{At, Frame};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::extract::{Path, State};
use maud::html;
use std::sync::Arc;

/// The page. As of an earlier day it shows the releases there were then, judged by what is known today.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let mut releases = app.service.releases(&who.actor, Some(&frame.id)).await?;
    if !frame.is_now() {
        for line in &mut releases.lines {
            Arc::make_mut(line).releases.retain(|release| release.at <= frame.at());
        }
    }
    let import = html! {
        @if frame.is_now() { a.button.primary href=(format!("/import?system={}", encoded(&frame.id))) { (say("system-import-bill")) } }
    };
    let main = html! {
        (words::feed(releases.feed.as_ref(), frame.now))
        (grid(&releases, &address, frame.now))
    };
    frame.page(&app, &who, At::Releases, (lead(&releases), import), main).await
}
