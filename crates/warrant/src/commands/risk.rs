//! `warrant risk`: loss scenarios, of a file or of the store, as distributions of money.

mod organisation;
mod plans;
mod show;

use crate::cli::Cli;
use crate::output::{FOUND, OK, print_json, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_risk::{
    Baseline, Limits, Plan, RiskFile, Settings, Verdict, frontier, plan, simulate, verify, worth,
};

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
    /// Price every control of the file: the loss without it, and its fair share of what all prevent
    #[command(after_help = "Example:\n  warrant risk worth portal.toml")]
    Worth {
        /// The scenario file
        file: PathBuf,
    },
    /// Find the actions that leave the least expected loss for a budget, with a proof
    #[command(
        after_help = "Examples:\n  warrant risk plan portal.toml --budget 250000 --hours 900\n  warrant risk plan portal.toml --budget 250000 --json > plan.json\n  warrant risk plan portal.toml --budget 500000 --frontier\n\nExit codes: 0 proved to be within the gap, 1 not within it, 2 no plan."
    )]
    Plan {
        /// The scenario file with its `[[action]]` tables
        file: PathBuf,
        /// Money that can be spent, in the file's currency
        #[arg(long, value_name = "N")]
        budget: f64,
        /// Person-hours that can be spent
        #[arg(long, value_name = "N")]
        hours: Option<f64>,
        /// Prove the plan to be within this share of the best
        #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
        gap: f64,
        /// Plan for fifty budgets up to the one given
        #[arg(long)]
        frontier: bool,
    },
    /// Confirm a plan from the file, by a checker that knows nothing of how plans are found
    #[command(
        after_help = "Example:\n  warrant risk verify-plan plan.json portal.toml\n\nExit codes: 0 it holds, 1 it does not, 2 it could not be read."
    )]
    VerifyPlan {
        /// The plan, as `warrant risk plan --json` wrote it
        plan: PathBuf,
        /// The scenario file it was made from
        file: PathBuf,
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
        Action::Worth { file } => {
            let scenarios = read(file)?;
            let settings = Settings { points: 1 << 16, ..scenarios.settings() };
            let found = worth(&scenarios.scenarios, &settings).with_context(|| file.display().to_string())?;
            if json {
                print_json(&found)?
            } else {
                plans::worth(&scenarios, &found)
            }
            Ok(ExitCode::from(OK))
        }
        Action::Plan { file, budget, hours, gap, frontier } => {
            let limits = Limits { hours: *hours, gap: *gap, ..Limits::of(*budget) };
            if *frontier { all_budgets(file, &limits, json) } else { one_budget(file, &limits, json) }
        }
        Action::VerifyPlan { plan, file } => {
            let scenarios = read(file)?;
            let text = std::fs::read_to_string(plan)
                .with_context(|| format!("{} could not be read", plan.display()))?;
            let found: Plan =
                serde_json::from_str(&text).with_context(|| format!("{} is no plan", plan.display()))?;
            match verify(&found, &scenarios) {
                Ok(()) => {
                    plans::confirmed(&found, &scenarios.currency);
                    Ok(ExitCode::from(OK))
                }
                Err(error) => {
                    say(&format!("{}: {error}", plan.display()));
                    Ok(ExitCode::from(FOUND))
                }
            }
        }
        Action::Schema => print_json(&RiskFile::schema()).map(|()| ExitCode::from(OK)),
    }
}

fn one_budget(file: &Path, limits: &Limits, json: bool) -> anyhow::Result<ExitCode> {
    let scenarios = read(file)?;
    let found = plan(&scenarios, limits).with_context(|| file.display().to_string())?;
    if json {
        print_json(&found)?;
    } else {
        let settings = Settings { points: 1 << 16, ..scenarios.settings() };
        let before = Baseline::new(&scenarios.scenarios, &settings)?;
        let after = Baseline::new(&found.scenarios(&scenarios)?, &settings)?;
        plans::plan(&scenarios, &found, before.figures(), after.figures());
    }
    Ok(ExitCode::from(if found.gap() <= limits.gap { OK } else { FOUND }))
}

fn all_budgets(file: &Path, limits: &Limits, json: bool) -> anyhow::Result<ExitCode> {
    let scenarios = read(file)?;
    let plans = frontier(&scenarios, limits, BUDGETS).with_context(|| file.display().to_string())?;
    if json {
        print_json(&plans)?;
    } else {
        plans::frontier(&scenarios, &plans);
    }
    let proved = plans.iter().all(|plan| plan.gap() <= limits.gap);
    Ok(ExitCode::from(if proved { OK } else { FOUND }))
}

/// Budgets of a frontier.
const BUDGETS: usize = 50;

fn read(file: &Path) -> anyhow::Result<RiskFile> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} could not be read"))?;
    Ok(RiskFile::read(&name, &text)?)
}
