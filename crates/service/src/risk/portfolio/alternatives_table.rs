//! Alternatives as a table to export: one to a row, doing nothing first.

use super::alternatives::{Alternative, AlternativesView, Pair};
use crate::Service;
use warrant_report::{Cell, Column, ColumnKind, Table};
use warrant_risk::{Choice, Report};

impl Service {
    /// Alternatives as a table.
    pub fn alternatives_table(&self, view: &AlternativesView) -> Table {
        let heading = self.heading("alternatives");
        let money = |title: &str| Column::new(format!("{title} ({})", view.currency), ColumnKind::Money);
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let number = |title: &str| Column::new(title, ColumnKind::Number);
        let nothing = view.now.iter().map(|now| nothing(now, view.obligations));
        let others = view.alternatives.iter().enumerate().map(|(at, one)| {
            let pair = view.pairs.iter().find(|pair| pair.first == at && pair.second.is_none());
            row(one, pair)
        });
        Table {
            title: "Alternatives".to_owned(),
            columns: vec![
                text("alternative"),
                number("pieces of work"),
                money("cost, least"),
                money("cost, likely"),
                money("cost, most"),
                money("expected loss a year"),
                money("one year in twenty, mean (TVaR)"),
                money("TVaR, low"),
                money("TVaR, high"),
                number("hours"),
                text("hours by work role"),
                number("due within a year, done"),
                number("due within a year, left"),
                number("findings left open"),
                money("better than nothing by"),
                money("better, low (90 %)"),
                money("better, high (90 %)"),
                text("answer"),
            ],
            rows: nothing.chain(others).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

/// Expected loss and the mean of the worst year in twenty.
fn year(report: &Report) -> [Cell; 4] {
    let worst = report.total.levels.iter().find(|level| level.level >= 0.95).map(|level| level.tvar);
    [
        Cell::number_if(Some(report.total.ale)),
        Cell::number_if(worst.map(|bracket| bracket.estimate)),
        Cell::number_if(worst.map(|bracket| bracket.low)),
        Cell::number_if(worst.map(|bracket| bracket.high)),
    ]
}

fn nothing(now: &Report, obligations: usize) -> Vec<Cell> {
    let zero = || Cell::number_if(Some(0.0));
    let mut cells = vec![Cell::text("nothing done"), zero(), zero(), zero(), zero()];
    cells.extend(year(now));
    cells.extend([zero(), Cell::text(""), zero(), Cell::number_if(Some(obligations as f64))]);
    cells.extend([
        Cell::number_if(None),
        Cell::number_if(None),
        Cell::number_if(None),
        Cell::number_if(None),
    ]);
    cells.push(Cell::text(""));
    cells
}

fn row(one: &Alternative, pair: Option<&Pair>) -> Vec<Cell> {
    let number = |value: f64| Cell::number_if(Some(value));
    let roles: Vec<String> = one
        .hours
        .iter()
        .map(|(role, hours)| {
            format!("{}: {hours:.1}", if role.is_empty() { "role not told" } else { role.as_str() })
        })
        .collect();
    let better = pair.map(|pair| pair.decision.difference);
    let answer = pair.map_or("", |pair| match pair.decision.answer {
        Choice::First => "better than nothing",
        Choice::Second => "worse than nothing",
        Choice::DoesNotDecide => "does not decide",
    });
    let mut cells = vec![
        Cell::text(&one.name),
        number(one.chosen.len() as f64),
        number(one.cost.low),
        number(one.cost.estimate),
        number(one.cost.high),
    ];
    cells.extend(year(&one.year));
    cells.extend([
        number(one.hours.values().sum()),
        Cell::text(roles.join("; ")),
        number(one.met as f64),
        number(one.unmet.len() as f64),
        number(one.findings_left as f64),
        Cell::number_if(better.map(|better| better.estimate)),
        Cell::number_if(better.map(|better| better.low)),
        Cell::number_if(better.map(|better| better.high)),
        Cell::text(answer),
    ]);
    cells
}
