//! Sparklines: a trend the size of a word.

use super::figure::{coordinate, plain};
use crate::words::Words;
use maud::{Markup, html};

/// A line through the values, oldest first, with a dot on the last; `label` says what they are. Values that
/// are not finite are gaps. Fewer than two values draw nothing but a dash.
pub fn sparkline(values: &[f64], label: &str) -> Markup {
    const WIDTH: f64 = 64.0;
    const HEIGHT: f64 = 18.0;
    let finite: Vec<(usize, f64)> =
        values.iter().copied().enumerate().filter(|(_, value)| value.is_finite()).collect();
    let (Some((_, first)), Some((last_index, last))) = (finite.first(), finite.last()) else {
        return html! { span.muted { "–" } };
    };
    if finite.len() < 2 {
        return html! { span.muted { "–" } };
    }
    let low = finite.iter().map(|(_, v)| *v).fold(f64::INFINITY, f64::min);
    let high = finite.iter().map(|(_, v)| *v).fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    let x = |index: usize| 3.0 + index as f64 / (values.len() - 1) as f64 * (WIDTH - 6.0);
    let y = |value: f64| HEIGHT - 3.0 - (value - low) / span * (HEIGHT - 6.0);
    let mut path = String::new();
    let mut previous = None;
    for (index, value) in &finite {
        let joined = previous.is_some_and(|before: usize| before + 1 == *index);
        path.push_str(if joined { "L" } else { "M" });
        path.push_str(&format!("{} {}", coordinate(x(*index)), coordinate(y(*value))));
        previous = Some(*index);
    }
    let words = Words::of("chart-from-to")
        .with("what", label)
        .with("first", plain(*first))
        .with("last", plain(*last))
        .said();
    html! {
        svg.sparkline viewBox="0 0 64 18" width="64" height="18" role="img" aria-label=(words) {
            title { (words) }
            path d=(path) {}
            circle cx=(coordinate(x(*last_index))) cy=(coordinate(y(*last))) r="2" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn gaps_break_the_line_and_flat_series_stay_inside() {
        let text = sparkline(&[1.0, f64::NAN, 3.0, 4.0], "Open").into_string();
        assert_eq!(text.matches('M').count(), 2);
        assert!(text.contains("from 1 to 4"));
        assert!(!sparkline(&[5.0, 5.0], "Flat").into_string().contains("NaN"));
        assert!(sparkline(&[5.0], "One").into_string().contains('–'));
    }
}
