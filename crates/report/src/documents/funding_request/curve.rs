//! Two loss exceedance curves in one drawing, on logarithmic axes, labelled where they end.

use super::CurvePoint;
use maud::{Markup, html};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 110.0;
const FOOT: f64 = 34.0;
const TOP: f64 = 10.0;

/// Probabilities below this are not drawn.
const LEAST: f64 = 1e-4;

/// A probability between its bounds: itself, the least, the most.
type Bracketed = (f64, f64, f64);

/// Losses at which both curves are told, with the probability of each.
pub(super) fn beside(now: &[CurvePoint], then: &[CurvePoint]) -> Vec<(f64, Bracketed, Bracketed)> {
    let shown: Vec<&CurvePoint> = now.iter().filter(|p| p.loss > 0.0 && p.probability.0 >= LEAST).collect();
    let every = shown.len().div_ceil(10).max(1);
    let chosen = shown.into_iter().step_by(every);
    chosen.filter_map(|point| Some((point.loss, point.probability, at(then, point.loss)?))).collect()
}

/// A curve at a loss: linear between its points, and bounded by them.
fn at(curve: &[CurvePoint], loss: f64) -> Option<Bracketed> {
    let after = curve.iter().position(|point| point.loss >= loss);
    let (first, second) = match after {
        Some(0) => return curve.first().map(|point| point.probability),
        Some(nth) => (curve[nth - 1], curve[nth]),
        None => return curve.last().map(|point| (point.probability.0, 0.0, point.probability.2)),
    };
    let share = (loss - first.loss) / (second.loss - first.loss).max(f64::MIN_POSITIVE);
    let (a, b) = (first.probability, second.probability);
    // Between two losses the true probability lies between those at both.
    Some((a.0 + (b.0 - a.0) * share, a.1.min(b.1), a.2.max(b.2)))
}

/// Both curves; nothing when neither has a point to draw.
pub(super) fn drawing(now: &[CurvePoint], then: &[CurvePoint], currency: &str) -> Markup {
    let drawn = |points: &[CurvePoint]| -> Vec<(f64, f64)> {
        let seen = points.iter().filter(|point| point.loss > 0.0 && point.probability.0 >= LEAST);
        seen.map(|point| (point.loss.log10(), point.probability.0.log10())).collect()
    };
    let (now, then) = (drawn(now), drawn(then));
    let all = || now.iter().chain(&then);
    let (low, high) = all().fold((f64::MAX, f64::MIN), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
    if low >= high {
        return html! {};
    }
    let (low, high) = (low.floor(), high.ceil());
    let x = |value: f64| LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| TOP - value / -LEAST.log10() * (HEIGHT - TOP - FOOT);
    let line = |points: &[(f64, f64)]| {
        let place = |(a, b): &(f64, f64)| format!("{:.1},{:.1}", x(*a), y(*b));
        points.iter().map(place).collect::<Vec<_>>().join(" ")
    };
    let decades = |from: f64, to: f64| (from as i32..=to as i32).map(f64::from);
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width=(WIDTH) height=(HEIGHT) role="img"
            aria-label="Probability of a year that costs so much or more, as it is and with the work done" {
            @for decade in decades(low, high) {
                line x1=(format!("{:.1}", x(decade))) x2=(format!("{:.1}", x(decade))) y1=(TOP) y2=(HEIGHT - FOOT) stroke="#ddd" {}
                text x=(format!("{:.1}", x(decade))) y=(HEIGHT - FOOT + 14.0) font-size="11" text-anchor="middle" { (short(decade)) }
            }
            @for decade in decades(LEAST.log10(), 0.0) {
                line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(format!("{:.1}", y(decade))) y2=(format!("{:.1}", y(decade))) stroke="#ddd" {}
                text x=(LEFT - 6.0) y=(format!("{:.1}", y(decade) + 4.0)) font-size="11" text-anchor="end" { (format!("{} %", 10f64.powf(decade) * 100.0)) }
            }
            polyline points=(line(&now)) fill="none" stroke="#777" stroke-width="1.5" stroke-dasharray="5 3" {}
            polyline points=(line(&then)) fill="none" stroke="#0b5394" stroke-width="2" {}
            @if let Some((a, b)) = now.iter().rev().find(|(_, b)| *b > -2.0) {
                text x=(format!("{:.1}", x(*a) + 6.0)) y=(format!("{:.1}", y(*b) - 4.0)) font-size="11" fill="#555" { "as it is" }
            }
            @if let Some((a, b)) = then.iter().rev().find(|(_, b)| *b > -1.3) {
                text x=(format!("{:.1}", x(*a) - 6.0)) y=(format!("{:.1}", y(*b) + 14.0)) font-size="11" text-anchor="end" fill="#0b5394" { "with the work done" }
            }
            text x=(format!("{:.1}", (LEFT + WIDTH - RIGHT) / 2.0)) y=(HEIGHT - 4.0) font-size="11" text-anchor="middle" {
                "a year that costs so much or more, " (currency)
            }
        }
    }
}

/// `6.0` → `1 M`.
fn short(decade: f64) -> String {
    let (unit, less) = match decade as i32 {
        9.. => (" bn", 9.0),
        6..=8 => (" M", 6.0),
        3..=5 => (" k", 3.0),
        _ => ("", 0.0),
    };
    format!("{}{unit}", 10f64.powf(decade - less))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_read_between_its_points() {
        let point = |loss: f64, p: f64| CurvePoint { loss, probability: (p, p * 0.9, p * 1.1) };
        let curve = [point(100.0, 0.4), point(200.0, 0.2)];
        let (estimate, low, high) = at(&curve, 150.0).unwrap();
        assert!(
            (estimate - 0.3).abs() < 1e-12 && low <= 0.18 + 1e-12 && high >= 0.44 - 1e-12,
            "{estimate} {low} {high}"
        );
        assert_eq!(at(&curve, 50.0).unwrap().0, 0.4);
        assert_eq!(at(&curve, 300.0).unwrap().1, 0.0, "beyond the last point it may be nothing");
        assert_eq!(at(&[], 1.0), None);
        assert!(drawing(&curve, &curve, "EUR").into_string().contains("polyline"));
        assert!(drawing(&[], &[], "EUR").into_string().is_empty());
    }
}
