//! Horizontal bars: one per thing, longest first by custom, from zero.

use super::{Colour, Figures, frame, nothing};
use crate::look::figure::{coordinate, plain};
use crate::look::link::safe;
use crate::words::{Words, named, say};
use maud::{Markup, html};

/// A bar chart.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// What the figures are: `Open findings by system`.
    pub title: String,
    /// The unit, shown after each figure; may be empty.
    pub unit: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar. Negative values are drawn as nothing.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// What it stands for.
    pub title: String,
    /// Its length.
    pub value: f64,
    /// The bracket of uncertainty around the value, low and high.
    pub bracket: Option<(f64, f64)>,
    /// Its colour.
    pub colour: Colour,
    /// What is behind it.
    pub href: Option<String>,
}

/// The bar chart.
pub fn bars(view: &Bars) -> Markup {
    let finite = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
    let longest = view
        .bars
        .iter()
        .map(|bar| finite(bar.value).max(bar.bracket.map_or(0.0, |(_, high)| finite(high))))
        .fold(0.0, f64::max);
    if view.bars.is_empty() {
        return nothing(&view.title);
    }
    let scale = |value: f64| if longest > 0.0 { finite(value) / longest * 200.0 } else { 0.0 };
    let drawing = html! {
        ol.bars {
            @for bar in &view.bars {
                @let words = said(bar, &view.unit);
                li {
                    span.bar-title title=(bar.title) {
                        @if let Some(href) = &bar.href { a href=(safe(href)) { (bar.title) } } @else { (bar.title) }
                    }
                    svg viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label=(words) {
                        title { (words) }
                        rect class=(bar.colour.class()) x="0" y="1" height="10" width=(coordinate(scale(bar.value))) {}
                        @if let Some((low, high)) = bar.bracket {
                            path.bracket d=(format!("M{0} 2v8M{0} 6H{1}M{1} 2v8", coordinate(scale(low)), coordinate(scale(high)))) {}
                        }
                    }
                    span.bar-value { (with_unit(bar.value, &view.unit)) }
                }
            }
        }
    };
    let bracketed = view.bars.iter().any(|bar| bar.bracket.is_some());
    let mut headings = vec!["".to_owned(), heading(&view.unit)];
    if bracketed {
        headings.extend([say("chart-low"), say("chart-high")]);
    }
    let rows = view.bars.iter().map(|bar| {
        let mut row = vec![bar.title.clone(), plain(bar.value)];
        if bracketed {
            let (low, high) =
                bar.bracket.map_or_else(Default::default, |(low, high)| (plain(low), plain(high)));
            row.extend([low, high]);
        }
        row
    });
    frame(&view.title, "chart-bars", drawing, &Figures { headings, rows: rows.collect() })
}

fn said(bar: &Bar, unit: &str) -> String {
    let value = with_unit(bar.value, unit);
    match bar.bracket {
        Some((low, high)) => Words::of("chart-bracket")
            .with("what", &bar.title)
            .with("value", value)
            .with("low", plain(low))
            .with("high", plain(high))
            .said(),
        None => named(&bar.title, &value),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() { plain(value) } else { format!("{} {unit}", plain(value)) }
}

fn heading(unit: &str) -> String {
    if unit.is_empty() { say("chart-value") } else { unit.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_width_and_others_are_in_proportion() {
        let bar = |title: &str, value| Bar { title: title.to_owned(), value, ..Bar::default() };
        let view = Bars { bars: vec![bar("a", 40.0), bar("b", 10.0), bar("c", f64::NAN)], ..Bars::default() };
        let text = bars(&view).into_string();
        assert!(
            text.contains("width=\"200\"") && text.contains("width=\"50\"") && text.contains("width=\"0\"")
        );
        assert!(!text.contains("NaN"));
    }
}
