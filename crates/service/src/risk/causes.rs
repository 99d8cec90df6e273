//! Why a scenario's expected loss moved: the difference of two days shared out fairly among its causes.
//!
//! Each cause's amount is its Shapley share over all orders in which the causes could have come about, so that no order is
//! preferred and the amounts add up to the difference, whatever moved together.

use super::input::{engine_controls, engine_scenarios, named};
use super::kept::Standings;
use super::standing::ControlStanding;
use std::collections::BTreeSet;
use warrant_model::kind::Record;
use warrant_model::kinds::Scenario;
use warrant_risk::{RiskError, expected_loss};

/// Why an expected loss is another than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A scenario is in force no more.
    Retired,
    /// A scenario came into force, or its system was not recorded before.
    New,
    /// Its rates, amounts or steps are estimated otherwise.
    Estimates,
    /// Findings that were open are so no more, or are judged otherwise.
    Closed,
    /// Findings opened.
    Opened,
    /// More or less of a control is in place: judgements, implementation, age of evidence.
    InPlace,
    /// How often findings opened in the year before, and how long they stayed.
    Reliability,
}

impl Cause {
    /// Every cause, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Retired,
        Self::New,
        Self::Estimates,
        Self::Closed,
        Self::Opened,
        Self::InPlace,
        Self::Reliability,
    ];

    /// In words.
    pub fn says(self) -> &'static str {
        match self {
            Self::Retired => "Scenarios retired",
            Self::New => "Scenarios new",
            Self::Estimates => "Estimates changed",
            Self::Closed => "Findings closed",
            Self::Opened => "Findings opened",
            Self::InPlace => "Controls in place",
            Self::Reliability => "Reliability of controls",
        }
    }
}

/// What a cause did to a scenario.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Share {
    /// The cause.
    pub cause: Cause,
    /// What it added; negative where it took away.
    pub amount: f64,
}

/// A scenario on one day: its estimates and how the controls stood.
pub(super) struct Side<'a> {
    pub(super) record: &'a Record<Scenario>,
    pub(super) at: &'a Standings,
}

/// A scenario on two days.
pub(super) struct Told {
    pub(super) before: Option<f64>,
    pub(super) now: Option<f64>,
    pub(super) shares: Vec<Share>,
}

/// Causes that move a scenario in force on both days, by the bit that stands for each.
const MOVING: [Cause; 5] =
    [Cause::Estimates, Cause::Closed, Cause::Opened, Cause::InPlace, Cause::Reliability];

/// Prices a scenario on both days and shares the difference out. `left` is how the controls would stand now without the
/// findings that opened in between.
pub(super) fn shares(
    system: &str,
    before: Option<&Side<'_>>,
    now: Option<&Side<'_>>,
    left: &Standings,
    currency: &str,
) -> Result<Told, RiskError> {
    let price = |record: &Record<Scenario>, standings: &Standings| {
        let scenario = engine_scenarios(system, std::slice::from_ref(record));
        expected_loss(&scenario, &engine_controls(system, standings), currency)
    };
    let (before, now) = match (before, now) {
        (Some(before), Some(now)) => (before, now),
        (before, now) => {
            let whole = |side: Option<&Side<'_>>| side.map(|side| price(side.record, side.at)).transpose();
            let (before, now) = (whole(before)?, whole(now)?);
            let gone = before.map(|amount| Share { cause: Cause::Retired, amount: -amount });
            let new = now.map(|amount| Share { cause: Cause::New, amount });
            return Ok(Told { before, now, shares: gone.into_iter().chain(new).collect() });
        }
    };
    let wanted: BTreeSet<String> =
        named(&before.record.body).into_iter().chain(named(&now.record.body)).collect();
    // Most scenarios of a large organisation stand as they stood.
    let still = wanted.iter().all(|control| before.at.get(control) == now.at.get(control));
    if still && before.record.body == now.record.body {
        let loss = price(now.record, now.at)?;
        return Ok(Told { before: Some(loss), now: Some(loss), shares: Vec::new() });
    }
    let mut losses = Vec::with_capacity(1 << MOVING.len());
    for set in 0..1_usize << MOVING.len() {
        let has =
            |cause: Cause| MOVING.iter().position(|one| *one == cause).is_some_and(|bit| set >> bit & 1 == 1);
        let standing = |control: &String| {
            let (was, is) = (before.at.get(control)?, now.at.get(control)?);
            Some((control.clone(), between(was, is, left.get(control).unwrap_or(is), &has)))
        };
        let standings: Standings = wanted.iter().filter_map(standing).collect();
        let record = if has(Cause::Estimates) { now.record } else { before.record };
        losses.push(price(record, &standings)?);
    }
    let amounts = fair(&losses, MOVING.len());
    let shares = MOVING.into_iter().zip(amounts).map(|(cause, amount)| Share { cause, amount });
    let (first, last) = (losses.first().copied(), losses.last().copied());
    Ok(Told { before: first, now: last, shares: shares.filter(|share| share.amount != 0.0).collect() })
}

/// A control as it would stand if only some causes had come about.
fn between(
    was: &ControlStanding,
    is: &ControlStanding,
    unopened: &ControlStanding,
    has: &impl Fn(Cause) -> bool,
) -> ControlStanding {
    let left = match (has(Cause::Closed), has(Cause::Opened)) {
        (false, false) => was.left,
        (true, false) => unopened.left,
        (true, true) => is.left,
        // What opened takes the same part of what was left before.
        (false, true) if unopened.left > 0.0 => (was.left * is.left / unopened.left).clamp(0.0, 1.0),
        (false, true) => was.left.min(is.left),
    };
    let placed = if has(Cause::InPlace) { is } else { was };
    let reliable = if has(Cause::Reliability) { is } else { was };
    ControlStanding {
        left,
        in_place: placed.in_place,
        failures_per_year: reliable.failures_per_year,
        days_to_repair: reliable.days_to_repair,
        ..is.clone()
    }
}

/// Shapley shares of `players` in what is gained from the first to the last of `values`, one for each set of players.
fn fair(values: &[f64], players: usize) -> Vec<f64> {
    // Weight of a set of k others: k! (n - 1 - k)! / n!.
    let mut weights = vec![1.0 / players as f64; players];
    for k in 1..players {
        weights[k] = weights[k - 1] * k as f64 / (players - k) as f64;
    }
    let share = |player: usize| {
        let without = (0..values.len()).filter(|set| set >> player & 1 == 0);
        let gain =
            |set: usize| weights[set.count_ones() as usize] * (values[set | 1 << player] - values[set]);
        without.map(gain).sum()
    };
    (0..players).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::fair;

    #[test]
    fn shares_are_fair_and_add_up() {
        // Two causes that only work together share what they do; a third that does nothing gets nothing.
        let values: Vec<f64> = (0..8_usize).map(|set| if set & 3 == 3 { 10.0 } else { 4.0 }).collect();
        let shares = fair(&values, 3);
        assert!((shares[0] - 3.0).abs() < 1e-12 && (shares[1] - 3.0).abs() < 1e-12, "{shares:?}");
        assert_eq!(shares[2], 0.0);
        let values: Vec<f64> = (0..32_u32).map(|set| f64::from(set * set % 17) * 1e3).collect();
        let sum: f64 = fair(&values, 5).iter().sum();
        assert!((sum - (values[31] - values[0])).abs() < 1e-9);
    }
}
