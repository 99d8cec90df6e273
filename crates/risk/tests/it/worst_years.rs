//! Plans by the mean of the worst years, beside every set there is.

use crate::plans::{cost, file};
use proptest::prelude::*;
use warrant_risk::{
    Baseline, Factor, Frequency, Interval, Limits, MeanVariance, Objective, Pert, Plan, Proof, RiskFile,
    Settings, Severity, Start, UncertainRate, plan, verify,
};

/// Scenarios of several kinds, the first with a heavy tail.
fn heavy(actions: usize, seed: u64, ties: usize) -> RiskFile {
    let mut file = file(actions, 5, seed, ties);
    let rates = [
        Frequency::Poisson(0.05),
        Frequency::Poisson(0.6),
        Frequency::Bernoulli(0.2),
        Frequency::NegativeBinomial(MeanVariance { mean: 0.5, variance: 0.9 }),
        Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.4, 1.5))),
    ];
    for (at, (scenario, rate)) in file.scenarios.iter_mut().zip(rates).enumerate() {
        scenario.frequency = rate;
        let loss = scenario.loss.values_mut().next().unwrap();
        let Severity::Constant(low) = loss.amount else { panic!() };
        let low = if at == 0 { 5.0 * low } else { low };
        loss.amount = Severity::Lognormal(Interval { low, high: 12.0 * low });
    }
    file
}

/// Bounds of the mean of the worst years that a set leaves in the end.
fn tail(file: &RiskFile, chosen: &[Start], level: f64) -> (f64, f64) {
    let plan = Plan {
        limits: Limits::of(0.0),
        chosen: chosen.to_vec(),
        cost: 0.0,
        hours: 0.0,
        ale_before: 0.0,
        ale_after: 0.0,
        before: warrant_risk::Bracket { low: 0.0, estimate: 0.0, high: 0.0 },
        after: warrant_risk::Bracket { low: 0.0, estimate: 0.0, high: 0.0 },
        bound: 0.0,
        cutoff: None,
        proof: vec![],
    };
    let settings = Settings { points: 1 << 13, levels: vec![level], ..file.settings() };
    let found = Baseline::new(&plan.scenarios(file).unwrap(), &settings).unwrap();
    let tvar = found.figures().levels[0].tvar;
    (tvar.low, tvar.high)
}

proptest! {
    #![proptest_config(crate::cases(12))]

    #[test]
    fn no_set_leaves_less_in_the_worst_years_than_the_bound(
        seed in any::<u64>(), ties in 0_usize..4, share in 0.1..0.7, level in prop_oneof![Just(0.9), Just(0.99)],
    ) {
        let file = heavy(7, seed, ties);
        let limits =
            Limits { objective: Objective::Tvar(level), gap: 0.005, cases: 4000, ..Limits::of(share * cost(&file)) };
        let found = plan(&file, &limits).unwrap();
        verify(&found, &file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut least = f64::INFINITY;
        for mask in 0_u32..1 << file.actions.len() {
            let taken = |id: &str| file.actions.iter().position(|a| a.id == id).is_some_and(|at| mask >> at & 1 == 1);
            let chosen: Vec<_> = file.actions.iter().filter(|action| taken(&action.id)).collect();
            let fine = chosen.iter().map(|action| action.cost).sum::<f64>() <= limits.budget[0]
                && chosen.iter().all(|action| {
                    action.needs.iter().all(|id| taken(id)) && !action.excludes.iter().any(|id| taken(id))
                });
            if fine {
                let chosen: Vec<Start> =
                    chosen.iter().map(|action| Start { action: action.id.clone(), year: 1 }).collect();
                let (_, high) = tail(&file, &chosen, level);
                prop_assert!(found.bound <= high, "bound {} above {high} of {chosen:?}", found.bound);
                least = least.min(high);
            }
        }
        prop_assert!(found.after.low <= least, "{:?} beside {least}", found.after);
        // Half a per cent of the search and what the lattices of plan and proof leave.
        prop_assert!(found.gap() <= 0.012, "{}", found.gap());
    }
}

#[test]
fn the_worst_years_may_ask_for_another_plan() {
    // Much small loss against a rare great one, for the same money.
    let text = "currency = 'EUR'
        [[scenario]]
        id = 'small'
        frequency = { poisson = 20 }
        loss.total = { amount = { constant = 10_000 } }
        [[scenario]]
        id = 'great'
        frequency = { poisson = 0.02 }
        loss.total = { amount = { constant = 5_000_000 } }
        [[action]]
        id = 'a'
        cost = 100
        prevents = [{ scenario = 'small', share = 0.6 }]
        [[action]]
        id = 'b'
        cost = 100
        prevents = [{ scenario = 'great', share = 0.6 }]";
    let file = RiskFile::read("x", text).unwrap();
    let by = |objective| {
        let found = plan(&file, &Limits { objective, ..Limits::of(100.0) }).unwrap();
        verify(&found, &file).unwrap();
        (found.chosen[0].action.clone(), found.gap())
    };
    assert_eq!(by(Objective::Ale).0, "a");
    let (chosen, gap) = by(Objective::Tvar(0.95));
    assert_eq!(chosen, "b");
    assert!(gap <= 0.012, "{gap}");
}

#[test]
fn worst_years_of_several_years_add_up() {
    let mut file = heavy(6, 5, 2);
    file.actions[0].lead_months = 12;
    file.actions[1].lead_months = 5;
    let budget = vec![0.25 * cost(&file); 2];
    let objective = Objective::Tvar(0.95);
    let limits = Limits { budget, objective, discount: 0.1, cases: 3000, ..Limits::of(0.0) };
    let found = plan(&file, &limits).unwrap();
    verify(&found, &file).unwrap();
    assert!(found.gap() <= 0.02, "{}", found.gap());
    assert!(found.after.high < found.before.low);
    let mut better = found.clone();
    better.bound = 0.5 * (found.bound + found.after.high);
    assert!(verify(&better, &file).unwrap_err().to_string().contains("bounded by"));
}

#[test]
fn what_the_proof_does_not_cover_is_refused() {
    let mut file = heavy(4, 1, 0);
    let weather = Some(Factor { name: "weather".into(), loading: 0.4 });
    file.scenarios[2].factor.clone_from(&weather);
    let limits = Limits { objective: Objective::Tvar(0.95), ..Limits::of(1e5) };
    let told = plan(&file, &limits).unwrap_err().to_string();
    assert!(told.contains("scenario `s2`: factor") && told.contains("not proved"), "{told}");
    // Rates that move together are covered.
    file.scenarios[2].factor = None;
    file.scenarios[1].factor.clone_from(&weather);
    file.scenarios[3].factor = weather;
    let found = plan(&file, &limits).unwrap();
    verify(&found, &file).unwrap();
    assert!(found.gap() < 0.02, "{}", found.gap());
}

#[test]
fn fifty_actions_are_proved_to_one_per_cent() {
    for (actions, share, level) in [(20, 0.3, 0.95), (30, 0.5, 0.9), (50, 0.15, 0.99)] {
        let file = heavy(actions, actions as u64, 3);
        let limits =
            Limits { objective: Objective::Tvar(level), cases: 2000, ..Limits::of(share * cost(&file)) };
        let found = plan(&file, &limits).unwrap();
        assert!(found.gap() <= 0.01, "{actions} actions: {}", found.gap());
        verify(&found, &file).unwrap();
    }
}

#[test]
fn a_proof_by_borders_is_not_taken_on_trust() {
    let file = heavy(12, 3, 2);
    let limits = Limits { objective: Objective::Tvar(0.95), ..Limits::of(0.3 * cost(&file)) };
    let found = plan(&file, &limits).unwrap();
    let refused = |change: &dyn Fn(&mut Plan)| {
        let mut other = found.clone();
        change(&mut other);
        verify(&other, &file).unwrap_err().to_string()
    };
    let border = found.proof.iter().position(|step| matches!(step, Proof::Border(..))).unwrap();
    // No border, one that is no number or outside its case, or one that is moved.
    refused(&|plan| drop(plan.proof.remove(border)));
    let set = |amount: f64| refused(&move |plan| plan.proof[border] = Proof::Border(0, amount));
    assert!(set(f64::NAN).contains("splits no case") && set(-1.0).contains("splits no case"));
    assert!(set(f64::INFINITY).contains("splits no case"));
    set(1e-3 * found.after.low);
    assert!(refused(&|plan| plan.proof[border] = Proof::Border(7, 1.0)).contains("splits no case"));
    // Sets that leave less than the cutoff alone are looked at: it cannot be moved below the bound.
    assert!(refused(&|plan| plan.cutoff = Some(0.9 * found.bound)).contains("cutoff"));
    assert!(refused(&|plan| plan.cutoff = Some(f64::NAN)).contains("cutoff"));
    assert!(refused(&|plan| plan.bound = 0.5 * (found.bound + found.after.low)).contains("bounded by"));
    // Without it the bounds are weaker.
    assert!(refused(&|plan| plan.cutoff = None).contains("bounded by"));
}
