//! `warrant risk moved`, `what-if`, `portfolio` and `register`: what a store's scenarios, findings and plans answer together.

use super::limits::objective;
use super::show::{Last, money, percent, row_of, table};
use crate::cli::Cli;
use crate::output::{FOUND, OK, plain, print, print_json};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;
use warrant_model::kinds::Treatment;
use warrant_model::time::{day, plus_days};
use warrant_service::risk::{
    Deciding, Decision, Objective, PortfolioAsk, PortfolioView, RiskScope, ShiftScope, Verdict, WhatIf,
};
use warrant_service::{Actor, Service};

/// Days looked back unless said since when.
const BACK: i64 = 30;

#[derive(Debug, Args)]
pub(super) struct Moved {
    /// The day whose end is compared with now; thirty days ago if not said
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    #[command(flatten)]
    scope: Scope,
}

#[derive(Debug, Args)]
pub(super) struct Scope {
    /// Only this system
    #[arg(long, value_name = "NAME")]
    system: Option<String>,
    /// Only this unit with all below it, by its record id
    #[arg(long, value_name = "ID", conflicts_with = "system")]
    unit: Option<String>,
}

impl Scope {
    pub(super) async fn of(&self, service: &Service, actor: &Actor) -> anyhow::Result<RiskScope> {
        Ok(match (&self.system, &self.unit) {
            (Some(name), _) => RiskScope::System(service.system_row(actor, name).await?.id),
            (None, Some(unit)) => RiskScope::Unit(unit.clone()),
            (None, None) => RiskScope::Organisation,
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct Portfolio {
    /// Money that can be spent in each year: 50000, or 50000,30000 for two years
    #[arg(long, value_name = "MONEY", value_delimiter = ',')]
    budget: Vec<f64>,
    /// Person-hours in a year
    #[arg(long, value_name = "HOURS")]
    hours: Option<f64>,
    /// A candidate that has to be done, by its id; may be repeated
    #[arg(long, value_name = "ID")]
    must: Vec<String>,
    /// What is to be as small as can be: `ale`, the expected loss, or `tvar:0.95`, the mean of the years beyond
    #[arg(long, value_name = "WHAT", value_parser = objective, default_value = "ale")]
    objective: Objective,
    /// Write the plan and what its proof is about into this folder, for `warrant risk verify-plan`
    #[arg(long, value_name = "DIR")]
    proof: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
}

pub(super) async fn moved(cli: &Cli, args: &Moved) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let since = args.since.unwrap_or_else(|| day(plus_days(service.now(), -BACK)));
    let scope = args.scope.of(&service, &actor).await?;
    let view = service.risk_moved(&actor, &scope, since).await?;
    service.close().await?;
    if cli.json {
        return print_json(&view).map(|()| ExitCode::from(OK));
    }
    print(&format!("Expected loss a year on {} and today, in {}", view.since, view.currency));
    let signed = |by: f64| if by > 0.0 { format!("+{}", money(by)) } else { money(by) };
    let mut steps = vec![row_of(&["CAUSE", "CHANGE", "SCENARIOS"])];
    steps.push(vec![format!("on {}", view.since), money(view.before), String::new()]);
    for line in &view.causes {
        steps.push(vec![line.cause.says().to_owned(), signed(line.amount), line.scenarios.to_string()]);
    }
    steps.push(vec!["today".to_owned(), money(view.now), String::new()]);
    table(&steps, 1, Last::Figures);
    print("");
    let mut rows = vec![row_of(&["SCENARIO", "SYSTEM", "THEN", "NOW", "MOST BY"])];
    for line in &view.scenarios {
        let most = line.causes.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()));
        let by = most.map_or_else(String::new, |share| {
            let moved = line.moved.first().map_or_else(String::new, |moved| {
                let (before, now) = (moved.before.performance(), moved.now.performance());
                format!("; {} {} -> {}", moved.now.control, percent(before), percent(now))
            });
            format!("{} {}{moved}", share.cause.says().to_lowercase(), signed(share.amount))
        });
        let on = |loss: Option<f64>| loss.map_or_else(|| "not in force".to_owned(), money);
        rows.push(vec![plain(&line.title), plain(&line.system_name), on(line.before), on(line.now), by]);
    }
    table(&rows, 2, Last::Words);
    Ok(ExitCode::from(OK))
}

pub(super) async fn what_if(cli: &Cli, findings: &[String]) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let view = service.what_if_closed(&actor, findings).await?;
    service.close().await?;
    if cli.json {
        return print_json(&view).map(|()| ExitCode::from(OK));
    }
    told(&view);
    Ok(ExitCode::from(OK))
}

fn told(view: &WhatIf) {
    print(&format!("If closed: {}", view.findings.len()));
    for finding in &view.findings {
        print(&format!(
            "  {:<8}  {} on {}",
            finding.severity.word(),
            plain(&finding.title),
            plain(&finding.target)
        ));
    }
    for id in &view.not_open {
        print(&format!("  {} is not open and changes nothing", plain(id)));
    }
    if view.shifts.is_empty() {
        print("No expected loss would change: they bear on no control of a scenario in force.");
        return;
    }
    print("");
    let mut rows = vec![row_of(&["WHOSE YEAR", "", "NOW", "IF CLOSED", "SPARES"])];
    for shift in &view.shifts {
        let (word, name) = match &shift.scope {
            ShiftScope::Organisation => ("", "the organisation"),
            ShiftScope::Unit { .. } => ("unit", shift.name.as_str()),
            ShiftScope::System { .. } => ("system", shift.name.as_str()),
            ShiftScope::Scenario { .. } => ("scenario", shift.name.as_str()),
        };
        let (now, then) = (shift.now.total.ale, shift.then.total.ale);
        rows.push(vec![plain(name), word.to_owned(), money(now), money(then), money(shift.spared())]);
    }
    table(&rows, 2, Last::Figures);
    print("");
    for (_, moved) in &view.moved {
        let (before, now) = (moved.before.performance(), moved.now.performance());
        print(&format!(
            "{} would perform {} instead of {}: open findings on it {} -> {}",
            moved.now.control,
            percent(now),
            percent(before),
            moved.before.open,
            moved.now.open
        ));
    }
}

pub(super) async fn portfolio(cli: &Cli, args: &Portfolio) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let ask = PortfolioAsk {
        scope: args.scope.of(&service, &actor).await?,
        budget: args.budget.clone(),
        hours: args.hours,
        must: args.must.iter().cloned().collect(),
        objective: args.objective,
    };
    let view = service.portfolio(&actor, &ask).await?;
    service.close().await?;
    if let (Some(folder), Some(bought)) = (&args.proof, &view.bought) {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("plan.json"), bought.plan_text()?)?;
        std::fs::write(folder.join("portfolio.toml"), bought.file_text()?)?;
    }
    if cli.json {
        return print_json(&view).map(|()| ExitCode::from(OK));
    }
    offered(&view);
    Ok(ExitCode::from(OK))
}

fn offered(view: &PortfolioView) {
    print(&format!("A year is to cost {} {} as things stand.", money(view.year), view.currency));
    if let Some(bought) = &view.bought {
        print(&format!(
            "{} pieces of work for {} {} and {:.0} hours bring it down to {} (computed anew with all of them done).",
            bought.plan.chosen.len(),
            money(bought.plan.cost),
            view.currency,
            bought.plan.hours,
            money(bought.year_after)
        ));
        print(&format!(
            "Where effects multiply, no other choice leaves {} less: proved.",
            percent(bought.plan.gap())
        ));
    }
    print("");
    let mut rows = vec![row_of(&["ID", "WHAT IS DONE", "SYSTEM", "PLAN", "COST", "HOURS", "SPARES A YEAR"])];
    for one in &view.candidates {
        let year = one.start.map_or_else(|| "-".to_owned(), |year| format!("year {year}"));
        rows.push(vec![
            one.id.clone(),
            plain(&one.title),
            plain(&one.system_name),
            year,
            money(one.cost),
            format!("{:.1}", one.hours.1),
            money(one.spares),
        ]);
    }
    table(&rows, 4, Last::Figures);
    if view.without_worth > 0 {
        print(&format!("{} more pieces of work spare nothing that is priced.", view.without_worth));
    }
    if view.beyond > 0 {
        print(&format!("{} with the least worth for their money were not put to the engine.", view.beyond));
    }
}

pub(super) async fn register(cli: &Cli, scope: &Scope) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let register = service.risk_register(&actor, &scope.of(&service, &actor).await?).await?;
    service.close().await?;
    if cli.json {
        return print_json(&register).map(|()| ExitCode::from(OK));
    }
    let mut rows =
        vec![row_of(&["LEVEL", "WHAT HAPPENS", "SYSTEM", "LIKELIHOOD", "IMPACT", "ONE COSTS", "DECISION"])];
    for one in &register.scenarios {
        rows.push(vec![
            one.level.title().to_owned(),
            plain(&one.line.title),
            plain(&one.line.system_name),
            one.likelihood.title().to_owned(),
            one.impact.title().to_owned(),
            money(one.each),
            decided(&one.line.decision),
        ]);
    }
    table(&rows, 5, Last::Words);
    Ok(ExitCode::from(OK))
}

/// A decision in a few words: why the risk is open, or what is done about it and until when.
fn decided(decision: &Decision) -> String {
    let word = decision.treatment.map_or("", Treatment::word);
    match (decision.deciding, decision.expires) {
        (Deciding::InForce, Some(last)) => format!("{word} until {last}"),
        (Deciding::InForce, None) => word.to_owned(),
        (deciding, _) => format!("{}: {}", deciding.title(), plain(&decision.because)),
    }
}

/// Units with a tolerance line of their own, and how their years compare.
pub(super) async fn tolerance(cli: &Cli) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let units = service.units_beside_tolerance(&actor).await?;
    let currency = service.priors().currency.clone();
    service.close().await?;
    let over = units.iter().any(|unit| unit.verdict != Verdict::Within);
    let code = ExitCode::from(if over { FOUND } else { OK });
    if cli.json {
        return print_json(&units).map(|()| code);
    }
    if units.is_empty() {
        print(
            "No unit with risk scenarios in force has a tolerance line of its own; set `tolerance` of a unit.",
        );
        return Ok(code);
    }
    let heading = format!("{currency} A YEAR");
    let mut rows = vec![row_of(&["UNIT", &heading, "A YEAR THAT COSTS", "MAY BE", "IS", "ANSWER"])];
    for unit in &units {
        for answer in &unit.answers {
            rows.push(vec![
                plain(&unit.name),
                money(unit.ale),
                money(answer.tolerance.loss),
                percent(answer.tolerance.probability),
                percent(answer.found.estimate),
                match answer.verdict {
                    Verdict::Within => "within".to_owned(),
                    Verdict::Exceeds => "more than is tolerated".to_owned(),
                    Verdict::DoesNotDecide => "the bracket does not decide".to_owned(),
                },
            ]);
        }
    }
    table(&rows, 1, Last::Words);
    Ok(code)
}

/// Whether what is known decides about the tolerance line.
pub(super) async fn known(cli: &Cli, scope: &Scope) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let view = service.risk_known(&actor, &scope.of(&service, &actor).await?).await?;
    service.close().await?;
    let within = view.points.iter().all(|point| point.verdict == Verdict::Within);
    let code = ExitCode::from(if within { OK } else { FOUND });
    if cli.json {
        return print_json(&view).map(|()| code);
    }
    if view.points.is_empty() {
        print("There is no tolerance line here, or no scenario in force.");
    }
    for point in &view.points {
        let found = point.found;
        print(&format!(
            "{} {} or more may be lost in {} of years; it is {} to {} (90 %): {}.",
            money(point.tolerance.loss),
            view.currency,
            percent(point.tolerance.probability),
            percent(found.low),
            percent(found.high),
            match point.verdict {
                Verdict::Within => "within",
                Verdict::Exceeds => "more than is tolerated",
                Verdict::DoesNotDecide => "does not decide",
            }
        ));
        if let Some(what) = &point.measure_first {
            print(&format!(
                "  find out first {}: it settles this in nine of ten cases",
                plain(&view.said(what))
            ));
        }
        let told = point.telling.iter().filter(|_| point.verdict == Verdict::DoesNotDecide).take(3);
        for one in told {
            print(&format!(
                "  {} of the doubt is {}; knowing it settles this with a chance of {}",
                percent(one.explains),
                plain(&view.said(&one.what)),
                percent(one.settles)
            ));
        }
    }
    Ok(code)
}
