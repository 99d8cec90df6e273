//! What is known enough to choose, and how good estimates were: for people.

use super::limits::alternative;
use super::show::{Last, money, percent, row_of, table};
use super::{FOUND, OK, read};
use crate::cli::Cli;
use crate::output::{plain, print, print_json};
use anyhow::{Context, anyhow};
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use warrant_risk::{Calibration, Choice, Decision, Estimate, Question, RiskFile, calibrate};

#[derive(Debug, Args)]
pub(super) struct DecideArgs {
    /// The scenario file with its `[[action]]` tables
    file: PathBuf,
    /// The first set: ids of actions with commas between, or a plan that `warrant risk plan --json` wrote
    #[arg(long = "with", value_name = "ACTIONS", required = true)]
    first: String,
    /// The second set; doing nothing when not given
    #[arg(long = "against", value_name = "ACTIONS", default_value = "")]
    second: String,
    /// Years for which losses count against the costs
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    years: f64,
    /// What a measurement costs, by the name that the answer gives it; may be repeated
    #[arg(long = "measuring", value_name = "WHAT=N", value_parser = cost)]
    measuring: Vec<(String, f64)>,
}

fn cost(text: &str) -> anyhow::Result<(String, f64)> {
    let (what, cost) =
        text.rsplit_once('=').ok_or_else(|| anyhow!("`{text}` is not of the form WHAT=COST"))?;
    let cost: f64 = cost.trim().parse().map_err(|_| anyhow!("`{cost}` is no amount"))?;
    Ok((what.trim().to_owned(), cost))
}

/// Compares two sets of actions under what is not known.
pub(super) fn decide(args: &DecideArgs, json: bool) -> anyhow::Result<ExitCode> {
    let file = read(&args.file)?;
    let ids = |text: &str| -> anyhow::Result<Vec<String>> {
        Ok(alternative(text, &file)?.chosen.into_iter().map(|start| start.action).collect())
    };
    let costs: BTreeMap<String, f64> = args.measuring.iter().cloned().collect();
    let question =
        Question { first: ids(&args.first)?, second: ids(&args.second)?, years: args.years, costs };
    let found = warrant_risk::decide(&file, &question).with_context(|| args.file.display().to_string())?;
    let unknown = |what: &&String| found.measurements.iter().all(|m| m.what != **what);
    if let Some(what) = question.costs.keys().find(unknown) {
        let names: Vec<&str> = found.measurements.iter().map(|m| m.what.as_str()).collect();
        return Err(anyhow!("`{what}` is nothing that could be measured; there is: {}", names.join(", ")));
    }
    if json {
        print_json(&found)?;
    } else {
        decision(&file, &question, &found);
    }
    Ok(ExitCode::from(if found.answer == Choice::DoesNotDecide { FOUND } else { OK }))
}

fn decision(file: &RiskFile, question: &Question, found: &Decision) {
    let name = |ids: &[String]| match ids {
        [] => "doing nothing".to_owned(),
        ids => plain(&ids.join(", ")),
    };
    let (first, second) = (name(&question.first), name(&question.second));
    let answer = match found.answer {
        Choice::First => first.clone(),
        Choice::Second => second.clone(),
        Choice::DoesNotDecide => "does not decide".to_owned(),
    };
    print(&format!("{first} against {second}: {answer}."));
    print(&format!(
        "Loss prevented less cost, the first's less the second's: {} {} (90 %: {} to {}); the first is better with \
         a chance of {}.",
        money(found.difference.estimate),
        file.currency,
        money(found.difference.low),
        money(found.difference.high),
        percent(found.first_is_better),
    ));
    if found.measurements.is_empty() {
        print(
            "Nothing in the file is stated as uncertain: give rates, costs and effects ranges to see what they change.",
        );
        return;
    }
    let mut rows = vec![row_of(&["WHAT COULD BE MEASURED", "WORTH", "COSTS", "SETTLES"])];
    for one in &found.measurements {
        rows.push(vec![plain(&one.what), money(one.worth), money(one.cost), percent(one.settles)]);
    }
    table(&rows, 1, Last::Figures);
    print(&format!(
        "Knowing all of it before choosing would be worth {}.",
        money(found.worth_of_knowing_all)
    ));
    match (&found.measure_first, found.answer) {
        (Some(what), _) => print(&format!(
            "Measure first: {}, the cheapest that settles the choice in nine of ten cases.",
            plain(what)
        )),
        (None, Choice::DoesNotDecide) => {
            print("No single measurement settles the choice in nine of ten cases.");
        }
        _ => {}
    }
}

/// Scores estimates against what happened.
pub(super) fn calibration(path: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name} could not be read"))?;
    let found = calibrate(&Estimate::read(&name, &text)?).with_context(|| name)?;
    if json {
        print_json(&found)?;
    } else {
        scores(&found);
    }
    Ok(ExitCode::from(OK))
}

/// Scores the estimates of the store.
pub(super) async fn own_calibration(cli: &Cli) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let view = service.estimators(&actor).await?;
    service.close().await?;
    if cli.json {
        print_json(&view)?;
        return Ok(ExitCode::from(OK));
    }
    match &view.calibration {
        Some(found) => scores(found),
        None => print("No estimate has turned out yet."),
    }
    print(&format!("{} estimates are open.", view.open));
    for (_, title, day) in &view.overdue {
        print(&format!("  should be known since {day}: {}", plain(title)));
    }
    Ok(ExitCode::from(OK))
}

fn scores(found: &Calibration) {
    for one in found.estimators.iter().chain([&found.all]) {
        let name = if one.name.is_empty() { "all together".to_owned() } else { plain(&one.name) };
        for said in &one.says {
            print(&format!("{name} {said}."));
        }
    }
    let mut rows = vec![row_of(&["INTERVALS", "SAID", "HELD", "OF", "TRUE SHARE (90 %)", "MEDIAN HIGH/LOW"])];
    let mut chances = vec![row_of(&[
        "PROBABILITIES",
        "OF",
        "BRIER",
        "RELIABILITY",
        "RESOLUTION",
        "UNCERTAINTY",
        "WITHIN",
        "SHARPNESS",
    ])];
    for one in found.estimators.iter().chain([&found.all]) {
        let name = if one.name.is_empty() { "all together".to_owned() } else { plain(&one.name) };
        for told in &one.intervals {
            rows.push(vec![
                name.clone(),
                percent(told.confidence),
                told.coverage.held.to_string(),
                told.coverage.of.to_string(),
                format!("{} to {}", percent(told.coverage.low), percent(told.coverage.high)),
                told.median_ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.1}")),
            ]);
        }
        if let Some(told) = &one.chances {
            let parts = [
                told.brier,
                told.reliability,
                told.resolution,
                told.uncertainty,
                told.within,
                told.sharpness,
            ];
            let parts = parts.map(|part| format!("{part:.4}"));
            chances.push([name, told.count.to_string()].into_iter().chain(parts).collect());
        }
    }
    for rows in [rows, chances].iter().filter(|rows| rows.len() > 1) {
        print("");
        table(rows, 1, Last::Figures);
    }
}
