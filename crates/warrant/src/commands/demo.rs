//! `warrant demo`: the sample organisation, built from the files inside the binary.

use super::{serve, store_options};
use crate::cli::{Cli, Demo};
use crate::output::{OK, say};
use anyhow::Context;
use include_dir::{Dir, include_dir};
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;
use warrant_service::demo::{Files, Script, play, shift_dates, shift_of};
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

static NORTHWATER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/northwater");

/// The files inside the binary.
struct Embedded;

impl Files for Embedded {
    fn content(&self, name: &str) -> Option<Vec<u8>> {
        NORTHWATER.get_file(name).map(|file| file.contents().to_vec())
    }
}

/// Builds the sample store if it is not there, then serves it.
pub(crate) async fn run(cli: &Cli, args: &Demo) -> anyhow::Result<ExitCode> {
    let options = store_options(cli, "warrant-demo");
    if args.fresh {
        remove(&options)?;
    }
    let script = NORTHWATER.get_file("demo.toml").and_then(|file| file.contents_utf8());
    let script = Script::parse(script.context("the sample organisation is not in this binary")?)?;
    let service = Service::open(ServiceOptions::standard(options.clone())).await?;
    let service = match service.store().organisation().await? {
        Some(organisation) if organisation.name != script.organisation => anyhow::bail!(
            "{} holds {}, not the sample organisation\n\nhint: give another folder with --store",
            options.address,
            organisation.name
        ),
        Some(_) => service,
        None => {
            service.close().await?;
            let built = if args.no_serve { build(&options, &script).await } else { build_apart().await };
            built.inspect_err(|_| {
                say("hint: the sample store was left unfinished; `warrant demo --fresh` builds it anew");
            })?;
            Service::open(ServiceOptions::standard(options.clone())).await?
        }
    };
    if args.no_serve {
        service.close().await?;
        return Ok(ExitCode::from(OK));
    }
    let token = service.one_time_link(&Actor::program(), &script.officer).await?;
    serve::listen(service, args.listen, Some(&token), warrant_web::Settings::default()).await?;
    Ok(ExitCode::from(OK))
}

/// Builds it in a process of its own, so that the server does not keep what building took.
async fn build_apart() -> anyhow::Result<()> {
    let program = std::env::current_exe().context("this program's file is not known")?;
    let args = std::env::args_os().skip(1);
    let status = tokio::process::Command::new(program).args(args).arg("--no-serve").status().await?;
    anyhow::ensure!(status.success(), "the sample organisation was not built");
    Ok(())
}

async fn build(options: &StoreOptions, script: &Script) -> anyhow::Result<()> {
    let until = Clock::Wall.now();
    let first = script.steps.first().map_or(until, |step| step.at);
    let clock = Clock::at(first);
    let service =
        Service::open(ServiceOptions { clock, ..ServiceOptions::standard(options.clone()) }).await?;
    let bar = ProgressBar::new(script.steps.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")?);
    let told = |nth: usize, _: usize, file: &str| {
        bar.set_position(nth as u64);
        bar.set_message(file.to_owned());
    };
    let played = play(&service, script, &Embedded, until, &told).await?;
    bar.finish_and_clear();
    service.close().await?;
    put_files_to_try(options, shift_of(script, until))?;
    say(&format!(
        "{}: {} records from {} tables, {} facts from {} files of evidence",
        script.organisation, played.records, played.tables, played.facts, played.files
    ));
    Ok(())
}

/// Puts the files a newcomer is to import beside the store, their dates moved like everything else.
fn put_files_to_try(options: &StoreOptions, days: i64) -> anyhow::Result<()> {
    let Some(folder) = NORTHWATER.get_dir("to-import") else { return Ok(()) };
    let target = options.data.join("to-import");
    std::fs::create_dir_all(&target).with_context(|| target.display().to_string())?;
    for file in folder.files() {
        let path = target.join(file.path().file_name().unwrap_or_default());
        let bytes = shift_dates(file.contents().to_vec(), days);
        std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    }
    say(&format!("Files to try are in {}", target.display()));
    Ok(())
}

/// Removes a sample store's folder, and only one that looks like a store.
fn remove(options: &StoreOptions) -> anyhow::Result<()> {
    let folder = &options.data;
    if !folder.exists() {
        return Ok(());
    }
    let known =
        ["warrant.db", "warrant.db-wal", "warrant.db-shm", "blobs", "ledger", "ledger.key", "to-import"];
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !known.iter().any(|known| name == *known) {
            anyhow::bail!(
                "{} holds {}, which is no part of a store; nothing was removed",
                folder.display(),
                name.display()
            );
        }
    }
    std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())
}
