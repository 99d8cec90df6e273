//! Sparklines: a trend the size of a word.

use super::figure::plain;
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
    let points: Vec<_> =
        finite.iter().map(|(index, value)| (*index, tenth(x(*index)), tenth(y(*value)))).collect();
    let mut path = String::new();
    for (nth, (index, x, y)) in points.iter().enumerate() {
        let before = nth.checked_sub(1).map(|nth| &points[nth]).filter(|before| before.0 + 1 == *index);
        let next = points.get(nth + 1).filter(|next| index + 1 == next.0);
        match before {
            None => path.push_str(&format!("M{x} {y}")),
            // A level stretch is one stroke.
            Some(before) if before.2 == *y && next.is_some_and(|next| next.2 == *y) => {}
            Some(before) if before.2 == *y => path.push_str(&format!("H{x}")),
            Some(_) => path.push_str(&format!("L{x} {y}")),
        }
    }
    let words = Words::of("chart-from-to")
        .with("what", label)
        .with("first", plain(*first))
        .with("last", plain(*last))
        .said();
    html! {
        svg.sparkline width="64" height="18" role="img" {
            title { (words) }
            path d=(path) {}
            circle cx=(tenth(x(*last_index))) cy=(tenth(y(*last))) r="2" {}
        }
    }
}

/// A coordinate to a tenth of a pixel.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
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
        let level = sparkline(&[5.0, 5.0, 5.0, 7.0, 7.0], "Level").into_string();
        assert!(level.contains("d=\"M3 15H32L46.5 3H61\""), "{level}");
        assert!(sparkline(&[5.0], "One").into_string().contains('–'));
    }
}
