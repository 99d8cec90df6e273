//! Plans over several years, with roles, lead times and years to start in, beside every plan there is.

use crate::plans::{cost, file};
use proptest::prelude::*;
use std::collections::BTreeMap;
use warrant_risk::{
    Alternative, Breach, Hours, Limits, Plan, Proof, RiskFile, Severity, Start, compare, frontier,
    gordon_loeb_limit, gordon_loeb_spending, plan, return_on_investment, verify,
};

/// Actions with lead times, roles and, some of them, years.
fn phased(actions: usize, seed: u64, ties: usize) -> RiskFile {
    let mut file = file(actions, 4, seed, ties);
    for (at, action) in file.actions.iter_mut().enumerate() {
        action.lead_months = [0, 3, 12, 7, 18, 0][at % 6];
        let hours = action.hours.total();
        let role = if at % 2 == 0 { "engineer" } else { "officer" };
        action.hours = Hours::ByRole([(role.to_owned(), hours), ("writer".to_owned(), 10.0)].into());
        action.earliest = (at % 5 == 3).then_some(2);
        action.latest = (at % 4 == 1).then_some(2);
    }
    file
}

fn amount(file: &RiskFile, scenario: usize) -> f64 {
    let Severity::Constant(amount) = file.scenarios[scenario].loss.values().next().unwrap().amount else {
        panic!()
    };
    0.5 * amount
}

/// What start years (0: never) leave, by going through the months; none when they are not allowed.
fn left_by_hand(file: &RiskFile, limits: &Limits, starts: &[usize]) -> Option<f64> {
    let years = limits.budget.len();
    let year_of = |id: &str| starts[file.actions.iter().position(|action| action.id == id).unwrap()];
    for (action, start) in file.actions.iter().zip(starts) {
        let (first, last) = (action.earliest.unwrap_or(1) as usize, action.latest.unwrap_or(99) as usize);
        if *start == 0 {
            if action.obligation && (action.latest.is_none() || last <= years) {
                return None;
            }
            continue;
        }
        let needs = action.needs.iter().all(|id| year_of(id) > 0 && year_of(id) <= *start);
        let apart = action.excludes.iter().all(|id| year_of(id) == 0);
        if *start < first || *start > last || !needs || !apart {
            return None;
        }
    }
    for year in 1..=years {
        let spent = |of: &dyn Fn(&warrant_risk::Action) -> f64| -> f64 {
            file.actions.iter().zip(starts).filter(|(_, start)| **start == year).map(|(a, _)| of(a)).sum()
        };
        let roles = limits.roles.iter().all(|(role, most)| spent(&|a| a.hours.of_role(role)) <= *most);
        let hours = limits.hours.is_none_or(|most| spent(&|a| a.hours.total()) <= most);
        if !roles || !hours || spent(&|a| a.cost) > limits.budget[year - 1] {
            return None;
        }
    }
    let mut sum = 0.0;
    for month in 0..12 * years {
        for (at, scenario) in file.scenarios.iter().enumerate() {
            let mut loss = amount(file, at) / 12.0 / (1.0 + limits.discount).powi((month / 12) as i32);
            for (action, start) in file.actions.iter().zip(starts).filter(|(_, start)| **start > 0) {
                if 12 * (start - 1) + action.lead_months as usize <= month {
                    let effects = action.prevents.iter().filter(|e| e.scenario == scenario.id);
                    loss *= effects.map(|e| 1.0 - e.share).product::<f64>();
                }
            }
            sum += loss;
        }
    }
    Some(sum)
}

fn best_by_hand(file: &RiskFile, limits: &Limits) -> Option<f64> {
    let (count, ways) = (file.actions.len() as u32, limits.budget.len() + 1);
    let all = (0..ways.pow(count)).filter_map(|mut number| {
        let starts: Vec<usize> = (0..count)
            .map(|_| {
                let start = number % ways;
                number /= ways;
                start
            })
            .collect();
        left_by_hand(file, limits, &starts)
    });
    all.min_by(f64::total_cmp)
}

proptest! {
    #![proptest_config(crate::cases(120))]

    #[test]
    fn no_phasing_is_better_than_the_bound_and_the_plan_is_within_its_gap(
        seed in any::<u64>(), ties in 0_usize..6, years in 1_usize..=3, share in 0.05..0.5,
        hours in prop::option::of(40.0..300.0), role in prop::option::of(20.0..200.0), must in any::<bool>(),
        discount in prop_oneof![Just(0.0), 0.0..0.2],
    ) {
        let mut file = phased(if years == 3 { 5 } else { 7 }, seed, ties);
        file.actions[1].obligation = must;
        let budget: Vec<f64> =
            (0..years).map(|year| share * cost(&file) * (1.0 + 0.5 * (year as f64 - 1.0))).collect();
        let roles: BTreeMap<String, f64> = role.map(|hours| ("engineer".to_owned(), hours)).into_iter().collect();
        let limits = Limits { budget, hours, roles, discount, gap: 1e-4, ..Limits::of(0.0) };
        match (plan(&file, &limits), best_by_hand(&file, &limits)) {
            (Ok(found), Some(best)) => {
                prop_assert!(found.bound <= best * (1.0 + 1e-9), "bound {} above {best}", found.bound);
                prop_assert!(found.ale_after >= best * (1.0 - 1e-9), "{} below {best}", found.ale_after);
                prop_assert!(found.ale_after <= best * (1.0 + 1.01e-4), "{} far from {best}", found.ale_after);
                prop_assert!(found.gap() <= 1e-4, "{}", found.gap());
                verify(&found, &file).map_err(|error| TestCaseError::fail(error.to_string()))?;
                let years = found.years(&file).unwrap();
                let loss: f64 =
                    years.iter().map(|y| y.ale * limits.discounted(y.year - 1)).sum();
                prop_assert!((loss / found.ale_after - 1.0).abs() < 1e-9, "{loss} {}", found.ale_after);
            }
            (Err(error), None) => {
                let told = error.to_string();
                let known = ["obligations", "no set", "lies beyond the years", "lies before"];
                prop_assert!(known.iter().any(|known| told.contains(known)), "{told}");
            }
            (found, best) => prop_assert!(false, "{:?} {best:?}", found.map(|plan| plan.chosen)),
        }
    }
}

/// One loss of a million a year; `quick` prevents half of it at once, `slow` nine tenths after nine months.
fn two() -> RiskFile {
    let text = "currency = 'EUR'
        [plan]
        years = 3
        budget = [100_000]
        roles = { engineer = 100 }
        [[scenario]]
        id = 's'
        frequency = { poisson = 1 }
        loss.total = { amount = { constant = 1_000_000 } }
        [[action]]
        id = 'quick'
        cost = 60_000
        hours = { engineer = 40, officer = 20 }
        prevents = [{ scenario = 's', share = 0.5 }]
        [[action]]
        id = 'slow'
        cost = 60_000
        hours = { engineer = 90 }
        lead_months = 9
        prevents = [{ scenario = 's', share = 0.9 }]";
    RiskFile::read("x", text).unwrap()
}

#[test]
fn lead_times_delay_effects_and_budgets_hold_by_year() {
    let file = two();
    let limits = file.planning.clone().unwrap().limits().unwrap();
    let found = plan(&file, &limits).unwrap();
    verify(&found, &file).unwrap();
    // A year has money for one. `slow` in the first year works from month 9 on, `quick` in the second from month 12.
    assert_eq!((found.start_of("slow"), found.start_of("quick")), (Some(1), Some(2)));
    let wanted = 1e6 * (0.75 + 0.25 * 0.1 + 2.0 * 0.05);
    assert!((found.ale_after - wanted).abs() < 1e-6 * wanted, "{} {wanted}", found.ale_after);
    let years = found.years(&file).unwrap();
    assert_eq!(years.iter().map(|year| year.cost).collect::<Vec<_>>(), [60_000.0, 60_000.0, 0.0]);
    assert_eq!(years[1].roles["officer"], 20.0);
    // When years count 1, 1/2 and 1/4, what works at once comes first.
    let found = plan(&file, &Limits { discount: 1.0, ..limits.clone() }).unwrap();
    verify(&found, &file).unwrap();
    assert_eq!((found.start_of("quick"), found.start_of("slow")), (Some(1), Some(2)));
    // Too few engineers for `slow`.
    let roles = [("engineer".to_owned(), 80.0)].into();
    let found = plan(&file, &Limits { roles, ..limits.clone() }).unwrap();
    verify(&found, &file).unwrap();
    assert_eq!((found.start_of("quick"), found.start_of("slow")), (Some(1), None));
}

#[test]
fn a_phased_plan_that_was_tampered_with_is_refused() {
    let file = phased(9, 3, 3);
    let budget = vec![0.12 * cost(&file); 3];
    let roles = [("engineer".to_owned(), 150.0)].into();
    let limits = Limits { budget, roles, discount: 0.03, gap: 1e-3, ..Limits::of(0.0) };
    let good = plan(&file, &limits).unwrap();
    verify(&good, &file).unwrap();
    let text = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), good);
    let refused = |change: fn(&mut Plan)| {
        let mut plan = good.clone();
        change(&mut plan);
        verify(&plan, &file).unwrap_err().to_string()
    };
    assert!(refused(|plan| plan.bound = 0.5 * (plan.bound + plan.after.high)).contains("bounded by"));
    assert!(refused(|plan| plan.after.estimate *= 0.99).contains("after.estimate"));
    assert!(refused(|plan| plan.proof.insert(0, Proof::Branch(99, 0))).contains("splits no case"));
    let again = refused(|plan| drop(plan.proof.splice(0..0, vec![Proof::Branch(2, 2); 2])));
    assert!(again.contains("splits no case"), "{again}");
    assert!(refused(|plan| plan.limits.discount = 0.0).contains("ale_before"));
    assert!(refused(|plan| plan.limits.budget.iter_mut().for_each(|b| *b *= 2.0)).contains("bounded by"));
    assert!(refused(|plan| plan.limits.roles.clear()).contains("prices"));
    assert!(refused(|plan| plan.chosen[0].year = 4).contains("not planned"));
    assert!(refused(|plan| plan.chosen.push(plan.chosen[0].clone())).contains("twice"));
    assert!(refused(|plan| plan.limits.roles.values_mut().for_each(|h| *h *= 0.2)).contains("break a limit"));
    let moved = refused(|plan| plan.chosen.iter_mut().for_each(|start| start.year = 1 + start.year % 3));
    assert!(moved.contains("break a limit") || moved.contains("ale_after"), "{moved}");
    // Lead times and effects of the file count.
    let mut slower = file.clone();
    slower.actions.iter_mut().for_each(|action| action.lead_months += 6);
    assert!(verify(&good, &slower).is_err());
}

#[test]
fn a_frontier_over_years_is_proved_throughout() {
    let file = phased(12, 8, 4);
    let limits = Limits { budget: vec![0.2 * cost(&file); 2], ..Limits::of(0.0) };
    let plans = frontier(&file, &limits, 8).unwrap();
    assert_eq!(plans.len(), 8);
    for pair in plans.windows(2) {
        assert!(pair[1].ale_after <= pair[0].ale_after * (1.0 + 1e-12));
    }
    for plan in &plans {
        verify(plan, &file).unwrap();
        assert!(plan.gap() <= 0.01);
    }
}

#[test]
fn alternatives_stand_side_by_side() {
    let file = two();
    let limits = file.planning.clone().unwrap().limits().unwrap();
    let start = |action: &str, year| Start { action: action.into(), year };
    let both = Alternative { name: "both".into(), chosen: vec![start("quick", 1), start("slow", 1)] };
    let none = Alternative { name: "none".into(), chosen: vec![] };
    let quick = Alternative { name: "quick".into(), chosen: vec![start("quick", 1)] };
    let found = compare(&file, &[none, quick, both], &limits).unwrap();
    assert_eq!(found.iter().map(|c| c.cost).collect::<Vec<_>>(), [0.0, 60_000.0, 120_000.0]);
    assert!((found[0].ale_after - 3e6).abs() < 1e-3 && (found[1].ale_after - 1.5e6).abs() < 1e-3);
    assert_eq!(found[0].return_on_investment, None);
    // 1.5 million less for 60,000.
    assert!((found[1].return_on_investment.unwrap() - 24.0).abs() < 1e-9);
    assert!((found[1].then.ale - 5e5).abs() < 1e-3 && (found[2].then.ale - 5e4).abs() < 1e-3);
    assert!(found[0].breaks.is_empty() && found[1].breaks.is_empty());
    let broken = found[2].breaks.join("; ");
    assert!(broken.contains("money 120000 of 100000") && broken.contains("engineer 130 of 100"), "{broken}");
    let twice = Alternative { name: "x".into(), chosen: vec![start("quick", 1), start("quick", 2)] };
    assert!(compare(&file, &[twice], &limits).unwrap_err().to_string().contains("there twice"));
}

#[test]
fn limits_of_a_file_that_mean_nothing_are_named() {
    let refused = |text: &str| {
        let text = format!("currency = 'EUR'\nscenario = []\n[plan]\n{text}");
        RiskFile::read("x", &text).map(|file| file.planning.unwrap().limits().unwrap_err().to_string())
    };
    assert!(refused("years = 2").unwrap().contains("plan.budget: is not given"));
    assert!(refused("years = 3\nbudget = [1, 2]").unwrap().contains("2 amounts for 3 years"));
    assert!(refused("years = 11\nbudget = [1]").unwrap().contains("1 to 10"));
    assert!(refused("budget = [-1]").unwrap().contains("negative"));
    assert!(refused("budget = [1]\ndiscount = 3").unwrap().contains("discount"));
    assert!(refused("budget = [1]\nobjective = { tvar = 0.2 }").unwrap().contains("objective.tvar"));
    assert!(refused("budget = [1]\nroles = { x = -1 }").unwrap().contains("roles.x"));
    assert!(refused("budget = [1]\nobjective = 'var'").is_err());
    let hours = "currency='EUR'\nscenario=[]\n[[action]]\nid='a'\ncost=1\nhours='many'";
    let told = RiskFile::read("x", hours).unwrap_err().to_string();
    assert!(told.contains("a number of hours, or a table from roles to hours"), "{told}");
}

/// Values worked out apart from this code (docs of the research: L = 400,000, α = 1e-5).
#[test]
fn gordon_and_loeb_are_reproduced() {
    let one = Breach::One { alpha: 1e-5, beta: 1.0 };
    let two = Breach::Two { alpha: 1e-5 };
    for (breach, chance, wanted) in [
        (one, 0.25, 0.0),
        (one, 0.5, 41_421.36),
        (one, 0.75, 73_205.08),
        (one, 1.0, 100_000.0),
        (two, 0.25, 23_561.68),
        (two, 0.5, 47_123.36),
    ] {
        let found = gordon_loeb_spending(breach, 4e5, chance).unwrap();
        assert!((found - wanted).abs() < 0.005, "{breach:?} {chance}: {found}");
        assert!(found <= gordon_loeb_limit(chance * 4e5));
    }
    assert_eq!(return_on_investment(300.0, 100.0, 50.0), Some(3.0));
    assert!(gordon_loeb_spending(one, -1.0, 0.5).is_err() && gordon_loeb_spending(two, 1.0, 2.0).is_err());
}
