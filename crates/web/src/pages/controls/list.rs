//! The list of controls.

use super::family::{Family, baseline_title, baseline_word, baselines, controls, family_of};
use super::standing;
use crate::error::Answer;
use crate::file;
use crate::language::{ENGLISH, of_english, speaking};
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::chart::{Colour, Part, Stacked, stacked};
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::words::english;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use maud::{Markup, html};
use warrant_catalog::index::{Baseline, ControlFacts, Index};
use warrant_catalog::summary::summary;
use warrant_model::posture::ControlCounts;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::matrix::ControlMatrix;
use warrant_service::tables::TableFormat;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let matrix = app.service.control_matrix(&who.actor).await?;
    let all = controls(&address, Family::Wanted);
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(all.len());
    let shown: Vec<_> = all.iter().copied().skip(from).take(PAGE as usize).collect();
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "controls".to_owned(),
        caption: say("places-controls"),
        action: "/controls".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![families(&address), baseline_chips(&address)],
        columns: vec![
            column(&say("column-control"), Width::Fit),
            column(&say("column-what-it-asks-for"), Width::Fill),
            column(&say("column-baselines"), Width::Fit),
            column(&say("column-satisfied"), Width::Fit),
            column(&say("column-not-satisfied"), Width::Figures),
            column(&say("column-stale"), Width::Figures),
            column(&say("column-not-assessed"), Width::Figures),
        ],
        rows: shown.iter().map(|control| row(control, &matrix)).collect(),
        exports: address.exports("/controls"),
        pager: address.pager(shown.len(), all.len() as i64, i64::MAX),
        empty: Empty::of("controls-none-fit").first("/controls").second("/import"),
        ..Table::default()
    };
    let sum = sum(&all, &matrix);
    let main = html! {
        (shell::heading(&[], say("places-controls"), lead(&sum, &matrix, all.len()), html! {}))
        div.stack-gap {
            @if sum.applicable() > 0 { (picture(&sum)) }
            (table(&view))
        }
    };
    Page::new(&say("places-controls"), Place::Systems, "/controls")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// The list as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The list as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    let matrix = app.service.control_matrix(&who.actor).await?;
    let texts =
        ["Control", "Title", "Summary", "Baselines"].map(|title| ReportColumn::new(title, ColumnKind::Text));
    let counts = ["Satisfied", "Other than satisfied", "Stale", "Not assessed", "Not applicable"];
    let counts = counts.map(|title| ReportColumn::new(title, ColumnKind::Number));
    let cells = |control: &&ControlFacts| {
        let counts = matrix.counts.get(&control.id).copied().unwrap_or_default();
        let figures = [
            counts.satisfied,
            counts.other_than_satisfied,
            counts.stale,
            counts.not_assessed,
            counts.not_applicable,
        ];
        let mut cells = vec![
            Cell::text(control.label.as_str()),
            Cell::text(control.title.as_str()),
            Cell::text_if(summary(&control.id).map(|summary| summary.summary.as_str())),
            Cell::text(speaking(&ENGLISH, || baselines(control))),
        ];
        cells.extend(figures.map(|figure| Cell::Integer(i64::from(figure))));
        cells
    };
    let heading = app.service.heading("controls");
    let table = warrant_report::Table {
        title: "Controls".to_owned(),
        columns: texts.into_iter().chain(counts).collect(),
        rows: controls(address, Family::Wanted).iter().map(cells).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("controls", format, app.service.written(&table, format)?))
}

fn sum(controls: &[&ControlFacts], matrix: &ControlMatrix) -> ControlCounts {
    let counts = controls.iter().filter_map(|control| matrix.counts.get(&control.id));
    counts.fold(ControlCounts::default(), |sum, counts| ControlCounts {
        satisfied: sum.satisfied + counts.satisfied,
        other_than_satisfied: sum.other_than_satisfied + counts.other_than_satisfied,
        stale: sum.stale + counts.stale,
        not_assessed: sum.not_assessed + counts.not_assessed,
        not_applicable: sum.not_applicable + counts.not_applicable,
    })
}

fn lead(sum: &ControlCounts, matrix: &ControlMatrix, controls: usize) -> Markup {
    let hold = Words::of("catalogue-hold").with("some", sum.satisfied).with("all", sum.applicable());
    let systems = Words::of("count-systems").with("count", matrix.systems);
    let sentence = Words::of("catalogue-lead")
        .with("failing", sum.other_than_satisfied)
        .with("unjudged", sum.not_assessed)
        .with("controls", controls)
        .around("hold", html! { strong { (hold) } })
        .around("systems", html! { a href="/systems" { (systems) } });
    html! {
        (sentence)
        @if matrix.waiting > 0 { " " (Words::of("catalogue-waiting").with("count", matrix.waiting)) }
    }
}

fn picture(sum: &ControlCounts) -> Markup {
    let part = |title: &'static str, count: u32, colour| Part {
        title: say(title),
        count: u64::from(count),
        colour,
        href: None,
    };
    stacked(&Stacked {
        title: say("catalogue-picture"),
        parts: vec![
            part("status-satisfied", sum.satisfied, Colour::Accent),
            part("status-other-than-satisfied", sum.other_than_satisfied, Colour::Ink),
            part("status-stale", sum.stale, Colour::Soft),
            part("status-not-assessed", sum.not_assessed, Colour::Grey),
        ],
    })
}

fn families(address: &ListAddress) -> Facet {
    let any = controls(address, Family::Any);
    let chip = |family: &'static warrant_catalog::index::Family| {
        let count = any.iter().filter(|control| family_of(control) == family.id).count() as u64;
        let (chosen, href) = address.toggle("family", &family.id);
        let title = family.id.to_uppercase();
        (count > 0 || chosen == Chosen::Yes).then_some(Chip { title, count, href, chosen, shape: None })
    };
    Facet {
        title: say("catalogue-family"),
        chips: Index::embedded().families().iter().filter_map(chip).collect(),
    }
}

fn baseline_chips(address: &ListAddress) -> Facet {
    let chip = |baseline: Baseline| {
        let (chosen, href) = address.toggle("baseline", baseline_word(baseline));
        let count = Index::embedded().baseline(baseline).len() as u64;
        Chip { title: baseline_title(baseline), count, href, chosen, shape: None }
    };
    Facet { title: say("catalogue-baseline"), chips: Baseline::ALL.into_iter().map(chip).collect() }
}

/// `L M H P`: the baselines in one glance.
fn initials(control: &ControlFacts) -> String {
    let held = Baseline::ALL.into_iter().filter(|baseline| control.baselines.contains(*baseline));
    held.filter_map(|baseline| baseline_title(baseline).chars().next().map(String::from))
        .collect::<Vec<_>>()
        .join(" ")
}

fn row(control: &ControlFacts, matrix: &ControlMatrix) -> Row {
    let counts = matrix.counts.get(&control.id).copied().unwrap_or_default();
    let about = summary(&control.id).map(|summary| cut(&summary.summary, 110));
    let figure = |count: u32| match count {
        _ if counts.applicable() == 0 => html! {},
        0 => html! { span.muted { "0" } },
        count => html! { (thousands(i64::from(count))) },
    };
    Row {
        id: control.id.clone(),
        title: control.label.clone(),
        href: format!("/controls/{}", encoded(&control.id)),
        cells: vec![
            html! { (control.label) },
            html! { (english(&control.title)) @if let Some(about) = about { small lang=[of_english()] { (about) } } },
            html! { span title=(baselines(control)) { (initials(control)) } },
            standing::bar(&counts),
            figure(counts.other_than_satisfied),
            figure(counts.stale),
            figure(counts.not_assessed),
        ],
        ..Row::default()
    }
}
