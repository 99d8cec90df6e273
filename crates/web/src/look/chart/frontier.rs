//! A frontier: what remains of a loss for each amount of money, and where one stands on it. Both axes from zero.

use super::axis::marks;
use super::trend::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH};
use super::{Figures, frame, nothing};
use crate::look::figure::{coordinate, short_money};
use crate::words::{Words, say};
use maud::{Markup, html};

/// A frontier.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    /// What the figures are.
    pub title: String,
    /// Currency of both axes.
    pub currency: String,
    /// Points by rising money: money spent, what remains, what the point is.
    pub points: Vec<(f64, f64, String)>,
    /// The point one stands on.
    pub here: Option<(f64, f64)>,
}

/// The frontier, its first point being no money at all.
pub fn frontier(view: &Frontier) -> Markup {
    let sound = |point: &&(f64, f64, String)| point.0.is_finite() && point.0 >= 0.0 && point.1.is_finite();
    let points: Vec<_> = view.points.iter().filter(sound).collect();
    let money = marks(points.iter().map(|point| point.0).fold(0.0, f64::max));
    let loss = marks(points.iter().map(|point| point.1).fold(0.0, f64::max));
    if points.len() < 2 {
        return nothing(&view.title);
    }
    let most = |marks: &[f64]| marks.last().copied().unwrap_or(1.0);
    let (wide, high) = (most(&money), most(&loss));
    let x = |amount: f64| LEFT + (amount / wide).clamp(0.0, 1.0) * (RIGHT - LEFT);
    let y = |amount: f64| BOTTOM - (amount / high).clamp(0.0, 1.0) * (BOTTOM - TOP);
    let at = |money: f64, loss: f64| format!("{} {}", coordinate(x(money)), coordinate(y(loss)));
    let line: Vec<_> = points.iter().map(|point| at(point.0, point.1)).collect();
    let drawing = html! {
        div.scroll {
            svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(view.title) {
                @for (index, mark) in loss.iter().enumerate() {
                    line.base[index == 0].gridline x1=(LEFT) x2=(RIGHT) y1=(coordinate(y(*mark))) y2=(coordinate(y(*mark))) {}
                    text.axis x=(LEFT - 8.0) y=(coordinate(y(*mark) + 4.0)) text-anchor="end" { (short_money(*mark)) }
                }
                @for mark in &money {
                    text.axis x=(coordinate(x(*mark))) y=(HEIGHT - 8.0) text-anchor="middle" { (short_money(*mark)) }
                }
                g.ink-accent {
                    path.line d=(format!("M{}", line.join("L"))) {}
                    @for (money, loss, what) in points.iter().copied() {
                        circle.hit cx=(coordinate(x(*money))) cy=(coordinate(y(*loss))) r="7" {
                            title { (Words::of("chart-money-remains").with("money", short_money(*money)).with("currency", &view.currency).with("loss", short_money(*loss)).with("what", what)) }
                        }
                    }
                }
                @if let Some((money, loss)) = view.here.filter(|(money, loss)| money.is_finite() && loss.is_finite()) {
                    g.ink-ink {
                        circle.end cx=(coordinate(x(money))) cy=(coordinate(y(loss))) r="4" { title { (say("chart-this-plan")) } }
                        text.name x=(coordinate((x(money) + 8.0).min(RIGHT + 8.0))) y=(coordinate(y(loss) - 8.0)) { (say("chart-this-plan")) }
                    }
                }
            }
        }
    };
    let headings = vec![say("chart-money"), say("chart-remains"), say("chart-what-it-is")];
    let row = |point: &&(f64, f64, String)| {
        vec![
            format!("{} {}", short_money(point.0), view.currency),
            format!("{} {}", short_money(point.1), view.currency),
            point.2.clone(),
        ]
    };
    frame(
        &view.title,
        "chart-frontier",
        drawing,
        &Figures { headings, rows: points.iter().map(row).collect() },
    )
}

#[cfg(test)]
mod tests {
    use super::{Frontier, frontier};

    #[test]
    fn every_point_tells_what_it_is_and_nonsense_stays_out() {
        let points = vec![
            (0.0, 100_000.0, "nothing".to_owned()),
            (20_000.0, 60_000.0, "3 done".to_owned()),
            (f64::NAN, 1.0, "nonsense".to_owned()),
        ];
        let view = Frontier {
            title: "What money buys".to_owned(),
            currency: "EUR".to_owned(),
            points,
            here: Some((20_000.0, 60_000.0)),
        };
        let text = frontier(&view).into_string();
        assert_eq!(text.matches("class=\"hit\"").count(), 2, "{text}");
        assert!(text.contains("20 k EUR: 60 k remains; 3 done") && text.contains("This plan"));
        assert!(!text.contains("NaN") && !text.contains("nonsense"));
        assert!(frontier(&Frontier::default()).into_string().contains("No figures yet"));
    }
}
