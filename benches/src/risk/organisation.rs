//! What-ifs on an organisation of a hundred scenarios of every kind, by kind and by fineness of the lattice.

use crate::say;
use crate::timing::{Times, processor_time};
use std::collections::BTreeMap;
use std::time::Instant;
use warrant_risk::{
    Baseline, Factor, Figures, Frequency, Interval, Loss, LossForm, MeanVariance, Pert, Scenario, Settings,
    Severity, UncertainRate,
};

/// How many of a hundred scenarios are of a kind.
const KINDS: [(&str, usize); 6] = [
    ("Poisson, one form of loss", 35),
    ("Poisson, three forms", 20),
    ("uncertain rate, two forms", 25),
    ("Bernoulli", 10),
    ("negative binomial", 5),
    ("with a common factor", 5),
];

fn lognormal(low: f64, ratio: f64) -> Loss {
    Loss {
        probability: 1.0,
        amount: Severity::Lognormal(Interval { low, high: ratio * low }),
        tail: None,
        at_most: None,
    }
}

fn scenario(at: usize, kind: usize, ease: f64) -> Scenario {
    let step = at as f64;
    let (rate, low) = (ease * (0.02 + 0.004 * step), 2e4 * (1.0 + 0.03 * step));
    let frequency = match kind {
        2 => {
            let pert = Pert::new(0.2 * rate, rate, 5.0 * rate);
            Frequency::Uncertain(UncertainRate::Pert(pert))
        }
        3 => Frequency::Bernoulli(rate.min(0.9)),
        4 => Frequency::NegativeBinomial(MeanVariance { mean: rate, variance: 2.0 * rate }),
        _ => Frequency::Poisson(rate),
    };
    let mut scenario = Scenario::new(format!("s{at}"), frequency, Severity::Constant(0.0));
    let forms = [LossForm::Response, LossForm::Productivity, LossForm::Fines];
    let count = [1, 3, 2, 1, 1, 1][kind];
    let loss = |k: usize| lognormal(low * (1.0 + k as f64), 8.0 + 4.0 * k as f64);
    scenario.loss = (0..count).map(|k| (forms[k], loss(k))).collect::<BTreeMap<_, _>>();
    scenario.factor = (kind == 5).then(|| Factor { name: "supplier".into(), loading: 0.5 });
    scenario
}

/// Times what-ifs of each kind on lattices of several sizes.
pub(super) fn run() -> anyhow::Result<()> {
    let kinds: Vec<usize> =
        KINDS.iter().enumerate().flat_map(|(kind, (_, count))| vec![kind; *count]).collect();
    let scenarios: Vec<Scenario> =
        kinds.iter().enumerate().map(|(at, kind)| scenario(at, *kind, 1.0)).collect();
    for points in [1, 2, 4].map(|times| times * Settings::POINTS_OF_WHAT_IF) {
        let settings = Settings { points, ..Settings::default() };
        let start = Instant::now();
        let baseline = Baseline::new(&scenarios, &settings)?;
        say(&format!(
            "organisation of {} scenarios of every kind, {points} lattice points: made in {:.0} ms; {}",
            scenarios.len(),
            start.elapsed().as_secs_f64() * 1e3,
            brackets(baseline.figures()),
        ));
        for (kind, (name, _)) in KINDS.iter().enumerate() {
            let places: Vec<usize> = (0..kinds.len()).filter(|at| kinds[*at] == kind).collect();
            let mut times = Times::default();
            let before = processor_time();
            let count = 60;
            for round in 0..count {
                let at = places[round % places.len()];
                let changed = scenario(at, kind, 0.3);
                let start = Instant::now();
                baseline.with(&[changed])?;
                times.push(start.elapsed());
            }
            let each = processor_time().zip(before).map_or(f64::NAN, |(after, before)| after - before);
            let each = each * 1e3 / count as f64;
            say(&format!("  what-if, {name}: {}; {each:.2} ms of processor each", times.told()));
        }
    }
    Ok(())
}

/// How wide brackets are, as shares of the estimates.
fn brackets(figures: &Figures) -> String {
    let told = figures.levels.iter().filter(|level| level.level >= 0.95).map(|level| {
        let width = |b: warrant_risk::Bracket| 100.0 * (b.high - b.low) / b.estimate;
        format!("{}: VaR {:.2} %, TVaR {:.2} %", level.level, width(level.var), width(level.tvar))
    });
    format!("width of brackets at {}", told.collect::<Vec<_>>().join("; "))
}
