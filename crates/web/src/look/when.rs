//! Days and instants as people read them: `2026-11-23`, and how long ago.

use crate::words::{Words, say};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::day;

/// A day, with its distance from the present beside it.
pub fn when(at: Timestamp, now: Timestamp) -> Markup {
    html! { (time(at)) " " span.muted { (age(at, now)) } }
}

/// The day alone; the minute is in the tooltip.
pub fn time(at: Timestamp) -> Markup {
    html! { time datetime=(at.strftime("%Y-%m-%dT%H:%M:%SZ")) title=(format!("{} UTC", minute(at))) { (day(at)) } }
}

/// `2026-11-23 09:14`, UTC.
pub fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// How long ago or ahead, in words: `today`, `3 days ago`, `in 2 months`.
pub fn age(at: Timestamp, now: Timestamp) -> String {
    distance(day(at), day(now))
}

/// A text whose days stay on one line each: browsers break them at their hyphens.
pub fn unbroken(text: &str) -> Markup {
    html! {
        @for (nth, word) in text.split(' ').enumerate() {
            @if nth > 0 { " " }
            @if word.parse::<Date>().is_ok() { span.whole { (word) } } @else { (word) }
        }
    }
}

/// How long a day is ago or ahead.
pub fn distance(at: Date, today: Date) -> String {
    let days = i64::from((at - today).get_days());
    let past = days < 0;
    let (count, name) = match days.unsigned_abs() {
        0 => return say("when-today"),
        1 if past => return say("when-yesterday"),
        1 => return say("when-tomorrow"),
        count @ ..60 => (count, if past { "when-days-ago" } else { "when-in-days" }),
        count @ ..730 => (count / 30, if past { "when-months-ago" } else { "when-in-months" }),
        count => (count / 365, if past { "when-years-ago" } else { "when-in-years" }),
    };
    Words::of(name).with("count", count).said()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_text_stay_whole() {
        let shown = unbroken("A <b> was due 2026-10-19 or 2026-10").into_string();
        assert_eq!(shown, "A &lt;b&gt; was due <span class=\"whole\">2026-10-19</span> or 2026-10");
    }

    #[test]
    fn distances_are_said_in_the_unit_people_use() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let today = day("2026-11-23");
        for (at, words) in [
            ("2026-11-23", "today"),
            ("2026-11-22", "yesterday"),
            ("2026-11-24", "tomorrow"),
            ("2026-11-01", "22 days ago"),
            ("2026-12-31", "in 38 days"),
            ("2026-08-01", "3 months ago"),
            ("2029-11-23", "in 3 years"),
        ] {
            assert_eq!(distance(day(at), today), words, "{at}");
        }
    }
}
