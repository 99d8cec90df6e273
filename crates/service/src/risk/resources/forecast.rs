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
