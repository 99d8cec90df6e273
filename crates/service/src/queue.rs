//! The queue: every deficiency the actor may see, ranked; and what can be done about one.

use crate::records::COUNT_LIMIT;
use crate::{Actor, Service, ServiceError};
use warrant_model::time::{day, plus_days};
use warrant_store::postures::{self, DeficiencyQuery, DeficiencyRow, Facet};

/// A page of the queue.
#[derive(Clone, Debug, Default)]
pub struct QueuePage {
    /// The rows, highest rank first.
    pub rows: Vec<DeficiencyRow>,
    /// How many fit in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
    /// How many of each severity rank, the severity filter left aside.
    pub severities: Vec<(String, i64)>,
    /// How many of each check, the check filter left aside.
    pub checks: Vec<(String, i64)>,
    /// How many of each system, the system filter left aside; the programme's are under the empty id.
    pub systems: Vec<(String, i64)>,
}

/// The queue in a few figures, counted up to [`COUNT_LIMIT`]; what an exception covers is not among them.
#[derive(Clone, Debug, Default)]
pub struct QueueFigures {
    /// Deficiencies in force.
    pub total: i64,
    /// Systems they are of (the programme counts as none).
    pub systems: usize,
    /// The highest ranked.
    pub worst: Option<DeficiencyRow>,
    /// Those whose day has passed.
    pub overdue: i64,
    /// Those that fall due from today to this many days ahead.
    pub due_soon: i64,
    /// Those no POA&M item plans.
    pub unplanned: i64,
    /// Those that an exception covers, on top of `total`.
    pub excepted: i64,
}

impl Service {
    /// A page of the queue.
    pub async fn queue(&self, actor: &Actor, query: &DeficiencyQuery) -> Result<QueuePage, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let rows = postures::list(&mut db, query, &sees).await?;
        let total = postures::count(&mut db, query, &sees, COUNT_LIMIT).await?;
        let any_severity = DeficiencyQuery { severity: None, ..query.clone() };
        let severities = postures::facets(&mut db, &any_severity, Facet::Severity, &sees).await?;
        let any_check = DeficiencyQuery { check: None, ..query.clone() };
        let checks = postures::facets(&mut db, &any_check, Facet::Check, &sees).await?;
        let any_system = DeficiencyQuery { system: None, ..query.clone() };
        let systems = postures::facets(&mut db, &any_system, Facet::System, &sees).await?;
        Ok(QueuePage { rows, total, severities, checks, systems })
    }

    /// How many deficiencies fit a query, counted up to [`COUNT_LIMIT`].
    pub async fn count_queue(&self, actor: &Actor, query: &DeficiencyQuery) -> Result<i64, ServiceError> {
        Ok(postures::count(&mut self.store().db(), query, &actor.sees(), COUNT_LIMIT).await?)
    }

    /// The whole queue in a few figures; `days` is how far ahead "soon" reaches.
    pub async fn queue_figures(&self, actor: &Actor, days: i64) -> Result<QueueFigures, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let all = DeficiencyQuery { excepted: Some(false), limit: 1, ..DeficiencyQuery::default() };
        let now = self.now();
        let by = |due| DeficiencyQuery { due_by: Some(due), ..all.clone() };
        let yesterday = by(day(plus_days(now, -1)));
        let soon = by(day(plus_days(now, days)));
        let unplanned = DeficiencyQuery { planned: Some(false), ..all.clone() };
        let excepted = DeficiencyQuery { excepted: Some(true), ..all.clone() };
        let systems = postures::facets(&mut db, &all, Facet::System, &sees).await?;
        let overdue = postures::count(&mut db, &yesterday, &sees, COUNT_LIMIT).await?;
        let soon = postures::count(&mut db, &soon, &sees, COUNT_LIMIT).await?;
        Ok(QueueFigures {
            total: postures::count(&mut db, &all, &sees, COUNT_LIMIT).await?,
            systems: systems.iter().filter(|(id, _)| !id.is_empty()).count(),
            worst: postures::list(&mut db, &all, &sees).await?.into_iter().next(),
            overdue,
            due_soon: soon - overdue,
            unplanned: postures::count(&mut db, &unplanned, &sees, COUNT_LIMIT).await?,
            excepted: postures::count(&mut db, &excepted, &sees, COUNT_LIMIT).await?,
        })
    }

    /// One deficiency.
    pub async fn deficiency(&self, actor: &Actor, id: &str) -> Result<DeficiencyRow, ServiceError> {
        let row = postures::get(&mut self.store().db(), id, &actor.sees()).await?;
        row.ok_or_else(|| ServiceError::NotFound { what: "deficiency", name: id.to_owned() })
    }
}
