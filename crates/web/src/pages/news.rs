//! News: what others wrote that concerns the person who asks, since they last said they had seen it.

use crate::error::Answer;
use crate::list::encoded;
use crate::look::empty::{Empty, empty, none};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::timeline::{Event, timeline};
use crate::look::{Link, when};
use crate::page::Page;
use crate::pages::records::in_sentence;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::time::from_micros;
use warrant_service::news::{MOST, News};
use warrant_service::query::RecentChange;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/news", get(page)).route("/news/seen", post(seen))
}

async fn page(State(app): State<App>, who: Who) -> Answer {
    let news = app.service.news(&who.actor, MOST).await?;
    let names = app.service.system_names(&who.actor).await?;
    let now = app.service.now();
    let nothing = news.records.is_empty() && news.evidence.is_empty();
    let main = html! {
        (shell::heading(&[Link::new("Today", "/")], "News", lead(&news), seen_button(&who, &news, nothing)))
        @if nothing {
            (empty(&Empty::of("news-none").first("/")))
        } @else {
            div.columns {
                div { (section("Records", html! { (news.records.len()) }, html! {
                    @if news.records.is_empty() { (none("news-no-record")) }
                    @else { (timeline(&records(&app, &news.records, &names, now))) }
                })) }
                div { (section("Evidence", html! { (news.evidence.len()) }, evidence(&news, &names, now))) }
            }
        }
    };
    Page::new("News", Place::Today, "/news").with(&app, &who, main).await
}

fn lead(news: &News) -> Markup {
    let count = |count: usize| {
        if count as i64 >= MOST { format!("{}+", thousands(MOST)) } else { thousands(count as i64) }
    };
    html! {
        strong { (count(news.records.len())) @if news.records.len() == 1 { " change" } @else { " changes" } }
        " of records that name you or belong to systems you answer for, and "
        strong { (count(news.evidence.len())) @if news.evidence.len() == 1 { " file" } @else { " files" } }
        " for these systems, since you last said you had seen them."
    }
}

fn seen_button(who: &Who, news: &News, nothing: bool) -> Markup {
    html! {
        @if !nothing {
            form method="post" action="/news/seen" {
                input type="hidden" name="_csrf" value=(who.csrf);
                input type="hidden" name="until" value=(news.until);
                button.primary { "I have seen all of it" }
            }
        }
    }
}

fn records(
    app: &App,
    changes: &[RecentChange],
    names: &BTreeMap<String, String>,
    now: Timestamp,
) -> Vec<Event> {
    let event = |change: &RecentChange| {
        let kind = app.service.registry().kind(&change.kind);
        let title = kind.and_then(|kind| change.body[kind.spec.title_field].as_str()).unwrap_or(&change.id);
        let what = kind.map_or(change.kind.as_str(), |kind| kind.spec.title);
        let did = match (change.action.as_str(), change.version) {
            ("delete", _) => "removed".to_owned(),
            (_, 1) => "added".to_owned(),
            (action, _) => action
                .strip_prefix("state:")
                .map_or("changed".to_owned(), |state| format!("took to “{state}”")),
        };
        let at = from_micros(change.recorded_at);
        let system = names.get(&change.system).filter(|_| change.kind != "system");
        Event {
            when: when::minute(at),
            datetime: at.to_string(),
            age: when::age(at, now),
            actor: change.actor.clone(),
            what: html! {
                (did) " " (in_sentence(what)) " " a href=(safe(&record_href(&change.kind, &change.id))) { (title) }
                @if let Some(system) = system { " of " (system) }
            },
            detail: None,
        }
    };
    changes.iter().map(event).collect()
}

fn evidence(news: &News, names: &BTreeMap<String, String>, now: Timestamp) -> Markup {
    let event = |file: &warrant_service::news::CameIn| {
        let at = from_micros(file.received_at);
        let system = names.get(&file.system).map_or("the organisation", String::as_str);
        Event {
            when: when::minute(at),
            datetime: at.to_string(),
            age: when::age(at, now),
            actor: file.actor.clone(),
            what: html! { "brought " a href=(format!("/evidence/{}", encoded(&file.hash))) { (file.name) } " for " (system) },
            detail: None,
        }
    };
    let events: Vec<_> = news.evidence.iter().map(event).collect();
    html! { @if events.is_empty() { (none("news-no-file")) } @else { (timeline(&events)) } }
}

async fn seen(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let until = posted.one("until").parse().unwrap_or_default();
    app.service.saw_news(&who.actor, until).await?;
    Ok(Redirect::to("/news").into_response())
}
