//! What falls due: dates that people wrote down, over all kinds that have them.

use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use serde_json::Value;
use warrant_model::field::{Field, FieldType};
use warrant_model::kind::Ended;
use warrant_model::registry::KindEntry;
use warrant_store::records::{self, RecordQuery, RecordRow};

/// Something that falls due.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Due {
    /// The day.
    pub day: Date,
    /// What falls due: `Authorization expires`, `Milestone`.
    pub what: String,
    /// The record's kind.
    pub kind: String,
    /// The record.
    pub id: String,
    /// Its title; for a row of a record the row's own.
    pub title: String,
    /// The system, or empty.
    pub system: String,
}

/// Fields of kinds that name a day by which something must be done or ends.
const DATES: &[(&str, &str)] = &[
    ("exception", "expires"),
    ("interconnection", "agreement_expires"),
    ("poam_item", "due"),
    ("system", "authorization_expires"),
    ("system", "review_due"),
    ("task", "due"),
];

/// The most records of a kind looked through.
const MOST: i64 = 50_000;

impl Service {
    /// What falls due up to a day, what is overdue included, as far as the actor may see it; by day.
    pub async fn calendar(&self, actor: &Actor, until: Date) -> Result<Vec<Due>, ServiceError> {
        let mut found = Vec::new();
        let mut kinds: Vec<_> = DATES.iter().map(|(kind, _)| *kind).collect();
        kinds.dedup();
        for kind in kinds.into_iter().filter_map(|name| self.registry().kind(name)) {
            let query =
                RecordQuery { kind: kind.spec.name.to_owned(), limit: MOST, ..RecordQuery::default() };
            for row in records::list(&mut self.store().db(), &query, &actor.sees()).await? {
                if !has_ended(kind, &row.state) {
                    found.extend(dates_of(kind, &row).into_iter().filter(|due| due.day <= until));
                }
            }
        }
        found.sort_by(|a, b| (a.day, &a.what, &a.title, &a.id).cmp(&(b.day, &b.what, &b.title, &b.id)));
        Ok(found)
    }
}

fn has_ended(kind: &KindEntry, state: &str) -> bool {
    let states = kind.spec.workflow.map_or(&[][..], |workflow| workflow.states);
    states.iter().any(|known| known.name == state && known.ended == Ended::Ended)
}

fn dates_of(kind: &KindEntry, row: &RecordRow) -> Vec<Due> {
    let own = DATES.iter().filter(|(name, _)| *name == kind.spec.name);
    let fields = own.filter_map(|(_, field)| kind.field(field));
    let due = |day: Date, what: String, title: String| Due {
        day,
        what,
        kind: row.kind.clone(),
        id: row.id.clone(),
        title,
        system: row.system.clone(),
    };
    let what = |field: &Field| match field.name.as_str() {
        "due" | "expires" => format!("{} {}", kind.spec.title, field.label.to_lowercase()),
        _ => field.label.clone(),
    };
    let mut found: Vec<Due> = fields
        .filter_map(|field| Some(due(date(&row.body[&field.name])?, what(field), row.title.clone())))
        .collect();
    for field in kind.fields.iter().filter(|field| matches!(field.value, FieldType::Rows(_))) {
        let rows = row.body[&field.name].as_array().into_iter().flatten();
        found.extend(rows.filter(|step| step["done"].is_null()).filter_map(|step| {
            let title = step["title"].as_str().unwrap_or_default();
            let day = date(&step["due"])?;
            Some(due(day, "Milestone due".to_owned(), format!("{title} ({})", row.title)))
        }));
    }
    found
}

fn date(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}
