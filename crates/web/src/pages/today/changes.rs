//! What changed since a day: systems that got better or worse, evidence that came in, records that changed.

use super::WEEK;
use crate::error::PageError;
use crate::list::{ListAddress, encoded};
use crate::look::empty::{none, none_but};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::timeline::{Event, timeline};
use crate::look::when;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::time::{day, from_micros, micros, parse, plus_days, start_of};
use warrant_service::query::{EvidenceQuery, EvidenceRow, RecentChange};
use warrant_service::trend::TrendPoint;

/// How many systems and files.
const MOST: i64 = 8;
/// How many records.
const RECORDS: i64 = 8;

/// The part of the page below the queue.
pub(super) async fn changes(app: &App, who: &Who, list: &ListAddress) -> Result<Markup, PageError> {
    let now = app.service.now();
    let week_ago = start_of(day(plus_days(now, -WEEK)));
    let since = parse(list.get("since")).filter(|since| *since < now).unwrap_or(week_ago);
    let names = app.service.system_names(&who.actor).await?;
    let trends = app.service.trends(&who.actor, since).await?;
    let query = EvidenceQuery { limit: MOST, ..EvidenceQuery::default() };
    let mut evidence = app.service.list_evidence(&who.actor, &query).await?.rows;
    evidence.retain(|row| row.received_at >= micros(since));
    let evidence: Vec<_> = evidence.iter().map(|row| came_in(row, &names, now)).collect();
    let records = app.service.recent_changes(&who.actor, None, since, RECORDS).await?;
    let records: Vec<_> = records.iter().map(|change| event(app, change, now)).collect();
    let aside = html! {
        form.buttons action="/" {
            @for (name, value) in list.keep(&["since", "page"]) { input type="hidden" name=(name) value=(value); }
            label for="since" { (say("changes-since")) }
            input #since type="date" name="since" value=(day(since)) max=(day(now));
            button.small { (say("button-show")) }
        }
    };
    Ok(section(
        &say("changes"),
        aside,
        html! {
            div.columns {
                div.stack-gap {
                    div { h3 { (say("changes-systems")) } (moves(&trends, &names)) }
                    div {
                        h3 { (say("changes-evidence")) }
                        @if evidence.is_empty() { (none_but("changes-no-evidence", "/import")) }
                        (timeline(&evidence))
                        @if !evidence.is_empty() { p { a href="/evidence" { (say("changes-all-evidence")) } } }
                    }
                }
                div {
                    h3 { (say("changes-records")) }
                    @if records.is_empty() { (none("changes-no-record")) }
                    (timeline(&records))
                    @if !records.is_empty() { p { a href="/record/ledger" { (say("changes-all")) } } }
                }
            }
        },
    ))
}

/// Deficiencies of each system at the beginning and now, those that moved most first.
fn moves(trends: &BTreeMap<String, Vec<TrendPoint>>, names: &BTreeMap<String, String>) -> Markup {
    let ends = |(id, trend): (&String, &Vec<TrendPoint>)| {
        let (first, last) = (trend.first()?.deficiencies, trend.last()?.deficiencies);
        (first != last).then(|| (id.clone(), i64::from(first), i64::from(last)))
    };
    let mut moved: Vec<_> = trends.iter().filter_map(ends).collect();
    moved.sort_by_key(|(_, first, last)| -(last - first).abs());
    let (before, after) = (moved.iter().map(|m| m.1).sum::<i64>(), moved.iter().map(|m| m.2).sum::<i64>());
    html! {
        @if moved.is_empty() { (none("changes-no-system")) }
        @else {
            table {
                thead { tr { th scope="col" { (say("column-system")) } @for heading in ["column-then", "column-now", "column-change"] { th.figures scope="col" { (say(heading)) } } } }
                tbody {
                    @for (id, first, last) in moved.iter().take(MOST as usize) { (moved_row(id, names, *first, *last)) }
                    @if moved.len() > 1 { tr { th scope="row" { (say("changes-all-moved")) } td.figures { (thousands(before)) } td.figures { (thousands(after)) } td.figures { strong { (signed(after - before)) } } } }
                }
            }
        }
    }
}

fn moved_row(id: &str, names: &BTreeMap<String, String>, first: i64, last: i64) -> Markup {
    let name = names.get(id).cloned().unwrap_or_else(|| say("place-programme"));
    let filter = if id.is_empty() { super::query::PROGRAMME } else { id };
    html! {
        tr {
            th scope="row" { a href=(safe(&format!("/?system={}", encoded(filter)))) { (name) } }
            td.figures { (thousands(first)) }
            td.figures { (thousands(last)) }
            td.figures { (signed(last - first)) }
        }
    }
}

fn signed(change: i64) -> String {
    if change > 0 { format!("+{}", thousands(change)) } else { thousands(change) }
}

fn came_in(row: &EvidenceRow, names: &BTreeMap<String, String>, now: Timestamp) -> Event {
    let at = from_micros(row.received_at);
    let system = names.get(&row.system).cloned().unwrap_or_else(|| say("the-organisation"));
    let href = format!("/evidence/{}", encoded(row.hash.as_str()));
    Event {
        when: when::minute(at),
        datetime: at.to_string(),
        age: when::age(at, now),
        actor: row.actor.clone(),
        what: html! { (Words::of("changes-brought").with("system", system).with("count", row.facts).around("file", html! { a href=(href) { (row.name) } })) },
        detail: None,
    }
}

fn event(app: &App, change: &RecentChange, now: Timestamp) -> Event {
    let kind = app.service.registry().kind(&change.kind);
    let title = kind.and_then(|kind| change.body[kind.spec.title_field].as_str()).unwrap_or(&change.id);
    let what = kind.map_or_else(|| change.kind.clone(), |kind| kinds::one(&kind.spec).into_owned());
    let did = match (change.action.as_str(), change.version) {
        ("delete", _) => "changes-removed",
        (_, 1) => "changes-added",
        _ => "changes-changed",
    };
    let at = from_micros(change.recorded_at);
    let href = record_href(&change.kind, &change.id);
    Event {
        when: when::minute(at),
        datetime: at.to_string(),
        age: when::age(at, now),
        actor: change.actor.clone(),
        what: html! { (Words::of(did).with("kind", what).around("title", html! { a href=(safe(&href)) { (title) } })) },
        detail: None,
    }
}
