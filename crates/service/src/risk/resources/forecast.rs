//! What something will cost in the end: an estimate with a range, narrowed by what was paid for what is done.
//!
//! The whole cost is lognormal with the estimate as its central 90 %. Work done to a share p that cost A says that the
//! whole costs A / p, with an error that is as wide as the estimate's for nothing done and none for all done: variance
//! s² · (1 − p) / p. Both together (Bayes) leave a variance of s² · (1 − p) about a median that moves from the estimate's
//! to A / p as p grows.

/// The 95th percentile of the standard normal law.
const Z: f64 = 1.644_853_626_951_472_2;

/// A cost that is not certain.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Forecast {
    /// One case in twenty is cheaper.
    pub low: f64,
    /// As likely dearer as cheaper.
    pub likely: f64,
    /// One case in twenty is dearer.
    pub high: f64,
}

impl Forecast {
    /// A cost that is certain.
    pub(super) fn certain(amount: f64) -> Self {
        Self { low: amount, likely: amount, high: amount }
    }

    /// What the whole costs: estimated from `low` to `high` (both above 0), of which `paid` was spent on the share `done`.
    pub(super) fn of(low: f64, high: f64, paid: f64, done: f64) -> Self {
        let done = done.clamp(0.0, 1.0);
        let (median, spread) = ((low * high).sqrt(), (high / low).ln() / (2.0 * Z));
        // Nothing done says nothing, and neither does work that cost nothing yet.
        let told = if done > 0.0 && paid > 0.0 { done } else { 0.0 };
        let seen = if told > 0.0 { (paid / (told * median)).ln() } else { 0.0 };
        let (centre, left) = (median.ln() + told * seen, spread * (1.0 - told).sqrt());
        let at = |z: f64| (centre + z * left).exp().max(paid);
        Self { low: at(-Z), likely: at(0.0), high: at(Z) }
    }

    /// Whether the cost is certain.
    pub fn is_certain(&self) -> bool {
        self.low >= self.high
    }

    /// Several costs together, each independent of the others: the lognormal law with the mean and the variance of their
    /// sum (L. F. Fenton, IRE Transactions on Communications Systems, 1960). Its range is narrower than that of lows and highs summed.
    pub(super) fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        let (mut mean, mut variance, mut known) = (0.0, 0.0, 0.0);
        for one in all {
            if one.is_certain() || one.low <= 0.0 {
                known += one.likely;
                continue;
            }
            let spread = (one.high / one.low).ln() / (2.0 * Z);
            let square = (spread * spread).exp();
            let its = one.likely * square.sqrt();
            mean += its;
            variance += its * its * (square - 1.0);
        }
        if mean <= 0.0 {
            return Self::certain(known);
        }
        let square = 1.0 + variance / (mean * mean);
        let (middle, spread) = (mean / square.sqrt(), square.ln().sqrt());
        let at = |z: f64| known + middle * (z * spread).exp();
        Self { low: at(-Z), likely: at(0.0), high: at(Z) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * b.abs().max(1.0)
    }

    #[test]
    fn nothing_done_leaves_the_estimate_and_all_done_is_what_was_paid() {
        let start = Forecast::of(10_000.0, 40_000.0, 0.0, 0.0);
        assert!(
            close(start.low, 10_000.0) && close(start.likely, 20_000.0) && close(start.high, 40_000.0),
            "{start:?}"
        );
        let end = Forecast::of(10_000.0, 40_000.0, 27_000.0, 1.0);
        assert!(close(end.low, 27_000.0) && close(end.high, 27_000.0), "{end:?}");
        // A quarter done at the rate of 20,000 confirms the middle, and the range narrows by the root of 3/4.
        let quarter = Forecast::of(10_000.0, 40_000.0, 5_000.0, 0.25);
        assert!(close(quarter.likely, 20_000.0), "{quarter:?}");
        assert!(close((quarter.high / quarter.low).ln(), 4f64.ln() * 0.75f64.sqrt()), "{quarter:?}");
        // A quarter that cost as much as half was to cost moves the middle up, but not all the way to twice.
        let dear = Forecast::of(10_000.0, 40_000.0, 10_000.0, 0.25);
        assert!(close(dear.likely, 20_000.0 * 2f64.powf(0.25)), "{dear:?}");
    }

    #[test]
    fn sums_are_those_of_independent_costs() {
        let one = Forecast::of(10_000.0, 40_000.0, 0.0, 0.0);
        let alone = Forecast::sum([one, Forecast::certain(5_000.0)]);
        assert!(close(alone.low, 15_000.0) && close(alone.high, 45_000.0), "{alone:?}");
        assert_eq!(Forecast::sum([]), Forecast::certain(0.0));
        // 100,000 sums of three such costs, played by a generator written here, have these percentiles.
        let mut state = 7u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 + 0.5) / (1u64 << 53) as f64
        };
        let spread = 4f64.ln() / (2.0 * Z);
        let mut normal = || (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos();
        let mut sums: Vec<f64> =
            (0..100_000).map(|_| (0..3).map(|_| 20_000.0 * (spread * normal()).exp()).sum()).collect();
        sums.sort_by(f64::total_cmp);
        let told = Forecast::sum([one; 3]);
        for (share, figure) in [(0.05, told.low), (0.5, told.likely), (0.95, told.high)] {
            let played = sums[(share * 100_000.0) as usize];
            assert!((figure / played - 1.0).abs() < 0.01, "{share}: {figure} beside {played}");
        }
    }

    proptest! {
        #[test]
        fn ranges_narrow_as_work_is_done(low in 1.0..1e6f64, times in 1.0..50.0f64, rate in 0.2..5.0f64, a in 0.01..1.0f64, b in 0.01..1.0f64) {
            let (less, more) = (a.min(b), a.max(b));
            let whole = rate * (low * low * times).sqrt();
            let at = |done: f64| Forecast::of(low, low * times, whole * done, done);
            let width = |f: Forecast| (f.high / f.low).ln();
            let (first, second) = (at(less), at(more));
            prop_assert!(first.low <= first.likely && first.likely <= first.high);
            prop_assert!(second.low >= whole * more * (1.0 - 1e-12));
            // What was paid bounds from below and narrows further; without that bound the width only falls.
            if second.low > whole * more * (1.0 + 1e-9) && first.low > whole * less * (1.0 + 1e-9) {
                prop_assert!(width(second) <= width(first) + 1e-9);
            }
            prop_assert!((second.likely - whole).abs() <= (first.likely - whole).abs() + 1e-6 * whole);
        }
    }
}
