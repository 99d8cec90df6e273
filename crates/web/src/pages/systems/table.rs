//! The list of systems.

use super::{Standing, scorecard, severe};
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::scorecard as drawing;
use crate::look::sparkline::sparkline;
use crate::look::table::{Chip, Chosen, Column, ColumnFilter, Facet, Row, Sorted, Table, Width};
use crate::look::when;
use crate::look::words::english;
use crate::pages::deficiency;
use crate::past;
use crate::words::{Words, kinds, say};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::level::Severity;

/// The parameter's name, the facet's title, the value of a system.
type Filter = (&'static str, &'static str, fn(&Standing) -> String);

/// Filters; units are chosen from a list, for there are many.
const FILTERS: [Filter; 5] = [
    ("leave", "fact-leave", |system| system.leave.word().to_owned()),
    ("phase", "fact-phase", |system| system.row.state.clone()),
    ("exposure", "fact-exposure", |system| system.text("exposure").to_owned()),
    ("baseline", "catalogue-baseline", |system| system.baseline().to_owned()),
    ("unit", "fact-unit", |system| system.unit.clone()),
];

/// The columns' names, and the titles of the export's columns that hold what each shows.
pub(super) const COLUMNS: [(&str, &[&str]); 8] = [
    ("system", &["System", "Unit"]),
    ("scorecard", &["Confidentiality score", "Integrity score", "Availability score"]),
    ("baseline", &["Baseline", "Exposure"]),
    ("leave", &["Authorized on", "Authorization expires"]),
    ("worst", &["Worst deficiency"]),
    (
        "deficiencies",
        &[
            "Open deficiencies, critical",
            "Open deficiencies, high",
            "Open deficiencies, medium",
            "Open deficiencies, low",
        ],
    ),
    (
        "findings",
        &["Open findings, critical", "Open findings, high", "Open findings, medium", "Open findings, low"],
    ),
    ("owner", &["Owner", "Phase"]),
];

/// The word for systems without the value.
const UNSET: &str = "not set";

/// The table of a page.
pub(super) fn view(
    list: &ListAddress,
    systems: &[Standing],
    (now, as_of): (Timestamp, Option<Date>),
) -> Table {
    let chosen = chosen(list, systems);
    let total = chosen.len() as i64;
    let shown: Vec<_> = chosen.into_iter().skip(list.offset() as usize).take(PAGE as usize).collect();
    Table {
        id: "systems".to_owned(),
        caption: say("place-systems"),
        action: "/systems".to_owned(),
        keep: list.keep(&["q", "page", "unit"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: facets(list, systems),
        columns: columns(list, systems),
        rows: shown.iter().map(|system| row(system, (now, as_of))).collect(),
        exports: if as_of.is_none() { list.exports("/systems") } else { Vec::new() },
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: nothing(systems),
        ..Table::default()
    }
}

/// The systems that fit the filters, in the order asked for.
pub(super) fn chosen<'s>(list: &ListAddress, systems: &'s [Standing]) -> Vec<&'s Standing> {
    let mut chosen: Vec<_> = systems.iter().filter(|system| fits(list, system, "")).collect();
    let (column, descending) = list.sorted();
    match column {
        "name" => chosen.sort_by_key(|system| system.name().to_lowercase()),
        "leave" => chosen.sort_by_key(|system| system.leave.order()),
        "deficiencies" => {
            chosen.sort_by_key(|system| system.summary.as_ref().map(|s| s.deficiencies.total()))
        }
        "findings" => chosen.sort_by_key(|system| system.summary.as_ref().map(|s| s.open_findings.total())),
        _ => return chosen,
    }
    if descending {
        chosen.reverse();
    }
    chosen
}

/// Whether a system fits every filter but one.
fn fits(list: &ListAddress, system: &Standing, but: &str) -> bool {
    let value =
        |of: fn(&Standing) -> String| Some(of(system)).filter(|v| !v.is_empty()).unwrap_or(UNSET.to_owned());
    let by_facet = FILTERS
        .iter()
        .filter(|(name, ..)| *name != but)
        .all(|(name, _, of)| list.get(name).is_empty() || list.get(name) == value(*of));
    let haystack =
        [system.name(), system.text("abbreviation"), &system.unit, &system.owner].join(" ").to_lowercase();
    by_facet && list.get("q").to_lowercase().split_whitespace().all(|word| haystack.contains(word))
}

/// How many systems have each value of a filter, the filter itself left aside.
fn counts(
    list: &ListAddress,
    systems: &[Standing],
    name: &str,
    of: fn(&Standing) -> String,
) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for system in systems.iter().filter(|system| fits(list, system, name)) {
        let value = Some(of(system)).filter(|value| !value.is_empty()).unwrap_or(UNSET.to_owned());
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn facets(list: &ListAddress, systems: &[Standing]) -> Vec<Facet> {
    let facet = |(name, title, of): &Filter| {
        let counts = counts(list, systems, name, *of);
        let chip = |(value, count): (String, u64)| {
            let (chosen, href) = list.toggle(name, &value);
            Chip { title: said(name, &value), shape: None, count, href, chosen }
        };
        Facet { title: say(title), chips: counts.into_iter().map(chip).collect() }
    };
    let tells = |facet: &Facet| facet.chips.len() > 1 || facet.chips.iter().any(|c| c.chosen == Chosen::Yes);
    FILTERS.iter().filter(|(name, ..)| *name != "unit").map(facet).filter(tells).collect()
}

/// A value as it is read.
fn said(name: &str, value: &str) -> String {
    match (name, value) {
        ("leave", "given") => say("leave-given"),
        ("leave", "soon") => say("leave-soon"),
        ("leave", "lapsed") => say("leave-over"),
        ("leave", "none") => say("leave-never"),
        ("leave", "not-asked") => say("leave-not-asked"),
        (_, UNSET) => say("not-set"),
        ("phase", phase) => kinds::stage_word("system", phase).to_lowercase(),
        ("baseline", level) => kinds::choice("impact", level).to_lowercase(),
        (field, word) => kinds::choice(field, word).to_lowercase(),
    }
}

fn columns(list: &ListAddress, systems: &[Standing]) -> Vec<Column> {
    let units = counts(list, systems, "unit", |system| system.unit.clone()).into_iter();
    let units = ColumnFilter {
        name: "unit".to_owned(),
        value: list.get("unit").to_owned(),
        choices: units
            .map(|(unit, count)| {
                (
                    unit.clone(),
                    format!("{} ({count})", if unit == UNSET { say("not-set") } else { unit.clone() }),
                )
            })
            .collect(),
    };
    let plain = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let sorted = |title: &str, width, by: &str| {
        let (sorted, href) = list.sort(by);
        Column { sort: Some(href), sorted, ..plain(title, width) }
    };
    let worst = Column {
        sort: Some(list.with("sort", "")),
        sorted: if list.get("sort").is_empty() { Sorted::Descending } else { Sorted::No },
        ..plain(&say("systems-worst"), Width::Fill)
    };
    vec![
        Column { filter: Some(units), ..sorted(&say("systems-and-unit"), Width::Fill, "name") },
        plain(&say("column-c-i-a"), Width::Fit),
        plain(&say("catalogue-baseline"), Width::Fit),
        sorted(&say("column-leave-to-operate"), Width::Fit, "leave"),
        worst,
        sorted(&say("deficiencies"), Width::Fit, "deficiencies"),
        sorted(&say("places-findings"), Width::Figures, "findings"),
        plain(&say("systems-owner-phase"), Width::Fit),
    ]
}

fn row(system: &Standing, (now, as_of): (Timestamp, Option<Date>)) -> Row {
    let summary = system.summary.as_deref();
    let id = encoded(&system.row.id);
    let not_computed = || html! { span.muted { "–" } };
    let figures: Vec<f64> = system.trend.iter().map(|point| f64::from(point.deficiencies)).collect();
    let evidence = summary.and_then(|summary| summary.evidence_at);
    let heard = evidence.map_or_else(
        || say("standing-no-evidence"),
        |at| Words::of("standing-newest").with("day", when::age(at, now)).said(),
    );
    let baseline = system.baseline();
    let line = say("systems-line");
    Row {
        id: system.row.id.clone(),
        title: system.name().to_owned(),
        href: past::href(&format!("/systems/{id}"), as_of),
        cells: vec![
            html! { span title=(heard) { (system.name()) } br; span.muted.why { (system.unit) } },
            drawing::scorecard(&scorecard(summary)),
            html! {
                @if baseline.is_empty() { span.muted { (say("not-set")) } } @else { (said("baseline", baseline)) }
                br; span.muted { @match system.text("exposure") { "" => "–", exposure => (said("exposure", exposure)) } }
            },
            html! { (system.leave.badge()) @if let Some(end) = system.leave.end() { br; span.muted { (Words::of("upcoming-until").with("day", end)) } } },
            summary.map_or_else(not_computed, |summary| worst(summary.worst.as_ref())),
            summary.map_or_else(not_computed, |summary| html! {
                a href=(safe(&format!("/?system={id}"))) { (thousands(i64::from(summary.deficiencies.total()))) }
                @if severe(summary) > 0 { " " span.muted title=(say("systems-severe-title")) { (Words::of("systems-severe").with("count", severe(summary))) } }
                (sparkline(&figures, &line))
            }),
            summary.map_or_else(not_computed, |summary| {
                let worst = Severity::DESCENDING.into_iter().find(|s| summary.open_findings.of(*s) > 0);
                html! {
                    span class=(worst.map_or("badge".to_owned(), |worst| format!("badge sev-{}", worst.word()))) {
                        @if let Some(worst) = worst { (badge::severity_shape(worst)) }
                        a href=(format!("/systems/{id}/findings")) { (thousands(i64::from(summary.open_findings.total()))) }
                    }
                }
            }),
            html! {
                @if system.owner.is_empty() { span.muted { (say("nobody")) } } @else { (system.owner) }
                br; span.muted { (said("phase", &system.row.state)) }
            },
        ],
        ..Row::default()
    }
}

fn worst(worst: Option<&(String, String)>) -> Markup {
    html! {
        @match worst {
            Some((id, title)) => a href=(safe(&deficiency::href(id))) data-swap="#panel" { (english(title)) },
            None => span.muted { (say("none")) },
        }
    }
}

fn nothing(systems: &[Standing]) -> Empty {
    let new = "/records/system/new?next=%2Fsystems";
    if systems.is_empty() {
        Empty::of("systems-none").first(new).second("/import?kind=system")
    } else {
        Empty::of("systems-none-fit").first("/systems").second(new)
    }
}
