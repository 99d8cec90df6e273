//! What the executive one-pager is written from: how all systems stand that the actor sees.

use crate::query::{RecordQuery, RecordRow};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::RecordId;
use warrant_model::kind::Ended;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{day, from_micros, micros, plus_days};
use warrant_report::documents::{ExpiringFacts, OverviewFacts, QueueFacts, StandingFacts};

/// How far ahead and back it looks, in days.
const MONTH: i64 = 30;
/// How far back the trend goes, in days.
const TREND: i64 = 180;
/// The most systems, and the most records of one kind.
const MOST: i64 = 10_000;
const MOST_ITEMS: i64 = 20_000;

/// Records that end or fall due: kind, state (empty: any), the field with the day, what it is called.
const ENDING: [(&str, &str, &str, &str); 5] = [
    ("exception", "approved", "expires", "exception ends"),
    ("interconnection", "", "agreement_expires", "agreement ends"),
    ("poam_item", "planned", "due", "plan falls due"),
    ("poam_item", "ongoing", "due", "plan falls due"),
    ("poam_item", "validating", "due", "plan falls due"),
];

fn date(row: &RecordRow, field: &str) -> Option<Date> {
    row.body[field].as_str().and_then(|text| text.parse().ok())
}

fn version(row: &RecordRow) -> (i64, Timestamp) {
    (row.version, from_micros(row.updated_at))
}

impl Service {
    /// How the systems stand, now or at the end of a day that has passed.
    pub(super) async fn overview_facts(
        &self,
        actor: &Actor,
        as_of: Option<Timestamp>,
    ) -> Result<OverviewFacts, ServiceError> {
        let at = as_of.unwrap_or_else(|| self.now());
        let query = RecordQuery { kind: "system".to_owned(), limit: MOST, ..RecordQuery::default() };
        let mut rows = self.rows(actor, &query, as_of).await?;
        rows.retain(|row| row.state != "retired");
        // The worst first, in the order of the list of systems.
        let ranked: Vec<Arc<PostureSummary>> = match as_of {
            None => self.summaries(actor).await?,
            Some(at) => {
                let severe = |one: &PostureSummary| one.deficiencies.critical + one.deficiencies.high;
                let mut all: Vec<_> = self.summaries_at(actor, at).await?.into_values().collect();
                all.sort_by_key(|one| Reverse((severe(one), one.deficiencies.total())));
                all
            }
        };
        let rank: BTreeMap<String, usize> =
            ranked.iter().enumerate().map(|(nth, one)| (one.system.clone(), nth)).collect();
        rows.sort_by_key(|row| rank.get(&row.id).copied().unwrap_or(usize::MAX));
        let mut summaries: BTreeMap<String, Arc<PostureSummary>> =
            ranked.into_iter().map(|one| (one.system.clone(), one)).collect();
        let queue = match as_of {
            None => self.queue_now(actor).await?,
            Some(at) => self.queue_then(actor, at, &summaries).await?,
        };
        let programme = summaries.remove("").map(|one| one.deficiencies).unwrap_or_default();
        let units: BTreeSet<String> =
            rows.iter().filter_map(|row| row.body["unit"].as_str()).map(str::to_owned).collect();
        let units = self.titles_of(actor, &units.into_iter().collect::<Vec<_>>()).await?;
        let systems =
            rows.iter().map(|row| standing(row, summaries.get(&row.id).map(AsRef::as_ref), &units)).collect();
        let mut trend = self.trend(actor, None, plus_days(at, -TREND)).await?;
        trend.retain(|point| point.day <= micros(at));
        let trend = trend
            .into_iter()
            .map(|point| (day(from_micros(point.day)), [point.deficiencies, point.severe, point.satisfied]));
        Ok(OverviewFacts {
            as_of: at,
            systems,
            programme,
            queue,
            trend: trend.collect(),
            expiring: self.ending(actor, &rows, (at, as_of)).await?,
            days: MONTH,
        })
    }

    async fn rows(
        &self,
        actor: &Actor,
        query: &RecordQuery,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<RecordRow>, ServiceError> {
        Ok(match as_of {
            None => self.list_records(actor, query).await?.rows,
            Some(at) => self.list_records_at(actor, query, at).await?.rows,
        })
    }

    async fn queue_now(&self, actor: &Actor) -> Result<QueueFacts, ServiceError> {
        let figures = self.queue_figures(actor, MONTH).await?;
        let worst = figures.worst.map(|row| {
            let worst = row.deficiency;
            (worst.title, worst.severity, worst.since)
        });
        Ok(QueueFacts {
            total: figures.total,
            excepted: figures.excepted,
            overdue: figures.overdue,
            unplanned: Some(figures.unplanned),
            worst,
        })
    }

    /// What is known of a day that has passed: which deficiency ranked highest and which had a plan was not kept.
    async fn queue_then(
        &self,
        actor: &Actor,
        at: Timestamp,
        summaries: &BTreeMap<String, Arc<PostureSummary>>,
    ) -> Result<QueueFacts, ServiceError> {
        let states = self.kind("poam_item")?.spec.workflow.map_or(&[][..], |workflow| workflow.states);
        let open = |state: &str| states.iter().all(|known| known.name != state || known.ended == Ended::Open);
        let query = RecordQuery { kind: "poam_item".to_owned(), limit: MOST_ITEMS, ..RecordQuery::default() };
        let items = self.list_records_at(actor, &query, at).await?.rows;
        let late =
            |item: &&RecordRow| open(&item.state) && date(item, "due").is_some_and(|due| due < day(at));
        Ok(QueueFacts {
            total: summaries.values().map(|one| i64::from(one.deficiencies.total())).sum(),
            excepted: summaries.values().map(|one| i64::from(one.excepted)).sum(),
            overdue: items.iter().filter(late).count() as i64,
            unplanned: None,
            worst: None,
        })
    }

    /// Everything that ends within the month, soonest first.
    async fn ending(
        &self,
        actor: &Actor,
        systems: &[RecordRow],
        (at, as_of): (Timestamp, Option<Timestamp>),
    ) -> Result<Vec<ExpiringFacts>, ServiceError> {
        let (today, last) = (day(at), day(plus_days(at, MONTH)));
        let soon = |on: Option<Date>| on.filter(|on| *on >= today && *on <= last);
        let names: BTreeMap<&str, &str> =
            systems.iter().map(|row| (row.id.as_str(), row.title.as_str())).collect();
        let found = |row: &RecordRow, on: Date, what: &str| ExpiringFacts {
            on,
            what: what.to_owned(),
            record: (row.kind.clone(), RecordId(row.id.clone())),
            title: row.title.clone(),
            system: names.get(row.system.as_str()).map(|name| (*name).to_owned()).unwrap_or_default(),
            version: version(row),
        };
        let leave = systems.iter().filter_map(|row| {
            Some(found(row, soon(date(row, "authorization_expires"))?, "leave to operate ends"))
        });
        let mut all: Vec<_> = leave.collect();
        for (kind, state, field, what) in ENDING {
            let state = Some(state.to_owned()).filter(|state| !state.is_empty());
            let query = RecordQuery { kind: kind.to_owned(), state, limit: MOST, ..RecordQuery::default() };
            let rows = self.rows(actor, &query, as_of).await?;
            all.extend(rows.iter().filter_map(|row| Some(found(row, soon(date(row, field))?, what))));
        }
        all.sort();
        Ok(all)
    }
}

fn standing(
    row: &RecordRow,
    summary: Option<&PostureSummary>,
    units: &BTreeMap<String, String>,
) -> StandingFacts {
    let unit = row.body["unit"].as_str().and_then(|id| units.get(id));
    let mut standing = StandingFacts {
        name: row.title.clone(),
        unit: unit.cloned().unwrap_or_default(),
        operational: row.state == "operational",
        authorized_on: date(row, "authorized_on"),
        expires: date(row, "authorization_expires"),
        ..StandingFacts::default()
    };
    if let Some(summary) = summary {
        let scored = |one: &warrant_model::posture::Indicator| (one.impact, one.score, one.assessed);
        let [confidentiality, integrity, availability] = &summary.scorecard.0;
        standing.scorecard = [scored(confidentiality), scored(integrity), scored(availability)];
        standing.controls = summary.controls;
        standing.deficiencies = summary.deficiencies;
        standing.evidence_at = summary.evidence_at;
    }
    standing
}
