//! What moved: deficiencies that ended, worsened or eased, controls, findings.

use super::super::frame::Frame;
use super::super::shown::{column, control_label, control_title, plain, status};
use crate::list::encoded;
use crate::look::badge;
use crate::look::empty::{Empty, none};
use crate::look::figure::plain as number;
use crate::look::panel::section;
use crate::look::table::{Row, Width};
use crate::look::when;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_analysis::compare::{Change, ControlChange};
use warrant_model::posture::{Deficiency, Status};
use warrant_service::comparison::MovedFinding;

/// Rows shown of findings.
const MOST: usize = 8;
/// Rows shown of controls before the rest is folded.
const CONTROLS: usize = 15;

/// Deficiencies that are gone. They have no page of their own any more, so that their subject stands in for it.
pub(super) fn ended(frame: &Frame, list: &[Deficiency]) -> Markup {
    let rows = list.iter().map(|deficiency| Row {
        id: deficiency.id.clone(),
        title: deficiency.title.clone(),
        href: crate::pages::source_link(&deficiency.subject).href,
        cells: vec![
            badge::severity(deficiency.severity),
            html! { (english(&deficiency.title)) },
            html! { a href=(format!("/checks/{}", encoded(&deficiency.check))) { (crate::pages::sources::check_named(&deficiency.check)) } },
            when::when(deficiency.since, frame.now),
        ],
        ..Row::default()
    });
    let columns = vec![
        column(&say("column-severity"), Width::Fit),
        column(&say("column-deficiency"), Width::Fill),
        column(&say("column-check"), Width::Fit),
        column(&say("column-had-stood-since"), Width::Fit),
    ];
    plain("ended-rows", &say("compare-ended"), columns, rows.collect(), Empty::of("compare-none-ended"))
}

/// Deficiencies that stand on both days and are worse or less bad.
pub(super) fn changes(id: &str, name: &'static str, list: &[Change]) -> Markup {
    if list.is_empty() {
        return html! {};
    }
    let rank = |deficiency: &Deficiency| number(f64::from(deficiency.rank.score));
    let rows = list.iter().map(|change| Row {
        id: change.after.id.clone(),
        title: change.after.title.clone(),
        href: format!("/deficiencies/{}", encoded(&change.after.id)),
        cells: vec![
            html! {
                @if change.before.severity != change.after.severity { (badge::severity(change.before.severity)) " → " }
                (badge::severity(change.after.severity))
            },
            html! { (english(&change.after.title)) },
            html! { (rank(&change.before)) " → " strong { (rank(&change.after)) } },
            html! {
                @match (&change.before.excepted, &change.after.excepted) {
                    (None, Some(until)) => (Words::of("plan-accepted").with("day", until.until)),
                    (Some(_), None) => (say("compare-not-accepted")),
                    _ => "",
                }
            },
        ],
        ..Row::default()
    });
    let columns = vec![
        column(&say("column-severity"), Width::Fit),
        column(&say("column-deficiency"), Width::Fill),
        column(&say("column-rank"), Width::Fit),
        column(&say("column-exception"), Width::Fit),
    ];
    let title = say(name);
    let table = plain(&format!("{id}-rows"), &title, columns, rows.collect(), Empty::default());
    section(&title, html! { (list.len()) }, table)
}

/// Controls whose status changed, with what it was and became.
pub(super) fn controls(frame: &Frame, list: &[ControlChange]) -> Markup {
    let body = html! {
        @if list.is_empty() { (none("compare-no-control")) }
        @else {
            (table(frame, list.get(..CONTROLS).unwrap_or(list)))
            @if list.len() > CONTROLS { details.behind { summary { (Words::of("count-more").with("count", list.len() - CONTROLS)) } (table(frame, &list[CONTROLS..])) } }
        }
    };
    section(&say("compare-controls"), html! { (list.len()) }, body)
}

fn table(frame: &Frame, list: &[ControlChange]) -> Markup {
    let side = |of: &Option<Status>| html! { @match of { Some(of) => (status(of)), None => span.muted { (say("not-in-the-baseline")) } } };
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-control")) } th scope="col" { (say("column-title")) } th scope="col" { (say("column-was")) } th scope="col" { (say("column-became")) } } }
                tbody {
                    @for change in list {
                        tr {
                            th.fit scope="row" { a href=(frame.control_href(&change.control)) { (control_label(&change.control)) } }
                            td { (english(&control_title(&change.control))) }
                            td.fit { (side(&change.before)) }
                            td.fit { (side(&change.after)) }
                        }
                    }
                }
            }
        }
    }
}

/// Findings that became open or ceased to be, worst first.
pub(super) fn findings(name: &'static str, list: &[MovedFinding]) -> Markup {
    let body = html! {
        @if list.is_empty() { (none("compare-none")) }
        ul {
            @for finding in list.iter().take(MOST) {
                li {
                    (badge::severity(finding.severity)) " "
                    a href=(format!("/findings/{}", encoded(&finding.id))) { (english(&finding.title)) } " "
                    span.muted { (Words::of("action-on").with("target", &finding.target)) }
                }
            }
            @if list.len() > MOST { li.muted { (Words::of("and-more").with("count", list.len() - MOST)) } }
        }
    };
    section(&say(name), html! { (list.len()) }, body)
}
