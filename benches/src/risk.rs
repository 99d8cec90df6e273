//! Loss distributions: a thousand scenarios at once, one of them changed, the second opinion alone.

mod organisation;
mod portfolio;

use crate::say;
use crate::timing::Times;
use std::time::Instant;
use warrant_risk::{Baseline, Detail, Frequency, Interval, RiskFile, Scenario, Settings, Severity, simulate};

/// `bench risk [SCENARIOS] [POINTS]`, `bench risk what-if`, `bench risk plans`, or `bench risk FILE TIMES` for one file as `benches/compare/risk.py` asks.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    if let Some(file) = arguments.first().filter(|argument| argument.ends_with(".toml")) {
        return one_file(file, arguments.get(1).map_or(Ok(5), |times| times.parse())?);
    }
    if arguments.first().is_some_and(|argument| argument == "plans") {
        return rayon::ThreadPoolBuilder::new().num_threads(1).build()?.install(portfolio::run);
    }
    if arguments.first().is_some_and(|argument| argument == "what-if") {
        return rayon::ThreadPoolBuilder::new().num_threads(1).build()?.install(organisation::run);
    }
    let count: u32 = arguments.first().map_or(Ok(1000), |count| count.parse())?;
    let points: usize = arguments.get(1).map_or(Ok(1 << 16), |points| points.parse())?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| {
        all(count, points)?;
        organisation::run()?;
        portfolio::run()
    })
}

/// Different rates and different amounts, all of them.
fn scenario(at: u32) -> Scenario {
    let step = f64::from(at);
    let low = 1e4 * (1.0 + 0.013 * step);
    let amount = Severity::Lognormal(Interval { low, high: low * (5.0 + 0.01 * step) });
    Scenario::new(format!("s{at}"), Frequency::Poisson(0.02 + 0.0001 * step), amount)
}

fn all(count: u32, points: usize) -> anyhow::Result<()> {
    let scenarios: Vec<Scenario> = (0..count).map(scenario).collect();
    let settings = Settings { points, detail: Detail::Total, ..Settings::default() };
    say(&format!("{count} different Poisson-lognormal scenarios, {points} lattice points, one thread"));
    let mut times = Times::default();
    for _ in 0..7 {
        let start = Instant::now();
        Baseline::new(&scenarios, &settings)?;
        times.push(start.elapsed());
    }
    say(&format!("distribution of the total with brackets: {}", times.told()));
    let baseline = Baseline::new(&scenarios, &settings)?;
    let mut times = Times::default();
    for at in 0..100 {
        let mut changed = scenario(at * count / 100);
        changed.frequency = Frequency::Poisson(0.001);
        let start = Instant::now();
        baseline.with(&[changed])?;
        times.push(start.elapsed());
    }
    say(&format!("what-if, one scenario changed: {}", times.told()));
    for (name, detail) in [("total", Detail::Total), ("each and total", Detail::Each)] {
        let settings = Settings { detail, points_each: points, ..settings.clone() };
        let start = Instant::now();
        let report = simulate(&scenarios, &settings)?;
        let opinion = &report.second_opinion;
        say(&format!(
            "report of {name} with a second opinion of {} years: {:.0} ms",
            opinion.years,
            start.elapsed().as_secs_f64() * 1e3,
        ));
    }
    Ok(())
}

/// One line of JSON: seconds of processing and figures.
fn one_file(file: &str, times: usize) -> anyhow::Result<()> {
    let scenarios = RiskFile::read(file, &std::fs::read_to_string(file)?)?;
    let settings = scenarios.settings();
    let mut seconds = Vec::new();
    let mut figures = None;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    for _ in 0..times {
        let start = Instant::now();
        figures = Some(pool.install(|| Baseline::new(&scenarios.scenarios, &settings))?.figures().clone());
        seconds.push(start.elapsed().as_secs_f64());
    }
    let report = pool.install(|| {
        let start = Instant::now();
        let settings = Settings { detail: Detail::Total, ..settings.clone() };
        simulate(&scenarios.scenarios, &settings).map(|_| start.elapsed().as_secs_f64())
    })?;
    seconds.sort_by(f64::total_cmp);
    say(&serde_json::to_string(&serde_json::json!({
        "seconds": seconds[seconds.len() / 2], "with_second_opinion": report, "figures": figures,
    }))?);
    Ok(())
}
