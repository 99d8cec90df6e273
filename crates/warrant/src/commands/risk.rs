//! `warrant risk`: loss scenarios, of a file or of the store, as distributions of money.

mod organisation;
mod show;

use crate::cli::Cli;
use crate::output::{FOUND, OK, print_json};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_risk::{RiskFile, Verdict, simulate};

#[derive(Debug, Args)]
pub(crate) struct Risk {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Compute the distribution of a year's loss, exactly and with a second opinion
    #[command(
        after_help = "Examples:\n  warrant risk simulate portal.toml\n  warrant risk simulate portal.toml --json | jq .total.ale\n\nThe file is described in docs/risk.md; `warrant risk schema` prints its JSON Schema.\nExit codes: 0 within tolerance, 1 a tolerance is exceeded or cannot be decided, 2 no answer."
    )]
    Simulate {
        /// The scenario file
        file: PathBuf,
        /// Lattice points for the total, a power of two: more give narrower brackets
        #[arg(long, value_name = "N")]
        points: Option<usize>,
        /// Years that the second opinion plays
        #[arg(long, value_name = "N")]
        years: Option<usize>,
        /// Seed of the second opinion
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// Price the scenarios in force with the controls as posture shows them
    Organisation {
        /// Only this system
        #[arg(long, value_name = "NAME")]
        system: Option<String>,
    },
    /// Price one scenario: what stands in its way, what each finding costs, what moved in a month
    Scenario {
        /// Record id of the scenario
        id: String,
    },
    /// Print the JSON Schema of scenario files
    Schema,
}

/// Runs a risk command.
pub(crate) async fn run(cli: &Cli, args: &Risk) -> anyhow::Result<ExitCode> {
    let json = cli.json;
    match &args.action {
        Action::Simulate { file, points, years, seed } => {
            let scenarios = read(file)?;
            let mut settings = scenarios.settings();
            settings.points = points.unwrap_or(settings.points);
            settings.years = years.unwrap_or(settings.years);
            settings.seed = seed.unwrap_or(settings.seed);
            let report =
                simulate(&scenarios.scenarios, &settings).with_context(|| file.display().to_string())?;
            if json {
                print_json(&report)?;
            } else {
                show::report(&scenarios, &report);
            }
            let within = report.tolerance.iter().all(|answer| answer.verdict == Verdict::Within);
            Ok(ExitCode::from(if within { OK } else { FOUND }))
        }
        Action::Organisation { system } => {
            let (service, actor) = super::enter(cli).await?;
            let answer = organisation::organisation(&service, &actor, system.as_deref(), json).await;
            service.close().await?;
            answer.map(|()| ExitCode::from(OK))
        }
        Action::Scenario { id } => {
            let (service, actor) = super::enter(cli).await?;
            let answer = organisation::scenario(&service, &actor, id, json).await;
            service.close().await?;
            answer.map(|()| ExitCode::from(OK))
        }
        Action::Schema => print_json(&RiskFile::schema()).map(|()| ExitCode::from(OK)),
    }
}

fn read(file: &Path) -> anyhow::Result<RiskFile> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} could not be read"))?;
    Ok(RiskFile::read(&name, &text)?)
}
