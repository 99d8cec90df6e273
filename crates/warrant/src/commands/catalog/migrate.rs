//! `warrant catalog migrate`: judgements on an old revision, carried over to a new one as far as they stand.

use super::documents::{self, Source};
use super::judgements::{CARRIED, OUTCOME, of_file, of_system};
use crate::cli::{Cli, Migrate};
use crate::output::{FOUND, OK, plain, print, print_json, say, write_to};
use anyhow::bail;
use std::process::ExitCode;
use warrant_catalog::diff::{Judgement, Migration, Reason, diff, migrate};
use warrant_report::{Cell, Column, ColumnKind, Table, to_csv};

/// Carries over and writes; exit code 1 when something must be judged anew.
pub(super) async fn run(cli: &Cli, args: &Migrate) -> anyhow::Result<ExitCode> {
    let (old, new) = (with_words(&args.old)?, with_words(&args.new)?);
    let judgements = match (&args.judgements, &args.system) {
        (Some(file), None) => of_file(file)?,
        (None, Some(system)) => of_system(cli, system).await?,
        _ => bail!("say where the judgements are: a file, or a system of the store (--system NAME)"),
    };
    let diff = diff(&old.catalog, &new.catalog);
    if diff.moves_cut_short {
        say("warning: so much differs that not all statements were looked for in other controls");
    }
    let migration = migrate(&judgements, &diff);
    match args.output.as_deref() {
        None if cli.json => print_json(&migration)?,
        None => print(&told(&migration)),
        Some(path) => {
            let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            let bytes =
                if cli.json || is_json { serde_json::to_vec_pretty(&migration)? } else { csv(&migration) };
            write_to(Some(path), &bytes)?;
        }
    }
    let lost = migration.reassess.iter().filter(|one| one.judgement.is_some()).count();
    say(&format!(
        "{} judgements: {} carried over, {lost} to be made anew; {} statements have none",
        judgements.len(),
        migration.carried.len(),
        migration.reassess.len() - lost,
    ));
    Ok(ExitCode::from(if migration.reassess.is_empty() { OK } else { FOUND }))
}

/// A catalogue with its words: without them everything would look unchanged.
fn with_words(path: &std::path::Path) -> anyhow::Result<Source> {
    let source = documents::catalogue(path)?;
    if let Some(framework) = source.built_in {
        bail!(
            "{} is built in without its words, so nobody can tell whether a judgement still stands\n\nhint: give the \
             publisher's OSCAL catalogue or profile as a file",
            framework.id
        );
    }
    Ok(source)
}

fn reasons(reasons: &[Reason]) -> String {
    reasons.iter().map(Reason::to_string).collect::<Vec<_>>().join("; ")
}

/// What must be judged anew, and why; then how much stands.
fn told(migration: &Migration) -> String {
    let mut out = Vec::new();
    for one in &migration.reassess {
        let from = one.judgement.as_ref().map_or("", |judgement| judgement.statement.as_str());
        let name = match one.to.as_deref() {
            Some(to) if from.is_empty() || from == to => to.to_owned(),
            Some(to) => format!("{to} (was {from})"),
            None => format!("{from} (gone)"),
        };
        let was = one
            .judgement
            .as_ref()
            .map(|one| format!("; was {} {}", one.state, one.date).trim_end().to_owned());
        out.push(format!("{name}: {}{}", reasons(&one.reasons), was.unwrap_or_default()));
    }
    out.push(format!("{} judgements are carried over", migration.carried.len()));
    plain(&out.join("\n"))
}

/// One row for each judgement and each statement without one; a table that can be carried over again.
fn csv(migration: &Migration) -> Vec<u8> {
    let columns = ["statement", "state", "rationale", "date", OUTCOME, "from", "reasons"];
    let row = |to: &str, judgement: Option<&Judgement>, outcome: &str, why: String| {
        let said = |of: fn(&Judgement) -> &String| Cell::text(judgement.map_or("", |one| of(one).as_str()));
        vec![
            Cell::text(to),
            said(|one| &one.state),
            said(|one| &one.rationale),
            said(|one| &one.date),
            Cell::text(outcome),
            said(|one| &one.statement),
            Cell::text(why),
        ]
    };
    let carried =
        migration.carried.iter().map(|one| row(&one.to, Some(&one.judgement), CARRIED, String::new()));
    let anew = migration.reassess.iter().map(|one| {
        row(one.to.as_deref().unwrap_or_default(), one.judgement.as_ref(), "reassess", reasons(&one.reasons))
    });
    to_csv(&Table {
        title: "Judgements".to_owned(),
        columns: columns.map(|title| Column::new(title, ColumnKind::Text)).to_vec(),
        rows: carried.chain(anew).collect(),
        ..Table::default()
    })
}
