//! One file per group of commands.

pub(crate) mod advisories;
pub(crate) mod backup;
mod bounded;
mod catalog;
pub(crate) mod controls;
mod demo;
mod evidence;
mod findings;
mod ledger;
mod oscal;
mod posture;
mod records;
pub(crate) mod release;
mod report;
pub(crate) mod risk;
mod serve;
pub(crate) mod token;
mod undo_import;
mod user;
pub(crate) mod vuln;

use crate::cli::{Cli, Command};
use crate::output::{OK, print, print_json};
use anyhow::Context;
use clap::CommandFactory;
use std::process::ExitCode;
use warrant_service::{Actor, Service, ServiceOptions, StoreOptions};

/// Runs what was asked for.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let done = ExitCode::from(OK);
    match &cli.command {
        Command::Advisories(args) => return advisories::run(&cli, args).await,
        Command::Backup(args) => return backup::run(&cli, args).await,
        Command::Catalog(args) => return catalog::run(&cli, args).await,
        Command::Risk(args) => return risk::run(&cli, args).await,
        Command::Vuln(args) => return vuln::run(args, cli.json),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "warrant", &mut script);
            print(String::from_utf8_lossy(&script).trim_end());
            return Ok(done);
        }
        Command::Man { folder } => {
            clap_mangen::generate_to(Cli::command(), folder)
                .with_context(|| format!("{} could not be written", folder.display()))?;
            return Ok(done);
        }
        Command::Formats if cli.json => {
            let formats = warrant_intake::formats::READERS.iter();
            let formats = formats.map(|reader| {
                serde_json::json!({"id": reader.id(), "title": reader.title(), "source": reader.source(), "yields": reader.yields()})
            });
            print_json(&formats.collect::<Vec<_>>())?;
            return Ok(done);
        }
        Command::Formats => {
            for reader in warrant_intake::formats::READERS.iter() {
                print(&format!("{:<20} {} — {}", reader.id(), reader.title(), reader.yields()));
            }
            return Ok(done);
        }
        Command::Report(args) if args.format == "list" => return report::list(cli.json).map(|()| done),
        Command::Ledger(args) => {
            if let Some(answer) = ledger::without_store(args)? {
                return Ok(answer);
            }
        }
        Command::Demo(args) => return demo::run(&cli, args).await,
        Command::Init(args) => return serve::init(&cli, args).await.map(|()| done),
        Command::Serve(args) => return serve::serve(&cli, args).await.map(|()| done),
        _ => {}
    }
    let (service, actor) = enter(&cli).await?;
    let answer = match &cli.command {
        Command::Import(args) => evidence::import(&service, &actor, args, cli.json).await,
        Command::UndoImport(args) => undo_import::run(&service, &actor, args, cli.json).await.map(|()| done),
        Command::Posture(args) => posture::posture(&service, &actor, args, cli.json).await.map(|()| done),
        Command::Compare(args) => posture::compare(&service, &actor, args, cli.json).await,
        Command::Deficiencies(args) => {
            posture::deficiencies(&service, &actor, args, cli.json).await.map(|()| done)
        }
        Command::Findings(args) => findings::run(&service, &actor, args, cli.json).await.map(|()| done),
        Command::Controls(args) => controls::run(&service, &actor, args, cli.json).await,
        Command::Release(args) => release::run(&service, &actor, args, cli.json).await,
        Command::Records(args) => records::run(&service, &actor, args, cli.json).await.map(|()| done),
        Command::Report(args) => report::run(&service, &actor, args, cli.json).await,
        Command::Ledger(args) => ledger::run(&service, &actor, args, cli.json).await,
        Command::Token(args) => token::run(&service, &actor, args, cli.json).await.map(|()| done),
        Command::User(args) => user::run(&service, &actor, args, cli.json).await.map(|()| done),
        _ => Ok(done),
    };
    service.close().await?;
    answer
}

/// Where the store is, as asked for.
pub(crate) fn store_options(cli: &Cli, default: &str) -> StoreOptions {
    StoreOptions::at(cli.store.as_deref().unwrap_or(default), cli.data.clone())
}

/// Opens a store that is there.
pub(crate) async fn open(cli: &Cli) -> anyhow::Result<Service> {
    let options = store_options(cli, "warrant-data");
    if !options.exists() {
        anyhow::bail!(
            "there is no store at {}\n\nhint: `warrant init` makes one, `warrant demo` a sample; --store names another",
            options.address
        );
    }
    let service = Service::open(ServiceOptions::standard(options)).await?;
    if service.store().organisation().await?.is_none() {
        anyhow::bail!("the store is empty\n\nhint: run `warrant init` first");
    }
    service.renew_expired().await?;
    Ok(service)
}

/// Opens a store that is there, as whoever the command line names.
pub(crate) async fn enter(cli: &Cli) -> anyhow::Result<(Service, Actor)> {
    let service = open(cli).await?;
    let actor = match &cli.account {
        Some(email) => service.actor(email).await?,
        None => Actor::program(),
    };
    Ok((service, actor))
}

/// An instant as people write it.
pub(crate) fn instant(text: &str) -> anyhow::Result<jiff::Timestamp> {
    warrant_model::time::parse(text)
        .ok_or_else(|| anyhow::anyhow!("`{text}` is no time; write 2026-10-23 or 2026-10-23T12:00Z"))
}
