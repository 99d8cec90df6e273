//! What runs out: days that fall due, and evidence that grows old.

use super::super::frame::{Frame, is_open};
use super::super::shown::{column, due, plain};
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::empty::{Empty, none};
use crate::look::panel::section;
use crate::look::table::{Row, Width};
use crate::look::words::english;
use crate::look::{Link, when};
use crate::words::{Words, say};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_analysis::Policy;
use warrant_model::snapshot::Target;
use warrant_model::time::{day, end_of, plus_days};

/// How far ahead a day is shown.
const AHEAD: i64 = 120;
/// Rows shown of each list.
const MOST: usize = 10;

/// What falls due in the months ahead or has done so, earliest first.
pub(super) fn expiring(frame: &Frame) -> Markup {
    let until = day(plus_days(frame.at(), AHEAD));
    let mut list: Vec<(Date, &str, Link)> =
        things(frame).into_iter().filter(|(date, ..)| *date <= until).collect();
    list.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.title.cmp(&b.2.title)));
    let body = html! {
        @if list.is_empty() { (none(Words::of("upcoming-none").with("day", until))) }
        @else {
            div.scroll {
                table {
                    tbody {
                        @for (date, what, link) in list.iter().take(MOST) {
                            tr { td.fit { (due(Some(*date), frame.today())) } td.fit.muted { (say(what)) } td { (link.anchor()) } }
                        }
                    }
                }
            }
            @if list.len() > MOST { p.muted { (Words::of("and-more").with("count", list.len() - MOST)) } }
        }
    };
    section(&say("upcoming"), html! { (Words::of("upcoming-until").with("day", until)) }, body)
}

fn things(frame: &Frame) -> Vec<(Date, &'static str, Link)> {
    let snapshot = &frame.snapshot;
    let system = &snapshot.system.body;
    let link =
        |kind: &str, id: &str, title: &str| Link::new(title, format!("/records/{kind}/{}", encoded(id)));
    let own = |title: &str| Link::new(title, frame.href("", &[]));
    let mut things = Vec::new();
    things
        .extend(system.authorization_expires.map(|date| (date, "upcoming-authorisation", own(&frame.name))));
    things.extend(system.review_due.map(|date| (date, "upcoming-review", own(&frame.name))));
    for record in &snapshot.interconnections {
        let date = record.body.agreement_expires;
        things.extend(date.map(|date| {
            (date, "upcoming-agreement", link("interconnection", record.id.as_str(), &record.body.name))
        }));
    }
    for record in snapshot.exceptions.iter().filter(|record| record.body.state == "approved") {
        let date = record.body.expires;
        things.extend(date.map(|date| {
            (date, "column-exception", link("exception", record.id.as_str(), &record.body.title))
        }));
    }
    for record in &snapshot.components {
        let date = record.body.end_of_support;
        things.extend(date.map(|date| {
            (date, "upcoming-support", link("component", record.id.as_str(), &record.body.name))
        }));
    }
    for record in snapshot.poam_items.iter().filter(|record| is_open(&record.body)) {
        let date = record.body.due;
        things.extend(
            date.map(|date| {
                (date, "upcoming-poam", link("poam_item", record.id.as_str(), &record.body.title))
            }),
        );
    }
    things
}

/// How fresh each tool's looks are, oldest first.
pub(super) fn freshness(frame: &Frame, policy: &Policy) -> Markup {
    let formats: BTreeMap<&str, &str> =
        frame.snapshot.evidence.iter().map(|file| (file.hash.as_str(), file.format.as_str())).collect();
    let look = |target: &'_ Target| {
        let sort = formats.get(target.evidence.as_str()).map(|format| policy.sort_of(format));
        let days = sort.map(|sort| i64::from(policy.freshness.days_for(sort)));
        (sort.map_or("look", |sort| sort.title()), days)
    };
    let mut targets: Vec<&Target> = frame.snapshot.targets.iter().collect();
    targets.sort_by(|a, b| (a.last_seen, &a.name, &a.tool).cmp(&(b.last_seen, &b.name, &b.tool)));
    let stale = |target: &Target| {
        look(target).1.is_some_and(|days| end_of(day(plus_days(target.last_seen, days))) <= frame.at())
    };
    let old = targets.iter().filter(|target| stale(target)).count();
    let rows = targets.iter().take(MOST).map(|target| Row {
        id: format!("{}-{}", target.name, target.tool),
        title: target.name.clone(),
        href: format!("/evidence/{}", encoded(target.evidence.as_str())),
        cells: vec![
            html! { (target.name) },
            html! { (target.tool) },
            html! { (english(look(target).0)) },
            when::when(target.last_seen, frame.at()),
            html! {
                @match look(target).1 {
                    Some(days) if stale(target) => { (badge::state(&say("looks-stale"), Progress::Underway)) " " span.muted { (Words::of("looks-after").with("count", days)) } }
                    Some(days) => { (badge::state(&say("looks-fresh"), Progress::Done)) " " span.muted { (Words::of("looks-for").with("count", days)) } }
                    None => (badge::state(&say("looks-no-rule"), Progress::Unknown)),
                }
            },
        ],
        ..Row::default()
    });
    let columns = vec![
        column(&say("column-target"), Width::Fill),
        column(&say("column-tool"), Width::Fit),
        column(&say("column-sort"), Width::Fit),
        column(&say("column-last-look"), Width::Fit),
        column(&say("column-freshness"), Width::Fit),
    ];
    let nothing = Empty::of("system-looks-none")
        .first(format!("/import?system={}", encoded(&frame.id)))
        .second("/import#formats");
    let aside = html! {
        @if !targets.is_empty() { (Words::of("looks-too-old").with("old", old).with("all", targets.len())) " · " }
        a href=(frame.href("/evidence", &[])) { (say("changes-all-evidence")) }
    };
    section(
        &say("looks-by-target"),
        aside,
        plain("looks", &say("looks-caption"), columns, rows.collect(), nothing),
    )
}
