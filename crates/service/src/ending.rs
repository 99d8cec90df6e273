//! What ends or falls due soon, and the plans that a past day left open: one answer for the overview and for its document.

use crate::query::{RecordQuery, RecordRow};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use warrant_model::kind::Ended;
use warrant_model::time::{day, from_micros, plus_days};

/// What it is that ends or falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ends {
    /// An agreement about an interconnection.
    Agreement,
    /// An exception.
    Exception,
    /// Leave to operate.
    Leave,
    /// A POA&M item's day.
    Plan,
}

/// Something that ends or falls due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ending {
    /// The day.
    pub on: Date,
    /// What it is.
    pub ends: Ends,
    /// Title of the record.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Id of its system; empty when it belongs to none.
    pub system: String,
    /// Its version, and since when it reads so.
    pub version: (i64, Timestamp),
}

/// Records looked at: kind, state (empty: any), the field with the day, what it is.
const LOOKED_AT: [(&str, &str, &str, Ends); 5] = [
    ("exception", "approved", "expires", Ends::Exception),
    ("interconnection", "", "agreement_expires", Ends::Agreement),
    ("poam_item", "planned", "due", Ends::Plan),
    ("poam_item", "ongoing", "due", Ends::Plan),
    ("poam_item", "validating", "due", Ends::Plan),
];

/// The most records of one kind and state that are looked at.
const MOST: i64 = 10_000;

/// The most POA&M items of a past day that are gone through.
const MOST_ITEMS: i64 = 20_000;

/// The day that a field of a record names.
pub(crate) fn date(row: &RecordRow, field: &str) -> Option<Date> {
    row.body[field].as_str().and_then(|text| text.parse().ok())
}

impl Service {
    /// Everything that ends or falls due within some days, soonest first; of `systems` the leave of those in operation.
    /// `as_of` is the instant that has passed as of which it is told; `None`: now.
    pub async fn ending(
        &self,
        actor: &Actor,
        systems: &[&RecordRow],
        days: i64,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Ending>, ServiceError> {
        let at = as_of.unwrap_or_else(|| self.now());
        let (today, last) = (day(at), day(plus_days(at, days)));
        let found = |row: &RecordRow, field: &str, ends: Ends| {
            let on = date(row, field).filter(|on| *on >= today && *on <= last)?;
            Some(Ending {
                on,
                ends,
                title: row.title.clone(),
                kind: row.kind.clone(),
                id: row.id.clone(),
                system: row.system.clone(),
                version: (row.version, from_micros(row.updated_at)),
            })
        };
        let operating = systems.iter().filter(|row| row.state == "operational");
        let mut all: Vec<_> =
            operating.filter_map(|row| found(row, "authorization_expires", Ends::Leave)).collect();
        for (kind, state, field, ends) in LOOKED_AT {
            let state = Some(state.to_owned()).filter(|state| !state.is_empty());
            let query = RecordQuery { kind: kind.to_owned(), state, limit: MOST, ..RecordQuery::default() };
            let rows = match as_of {
                None => self.list_records(actor, &query).await?.rows,
                Some(at) => self.list_records_at(actor, &query, at).await?.rows,
            };
            all.extend(rows.iter().filter_map(|row| found(row, field, ends)));
        }
        all.sort();
        Ok(all)
    }

    /// POA&M items that asked for work at an instant that has passed, and those of them whose day was over.
    pub async fn plans_then(&self, actor: &Actor, at: Timestamp) -> Result<(i64, i64), ServiceError> {
        let states = self.kind("poam_item")?.spec.workflow.map_or(&[][..], |workflow| workflow.states);
        let open = |state: &str| states.iter().all(|known| known.name != state || known.ended == Ended::Open);
        let query = RecordQuery { kind: "poam_item".to_owned(), limit: MOST_ITEMS, ..RecordQuery::default() };
        let mut items = self.list_records_at(actor, &query, at).await?.rows;
        items.retain(|item| open(&item.state));
        let over = items.iter().filter(|item| date(item, "due").is_some_and(|due| due < day(at))).count();
        Ok((items.len() as i64, over as i64))
    }
}
