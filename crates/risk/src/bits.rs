//! The same bits on any number of threads and on every machine, stage by stage: when a figure differs, the first stage that does is to blame.

use crate::error::Place;
use crate::exposure::Exposure;
use crate::frequency::{Factor, Frequency, Law, MeanVariance, UncertainRate};
use crate::lattice::{Event, Lattice};
use crate::numeric::fft::Fft;
use crate::numeric::quadrature::{self, Node};
use crate::numeric::{kernel, special};
use crate::scenario::Scenario;
use crate::settings::Settings;
use crate::severity::{Interval, MeanSd, Pareto, Pert, Severity};
use crate::simulate::simulate;

/// FNV-1a of the bits.
fn hash(values: impl IntoIterator<Item = f64>) -> u64 {
    values
        .into_iter()
        .flat_map(|value| value.to_bits().to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn numbers(count: usize) -> impl Iterator<Item = f64> {
    (0..count).map(|k| libm::sin((k * k) as f64) + 0.001 * k as f64)
}

fn nodes(nodes: Vec<Node>) -> impl Iterator<Item = f64> {
    nodes.into_iter().flat_map(|node| [node.at, node.weight])
}

fn scenarios() -> Vec<Scenario> {
    let lognormal = |low: f64| Severity::Lognormal(Interval { low, high: 20.0 * low });
    let mut scenarios: Vec<Scenario> = (0..40)
        .map(|i| Scenario::new(format!("p{i}"), Frequency::Poisson(0.03 * f64::from(i + 1)), lognormal(1e4)))
        .collect();
    let rates = [
        Frequency::Bernoulli(0.1),
        Frequency::NegativeBinomial(MeanVariance { mean: 0.7, variance: 2.0 }),
        Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.5, 3.0))),
        Frequency::Uncertain(UncertainRate::Lognormal(Interval { low: 0.01, high: 0.5 })),
    ];
    for (at, rate) in rates.into_iter().enumerate() {
        let mut scenario = Scenario::new(format!("f{at}"), rate, Severity::Pert(Pert::new(1e4, 5e4, 2e6)));
        scenario.factor = (at % 2 == 0).then(|| Factor { name: "wave".into(), loading: 0.5 });
        scenarios.push(scenario);
    }
    scenarios
}

/// Stages in the order in which figures come about.
fn stages() -> Vec<(&'static str, u64)> {
    let library = numbers(2000).flat_map(|x| {
        [libm::exp(x), libm::log(2.0 + x), libm::log1p(x.abs()), libm::pow(2.0 + x, 1.7), libm::erfc(x)]
    });
    let special = numbers(500).flat_map(|x| {
        let p = (0.5 + 0.25 * libm::sin(x)).clamp(0.01, 0.99);
        [
            special::normal_quantile(p),
            special::gamma_cdf(x.abs(), 1.5),
            special::ln_beta(1.0 + p, 2.0 + x.abs()),
        ]
    });
    let exponential = numbers(4000).flat_map(|x| <[f64; 2]>::from(kernel::exp(-x.abs(), 3.0 * x)));
    let fft = Fft::of(1 << 12);
    let transform = fft.forward(&numbers(1 << 12).collect::<Vec<_>>());
    let back = fft.inverse(&transform);
    let rules = nodes(quadrature::beta(24, 1.4, 4.6)).chain(nodes(quadrature::normal(48, 8.5)));
    let lattice = Lattice::new(1_000.0, 1 << 10);
    let bodies = [
        Severity::Lognormal(Interval { low: 1e4, high: 2e5 }),
        Severity::Pert(Pert::new(1e4, 5e4, 9e5)),
        Severity::Gamma(MeanSd { mean: 5e4, sd: 9e4 }),
        Severity::Pareto(Pareto { minimum: 2e4, shape: 2.5 }),
        Severity::Empirical(vec![1_200.0, 33_000.0]),
    ];
    let amounts = bodies.into_iter().flat_map(|body| {
        let scenario = Scenario::new("x", Frequency::Poisson(1.0), body);
        let exposure = Exposure::new(&scenario, "EUR").unwrap();
        let event = Event::of(&lattice, &exposure, &mut Vec::new());
        [event.down.re, event.down.im, event.up.re, event.up.im].concat()
    });
    let counts = scenarios().into_iter().flat_map(|scenario| {
        let law = Law::new(&scenario.frequency, 0.8, &Place::new("x")).unwrap();
        (0..50).flat_map(move |k| {
            <[f64; 2]>::from(law.generate_at((-0.02 * f64::from(k), libm::sin(f64::from(k)) * 0.5)))
        })
    });
    let settings = Settings { points: 1 << 14, points_each: 1 << 12, years: 5_000, ..Settings::default() };
    let report = simulate(&scenarios(), &settings).unwrap();
    let figures = report.total.levels.iter().flat_map(|level| {
        [level.var, level.tvar].into_iter().flat_map(|bracket| [bracket.low, bracket.estimate, bracket.high])
    });
    let moments = [report.total.ale, report.total.sd, report.total.any_loss];
    let curve = report.curve.iter().map(|point| point.probability.high);
    vec![
        ("e^x, ln x and their like (libm)", hash(library)),
        ("special functions", hash(special)),
        ("e^(a+ib)", hash(exponential)),
        ("Fourier transform", hash([transform.re, transform.im, back].concat())),
        ("quadrature rules", hash(rules)),
        ("amounts on the lattice", hash(amounts)),
        ("generating functions of counts", hash(counts)),
        ("figures of the exact engine", hash(moments.into_iter().chain(figures).chain(curve))),
        ("the simulation", hash([report.second_opinion.mean.estimate, report.second_opinion.distance])),
    ]
}

/// Hashes as they were found when this was written. Another machine that fails here does not add doubles as IEEE 754
/// says, or a changed engine changes figures: say so in the commit.
const FOUND: [u64; 9] = [
    0x5ee7_938f_70f0_7db0,
    0xce31_c102_264b_201e,
    0x509b_07a7_ebcc_0fd7,
    0xfed7_5f3b_2bbc_64b4,
    0xd193_682f_1f00_52f9,
    0xe62e_ce6a_561f_70b2,
    0x2b48_f9ba_a2b1_9073,
    0xbff6_694a_800b_9b99,
    0x4b89_9fd0_1f3e_21e9,
];

#[test]
fn threads_do_not_matter() {
    let settings = Settings { points: 1 << 14, points_each: 1 << 12, years: 5_000, ..Settings::default() };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| simulate(&scenarios(), &settings)).unwrap()).unwrap()
    };
    let one = on(1);
    for threads in [2, 3, 7] {
        assert_eq!(one, on(threads), "{threads} threads");
    }
}

#[test]
fn machines_do_not_matter() {
    let found = stages();
    let differs: Vec<&str> = found
        .iter()
        .zip(FOUND)
        .filter(|((_, hash), known)| hash != known)
        .map(|((name, _), _)| *name)
        .collect();
    let now = found.iter().map(|(_, hash)| format!("0x{hash:016x}")).collect::<Vec<_>>().join(", ");
    assert!(differs.is_empty(), "first to differ: {}; all that do: {differs:?}; now [{now}]", differs[0]);
}
