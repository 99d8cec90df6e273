//! Importing: `bench import [FINDINGS] [postgres://…]`, one report of so many weaknesses into an empty store, the same
//! file again, and the same report written otherwise, in another order; `bench import FOLDER [postgres://…]`, every
//! file of a folder into one store.
//!
//! The goals for 100,000 findings are 5 s, and 2 s for the file that is known; for a folder 1 s of CPU for each 500
//! files on SQLite, and twice that on PostgreSQL.

use crate::memory::resident;
use crate::sample::{self, scan, weaknesses};
use crate::say;
use crate::timing::process_time;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use warrant_service::import::{Belongs, ImportFile, Mode, Progress, together};
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut store = StoreOptions::folder(folder.path());
    if let Some(address) = arguments.get(1) {
        store.address.clone_from(address);
        store.schema = Some(format!("bench_{}", std::process::id()));
    }
    let service =
        Service::open(ServiceOptions { clock: Clock::Wall, ..ServiceOptions::standard(store) }).await?;
    service.initialise("Import", 0).await?;
    sample::records(&service, 1).await?;
    let what = arguments.first().map_or("100000", String::as_str);
    match what.parse() {
        Ok(findings) => one_report(&service, findings).await?,
        Err(_) => every_file(&service, Path::new(what)).await?,
    }
    say(&format!("memory at the end: {}", resident()));
    service.close().await?;
    Ok(())
}

async fn one_report(service: &Service, findings: usize) -> anyhow::Result<()> {
    let mut shuffled = weaknesses(0, findings);
    shuffled.reverse();
    shuffled.rotate_left(findings / 3);
    let first = scan(0, weaknesses(0, findings)).to_string();
    let otherwise = serde_json::to_string_pretty(&scan(0, shuffled))?;
    for (what, text) in [("first", first.clone()), ("the same file", first), ("written otherwise", otherwise)]
    {
        let file = ImportFile { name: "report.json".to_owned(), bytes: text.into_bytes().into() };
        let (begun, before) = (Instant::now(), process_time());
        let progress = Arc::new(Progress::default());
        let outcome =
            service.import(&Actor::program(), file, Some("System 00000"), Mode::Commit, progress).await?;
        let spent = process_time() - before;
        say(&format!(
            "{what:18} {:6.2} s, {spent:6.2} s of CPU: {} opened, {} still open, known {}",
            begun.elapsed().as_secs_f64(),
            outcome.opened,
            outcome.still_open,
            outcome.already_known
        ));
    }
    Ok(())
}

async fn every_file(service: &Service, folder: &Path) -> anyhow::Result<()> {
    let files = files_below(folder)?;
    let (begun, before) = (Instant::now(), process_time());
    let (mut accepted, mut refused, mut findings, mut bytes) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut named = Vec::new();
    for path in &files {
        let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
        let content = std::fs::read(path)?;
        bytes += content.len();
        named.push((ImportFile { name, bytes: content.into() }, Arc::default()));
    }
    let sizes: Vec<_> = named.iter().map(|(file, _)| file.bytes.len()).collect();
    for group in together(&sizes) {
        let files = named.drain(..group.len()).collect();
        let belongs = Belongs { system: Some("System 00000"), release: None };
        for done in service.import_many(&Actor::program(), files, belongs, Mode::Commit).await {
            match done {
                Ok(outcome) => {
                    accepted += 1;
                    findings += outcome.opened;
                }
                Err(_) => refused += 1,
            }
        }
    }
    let (spent, seconds) = (process_time() - before, begun.elapsed().as_secs_f64());
    say(&format!(
        "{} files, {bytes} bytes: {accepted} accepted, {refused} refused, {findings} opened",
        files.len()
    ));
    say(&format!(
        "{seconds:.2} s, {spent:.2} s of CPU, {:.2} s of CPU for 500 files",
        spent * 500.0 / files.len() as f64
    ));
    Ok(())
}

fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}
