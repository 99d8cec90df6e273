use std::time::Instant;
use warrant_risk::*;
fn main() {
    let scenarios: Vec<Scenario> = (0..1000)
        .map(|i| {
            let low = 1e4 * (1.0 + 0.013 * f64::from(i));
            Scenario::new(
                format!("s{i}"),
                Frequency::Poisson(0.02 + 0.0001 * f64::from(i)),
                Severity::Lognormal(Interval { low, high: low * (5.0 + 0.01 * f64::from(i)) }),
            )
        })
        .collect();
    for years in [1000, 100_000] {
        let settings = Settings { points: 1 << 16, years, detail: Detail::Total, ..Settings::default() };
        for _ in 0..3 {
            let t = Instant::now();
            let r = simulate(&scenarios, &settings).unwrap();
            println!(
                "1000 scenarios total, {years} years: {:?} {:?} points {} dist {}",
                t.elapsed(),
                r.total.levels[3].var,
                r.points,
                r.second_opinion.distance
            );
        }
    }
    for (n, d) in [(1, Detail::Each), (100, Detail::Each), (100, Detail::Total)] {
        let settings = Settings { detail: d, ..Settings::default() };
        let t = Instant::now();
        let r = simulate(&scenarios[..n], &settings).unwrap();
        println!("{n} {d:?} {:?} dist {}", t.elapsed(), r.second_opinion.distance);
    }
}
