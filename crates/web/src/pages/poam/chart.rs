//! The burn-down: items open at the end of each week, against those that should be by their own dates.

use crate::look::chart::{BurnDown, Day, burndown};
use crate::words::say;
use jiff::civil::Date;
use maud::Markup;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Ended;
use warrant_model::registry::KindEntry;
use warrant_model::time::{day, end_of, from_micros, micros};
use warrant_service::query::{RecordRow, StateStep};

/// Weeks before and after today.
const WEEKS: i64 = 26;

/// The chart.
pub(super) fn chart<'a>(
    kind: &KindEntry,
    steps: &[StateStep],
    rows: impl Iterator<Item = &'a RecordRow>,
    today: Date,
) -> Markup {
    let rows: Vec<_> = rows.collect();
    // A list that is narrowed counts its own items only.
    let steps: Vec<_> = {
        let ids: BTreeSet<_> = rows.iter().map(|row| row.id.as_str()).collect();
        steps.iter().filter(|step| ids.contains(step.id.as_str())).cloned().collect()
    };
    let (steps, rows) = (steps.as_slice(), rows.as_slice());
    let days = weeks(today).into_iter().map(|day| Day {
        day,
        planned: planned(steps, rows, day) as f64,
        left: (day <= today).then(|| open(kind, steps, micros(end_of(day))) as f64),
        forecast: None,
    });
    let title = say("poam-chart");
    burndown(&BurnDown { title, unit: say("poam-chart-unit"), days: days.collect() })
}

fn weeks(today: Date) -> Vec<Date> {
    (-WEEKS..=WEEKS)
        .filter_map(|week| today.checked_add(jiff::Span::new().try_weeks(week).ok()?).ok())
        .collect()
}

/// Items open at an instant.
fn open(kind: &KindEntry, steps: &[StateStep], before: i64) -> usize {
    let mut states: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for step in steps.iter().take_while(|step| step.at < before) {
        states.insert(&step.id, step.state.as_deref());
    }
    states.values().flatten().filter(|state| !has_ended(kind, state)).count()
}

/// Items there were by then and that are due later, or have no date.
fn planned(steps: &[StateStep], rows: &[&RecordRow], at: Date) -> usize {
    let mut made: BTreeMap<&str, Date> = BTreeMap::new();
    for step in steps {
        made.entry(&step.id).or_insert(day(from_micros(step.at)));
    }
    let due = |row: &RecordRow| row.body["due"].as_str().and_then(|due| due.parse::<Date>().ok());
    let stands = |row: &&&RecordRow| {
        made.get(row.id.as_str()).is_some_and(|made| *made <= at) && due(row).is_none_or(|due| due > at)
    };
    rows.iter().filter(stands).filter(|row| row.state != "cancelled").count()
}

/// Whether a state is an end.
pub(super) fn has_ended(kind: &KindEntry, state: &str) -> bool {
    let states = kind.spec.workflow.map_or(&[][..], |workflow| workflow.states);
    states.iter().any(|known| known.name == state && known.ended == Ended::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::Registry;
    use warrant_model::time::start_of;

    #[test]
    fn a_reopened_item_is_open_again() {
        let registry = Registry::standard();
        let kind = registry.kind("poam_item").unwrap();
        let at = |text: &str| micros(start_of(text.parse().unwrap()));
        let step =
            |at: i64, state: Option<&str>| StateStep { id: "a".into(), at, state: state.map(str::to_owned) };
        let steps = [
            step(at("2026-01-01"), Some("ongoing")),
            step(at("2026-02-01"), Some("closed")),
            step(at("2026-03-01"), Some("ongoing")),
            step(at("2026-04-01"), None),
        ];
        let counts = ["2025-12-31", "2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"]
            .map(|day| open(kind, &steps, at(day)));
        assert_eq!(counts, [0, 1, 0, 1, 0]);
    }
}
