//! The overview of what is recorded.

use crate::error::Answer;
use crate::list::encoded;
use crate::look::facts::{Figure, figures};
use crate::look::figure::thousands;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::when;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::html;
use warrant_model::time::from_micros;
use warrant_service::query::EvidenceQuery;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who) -> Answer {
    let query = EvidenceQuery { limit: 1, ..EvidenceQuery::default() };
    let evidence = app.service.list_evidence(&who.actor, &query).await?;
    let ledger = app.service.ledger_state().await?;
    let counts = app.service.kind_counts(&who.actor).await?;
    let records: i64 = counts.values().sum();
    let newest =
        evidence.rows.first().map(|file| when::age(from_micros(file.observed_at), app.service.now()));
    let figure = |caption: &str, value: i64, note: String, href: &str| Figure {
        value: thousands(value),
        caption: caption.to_owned(),
        note,
        href: Some(href.to_owned()),
    };
    let newest = newest.map(|age| format!("newest observed {age}")).unwrap_or_default();
    let pending = ledger.size.saturating_sub(ledger.published);
    let signed = if pending == 0 {
        "all under a signed checkpoint".to_owned()
    } else {
        format!("{pending} not yet under a checkpoint")
    };
    let all = [
        figure("Files of evidence", evidence.total, newest, "/evidence"),
        figure("Records", records, format!("of {} kinds", counts.len()), "/records"),
        figure(
            "Changes in the ledger",
            i64::try_from(ledger.size).unwrap_or(i64::MAX),
            signed,
            "/record/ledger",
        ),
    ];
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let rows = app.service.registry().kinds().map(|kind| Row {
        id: kind.spec.name.to_owned(),
        title: kind.spec.plural.to_owned(),
        href: format!("/records/{}", encoded(kind.spec.name)),
        cells: vec![
            html! { (kind.spec.plural) },
            html! { span.muted { (kind.spec.about) } },
            html! { (thousands(counts.get(kind.spec.name).copied().unwrap_or_default())) },
        ],
        ..Row::default()
    });
    let kinds = Table {
        id: "kinds".to_owned(),
        caption: "Kinds of record".to_owned(),
        action: "/record".to_owned(),
        columns: vec![
            column("Kind", Width::Fit),
            column("What it is", Width::Fill),
            column("Records", Width::Figures),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    let lead = html! {
        strong { (thousands(evidence.total)) " files of evidence and " (thousands(records)) " records" }
        " are vouched for by " a href="/record/ledger" { (thousands(i64::try_from(ledger.size).unwrap_or(i64::MAX))) " signed changes" }
        ": what is on any page can be followed to one of them."
    };
    let import = html! { a.button.primary href="/import" { "Import" } };
    let main = html! {
        (shell::heading(&[], "Record", lead, import))
        (figures(&all))
        (section("Kinds of record", html! { a href="/records" { "All kinds" } }, table(&kinds)))
    };
    Page::new("Record", Place::Record, "/record").with(&app, &who, main).await
}
