//! The history of the system: every change of its records and every file that came in, newest first, each with
//! its leaf of the ledger.

mod between;

use super::frame::{At, Frame, if_there};
use super::shown::{Titles, control_label};
use crate::error::{Answer, PageError};
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::{Empty, empty};
use crate::look::pager::pager;
use crate::look::timeline::{Event, timeline};
use crate::look::{diff, when};
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use between::{ids_in, what_changed};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;
use warrant_model::registry::KindEntry;
use warrant_model::time::{from_micros, micros};
use warrant_service::query::{EvidenceQuery, EvidenceRow, RecentChange};

/// The furthest back that paging reaches, in events.
const MOST: i64 = 5_000;

enum Entry {
    /// Changes of one kind of record that one act made.
    Records(Vec<RecentChange>),
    File(Box<EvidenceRow>),
}

impl Entry {
    fn at(&self) -> i64 {
        match self {
            Self::Records(changes) => changes.first().map_or(0, |change| change.effective_at),
            Self::File(file) => file.received_at,
        }
    }
}

/// Earlier bodies by record and version.
type Bodies = BTreeMap<(String, i64), Value>;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let entries = entries(&app, &who, &frame, address.get("of")).await?;
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let shown: Vec<&Entry> = entries.iter().skip(skip).take(PAGE as usize).collect();
    let bodies = bodies(&app, &who, &shown).await?;
    let mut ids = Vec::new();
    bodies.values().for_each(|body| ids_in(body, &mut ids));
    lone(&shown).for_each(|change| ids_in(&change.body, &mut ids));
    let titles = app.service.titles_of(&who.actor, &ids).await?;
    let events: Vec<Event> =
        shown.iter().map(|entry| event(&app, &frame, entry, (&bodies, &titles))).collect();
    let place = address.pager(shown.len(), entries.len() as i64, MOST);
    let nothing =
        Empty::of("system-history-none").first(frame.href("/history", &[])).second("/record/ledger");
    let main = html! {
        div #history {
            div.toolbar { (choices(&address)) }
            @if events.is_empty() { (empty(&nothing)) }
            @else { (timeline(&events)) div.grid-foot { (pager(&place, "history")) } }
        }
    };
    let ledger = html! { a.button href="/record/ledger" { (say("places-ledger")) } };
    frame.page(&app, &who, At::History, (lead(&frame, &entries), ledger), main).await
}

async fn entries(app: &App, who: &Who, frame: &Frame, of: &str) -> Result<Vec<Entry>, PageError> {
    let until = micros(frame.at());
    let mut entries = Vec::new();
    if of != "evidence" {
        let records =
            app.service.recent_changes(&who.actor, Some(&frame.id), Timestamp::UNIX_EPOCH, MOST).await?;
        entries.extend(acts(records));
    }
    if of != "records" {
        let query = EvidenceQuery { system: Some(frame.id.clone()), limit: MOST, ..EvidenceQuery::default() };
        let files = app.service.list_evidence(&who.actor, &query).await?.rows;
        entries.extend(files.into_iter().map(|file| Entry::File(Box::new(file))));
    }
    entries.retain(|entry| entry.at() <= until);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    Ok(entries)
}

/// Changes by act and kind, so that a table of a hundred rows is one entry.
fn acts(records: Vec<RecentChange>) -> impl Iterator<Item = Entry> {
    let mut acts: BTreeMap<(i64, String), Vec<RecentChange>> = BTreeMap::new();
    for change in records {
        acts.entry((change.leaf, change.kind.clone())).or_default().push(change);
    }
    acts.into_values().map(Entry::Records)
}

/// Changes that stand alone, of which the fields are shown.
fn lone<'a>(shown: &'a [&Entry]) -> impl Iterator<Item = &'a RecentChange> {
    shown.iter().filter_map(|entry| match entry {
        Entry::Records(changes) if changes.len() == 1 => changes.first(),
        _ => None,
    })
}

/// What the changed records shown were before.
async fn bodies(app: &App, who: &Who, shown: &[&Entry]) -> Result<Bodies, PageError> {
    let mut bodies = Bodies::new();
    for change in lone(shown) {
        if change.version < 2 || bodies.contains_key(&(change.id.clone(), change.version - 1)) {
            continue;
        }
        let versions = if_there(app.service.history(&who.actor, &change.id).await)?;
        let versions = versions.unwrap_or_default().into_iter();
        bodies.extend(versions.map(|version| ((change.id.clone(), version.version), version.body)));
    }
    Ok(bodies)
}

fn lead(frame: &Frame, entries: &[Entry]) -> Markup {
    let newest = entries.first().map(|entry| from_micros(entry.at()));
    let late = entries.len() as i64 >= MOST;
    let changes = Words::of(if late { "history-changes-late" } else { "history-changes" });
    let changes = html! { strong { (changes.with("count", entries.len())) } };
    html! {
        @match newest {
            Some(newest) => (Words::of("history-lead").around("changes", changes).around("day", when::when(newest, frame.at()))),
            None => (Words::of("history-lead-none").around("changes", changes)),
        }
    }
}

fn choices(address: &ListAddress) -> Markup {
    let now = address.get("of");
    html! {
        nav.facet aria-label=(say("chart-what")) {
            @for (value, title) in [("", "history-everything"), ("records", "changes-records"), ("evidence", "places-evidence")] {
                a.chip href=(address.with("of", value)) aria-current=[(now == value).then_some("true")] data-swap="#history" data-push { (say(title)) }
            }
        }
    }
}

fn event(app: &App, frame: &Frame, entry: &Entry, (bodies, titles): (&Bodies, &Titles)) -> Event {
    let at = from_micros(entry.at());
    let (actor, what, detail) = match entry {
        Entry::Records(changes) => match changes.as_slice() {
            [change] => {
                let before = bodies.get(&(change.id.clone(), change.version - 1));
                let (what, detail) = record(app, change, before, titles);
                (change.actor.as_str(), what, detail)
            }
            several => many(app, several),
        },
        Entry::File(file) => (file.actor.as_str(), came_in(file), None),
    };
    Event {
        when: when::minute(at),
        datetime: at.to_string(),
        age: when::age(at, frame.at()),
        actor: actor.to_owned(),
        what,
        detail,
    }
}

fn came_in(file: &EvidenceRow) -> Markup {
    html! {
        (Words::of("history-brought")
            .with("count", file.facts)
            .with("tool", &file.tool)
            .with("problems", file.problems.len())
            .around("file", html! { a href=(format!("/evidence/{}", encoded(file.hash.as_str()))) { (file.name) } }))
        " · " (leaf(file.leaf))
    }
}

fn leaf(leaf: i64) -> Markup {
    html! { a.muted href=(format!("/record/ledger?leaf={leaf}")) { (Words::of("history-leaf").with("leaf", leaf.to_string())) } }
}

fn record(
    app: &App,
    change: &RecentChange,
    before: Option<&Value>,
    titles: &Titles,
) -> (Markup, Option<Markup>) {
    let Ok(kind) = app.service.kind(&change.kind) else {
        return (html! { (done(&change.action, html! { (change.id) })) " · " (leaf(change.leaf)) }, None);
    };
    let title = title_of(Some(kind), change);
    let what = html! {
        (done(&change.action, html! { (kinds::one(&kind.spec)) " " a href=(record_href(&change.kind, &change.id)) { (title) } }))
        span.muted { " · " (Words::of("history-version").with("version", change.version.to_string())) " · " }
        (leaf(change.leaf))
    };
    let changes = before.map(|before| what_changed(kind, before, &change.body, titles)).unwrap_or_default();
    let detail = (!changes.is_empty() && change.action != "delete").then(|| {
        let summary = changes.iter().map(|change| change.field.as_str()).collect::<Vec<_>>().join(", ");
        html! {
            @if changes.len() <= 3 { (diff::diff(&changes)) }
            @else { details.behind { summary { (Words::of("history-fields").with("count", changes.len()).with("fields", &summary)) } (diff::diff(&changes)) } }
        }
    });
    (what, detail)
}

/// Several records of a kind that one act wrote.
fn many<'a>(app: &App, changes: &'a [RecentChange]) -> (&'a str, Markup, Option<Markup>) {
    let first = changes.first();
    let kind = first.and_then(|change| app.service.kind(&change.kind).ok());
    let plural = kind.map_or_else(|| say("changes-records").into(), |kind| kinds::several(&kind.spec));
    let what = html! {
        @if let Some(first) = first {
            (done(&first.action, html! { (changes.len()) " " (plural) })) span.muted { " · " } (leaf(first.leaf))
        }
    };
    let detail = html! {
        details.behind {
            summary { (say("history-which")) }
            p {
                @for (nth, change) in changes.iter().enumerate() {
                    @if nth > 0 { ", " }
                    a href=(record_href(&change.kind, &change.id)) { (title_of(kind, change)) }
                }
            }
        }
    };
    (first.map_or("", |change| change.actor.as_str()), what, Some(detail))
}

/// What a changed record is called; what bears on a control is called by the control's label.
fn title_of(kind: Option<&KindEntry>, change: &RecentChange) -> String {
    let title = kind.and_then(|kind| change.body[kind.spec.title_field].as_str());
    match kind.map(|kind| kind.spec.title_field) {
        Some("control") => control_label(title.unwrap_or(&change.id)),
        _ => title.unwrap_or(&change.id).to_owned(),
    }
}

/// An action as it stands in a sentence.
fn done(action: &str, what: Markup) -> Markup {
    let name = match action {
        "create" => "history-created",
        "update" | "bulk-update" => "history-changed",
        "delete" => "history-removed",
        "import-table" => "history-imported",
        other => match other.strip_prefix("state:") {
            Some(_) => "history-took-to",
            None => "history-other",
        },
    };
    let word = action.strip_prefix("state:").map_or_else(
        || action.replace(['-', '_'], " "),
        |state| kinds::stage_word("system", state).to_lowercase(),
    );
    html! { (Words::of(name).with("word", word).around("what", what)) }
}
