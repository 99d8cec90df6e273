//! `warrant risk compare` without a file: sets of what could be done in the store, side by side.

use super::show::{Last, hours, money, percent, table};
use super::store::Scope;
use crate::cli::Cli;
use crate::output::{FOUND, OK, plain, print, print_json};
use std::collections::BTreeSet;
use std::process::ExitCode;
use warrant_service::risk::{Alternative, AlternativesAsk, AlternativesView, Choice, Report, SetOf};

/// Sets side by side; exit code 1 when what is known does not decide between two of them.
pub(super) async fn compared(cli: &Cli, plans: &[String], scope: &Scope) -> anyhow::Result<ExitCode> {
    let sets =
        plans.iter().enumerate().map(|(nth, plan)| set(plan, nth)).collect::<anyhow::Result<Vec<_>>>()?;
    let (service, actor) = crate::commands::enter(cli).await?;
    let ask = AlternativesAsk { scope: scope.of(&service, &actor).await?, sets };
    let view = service.alternatives(&actor, &ask).await;
    service.close().await?;
    let view = view?;
    let open = |pair: &&warrant_service::risk::Pair| {
        pair.second.is_some() && pair.decision.answer == Choice::DoesNotDecide
    };
    let code = ExitCode::from(if view.pairs.iter().any(|pair| open(&pair)) { FOUND } else { OK });
    if cli.json {
        return print_json(&view).map(|()| code);
    }
    told(&view);
    Ok(code)
}

/// A set as it is named on the command line.
fn set(plan: &str, nth: usize) -> anyhow::Result<SetOf> {
    if let Some(name) = plan.strip_prefix("initiative:") {
        return Ok(SetOf::Initiative(name.to_owned()));
    }
    if let Some(budget) = plan.strip_prefix("budget:") {
        return match budget.parse::<f64>() {
            Ok(budget) if (0.0..=1e15).contains(&budget) => Ok(SetOf::Budget(budget)),
            _ => anyhow::bail!("`{budget}` is no amount; say how much money: budget:50000"),
        };
    }
    let (name, ids) = plan.split_once('=').map_or((None, plan), |(name, ids)| (Some(name), ids));
    let ids: Vec<String> =
        ids.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    anyhow::ensure!(
        !ids.is_empty(),
        "`{plan}` names no work; give ids that `warrant risk portfolio --json` tells, initiative:NAME or budget:MONEY"
    );
    let name = name.map_or_else(|| format!("choice {}", nth + 1), str::to_owned);
    Ok(SetOf::Named { name, ids })
}

fn told(view: &AlternativesView) {
    let Some(now) = &view.now else {
        print("No risk scenario is in force.");
        return;
    };
    print(&format!("Alternatives for a year, amounts in {}:", view.currency));
    let all = &view.alternatives;
    let row = |name: &str, nothing: String, of: &dyn Fn(&Alternative) -> String| -> Vec<String> {
        [name.to_owned(), nothing].into_iter().chain(all.iter().map(of)).collect()
    };
    let none = || "-".to_owned();
    let mut rows = vec![
        row("", "nothing done".to_owned(), &|one| plain(&one.name)),
        row("pieces of work", "0".to_owned(), &|one| one.chosen.len().to_string()),
        row("cost", money(0.0), &|one| money(one.cost.estimate)),
        row("  least-most", none(), &|one| format!("{}–{}", money(one.cost.low), money(one.cost.high))),
        row("expected loss", money(now.total.ale), &|one| money(one.year.total.ale)),
        row("spared", none(), &|one| money(now.total.ale - one.year.total.ale)),
        row("mean of the worst 5 %", worst(now).0, &|one| worst(&one.year).0),
        row("  low-high", worst(now).1, &|one| worst(&one.year).1),
        row("hours", hours(0.0), &|one| hours(one.hours.values().sum())),
    ];
    let roles: BTreeSet<&String> = all.iter().flat_map(|one| one.hours.keys()).collect();
    for role in roles {
        let name = if role.is_empty() { "role not told" } else { role };
        let of = |one: &Alternative| one.hours.get(role).map_or_else(none, |all| hours(*all));
        rows.push(row(&format!("  {}", plain(name)), none(), &of));
    }
    let due = |met: usize| format!("{met} of {}", view.obligations);
    rows.push(row("due within a year, done", due(0), &|one| due(one.met)));
    rows.push(row("findings left open", none(), &|one| one.findings_left.to_string()));
    table(&rows, 1, Last::Figures);
    print("");
    for one in all {
        if let Some(first) = one.unmet.first() {
            let late = one.unmet.iter().filter(|one| one.late).count();
            print(&format!(
                "{} leaves {} due within a year, {late} of them late; first {} ({}).",
                plain(&one.name),
                one.unmet.len(),
                plain(&first.title),
                first.due
            ));
        }
        if !one.gone.is_empty() {
            print(&format!(
                "{}: these close nothing that is open: {}.",
                plain(&one.name),
                plain(&one.gone.join(", "))
            ));
        }
        if let Some(left) = one.dearest.first() {
            print(&format!(
                "{} leaves as the dearest scenario {}, {} a year.",
                plain(&one.name),
                plain(&left.title),
                money(left.ale)
            ));
        }
    }
    print("");
    decided(view);
}

fn decided(view: &AlternativesView) {
    let called = |at: usize| view.alternatives.get(at).map_or_else(String::new, |one| plain(&one.name));
    for pair in &view.pairs {
        let other = pair.second.map_or_else(|| "doing nothing".to_owned(), called);
        let (first, decision) = (called(pair.first), &pair.decision);
        let by = decision.difference;
        let answer = match decision.answer {
            Choice::First => format!("{first} is better"),
            Choice::Second => format!("{other} is better"),
            Choice::DoesNotDecide => "does not decide".to_owned(),
        };
        print(&format!(
            "{first} against {other}: {answer} (by {}, 90 % {} to {}, chance {}).",
            money(by.estimate),
            money(by.low),
            money(by.high),
            percent(decision.first_is_better)
        ));
        if let Some(what) = &decision.measure_first {
            print(&format!(
                "  find out first {}: it settles this in nine of ten cases",
                plain(&titled(view, what))
            ));
        }
    }
}

/// ``rate of `id` `` with the title in the place of the id.
fn titled(view: &AlternativesView, what: &str) -> String {
    let parts = what.split_once(" of `").map(|(word, id)| (word, id.trim_end_matches('`')));
    parts.map_or_else(
        || what.to_owned(),
        |(word, id)| format!("{word} of \u{201c}{}\u{201d}", view.titles.get(id).map_or(id, String::as_str)),
    )
}

/// The mean of the worst year in twenty, and its bracket.
fn worst(report: &Report) -> (String, String) {
    let level = report.total.levels.iter().find(|level| level.level >= 0.95);
    level.map_or_else(Default::default, |level| {
        let tvar = level.tvar;
        (money(tvar.estimate), format!("{}–{}", money(tvar.low), money(tvar.high)))
    })
}
