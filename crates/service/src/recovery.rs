//! How the components of a system would come back, as a table to export.

use crate::tables::TableFormat;
use crate::{Service, ServiceError};
use warrant_analysis::{BackupEvent, Recovery, Saved, recovery};
use warrant_model::snapshot::SystemSnapshot;
use warrant_report::{Cell, Column, ColumnKind, Table};

impl Service {
    /// What is known of the recovery of each component of a system, those that stand worst first.
    pub fn recovery<'s>(&self, snapshot: &'s SystemSnapshot) -> Vec<Recovery<'s>> {
        recovery(snapshot, self.policy())
    }

    /// The same as a file.
    pub fn recovery_file(
        &self,
        shown: &[&Recovery<'_>],
        format: TableFormat,
    ) -> Result<Vec<u8>, ServiceError> {
        let heading = self.heading("recovery");
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let at = |event: Option<&BackupEvent>| {
            Cell::text(event.map(|event| event.fact.at.to_string()).unwrap_or_default())
        };
        let place = |event: Option<&BackupEvent>| {
            Cell::text(
                event
                    .map(|event| format!("{}:{}", event.evidence.as_str(), event.place.line))
                    .unwrap_or_default(),
            )
        };
        let row = |one: &&Recovery<'_>| {
            vec![
                Cell::text(&one.component.body.name),
                Cell::text(says(one.saved)),
                Cell::number_if(one.component.body.backup_rpo_hours.map(f64::from)),
                at(one.backup),
                place(one.backup),
                at(one.failed),
                at(one.check.filter(|_| one.checked_until.is_some())),
                at(one.restore),
                place(one.restore),
            ]
        };
        let table = Table {
            title: "Recovery".to_owned(),
            columns: vec![
                text("component"),
                text("saved"),
                Column::new("hours that may be lost", ColumnKind::Number),
                text("newest backup"),
                text("read from (file:line)"),
                text("failed since"),
                text("data read back"),
                text("restored in a test"),
                text("restore read from (file:line)"),
            ],
            rows: shown.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        };
        self.written(&table, format)
    }
}

fn says(saved: Saved) -> &'static str {
    match saved {
        Saved::Within => "within what may be lost",
        Saved::TooOld => "too long ago",
        Saved::Never => "no backup on record",
        Saved::NotAsked => "not asked for",
    }
}
