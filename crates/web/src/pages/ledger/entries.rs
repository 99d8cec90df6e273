//! The newest changes, and one of them with its proof.

use super::leaf;
use crate::error::{Answer, Told};
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::Empty;
use crate::look::failure::said;
use crate::look::figure::{cut, thousands};
use crate::look::pager::Pager;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, ColumnFilter, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Registry;
use warrant_model::time::from_micros;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::ServiceError;
use warrant_service::ledger::{LedgerPage, LedgerQuery, LedgerState};
use warrant_service::query::Entry;
use warrant_service::tables::TableFormat;

/// Changes of one page.
const PAGE: u64 = 50;

const HERE: &str = "/record/ledger";

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let state = app.service.ledger_state().await?;
    let now = app.service.now();
    let shown = match address.get("leaf").parse::<u64>() {
        Ok(index) => Some(leaf::shown(&app, &who, index, now).await?),
        Err(_) => None,
    };
    let wanted = wanted(&address, PAGE);
    let is_newest = wanted.before.is_none() && wanted.is_open();
    // Whoever sees a part of the organisation may check the ledger's state and proofs of what they see.
    let entries = match app.service.ledger_entries(&who.actor, wanted).await {
        Ok(entries) => Ok(entries),
        Err(error @ ServiceError::Denied(_)) => Err(Told::from(&error)),
        Err(error) => return Err(error.into()),
    };
    let newest = entries.as_ref().ok().and_then(|found| found.entries.first()).filter(|_| is_newest);
    let signed = match state.published == state.size {
        true => say("ledger-all-signed"),
        false => Words::of("ledger-part-signed").with("count", state.published).said(),
    };
    let recorded = Words::of("ledger-recorded").with("count", state.size);
    let lead = match newest {
        None => Words::of("ledger-lead"),
        Some((_, entry)) => {
            Words::of("ledger-lead-newest").with("age", when::age(from_micros(entry.recorded_at), now))
        }
    };
    let lead = lead.with("signed", signed).around("changes", html! { strong { (recorded) } });
    let verify = html! {
        @if entries.is_ok() {
            form method="post" action="/record/ledger/verify" {
                input type="hidden" name="_csrf" value=(who.csrf);
                button.primary { (say("ledger-verify")) }
            }
        }
    };
    let main = html! {
        (shell::heading(&[Link::new(say("record-title"), "/record")], say("ledger-title"), html! { (lead) }, verify))
        @if let Some(shown) = shown { (shown) }
        @match &entries {
            Ok(found) => (section(&say("ledger-changes"), html! { (say("newest-first")) }, list(app.service.registry(), found, &address, (&state, now)))),
            Err(told) => p.muted { (said(told)) "." },
        }
        (leaf::offline(&state))
    };
    Page::new(&say("ledger-title"), Place::Record, "/record/ledger")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// A count or index with thousands separators.
pub(super) fn number(number: u64) -> String {
    thousands(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What an address asks for.
fn wanted(address: &ListAddress, limit: u64) -> LedgerQuery {
    let text = |name: &str| address.get(name).to_owned();
    LedgerQuery {
        before: address.get("before").parse().ok(),
        limit,
        who: text("who"),
        action: text("action"),
        on: text("on"),
        text: text("q"),
    }
}

fn list(
    registry: &Registry,
    found: &LedgerPage,
    address: &ListAddress,
    (state, now): (&LedgerState, Timestamp),
) -> Markup {
    let LedgerPage { entries, next, cut_short } = found;
    let is_open = wanted(address, PAGE).is_open();
    let (newest, oldest) = (entries.first().map_or(0, |e| e.0), entries.last().map_or(0, |e| e.0));
    let filtered = |title, name: &str| Column {
        filter: Some(ColumnFilter {
            name: name.to_owned(),
            value: address.get(name).to_owned(),
            choices: Vec::new(),
        }),
        ..Column::plain(&say(title), Width::Fit)
    };
    let pager = Pager {
        first: if is_open { oldest + 1 } else { u64::from(!entries.is_empty()) },
        last: if is_open { newest + 1 } else { entries.len() as u64 },
        total: is_open.then_some(state.published),
        previous: address.some("before").map(|_| address.with("before", "")),
        next: next.map(|before| address.with("before", &before.to_string())),
        rest: None,
    };
    let view = Table {
        id: "ledger".to_owned(),
        caption: say("ledger-changes"),
        action: HERE.to_owned(),
        keep: address.keep(&["q", "before", "leaf"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        columns: vec![
            Column::plain(&say("ledger-leaf"), Width::Figures),
            filtered("ledger-when", "on"),
            filtered("ledger-who", "who"),
            filtered("ledger-did", "action"),
            Column::plain(&say("ledger-about"), Width::Fill),
            Column::plain(&say("ledger-rows"), Width::Figures),
        ],
        rows: entries.iter().map(|(index, entry)| row(registry, *index, entry, now)).collect(),
        pager,
        exports: address.exports(HERE),
        empty: match is_open {
            true => Empty::of("ledger-none").first("/import").second("/records"),
            false => Empty::of("release-none-fit").first(HERE),
        },
        ..Table::default()
    };
    html! {
        (table(&view))
        @if *cut_short && let Some(before) = next {
            p.muted {
                (Words::of("ledger-looked").with("number", *before).link(&address.with("before", &before.to_string())))
            }
        }
    }
}

pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

/// The most changes of one file; it says where it ends.
const MOST: usize = 50_000;

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Number, Text};
    let mut query = LedgerQuery { before: None, ..wanted(address, 5_000) };
    let mut rows = Vec::new();
    loop {
        let found = app.service.ledger_entries(&who.actor, query.clone()).await?;
        rows.extend(found.entries.iter().map(|(index, entry)| {
            vec![
                Cell::Integer(i64::try_from(*index).unwrap_or(i64::MAX)),
                Cell::Time(from_micros(entry.recorded_at)),
                Cell::Time(from_micros(entry.effective_at)),
                Cell::text(&entry.actor),
                Cell::text_if(entry.token.as_deref()),
                Cell::text(&entry.action),
                Cell::text(&entry.subject),
                Cell::Integer(entry.rows.len() as i64),
                Cell::text_if(entry.manifest.as_deref()),
            ]
        }));
        query.before = found.next;
        if found.next.is_none() || rows.len() >= MOST {
            break;
        }
    }
    let heading = app.service.heading("the ledger");
    let ends =
        query.before.map_or(String::new(), |before| format!("; older changes, below {before}, left out"));
    let columns = [
        ("Leaf", Number),
        ("Recorded", Date),
        ("Effective", Date),
        ("Who", Text),
        ("Through token", Text),
        ("Did", Text),
        ("What it is about", Text),
        ("Rows", Number),
        ("Rows listed in", Text),
    ];
    let table = warrant_report::Table {
        title: "Ledger".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows,
        marking: heading.marking,
        source: format!("{}{ends}", heading.source),
    };
    Ok(file::table("ledger", format, app.service.written(&table, format)?))
}

fn row(registry: &Registry, index: u64, entry: &Entry, now: Timestamp) -> Row {
    let recorded = from_micros(entry.recorded_at);
    Row {
        id: index.to_string(),
        title: Words::of("ledger-leaf-title").with("number", index.to_string()).said(),
        href: format!("/record/ledger?leaf={index}"),
        cells: vec![
            html! { (number(index)) },
            html! {
                span title=(when::age(recorded, now)) { (when::minute(recorded)) }
                @if entry.effective_at != entry.recorded_at { " " span.muted title=(say("ledger-took-effect-later")) { (Words::of("ledger-of").around("day", when::time(from_micros(entry.effective_at)))) } }
            },
            html! { span title=(with_token(entry)) { (cut(entry.actor.split('@').next().unwrap_or_default(), 24)) } },
            html! { (entry.action) },
            html! { (subject(registry, &entry.subject)) },
            html! { @if entry.manifest.is_some() { "100+" } @else { (entry.rows.len()) } },
        ],
        ..Row::default()
    }
}

/// Who did it, and through which token a program did it for them.
pub(super) fn with_token(entry: &Entry) -> String {
    match &entry.token {
        Some(token) => Words::of("ledger-through").with("who", &entry.actor).with("token", token).said(),
        None => entry.actor.clone(),
    }
}

/// What an entry is about, with its kind where that can be told.
fn subject(registry: &Registry, subject: &str) -> Markup {
    let kind = subject.split_once('_').and_then(|(prefix, _)| registry.by_prefix(prefix));
    let is_hash = subject.len() >= 64 && subject.bytes().take(64).all(|byte| byte.is_ascii_hexdigit());
    html! {
        @if is_hash { (say("ledger-evidence")) " " code { (cut(subject, 24)) } }
        @else if let Some(hash) = subject.strip_prefix("advisories/") { (say("ledger-advisories")) " " code { (cut(hash, 24)) } }
        @else if let Some(kind) = kind.filter(|_| !subject.contains(' ')) { (kinds::one(&kind.spec)) " " code { (cut(subject, 48)) } }
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
