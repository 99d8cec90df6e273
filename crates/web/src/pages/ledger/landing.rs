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
use crate::words::{Words, kinds, say};
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
    let figure = |caption, value: i64, note: String, href: &str| Figure {
        value: thousands(value),
        caption: say(caption),
        note,
        href: Some(href.to_owned()),
    };
    let newest = newest.map(|age| Words::of("landing-newest").with("age", age).said()).unwrap_or_default();
    let pending = ledger.size.saturating_sub(ledger.published);
    let signed = if pending == 0 {
        say("ledger-all-signed")
    } else {
        Words::of("landing-pending").with("count", pending).said()
    };
    let all = [
        figure("landing-files", evidence.total, newest, "/evidence"),
        figure(
            "landing-records",
            records,
            Words::of("landing-kinds").with("count", counts.len()).said(),
            "/records",
        ),
        figure("landing-changes", i64::try_from(ledger.size).unwrap_or(i64::MAX), signed, "/record/ledger"),
    ];
    let column = |name, width| Column::plain(&say(name), width);
    let rows = app.service.registry().kinds().map(|kind| Row {
        id: kind.spec.name.to_owned(),
        title: kinds::several(&kind.spec).into_owned(),
        href: format!("/records/{}", encoded(kind.spec.name)),
        cells: vec![
            html! { (kinds::several(&kind.spec)) },
            html! { span.muted { (kinds::about(&kind.spec)) } },
            html! { (thousands(counts.get(kind.spec.name).copied().unwrap_or_default())) },
        ],
        ..Row::default()
    });
    let table_of_kinds = Table {
        id: "kinds".to_owned(),
        caption: say("kinds-title"),
        action: "/record".to_owned(),
        columns: vec![
            column("column-kind", Width::Fit),
            column("landing-what", Width::Fill),
            column("landing-records", Width::Figures),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    let held = Words::of("landing-held")
        .with("files", Words::of("landing-file-count").with("count", evidence.total).said())
        .with("records", Words::of("landing-record-count").with("count", records).said());
    let signed_changes = Words::of("landing-signed").with("count", ledger.size);
    let lead = Words::of("landing-lead")
        .around("held", html! { strong { (held) } })
        .around("changes", html! { a href="/record/ledger" { (signed_changes) } });
    let import = html! { a.button.primary href="/import" { (say("button-import")) } };
    let main = html! {
        (shell::heading(&[], say("record-title"), html! { (lead) }, import))
        (figures(&all))
        (section(&say("kinds-title"), html! { a href="/records" { (say("landing-all-kinds")) } }, table(&table_of_kinds)))
    };
    Page::new(&say("record-title"), Place::Record, "/record")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}
