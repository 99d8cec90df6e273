//! The systems with everything their list shows.

use super::severe;
use super::state::{Leave, leave};
use crate::error::PageError;
use crate::past::last_instant;
use crate::server::App;
use crate::session::Who;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{day, plus_days};
use warrant_service::query::{RecordQuery, RecordRow};
use warrant_service::trend::TrendPoint;

/// The most systems of one list.
const MOST: i64 = 10_000;

/// How far back the trend goes, in days.
pub(crate) const TREND: i64 = 90;

/// A system as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) row: RecordRow,
    pub(crate) summary: Option<Arc<PostureSummary>>,
    pub(crate) trend: Vec<TrendPoint>,
    pub(crate) leave: Leave,
    pub(crate) unit: String,
    pub(crate) owner: String,
}

impl Standing {
    /// A text field of the record.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.row.body[field].as_str().unwrap_or_default()
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.row.title
    }

    /// Its baseline, or empty.
    pub(crate) fn baseline(&self) -> &str {
        self.summary.as_ref().map_or("", |summary| &summary.baseline)
    }
}

/// Every system the actor may see, those ranked worst first. As of a day that has passed: records and postures as they
/// stood at its end, without the trend to it.
pub(crate) async fn load_at(app: &App, who: &Who, as_of: Option<Date>) -> Result<Vec<Standing>, PageError> {
    let service = &app.service;
    let query = RecordQuery { kind: "system".to_owned(), limit: MOST, ..RecordQuery::default() };
    let (rows, summaries, mut trends, now) = match as_of.map(last_instant) {
        None => {
            let trends = service.trends(&who.actor, plus_days(service.now(), -TREND)).await?;
            let rows = service.list_records(&who.actor, &query).await?.rows;
            (rows, service.summaries(&who.actor).await?, trends, service.now())
        }
        Some(at) => {
            let rows = service.list_records_at(&who.actor, &query, at).await?.rows;
            let mut found: Vec<_> = service.summaries_at(&who.actor, at).await?.into_values().collect();
            found.sort_by_key(|summary| Reverse((severe(summary), summary.deficiencies.total())));
            (rows, found, BTreeMap::new(), at)
        }
    };
    let rank: BTreeMap<_, _> = summaries.iter().enumerate().map(|(at, s)| (s.system.clone(), at)).collect();
    let mut summaries: BTreeMap<_, _> = summaries.into_iter().map(|s| (s.system.clone(), s)).collect();
    let linked: BTreeSet<String> =
        rows.iter().flat_map(|row| [text(row, "unit"), text(row, "owner")]).collect();
    let titles = service.titles_of(&who.actor, &linked.into_iter().collect::<Vec<_>>()).await?;
    let title = |id: String| titles.get(&id).cloned().unwrap_or_default();
    let mut systems: Vec<_> = rows
        .into_iter()
        .map(|row| Standing {
            summary: summaries.remove(&row.id),
            trend: trends.remove(&row.id).unwrap_or_default(),
            leave: leave(&row, day(now)),
            unit: title(text(&row, "unit")),
            owner: title(text(&row, "owner")),
            row,
        })
        .collect();
    systems.sort_by_key(|system| rank.get(&system.row.id).copied().unwrap_or(usize::MAX));
    Ok(systems)
}

fn text(row: &RecordRow, field: &str) -> String {
    row.body[field].as_str().unwrap_or_default().to_owned()
}
