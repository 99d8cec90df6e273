//! Reference values: closed forms and transforms of four million points (research notes, section 3). Each estimate must
//! be within 1e-4 of the value, and each bracket must hold it.

use warrant_risk::{
    Contest, Detail, Factor, Frequency, Interval, Level, MeanSd, Pert, Report, Scenario, Settings, Severity,
    Susceptibility, UncertainRate, simulate,
};

fn settings(levels: &[f64]) -> Settings {
    Settings { levels: levels.to_vec(), detail: Detail::Total, ..Settings::default() }
}

fn lognormal(low: f64, high: f64) -> Severity {
    Severity::Lognormal(Interval { low, high })
}

fn poisson(id: usize, rate: f64, amount: Severity) -> Scenario {
    Scenario::new(format!("s{id}"), Frequency::Poisson(rate), amount)
}

fn run(scenarios: &[Scenario], levels: &[f64]) -> Report {
    simulate(scenarios, &settings(levels)).unwrap()
}

#[track_caller]
fn near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    let error = (found / wanted - 1.0).abs();
    assert!(error <= tolerance, "{what}: {found} instead of {wanted}, {error:.1e} off");
}

/// Wanted values at a level: VaR and TVaR, where known.
type Wanted = (f64, Option<f64>, Option<f64>);

#[track_caller]
fn levels_hold(id: &str, report: &Report, wanted: &[Wanted]) {
    for (at, (level, var, tvar)) in wanted.iter().enumerate() {
        let Level { level: found, var: found_var, tvar: found_tvar } = report.total.levels[at];
        assert_eq!(found, *level);
        for (name, bracket, wanted) in [("VaR", found_var, var), ("TVaR", found_tvar, tvar)] {
            let Some(wanted) = *wanted else { continue };
            // Published digits end somewhere.
            let slip = 1e-7 * wanted;
            assert!(
                bracket.low <= wanted + slip && wanted - slip <= bracket.high,
                "{id} {name}{level}: {wanted} lies outside {bracket:?}"
            );
            if wanted == 0.0 {
                assert_eq!(bracket.estimate, 0.0);
            } else {
                near(&format!("{id} {name}{level}"), bracket.estimate, wanted, 1e-4);
            }
        }
    }
}

fn levels_of(wanted: &[Wanted]) -> Vec<f64> {
    wanted.iter().map(|(level, ..)| *level).collect()
}

#[test]
fn compound_poisson_exponential_is_its_closed_form() {
    let wanted = [
        (0.95, Some(595_692.249_554), Some(760_543.839_81)),
        (0.99, Some(862_256.798_105), Some(1_017_192.590_53)),
        (0.999, Some(1_216_895.035_76), Some(1_363_389.473_28)),
    ];
    let amount = Severity::Gamma(MeanSd { mean: 1e5, sd: 1e5 });
    let report = run(&[poisson(1, 2.0, amount)], &levels_of(&wanted));
    levels_hold("exponential", &report, &wanted);
    near("ALE", report.total.ale, 200_000.0, 1e-14);
}

#[test]
fn compound_poisson_lognormal_r1() {
    let wanted = [
        (0.9, Some(1_073_871.2), Some(2_035_733.8)),
        (0.95, Some(1_659_828.7), Some(2_744_076.0)),
        (0.99, Some(3_322_224.9), Some(4_756_706.7)),
        (0.995, Some(4_192_738.2), Some(5_814_490.9)),
        (0.999, Some(6_677_205.5), Some(8_837_339.7)),
    ];
    let report = run(&[poisson(1, 0.5, lognormal(1e5, 2e6))], &levels_of(&wanted));
    levels_hold("R1", &report, &wanted);
    near("ALE", report.total.ale, 338_498.574_5, 1e-9);
    near("sd", report.total.sd, 724_675.675_4, 1e-9);
    near("P(0)", 1.0 - report.total.any_loss, 0.606_530_659_7, 1e-9);
}

#[test]
fn compound_poisson_lognormal_r2() {
    let scenarios: Vec<_> = (0..10).map(|i| poisson(i, 0.1 + 0.01 * i as f64, lognormal(1e5, 2e6))).collect();
    let wanted = [
        (0.5, Some(599_221.2), None),
        (0.9, Some(2_465_201.8), None),
        (0.95, Some(3_323_907.4), Some(4_771_147.9)),
        (0.99, Some(5_565_948.6), Some(7_358_264.3)),
        (0.995, Some(6_677_116.5), None),
        (0.999, Some(9_737_553.2), Some(12_322_285.9)),
    ];
    let report = run(&scenarios, &levels_of(&wanted));
    levels_hold("R2", &report, &wanted);
    near("ALE", report.total.ale, 981_645.866_2, 1e-9);
    near("sd", report.total.sd, 1_234_078.206_7, 1e-9);
    near("P(0)", 1.0 - report.total.any_loss, 0.234_570_288_1, 1e-9);
}

#[test]
fn compound_poisson_lognormal_r3() {
    let scenarios: Vec<_> = (0..20_usize)
        .map(|i| {
            let low = 1e4 * 1.5_f64.powi((i % 10) as i32);
            poisson(i, 0.02 * (i + 1) as f64, lognormal(low, low * (5 + i) as f64))
        })
        .collect();
    let wanted = [
        (0.5, Some(2_777_249.9), None),
        (0.9, Some(8_649_808.1), None),
        (0.95, Some(11_469_000.0), Some(16_609_650.9)),
        (0.99, Some(19_290_933.3), Some(26_215_694.4)),
        (0.995, Some(23_413_708.9), None),
        (0.999, Some(35_479_585.1), Some(46_466_848.1)),
    ];
    let report = run(&scenarios, &levels_of(&wanted));
    levels_hold("R3", &report, &wanted);
    near("ALE", report.total.ale, 3_936_414.478_9, 1e-9);
    near("sd", report.total.sd, 4_141_973.377_2, 1e-9);
    near("P(0)", 1.0 - report.total.any_loss, 0.014_995_576_8, 1e-8);
}

#[test]
fn compound_poisson_lognormal_r4() {
    let scenarios = [
        poisson(1, 0.01, lognormal(1e6, 1e7)),
        poisson(2, 0.10, lognormal(1e7, 1e9)),
        poisson(3, 0.05, lognormal(5e6, 5e7)),
    ];
    let wanted = [
        (0.95, Some(99_040_543.8), Some(495_806_011.1)),
        (0.99, Some(612_871_516.9), Some(1_476_605_919.9)),
        (0.995, Some(1_017_775_735.0), None),
        (0.999, Some(2_624_456_764.8), Some(4_748_890_493.4)),
    ];
    let report = run(&scenarios, &levels_of(&wanted));
    levels_hold("R4", &report, &wanted);
    near("ALE", report.total.ale, 27_690_204.312_4, 1e-9);
    near("sd", report.total.sd, 224_494_975.225_8, 1e-9);
    near("P(0)", 1.0 - report.total.any_loss, 0.852_143_789_0, 1e-9);
}

#[test]
fn rare_events_keep_their_expected_shortfall() {
    let rare = |p: f64| Scenario::new("rare", Frequency::Bernoulli(p), lognormal(1e6, 1e7));
    let wanted =
        [(0.99, Some(0.0), Some(2_020_006.413_5)), (0.999, Some(5_699_472.852_9), Some(8_962_049.059_5))];
    let report = run(&[rare(0.005)], &levels_of(&wanted));
    levels_hold("p=0.005", &report, &wanted);
    near("ALE", report.total.ale, 20_200.064_135, 1e-9);
    let wanted = [
        (0.95, Some(0.0), Some(4_040_012.826_9)),
        (0.99, Some(5_699_472.852_9), Some(8_962_049.059_5)),
        (0.999, Some(13_313_594.971_2), Some(17_755_465.263_2)),
    ];
    let report = run(&[rare(0.05)], &levels_of(&wanted));
    levels_hold("p=0.05", &report, &wanted);
    near("ALE", report.total.ale, 202_000.641_347, 1e-9);
}

#[test]
fn certain_amounts_are_events_and_not_a_rate_times_an_amount() {
    let mut settings = settings(&[0.9, 0.99, 0.999]);
    settings.tolerance =
        [1.0, 1e6, 2e6].map(|loss| warrant_risk::Tolerance { loss, probability: 0.01 }).to_vec();
    let report = simulate(&[poisson(1, 0.1, Severity::Constant(1e6))], &settings).unwrap();
    near("sd", report.total.sd, 316_227.766, 1e-9);
    near("P(any)", report.total.any_loss, 0.095_162_582_0, 1e-9);
    let found: Vec<_> = report.tolerance.iter().map(|answer| answer.found).collect();
    for (found, wanted) in found.iter().zip([0.095_162_582_0, 0.095_162_582_0, 0.004_678_8]) {
        near("P(≥)", found.estimate, wanted, 1e-5);
        assert!(found.high - found.low < 1e-7, "{found:?}");
    }
    let quantiles: Vec<_> = report.total.levels.iter().map(|level| level.var.estimate).collect();
    assert_eq!(quantiles, [0.0, 1e6, 2e6]);
}

#[test]
fn an_uncertain_rate_is_mixed_and_not_multiplied() {
    let frequency = Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.5, 3.0)));
    let scenario = Scenario::new("u", frequency, Severity::Pert(Pert::new(1e4, 5e4, 2e6)));
    let wanted = [
        (0.9, Some(966_055.0), None),
        (0.95, Some(1_282_333.0), None),
        (0.99, Some(1_982_517.0), None),
        (0.999, Some(2_914_964.0), None),
    ];
    let report = run(&[scenario], &levels_of(&wanted));
    near("P(0)", 1.0 - report.total.any_loss, 0.473_374, 1e-5);
    levels_hold("uncertain", &report, &wanted);
}

#[test]
fn one_gaussian_factor_correlates_a_portfolio() {
    let scenarios: Vec<_> = (0..10)
        .map(|i| {
            let mut s = Scenario::new(
                format!("c{i}"),
                Frequency::Bernoulli(0.02 + 0.01 * i as f64),
                lognormal(1e5, 2e6),
            );
            s.factor = Some(Factor { name: "climate".into(), loading: 0.3_f64.sqrt() });
            s
        })
        .collect();
    let report = run(&scenarios, &[0.95, 0.99, 0.999]);
    near("ALE", report.total.ale, 440_048.1, 1e-6);
    // The reference itself is good to about one in a thousand.
    let found: Vec<_> = report.total.levels.iter().map(|level| level.var.estimate).collect();
    for (found, wanted) in found.iter().zip([2_279_422.0, 4_462_271.0, 8_286_465.0]) {
        near("correlated VaR", *found, wanted, 2e-3);
    }
}

#[test]
fn susceptibility_is_a_contest_of_two_distributions() {
    let contest = Contest { capability: Pert::new(0.1, 0.5, 0.95), resistance: Pert::new(0.3, 0.6, 0.9) };
    let mut scenario = poisson(1, 2.0, Severity::Constant(1000.0));
    scenario.susceptibility = Some(Susceptibility::Contest(contest));
    let report = run(&[scenario], &[0.5]);
    near("ALE", report.total.ale, 2000.0 * 0.327_317_604_2, 1e-9);
}
