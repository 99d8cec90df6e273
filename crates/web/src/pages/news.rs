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
use crate::words::{Words, kinds, say};
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
        (shell::heading(&[Link::new(say("place-today"), "/")], say("news-title"), lead(&news), seen_button(&who, &news, nothing)))
        @if nothing {
            (empty(&Empty::of("news-none").first("/")))
        } @else {
            div.columns {
                div { (section(&say("landing-records"), html! { (news.records.len()) }, html! {
                    @if news.records.is_empty() { (none("news-no-record")) }
                    @else { (timeline(&records(&app, &news.records, &names, now))) }
                })) }
                div { (section(&say("evidence-title"), html! { (news.evidence.len()) }, evidence(&news, &names, now))) }
            }
        }
    };
    Page::new(&say("news-title"), Place::Today, "/news").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(news: &News) -> Markup {
    let count = |count: usize| {
        if count as i64 >= MOST { format!("{}+", thousands(MOST)) } else { thousands(count as i64) }
    };
    let of = |name, number: usize| {
        let words = Words::of(name).with("count", number).with("shown", count(number));
        html! { strong { (words) } }
    };
    let lead = Words::of("news-lead")
        .around("changes", of("news-changes", news.records.len()))
        .around("files", of("news-files", news.evidence.len()));
    html! { (lead) }
}

fn seen_button(who: &Who, news: &News, nothing: bool) -> Markup {
    html! {
        @if !nothing {
            form method="post" action="/news/seen" {
                input type="hidden" name="_csrf" value=(who.csrf);
                input type="hidden" name="until" value=(news.until);
                button.primary { (say("news-seen")) }
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
        let what = kind.map_or_else(|| change.kind.clone(), |kind| kinds::one(&kind.spec).into_owned());
        let state = change.action.strip_prefix("state:");
        let did = match (change.action.as_str(), change.version, state) {
            ("delete", ..) => Words::of("news-removed"),
            (_, 1, _) => Words::of("news-added"),
            (.., Some(state)) => {
                let said =
                    kind.map_or_else(|| state.to_owned(), |kind| kinds::stage_named(&kind.spec, state));
                Words::of("news-took").with("state", in_sentence(&said))
            }
            (.., None) => Words::of("news-changed"),
        };
        let link = html! { a href=(safe(&record_href(&change.kind, &change.id))) { (title) } };
        let did = html! { (did.with("kind", in_sentence(&what)).around("title", link)) };
        let at = from_micros(change.recorded_at);
        let system = names.get(&change.system).filter(|_| change.kind != "system");
        Event {
            when: when::minute(at),
            datetime: at.to_string(),
            age: when::age(at, now),
            actor: change.actor.clone(),
            what: match system {
                Some(system) => html! { (Words::of("news-of").with("system", system).around("deed", did)) },
                None => did,
            },
            detail: None,
        }
    };
    changes.iter().map(event).collect()
}

fn evidence(news: &News, names: &BTreeMap<String, String>, now: Timestamp) -> Markup {
    let event = |file: &warrant_service::news::CameIn| {
        let at = from_micros(file.received_at);
        let system = names.get(&file.system).cloned().unwrap_or_else(|| say("the-organisation"));
        Event {
            when: when::minute(at),
            datetime: at.to_string(),
            age: when::age(at, now),
            actor: file.actor.clone(),
            what: html! { (Words::of("news-brought").with("system", system).around("file", html! { a href=(format!("/evidence/{}", encoded(&file.hash))) { (file.name) } })) },
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
