//! Four pictures: scorecards, severities by unit, the trend, what is known of the controls.

use super::Overview;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::badge::severity_word;
use crate::look::chart::{self, Colour, Drawn, Layers, Series, Trend, layers};
use crate::look::scorecard as drawing;
use crate::pages::sources::record_href;
use crate::pages::systems::scorecard;
use crate::past;
use crate::words::{Words, say};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::level::Severity;
use warrant_model::posture::ControlCounts;
use warrant_model::time::{day, from_micros};

/// The most bars or rows of one picture.
const MOST: usize = 12;

/// Confidentiality, integrity and availability of every system, the worst first.
pub(super) fn scorecards(view: &Overview) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-system-worst-first")) } th scope="col" { (say("column-c-i-a")) } th scope="col" { (say("column-leave-to-operate")) } } }
                tbody {
                    @for system in view.systems.iter().take(MOST) {
                        tr {
                            th scope="row" { a href=(past::href(&record_href("system", &system.row.id), view.as_of)) { (system.name()) } }
                            td { (drawing::scorecard(&scorecard(system.summary.as_deref()))) }
                            td.fit { (system.leave.badge()) }
                        }
                    }
                }
            }
        }
        @if view.systems.len() > MOST { p { a href=(past::href("/systems", view.as_of)) { (Words::of("count-more").with("count", view.systems.len() - MOST)) } } }
    }
}

/// Deficiencies of each unit by severity.
pub(super) fn severities(view: &Overview) -> Markup {
    let mut units: BTreeMap<&str, [u64; 5]> = BTreeMap::new();
    for system in &view.systems {
        let Some(summary) = &system.summary else { continue };
        let counts = units.entry(&system.unit).or_default();
        for (count, severity) in counts.iter_mut().zip(Severity::DESCENDING) {
            *count += u64::from(summary.deficiencies.of(severity));
        }
    }
    let programme = view.programme.as_ref().filter(|summary| summary.deficiencies.total() > 0);
    let of_programme = programme.map(|summary| {
        let counts = Severity::DESCENDING.map(|severity| u64::from(summary.deficiencies.of(severity)));
        let href = if view.as_of.is_none() { "/?system=programme" } else { "/programme" };
        (Link::new(say("overview-programme"), href), counts.to_vec())
    });
    let bar = |(unit, counts): (&str, [u64; 5])| {
        let name = if unit.is_empty() { say("overview-no-unit") } else { unit.to_owned() };
        let value = if unit.is_empty() { "not set" } else { unit };
        let list = ListAddress::parse(&past::href("/systems", view.as_of));
        (Link::new(name, list.with("unit", value)), counts.to_vec())
    };
    let mut bars: Vec<_> = units.into_iter().map(bar).chain(of_programme).collect();
    bars.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u64>()));
    bars.truncate(MOST);
    let part = |severity: Severity| (severity_word(severity), Colour::Severity(severity));
    let parts = Severity::DESCENDING.map(part).to_vec();
    layers(&Layers { title: say("overview-by-unit"), parts, bars })
}

/// Deficiencies and satisfied controls over time.
pub(super) fn trend(view: &Overview) -> Markup {
    let series =
        |title: &'static str, colour, drawn, value: fn(&warrant_service::trend::TrendPoint) -> u32| Series {
            title: say(title),
            values: view.trend.iter().map(|point| f64::from(value(point))).collect(),
            colour,
            drawn,
            ..Series::default()
        };
    let drawn = |title: &'static str, series| {
        let times = view.trend.iter().map(|point| day(from_micros(point.day)).to_string()).collect();
        chart::trend(&Trend { title: say(title), times, series, ..Trend::default() })
    };
    let deficiencies = vec![
        series("overview-deficiencies", Colour::Ink, Drawn::Line, |point| point.deficiencies),
        series("overview-severe", Colour::Severity(Severity::High), Drawn::Area, |point| point.severe),
    ];
    let met = vec![series("overview-met", Colour::Accent, Drawn::Line, |point| point.satisfied)];
    html! {
        div.stack-gap { (drawn("overview-deficiencies", deficiencies)) (drawn("overview-controls-met", met)) }
    }
}

/// What fresh evidence says of the controls, system by system.
pub(super) fn known(view: &Overview) -> Markup {
    let part = |title: &'static str, colour| (say(title), colour);
    let parts = vec![
        part("overview-met", Colour::Accent),
        part("overview-not-met", Colour::Ink),
        part("overview-too-old", Colour::Soft),
        part("status-not-assessed", Colour::Grey),
    ];
    let figures = |counts: &ControlCounts| {
        [counts.satisfied, counts.other_than_satisfied, counts.stale, counts.not_assessed]
            .map(u64::from)
            .to_vec()
    };
    let bar = |system: &super::Standing| {
        let counts = &system.summary.as_ref()?.controls;
        let href = past::href(&format!("/systems/{}/controls", encoded(&system.row.id)), view.as_of);
        Some((Link::new(system.name(), href), figures(counts)))
    };
    let bars = view.systems.iter().filter_map(bar).take(MOST).collect();
    layers(&Layers { title: say("overview-by-system"), parts, bars })
}
