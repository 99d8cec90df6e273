//! Burn-down: what was planned to be left on each day, what was left, and where it leads.

use super::Colour;
use super::trend::{Drawn, Series, Trend, trend};
use crate::words::say;
use jiff::civil::Date;
use maud::Markup;

/// A burn-down.
#[derive(Clone, Debug, Default)]
pub struct BurnDown {
    /// What is worked off.
    pub title: String,
    /// What is counted: `items`, `hours`.
    pub unit: String,
    /// The days, oldest first.
    pub days: Vec<Day>,
}

/// One day of it.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// What was planned to be left.
    pub planned: f64,
    /// What was left; `None` for days to come.
    pub left: Option<f64>,
    /// What the forecast leaves: least, likely and most; `None` for days past.
    pub forecast: Option<(f64, f64, f64)>,
}

/// The burn-down: a dashed plan, a line of what was left, and a forecast with its band.
pub fn burndown(view: &BurnDown) -> Markup {
    let gap = f64::NAN;
    let planned = view.days.iter().map(|day| day.planned).collect();
    let left = view.days.iter().map(|day| day.left.unwrap_or(gap)).collect();
    let forecast: Vec<f64> =
        view.days.iter().map(|day| day.forecast.map_or(gap, |(_, likely, _)| likely)).collect();
    let band = view
        .days
        .iter()
        .map(|day| day.forecast.map_or((gap, gap), |(least, _, most)| (least, most)))
        .collect();
    let mut series = vec![
        Series {
            title: say("chart-plan"),
            values: planned,
            colour: Colour::Grey,
            drawn: Drawn::Dashed,
            band: Vec::new(),
        },
        Series {
            title: say("chart-left"),
            values: left,
            colour: Colour::Accent,
            drawn: Drawn::Area,
            band: Vec::new(),
        },
    ];
    if forecast.iter().any(|value| value.is_finite()) {
        series.push(Series {
            title: say("chart-forecast"),
            values: forecast,
            band,
            colour: Colour::Soft,
            drawn: Drawn::Dashed,
        });
    }
    trend(&Trend {
        title: view.title.clone(),
        unit: view.unit.clone(),
        times: view.days.iter().map(|day| day.day.to_string()).collect(),
        series,
    })
}
