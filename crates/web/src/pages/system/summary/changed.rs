//! What changed of late, with the way to the whole comparison.

use super::super::frame::Frame;
use crate::list::encoded;
use crate::look::badge;
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::posture::Deficiency;
use warrant_model::time::{day, plus_days};
use warrant_service::comparison::Comparison;

/// Deficiencies named of each sort.
const NAMED: usize = 3;

/// What is different from so many days ago; `None`: the system was not there then.
pub(super) fn changed(frame: &Frame, changes: Option<&Comparison>, days: i64) -> Markup {
    let from = day(plus_days(frame.at(), -days));
    let to = frame.as_of.map(|date| date.to_string());
    let mut pairs = vec![("from", from.to_string())];
    pairs.extend(to.map(|to| ("to", to)));
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let href = format!("/systems/{}/compare?{}", encoded(&frame.id), pairs.join("&"));
    let body = html! {
        @match changes {
            None => (none(Words::of("changed-not-there").with("day", from))),
            Some(changes) if changes.delta.is_empty() && changes.controls.is_empty() => (none(Words::of("changed-none").with("day", from))),
            Some(changes) => (figures(changes)),
        }
    };
    let title = Words::of("changed-title").with("days", days).said();
    section(&title, html! { a href=(href) { (say("system-tab-compare")) } }, body)
}

fn figures(changes: &Comparison) -> Markup {
    let delta = &changes.delta;
    html! {
        div.stack-gap {
        p {
            (Words::of("changed-figures")
                .with("ended", delta.ended.len())
                .with("worsened", delta.worsened.len())
                .with("eased", delta.eased.len())
                .with("findings", changes.findings_opened.len())
                .with("closed", changes.findings_closed.len())
                .with("controls", changes.controls.len())
                .around("opened", html! { strong { (Words::of("changed-opened-count").with("count", delta.opened.len())) } }))
        }
        (named(&say("changed-opened"), &delta.opened))
        (named(&say("changed-ended"), &delta.ended))
        }
    }
}

fn named(title: &str, list: &[Deficiency]) -> Markup {
    html! {
        @if !list.is_empty() {
            div { h3 { (title) }
            ul {
                @for deficiency in list.iter().take(NAMED) {
                    li { (badge::severity(deficiency.severity)) " " a href=(format!("/deficiencies/{}", encoded(&deficiency.id))) { (english(&deficiency.title)) } }
                }
                @if list.len() > NAMED { li.muted { (Words::of("and-more").with("count", list.len() - NAMED)) } }
            } }
        }
    }
}
