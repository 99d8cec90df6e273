//! Drawings of documents: plain SVG with colours of its own, since a document carries no style sheet of the site.

use maud::{Markup, html};

/// A part of a bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// What it stands for.
    pub(super) title: &'static str,
    /// Its colour.
    pub(super) colour: &'static str,
}

/// The colours of severities, worst first.
pub(super) const SEVERITIES: [Part; 5] = [
    Part { title: "critical", colour: "#7a1236" },
    Part { title: "high", colour: "#b8401d" },
    Part { title: "medium", colour: "#f2c14e" },
    Part { title: "low", colour: "#8fb0d0" },
    Part { title: "informational", colour: "#d4d9de" },
];

/// The room of a drawing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    width: f64,
    /// For names to the left.
    labels: f64,
    /// The most characters of a name.
    name: usize,
}

/// As wide as the text.
pub(super) const WHOLE: Room = Room { width: 640.0, labels: 210.0, name: 31 };
/// Half of that.
pub(super) const HALF: Room = Room { width: 400.0, labels: 140.0, name: 22 };

const WIDTH: f64 = 640.0;
const TOTALS: f64 = 40.0;
const BAR: f64 = 17.0;

/// Bars made of parts, each with its name to the left and its sum to the right; a legend above.
pub(super) fn stacked(title: &str, room: Room, parts: &[Part], bars: &[(String, Vec<u64>)]) -> Markup {
    let most = bars.iter().map(|(_, values)| values.iter().sum::<u64>()).max().unwrap_or_default();
    if most == 0 {
        return html! {};
    }
    let height = 22.0 + bars.len() as f64 * BAR;
    let scale = (room.width - room.labels - TOTALS) / most as f64;
    let mut from = 0.0;
    let legend: Vec<(f64, &Part)> = parts
        .iter()
        .map(|part| {
            let at = from;
            from += 24.0 + 6.2 * part.title.len() as f64;
            (at, part)
        })
        .collect();
    html! {
        svg viewBox=(format!("0 0 {} {height}", room.width)) width=(room.width) height=(height) role="img" aria-label=(title) {
            @for (at, part) in legend {
                rect x=(tenth(at)) y="3" width="9" height="9" fill=(part.colour) {}
                text x=(tenth(at + 13.0)) y="11" font-size="11" { (part.title) }
            }
            @for (nth, (name, values)) in bars.iter().enumerate() {
                @let top = 22.0 + nth as f64 * BAR;
                text x="0" y=(tenth(top + 10.0)) font-size="11" { (super::figures::clipped(name, room.name)) }
                @for (at, width, part) in laid(room.labels, values, parts, scale) {
                    rect x=(tenth(at)) y=(tenth(top)) width=(tenth(width)) height="12" fill=(part.colour) {}
                }
                @let sum = values.iter().sum::<u64>();
                text x=(tenth(room.labels + sum as f64 * scale + 5.0)) y=(tenth(top + 10.0)) font-size="11" { (super::figures::thousands(sum)) }
            }
        }
    }
}

/// Where each part of a bar begins, and how wide it is.
fn laid<'p>(from: f64, values: &[u64], parts: &'p [Part], scale: f64) -> Vec<(f64, f64, &'p Part)> {
    let mut at = from;
    let mut laid = Vec::new();
    for (value, part) in values.iter().zip(parts).filter(|(value, _)| **value > 0) {
        let width = *value as f64 * scale;
        laid.push((at, width, part));
        at += width;
    }
    laid
}

/// What is shown of an objective: a score of 0 to 100, or nothing; and how much is assessed.
pub(super) type Scored = (Option<f32>, f32);

/// Confidentiality, integrity and availability of systems: light for what is assessed, dark for the score.
pub(super) fn scorecards(title: &str, room: Room, systems: &[(String, [Scored; 3])]) -> Markup {
    let height = 20.0 + systems.len() as f64 * BAR;
    let width = (room.width - room.labels) / 3.0;
    html! {
        svg viewBox=(format!("0 0 {} {height}", room.width)) width=(room.width) height=(height) role="img" aria-label=(title) {
            @for (nth, objective) in super::facts::OBJECTIVES.into_iter().enumerate() {
                text x=(tenth(room.labels + nth as f64 * width)) y="11" font-size="11" { (objective.title()) }
            }
            @for (nth, (name, scored)) in systems.iter().enumerate() {
                @let top = 20.0 + nth as f64 * BAR;
                text x="0" y=(tenth(top + 10.0)) font-size="11" { (super::figures::clipped(name, room.name)) }
                @for (at, (score, assessed)) in scored.iter().enumerate() {
                    @let left = room.labels + at as f64 * width;
                    @let full = width - 26.0;
                    @let part = |share: f32| tenth(f64::from(if share.is_finite() { share.clamp(0.0, 100.0) } else { 0.0 }) / 100.0 * full);
                    rect x=(tenth(left)) y=(tenth(top)) width=(tenth(full)) height="12" fill="#e8ecf1" {}
                    rect x=(tenth(left)) y=(tenth(top)) width=(part(*assessed)) height="12" fill="#b9c4d0" {}
                    @if let Some(score) = score {
                        rect x=(tenth(left)) y=(tenth(top + 3.0)) width=(part(*score)) height="6" fill="#2b6a9b" {}
                        text x=(tenth(left + full + 4.0)) y=(tenth(top + 10.0)) font-size="11" { (format!("{score:.0}")) }
                    } @else {
                        text x=(tenth(left + full + 4.0)) y=(tenth(top + 10.0)) font-size="11" { "n/a" }
                    }
                }
            }
        }
    }
}

/// A line over days: name, colour, a value for each day.
pub(super) struct Line<'a> {
    /// Its name.
    pub(super) title: &'a str,
    /// Its colour.
    pub(super) colour: &'a str,
    /// A value for each day.
    pub(super) values: Vec<f64>,
}

/// Lines over days, each named where it ends; steps, since a figure stands until it moves.
pub(super) fn lines(title: &str, room: Room, days: &[(f64, String)], lines: &[Line<'_>]) -> Markup {
    let most = lines.iter().flat_map(|line| line.values.iter().copied()).fold(0.0, f64::max);
    let (Some((first, from)), Some((last, to))) = (days.first(), days.last()) else { return html! {} };
    if most <= 0.0 || last <= first {
        return html! {};
    }
    let (left, right, top, foot) = (34.0, 116.0, 8.0, 130.0);
    let width = room.width;
    let x = |day: f64| left + (day - first) / (last - first) * (width - left - right);
    let y = |value: f64| foot - value / most * (foot - top);
    let path = |line: &Line<'_>| {
        let mut points = Vec::new();
        let mut before = None;
        for ((day, _), value) in days.iter().zip(&line.values) {
            points.extend(before.map(|before| format!("{:.1},{:.1}", x(*day), y(before))));
            points.push(format!("{:.1},{:.1}", x(*day), y(*value)));
            before = Some(*value);
        }
        points.join(" ")
    };
    // Names that would stand on one another are moved apart.
    let mut ends: Vec<(f64, &Line<'_>, f64)> =
        lines.iter().filter_map(|line| line.values.last().map(|end| (y(*end) + 4.0, line, *end))).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    for nth in 1..ends.len() {
        ends[nth].0 = ends[nth].0.max(ends[nth - 1].0 + 13.0);
    }
    html! {
        svg viewBox=(format!("0 0 {width} 150")) width=(width) height="150" role="img" aria-label=(title) {
            line x1=(left) x2=(tenth(width - right)) y1=(foot) y2=(foot) stroke="#9aa3ad" {}
            line x1=(left) x2=(tenth(width - right)) y1=(top) y2=(top) stroke="#e3e7eb" {}
            text x=(left - 5.0) y=(top + 4.0) font-size="11" text-anchor="end" { (super::figures::thousands(most as u64)) }
            text x=(left - 5.0) y=(foot) font-size="11" text-anchor="end" { "0" }
            text x=(left) y=(foot + 14.0) font-size="11" { (from) }
            text x=(tenth(width - right)) y=(foot + 14.0) font-size="11" text-anchor="end" { (to) }
            @for (at, line, end) in &ends {
                polyline points=(path(line)) fill="none" stroke=(line.colour) stroke-width="2" {}
                text x=(tenth(width - right + 6.0)) y=(tenth(*at)) font-size="11" fill=(line.colour) { (super::figures::thousands(*end as u64)) " " (line.title) }
            }
        }
    }
}

/// Probabilities below this are not drawn.
const LEAST: f64 = 1e-4;

/// A loss exceedance curve with its bracket on logarithmic axes, and the points of a tolerance line.
pub(super) fn exceedance(
    curve: &[(f64, super::facts::Bracketed)],
    tolerated: &[(f64, f64)],
    currency: &str,
) -> Markup {
    let drawn: Vec<_> = curve.iter().filter(|(loss, p)| *loss > 0.0 && p.0 >= LEAST).collect();
    let losses =
        drawn.iter().map(|(loss, _)| loss.log10()).chain(tolerated.iter().map(|(loss, _)| loss.log10()));
    let (low, high) = losses.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
    if low >= high || drawn.len() < 2 {
        return html! {};
    }
    let (low, high) = (low.floor(), high.ceil());
    let (left, right, top, foot) = (52.0, 12.0, 8.0, 226.0);
    let x = |loss: f64| left + (loss.log10() - low) / (high - low) * (WIDTH - left - right);
    let y = |p: f64| top + p.max(LEAST).log10() / LEAST.log10() * (foot - top);
    let point = |loss: f64, p: f64| format!("{:.1},{:.1}", x(loss), y(p));
    let line: Vec<_> = drawn.iter().map(|(loss, p)| point(*loss, p.0)).collect();
    let upper = drawn.iter().map(|(loss, p)| point(*loss, p.2));
    let lower = drawn.iter().rev().map(|(loss, p)| point(*loss, p.1));
    let band: Vec<_> = upper.chain(lower).collect();
    html! {
        svg viewBox=(format!("0 0 {WIDTH} 262")) width=(WIDTH) height="262" role="img" aria-label="Probability of a year that costs so much or more" {
            @for decade in low as i32..=high as i32 {
                @let at = tenth(x(10f64.powi(decade)));
                line x1=(at) x2=(at) y1=(top) y2=(foot) stroke="#e3e7eb" {}
                text x=(at) y=(foot + 14.0) font-size="11" text-anchor="middle" { (short(decade)) }
            }
            @for decade in -4..=0 {
                @let at = y(10f64.powi(decade));
                line x1=(left) x2=(WIDTH - right) y1=(tenth(at)) y2=(tenth(at)) stroke="#e3e7eb" {}
                text x=(left - 5.0) y=(tenth(at + 4.0)) font-size="11" text-anchor="end" { (format!("{} %", 10f64.powi(decade) * 100.0)) }
            }
            polygon points=(band.join(" ")) fill="#2b6a9b" fill-opacity="0.25" {}
            polyline points=(line.join(" ")) fill="none" stroke="#2b6a9b" stroke-width="2" {}
            @for (loss, p) in tolerated {
                circle cx=(tenth(x(*loss))) cy=(tenth(y(*p))) r="4" fill="#fff" stroke="#1a1d21" stroke-width="2" {}
            }
            text x=(tenth((left + WIDTH - right) / 2.0)) y=(foot + 32.0) font-size="11" text-anchor="middle" {
                "a year that costs so much or more, " (currency) @if !tolerated.is_empty() { "; circles: what is tolerated" }
            }
        }
    }
}

/// `6` → `1 M`.
fn short(decade: i32) -> String {
    let (unit, less) = match decade {
        9.. => (" bn", 9),
        6..=8 => (" M", 6),
        3..=5 => (" k", 3),
        _ => ("", 0),
    };
    format!("{}{unit}", 10f64.powi(decade - less))
}

/// With one digit behind the point.
fn tenth(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(stacked("t", WHOLE, &SEVERITIES, &[("a".to_owned(), vec![0; 5])]).into_string().is_empty());
        assert!(lines("t", HALF, &[], &[]).into_string().is_empty());
        assert!(exceedance(&[], &[], "EUR").into_string().is_empty());
        let drawn =
            stacked("t", WHOLE, &SEVERITIES, &[("<a>".to_owned(), vec![1, 2, 0, 0, 0])]).into_string();
        assert_eq!(drawn.matches("height=\"12\"").count(), 2, "{drawn}");
        assert!(drawn.contains("&lt;a&gt;") && drawn.contains(">3</text>"), "{drawn}");
        let curve = [(1e4, (0.5, 0.49, 0.51)), (1e6, (0.01, 0.009, 0.011))];
        assert!(exceedance(&curve, &[(1e5, 0.1)], "EUR").into_string().contains("<circle"));
    }
}
