//! A stacked bar: the parts of one whole, each labelled with its figure.

use super::{Colour, Figures, frame, nothing};
use crate::look::badge::severity_shape;
use crate::look::figure::{coordinate, percent, thousands};
use crate::look::link::safe;
use crate::words::{named, say};
use maud::{Markup, html};

/// A stacked bar.
#[derive(Clone, Debug, Default)]
pub struct Stacked {
    /// What the whole is.
    pub title: String,
    /// Its parts, in the order drawn.
    pub parts: Vec<Part>,
}

/// A part.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What it is.
    pub title: String,
    /// How many.
    pub count: u64,
    /// Its colour.
    pub colour: Colour,
    /// What is behind it.
    pub href: Option<String>,
}

/// The stacked bar with its labels below.
pub fn stacked(view: &Stacked) -> Markup {
    let total: u64 = view.parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.count));
    if total == 0 {
        return nothing(&view.title);
    }
    let share = |count: u64| count as f64 / total as f64;
    let number = |count: u64| thousands(i64::try_from(count).unwrap_or(i64::MAX));
    let mut from = 0.0;
    let placed: Vec<(f64, &Part)> = view
        .parts
        .iter()
        .filter(|part| part.count > 0)
        .map(|part| {
            let start = from;
            from += share(part.count) * 1000.0;
            (start, part)
        })
        .collect();
    let words: Vec<String> =
        view.parts.iter().map(|part| format!("{} {}", part.title, number(part.count))).collect();
    let drawing = html! {
        svg.stack viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label=(named(&view.title, &words.join(", "))) {
            @for (start, part) in placed {
                rect class=(part.colour.class()) x=(coordinate(start)) y="0" height="14" width=(coordinate((share(part.count) * 1000.0 - 2.5).max(1.0))) {
                    title { (named(&part.title, &number(part.count))) " (" (percent(share(part.count))) ")" }
                }
            }
        }
        ul.stack-labels {
            @for part in &view.parts {
                li class=(part.colour.class()) {
                    @match part.colour {
                        Colour::Severity(severity) => (severity_shape(severity)),
                        _ => svg.shape viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" { rect width="12" height="12" rx="3" {} },
                    }
                    @if let Some(href) = &part.href { a href=(safe(href)) { (part.title) } } @else { span { (part.title) } }
                    strong { (number(part.count)) }
                }
            }
        }
    };
    let headings = vec!["".to_owned(), say("chart-count"), say("chart-share")];
    let rows = view
        .parts
        .iter()
        .map(|part| vec![part.title.clone(), number(part.count), percent(share(part.count))]);
    frame(&view.title, "chart-stacked", drawing, &Figures { headings, rows: rows.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_end_to_end_and_empty_parts_are_not_drawn() {
        let part = |title: &str, count| Part { title: title.to_owned(), count, ..Part::default() };
        let view = Stacked { title: "x".to_owned(), parts: vec![part("a", 1), part("b", 0), part("c", 3)] };
        let text = stacked(&view).into_string();
        assert_eq!(text.matches("<rect class=\"ink-accent\"").count(), 2);
        assert!(text.contains("x=\"250\""));
        assert!(stacked(&Stacked::default()).into_string().contains("No figures yet"));
    }
}
