//! Trends: the figures of a system, or of all together, day by day.

use crate::roll::View;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{day, micros, start_of};

/// Figures of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct TrendPoint {
    /// First microsecond of the day.
    pub day: i64,
    /// Deficiencies in force, all severities.
    pub deficiencies: u32,
    /// Of these critical or high.
    pub severe: u32,
    /// Open findings.
    pub open_findings: u32,
    /// Controls satisfied.
    pub satisfied: u32,
    /// Controls that apply.
    pub applicable: u32,
}

impl TrendPoint {
    pub(crate) fn of(day: i64, summary: &PostureSummary) -> Self {
        Self {
            day,
            deficiencies: summary.deficiencies.total(),
            severe: summary.deficiencies.critical + summary.deficiencies.high,
            open_findings: summary.open_findings.total(),
            satisfied: summary.controls.satisfied,
            applicable: summary.controls.applicable(),
        }
    }

    fn figures(self) -> [u32; 5] {
        [self.deficiencies, self.severe, self.open_findings, self.satisfied, self.applicable]
    }
}

/// The part of a trend that begins at `from`: what stood then, and every later point.
fn since(points: &[TrendPoint], from: Timestamp) -> Vec<TrendPoint> {
    let first = micros(start_of(day(from)));
    let (before, after) = points.split_at(points.partition_point(|point| point.day < micros(from)));
    let standing = before.last().map(|point| TrendPoint { day: first, ..*point });
    let standing = standing.filter(|_| after.first().is_none_or(|next| next.day != first));
    standing.into_iter().chain(after.iter().copied()).collect()
}

/// Several trends summed: a point per day on which one of them moved, each carrying the newest figures of all.
fn summed(trends: impl Iterator<Item = Vec<TrendPoint>>) -> Vec<TrendPoint> {
    let mut moves: BTreeMap<i64, [i64; 5]> = BTreeMap::new();
    for trend in trends {
        let mut before = [0_u32; 5];
        for point in trend {
            let now = point.figures();
            let sum = moves.entry(point.day).or_default();
            for (at, sum) in sum.iter_mut().enumerate() {
                *sum += i64::from(now[at]) - i64::from(before[at]);
            }
            before = now;
        }
    }
    let mut running = [0_i64; 5];
    let point = |(day, moved): (i64, [i64; 5])| {
        running.iter_mut().zip(moved).for_each(|(sum, moved)| *sum += moved);
        let [deficiencies, severe, open_findings, satisfied, applicable] =
            running.map(|sum| u32::try_from(sum).unwrap_or_default());
        TrendPoint { day, deficiencies, severe, open_findings, satisfied, applicable }
    };
    moves.into_iter().map(point).collect()
}

impl Service {
    /// The trend of a system, or summed over all systems the actor may see: one point per day, each carrying
    /// the newest figures of every system up to that day.
    pub async fn trend(
        &self,
        actor: &Actor,
        system: Option<&str>,
        from: Timestamp,
    ) -> Result<Vec<TrendPoint>, ServiceError> {
        let sum = |view: &View<'_>| {
            let wanted = view.systems().filter(|(id, _)| system.is_none_or(|system| system == id.as_str()));
            summed(wanted.map(|(id, _)| since(view.points(id), from)))
        };
        self.with_trends(actor, system, sum).await
    }

    /// The trend of every system the actor may see, by system id; the programme's is under the empty id.
    pub async fn trends(
        &self,
        actor: &Actor,
        from: Timestamp,
    ) -> Result<BTreeMap<String, Vec<TrendPoint>>, ServiceError> {
        let each = |view: &View<'_>| {
            let trends = view.systems().map(|(id, _)| (id.clone(), since(view.points(id), from)));
            trends.filter(|(_, trend)| !trend.is_empty()).collect()
        };
        self.with_trends(actor, None, each).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(day: i64, deficiencies: u32) -> TrendPoint {
        TrendPoint { day: day * 86_400_000_000, deficiencies, ..TrendPoint::default() }
    }

    #[test]
    fn a_trend_begins_with_what_stood_then() {
        let points = [point(1, 5), point(3, 7), point(9, 2)];
        let from = |day: i64| warrant_model::time::from_micros(day * 86_400_000_000);
        assert_eq!(since(&points, from(5)), [point(5, 7), point(9, 2)]);
        assert_eq!(since(&points, from(3)), [point(3, 7), point(9, 2)]);
        assert_eq!(since(&points, from(0)), points);
        assert_eq!(since(&points, from(20)), [point(20, 2)]);
    }

    #[test]
    fn a_sum_carries_each_system_until_it_moves() {
        let (a, b) = (vec![point(1, 5), point(4, 1)], vec![point(2, 10), point(4, 12)]);
        assert_eq!(summed([a, b].into_iter()), [point(1, 5), point(2, 15), point(4, 13)]);
    }
}
