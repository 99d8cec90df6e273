//! Trends: lines over time with their names at their ends, from zero, with the band of uncertainty drawn.

use super::axis::{marks, spread};
use super::{Colour, Figures, frame, nothing};
use crate::look::figure::{coordinate, cut, plain};
use crate::words::named;
use jiff::civil::Date;
use maud::{Markup, html};

/// A trend.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// What the figures are.
    pub title: String,
    /// The unit of the figures; may be empty.
    pub unit: String,
    /// The labels of the points in time, oldest first.
    pub times: Vec<String>,
    /// The lines.
    pub series: Vec<Series>,
}

/// A line.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Its name.
    pub title: String,
    /// A value for each time; what is not finite is a gap.
    pub values: Vec<f64>,
    /// The band around it: low and high for each time; may be empty.
    pub band: Vec<(f64, f64)>,
    /// Its colour.
    pub colour: Colour,
    /// What is drawn.
    pub drawn: Drawn,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawn {
    /// A line.
    #[default]
    Line,
    /// A line with the area below it filled.
    Area,
    /// A dashed line: a plan, a target, a forecast.
    Dashed,
}

pub(super) const WIDTH: f64 = 640.0;
pub(super) const HEIGHT: f64 = 208.0;
pub(super) const LEFT: f64 = 44.0;
pub(super) const RIGHT: f64 = 520.0;
pub(super) const TOP: f64 = 12.0;
pub(super) const BOTTOM: f64 = 180.0;

/// The trend.
pub fn trend(view: &Trend) -> Markup {
    if view.times.is_empty() || view.series.iter().all(|s| s.values.iter().all(|v| !v.is_finite())) {
        return nothing(&view.title);
    }
    let scale = Scale::over(view);
    let words = view.series.iter().filter_map(|series| {
        let last = series.values.iter().rev().find(|value| value.is_finite())?;
        Some(format!("{} {}", series.title, plain(*last)))
    });
    let label = named(&view.title, &words.collect::<Vec<_>>().join(", "));
    let drawing = html! {
        div.scroll {
            svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
                (grid(&scale, &view.unit))
                (times(view, &scale))
                @for series in &view.series { (line(series, view, &scale)) }
                (names(view, &scale))
            }
        }
    };
    let headings =
        std::iter::once(String::new()).chain(view.series.iter().map(|series| series.title.clone()));
    let rows = view.times.iter().enumerate().map(|(index, time)| {
        let values =
            view.series.iter().map(|series| series.values.get(index).map_or("–".to_owned(), |v| plain(*v)));
        std::iter::once(time.clone()).chain(values).collect()
    });
    frame(
        &view.title,
        "chart-trend",
        drawing,
        &Figures { headings: headings.collect(), rows: rows.collect() },
    )
}

/// Where values and times lie.
struct Scale {
    marks: Vec<f64>,
    high: f64,
    count: usize,
}

impl Scale {
    fn over(view: &Trend) -> Self {
        let values = view.series.iter().flat_map(|series| {
            series.values.iter().copied().chain(series.band.iter().map(|(_, high)| *high))
        });
        let high = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
        let marks = marks(high);
        let high = marks.last().copied().unwrap_or(1.0);
        Self { marks, high, count: view.times.len() }
    }

    fn x(&self, index: usize) -> f64 {
        if self.count < 2 {
            (LEFT + RIGHT) / 2.0
        } else {
            LEFT + index as f64 / (self.count - 1) as f64 * (RIGHT - LEFT)
        }
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (value.clamp(0.0, self.high) / self.high) * (BOTTOM - TOP)
    }
}

fn grid(scale: &Scale, unit: &str) -> Markup {
    html! {
        @for (index, mark) in scale.marks.iter().enumerate() {
            @let y = coordinate(scale.y(*mark));
            line.base[index == 0].gridline x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
            text.axis x=(LEFT - 8.0) y=(coordinate(scale.y(*mark) + 4.0)) text-anchor="end" {
                (plain(*mark)) @if index + 1 == scale.marks.len() && !unit.is_empty() { title { (unit) } }
            }
        }
    }
}

/// At most five labels of time, evenly spread, the first and the last among them.
fn times(view: &Trend, scale: &Scale) -> Markup {
    let last = view.times.len().saturating_sub(1);
    let spans =
        [4, 3, 2].into_iter().find(|spans| last.is_multiple_of(*spans)).unwrap_or(3).clamp(1, last.max(1));
    let mut shown: Vec<usize> = (0..=spans).map(|span| (span * last + spans / 2) / spans).collect();
    shown.dedup();
    let whole: Vec<&str> = shown.iter().map(|index| view.times[*index].as_str()).collect();
    let months = months(&whole);
    html! {
        @for (nth, index) in shown.into_iter().enumerate() {
            text.axis x=(coordinate(scale.x(index))) y=(HEIGHT - 8.0) text-anchor=(anchor(index, last)) {
                @match months.get(nth) { Some(month) => { (month) title { (whole[nth]) } } None => (whole[nth]) }
            }
        }
    }
}

/// Days that lie far apart are told apart by their months, which take less room; empty where they are not.
fn months<'d>(days: &[&'d str]) -> Vec<&'d str> {
    let parsed: Vec<Date> = days.iter().filter_map(|day| day.parse().ok()).collect();
    let far = |pair: &[Date]| (pair[1] - pair[0]).get_days() > 31;
    let apart = parsed.len() == days.len() && days.len() > 1 && parsed.windows(2).all(far);
    if apart { days.iter().filter_map(|day| day.get(..7)).collect() } else { Vec::new() }
}

fn anchor(index: usize, last: usize) -> &'static str {
    match index {
        _ if last == 0 => "middle",
        0 => "start",
        index if index == last => "end",
        _ => "middle",
    }
}

fn line(series: &Series, view: &Trend, scale: &Scale) -> Markup {
    let points: Vec<(usize, f64)> = series
        .values
        .iter()
        .copied()
        .enumerate()
        .take(view.times.len())
        .filter(|(_, v)| v.is_finite())
        .collect();
    let band: Vec<(usize, (f64, f64))> = series
        .band
        .iter()
        .copied()
        .enumerate()
        .take(view.times.len())
        .filter(|(_, (l, h))| l.is_finite() && h.is_finite())
        .collect();
    html! {
        g class=(series.colour.class()) {
            @if band.len() > 1 { path.band d=(band_path(&band, scale)) {} }
            @if series.drawn == Drawn::Area && points.len() > 1 { path.area d=(area_path(&points, scale)) {} }
            path.line.dashed[series.drawn == Drawn::Dashed] d=(line_path(&points, scale)) {}
            @if let Some((index, value)) = points.last() && series.drawn != Drawn::Dashed {
                circle.end cx=(coordinate(scale.x(*index))) cy=(coordinate(scale.y(*value))) r="3" {}
            }
            @for (index, value) in &points {
                circle.hit cx=(coordinate(scale.x(*index))) cy=(coordinate(scale.y(*value))) r="7" {
                    title { (named(&view.times[*index], &series.title)) " " (plain(*value)) @if !view.unit.is_empty() { " " (view.unit) } }
                }
            }
        }
    }
}

fn line_path(points: &[(usize, f64)], scale: &Scale) -> String {
    let mut path = String::new();
    let mut before: Option<usize> = None;
    for (index, value) in points {
        let joined = before.is_some_and(|before| before + 1 == *index);
        path.push(if joined { 'L' } else { 'M' });
        path.push_str(&format!("{} {}", coordinate(scale.x(*index)), coordinate(scale.y(*value))));
        before = Some(*index);
    }
    path
}

fn area_path(points: &[(usize, f64)], scale: &Scale) -> String {
    let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) else { return String::new() };
    let top = line_path(points, scale).replace('M', "L");
    let top = top.strip_prefix('L').unwrap_or_default();
    format!("M{0} {BOTTOM}L{top}L{1} {BOTTOM}Z", coordinate(scale.x(*first)), coordinate(scale.x(*last)))
}

fn band_path(band: &[(usize, (f64, f64))], scale: &Scale) -> String {
    let point =
        |index: usize, value: f64| format!("{} {}", coordinate(scale.x(index)), coordinate(scale.y(value)));
    let above = band.iter().map(|(index, (_, high))| point(*index, *high));
    let below = band.iter().rev().map(|(index, (low, _))| point(*index, *low));
    format!("M{}Z", above.chain(below).collect::<Vec<_>>().join("L"))
}

/// The names and last values at the ends of the lines: beside the plot and moved apart where they would meet,
/// or above the last point of a line that ends earlier.
fn names(view: &Trend, scale: &Scale) -> Markup {
    let ends: Vec<(&Series, usize, f64)> = view
        .series
        .iter()
        .filter_map(|series| {
            let points = series.values.iter().take(view.times.len()).enumerate();
            let (index, value) = points.rev().find(|(_, value)| value.is_finite())?;
            Some((series, index, *value))
        })
        .collect();
    let last = view.times.len() - 1;
    let (beside, within): (Vec<_>, Vec<_>) = ends.into_iter().partition(|(_, index, _)| *index == last);
    let wished: Vec<f64> = beside.iter().map(|(_, _, value)| scale.y(*value) + 4.0).collect();
    let placed = spread(&wished, 15.0, TOP + 4.0, BOTTOM + 4.0);
    let beside =
        beside.into_iter().zip(placed).map(|((series, _, value), y)| (series, value, RIGHT + 10.0, y));
    let within = within
        .into_iter()
        .map(|(series, index, value)| (series, value, scale.x(index) + 8.0, (scale.y(value) - 8.0).max(TOP)));
    html! {
        @for (series, value, x, y) in beside.chain(within) {
            text class=(format!("name {}", series.colour.class())) x=(coordinate(x)) y=(coordinate(y)) {
                (cut(&series.title, 12)) " " tspan.value { (plain(value)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(values: Vec<f64>) -> Trend {
        Trend {
            times: (0..values.len()).map(|index| index.to_string()).collect(),
            series: vec![Series {
                title: "Open".to_owned(),
                values,
                drawn: Drawn::Area,
                ..Series::default()
            }],
            ..Trend::default()
        }
    }

    #[test]
    fn the_axis_starts_at_zero_and_each_value_has_a_tooltip() {
        let text = trend(&view(vec![10.0, 20.0, 15.0])).into_string();
        assert!(text.contains(">0</text>"));
        assert_eq!(text.matches("class=\"hit\"").count(), 3);
        assert!(text.contains("Figures"));
    }

    #[test]
    fn hostile_numbers_never_reach_the_drawing() {
        for values in [vec![f64::NAN, 1.0, f64::INFINITY], vec![-5.0, 1e300], vec![0.0], vec![]] {
            let text = trend(&view(values)).into_string();
            assert!(!text.contains("NaN") && !text.contains("inf"));
        }
    }

    #[test]
    fn days_far_apart_are_told_by_their_months() {
        assert_eq!(months(&["2026-06-01", "2026-08-31", "2027-03-01"]), ["2026-06", "2026-08", "2027-03"]);
        assert!(months(&["2026-06-01", "2026-06-20", "2026-08-31"]).is_empty());
        assert!(months(&["2026-06-01", "then"]).is_empty() && months(&["2026-06-01"]).is_empty());
    }
}
