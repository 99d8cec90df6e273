//! Every sort of picture, drawn from made-up figures: always the same markup, and a table behind each.
//!
//! The golden drawings are in `tests/golden/charts`; set `UPDATE` to write them anew, and look at them in the gallery.

use jiff::civil::date;
use maud::Markup;
use warrant_model::Severity;
use warrant_web::look::chart::*;
use warrant_web::look::diagram::{Diagram, Flow, Node, dependencies};
use warrant_web::look::link::Link;
use warrant_web::look::scorecard::{Indicator, Scorecard, scorecard, scorecard_full};
use warrant_web::look::sparkline::sparkline;

fn pictures() -> Vec<(&'static str, Markup)> {
    let text = |text: &str| text.to_owned();
    let card = Scorecard {
        confidentiality: Indicator::Assessed(0.52),
        integrity: Indicator::Assessed(0.0),
        availability: Indicator::NotAssessed(text("nobody looked")),
    };
    let point = |loss: f64, probability: f64| CurvePoint {
        loss,
        probability,
        low: probability * 0.8,
        high: (probability * 1.2).min(1.0),
    };
    let curve = ExceedanceCurve {
        title: text("What a year may cost"),
        currency: text("EUR"),
        points: [(1e4, 0.6), (1e5, 0.2), (1e6, 0.02), (4e6, 0.002)].map(|(l, p)| point(l, p)).into(),
        tolerance: vec![(2e5, 0.1), (2e6, 0.005)],
        ..ExceedanceCurve::default()
    };
    let days = (0..5).map(|week| Day {
        day: date(2026, 11, 2).saturating_add(jiff::Span::new().days(7 * week)),
        planned: 20.0 - 5.0 * week as f64,
        left: (week < 3).then_some(20.0 - 3.0 * week as f64),
        forecast: (week >= 2).then_some((8.0, 12.0, 15.0)),
    });
    let node = |id: &str| Node {
        id: text(id),
        title: format!("System {id}"),
        note: text("2 systems rest on it"),
        sort: Some(text("System")),
        href: format!("/systems/{id}"),
        ..Node::default()
    };
    let flow = |from: &str, to: &str| Flow {
        from: text(from),
        to: text(to),
        information: text("controls"),
        href: text("/systems/a"),
        ..Flow::default()
    };
    vec![
        (
            "bars",
            bars(&Bars {
                title: text("Hours"),
                unit: text("h"),
                bars: vec![
                    Bar {
                        title: text("Needed"),
                        value: 640.0,
                        bracket: Some((500.0, 900.0)),
                        ..Bar::default()
                    },
                    Bar {
                        title: text("There are"),
                        value: 240.0,
                        colour: Colour::Ink,
                        href: Some(text("/budget")),
                        ..Bar::default()
                    },
                ],
            }),
        ),
        (
            "burndown",
            burndown(&BurnDown { title: text("Items open"), unit: text("items"), days: days.collect() }),
        ),
        ("exceedance", exceedance(&curve)),
        (
            "exceedance-beside",
            exceedance(&ExceedanceCurve {
                name: Some(text("If closed")),
                beside: Some((text("Today"), vec![point(1e4, 0.7), point(2e6, 0.01)])),
                ..curve
            }),
        ),
        (
            "frontier",
            frontier(&Frontier {
                title: text("What money buys"),
                currency: text("EUR"),
                points: vec![
                    (0.0, 120_000.0, text("nothing")),
                    (5_000.0, 60_000.0, text("the first")),
                    (20_000.0, 45_000.0, text("all")),
                ],
                here: Some((5_000.0, 60_000.0)),
            }),
        ),
        (
            "layers",
            layers(&Layers {
                title: text("Deficiencies by unit"),
                parts: vec![
                    (text("Critical"), Colour::Severity(Severity::Critical)),
                    (text("Low"), Colour::Severity(Severity::Low)),
                ],
                bars: vec![
                    (Link::new("Water", "/?unit=water"), vec![3, 9]),
                    (Link::new("Finance", "/?unit=finance"), vec![0, 2]),
                ],
            }),
        ),
        (
            "stacked",
            stacked(&Stacked {
                title: text("Controls by status"),
                parts: vec![
                    Part {
                        title: text("Satisfied"),
                        count: 237,
                        colour: Colour::Accent,
                        href: Some(text("/controls")),
                    },
                    Part { title: text("Not assessed"), count: 11, colour: Colour::Grey, href: None },
                ],
            }),
        ),
        (
            "trend",
            trend(&Trend {
                title: text("Deficiencies"),
                unit: text("deficiencies"),
                times: ["2026-06-01", "2026-08-01", "2026-11-01"].map(text).into(),
                series: vec![
                    Series {
                        title: text("All"),
                        values: vec![40.0, f64::NAN, 64.0],
                        colour: Colour::Ink,
                        ..Series::default()
                    },
                    Series {
                        title: text("Severe"),
                        values: vec![12.0, 30.0, 28.0],
                        band: vec![(10.0, 14.0), (25.0, 33.0), (20.0, 31.0)],
                        drawn: Drawn::Area,
                        ..Series::default()
                    },
                ],
            }),
        ),
        (
            "waterfall",
            waterfall(&Waterfall {
                title: text("Expected loss, EUR"),
                from: (text("2026-10-01"), 31.5),
                steps: vec![(text("Findings closed"), -10.7), (text("Controls"), 84.0)],
                to: (text("today"), 104.8),
                written: None,
            }),
        ),
        ("scorecard", scorecard(&card)),
        ("scorecard-full", scorecard_full(&card)),
        ("sparkline", sparkline(&[3.0, 9.0, f64::NAN, 7.0], "open findings")),
        (
            "dependencies",
            dependencies(&Diagram {
                title: text("What rests on what"),
                nodes: ["a", "b", "c"].map(node).into(),
                flows: vec![flow("a", "b"), flow("a", "c"), flow("b", "c")],
            }),
        ),
    ]
}

#[test]
fn every_picture_is_the_golden_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/charts");
    let mut changed = Vec::new();
    for (name, drawn) in pictures() {
        let drawn = drawn.into_string().replace("><", ">\n<") + "\n";
        let path = format!("{folder}/{name}.html");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != drawn {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "drawn otherwise: {changed:?}; look at them, then set UPDATE=1");
}

#[test]
fn every_chart_has_its_figures_behind_it_and_a_name_for_those_who_listen() {
    for (name, drawn) in pictures() {
        let html = drawn.into_string();
        let alone = ["scorecard", "scorecard-full", "sparkline", "dependencies"];
        assert!(alone.contains(&name) || html.contains("<table"), "{name} has no table behind it");
        assert!(
            html.contains("aria-label=\"") || html.contains("<title>") || name == "scorecard-full",
            "{name}: {html}"
        );
        assert!(!html.contains("NaN") && !html.contains("inf"), "{name}: {html}");
    }
}

/// A golden drawing for each file of the folder of charts, so that a new sort of chart comes with one.
#[test]
fn no_chart_is_left_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/look/chart");
    let drawn: Vec<_> = pictures().into_iter().map(|(name, _)| name).collect();
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        assert!(name == "axis" || drawn.contains(&name), "{name} has no golden drawing");
    }
}
