//! The scenarios in force as a table: filter, sort, export.

use super::{treatment, words};
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::Empty;
use crate::look::figure::{percent, short_money, small_percent};
use crate::look::link::safe;
use crate::look::table::{Chip, Chosen, Column, ColumnFilter, Facet, Row, Table, Width};
use crate::pages::sources::record_href;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{Deciding, RiskView, ScenarioLine, ScopeUnit};

/// The scenarios that fit the address, in its order.
pub(super) fn chosen<'v>(list: &ListAddress, view: &'v RiskView) -> Vec<&'v ScenarioLine> {
    let mut chosen: Vec<_> = view.scenarios.iter().filter(|line| fits(list, line)).collect();
    let (column, descending) = list.sorted();
    match column {
        "title" => chosen.sort_by_key(|line| line.title.to_lowercase()),
        "system" => chosen.sort_by_key(|line| line.system_name.to_lowercase()),
        "expected" => chosen.sort_by(|a, b| a.figures.ale.total_cmp(&b.figures.ale)),
        "any" => chosen.sort_by(|a, b| a.figures.any_loss.total_cmp(&b.figures.any_loss)),
        "bad" => chosen.sort_by(|a, b| at(a, 0.95).total_cmp(&at(b, 0.95))),
        "worst" => chosen.sort_by(|a, b| at(a, 0.99).total_cmp(&at(b, 0.99))),
        "review" => chosen.sort_by_key(|line| line.review_by),
        _ => return chosen,
    }
    if descending {
        chosen.reverse();
    }
    chosen
}

fn fits(list: &ListAddress, line: &ScenarioLine) -> bool {
    let text = format!("{} {} {}", line.title, line.system_name, line.actor).to_lowercase();
    let decision = list.get("decision");
    (decision.is_empty() || line.decision.deciding.title() == decision)
        && list.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// VaR at a level: what a year's loss does not exceed with that probability.
pub(super) fn at(line: &ScenarioLine, level: f64) -> f64 {
    line.figures.levels.iter().find(|found| found.level >= level).map_or(0.0, |found| found.var.estimate)
}

/// The table of a page.
pub(super) fn table(list: &ListAddress, view: &RiskView, units: &[ScopeUnit]) -> Table {
    let chosen = chosen(list, view);
    let total = chosen.len() as i64;
    let sum: f64 = view.scenarios.iter().map(|line| line.figures.ale).sum();
    let shown: Vec<_> = chosen.into_iter().skip(list.offset() as usize).take(PAGE as usize).collect();
    Table {
        id: "scenarios".to_owned(),
        caption: say("scenarios-title"),
        action: "/risk".to_owned(),
        keep: list.keep(&["q", "page", "unit"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: facets(list, view),
        columns: columns(list, view, units),
        rows: shown.iter().map(|line| row(line, sum)).collect(),
        exports: list.exports("/risk"),
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: Empty::of("scenarios-none-fit").first("/risk").second("/records/scenario/new"),
        ..Table::default()
    }
}

fn facets(list: &ListAddress, view: &RiskView) -> Vec<Facet> {
    let of = |wanted| view.scenarios.iter().filter(|line| line.decision.deciding == wanted).count() as u64;
    let mut counts: Vec<_> = Deciding::ALL.into_iter().map(|one| (one, of(one))).collect();
    counts.retain(|(_, count)| *count > 0);
    counts.sort_by_key(|(deciding, _)| deciding.title());
    let chip = |(deciding, count): (Deciding, u64)| {
        let (chosen, href) = list.toggle("decision", deciding.title());
        Chip { title: words::deciding(deciding), shape: None, count, href, chosen }
    };
    let facet =
        Facet { title: say("column-decision"), chips: counts.into_iter().map(chip).collect::<Vec<_>>() };
    let tells = facet.chips.len() > 1 || facet.chips.iter().any(|chip| chip.chosen == Chosen::Yes);
    if tells { vec![facet] } else { Vec::new() }
}

fn columns(list: &ListAddress, view: &RiskView, units: &[ScopeUnit]) -> Vec<Column> {
    let sorted = |name, width, by: &str| list.column(&say(name), width, by);
    let units = ColumnFilter {
        name: "unit".to_owned(),
        value: list.get("unit").to_owned(),
        choices: units.iter().map(|u| (u.id.clone(), format!("{} ({})", u.name, u.scenarios))).collect(),
    };
    let system = sorted("column-system", Width::Fit, "system");
    vec![
        sorted("scenarios-what", Width::Fill, "title"),
        Column { filter: (!units.choices.is_empty()).then_some(units), ..system },
        list.column(
            &Words::of("scenarios-a-year").with("currency", &view.currency).said(),
            Width::Figures,
            "expected",
        ),
        Column { title: say("scenarios-share"), width: Width::Figures, ..Column::default() },
        sorted("scenarios-any-loss", Width::Figures, "any"),
        sorted("scenarios-in-20", Width::Figures, "bad"),
        sorted("scenarios-in-100", Width::Figures, "worst"),
        Column { title: say("column-decision"), ..Column::default() },
        sorted("scenarios-review", Width::Fit, "review"),
    ]
}

fn row(line: &ScenarioLine, sum: f64) -> Row {
    let share = if sum > 0.0 { line.figures.ale / sum } else { 0.0 };
    Row {
        id: line.id.clone(),
        title: line.title.clone(),
        href: format!("/risk/{}", encoded(&line.id)),
        cells: vec![
            html! { (line.title) },
            system(&line.system, &line.system_name),
            html! { (short_money(line.figures.ale)) },
            html! { (percent(share)) },
            html! { (small_percent(line.figures.any_loss)) },
            html! { (short_money(at(line, 0.95))) },
            html! { (short_money(at(line, 0.99))) },
            treatment::cell(&line.decision),
            html! { @match line.review_by { Some(day) => (day), None => span.muted { (say("not-set")) } } },
        ],
        ..Row::default()
    }
}

/// A system as a link.
pub(super) fn system(id: &str, name: &str) -> Markup {
    html! { a href=(safe(&record_href("system", id))) { (name) } }
}
