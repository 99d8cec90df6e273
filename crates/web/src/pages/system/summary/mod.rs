//! The summary: how near the system is to leave to operate, what stands in the way, and where to go on.

mod changed;
mod cycle;
mod known;
mod standing;
mod upcoming;

use super::frame::{At, Frame, if_there};
use super::shown;
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::panel::section;
use crate::look::words::english;
use crate::pages::sources::check_title;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::level::Severity;
use warrant_model::posture::Deficiency;
use warrant_model::time::{days_between, plus_days, start_of};

/// Days looked back on.
const BACK: i64 = 30;
/// Deficiencies shown.
const WORST: usize = 8;
/// Obstacles named in the heading's sentence.
const NAMED: usize = 3;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let from = plus_days(frame.at(), -BACK);
    let to = frame.as_of.map(|_| frame.at());
    let changes = if_there(app.service.comparison(&who.actor, &frame.id, from, to).await)?;
    let in_force = || frame.posture.deficiencies.iter().filter(|deficiency| deficiency.excepted.is_none());
    let total = in_force().count();
    let queue = html! {
        @if frame.is_now() { a href=(queue_href(&frame, None)) { (Words::of("summary-all").with("count", total)) } }
        @else { (Words::of("count-deficiencies").with("count", total)) }
    };
    let worst = shown::deficiencies(
        &frame,
        ("worst", &say("summary-worst")),
        in_force().take(WORST),
        "system-deficiencies-none",
    );
    let main = html! {
        div.columns {
            (standing::indicators(&frame))
            div.stack-gap { (standing::controls(&frame)) (standing::findings(&frame)) }
        }
        (section(&say("summary-in-the-way"), queue, worst))
        div.columns {
            (changed::changed(&frame, changes.as_ref(), BACK))
            (upcoming::expiring(&frame))
        }
        div.columns {
            (known::authorisation(&frame))
            (known::categorisation(&frame))
        }
        (upcoming::freshness(&frame, app.service.policy()))
        @if frame.is_now() { (cycle::cycle(&frame, &who, app.service.registry())) }
    };
    frame.page(&app, &who, At::Summary, (lead(&frame), actions(&frame)), main).await
}

fn actions(frame: &Frame) -> Markup {
    html! {
        a.button href=(format!("/systems/{}/brief", encoded(&frame.id))) download { (say("system-brief")) }
        @if frame.is_now() {
            a.button href=(format!("/records/system/{}/edit", encoded(&frame.id))) { (say("button-edit")) }
            a.button href=(frame.new_href("poam_item", At::Poam)) { (say("summary-new-poam")) }
            a.button.primary href=(format!("/import?system={}", encoded(&frame.id))) { (say("system-import-evidence")) }
        }
    }
}

fn queue_href(frame: &Frame, check: Option<&str>) -> String {
    let check = check.map(|check| format!("&check={}", encoded(check))).unwrap_or_default();
    format!("/?system={}{check}", encoded(&frame.id))
}

/// The sentence: days to the end of leave to operate, and what is critical or high.
fn lead(frame: &Frame) -> Markup {
    let obstacles = obstacles(&frame.posture.deficiencies);
    let leave = html! { strong { (leave(frame)) } };
    if obstacles.is_empty() {
        return html! { (Words::of("summary-lead-none").around("leave", leave)) };
    }
    let named: Vec<Markup> = obstacles.iter().take(NAMED).map(|obstacle| obstacle.link(frame)).collect();
    let rest = obstacles.len() - named.len();
    let words = Words::of(if rest == 0 { "summary-lead" } else { "summary-lead-more" });
    let words = words.with("count", obstacles.len()).with("rest", rest);
    html! { (words.around("leave", leave).around("list", listed(&named, rest))) }
}

/// `a, b and c`; with commas alone where more follow.
fn listed(items: &[Markup], more: usize) -> Markup {
    let commas = |items: &[Markup]| {
        html! { @for (nth, item) in items.iter().enumerate() { @if nth > 0 { ", " } (item) } }
    };
    match items {
        [first @ .., last] if more == 0 && !first.is_empty() => {
            html! { (Words::of("list-two").around("first", commas(first)).around("second", last.clone())) }
        }
        all => commas(all),
    }
}

fn leave(frame: &Frame) -> Words {
    let system = &frame.snapshot.system.body;
    let of = |name| {
        Words::of(name).with("name", &frame.name).with("now", if frame.is_now() { "yes" } else { "no" })
    };
    let Some(expires) = system.authorization_expires else {
        return match system.authorized_on {
            Some(on) => of("leave-of-endless").with("day", on),
            None => of("leave-of-none"),
        };
    };
    match days_between(start_of(frame.today()), start_of(expires)) {
        0 => of("leave-of-today"),
        days @ 1.. => of("leave-of-days").with("count", days),
        days => of("leave-of-expired").with("count", days.unsigned_abs()),
    }
}

/// Deficiencies of one check, which together are one thing in the way.
struct Obstacle<'a> {
    check: &'a str,
    worst: &'a Deficiency,
    count: usize,
}

impl Obstacle<'_> {
    fn link(&self, frame: &Frame) -> Markup {
        let one = self.count == 1 || !frame.is_now();
        let href = match one {
            true => format!("/deficiencies/{}", encoded(&self.worst.id)),
            false => queue_href(frame, Some(self.check)),
        };
        let title = check_title(self.check);
        html! {
            @if self.count == 1 { a href=(href) { (english(&lower_first(&self.worst.title))) } }
            @else { a href=(href) { (lower_first(&title)) } " (" (self.count) ")" }
        }
    }
}

/// What is critical or high and in force, by check, highest ranked first.
fn obstacles(deficiencies: &[Deficiency]) -> Vec<Obstacle<'_>> {
    let mut order: Vec<Obstacle<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let in_force = deficiencies.iter().filter(|d| d.excepted.is_none() && d.severity >= Severity::High);
    for deficiency in in_force {
        let place = *places.entry(&deficiency.check).or_insert(order.len());
        match order.get_mut(place) {
            Some(obstacle) => obstacle.count += 1,
            None => order.push(Obstacle { check: &deficiency.check, worst: deficiency, count: 1 }),
        }
    }
    order
}

/// A title as it stands inside a sentence; words such as `CVE` and `AC-2` keep their capitals.
fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::lower_first;

    #[test]
    fn titles_fit_into_a_sentence() {
        assert_eq!(lower_first("A backup was never restored"), "a backup was never restored");
        assert_eq!(lower_first("Evidence has grown too old"), "evidence has grown too old");
        assert_eq!(lower_first("CVE-2026-1 is open"), "CVE-2026-1 is open");
        assert_eq!(lower_first(""), "");
    }
}
