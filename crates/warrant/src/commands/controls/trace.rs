//! `warrant controls trace`: the traceability matrix.

use crate::output::{FOUND, OK, print_json, print_table, say, write_to};
use anyhow::bail;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use warrant_catalog::index::Index;
use warrant_model::traceability::{Hole, Requirement, Traceability};
use warrant_report::tables::traceability_table;
use warrant_service::documents::{About, DocumentAsk, Syntax};
use warrant_service::tables::TableFormat;
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// Name or id of the system
    system: String,
    /// Only statements that lack this: implementation, procedure, result, evidence, missing-evidence, stale
    #[arg(long, value_name = "WHAT")]
    missing: Option<String>,
    /// A day or instant in the past
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// Write the matrix: .csv, .xlsx, .json, .html or .docx by the name's ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Trace,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let hole = match args.missing.as_deref() {
        None => None,
        Some(word) => match Hole::ALL.into_iter().find(|hole| hole.word() == word) {
            Some(hole) => Some(hole),
            None => {
                let words: Vec<_> = Hole::ALL.iter().map(|hole| hole.word()).collect();
                bail!("`{word}` cannot be missing; {} can", words.join(", "));
            }
        },
    };
    let as_of = args.as_of.as_deref().map(super::super::instant).transpose()?;
    let snapshot = service.snapshot(actor, &args.system, as_of).await?;
    let matrix = service.traceability(actor, &snapshot).await?;
    let wanted = |one: &&Requirement| hole.is_none_or(|hole| one.holes.contains(&hole));
    let rows: Vec<_> = matrix.holes_first().into_iter().filter(wanted).collect();
    let done = ExitCode::from(if matrix.closed() == matrix.requirements.len() { OK } else { FOUND });
    let name = &snapshot.system.body.name;
    let label = |id: &str| Index::embedded().label_of(id);
    if let Some(path) = &args.output {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let bytes = if let Some(syntax) = Syntax::of_ending(ending) {
            let about = About::System(args.system.clone());
            let ask = DocumentAsk { kind: "traceability".to_owned(), about, as_of, syntax };
            service.document(actor, &ask).await?.bytes
        } else {
            let Some(format) = TableFormat::from_ending(ending) else {
                bail!("{}: the name must end in .csv, .xlsx, .json, .html or .docx", path.display());
            };
            let heading = service.heading(&format!("traceability of {name}"));
            let table = traceability_table(&matrix, rows, snapshot.as_of, &label, heading);
            service.written(&table, format)?
        };
        write_to(Some(path), &bytes)?;
        counted(&matrix);
        return Ok(done);
    }
    if as_json {
        print_json(&matrix)?;
        return Ok(done);
    }
    let cells = |one: &&Requirement| {
        let results: Vec<_> = one.results.iter().map(|result| result.says.as_str()).collect();
        let said: Vec<_> = one.implementations.iter().map(|said| said.says.as_str()).collect();
        let holes: Vec<_> = one.holes.iter().map(|hole| hole.word()).collect();
        vec![
            label(&one.statement),
            said.join("; "),
            one.objectives.len().to_string(),
            results.join("; "),
            holes.join(", "),
        ]
    };
    let header = ["statement", "implementation", "objectives", "results", "missing"];
    print_table(&header, &rows.iter().map(cells).collect::<Vec<_>>());
    counted(&matrix);
    Ok(done)
}

fn counted(matrix: &Traceability) {
    let (closed, all) = (matrix.closed(), matrix.requirements.len());
    say(&format!("{closed} of {all} statements are traced without a hole"));
    for hole in Hole::ALL.into_iter().filter(|hole| matrix.with(*hole) > 0) {
        say(&format!("  {}: {}", hole.title().to_lowercase(), matrix.with(hole)));
    }
    if !matrix.stray.is_empty() {
        say(&format!("  implementations outside the baseline: {}", matrix.stray.len()));
    }
}
