//! Amounts that were seen, or the one that is certain.

use crate::error::{Place, RiskError};

/// Most observations taken.
const MOST: usize = 100_000;

/// Equally likely amounts, in order.
#[derive(Clone, Debug)]
pub(crate) struct Empirical {
    amounts: Vec<f64>,
}

impl Empirical {
    pub(crate) fn constant(amount: f64) -> Self {
        Self { amounts: vec![amount] }
    }

    pub(crate) fn new(amounts: &[f64], place: &Place) -> Result<Self, RiskError> {
        if amounts.is_empty() {
            return place.refuse("no amount was observed", "list what was lost, or state a distribution");
        }
        if amounts.len() > MOST {
            return place.refuse(
                format!("{} observations", amounts.len()),
                format!("give at most {MOST}, or a distribution fitted to them"),
            );
        }
        let mut sorted = Vec::with_capacity(amounts.len());
        for (at, amount) in amounts.iter().enumerate() {
            sorted.push(place.field(&format!("{at}")).amount(*amount)?);
        }
        sorted.sort_by(f64::total_cmp);
        Ok(Self { amounts: sorted })
    }

    /// Amounts with their probabilities; equal ones together.
    pub(crate) fn atoms(&self) -> Vec<(f64, f64)> {
        let each = 1.0 / self.amounts.len() as f64;
        let same = self.amounts.chunk_by(|a, b| a == b);
        same.map(|group| (group[0], group.len() as f64 * each)).collect()
    }

    pub(crate) fn cdf(&self, x: f64) -> f64 {
        self.amounts.partition_point(|amount| *amount <= x) as f64 / self.amounts.len() as f64
    }

    pub(crate) fn moment(&self, power: i32, low: f64, high: f64) -> f64 {
        let from = self.amounts.partition_point(|amount| *amount <= low);
        let to = self.amounts.partition_point(|amount| *amount <= high).max(from);
        let sum: f64 = self.amounts[from..to].iter().map(|amount| power_of(*amount, power)).sum();
        sum / self.amounts.len() as f64
    }
}

fn power_of(amount: f64, power: i32) -> f64 {
    match power {
        0 => 1.0,
        1 => amount,
        _ => amount * amount,
    }
}
