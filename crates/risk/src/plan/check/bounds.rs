//! What months are worth, what actions leave of them, and the least of a tangent plane over a case.

use super::cases::Span;
use super::{Checker, refuse};
use crate::error::RiskError;
use crate::plan::Tangent;

impl Checker<'_> {
    /// Shares of an action by year of start.
    pub(super) fn row(&self, start: Option<usize>) -> Vec<f64> {
        (0..self.years).map(|year| f64::from(u8::from(start == Some(year)))).collect()
    }

    /// For each scenario and month, what it is worth when nothing is done.
    pub(super) fn expected(&self) -> Vec<Vec<f64>> {
        let of = |loss: &f64, month: usize| loss / 12.0 * self.plan.limits.discounted(month / 12);
        self.losses.iter().map(|loss| (0..12 * self.years).map(|month| of(loss, month)).collect()).collect()
    }

    /// What actions, perhaps taken in part, leave of each scenario in each month.
    pub(super) fn left(&self, worth: &[Vec<f64>], shares: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let months = 12 * self.years;
        let mut powers = vec![vec![0.0; months]; worth.len()];
        for (action, row) in shares.iter().enumerate() {
            for (year, share) in row.iter().enumerate().filter(|(_, share)| **share != 0.0) {
                let begin = (12 * year + self.file.actions[action].lead_months as usize).min(months);
                for (scenario, power) in &self.powers[action] {
                    powers[*scenario][begin..].iter_mut().for_each(|sum| *sum += share * power);
                }
            }
        }
        let row = |(worth, powers): (&Vec<f64>, Vec<f64>)| -> Vec<f64> {
            worth.iter().zip(powers).map(|(worth, power)| worth * libm::exp(-power)).collect()
        };
        worth.iter().zip(powers).map(row).collect()
    }

    /// The least over a case of the plane that touches at a point, what is limited at its prices. For the mean of the
    /// worst years no more than the cutoff.
    pub(super) fn bound(
        &self,
        case: &[Span],
        borders: &[(f64, f64)],
        tangent: &Tangent,
    ) -> Result<f64, RiskError> {
        let Some(case) = self.settled(case) else { return Ok(f64::INFINITY) };
        let (count, years) = (self.file.actions.len(), self.years);
        let digits = tangent.point.as_bytes();
        if digits.len() != 2 * count * years || !digits.iter().all(u8::is_ascii_hexdigit) {
            return refuse(
                "a point of the proof does not have two hexadecimal digits for each action and year",
            );
        }
        let limits: Vec<f64> = self.limits.concat();
        let ties = self.needs.len() * years + self.apart.len();
        if tangent.prices.len() != limits.len() || ![0, ties].contains(&tangent.ties.len()) {
            return refuse("a tangent of the proof has too many prices or too few");
        }
        if tangent.prices.iter().chain(&tangent.ties).any(|price| !(*price >= 0.0 && price.is_finite())) {
            return refuse("a price of the proof is negative or no number");
        }
        let share = |at: usize| u8::from_str_radix(&tangent.point[2 * at..2 * at + 2], 16).unwrap_or(0);
        let shares: Vec<Vec<f64>> = (0..count)
            .map(|action| (0..years).map(|year| f64::from(share(action * years + year)) / 255.0).collect())
            .collect();
        let (value, falls) = match &self.tail {
            Some(tail) => self.worst(tail, &case, borders, &shares),
            None => {
                let left = self.left(&self.expected(), &shares);
                (left.iter().flatten().sum(), left)
            }
        };
        // Sums over all months from one on, for slopes.
        let from_on: Vec<Vec<f64>> = falls
            .iter()
            .map(|row| {
                let mut sums = row.clone();
                sums.push(0.0);
                (0..row.len()).rev().for_each(|month| sums[month] += sums[month + 1]);
                sums
            })
            .collect();
        let mut bound = value;
        bound -= tangent.prices.iter().zip(&limits).map(|(price, limit)| price * limit).sum::<f64>();
        let tied = self.tied(&tangent.ties);
        bound -= tangent.ties.iter().skip(self.needs.len() * years).sum::<f64>();
        for at in 0..count {
            let mut least = if case[at].must { f64::INFINITY } else { 0.0 };
            for year in 0..years {
                let begin = (12 * year + self.file.actions[at].lead_months as usize).min(12 * years);
                let slope = -self.powers[at].iter().map(|(s, power)| power * from_on[*s][begin]).sum::<f64>();
                bound -= slope * shares[at][year];
                if case[at].from <= year && year < case[at].to {
                    let price = |(kind, amount): (usize, &f64)| amount * tangent.prices[kind * years + year];
                    let priced: f64 = self.amounts[at].iter().enumerate().map(price).sum();
                    least = least.min(slope + priced + tied[at][year]);
                }
            }
            bound += least;
        }
        let Some(tail) = &self.tail else { return Ok(bound) };
        Ok(bound.max(self.certain(tail, &case)).min(self.cutoff()))
    }

    /// What prices of ties add to each action in each year. A prerequisite's price for year t is paid on "the one
    /// starts by t, the other does not"; an exclusion's on each of both.
    fn tied(&self, prices: &[f64]) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; self.years]; self.file.actions.len()];
        let mut prices = prices.iter();
        for (one, other) in &self.needs {
            for (by, price) in prices.by_ref().take(self.years).enumerate() {
                sums[*one][..=by].iter_mut().for_each(|sum| *sum += price);
                sums[*other][..=by].iter_mut().for_each(|sum| *sum -= price);
            }
        }
        for ((one, other), price) in self.apart.iter().zip(prices) {
            sums[*one].iter_mut().for_each(|sum| *sum += price);
            sums[*other].iter_mut().for_each(|sum| *sum += price);
        }
        sums
    }
}
