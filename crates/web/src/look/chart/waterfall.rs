//! A waterfall: from one sum to another by the steps between them, which add up.

use super::{Colour, Figures, frame, nothing};
use crate::look::figure::coordinate;
use crate::words::{named, say};
use maud::{Markup, html};

/// A waterfall.
#[derive(Clone, Debug, Default)]
pub struct Waterfall {
    /// What the figures are, with their unit: `Expected loss a year, EUR`.
    pub title: String,
    /// What the first bar stands for, and its value.
    pub from: (String, f64),
    /// What moved it, each with what it added; negative where it took away.
    pub steps: Vec<(String, f64)>,
    /// What the last bar stands for, and its value.
    pub to: (String, f64),
    /// How a value is written.
    pub written: Option<fn(f64) -> String>,
}

/// A bar: what it stands for, where it begins and ends, and its value in words.
struct Bar {
    title: String,
    from: f64,
    to: f64,
    colour: Colour,
    value: String,
}

/// The drawing.
pub fn waterfall(view: &Waterfall) -> Markup {
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    let written =
        |value: f64| view.written.map_or_else(|| crate::look::figure::plain(value), |write| write(value));
    let signed = |value: f64| match value {
        value if value > 0.0 => format!("+{}", written(value)),
        value if value < 0.0 => format!("\u{2212}{}", written(-value)),
        _ => written(0.0),
    };
    let total = |(title, value): &(String, f64)| Bar {
        title: title.clone(),
        from: 0.0,
        to: finite(*value),
        colour: Colour::Accent,
        value: written(finite(*value)),
    };
    let mut bars = vec![total(&view.from)];
    let mut at = finite(view.from.1);
    for (title, by) in &view.steps {
        let by = finite(*by);
        let colour = if by > 0.0 { Colour::Ink } else { Colour::Soft };
        bars.push(Bar { title: title.clone(), from: at, to: at + by, colour, value: signed(by) });
        at += by;
    }
    bars.push(total(&view.to));
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.to]);
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
    if view.steps.is_empty() && high <= low {
        return nothing(&view.title);
    }
    let scale = |value: f64| if high > low { (value - low) / (high - low) * 200.0 } else { 0.0 };
    let drawing = html! {
        ol.bars {
            @for bar in &bars {
                @let words = named(&bar.title, &bar.value);
                @let (left, right) = (scale(bar.from.min(bar.to)), scale(bar.from.max(bar.to)));
                li {
                    span.bar-title title=(bar.title) { (bar.title) }
                    svg viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label=(words) {
                        title { (words) }
                        // A step too small to be seen is a stroke.
                        rect class=(bar.colour.class()) x=(coordinate(left.min(199.2))) y="1" height="10" width=(coordinate((right - left).max(0.8))) {}
                    }
                    span.bar-value { (bar.value) }
                }
            }
        }
    };
    let rows = bars.iter().map(|bar| vec![bar.title.clone(), bar.value.clone()]).collect();
    frame(
        &view.title,
        "chart-bars",
        drawing,
        &Figures { headings: vec![String::new(), say("chart-value")], rows },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(steps: &[f64], to: f64) -> Waterfall {
        Waterfall {
            from: ("Then".to_owned(), 100.0),
            steps: steps.iter().map(|by| ("Step".to_owned(), *by)).collect(),
            to: ("Now".to_owned(), to),
            ..Waterfall::default()
        }
    }

    #[test]
    fn each_step_begins_where_the_last_one_ended() {
        let text = waterfall(&view(&[-50.0, 150.0], 200.0)).into_string();
        // Then 0 to 100 of 200, down to 50, up to 200, now 0 to 200.
        for place in [
            "x=\"0\" y=\"1\" height=\"10\" width=\"100\"",
            "x=\"50\" y=\"1\" height=\"10\" width=\"50\"",
            "x=\"50\" y=\"1\" height=\"10\" width=\"150\"",
            "x=\"0\" y=\"1\" height=\"10\" width=\"200\"",
        ] {
            assert!(text.contains(place), "{place}: {text}");
        }
        assert!(text.contains("\u{2212}50") && text.contains("+150"), "{text}");
    }

    #[test]
    fn odd_values_are_drawn_within_the_frame() {
        let text = waterfall(&view(&[f64::NAN, -300.0, 1e-9], -200.0)).into_string();
        assert!(!text.contains("NaN") && !text.contains("width=\"-"), "{text}");
        assert!(waterfall(&Waterfall::default()).into_string().contains("No figures yet"));
    }
}
