//! Badges: severity, state and marking, each a shape and a word, so that no meaning hangs on colour.

use super::figure;
use crate::words::say;
use maud::{Markup, html};
use warrant_model::Severity;

/// How far along something is; drawn as a small circle that fills up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has looked, or the answer is not known: a dashed ring.
    #[default]
    Unknown,
    /// To be done: a ring.
    Open,
    /// Under way: a ring half filled.
    Underway,
    /// Done, met, in force: a filled circle with a tick.
    Done,
    /// Not met, failed, lapsed: a filled circle with a cross.
    Failed,
    /// Set aside: a ring with a bar.
    Aside,
}

impl Progress {
    /// Every value.
    pub const ALL: [Self; 6] =
        [Self::Unknown, Self::Open, Self::Underway, Self::Done, Self::Failed, Self::Aside];

    fn class(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Open => "open",
            Self::Underway => "underway",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Aside => "aside",
        }
    }
}

/// The shape of a severity and its word.
pub fn severity(severity: Severity) -> Markup {
    html! { span class=(format!("badge sev-{}", severity.word())) { (severity_shape(severity)) (severity_word(severity)) } }
}

/// The word of a severity as it starts a line: `Critical`.
pub fn severity_word(severity: Severity) -> String {
    say(match severity {
        Severity::Critical => "severity-critical",
        Severity::High => "severity-high",
        Severity::Medium => "severity-medium",
        Severity::Low => "severity-low",
        Severity::None => "severity-none",
    })
}

/// The shape of a severity alone, for places where the word stands beside it.
pub fn severity_shape(severity: Severity) -> Markup {
    let word = severity.word();
    html! {
        svg class=(format!("shape sev-{word}")) aria-hidden="true" { use href=(format!("#i-{word}")) {} }
    }
}

/// The drawings that badges refer to, once per page: a table repeats them a thousand times. Where they are used, rules
/// reach them by their own class only, not by what they stand in.
pub(super) fn drawings() -> Markup {
    html! {
        svg.drawings aria-hidden="true" width="0" height="0" {
            @for severity in Severity::DESCENDING {
                symbol id=(format!("i-{}", severity.word())) viewBox="0 0 12 12" { path d=(outline(severity)) fill-rule="evenodd" {} }
            }
            (super::scorecard::drawings())
            @for progress in Progress::ALL {
                symbol id=(format!("i-{}", progress.class())) viewBox="0 0 14 14" { (drawing(progress)) }
            }
        }
    }
}

fn outline(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "M4 0h4l4 4v4l-4 4H4L0 8V4z",
        Severity::High => "M6 .5L12 11.5H0z",
        Severity::Medium => "M6 0l6 6-6 6-6-6z",
        Severity::Low => "M0 2h12L6 11z",
        Severity::None => {
            "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
        }
    }
}

/// A state: a circle that shows how far along it is, and its word.
pub fn state(word: &str, progress: Progress) -> Markup {
    html! { span class=(format!("badge state-{}", progress.class())) { (circle(progress)) (word) } }
}

/// A figure in a pill, with thousands separators.
pub fn count(number: u64) -> Markup {
    html! { span.count { (figure::thousands(i64::try_from(number).unwrap_or(i64::MAX))) } }
}

/// A small outlined word: a kind, a framework, a marking such as `TLP:AMBER`.
pub fn tag(word: &str) -> Markup {
    html! { span.tag { (word) } }
}

fn circle(progress: Progress) -> Markup {
    html! { svg.circle aria-hidden="true" { use href=(format!("#i-{}", progress.class())) {} } }
}

fn drawing(progress: Progress) -> Markup {
    html! {
        @match progress {
            Progress::Unknown => circle.i-ring cx="7" cy="7" r="5.5" stroke-dasharray="2.2 2.12" {}
            Progress::Open => circle.i-ring cx="7" cy="7" r="5.5" {}
            Progress::Underway => {
                circle.i-ring cx="7" cy="7" r="5.5" {}
                path.i-fill d="M7 4a3 3 0 0 1 0 6z" {}
            }
            Progress::Done => {
                circle.i-fill cx="7" cy="7" r="6.2" {}
                path.i-mark d="M4.3 7.3l1.9 1.9 3.5-4" {}
            }
            Progress::Failed => {
                circle.i-fill cx="7" cy="7" r="6.2" {}
                path.i-mark d="M5 5l4 4M9 5l-4 4" {}
            }
            Progress::Aside => {
                circle.i-ring cx="7" cy="7" r="5.5" {}
                path.i-mark d="M4.5 7h5" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_severity_has_its_own_shape_and_its_word() {
        let shapes: BTreeSet<String> = Severity::DESCENDING.iter().map(|s| outline(*s).to_owned()).collect();
        assert_eq!(shapes.len(), Severity::DESCENDING.len());
        assert!(severity(Severity::Critical).into_string().contains("Critical"));
    }

    #[test]
    fn every_state_has_its_own_drawing() {
        let drawn: BTreeSet<String> = Progress::ALL.iter().map(|p| drawing(*p).into_string()).collect();
        assert_eq!(drawn.len(), Progress::ALL.len());
        let page = drawings().into_string();
        let used = Progress::ALL.iter().map(|p| circle(*p)).chain(Severity::DESCENDING.map(severity_shape));
        for markup in used.map(Markup::into_string) {
            let id =
                markup.split("href=\"#").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            assert!(page.contains(&format!("id=\"{id}\"")), "{id} is not drawn");
        }
    }
}
