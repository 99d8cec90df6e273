//! Alternatives side by side, for people.

use super::plans::sanity;
use super::show::{Last, hours, money, percent, table};
use crate::output::{plain, print};
use std::collections::BTreeSet;
use warrant_risk::{Compared, RiskFile};

/// Figures of each alternative in a column, then what each does and breaks.
pub(super) fn compared(file: &RiskFile, found: &[Compared]) {
    let years = found.first().map_or(1, |one| one.years.len());
    let over = if years == 1 { "one year".to_owned() } else { format!("{years} years") };
    print(&format!("Alternatives over {over}, amounts in {}:", file.currency));
    let row = |name: &str, of: &dyn Fn(&Compared) -> String| -> Vec<String> {
        [name.to_owned()].into_iter().chain(found.iter().map(of)).collect()
    };
    let mut rows = vec![row("", &|one| plain(&one.name)), row("cost", &|one| money(one.cost))];
    rows.push(row("hours", &|one| hours(one.years.iter().map(|year| year.hours).sum())));
    let roles: BTreeSet<&String> =
        found.iter().flat_map(|one| &one.years).flat_map(|year| year.roles.keys()).collect();
    for role in roles {
        let of = |one: &Compared| one.years.iter().filter_map(|year| year.roles.get(role)).sum();
        rows.push(row(&format!("  {}", plain(role)), &|one| hours(of(one))));
    }
    rows.push(row("expected loss", &|one| money(one.ale_after)));
    rows.push(row("prevented", &|one| money(one.ale_before - one.ale_after)));
    rows.push(row("prevented less cost", &|one| money(one.ale_before - one.ale_after - one.cost)));
    if years > 1 {
        for at in 0..years {
            rows.push(row(&format!("  year {}: cost", at + 1), &|one| money(one.years[at].cost)));
            rows.push(row(&format!("  year {}: expected", at + 1), &|one| money(one.years[at].ale)));
        }
    }
    rows.push(row("once all works, a year:", &|_| String::new()));
    rows.push(row("  expected loss", &|one| money(one.then.ale)));
    rows.push(row("  any loss", &|one| percent(one.then.any_loss)));
    for level in [0.95, 0.99] {
        let of = |one: &Compared| one.then.levels.iter().find(|l| l.level == level).copied();
        let beyond = |one: &Compared| of(one).map_or_else(String::new, |l| money(l.tvar.estimate));
        let bounds = |one: &Compared| {
            of(one).map_or_else(String::new, |l| format!("{}–{}", money(l.tvar.low), money(l.tvar.high)))
        };
        rows.push(row(&format!("  mean of the worst {}", percent(1.0 - level)), &beyond));
        rows.push(row("    low–high", &bounds));
    }
    table(&rows, 1, Last::Figures);
    print("");
    doings(file, found);
    for one in found {
        if !one.breaks.is_empty() {
            print(&format!("{} breaks limits: {}.", plain(&one.name), plain(&one.breaks.join("; "))));
        }
        if one.cost > 0.0 {
            print(&format!("{}:", plain(&one.name)));
            sanity(one.ale_before, one.ale_after, one.cost);
        }
    }
}

/// The year in which each action starts; actions that no alternative chooses are left out.
fn doings(file: &RiskFile, found: &[Compared]) {
    let mut rows = vec![
        ["ACTION STARTS IN YEAR".to_owned()]
            .into_iter()
            .chain(found.iter().map(|one| plain(&one.name)))
            .collect::<Vec<_>>(),
    ];
    for action in &file.actions {
        let year = |one: &Compared| one.chosen.iter().find(|start| start.action == action.id).map(|s| s.year);
        if found.iter().any(|one| year(one).is_some()) {
            let cells = found.iter().map(|one| year(one).map_or_else(|| "-".to_owned(), |y| y.to_string()));
            rows.push([plain(&action.id)].into_iter().chain(cells).collect());
        }
    }
    if rows.len() > 1 {
        table(&rows, 1, Last::Figures);
        print("");
    }
}
