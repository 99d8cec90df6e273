//! The time machine: one control in the bar that shows a page as it stood on another day, and the mark that
//! says so.

use super::icons::{Icon, icon};
use super::link::safe;
use super::when;
use crate::words::say;
use jiff::civil::Date;
use maud::{Markup, html};

/// A page that can be shown as of a day.
#[derive(Clone, Debug)]
pub struct Day {
    /// Its address.
    pub action: String,
    /// The day it is shown as of; `None`: now.
    pub as_of: Option<Date>,
    /// The first day there is anything to show of.
    pub since: Date,
    /// Today.
    pub today: Date,
}

/// The control.
pub(super) fn control(day: &Day) -> Markup {
    let yesterday = day.today.yesterday().unwrap_or(day.today);
    html! {
        details.menu.day-switch {
            summary title=(say("day-title")) {
                (icon(Icon::Today)) span { span.sr { (say("day-shown")) " " } @if let Some(date) = day.as_of { (date) } @else { (say("day-now")) } } (icon(Icon::ChevronDown))
            }
            form.menu-body action=(safe(&day.action)) {
                label for="as-of" { (say("day-as-of")) }
                input #as-of type="date" name="as_of" value=[day.as_of] min=(day.since) max=(yesterday) required;
                button.primary { (say("day-show")) }
                @if day.as_of.is_some() { a href=(safe(&day.action)) { (say("day-back")) } }
            }
        }
    }
}

/// The mark of a page that does not show the present; it stands on paper too.
pub(super) fn mark(day: &Day) -> Markup {
    html! {
        @if let Some(date) = day.as_of {
            p.past role="status" {
                (icon(Icon::Today))
                span { (say("day-as-of")) " " strong { (date) } " (" (when::distance(date, day.today)) "). " (say("day-fixed")) }
                a href=(safe(&day.action)) { (say("day-back")) }
            }
        }
    }
}
