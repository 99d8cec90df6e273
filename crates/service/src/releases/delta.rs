//! Two releases of a component compared.

use super::line::unassessed;
use super::view::{HitView, Unassessed};
use super::{FeedView, Key, leaf_of};
use crate::{Actor, Service, ServiceError};
use serde::Serialize;
use std::collections::BTreeMap;
use warrant_advisory::releases::{Change, PackageChange, Standing, compare};

/// What is different from one release to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeltaView {
    /// The earlier.
    pub from: String,
    /// The later.
    pub to: String,
    /// What only the later has.
    pub introduced: Vec<ChangeView>,
    /// What only the earlier has.
    pub fixed: Vec<ChangeView>,
    /// What both have.
    pub still_open: Vec<ChangeView>,
    /// What the earlier has and of which nothing can be told in the later.
    pub unknown: Vec<ChangeView>,
    /// Packages that came, went, or are there in other versions.
    pub packages: Vec<PackageChange>,
    /// What of the later could not be assessed.
    pub unassessed: Vec<Unassessed>,
}

/// A vulnerability in a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView {
    /// Id and package.
    pub key: Key,
    /// What it is.
    pub hit: HitView,
    /// How the later release stands.
    pub now: Standing,
}

fn changes(changes: Vec<Change<'_>>) -> Vec<ChangeView> {
    let view =
        |change: Change<'_>| ChangeView { hit: HitView::of(&change.hit), key: change.key, now: change.now };
    let mut changes: Vec<ChangeView> = changes.into_iter().map(view).collect();
    changes.sort_by(|a, b| b.hit.rank().cmp(&a.hit.rank()).then_with(|| a.key.cmp(&b.key)));
    changes
}

impl Service {
    /// Compares two releases of a component.
    pub async fn compare_releases(
        &self,
        actor: &Actor,
        (system, component): (&str, &str),
        (from, to): (&str, &str),
    ) -> Result<(Option<FeedView>, DeltaView), ServiceError> {
        let mut shelf = self.shelf(actor, system, component).await?;
        let feed = self.advisory_feed().await?;
        shelf.releases.retain(|release| release.version == from || release.version == to);
        let at = |version: &str| {
            let at = shelf.releases.iter().position(|release| release.version == version);
            let name = format!("{component} {version}");
            at.ok_or(ServiceError::NotFound { what: "release", name })
        };
        let (from, to) = (at(from)?, at(to)?);
        let material = self.bills_of(&shelf, leaf_of(feed.as_ref())).await?;
        let nothing = BTreeMap::new();
        let coverage = feed.as_ref().map_or(&nothing, |feed| &feed.summary.ecosystems);
        let judged = material.judged(coverage, self.question())?;
        let (before, after) = (&judged[from].0, &judged[to].0);
        let delta = compare(before, after);
        let view = DeltaView {
            from: delta.from,
            to: delta.to,
            introduced: changes(delta.introduced),
            fixed: changes(delta.fixed),
            still_open: changes(delta.still_open),
            unknown: changes(delta.unknown),
            packages: delta.packages,
            unassessed: unassessed(after),
        };
        Ok((feed, view))
    }
}
