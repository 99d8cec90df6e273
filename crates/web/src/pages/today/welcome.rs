//! The first page of a store with nothing in it: three ways in.

use crate::error::Answer;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
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
    let lead = html! {
        "No system is on record yet. Say what you have, or drop what your tools export; from then on this page is the ranked list of what to do next."
    };
    let officer = who.actor.everywhere >= Some(Role::Officer);
    let main = html! {
        (shell::heading(&[], &organisation, lead, html! {}))
        ol.ways {
            (way("Define a system", "Its name, who owns it, what it handles and the hosts it runs on, on one page. Its categorisation, baseline and first deficiencies follow by themselves.", html! {
                @if officer { a.button.primary href="/systems/new" { "Define a system" } }
                @else { span.muted { "An officer of the organisation does this." } }
            }))
            (way("Import what you have", "A scan, a benchmark result, a bill of materials; or tables of units and people from a spreadsheet. Formats are recognised by content. A file of hosts that no system knows yet says so, and starts one from them.", html! {
                a.button href="/import" { "Import files" }
                a.button href="/records" { "Tables of records" }
            }))
            (way("Look around first", "The sample organisation has twelve systems and three months of history. It gets a store of its own beside this one; nothing of it comes here.", html! {
                code { "warrant demo --store warrant-demo --listen 127.0.0.1:8081" }
            }))
        }
    };
    Page::new("Welcome", Place::Today, "/").with(app, who, main).await
}

fn way(title: &str, text: &str, how: Markup) -> Markup {
    html! { li { h2 { (title) } p { (text) } div.buttons { (how) } } }
}
