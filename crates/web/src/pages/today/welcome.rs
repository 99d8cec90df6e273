//! The first page of a store with nothing in it: three ways in.

use crate::error::Answer;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::scope::Role;

/// Whether there is nothing to show yet to somebody who sees the whole organisation.
pub(super) async fn is_empty(app: &App, who: &Who) -> Result<bool, warrant_service::ServiceError> {
    Ok(who.actor.everywhere.is_some()
        && who.scope.is_none()
        && app.service.system_names(&who.actor).await?.is_empty())
}

/// The page.
pub(super) async fn page(app: &App, who: &Who) -> Answer {
    let organisation = app.service.organisation_name().await?;
    let lead = html! { (say("welcome-lead")) };
    let officer = who.actor.everywhere >= Some(Role::Officer);
    let main = html! {
        (shell::heading(&[], &organisation, lead, html! {}))
        ol.ways {
            (way("welcome-define", html! {
                @if officer { a.button.primary href="/systems/new" { (say("welcome-define")) } }
                @else { span.muted { (say("welcome-officer")) } }
            }))
            (way("welcome-import", html! {
                a.button href="/import" { (say("welcome-import-files")) }
                a.button href="/records" { (say("welcome-import-tables")) }
            }))
            (way("welcome-look", html! {
                code { "warrant demo --store warrant-demo --listen 127.0.0.1:8081" }
            }))
        }
    };
    Page::new(&say("welcome"), Place::Today, "/").in_the_chosen_language().with(app, who, main).await
}

fn way(name: &'static str, how: Markup) -> Markup {
    let words = Words::of(name);
    html! { li { h2 { (words) } p { (words.part("text").unwrap_or_default()) } div.buttons { (how) } } }
}
