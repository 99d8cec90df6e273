//! `warrant report`: documents for people, and a system in somebody else's format.

mod document;

use super::instant;
use crate::cli::{OscalFormat, Report};
use crate::output::{FOUND, OK, failed, print_json, print_table, say, write_to};
use anyhow::{Context, bail};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_model::kinds::AssessmentResult;
use warrant_service::documents::{DOCUMENTS, DocumentKind, document_kind};
use warrant_service::hand_in::{Asked, HandIn, HandInError, Sort, TakenField, ending, formats};
use warrant_service::import::Mode;
use warrant_service::taken_back::{Becomes, EditedLine, TakenLine};
use warrant_service::{Actor, Service, ServiceError};

/// Documents and formats, as words or JSON.
pub(crate) fn list(as_json: bool) -> anyhow::Result<()> {
    let formats = formats()?;
    if as_json {
        let documents = DOCUMENTS.iter().map(|one| {
            json!({"id": one.id, "title": one.title, "about": one.about, "source": one.source,
                "ending": "html, docx", "needs": of(one)})
        });
        let all = formats.iter().map(|one| {
            json!({"id": one.id, "title": one.title, "about": one.about, "source": one.source,
                "ending": one.ending, "needs": needs(one.sort)})
        });
        return print_json(&documents.chain(all).collect::<Vec<_>>());
    }
    let documents =
        DOCUMENTS.iter().map(|one| [one.id, one.title, of(one), one.about].map(str::to_owned).to_vec());
    let formats = formats
        .iter()
        .map(|one| vec![one.id.clone(), one.title.clone(), needs(one.sort).to_owned(), one.about.clone()]);
    let rows: Vec<_> = documents.chain(formats).collect();
    print_table(&["format", "title", "needs", "holds"], &rows);
    Ok(())
}

/// What a document is of, as the command takes it.
fn of(kind: &DocumentKind) -> &'static str {
    match (kind.is_of_a_system(), kind.is_of_the_organisation()) {
        (true, false) => "--system",
        (true, true) => "--system or --unit, or neither",
        (false, _) => "--unit, or nothing",
    }
}

fn needs(sort: Sort) -> &'static str {
    match sort {
        Sort::Workbook => "--template",
        Sort::Package => "--package",
        Sort::PerTarget => "a folder",
        Sort::Document | Sort::Oscal => "",
    }
}

/// Makes a document or a format and writes it.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Report,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    if let Some(kind) = document_kind(&args.format) {
        return document::run(service, actor, (kind, args), as_json).await;
    }
    if args.unit.is_some() || args.as_of.is_some() {
        bail!("--unit and --as-of are for documents; {} is of a system as it is now", args.format);
    }
    let Some(system) = &args.system else { bail!("say which system: --system NAME") };
    if let Some(filled) = &args.back {
        let mode = if args.dry_run { Mode::DryRun } else { Mode::Commit };
        return take_back(service, actor, (system, &args.format), filled, mode, as_json).await;
    }
    let to_stdout = args.output.as_os_str() == "-";
    if as_json && to_stdout {
        bail!("--json prints what was done; say where the document goes: -o FILE");
    }
    if let Some(template) = &args.template
        && same_file(template, &args.output)
    {
        bail!("{} is the template; write the filled workbook elsewhere", args.output.display());
    }
    let read = |path: &PathBuf| std::fs::read(path).with_context(|| path.display().to_string());
    let asked = Asked {
        format: args.format.clone(),
        system: system.clone(),
        template: args.template.as_ref().map(read).transpose()?,
        target: args.target.clone(),
        package: args.package.clone(),
        from: args.from.as_deref().map(instant).transpose()?,
        syntax: args.syntax.map(OscalFormat::syntax),
    };
    let ending = ending(&args.format, asked.syntax)?;
    let made = match service.hand_in(actor, asked).await {
        Ok(made) => made,
        Err(error @ ServiceError::HandIn(HandInError::Template(_) | HandInError::Nothing(_))) => {
            failed(&error.into());
            return Ok(ExitCode::from(FOUND));
        }
        Err(error) => return Err(error.into()),
    };
    let written = write(&made, &args.output, ending)?;
    if as_json {
        print_json(&json!({"files": written, "left_empty": made.left_empty, "notes": made.notes}))?;
        return Ok(ExitCode::from(OK));
    }
    made.notes.iter().for_each(|note| say(note));
    if !made.left_empty.is_empty() {
        say("left empty:");
        made.left_empty.iter().for_each(|line| say(&format!("  {line}")));
    }
    if !to_stdout {
        written.iter().for_each(|path| say(&format!("written: {path}")));
    }
    Ok(ExitCode::from(OK))
}

/// Takes a filled workbook back.
async fn take_back(
    service: &Service,
    actor: &Actor,
    of: (&str, &str),
    filled: &Path,
    mode: Mode,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(filled).with_context(|| filled.display().to_string())?;
    let name = filled.display().to_string();
    let taken = match service.take_back(actor, of, (&name, bytes), mode).await {
        Ok(taken) => taken,
        Err(
            error @ (ServiceError::HandIn(
                HandInError::Template(_) | HandInError::Rows(_) | HandInError::OtherSystem,
            )
            | ServiceError::Invalid(_)),
        ) => {
            failed(&anyhow::Error::from(error).context(name));
            return Ok(ExitCode::from(FOUND));
        }
        Err(error) => return Err(error.into()),
    };
    if as_json {
        print_json(&taken)?;
        return Ok(ExitCode::from(OK));
    }
    let word = |becomes| match becomes {
        Becomes::New => "new",
        Becomes::Changed => "changed",
        Becomes::Known => "known",
    };
    let line = |one: &TakenLine| {
        let said = match one.against_open_rule {
            true => format!("{}, a rule that names it is open", word(one.becomes)),
            false => word(one.becomes).to_owned(),
        };
        let result = match one.result {
            AssessmentResult::Satisfied => "satisfied",
            AssessmentResult::OtherThanSatisfied => "other than satisfied",
            AssessmentResult::NotApplicable => "not applicable",
        };
        let (row, on) = (one.row.to_string(), one.assessed_on.to_string());
        vec![row, one.cci.clone(), one.control.clone(), result.to_owned(), on, one.tested_by.clone(), said]
    };
    if !taken.judged.is_empty() {
        let rows: Vec<_> = taken.judged.iter().map(line).collect();
        print_table(&["row", "CCI", "control", "result", "tested", "by", ""], &rows);
    }
    if !taken.edited.is_empty() {
        let rows: Vec<_> = taken.edited.iter().flat_map(edited).collect();
        print_table(&["sheet", "row", "record", "title", "column", "was", "becomes"], &rows);
    }
    for left in &taken.not_taken {
        let rows: Vec<_> = left.rows.iter().take(20).map(u32::to_string).collect();
        let more = if left.rows.len() > rows.len() { ", …" } else { "" };
        let (sheet, rows, column) = (&left.sheet, rows.join(", "), &left.column);
        say(&format!("not taken: sheet \"{sheet}\", {column}, row {rows}{more}: {}", left.why));
    }
    taken.compared.caution().into_iter().for_each(say);
    let (new, changed, known) =
        (taken.count(Becomes::New), taken.count(Becomes::Changed), taken.count(Becomes::Known));
    let did = if mode == Mode::Commit { "recorded" } else { "would be recorded" };
    let what = service.kind(&taken.kind).map_or("records".to_owned(), |kind| kind.spec.plural.to_owned());
    say(&format!(
        "{name}: {what}: {new} new {did}, {changed} changed, {known} known before; {} rows as Warrant says, {} that say \
         nothing, {} records without a row",
        taken.same, taken.blank, taken.absent
    ));
    Ok(ExitCode::from(OK))
}

/// What a row changes, a line for each column.
fn edited(line: &EditedLine) -> Vec<Vec<String>> {
    let record = line.record.as_ref().map_or("new".to_owned(), |id| id.0.clone());
    let head = [line.sheet.clone(), line.row.to_string(), record, line.title.clone()];
    let of = |field: &TakenField| {
        let cells = [field.column.clone(), on_one_line(&field.was), on_one_line(&field.becomes)];
        head.iter().cloned().chain(cells).collect()
    };
    line.fields.iter().map(of).collect()
}

fn on_one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" / ")
}

/// Writes the files: one where it was asked for, several into a folder.
fn write(made: &HandIn, output: &Path, ending: &str) -> anyhow::Result<Vec<String>> {
    let is_folder = output.is_dir() || output.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    if !is_folder {
        if let [(_, bytes)] = &made.files[..] {
            write_to(Some(output), bytes)?;
            return Ok(vec![output.display().to_string()]);
        }
        let names: Vec<_> = made.files.iter().take(10).map(|(name, _)| name.as_str()).collect();
        let count = made.files.len();
        bail!(
            "there are {count} files, one for each target ({}{}); say a folder (-o DIR/) or one --target",
            names.join(", "),
            if count > names.len() { ", …" } else { "" }
        );
    }
    std::fs::create_dir_all(output).with_context(|| output.display().to_string())?;
    let mut written: Vec<String> = Vec::new();
    for (name, bytes) in made.named(ending) {
        let path = output.join(name);
        write_to(Some(&path), bytes)?;
        written.push(path.display().to_string());
    }
    Ok(written)
}

/// Whether two paths lead to one file that is there.
fn same_file(left: &Path, right: &Path) -> bool {
    match (left.canonicalize(), right.canonicalize()) {
        (Ok(left), Ok(right)) => left == right,
        _ => left == right,
    }
}
