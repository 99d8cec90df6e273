//! Budget lines as a table to export.

use super::LineView;
use crate::Service;
use warrant_report::{Cell, Column, ColumnKind, Table};

impl Service {
    /// Budget lines as a table.
    pub fn budget_table(&self, currency: &str, lines: &[&LineView]) -> Table {
        let heading = self.heading("budget lines");
        let money = |title: &str| Column::new(format!("{title} ({currency})"), ColumnKind::Money);
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let row = |line: &&LineView| {
            vec![
                Cell::text(&line.title),
                Cell::text(&line.unit_name),
                Cell::text(&line.state),
                Cell::text(line.initiative.as_deref().unwrap_or_default()),
                Cell::text(line.policy.as_deref().unwrap_or_default()),
                Cell::number_if(Some(line.amount)),
                Cell::number_if(Some(line.paid)),
                Cell::number_if(Some(line.promised)),
                Cell::number_if(Some(line.free())),
                Cell::number_if(Some(line.forecast.low)),
                Cell::number_if(Some(line.forecast.likely)),
                Cell::number_if(Some(line.forecast.high)),
            ]
        };
        Table {
            title: "Budget lines".to_owned(),
            columns: vec![
                text("what it pays for"),
                text("unit"),
                text("state"),
                text("initiative"),
                text("policy"),
                money("amount"),
                money("paid"),
                money("promised"),
                money("free"),
                money("forecast, low"),
                money("forecast, likely"),
                money("forecast, high"),
            ],
            rows: lines.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

