//! Loss exceedance: how likely a year is to cost this much or more, with its bracket and what is tolerated.
//!
//! Both axes are logarithmic: rare and dear years are what the picture is for.

use super::trend::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH};
use super::{Figures, frame, nothing};
use crate::look::figure::{coordinate, short_money, small_percent};
use crate::words::{Words, say};
use maud::{Markup, html};

/// A loss exceedance curve.
#[derive(Clone, Debug, Default)]
pub struct ExceedanceCurve {
    /// What the figures are.
    pub title: String,
    /// Currency of the losses.
    pub currency: String,
    /// Points by rising loss.
    pub points: Vec<CurvePoint>,
    /// What is tolerated: loss and the largest probability of it.
    pub tolerance: Vec<(f64, f64)>,
    /// What the curve is called where there is another beside it.
    pub name: Option<String>,
    /// Another curve beside it: its name and its points by rising loss.
    pub beside: Option<(String, Vec<CurvePoint>)>,
}

/// A point of the curve.
#[derive(Clone, Copy, Debug, Default)]
pub struct CurvePoint {
    /// A year's loss.
    pub loss: f64,
    /// Probability of losing this much or more.
    pub probability: f64,
    /// Its bracket.
    pub low: f64,
    /// Its bracket.
    pub high: f64,
}

/// The least probability drawn: one year in a thousand.
const LEAST: f64 = 0.001;

/// The curve.
pub fn exceedance(view: &ExceedanceCurve) -> Markup {
    let drawn = drawable(&view.points);
    let (Some(first), Some(last)) = (drawn.first(), drawn.last()) else { return nothing(&view.title) };
    let beside = view.beside.as_ref().map(|(_, points)| drawable(points)).unwrap_or_default();
    let tolerated =
        view.tolerance.iter().map(|(loss, _)| *loss).filter(|loss| loss.is_finite() && *loss > 0.0);
    let (mut low, mut high) = (first.loss, last.loss);
    for loss in tolerated.chain(beside.iter().map(|point| point.loss)) {
        low = low.min(loss);
        high = high.max(loss);
    }
    // Never less than a decade, so that the scale has marks.
    let scale = Scale { low: low.max(high / 1e5).log10(), high: high.log10().max(low.log10() + 1.0) };
    let label = Words::of("chart-exceedance").with("what", &view.title);
    let band = band(&drawn, &scale);
    let drawing = html! {
        div.scroll {
            svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
                (grid(&scale, &view.currency))
                g.ink-accent {
                    path.band d=(band) {}
                    path.line d=(path(drawn.iter().map(|point| (point.loss, point.probability)), &scale)) {}
                    @for point in &drawn {
                        circle.hit cx=(coordinate(scale.x(point.loss))) cy=(coordinate(Scale::y(point.probability))) r="7" {
                            title { (years("chart-years-with", point.loss, &view.currency, point.probability)) }
                        }
                    }
                }
                @if !beside.is_empty() {
                    g.ink-grey {
                        path.line d=(path(beside.iter().map(|point| (point.loss, point.probability)), &scale)) {}
                    }
                }
                @if !view.tolerance.is_empty() {
                    g.ink-ink {
                        path.line.dashed d=(path(view.tolerance.iter().copied(), &scale)) {}
                        @for (loss, probability) in &view.tolerance {
                            circle.end cx=(coordinate(scale.x(*loss))) cy=(coordinate(Scale::y(*probability))) r="3" {
                                title { (years("chart-tolerated-in", *loss, &view.currency, *probability)) }
                            }
                        }
                    }
                }
                (names(view, &drawn, &beside, &scale))
            }
        }
    };
    let headings = ["chart-loss-or-more", "chart-probability", "chart-low", "chart-high"].map(say);
    let row = |point: &CurvePoint| {
        let shares = [point.probability, point.low, point.high].map(small_percent);
        std::iter::once(format!("{} {}", short_money(point.loss), view.currency)).chain(shares).collect()
    };
    let rows: Vec<Vec<String>> = thinned(&drawn).map(row).collect();
    frame(&view.title, "chart-exceedance", drawing, &Figures { headings: headings.to_vec(), rows })
}

/// The points that a picture can show.
fn drawable(points: &[CurvePoint]) -> Vec<CurvePoint> {
    let shown = |point: &&CurvePoint| {
        point.loss.is_finite() && point.loss > 0.0 && point.probability.is_finite() && point.high >= LEAST
    };
    points.iter().filter(shown).copied().collect()
}

/// At most some twenty points, for the table.
fn thinned(points: &[CurvePoint]) -> impl Iterator<Item = &CurvePoint> {
    let step = points.len().div_ceil(20).max(1);
    points.iter().step_by(step)
}

/// Losses between two powers of ten, probabilities from one in a thousand to one.
/// What a point says: in which share of years so much or more is lost.
fn years(name: &'static str, loss: f64, currency: &str, probability: f64) -> Words {
    Words::of(name)
        .with("loss", short_money(loss))
        .with("currency", currency)
        .with("share", small_percent(probability))
}

struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn x(&self, loss: f64) -> f64 {
        let at = (loss.max(f64::MIN_POSITIVE).log10() - self.low) / (self.high - self.low);
        LEFT + at.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    fn y(probability: f64) -> f64 {
        let at = (probability.max(LEAST) / LEAST).log10() / (1.0 / LEAST).log10();
        BOTTOM - at.clamp(0.0, 1.0) * (BOTTOM - TOP)
    }

    /// Powers of ten, and where they are few also twice and five times those.
    fn marks(&self) -> Vec<f64> {
        let factors: &[f64] = if self.high - self.low > 2.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let decades = self.low.floor() as i32..=self.high.ceil() as i32;
        let marks = decades.flat_map(|decade| factors.iter().map(move |factor| factor * 10f64.powi(decade)));
        let inside = |mark: &f64| (self.low - 1e-9..=self.high + 1e-9).contains(&mark.log10());
        marks.filter(inside).collect()
    }
}

fn grid(scale: &Scale, currency: &str) -> Markup {
    html! {
        @for (index, probability) in [LEAST, 0.01, 0.1, 1.0].into_iter().enumerate() {
            @let y = coordinate(Scale::y(probability));
            line.base[index == 0].gridline x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
            text.axis x=(LEFT - 8.0) y=(coordinate(Scale::y(probability) + 4.0)) text-anchor="end" { (small_percent(probability)) }
        }
        @for mark in scale.marks() {
            text.axis x=(coordinate(scale.x(mark))) y=(HEIGHT - 8.0) text-anchor="middle" { (short_money(mark)) title { (currency) } }
        }
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>, scale: &Scale) -> String {
    let points = points.map(|(loss, probability)| {
        format!("{} {}", coordinate(scale.x(loss)), coordinate(Scale::y(probability)))
    });
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

fn band(points: &[CurvePoint], scale: &Scale) -> String {
    let at =
        |loss, probability| format!("{} {}", coordinate(scale.x(loss)), coordinate(Scale::y(probability)));
    let above = points.iter().map(|point| at(point.loss, point.high));
    let below = points.iter().rev().map(|point| at(point.loss, point.low));
    format!("M{}Z", above.chain(below).collect::<Vec<_>>().join("L"))
}

/// The names of the lines, beside their ends and apart from each other.
fn names(view: &ExceedanceCurve, drawn: &[CurvePoint], beside: &[CurvePoint], scale: &Scale) -> Markup {
    let end = |points: &[CurvePoint]| points.last().map(|point| (point.loss, point.probability));
    let limit = view.tolerance.iter().copied().reduce(|a, b| if b.0 > a.0 { b } else { a });
    let other = view.beside.as_ref().and_then(|(name, _)| Some((name.as_str(), end(beside)?)));
    let (whole, tolerated) = (say("chart-years-loss"), say("chart-tolerated"));
    let ends: Vec<(&str, (f64, f64))> =
        std::iter::once((view.name.as_deref().unwrap_or(&whole), end(drawn).unwrap_or_default()))
            .chain(other)
            .chain(limit.map(|at| (tolerated.as_str(), at)))
            .collect();
    let heights: Vec<f64> = ends.iter().map(|(_, (_, probability))| Scale::y(*probability) + 4.0).collect();
    let heights = super::axis::spread(&heights, 15.0, TOP, BOTTOM);
    html! {
        @for ((name, (loss, _)), height) in ends.iter().zip(heights) {
            text.name x=(coordinate((scale.x(*loss) + 8.0).min(RIGHT + 8.0))) y=(coordinate(height)) { (name) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(loss: f64, probability: f64) -> CurvePoint {
        CurvePoint { loss, probability, low: probability * 0.99, high: probability * 1.01 }
    }

    #[test]
    fn every_point_has_a_tooltip_and_the_tolerance_is_named() {
        let points = vec![point(1_000.0, 0.6), point(50_000.0, 0.2), point(2_000_000.0, 0.004)];
        let view = ExceedanceCurve {
            title: "A year".to_owned(),
            currency: "EUR".to_owned(),
            points,
            tolerance: vec![(100_000.0, 0.1)],
            ..ExceedanceCurve::default()
        };
        let text = exceedance(&view).into_string();
        assert_eq!(text.matches("class=\"hit\"").count(), 3);
        assert!(text.contains("Tolerated") && text.contains("50 k EUR or more"), "{text}");
    }

    #[test]
    fn two_curves_are_drawn_on_one_scale_and_both_named() {
        let view = ExceedanceCurve {
            title: "A year".to_owned(),
            points: vec![point(1_000.0, 0.2), point(50_000.0, 0.01)],
            name: Some("Closed".to_owned()),
            beside: Some(("Today".to_owned(), vec![point(1_000.0, 0.6), point(5_000_000.0, 0.01)])),
            ..ExceedanceCurve::default()
        };
        let text = exceedance(&view).into_string();
        assert_eq!(text.matches("class=\"line\"").count(), 2, "{text}");
        assert!(text.contains("Closed") && text.contains("Today") && !text.contains("A year's loss"));
    }

    #[test]
    fn hostile_numbers_never_reach_the_drawing() {
        for points in [
            vec![],
            vec![point(f64::NAN, 0.5)],
            vec![point(0.0, 1.0)],
            vec![point(1e300, 0.5), point(1.0, 0.9)],
        ] {
            let view =
                ExceedanceCurve { points, tolerance: vec![(f64::NAN, 2.0)], ..ExceedanceCurve::default() };
            let text = exceedance(&view).into_string();
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
    }
}
