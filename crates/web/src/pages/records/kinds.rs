//! Every kind of record with how many there are.

use super::list_href;
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::empty::Empty;
use crate::look::figure::thousands;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::html;
use warrant_model::kind::KindScope;
use warrant_model::registry::KindEntry;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let counts = app.service.kind_counts(&who.actor).await?;
    let count = |kind: &KindEntry| counts.get(kind.spec.name).copied().unwrap_or_default();
    let wanted = address.get("q").to_lowercase();
    let fits = |kind: &&KindEntry| {
        let spec = &kind.spec;
        let text = format!("{} {} {} {}", spec.title, spec.plural, spec.about, spec.source).to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    let kinds: Vec<_> = app.service.registry().kinds().filter(fits).collect();
    let shown = kinds.len();
    let rows = kinds.iter().map(|kind| Row {
        id: kind.spec.name.to_owned(),
        title: kind.spec.plural.to_owned(),
        href: list_href(kind.spec.name),
        cells: vec![
            html! { (kind.spec.plural) },
            html! { (thousands(count(kind))) },
            html! { (kind.spec.about) },
            html! { (belongs(kind)) },
            html! { span.muted { (kind.spec.source) } },
        ],
        ..Row::default()
    });
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "kinds".to_owned(),
        caption: "Kinds of record".to_owned(),
        action: "/records".to_owned(),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        columns: vec![
            column("Kind", Width::Fit),
            column("Records", Width::Figures),
            column("What it says", Width::Fill),
            column("Belongs to", Width::Fit),
            column("Source", Width::Fit),
        ],
        rows: rows.collect(),
        pager: address.pager(shown, shown as i64, i64::MAX),
        empty: Empty::of("kinds-none-fit").first("/records"),
        ..Table::default()
    };
    let total: i64 = counts.values().sum();
    let all = app.service.registry().kinds().count();
    let lead = html! {
        strong { (thousands(total)) " records of " (all) " kinds" }
        ". Each kind has a list, a form, its history, tables in and out, and the same through the "
        a href="/api/v1/docs" { "API" } "."
    };
    let main = html! {
        (shell::heading(&[], "Kinds of record", lead, html! {}))
        (table(&view))
    };
    Page::new("Kinds of record", Place::Record, "/records").with(&app, &who, main).await
}

fn belongs(kind: &KindEntry) -> &'static str {
    match kind.spec.scope {
        KindScope::Organisation | KindScope::IsUnit(_) => "the organisation",
        KindScope::System(_) => "a system",
        KindScope::SystemOrOrganisation(_) => "a system or the organisation",
        KindScope::Unit(_) | KindScope::IsSystem(_) => "a unit",
    }
}
