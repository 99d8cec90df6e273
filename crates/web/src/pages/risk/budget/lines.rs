//! Budget lines as a table: filter, sort, export.

use super::super::words;
use super::record;
use crate::list::{ListAddress, PAGE};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::figure::short_money;
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width};
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_service::risk::{LineView, Overrun, ResourcesView};

/// The lines that fit the address, in its order.
pub(super) fn chosen<'v>(list: &ListAddress, view: &'v ResourcesView) -> Vec<&'v LineView> {
    let mut chosen: Vec<_> = view.lines.iter().filter(|line| fits(list, line)).collect();
    let (column, descending) = list.sorted();
    match column {
        "title" => chosen.sort_by_key(|line| line.title.to_lowercase()),
        "unit" => chosen.sort_by_key(|line| line.unit_name.to_lowercase()),
        "amount" => chosen.sort_by(|a, b| a.amount.total_cmp(&b.amount)),
        "paid" => chosen.sort_by(|a, b| a.paid.total_cmp(&b.paid)),
        "promised" => chosen.sort_by(|a, b| a.promised.total_cmp(&b.promised)),
        "free" => chosen.sort_by(|a, b| a.free().total_cmp(&b.free())),
        "cost" => chosen.sort_by(|a, b| a.forecast.likely.total_cmp(&b.forecast.likely)),
        _ => return chosen,
    }
    if descending {
        chosen.reverse();
    }
    chosen
}

fn fits(list: &ListAddress, line: &LineView) -> bool {
    let (initiative, policy) = (line.initiative.as_deref(), line.policy.as_deref());
    let words = [Some(line.title.as_str()), Some(line.unit_name.as_str()), initiative, policy];
    let text = words.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
    (list.get("state").is_empty() || list.get("state") == line.state)
        && (list.get("overrun").is_empty() || list.get("overrun") == word(line.overrun()))
        && list.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The word of an overrun.
fn word(overrun: Overrun) -> &'static str {
    match overrun {
        Overrun::Certain => "not enough",
        Overrun::Possible => "may not suffice",
        Overrun::No => "enough",
    }
}

/// The table of the page.
pub(super) fn table(list: &ListAddress, view: &ResourcesView) -> Table {
    let chosen = chosen(list, view);
    let total = chosen.len() as i64;
    let shown: Vec<_> = chosen.into_iter().skip(list.offset() as usize).take(PAGE as usize).collect();
    let sorted = |name, width, by: &str| list.column(&say(name), width, by);
    Table {
        id: "lines".to_owned(),
        caption: say("budget-lines"),
        action: "/budget".to_owned(),
        keep: list.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: [
            facet(list, view, "column-state", "state", |line| (line.state.as_str(), state_word(line))),
            facet(list, view, "lines-granted-is", "overrun", |line| {
                (word(line.overrun()), words::overrun(line.overrun()))
            }),
        ]
        .into_iter()
        .filter(|facet| !facet.chips.is_empty())
        .collect(),
        columns: vec![
            sorted("lines-what", Width::Fill, "title"),
            sorted("column-unit", Width::Fit, "unit"),
            Column::plain(&say("column-state"), Width::Fit),
            list.column(
                &Words::of("lines-amount").with("currency", &view.currency).said(),
                Width::Figures,
                "amount",
            ),
            sorted("lines-paid", Width::Figures, "paid"),
            sorted("lines-promised", Width::Figures, "promised"),
            sorted("lines-free", Width::Figures, "free"),
            sorted("lines-will-cost", Width::Figures, "cost"),
            Column::plain(&say("lines-granted-is"), Width::Fit),
        ],
        rows: shown.iter().map(|line| row(line)).collect(),
        exports: list.exports("/budget"),
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: Empty::of("budget-lines-none")
            .first(list.without("state").without("overrun").with("q", ""))
            .second("/records/budget_line/new"),
        ..Table::default()
    }
}

fn facet(
    list: &ListAddress,
    view: &ResourcesView,
    title: &'static str,
    name: &str,
    of: impl Fn(&LineView) -> (&str, String),
) -> Facet {
    let mut counts: BTreeMap<&str, (String, u64)> = BTreeMap::new();
    for line in &view.lines {
        let (value, title) = of(line);
        counts.entry(value).or_insert_with(|| (title, 0)).1 += 1;
    }
    let chip = |(value, (title, count)): (&str, (String, u64))| {
        let (chosen, href) = list.toggle(name, value);
        Chip { title, shape: None, count, href, chosen }
    };
    let chips: Vec<_> = counts.into_iter().map(chip).collect();
    let tells = chips.len() > 1 || chips.iter().any(|chip| chip.chosen == Chosen::Yes);
    Facet { title: say(title), chips: if tells { chips } else { Vec::new() } }
}

/// The word of a line's state, which stands within a sentence.
fn state_word(line: &LineView) -> String {
    kinds::stage_word("budget_line", &line.state).to_lowercase()
}

fn state(line: &LineView) -> Markup {
    let progress = match line.state.as_str() {
        "requested" => Progress::Open,
        "granted" => Progress::Underway,
        "closed" => Progress::Done,
        _ => Progress::Aside,
    };
    badge::state(&state_word(line), progress)
}

fn row(line: &LineView) -> Row {
    let told = &line.forecast;
    let suffices = match (line.state.as_str(), line.overrun()) {
        ("requested" | "refused", _) => html! { span.muted { "–" } },
        (_, Overrun::Certain) => badge::state(&words::overrun(Overrun::Certain), Progress::Failed),
        (_, Overrun::Possible) => badge::state(&words::overrun(Overrun::Possible), Progress::Unknown),
        (_, Overrun::No) => badge::state(&words::overrun(Overrun::No), Progress::Done),
    };
    Row {
        id: line.id.clone(),
        title: line.title.clone(),
        href: record(line),
        cells: vec![
            html! { (line.title) },
            html! { (line.unit_name) },
            state(line),
            html! { (short_money(line.amount)) },
            html! { (short_money(line.paid)) },
            html! { (short_money(line.promised)) },
            html! { @if line.state == "refused" { span.muted { "–" } } @else { (short_money(line.free())) } },
            super::ranged(told),
            suffices,
        ],
        ..Row::default()
    }
}
