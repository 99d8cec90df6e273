//! `warrant risk`: loss scenarios, of a file or of the store, as distributions of money.

mod alternatives;
mod judgement;
mod limits;
mod of_store;
mod organisation;
mod plans;
mod resources;
mod show;
mod store;

use crate::cli::Cli;
use crate::output::{FOUND, OK, print_json, say};
use anyhow::Context;
use clap::{Args, Subcommand};
use limits::LimitArgs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_risk::{
    Alternative, Baseline, Limits, RiskFile, Settings, Verdict, compare, frontier, plan, simulate, verify,
    worth,
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
    /// Tell what moved the expected loss since a day, by scenario and control
    #[command(after_help = "Example:\n  warrant risk moved --since 2026-10-01 --system 'Customer Portal'")]
    Moved(store::Moved),
    /// Price some findings as closed: for each scenario, system and unit, and the organisation
    #[command(after_help = "Example:\n  warrant risk what-if aea916276f1b271d18767ae5e05dd54c")]
    WhatIf {
        /// Ids of findings
        #[arg(required = true, value_name = "FINDING")]
        findings: Vec<String>,
    },
    /// Offer POA&M items and remedies of open findings, and find the best of them for a budget
    #[command(
        after_help = "Examples:\n  warrant risk portfolio\n  warrant risk portfolio --budget 15000 --hours 150\n  warrant risk portfolio --budget 15000 --objective tvar:0.95\n  warrant risk portfolio --budget 8000,8000 --proof proof && warrant risk verify-plan proof/plan.json proof/portfolio.toml"
    )]
    Portfolio(store::Portfolio),
    /// Show the scenarios in force on the five-step scales of SP 800-30, derived from their money
    Register(store::Scope),
    /// Set units beside the tolerance lines of their own
    #[command(after_help = "Exit codes: 0 all within, 1 one is not or cannot be decided, 2 no answer.")]
    Tolerance,
    /// Show budget lines, hours by work role, contracts and what the money buys
    #[command(after_help = "Example:\n  warrant risk budget --on 2027-01-01")]
    Budget(resources::Asked),
    /// Write the funding request of a period: HTML, or DOCX when the file's name says so
    #[command(after_help = "Example:\n  warrant risk funding-request --on 2027-01-01 -o request.docx")]
    FundingRequest {
        #[command(flatten)]
        asked: resources::Asked,
        /// Where to write it; `-` writes HTML to the standard output
        #[arg(short, long, value_name = "FILE", default_value = "-")]
        output: PathBuf,
    },
    /// Say whether what is known decides about the tolerance line, and what to find out first
    #[command(after_help = "Exit codes: 0 within, 1 not within or not decided, 2 no answer.")]
    Known(store::Scope),
    /// Price every control of the file: the loss without it, and its fair share of what all prevent
    #[command(after_help = "Example:\n  warrant risk worth portal.toml")]
    Worth {
        /// The scenario file
        file: PathBuf,
    },
    /// Find the actions that leave the least loss for a budget, with a proof
    #[command(
        after_help = "Examples:\n  warrant risk plan portal.toml --budget 250000 --hours 900 --hours engineer=400\n  warrant risk plan portal.toml --budget 90000,60000,60000 --discount 0.03\n  warrant risk plan portal.toml --budget 250000 --objective tvar:0.95 --json > plan.json\n  warrant risk plan portal.toml --budget 500000 --frontier\n\nLimits that are not given are those of the file's `[plan]` table.\nExit codes: 0 proved to be within the gap, 1 not within it, 2 no plan."
    )]
    Plan {
        /// The scenario file with its `[[action]]` tables
        file: PathBuf,
        #[command(flatten)]
        limits: LimitArgs,
        /// Prove the plan to be within this share of the best
        #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
        gap: f64,
        /// Plan for fifty budgets up to the one given
        #[arg(long)]
        frontier: bool,
    },
    /// Set plans and lists of actions side by side
    #[command(
        after_help = "Examples:\n  warrant risk compare portal.toml --plan plan.json --plan cheap=offline-backups,address-check\n  warrant risk compare portal.toml --years 3 --plan inventory,segment-database@2\n  warrant risk compare --plan 'initiative:Patch round' --plan budget:15000 --plan quick=ID,ID\n\nExit codes: 0 all keep the limits, 1 one does not, 2 no answer."
    )]
    Compare {
        /// The scenario file with its `[[action]]` tables; what could be done in the store when not given
        file: Option<PathBuf>,
        /// A plan that `warrant risk plan --json` wrote, or [NAME=]ACTION[@YEAR],…; of the store `initiative:NAME`,
        /// `budget:MONEY` or [NAME=]ID,… of its portfolio; may be repeated
        #[arg(long = "plan", value_name = "PLAN", required = true)]
        plans: Vec<String>,
        #[command(flatten)]
        limits: LimitArgs,
        #[command(flatten)]
        scope: store::Scope,
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
    /// Say which of two sets of actions is better, or that what is known does not decide, and what to measure first
    #[command(
        after_help = "Examples:\n  warrant risk decide portal.toml --with offline-backups --against segment-database,inventory\n  warrant risk decide portal.toml --with second-site --years 5 --measuring 'rate of `flood`=4000'\n\nUncertain are rates with `uncertain`, effects with a `range`, costs with a `cost_range`.\nExit codes: 0 decides, 1 does not decide, 2 no answer."
    )]
    Decide(judgement::DecideArgs),
    /// Score estimates against what happened, for each estimator
    #[command(
        after_help = "Example:\n  warrant risk calibrate estimates.csv\n\nColumns: estimator, question, then chance and happened (yes, no), or low, high and found, perhaps with\nconfidence (0.9 when not given). As TOML the same are fields of `[[estimate]]` tables."
    )]
    Calibrate {
        /// The estimates, CSV or TOML; those of the store when not given
        file: Option<PathBuf>,
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
        Action::Moved(args) => store::moved(cli, args).await,
        Action::WhatIf { findings } => store::what_if(cli, findings).await,
        Action::Portfolio(args) => store::portfolio(cli, args).await,
        Action::Register(scope) => store::register(cli, scope).await,
        Action::Tolerance => store::tolerance(cli).await,
        Action::Budget(asked) => resources::budget(cli, asked).await,
        Action::FundingRequest { asked, output } => resources::funding_request(cli, asked, output).await,
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
        Action::Plan { file, limits, gap, frontier } => {
            let (scenarios, limits) = limits::with_limits(file, limits, *gap)?;
            if *frontier {
                all_budgets(file, &scenarios, &limits, json)
            } else {
                one_budget(file, &scenarios, &limits, json)
            }
        }
        Action::Compare { file: Some(file), plans, limits, .. } => side_by_side(file, plans, limits, json),
        Action::Compare { file: None, plans, scope, .. } => of_store::compared(cli, plans, scope).await,
        Action::VerifyPlan { plan, file } => {
            let scenarios = read(file)?;
            let found = limits::plan(plan)?;
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
        Action::Decide(args) => judgement::decide(args, json),
        Action::Calibrate { file: Some(file) } => judgement::calibration(file, json),
        Action::Calibrate { file: None } => judgement::own_calibration(cli).await,
        Action::Known(scope) => store::known(cli, scope).await,
        Action::Schema => print_json(&RiskFile::schema()).map(|()| ExitCode::from(OK)),
    }
}

fn one_budget(path: &Path, file: &RiskFile, limits: &Limits, json: bool) -> anyhow::Result<ExitCode> {
    let found = plan(file, limits).with_context(|| path.display().to_string())?;
    if json {
        print_json(&found)?;
    } else {
        let settings = Settings { points: 1 << 16, ..file.settings() };
        let before = Baseline::new(&file.scenarios, &settings)?;
        let after = Baseline::new(&found.scenarios(file)?, &settings)?;
        plans::plan(file, &found, before.figures(), after.figures())?;
    }
    Ok(ExitCode::from(if found.gap() <= limits.gap { OK } else { FOUND }))
}

fn all_budgets(path: &Path, file: &RiskFile, limits: &Limits, json: bool) -> anyhow::Result<ExitCode> {
    let plans = frontier(file, limits, BUDGETS).with_context(|| path.display().to_string())?;
    if json {
        print_json(&plans)?;
    } else {
        plans::frontier(file, &plans);
    }
    let proved = plans.iter().all(|plan| plan.gap() <= limits.gap);
    Ok(ExitCode::from(if proved { OK } else { FOUND }))
}

fn side_by_side(path: &Path, plans: &[String], args: &LimitArgs, json: bool) -> anyhow::Result<ExitCode> {
    let file = read(path)?;
    let limits = args.over_or_unlimited(&file).with_context(|| path.display().to_string())?;
    let mut all = vec![Alternative { name: "nothing".to_owned(), chosen: Vec::new() }];
    for plan in plans {
        all.push(limits::alternative(plan, &file)?);
    }
    let found = compare(&file, &all, &limits).with_context(|| path.display().to_string())?;
    if json {
        print_json(&found)?;
    } else {
        alternatives::compared(&file, &found);
    }
    // Doing nothing is there to compare with; what it breaks is no fault of the plans.
    Ok(ExitCode::from(if found.iter().skip(1).all(|one| one.breaks.is_empty()) { OK } else { FOUND }))
}

/// Budgets of a frontier.
const BUDGETS: usize = 50;

fn read(file: &Path) -> anyhow::Result<RiskFile> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} could not be read"))?;
    Ok(RiskFile::read(&name, &text)?)
}
