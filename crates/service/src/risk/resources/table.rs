//! Budget lines and hours by work role as tables to export.

use super::{LineView, RoleView};
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

    /// Hours needed and hours there are, by work role, as a table.
    pub fn staffing_table(&self, roles: &[RoleView]) -> Table {
        let heading = self.heading("hours by work role");
        let figure = |title: &str| Column::new(title, ColumnKind::Number);
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let row = |role: &RoleView| {
            vec![
                Cell::text(&role.role),
                Cell::text(&role.name),
                Cell::number_if(Some(role.needed)),
                Cell::number_if(Some(role.available)),
                Cell::number_if(Some(role.missing())),
                Cell::text(role.short_from.map_or_else(String::new, |day| day.to_string())),
                Cell::number_if(Some(role.posts as f64)),
                Cell::number_if(Some(role.vacant)),
                Cell::number_if(Some(role.actions as f64)),
                Cell::number_if(Some(role.untold as f64)),
            ]
        };
        Table {
            title: "Hours by work role".to_owned(),
            columns: vec![
                text("work role"),
                text("name"),
                figure("hours needed"),
                figure("hours there are"),
                figure("hours missing"),
                text("short from"),
                figure("posts filled"),
                figure("hours vacant"),
                figure("actions"),
                figure("actions of unknown length"),
            ],
            rows: roles.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}
