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
use crate::words::{Words, kinds, say};
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
        let said = [kinds::one(spec), kinds::several(spec), kinds::about(spec), spec.source.into()];
        let text = said.join(" ").to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    let found: Vec<_> = app.service.registry().kinds().filter(fits).collect();
    let shown = found.len();
    let rows = found.iter().map(|kind| Row {
        id: kind.spec.name.to_owned(),
        title: kinds::several(&kind.spec).into_owned(),
        href: list_href(kind.spec.name),
        cells: vec![
            html! { (kinds::several(&kind.spec)) },
            html! { (thousands(count(kind))) },
            html! { (kinds::about(&kind.spec)) },
            html! { (say(belongs(kind))) },
            html! { span.muted { (kind.spec.source) } },
        ],
        ..Row::default()
    });
    let column = |name, width| Column::plain(&say(name), width);
    let title = say("kinds-title");
    let view = Table {
        id: "kinds".to_owned(),
        caption: title.clone(),
        action: "/records".to_owned(),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        columns: vec![
            column("kinds-column-kind", Width::Fit),
            column("kinds-column-records", Width::Figures),
            column("kinds-column-says", Width::Fill),
            column("kinds-column-belongs", Width::Fit),
            column("column-source", Width::Fit),
        ],
        rows: rows.collect(),
        pager: address.pager(shown, shown as i64, i64::MAX),
        empty: Empty::of("kinds-none-fit").first("/records"),
        ..Table::default()
    };
    let total: i64 = counts.values().sum();
    let all = app.service.registry().kinds().count();
    let records = Words::of("kinds-count").with("total", total).with("kinds", all);
    let lead = Words::of("kinds-lead").around("records", html! { strong { (records) } }).link("/api/v1/docs");
    let main = html! {
        (shell::heading(&[], &title, html! { (lead) }, html! {}))
        (table(&view))
    };
    Page::new(&title, Place::Record, "/records").in_the_chosen_language().with(&app, &who, main).await
}

fn belongs(kind: &KindEntry) -> &'static str {
    match kind.spec.scope {
        KindScope::Organisation | KindScope::IsUnit(_) => "belongs-organisation",
        KindScope::System(_) => "belongs-system",
        KindScope::SystemOrOrganisation(_) => "belongs-either",
        KindScope::Unit(_) | KindScope::IsSystem(_) => "belongs-unit",
    }
}
