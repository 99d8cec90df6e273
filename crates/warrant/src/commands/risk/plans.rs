//! What controls are worth and what budgets buy, for people.

use super::show::{Last, hours, money, percent, row_of, table};
use crate::output::{plain, print};
use std::collections::BTreeSet;
use warrant_risk::{Figures, Objective, Plan, RiskFile, Worth, gordon_loeb_limit, return_on_investment};

/// The mean of the worst hundredth of years.
fn worst(figures: &Figures) -> String {
    figures
        .levels
        .iter()
        .find(|level| level.level == 0.99)
        .map_or_else(String::new, |l| money(l.tvar.estimate))
}

/// Every control with its price.
pub(super) fn worth(file: &RiskFile, found: &Worth) {
    if found.controls.is_empty() {
        print("The file has no `[[control]]` tables.");
        return;
    }
    let mut rows = vec![row_of(&[
        "CONTROL",
        "PERFORMANCE",
        "LOSS WITHOUT IT",
        "WORTH ALONE",
        "FAIR SHARE",
        "WORST 1 % WITHOUT",
    ])];
    for control in &found.controls {
        rows.push(vec![
            plain(&control.id),
            percent(control.performance),
            money(control.without.ale),
            money(control.marginal_ale),
            money(control.share_ale),
            worst(&control.without),
        ]);
    }
    table(&rows, 1, Last::Figures);
    let prevented = found.ale_without_any - found.now.ale;
    print(&format!(
        "Expected loss a year {} {}, without any control {}: all together prevent {}, which is the sum of the fair \
         shares (Shapley).",
        money(found.now.ale),
        file.currency,
        money(found.ale_without_any),
        money(prevented),
    ));
}

/// One plan: what is chosen, what is left out and what it changes.
pub(super) fn plan(file: &RiskFile, plan: &Plan, before: &Figures, after: &Figures) -> anyhow::Result<()> {
    let currency = &file.currency;
    let several = plan.limits.years() > 1;
    let mut rows = vec![row_of(&["", "ACTION", "START", "COST", "HOURS", "WORKS AFTER", "WHAT"])];
    for action in &file.actions {
        let start = plan.start_of(&action.id);
        let mark = match (start, action.obligation) {
            (Some(_), true) => "must",
            (Some(_), false) => "do",
            (None, _) => "leave",
        };
        rows.push(vec![
            mark.to_owned(),
            plain(&action.id),
            start.map_or_else(String::new, |year| format!("year {year}")),
            money(action.cost),
            hours(action.hours.total()),
            if action.lead_months > 0 {
                format!("{} months", action.lead_months)
            } else {
                "at once".to_owned()
            },
            plain(&action.title),
        ]);
    }
    table(&rows, 2, Last::Words);
    let years = plan.years(file)?;
    for year in &years {
        let limits = &plan.limits;
        let limit = limits.hours.map_or_else(String::new, |limit| format!(" of {}", hours(limit)));
        let mut line = format!(
            "{} {} of {} {currency} and {}{limit} hours",
            if several { format!("Year {} spends", year.year) } else { "Spends".to_owned() },
            money(year.cost),
            money(limits.budget[year.year - 1]),
            hours(year.hours),
        );
        for (role, spent) in &year.roles {
            let limit =
                limits.roles.get(role).map_or_else(String::new, |limit| format!(" of {}", hours(*limit)));
            line += &format!(", {} {}{limit}", plain(role), hours(*spent));
        }
        if several {
            line += &format!("; expected loss {}", money(year.ale));
        }
        print(&format!("{line}."));
    }
    let discount = plan.limits.discount;
    let over = match (several, discount > 0.0) {
        (false, _) => "Expected loss a year".to_owned(),
        (true, false) => format!("Expected loss over {} years", years.len()),
        (true, true) => {
            format!("Expected loss over {} years, {} less a year", years.len(), percent(discount))
        }
    };
    print(&format!("{over}: {} before, {} after.", money(plan.ale_before), money(plan.ale_after)));
    if let Objective::Tvar(level) = plan.limits.objective {
        print(&format!(
            "Planned by the mean of the worst {} of years: {} before, {} after ({} to {}).",
            percent(1.0 - level),
            money(plan.before.estimate),
            money(plan.after.estimate),
            money(plan.after.low),
            money(plan.after.high),
        ));
    }
    print(&format!(
        "Once all of it works, mean of the worst 1 % of years: {} before, {} after.",
        worst(before),
        worst(after),
    ));
    print(&proved(plan));
    sanity(plan.ale_before, plan.ale_after, plan.cost);
    Ok(())
}

/// Figures that others go by, to hold the plan against.
pub(super) fn sanity(before: f64, after: f64, cost: f64) {
    let returned = return_on_investment(before, after, cost)
        .map_or_else(|| "nothing is spent".to_owned(), |rosi| format!("{:.0} % of the cost", 100.0 * rosi));
    print(&format!(
        "For comparison, never as advice: return on security investment (ROSI) {returned}; Gordon and Loeb's limit of \
         1/e of the expected loss is {}, spent are {}.",
        money(gordon_loeb_limit(before)),
        money(cost),
    ));
}

fn proved(plan: &Plan) -> String {
    format!(
        "No choice within these limits leaves less than {}: the plan is within {} of the best (proved in {} cases).",
        money(plan.bound),
        percent(plan.gap()),
        plan.proof.len(),
    )
}

/// Plans for rising budgets: what each step buys.
pub(super) fn frontier(file: &RiskFile, plans: &[Plan]) {
    let tail = plans.first().map(|plan| plan.limits.objective).and_then(|objective| match objective {
        Objective::Ale => None,
        Objective::Tvar(level) => Some(level),
    });
    let years = plans.first().map_or(1, |plan| plan.limits.years());
    let what = tail.map_or_else(
        || "expected loss".to_owned(),
        |level| format!("mean of the worst {} of years", percent(1.0 - level)),
    );
    let over = if years == 1 { "a year".to_owned() } else { format!("over {years} years") };
    print(&format!("What rising budgets buy, in {} and {what} {over}:", file.currency));
    let mut rows =
        vec![row_of(&["BUDGET", "SPENT", "HOURS", "LOSS LEFT", "THE STEP PREVENTS", "GAP", "CHANGES"])];
    let mut before: Option<&Plan> = None;
    for plan in plans {
        let from = before.map_or(plan.before.estimate, |plan| plan.after.estimate);
        let names = |plan: &Plan| -> BTreeSet<String> {
            let name = |start: &warrant_risk::Start| match years {
                1 => start.action.clone(),
                _ => format!("{}@{}", start.action, start.year),
            };
            plan.chosen.iter().map(name).collect()
        };
        let (known, now) = (before.map_or_else(BTreeSet::new, names), names(plan));
        let changes = now.difference(&known).map(|id| format!("+{id}"));
        let changes: Vec<String> = changes.chain(known.difference(&now).map(|id| format!("-{id}"))).collect();
        rows.push(vec![
            money(plan.limits.budget.iter().sum()),
            money(plan.cost),
            hours(plan.hours),
            money(plan.after.estimate),
            money(from - plan.after.estimate),
            percent(plan.gap()),
            plain(&short(&changes)),
        ]);
        before = Some(plan);
    }
    table(&rows, 0, Last::Words);
}

/// The first few, and how many more.
fn short(changes: &[String]) -> String {
    let shown = changes.iter().take(6).cloned().collect::<Vec<_>>().join(" ");
    if changes.len() > 6 { format!("{shown} and {} more", changes.len() - 6) } else { shown }
}

/// A plan that the checker confirmed.
pub(super) fn confirmed(plan: &Plan, currency: &str) {
    print(&format!(
        "The plan holds: {} actions for {} {currency} leave an expected loss of {}.",
        plan.chosen.len(),
        money(plan.cost),
        money(plan.ale_after),
    ));
    print(&proved(plan));
}
