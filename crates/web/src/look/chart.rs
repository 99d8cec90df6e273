//! Charts: our own SVG, coloured by classes so that dark mode and print work, every value with a tooltip, and
//! the table of figures one click away.

mod axis;
mod bars;
mod burndown;
mod exceedance;
mod frontier;
mod layers;
mod stacked;
mod trend;
mod waterfall;

pub use bars::{Bar, Bars, bars};
pub use burndown::{BurnDown, Day, burndown};
pub use exceedance::{CurvePoint, ExceedanceCurve, exceedance};
pub use frontier::{Frontier, frontier};
pub use layers::{Layers, layers};
pub use stacked::{Part, Stacked, stacked};
pub use trend::{Drawn, Series, Trend, trend};
pub use waterfall::{Waterfall, waterfall};

use crate::look::empty::none;
use crate::words::say;
use maud::{Markup, html};
use warrant_model::Severity;

/// How a mark is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// The accent.
    #[default]
    Accent,
    /// The accent, lighter: what is compared with.
    Soft,
    /// Grey: unknown, not assessed, the rest.
    Grey,
    /// The ink itself: not met, failed.
    Ink,
    /// A severity's own colour; used for severities only.
    Severity(Severity),
}

impl Colour {
    fn class(self) -> &'static str {
        match self {
            Self::Accent => "ink-accent",
            Self::Soft => "ink-soft",
            Self::Grey => "ink-grey",
            Self::Ink => "ink-ink",
            Self::Severity(Severity::Critical) => "sev-critical",
            Self::Severity(Severity::High) => "sev-high",
            Self::Severity(Severity::Medium) => "sev-medium",
            Self::Severity(Severity::Low) => "sev-low",
            Self::Severity(Severity::None) => "sev-none",
        }
    }
}

/// The figures behind a chart.
struct Figures {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Title, drawing, and the figures in a disclosure.
fn frame(title: &str, kind: &str, drawing: Markup, figures: &Figures) -> Markup {
    html! {
        figure class=(format!("chart {kind}")) {
            figcaption { (title) }
            (drawing)
            details.behind {
                summary { (say("chart-figures")) }
                div.scroll {
                    table {
                        thead { tr { @for heading in &figures.headings { th scope="col" { @if heading.is_empty() { span.sr { (say("chart-what")) } } @else { (heading) } } } } }
                        tbody {
                            @for row in &figures.rows {
                                tr {
                                    @for (index, cell) in row.iter().enumerate() {
                                        @if index == 0 { th scope="row" { (cell) } } @else { td.figures { (cell) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A chart without values.
fn nothing(title: &str) -> Markup {
    html! { figure.chart { figcaption { (title) } (none("figures-none")) } }
}
