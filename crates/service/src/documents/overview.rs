//! What the executive one-pager is written from: how all systems stand that the actor sees.

use crate::ending::{Ends, date};
use crate::query::{RecordQuery, RecordRow};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::RecordId;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{day, from_micros, micros, plus_days};
use warrant_report::documents::{ExpiringFacts, OverviewFacts, QueueFacts, StandingFacts};

/// How far ahead and back it looks, in days.
const MONTH: i64 = 30;
/// How far back the trend goes, in days.
const TREND: i64 = 180;
/// The most systems.
const MOST: i64 = 10_000;

/// What is told of something that ends or falls due.
fn told(ends: Ends) -> &'static str {
    match ends {
        Ends::Agreement => "agreement ends",
        Ends::Exception => "exception ends",
        Ends::Leave => "leave to operate ends",
        Ends::Plan => "plan falls due",
    }
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
        let names: BTreeMap<&str, &str> =
            rows.iter().map(|row| (row.id.as_str(), row.title.as_str())).collect();
        let expiring = self.ending(actor, &rows.iter().collect::<Vec<_>>(), MONTH, as_of).await?;
        let expiring = expiring.into_iter().map(|one| ExpiringFacts {
            on: one.on,
            what: told(one.ends).to_owned(),
            record: (one.kind, RecordId(one.id)),
            title: one.title,
            system: names.get(one.system.as_str()).map(|name| (*name).to_owned()).unwrap_or_default(),
            version: one.version,
        });
        let expiring = expiring.collect();
        Ok(OverviewFacts {
            as_of: at,
            systems,
            programme,
            queue,
            trend: trend.collect(),
            expiring,
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
        let (_, overdue) = self.plans_then(actor, at).await?;
        Ok(QueueFacts {
            total: summaries.values().map(|one| i64::from(one.deficiencies.total())).sum(),
            excepted: summaries.values().map(|one| i64::from(one.excepted)).sum(),
            overdue,
            unplanned: None,
            worst: None,
        })
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
