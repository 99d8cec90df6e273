//! What controls are worth and what budgets buy, for people.

use super::show::{Last, money, percent, row_of, table};
use crate::output::{plain, print};
use std::collections::BTreeSet;
use warrant_risk::{Figures, Plan, RiskFile, Worth};

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
pub(super) fn plan(file: &RiskFile, plan: &Plan, before: &Figures, after: &Figures) {
    let currency = &file.currency;
    let mut rows = vec![row_of(&["", "ACTION", "COST", "HOURS", "WHAT"])];
    for action in &file.actions {
        let chosen = plan.chosen.contains(&action.id);
        let mark = match (chosen, action.obligation) {
            (true, true) => "must",
            (true, false) => "do",
            (false, _) => "leave",
        };
        rows.push(vec![
            mark.to_owned(),
            plain(&action.id),
            money(action.cost),
            money(action.hours),
            plain(&action.title),
        ]);
    }
    table(&rows, 2, Last::Words);
    let hours = plan.limits.hours.map_or_else(String::new, |limit| format!(" of {}", money(limit)));
    print(&format!(
        "Spends {} of {} {currency} and {}{hours} hours.",
        money(plan.cost),
        money(plan.limits.budget),
        money(plan.hours),
    ));
    print(&format!(
        "Expected loss a year: {} before, {} after; mean of the worst 1 % of years: {} before, {} after.",
        money(plan.ale_before),
        money(plan.ale_after),
        worst(before),
        worst(after),
    ));
    print(&proved(plan));
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
    print(&format!("What rising budgets buy, in {} and expected loss a year:", file.currency));
    let mut rows =
        vec![row_of(&["BUDGET", "SPENT", "HOURS", "LOSS LEFT", "THE STEP PREVENTS", "GAP", "CHANGES"])];
    let mut before: Option<&Plan> = None;
    for plan in plans {
        let from = before.map_or(plan.ale_before, |plan| plan.ale_after);
        let known: BTreeSet<&String> = before.map_or_else(BTreeSet::new, |plan| plan.chosen.iter().collect());
        let now: BTreeSet<&String> = plan.chosen.iter().collect();
        let changes = now.difference(&known).map(|id| format!("+{id}"));
        let changes: Vec<String> = changes.chain(known.difference(&now).map(|id| format!("-{id}"))).collect();
        rows.push(vec![
            money(plan.limits.budget),
            money(plan.cost),
            money(plan.hours),
            money(plan.ale_after),
            money(from - plan.ale_after),
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
