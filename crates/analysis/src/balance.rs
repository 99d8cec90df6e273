//! What is paid and promised from budget lines.

use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Spending, SpendingSort};

/// What left a budget line, and what will.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Balance {
    /// Paid.
    pub paid: f64,
    /// Promised and not paid yet.
    pub promised: f64,
}

impl Balance {
    /// Paid and promised.
    pub fn bound(&self) -> f64 {
        self.paid + self.promised
    }
}

/// The balance of each line with spending whose day has `come`; a payment that settles a commitment lessens it.
pub fn balances(spending: &[Record<Spending>], come: impl Fn(Date) -> bool) -> BTreeMap<&RecordId, Balance> {
    let amount = |one: &Record<Spending>| one.body.amount.unwrap_or_default();
    let mut there: Vec<_> = spending.iter().filter(|one| one.body.day.is_none_or(&come)).collect();
    // Sums do not depend on the order of rows.
    there.sort_by_key(|one| &one.id);
    let mut settled: BTreeMap<&RecordId, f64> = BTreeMap::new();
    for one in &there {
        if let (SpendingSort::Actual, Some(commitment)) = (one.body.sort, &one.body.settles) {
            *settled.entry(commitment).or_default() += amount(one);
        }
    }
    let mut found: BTreeMap<&RecordId, Balance> = BTreeMap::new();
    for one in there {
        let balance = found.entry(&one.body.line).or_default();
        match one.body.sort {
            SpendingSort::Actual => balance.paid += amount(one),
            SpendingSort::Commitment => {
                let settled = settled.get(&one.id).copied().unwrap_or_default();
                balance.promised += (amount(one) - settled).max(0.0);
            }
        }
    }
    found
}

/// An amount as people read it: `-12,500`.
pub(crate) fn told(amount: f64) -> String {
    let digits = format!("{:.0}", amount.abs());
    let mut told = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    if amount <= -0.5 { format!("-{told}") } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_in_threes() {
        let cases =
            [(0.0, "0"), (-0.2, "0"), (999.6, "1,000"), (1_234_567.0, "1,234,567"), (-45_000.0, "-45,000")];
        cases.iter().for_each(|(amount, text)| assert_eq!(told(*amount), *text));
    }
}
