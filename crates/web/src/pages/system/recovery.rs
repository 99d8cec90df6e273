//! Recovery: what of each component would be lost if it went now, and what shows that it would come back.

use super::frame::{At, Frame};
use super::shown::{column, deficiencies, plain};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge::{self, Progress};
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::panel::section;
use crate::look::table::{Chip, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::look::words::english;
use crate::pages::source_link;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use std::cmp::Reverse;
use warrant_analysis::{BackupEvent, Recovery, Saved};
use warrant_model::fact::BackupAct;
use warrant_model::posture::Source;
use warrant_model::time::micros;
use warrant_service::tables::TableFormat;

/// Events shown of the log.
const MOST: usize = 20;

/// Bars drawn at most.
const BARS: usize = 12;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.recovery(&frame.snapshot);
    let shown = chosen(&all, &address);
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> = shown.iter().skip(skip).take(PAGE as usize).map(|one| row(&frame, one)).collect();
    let view = Table {
        id: "recovery".to_owned(),
        caption: say("system-tab-recovery"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![states(&all, &address)],
        columns: vec![
            address.column(&say("column-component"), Width::Fill, "name"),
            column(&say("recovery-saved"), Width::Fit),
            address.column(&say("recovery-may"), Width::Figures, "may"),
            address.column(&say("recovery-would"), Width::Figures, "would"),
            column(&say("recovery-backup"), Width::Fit),
            column(&say("recovery-read-back"), Width::Fit),
            column(&say("recovery-restored"), Width::Fit),
        ],
        pager: address.pager(rows.len(), shown.len() as i64, i64::MAX),
        rows,
        exports: address.exports(&address.path),
        empty: nothing(&frame, &address),
        ..Table::default()
    };
    let wrong = frame.posture.deficiencies.iter().filter(|one| one.check.starts_with("backup-"));
    let count = wrong.clone().count();
    let main = html! {
        (picture(&frame, &all))
        (table(&view))
        (section(&say("recovery-wrong"), html! { (count) }, deficiencies(&frame, ("recovery-wrong", &say("recovery-wrong")), wrong, "recovery-none-wrong")))
        (log(&frame))
    };
    let import = html! {
        @if frame.is_now() { a.button.primary href=(format!("/import?system={}", encoded(&frame.id))) { (say("recovery-import")) } }
    };
    frame.page(&app, &who, At::Recovery, (lead(&frame, &all), import), main).await
}

/// The components that are listed, as comma-separated values or a workbook.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.recovery(&frame.snapshot);
    let bytes = app.service.recovery_file(&chosen(&all, &address), format)?;
    Ok(file::table(&format!("{}-recovery", frame.name), format, bytes))
}

fn lead(frame: &Frame, all: &[Recovery<'_>]) -> Markup {
    let count = |saved| all.iter().filter(|one| one.saved == saved).count();
    let asked = all.len() - count(Saved::NotAsked);
    if asked == 0 {
        return html! { (say("recovery-lead-none")) };
    }
    let restored = all.iter().filter(|one| one.saved != Saved::NotAsked && speaks(frame, one.restored_until));
    let within = Words::of("recovery-within").with("count", count(Saved::Within)).with("all", asked);
    let sentence = Words::of("recovery-lead")
        .with("old", count(Saved::TooOld))
        .with("never", count(Saved::Never))
        .with("restored", restored.count())
        .around("within", html! { strong { (within) } });
    html! { (sentence) @if frame.snapshot.system.body.phase != "operational" { " " (say("recovery-not-operating")) } }
}

/// Whether something that holds until an instant holds at the one that is shown.
fn speaks(frame: &Frame, until: Option<Timestamp>) -> bool {
    until.is_some_and(|until| until > frame.at())
}

/// The components asked for, in the order asked for.
fn chosen<'a, 's>(all: &'a [Recovery<'s>], address: &ListAddress) -> Vec<&'a Recovery<'s>> {
    let words: Vec<_> = address.get("q").split_whitespace().map(str::to_lowercase).collect();
    let state = address.get("state");
    let fits = |one: &&Recovery<'_>| {
        let name = one.component.body.name.to_lowercase();
        (state.is_empty() || word(one.saved) == state) && words.iter().all(|word| name.contains(word))
    };
    let mut shown: Vec<_> = all.iter().filter(fits).collect();
    let (column, descending) = address.sorted();
    match column {
        "name" => shown.sort_by_key(|one| one.component.body.name.to_lowercase()),
        "may" => shown.sort_by_key(|one| one.component.body.backup_rpo_hours.unwrap_or(u32::MAX)),
        "would" => shown.sort_by_key(|one| Reverse(one.backup.map(|event| event.fact.at))),
        _ => return shown,
    }
    if descending {
        shown.reverse();
    }
    shown
}

/// The word of an address.
fn word(saved: Saved) -> &'static str {
    match saved {
        Saved::Within => "within",
        Saved::TooOld => "too-old",
        Saved::Never => "never",
        Saved::NotAsked => "not-asked",
    }
}

fn title(saved: Saved) -> String {
    say(match saved {
        Saved::Within => "recovery-state-within",
        Saved::TooOld => "recovery-state-too-old",
        Saved::Never => "recovery-state-never",
        Saved::NotAsked => "recovery-state-not-asked",
    })
}

fn states(all: &[Recovery<'_>], address: &ListAddress) -> Facet {
    let chip = |saved| {
        let count = all.iter().filter(|one| one.saved == saved).count() as u64;
        let (chosen, href) = address.toggle("state", word(saved));
        Chip { title: title(saved), shape: None, count, href, chosen }
    };
    let each = [Saved::Never, Saved::TooOld, Saved::Within, Saved::NotAsked];
    Facet {
        title: say("recovery-saved"),
        chips: each.map(chip).into_iter().filter(|chip| chip.count > 0).collect(),
    }
}

/// Whole hours between an event and the instant that is shown.
fn hours(frame: &Frame, event: &BackupEvent) -> i64 {
    (micros(frame.at()) - micros(event.fact.at)).max(0) / 3_600_000_000
}

/// Hours as people count them.
fn span(hours: i64) -> String {
    match hours {
        ..=72 => Words::of("recovery-hours").with("count", hours).said(),
        _ => Words::of("count-days").with("count", hours / 24).said(),
    }
}

/// What would be lost now, beside what may be.
fn picture(frame: &Frame, all: &[Recovery<'_>]) -> Markup {
    let bar = |one: &Recovery<'_>| {
        let (event, may) = (one.backup?, one.component.body.backup_rpo_hours?);
        let title = Words::of("recovery-bar")
            .with("component", &one.component.body.name)
            .with("may", span(may.into()));
        Some(Bar {
            title: title.said(),
            value: hours(frame, event) as f64,
            colour: if one.saved == Saved::TooOld { Colour::Ink } else { Colour::Accent },
            ..Bar::default()
        })
    };
    let drawn: Vec<_> = all.iter().filter_map(bar).take(BARS).collect();
    html! {
        @if !drawn.is_empty() {
            div.feed {
                (bars(&Bars { title: say("recovery-picture"), unit: "h".to_owned(), bars: drawn }))
                p.muted { (say("recovery-dark")) }
            }
        }
    }
}

fn row(frame: &Frame, one: &Recovery<'_>) -> Row {
    let body = &one.component.body;
    let progress = match one.saved {
        Saved::Within => Progress::Done,
        Saved::TooOld | Saved::Never => Progress::Failed,
        Saved::NotAsked => Progress::Aside,
    };
    let none = |name: &'static str| html! { span.muted { (say(name)) } };
    Row {
        id: one.component.id.0.clone(),
        title: body.name.clone(),
        href: format!("/records/component/{}", encoded(one.component.id.as_str())),
        cells: vec![
            html! { (body.name) },
            badge::state(&title(one.saved), progress),
            html! { @match body.backup_rpo_hours { Some(may) => (span(may.into())), None => (none("not-set")) } },
            html! { @match one.backup { Some(event) => (span(hours(frame, event))), None if one.saved == Saved::NotAsked => span.muted { "–" }, None => (none("recovery-all")) } },
            html! {
                @match one.backup { Some(event) => (seen(frame, event, None)), None => (none("recovery-no-backup")) }
                @if let Some(failed) = one.failed { " " span title=(failed.fact.detail) { (badge::tag(&Words::of("recovery-failed").with("age", when::age(failed.fact.at, frame.at())).said())) } }
            },
            html! {
                @match one.check {
                    Some(event) if one.checked_until.is_some() => (seen(frame, event, one.checked_until)),
                    Some(event) => { span.muted { (say("recovery-structure")) } " " a href=(source_of(event)) { (when::time(event.fact.at)) } }
                    None => (none("recovery-never"))
                }
            },
            html! {
                @match one.restore {
                    Some(event) => (seen(frame, event, one.restored_until)),
                    None => (none("recovery-never"))
                }
            },
        ],
        ..Row::default()
    }
}

/// The day of an event, which leads to its line, and how long ago it was, or that it does not speak for the present any more.
fn seen(frame: &Frame, event: &BackupEvent, until: Option<Timestamp>) -> Markup {
    let over = until.is_some() && !speaks(frame, until);
    html! {
        a href=(source_of(event)) { (when::time(event.fact.at)) } " "
        @if over { strong { (say("recovery-too-long-ago")) } } @else { span.muted { (when::age(event.fact.at, frame.at())) } }
    }
}

fn source_of(event: &BackupEvent) -> String {
    source_link(&Source::Evidence { evidence: event.evidence.clone(), place: event.place.clone() }).href
}

/// The newest events of all hosts, failed ones too.
fn log(frame: &Frame) -> Markup {
    let mut events: Vec<&BackupEvent> = frame.snapshot.backups.iter().collect();
    let count = events.len();
    events.sort_by_key(|event| Reverse((event.fact.at, &event.fact.host, event.place.line)));
    let columns = vec![
        column(&say("recovery-when"), Width::Fit),
        column(&say("recovery-host"), Width::Fit),
        column(&say("recovery-act"), Width::Fit),
        column(&say("recovery-detail"), Width::Fill),
        column(&say("places-evidence"), Width::Fit),
    ];
    let rows = events.into_iter().take(MOST).enumerate().map(|(nth, event)| Row {
        id: nth.to_string(),
        title: event.fact.detail.clone(),
        cells: vec![
            when::when(event.fact.at, frame.at()),
            html! { span title=(event.fact.host) { (cut(&event.fact.host, 32)) } },
            badge::state(
                &act(event.fact.act),
                if event.fact.succeeded { Progress::Done } else { Progress::Failed },
            ),
            english(&event.fact.detail),
            source_link(&Source::Evidence { evidence: event.evidence.clone(), place: event.place.clone() })
                .anchor(),
        ],
        ..Row::default()
    });
    let aside = html! { @if count > MOST { (Words::of("recovery-newest-of").with("shown", MOST).with("count", count)) } @else { (count) } };
    let caption = say("recovery-log");
    let body = plain("recovery-log", &caption, columns, rows.collect(), Empty::of("recovery-no-log"));
    section(&caption, aside, body)
}

fn act(act: BackupAct) -> String {
    say(match act {
        BackupAct::Snapshot => "backup-act-snapshot",
        BackupAct::StructureCheck => "backup-act-structure",
        BackupAct::DataCheck => "backup-act-data",
        BackupAct::Restore => "backup-act-restore",
    })
}

fn nothing(frame: &Frame, address: &ListAddress) -> Empty {
    if !frame.snapshot.components.is_empty() {
        return Empty::of("recovery-none-fit")
            .first(ListAddress::bare(&address.path).with("as_of", address.get("as_of")));
    }
    let new = frame.is_now().then(|| frame.new_href("component", At::Recovery));
    Empty::of("recovery-none").first_if(new).second(frame.href("/boundary", &[]))
}
