//! Stacked bars: wholes beside one another on one scale, each with its parts.

use super::{Colour, Figures, frame, nothing};
use crate::look::Link;
use crate::look::badge::severity_shape;
use crate::look::figure::{coordinate, thousands};
use crate::words::{named, say};
use maud::{Markup, html};

/// Stacked bars.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// What they show: `Deficiencies by unit`.
    pub title: String,
    /// The parts, in the order drawn: name and colour.
    pub parts: Vec<(String, Colour)>,
    /// The wholes: a link to what is behind, and one figure for each part.
    pub bars: Vec<(Link, Vec<u64>)>,
}

/// The width of the longest bar.
const WIDTH: f64 = 200.0;

/// The stacked bars with the names of the parts below.
pub fn layers(view: &Layers) -> Markup {
    let total = |parts: &[u64]| parts.iter().fold(0_u64, |sum, part| sum.saturating_add(*part));
    let most = view.bars.iter().map(|(_, parts)| total(parts)).max().unwrap_or(0);
    if most == 0 {
        return nothing(&view.title);
    }
    let number = |count: u64| thousands(i64::try_from(count).unwrap_or(i64::MAX));
    let drawing = html! {
        ul.bars {
            @for (link, figures) in &view.bars {
                @let words = said(view, &link.title, figures);
                li {
                    span.bar-title title=(link.title) { (link.anchor()) }
                    svg viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label=(words) {
                        title { (words) }
                        @for (colour, from, width) in placed(view, figures, most) {
                            rect class=(colour.class()) x=(coordinate(from)) y="1" height="10" width=(coordinate(width)) {}
                        }
                    }
                    span.bar-value { (number(total(figures))) }
                }
            }
        }
        ul.stack-labels {
            @for (index, (name, colour)) in view.parts.iter().enumerate() {
                li class=(colour.class()) {
                    @match colour {
                        Colour::Severity(severity) => (severity_shape(*severity)),
                        _ => svg.shape viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" { rect width="12" height="12" rx="3" {} },
                    }
                    span { (name) }
                    strong { (number(view.bars.iter().filter_map(|(_, figures)| figures.get(index)).sum())) }
                }
            }
        }
    };
    let headings = std::iter::once(String::new()).chain(view.parts.iter().map(|(name, _)| name.clone()));
    let rows = view.bars.iter().map(|(link, figures)| {
        std::iter::once(link.title.clone()).chain(figures.iter().map(|figure| number(*figure))).collect()
    });
    frame(&view.title, "chart-bars", drawing, &Figures { headings: headings.collect(), rows: rows.collect() })
}

/// Colour, start and width of each part that is not empty.
fn placed(view: &Layers, figures: &[u64], most: u64) -> Vec<(Colour, f64, f64)> {
    let mut from = 0.0;
    let mut placed = Vec::new();
    for ((_, colour), figure) in view.parts.iter().zip(figures) {
        let width = *figure as f64 / most as f64 * WIDTH;
        if *figure > 0 {
            placed.push((*colour, from, width));
        }
        from += width;
    }
    placed
}

fn said(view: &Layers, title: &str, figures: &[u64]) -> String {
    let parts = view.parts.iter().zip(figures).filter(|(_, figure)| **figure > 0);
    let parts: Vec<_> = parts.map(|((name, _), figure)| format!("{name} {figure}")).collect();
    let parts = if parts.is_empty() { say("chart-none") } else { parts.join(", ") };
    named(title, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_one_another_on_the_scale_of_the_longest_bar() {
        let view = Layers {
            title: "x".to_owned(),
            parts: vec![("a".to_owned(), Colour::Accent), ("b".to_owned(), Colour::Grey)],
            bars: vec![(Link::new("one", "/1"), vec![6, 2]), (Link::new("two", "/2"), vec![0, 4])],
        };
        let text = layers(&view).into_string();
        assert!(text.contains("class=\"ink-grey\" x=\"150\" y=\"1\" height=\"10\" width=\"50\""));
        assert!(text.contains("class=\"ink-grey\" x=\"0\" y=\"1\" height=\"10\" width=\"100\""));
        assert!(text.contains("two: b 4"));
        assert!(layers(&Layers::default()).into_string().contains("No figures yet"));
    }
}
