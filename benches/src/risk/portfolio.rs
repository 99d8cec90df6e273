//! Plans: two hundred actions against two hundred scenarios, the whole frontier, several years, the worst years.

use crate::say;
use crate::timing::processor_time;
use std::time::Instant;
use warrant_risk::{
    Action, Frequency, Hours, Interval, Limits, Objective, Plan, Prevents, RiskFile, Scenario, Severity,
    frontier, plan, verify,
};

/// Numbers that look random and are the same everywhere.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Spread over two powers of ten about 1.
    fn spread(&mut self) -> f64 {
        (2.0 * (self.next() + self.next() + self.next() - 1.5)).exp()
    }
}

/// Actions that each bear on several scenarios, one in ten needing another.
fn file(actions: usize, scenarios: usize, seed: u64) -> RiskFile {
    let mut random = Stream(seed);
    let mut scenario = |at: usize| {
        let low = 2e4 * random.spread();
        let amount = Severity::Lognormal(Interval { low, high: 10.0 * low });
        Scenario::new(format!("s{at}"), Frequency::Poisson(0.5 * random.next()), amount)
    };
    let scenarios: Vec<Scenario> = (0..scenarios).map(&mut scenario).collect();
    let action = |at: usize| {
        let count = 2 + (random.next() * (scenarios.len() as f64 / 6.0)) as usize;
        let mut prevents: Vec<Prevents> = Vec::new();
        while prevents.len() < count.min(scenarios.len()) {
            let scenario = format!("s{}", (random.next() * scenarios.len() as f64) as usize);
            if prevents.iter().all(|effect| effect.scenario != scenario) {
                prevents.push(Prevents { scenario, share: 0.1 + 0.6 * random.next(), range: None });
            }
        }
        Action {
            id: format!("a{at}"),
            cost: (1e4 * random.spread()).round(),
            hours: Hours::Any((100.0 * random.next()).round()),
            lead_months: [0, 3, 6, 12][at % 4],
            needs: if at % 10 == 9 { vec![format!("a{}", at - 5)] } else { Vec::new() },
            prevents,
            ..Action::default()
        }
    };
    let actions = (0..actions).map(action).collect();
    RiskFile {
        title: String::new(),
        currency: "EUR".into(),
        tolerance: vec![],
        controls: vec![],
        actions,
        planning: None,
        scenarios,
    }
}

fn timed(
    name: &str,
    file: &RiskFile,
    work: impl FnOnce() -> anyhow::Result<Vec<Plan>>,
) -> anyhow::Result<()> {
    let (start, before) = (Instant::now(), processor_time());
    let plans = work()?;
    let wall = start.elapsed().as_secs_f64();
    let processor = processor_time().zip(before).map_or(f64::NAN, |(after, before)| after - before);
    let start = Instant::now();
    plans.iter().try_for_each(|plan| verify(plan, file))?;
    let gap = plans.iter().map(Plan::gap).fold(0.0, f64::max);
    let cases: usize = plans.iter().map(|plan| plan.proof.len()).sum();
    say(&format!(
        "{name}: {wall:.2} s ({processor:.2} s of processor), largest gap {:.2} %, {cases} cases; checked in {:.2} s",
        100.0 * gap,
        start.elapsed().as_secs_f64(),
    ));
    Ok(())
}

/// Times plans of each kind.
pub(super) fn run() -> anyhow::Result<()> {
    let at_once = |mut file: RiskFile| {
        file.actions.iter_mut().for_each(|action| action.lead_months = 0);
        file
    };
    let cost = |file: &RiskFile| file.actions.iter().map(|action| action.cost).sum::<f64>();
    for (seed, share) in [(1, 0.1), (2, 0.25), (3, 0.5)] {
        let file = at_once(file(200, 200, seed));
        let limits = Limits { hours: Some(4_000.0), ..Limits::of(share * cost(&file)) };
        let name = format!("200 actions, 200 scenarios, {:.0} % of all costs, hours", 100.0 * share);
        timed(&name, &file, || Ok(vec![plan(&file, &limits)?]))?;
    }
    for seed in [1, 2] {
        let file = at_once(file(200, 200, seed));
        let limits = Limits::of(0.6 * cost(&file));
        timed(&format!("frontier of 50 budgets, the same size, seed {seed}"), &file, || {
            Ok(frontier(&file, &limits, 50)?)
        })?;
    }
    let phased = file(60, 60, 4);
    let limits = Limits { budget: vec![0.1 * cost(&phased); 3], ..Limits::of(0.0) };
    timed("60 actions, 60 scenarios, 3 years, lead times", &phased, || Ok(vec![plan(&phased, &limits)?]))?;
    WORST.iter().try_for_each(|(actions, scenarios, events)| {
        let file = busy(at_once(file(*actions, *scenarios, 5)), *events);
        let limits =
            Limits { objective: Objective::Tvar(0.95), cases: 2_000, ..Limits::of(0.25 * cost(&file)) };
        let name = format!(
            "{actions} actions, {scenarios} scenarios, {events} loss events a year, the worst 5 % of years"
        );
        timed(&name, &file, || Ok(vec![plan(&file, &limits)?]))
    })
}

/// Actions, scenarios and loss events a year with nothing done, of plans by the worst years.
const WORST: [(usize, usize, f64); 9] = [
    (20, 5, 2.0),
    (30, 5, 2.0),
    (50, 5, 2.0),
    (20, 20, 2.0),
    (40, 20, 2.0),
    (50, 20, 1.0),
    (40, 40, 1.0),
    (40, 40, 4.0),
    (40, 100, 9.0),
];

/// The file with rates that add up to so many events a year.
fn busy(mut file: RiskFile, events: f64) -> RiskFile {
    let rate = |scenario: &Scenario| match scenario.frequency {
        Frequency::Poisson(rate) => rate,
        _ => 0.0,
    };
    let sum: f64 = file.scenarios.iter().map(rate).sum();
    for scenario in &mut file.scenarios {
        scenario.frequency = Frequency::Poisson(rate(scenario) * events / sum);
    }
    file
}
