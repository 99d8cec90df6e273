//! `warrant records`: every kind, one set of commands.

use crate::cli::{Format, RecordAction, Records};
use crate::output::{print, print_json, print_table, say, write_to};
use anyhow::Context;
use serde_json::{Value, json};
use warrant_model::field::FieldType;
use warrant_service::import::Mode;
use warrant_service::query::{RecordQuery, RecordRow};
use warrant_service::tables::TableFormat;
use warrant_service::{Actor, Service};

/// Runs a records command.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Records,
    as_json: bool,
) -> anyhow::Result<()> {
    if args.kind == "kinds" {
        let rows = service
            .registry()
            .kinds()
            .map(|kind| vec![kind.spec.name.to_owned(), kind.spec.about.to_owned()]);
        print_table(&["kind", "about"], &rows.collect::<Vec<_>>());
        return Ok(());
    }
    let kind = args.kind.replace('-', "_");
    service.kind(&kind)?;
    match &args.action {
        RecordAction::List { text, system, limit } => {
            let query = query(service, actor, &kind, text, system.as_deref(), *limit).await?;
            list(service, actor, &query, as_json).await
        }
        RecordAction::Show { record, history } => {
            show(service, actor, &kind, record, *history, as_json).await
        }
        RecordAction::Set { record, fields } => set(service, actor, &kind, record, fields, as_json).await,
        RecordAction::Import { file, dry_run } => {
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            let mode = if *dry_run { Mode::DryRun } else { Mode::Commit };
            let name = file.display().to_string();
            let outcome = service.import_table(actor, &kind, (&name, &bytes), mode).await?;
            if as_json {
                return print_json(&outcome);
            }
            say(&format!(
                "{name}: {} created, {} changed, {} as they were",
                outcome.created, outcome.updated, outcome.unchanged
            ));
            Ok(())
        }
        RecordAction::Export { output, format, system } => {
            let query = query(service, actor, &kind, "", system.as_deref(), 0).await?;
            let ending = output.extension().and_then(|ending| ending.to_str()).unwrap_or("csv");
            let format = match format {
                Some(Format::Csv) => TableFormat::Csv,
                Some(Format::Json) => TableFormat::Json,
                Some(Format::Xlsx) => TableFormat::Xlsx,
                None => TableFormat::from_ending(ending)
                    .with_context(|| format!("`{ending}` is no format; use csv, xlsx or json"))?,
            };
            write_to(Some(output), &service.export_records(actor, &query, format).await?)
        }
    }
}

async fn query(
    service: &Service,
    actor: &Actor,
    kind: &str,
    text: &str,
    system: Option<&str>,
    limit: i64,
) -> anyhow::Result<RecordQuery> {
    let system = match system {
        Some(system) => Some(service.system_row(actor, system).await?.id),
        None => None,
    };
    Ok(RecordQuery { kind: kind.to_owned(), text: text.to_owned(), system, limit, ..RecordQuery::default() })
}

async fn list(service: &Service, actor: &Actor, query: &RecordQuery, as_json: bool) -> anyhow::Result<()> {
    let page = service.list_records(actor, query).await?;
    if as_json {
        return print_json(&page.rows.iter().map(record_json).collect::<Vec<_>>());
    }
    let titles = service.link_titles(actor, &page.rows).await?;
    let kind = service.kind(&query.kind)?;
    let shown = |row: &RecordRow, column: &str| {
        let field = kind.field(column);
        let text =
            field.map(|field| warrant_service::cell_text(field, &row.body[column])).unwrap_or_default();
        let linked = field.is_some_and(|field| matches!(field.value, FieldType::Link(..)));
        if linked { titles.get(&text).cloned().unwrap_or(text) } else { text }
    };
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            kind.spec.columns.iter().map(|column| shown(row, column)).chain([row.id.clone()]).collect()
        })
        .collect();
    let header: Vec<_> = kind.spec.columns.iter().copied().chain(["id"]).collect();
    print_table(&header, &rows);
    Ok(())
}

fn record_json(row: &RecordRow) -> Value {
    json!({"id": row.id, "kind": row.kind, "version": row.version, "body": row.body})
}

async fn find(service: &Service, actor: &Actor, kind: &str, name: &str) -> anyhow::Result<RecordRow> {
    if let Ok(row) = service.record(actor, name).await {
        anyhow::ensure!(row.kind == kind, "{name} is a {}, not a {kind}", row.kind);
        return Ok(row);
    }
    let mut found = service.records_titled(actor, kind, name).await?;
    anyhow::ensure!(found.len() < 2, "several records are called `{name}`; give the id");
    found.pop().with_context(|| format!("there is no {kind} `{name}`"))
}

async fn show(
    service: &Service,
    actor: &Actor,
    kind: &str,
    name: &str,
    history: bool,
    as_json: bool,
) -> anyhow::Result<()> {
    let row = find(service, actor, kind, name).await?;
    let versions = if history { service.history(actor, &row.id).await? } else { Vec::new() };
    if as_json {
        let versions = versions.iter().map(|version| {
            json!({"version": version.version, "at": version.effective_at, "by": version.actor,
                   "action": version.action, "leaf": version.leaf, "body": version.body})
        });
        let mut value = record_json(&row);
        if history {
            value["history"] = versions.collect();
        }
        return print_json(&value);
    }
    print(&format!("{} {} (version {})", row.id, row.title, row.version));
    let titles = service.link_titles(actor, std::slice::from_ref(&row)).await?;
    for field in &service.kind(kind)?.fields {
        let text = warrant_service::cell_text(field, &row.body[&field.name]);
        if !text.is_empty() {
            print(&format!("{:<28} {}", field.label, titles.get(&text).unwrap_or(&text)));
        }
    }
    for version in versions {
        let at = warrant_model::time::from_micros(version.effective_at);
        print(&format!("version {}  {at:.0}  {}  {}", version.version, version.actor, version.action));
    }
    Ok(())
}

async fn set(
    service: &Service,
    actor: &Actor,
    kind: &str,
    name: &str,
    fields: &[String],
    as_json: bool,
) -> anyhow::Result<()> {
    let mut given = Vec::new();
    for field in fields {
        let pair = field.split_once('=').with_context(|| format!("`{field}` is not FIELD=VALUE"))?;
        given.push((pair.0.replace('-', "_"), pair.1.to_owned()));
    }
    let row = if name == "new" { None } else { Some(find(service, actor, kind, name).await?) };
    let row = service.set_fields(actor, kind, row.as_ref().map(|row| row.id.as_str()), &given).await?;
    if as_json {
        return print_json(&record_json(&row));
    }
    say(&format!("{} {} is at version {}", row.id, row.title, row.version));
    Ok(())
}
