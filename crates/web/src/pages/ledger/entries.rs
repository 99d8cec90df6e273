//! The newest changes, and one of them with its proof.

use super::leaf;
use crate::error::{Answer, Told};
use crate::list::{ListAddress, encoded};
use crate::look::empty::Empty;
use crate::look::failure::said;
use crate::look::figure::{cut, thousands};
use crate::look::pager::Pager;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Registry;
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::ledger::LedgerState;
use warrant_service::query::Entry;

/// Changes of one page.
const PAGE: u64 = 50;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let state = app.service.ledger_state().await?;
    let now = app.service.now();
    let shown = match address.get("leaf").parse::<u64>() {
        Ok(index) => Some(leaf::shown(&app, &who, index, now).await?),
        Err(_) => None,
    };
    let before = address.get("before").parse::<u64>().ok();
    // Whoever sees a part of the organisation may check the ledger's state and proofs of what they see.
    let entries = match app.service.ledger_entries(&who.actor, before, PAGE).await {
        Ok(entries) => Ok(entries),
        Err(error @ ServiceError::Denied(_)) => Err(Told::from(&error)),
        Err(error) => return Err(error.into()),
    };
    let newest = entries.as_ref().ok().and_then(|entries| entries.first()).filter(|_| before.is_none());
    let lead = html! {
        strong { (number(state.size)) @if state.size == 1 { " change" } @else { " changes" } " recorded" }
        @if state.published == state.size { ", all under a signed checkpoint" }
        @else { ", " (number(state.published)) " of them under a signed checkpoint" }
        @if let Some((_, entry)) = newest { "; the newest " (when::age(from_micros(entry.recorded_at), now)) }
        ". Nothing in it can be changed or left out without the proof failing."
    };
    let verify = html! {
        @if entries.is_ok() {
            form method="post" action="/record/ledger/verify" {
                input type="hidden" name="_csrf" value=(who.csrf);
                button.primary { "Verify" }
            }
        }
    };
    let main = html! {
        (shell::heading(&[Link::new("Record", "/record")], "Ledger", lead, verify))
        @if let Some(shown) = shown { (shown) }
        @match &entries {
            Ok(entries) => (section("Changes", html! { "newest first" }, list(app.service.registry(), entries, &state, now))),
            Err(told) => p.muted { (said(told)) "." },
        }
        (leaf::offline(&state))
    };
    Page::new("Ledger", Place::Record, "/record/ledger").with(&app, &who, main).await
}

/// A count or index with thousands separators.
pub(super) fn number(number: u64) -> String {
    thousands(i64::try_from(number).unwrap_or(i64::MAX))
}

fn list(registry: &Registry, entries: &[(u64, Entry)], state: &LedgerState, now: Timestamp) -> Markup {
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let (newest, oldest) = (entries.first().map_or(0, |e| e.0), entries.last().map_or(0, |e| e.0));
    let at_start = newest + 1 >= state.published;
    let view = Table {
        id: "ledger".to_owned(),
        caption: "Changes".to_owned(),
        action: "/record/ledger".to_owned(),
        columns: vec![
            column("Leaf", Width::Figures),
            column("Recorded", Width::Fit),
            column("Who", Width::Fit),
            column("Did", Width::Fit),
            column("What it is about", Width::Fill),
            column("Rows", Width::Figures),
        ],
        rows: entries.iter().map(|(index, entry)| row(registry, *index, entry, now)).collect(),
        pager: Pager {
            first: oldest + 1,
            last: newest + 1,
            total: Some(state.published),
            previous: (!at_start).then(|| format!("/record/ledger?before={}", newest + 1 + PAGE)),
            next: (oldest > 0).then(|| format!("/record/ledger?before={oldest}")),
            rest: None,
        },
        empty: Empty::of("ledger-none").first("/import").second("/records"),
        ..Table::default()
    };
    table(&view)
}

fn row(registry: &Registry, index: u64, entry: &Entry, now: Timestamp) -> Row {
    let recorded = from_micros(entry.recorded_at);
    Row {
        id: index.to_string(),
        title: format!("leaf {index}"),
        href: format!("/record/ledger?leaf={index}"),
        cells: vec![
            html! { (number(index)) },
            html! {
                span title=(when::age(recorded, now)) { (when::minute(recorded)) }
                @if entry.effective_at != entry.recorded_at { " " span.muted title="the day it took effect, entered later" { "of " (when::time(from_micros(entry.effective_at))) } }
            },
            html! { span title=(entry.actor) { (cut(entry.actor.split('@').next().unwrap_or_default(), 24)) } },
            html! { (entry.action) },
            html! { (subject(registry, &entry.subject)) },
            html! { @if entry.manifest.is_some() { "100+" } @else { (entry.rows.len()) } },
        ],
        ..Row::default()
    }
}

/// What an entry is about, with its kind where that can be told.
fn subject(registry: &Registry, subject: &str) -> Markup {
    let kind = subject.split_once('_').and_then(|(prefix, _)| registry.by_prefix(prefix));
    let is_hash = subject.len() >= 64 && subject.bytes().take(64).all(|byte| byte.is_ascii_hexdigit());
    html! {
        @if is_hash { "Evidence " code { (cut(subject, 24)) } }
        @else if let Some(kind) = kind.filter(|_| !subject.contains(' ')) { (kind.spec.title) " " code { (cut(subject, 48)) } }
        @else { (cut(subject, 90)) }
    }
}

/// Where the thing an entry is about can be looked at.
pub(super) fn subject_href(registry: &Registry, subject: &str) -> Option<String> {
    let hash = subject.split('/').next().unwrap_or(subject);
    if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(format!("/evidence/{}", encoded(hash)));
    }
    let prefix = subject.split('_').next().filter(|_| !subject.contains(' '))?;
    let kind = registry.by_prefix(prefix).filter(|_| subject.contains('_'))?;
    Some(crate::pages::sources::record_href(kind.spec.name, subject))
}
