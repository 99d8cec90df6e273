//! Choosing what lists are narrowed to: the whole organisation, a unit with all below it, or a system.

use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::link::safe;
use crate::look::panel::{PANEL_ID, Panel, panel};
use crate::look::shell::{self, Place, Spoken};
use crate::page::{Page, wants_panel};
use crate::pages::records::next;
use crate::scope::{PARAMETER, is_list, word};
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use warrant_service::Scope;

/// From this many choices on there is a box to filter them with.
const MANY: usize = 8;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/scope", get(page))
}

async fn page(State(app): State<App>, who: Who, headers: HeaderMap, address: ListAddress) -> Answer {
    let here = next::local(address.get("here")).map(ListAddress::parse).filter(|list| is_list(&list.path));
    let here = here.unwrap_or_else(|| ListAddress::bare("/systems"));
    let mut units = app.service.choices(&who.actor, "unit", None).await?;
    units.sort_by_cached_key(|(_, title)| title.to_lowercase());
    let mut systems: Vec<_> = app.service.system_names(&who.actor).await?.into_iter().collect();
    systems.sort_by_cached_key(|(_, title)| title.to_lowercase());
    let link = |scope: Scope, title: &str, about: &str| {
        let chosen = who.scope.as_ref().map_or(scope == Scope::Organisation, |now| now.scope == scope);
        let href = here.with(PARAMETER, &word(&scope));
        html! { li { a href=(safe(&href)) aria-current=[chosen.then_some("true")] { (title) " " span.muted { (about) } } } }
    };
    let body = html! {
        p.muted { (say("scope-lead")) }
        @if units.len() + systems.len() > MANY {
            div.field { label for="scope-filter" { (say("palette-find")) } input #scope-filter type="search" data-filter-list="scope-choices" autocomplete="off"; }
        }
        ul #scope-choices .scope-choices {
            (link(Scope::Organisation, &say("scope-whole"), ""))
            @for (id, title) in &units { (link(Scope::Unit(id.clone()), title, &say("scope-unit"))) }
            @for (id, title) in &systems { (link(Scope::System(id.clone()), title, &say("scope-system"))) }
        }
    };
    let title = say("scope-title");
    let own = format!("/scope?here={}", encoded(&here.with("", "")));
    if wants_panel(&headers) {
        let over = say("scope");
        let view = Panel { title, over, spoken: Spoken::Chosen, href: own, body, actions: html! {} };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let main: Markup = html! { (shell::heading(&[], &title, html! {}, html! {})) (body) };
    Page::new(&title, Place::Systems, "").in_the_chosen_language().with(&app, &who, main).await
}
