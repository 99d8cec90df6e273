//! `warrant import`: files and folders, each file all or nothing.

use crate::cli::Import;
use crate::output::{FOUND, OK, TROUBLE, print_json, say};
use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use warrant_service::import::{Belongs, ImportFile, ImportOutcome, Mode, Progress, together};
use warrant_service::{Actor, Service};

/// Imports everything named. A file that fails is reported; the next is tried.
pub(crate) async fn import(
    service: &Service,
    actor: &Actor,
    args: &Import,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let mut files = Vec::new();
    for path in &args.paths {
        gather(path, 0, &mut files)?;
    }
    let mode = if args.dry_run { Mode::DryRun } else { Mode::Commit };
    let belongs = Belongs { system: args.system.as_deref(), release: args.release.as_deref() };
    let bar = ProgressBar::new(files.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")?);
    let (mut outcomes, mut failures) = (Vec::new(), Vec::new());
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |about| about.len() as usize);
    for group in together(&files.iter().map(size).collect::<Vec<_>>()) {
        let group = &files[group];
        bar.set_message(group.first().map(|path| path.display().to_string()).unwrap_or_default());
        let mut fails = |path: &Path, error: String| {
            bar.suspend(|| say(&format!("error: {error}")));
            failures.push(serde_json::json!({"file": path.display().to_string(), "error": error}));
        };
        let (mut read, mut paths) = (Vec::new(), Vec::new());
        for path in group {
            match std::fs::read(path) {
                Ok(bytes) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    read.push((ImportFile { name, bytes: bytes.into() }, Arc::new(Progress::default())));
                    paths.push(path);
                }
                Err(error) => fails(path, format!("{}: {error}", path.display())),
            }
        }
        let done = service.import_many(actor, read, belongs, mode).await;
        for (path, outcome) in paths.into_iter().zip(done) {
            match outcome {
                Ok(outcome) => {
                    if !json {
                        bar.suspend(|| say(&told(&outcome, mode)));
                    }
                    outcomes.push(outcome);
                }
                Err(error) => fails(path, format!("{:#}", anyhow::Error::from(error))),
            }
        }
        bar.inc(group.len() as u64);
    }
    bar.finish_and_clear();
    if json {
        print_json(&serde_json::json!({"imported": outcomes, "failed": failures}))?;
    } else if files.len() > 1 {
        say(&format!("{} of {} files imported", outcomes.len(), files.len()));
    }
    Ok(ExitCode::from(match (outcomes.is_empty(), failures.is_empty()) {
        (_, true) => OK,
        (true, false) => TROUBLE,
        (false, false) => FOUND,
    }))
}

fn told(outcome: &ImportOutcome, mode: Mode) -> String {
    if outcome.already_known {
        return format!("{}: imported before, nothing changed", outcome.file);
    }
    let system = if outcome.system_name.is_empty() { "the organisation" } else { &outcome.system_name };
    let would = if mode == Mode::DryRun { "would be " } else { "" };
    let mut text = format!(
        "{}: {} for {system}, {} facts, findings {would}opened {}, still open {}{}, closed {}, reopened {}",
        outcome.file,
        outcome.format,
        outcome.facts,
        outcome.opened,
        outcome.still_open,
        if outcome.moved > 0 { format!(" ({} moved)", outcome.moved) } else { String::new() },
        outcome.closed,
        outcome.reopened
    );
    if let Some(release) = &outcome.release {
        text.push_str(&format!(", release {release}"));
    }
    if let Some(because) = &outcome.placed_because {
        text.push_str(&format!(" ({because})"));
    }
    for problem in &outcome.problems {
        text.push_str(&format!("\n  not used: {problem}"));
    }
    text
}

/// Files below a path, in order of name; links are not followed.
fn gather(path: &Path, depth: u32, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let metadata = std::fs::symlink_metadata(path).with_context(|| path.display().to_string())?;
    if metadata.is_file() {
        files.push(path.to_owned());
    } else if metadata.is_dir() && depth < 32 {
        let entries = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
        let mut entries: Vec<_> =
            entries.collect::<Result<Vec<_>, _>>()?.into_iter().map(|e| e.path()).collect();
        entries.sort();
        for entry in entries {
            gather(&entry, depth + 1, files)?;
        }
    }
    Ok(())
}
