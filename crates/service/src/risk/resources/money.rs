//! Budget lines beside what is promised and paid. Pure functions of records.

use super::Forecast;
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_analysis::balance::{Balance, balances};
use warrant_model::kind::Record;
use warrant_model::kinds::{BudgetLine, Spending};

/// Where a budget line stands.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct LineView {
    /// Record id.
    pub id: String,
    /// What it pays for.
    pub title: String,
    /// Unit id.
    pub unit: String,
    /// Unit name.
    pub unit_name: String,
    /// State.
    pub state: String,
    /// First day of the period.
    pub starts: Option<Date>,
    /// Last day of the period.
    pub ends: Option<Date>,
    /// Initiative, as written.
    pub initiative: Option<String>,
    /// Policy, as written.
    pub policy: Option<String>,
    /// System id.
    pub system: Option<String>,
    /// POA&M items it pays for, by id.
    pub actions: Vec<String>,
    /// Why it is needed.
    pub reason: String,
    /// Asked for or granted.
    pub amount: f64,
    /// Paid.
    pub paid: f64,
    /// Promised and not paid yet.
    pub promised: f64,
    /// The share that is done, when told.
    pub done: Option<f64>,
    /// What it will cost in the end.
    pub forecast: Forecast,
}

impl LineView {
    /// Neither paid nor promised; below 0 when more was promised than granted.
    pub fn free(&self) -> f64 {
        self.amount - self.paid - self.promised
    }

    /// Whether it will cost more than it was given: all of the range beyond, some of it, or none.
    pub fn overrun(&self) -> Overrun {
        if self.forecast.low > self.amount || self.free() < 0.0 {
            Overrun::Certain
        } else if self.forecast.high > self.amount {
            Overrun::Possible
        } else {
            Overrun::No
        }
    }
}

/// Whether a line will cost more than it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overrun {
    /// The whole range lies beyond it, or more is promised than there is.
    Certain,
    /// The range holds it.
    Possible,
    /// The whole range lies below it.
    No,
}

/// Whether the period of a line holds a day.
pub(super) fn holds(line: &BudgetLine, on: Date) -> bool {
    line.starts.is_none_or(|starts| starts <= on) && line.ends.is_none_or(|ends| ends >= on)
}

/// Budget lines with what was spent from them up to `today`, the largest first.
pub(super) fn lines(
    lines: &[Record<BudgetLine>],
    spending: &[Record<Spending>],
    names: &BTreeMap<String, String>,
    today: Date,
) -> Vec<LineView> {
    let balances = balances(spending, |day| day <= today);
    let view = |line: &Record<BudgetLine>| {
        let Balance { paid, promised } = balances.get(&line.id).copied().unwrap_or_default();
        let body = &line.body;
        let done = body.done.map(|done| done / 100.0);
        let known = paid + promised;
        let forecast = match (body.estimate_low, body.estimate_high) {
            (Some(low), Some(high)) if low > 0.0 && high >= low => {
                let told = Forecast::of(low, high, paid.max(0.0), done.unwrap_or_default());
                // What is promised will be paid.
                let least = |amount: f64| amount.max(known);
                Forecast { low: least(told.low), likely: least(told.likely), high: least(told.high) }
            }
            _ => Forecast::certain(body.amount.unwrap_or_default().max(known)),
        };
        LineView {
            id: line.id.as_str().to_owned(),
            title: body.title.clone(),
            unit: body.unit.as_str().to_owned(),
            unit_name: names.get(body.unit.as_str()).cloned().unwrap_or_default(),
            state: body.state.clone(),
            starts: body.starts,
            ends: body.ends,
            initiative: body.initiative.clone().filter(|word| !word.trim().is_empty()),
            policy: body.policy.clone().filter(|word| !word.trim().is_empty()),
            system: body.system.as_ref().map(|id| id.as_str().to_owned()),
            actions: body.actions.iter().map(|id| id.as_str().to_owned()).collect(),
            reason: body.reason.clone().unwrap_or_default(),
            amount: body.amount.unwrap_or_default(),
            paid,
            promised,
            done,
            forecast,
        }
    };
    let mut told: Vec<_> = lines.iter().map(view).collect();
    told.sort_by(|a, b| b.amount.total_cmp(&a.amount).then_with(|| a.id.cmp(&b.id)));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use warrant_model::RecordId;
    use warrant_model::kinds::SpendingSort;

    fn record<T>(id: &str, body: T) -> Record<T> {
        let at = Timestamp::UNIX_EPOCH;
        Record { id: RecordId(id.to_owned()), version: 1, created_at: at, updated_at: at, body }
    }

    #[test]
    fn payments_settle_what_was_promised() {
        let line = BudgetLine {
            title: "Gateway".into(),
            starts: "2026-01-01".parse().ok(),
            ends: "2026-12-31".parse().ok(),
            amount: Some(20_000.0),
            ..BudgetLine::default()
        };
        let spent = |id: &str, sort, amount: f64, day: &str, settles: Option<&str>| {
            let body = Spending {
                line: RecordId("l".into()),
                sort,
                amount: Some(amount),
                day: day.parse().ok(),
                settles: settles.map(|id| RecordId(id.to_owned())),
                ..Spending::default()
            };
            record(id, body)
        };
        let spending = [
            spent("order", SpendingSort::Commitment, 18_000.0, "2026-03-01", None),
            spent("first", SpendingSort::Actual, 6_000.0, "2026-05-01", Some("order")),
            spent("fee", SpendingSort::Actual, 500.0, "2026-05-02", None),
            spent("late", SpendingSort::Actual, 13_000.0, "2026-12-01", Some("order")),
        ];
        let at = |day: &str| {
            let told = lines(&[record("l", line.clone())], &spending, &BTreeMap::new(), day.parse().unwrap());
            (told[0].paid, told[0].promised, told[0].free(), told[0].overrun())
        };
        assert_eq!(at("2026-02-01"), (0.0, 0.0, 20_000.0, Overrun::No));
        assert_eq!(at("2026-04-01"), (0.0, 18_000.0, 2_000.0, Overrun::No));
        assert_eq!(at("2026-11-23"), (6_500.0, 12_000.0, 1_500.0, Overrun::No));
        // More was paid than promised: nothing is promised any more, and what was paid counts.
        assert_eq!(at("2026-12-31"), (19_500.0, 0.0, 500.0, Overrun::No));
        let on = |day: &str| holds(&line, day.parse().unwrap());
        assert!(on("2026-01-01") && on("2026-12-31") && !on("2027-01-01") && !on("2025-12-31"));
        assert!(holds(&BudgetLine::default(), "2027-01-01".parse().unwrap()), "no period is every period");
    }

    #[test]
    fn what_is_promised_bounds_the_forecast_from_below() {
        let line = BudgetLine {
            amount: Some(12_000.0),
            estimate_low: Some(5_000.0),
            estimate_high: Some(15_000.0),
            ..BudgetLine::default()
        };
        let order = Spending {
            line: RecordId("l".into()),
            amount: Some(13_000.0),
            sort: SpendingSort::Commitment,
            ..Spending::default()
        };
        let today = "2026-11-23".parse().unwrap();
        let told = lines(&[record("l", line.clone())], &[], &BTreeMap::new(), today);
        assert_eq!(told[0].overrun(), Overrun::Possible);
        let told = lines(&[record("l", line)], &[record("o", order)], &BTreeMap::new(), today);
        assert_eq!((told[0].forecast.low, told[0].overrun()), (13_000.0, Overrun::Certain));
    }
}
