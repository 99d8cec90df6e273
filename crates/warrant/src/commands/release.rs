//! `warrant release`: the store's releases, judged by the advisories in force.

pub(crate) mod show;

use super::advisories::freshness;
use crate::output::{FOUND, OK, print, print_json, print_table};
use clap::{Args, Subcommand};
use std::process::ExitCode;
use warrant_service::releases::{Releases, Verdict};
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Release {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List releases with what hits them, what could not be assessed, and whether they are safe to ship
    List {
        /// Only of this system
        #[arg(long, value_name = "NAME")]
        system: Option<String>,
    },
    /// Follow a component's vulnerabilities over its releases, or show one release
    #[command(
        after_help = "Examples:\n  warrant release show customer-portal\n  warrant release show customer-portal 2.5.0 --json"
    )]
    Show {
        /// The component
        component: String,
        /// The version; all of them when it is not said
        version: Option<String>,
        /// The system, when several have such a component
        #[arg(long, value_name = "NAME")]
        system: Option<String>,
    },
    /// Tell what a later release introduces, fixes and leaves open; exit 1 when it introduces something or nothing can
    /// be told
    #[command(after_help = "Example:\n  warrant release compare customer-portal 2.4.0 2.5.0")]
    Compare {
        /// The component
        component: String,
        /// The earlier version
        from: String,
        /// The later version
        to: String,
        /// The system, when several have such a component
        #[arg(long, value_name = "NAME")]
        system: Option<String>,
    },
    /// Say whether a release is safe to ship, and why not; exit 1 when it is not
    #[command(after_help = "Example:\n  warrant release safe-to-ship customer-portal 2.5.0 && ./ship")]
    SafeToShip {
        /// The component
        component: String,
        /// The version; the newest when it is not said
        version: Option<String>,
        /// The system, when several have such a component
        #[arg(long, value_name = "NAME")]
        system: Option<String>,
    },
}

/// Runs a release command.
pub(crate) async fn run(
    service: &Service,
    actor: &Actor,
    args: &Release,
    json: bool,
) -> anyhow::Result<ExitCode> {
    match &args.action {
        Action::List { system } => list(service, actor, system.as_deref(), json).await,
        Action::Show { component, version, system } => {
            let at = find(service, actor, system.as_deref(), component).await?;
            match version {
                Some(version) => one(service, actor, (&at.0, &at.1, version), json).await,
                None => all(service, actor, (&at.0, &at.1), json).await,
            }
        }
        Action::Compare { component, from, to, system } => {
            let (system, component) = find(service, actor, system.as_deref(), component).await?;
            let (feed, delta) = service.compare_releases(actor, (&system, &component), (from, to)).await?;
            if json {
                print_json(&serde_json::json!({"feed": feed, "delta": delta}))?;
            } else {
                show::delta(&component, &delta);
                freshness(service, feed.as_ref());
            }
            let fine = delta.introduced.is_empty() && delta.unknown.is_empty() && delta.unassessed.is_empty();
            Ok(ExitCode::from(if fine { OK } else { FOUND }))
        }
        Action::SafeToShip { component, version, system } => {
            let (system, component) = find(service, actor, system.as_deref(), component).await?;
            ship(service, actor, (&system, &component, version.as_deref()), json).await
        }
    }
}

async fn find(
    service: &Service,
    actor: &Actor,
    system: Option<&str>,
    component: &str,
) -> anyhow::Result<(String, String)> {
    let system = match system {
        Some(name) => Some(service.system_row(actor, name).await?.id),
        None => None,
    };
    Ok(service.component_with_releases(actor, system.as_deref(), component).await?)
}

async fn list(
    service: &Service,
    actor: &Actor,
    system: Option<&str>,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let system = match system {
        Some(name) => Some(service.system_row(actor, name).await?.id),
        None => None,
    };
    let releases = service.releases(actor, system.as_deref()).await?;
    if json {
        print_json(&releases)?;
        return Ok(ExitCode::from(OK));
    }
    let Releases { feed, lines } = &releases;
    let rows: Vec<Vec<String>> = lines
        .iter()
        .flat_map(|line| line.releases.iter().map(move |release| show::row(line, release)))
        .collect();
    match rows.is_empty() {
        true => print("No bill of materials names a release; `warrant import --release` says which it is."),
        false => print_table(
            &["system", "component", "release", "of", "", "to deal with", "parts", "not assessed", "verdict"],
            &rows,
        ),
    }
    freshness(service, feed.as_ref());
    Ok(ExitCode::from(OK))
}

async fn all(
    service: &Service,
    actor: &Actor,
    (system, component): (&str, &str),
    json: bool,
) -> anyhow::Result<ExitCode> {
    let (feed, line) = service.releases_of(actor, system, component).await?;
    if json {
        print_json(&serde_json::json!({"feed": feed, "line": *line}))?;
    } else {
        show::line(&line);
        freshness(service, feed.as_ref());
    }
    Ok(ExitCode::from(OK))
}

async fn one(
    service: &Service,
    actor: &Actor,
    at: (&str, &str, &str),
    json: bool,
) -> anyhow::Result<ExitCode> {
    let (feed, line, nth) = service.release(actor, at).await?;
    let release = &line.releases[nth];
    if json {
        print_json(&serde_json::json!({"feed": feed, "component": line.component, "release": release}))?;
    } else {
        show::release(&line, release);
        freshness(service, feed.as_ref());
    }
    Ok(ExitCode::from(OK))
}

async fn ship(
    service: &Service,
    actor: &Actor,
    (system, component, version): (&str, &str, Option<&str>),
    json: bool,
) -> anyhow::Result<ExitCode> {
    let (feed, line) = service.releases_of(actor, system, component).await?;
    let release = match version {
        Some(version) => line.release(version),
        None => line.releases.last(),
    };
    let Some(release) = release else {
        anyhow::bail!("there is no release `{component} {}` here", version.unwrap_or_default())
    };
    if json {
        print_json(&serde_json::json!({
            "feed": feed, "component": line.component, "version": release.version, "ship": release.ship,
        }))?;
    } else {
        show::ship(&line, release);
        freshness(service, feed.as_ref());
    }
    Ok(ExitCode::from(if release.ship.verdict == Verdict::Ship { OK } else { FOUND }))
}
