//! The C/I/A scorecard: three small bars, grey and hatched where nothing was assessed.

use super::figure::percent;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::Objective;

/// One objective's indicator.
#[derive(Clone, Debug, PartialEq)]
pub enum Indicator {
    /// A share of one: 1 is best.
    Assessed(f64),
    /// Not assessed, and why.
    NotAssessed(String),
}

impl Default for Indicator {
    fn default() -> Self {
        Self::NotAssessed(say("no-evidence"))
    }
}

/// Confidentiality, integrity and availability.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorecard {
    /// Confidentiality.
    pub confidentiality: Indicator,
    /// Integrity.
    pub integrity: Indicator,
    /// Availability.
    pub availability: Indicator,
}

impl Scorecard {
    fn rows(&self) -> [(Objective, &Indicator); 3] {
        [
            (Objective::Confidentiality, &self.confidentiality),
            (Objective::Integrity, &self.integrity),
            (Objective::Availability, &self.availability),
        ]
    }
}

/// Three small bars for a table's cell. What all of them share stands in [`drawings`]; the title is what is heard and
/// what a pointer that rests shows.
pub fn scorecard(view: &Scorecard) -> Markup {
    let (mut tracks, mut values, mut unknown) = (String::new(), String::new(), String::new());
    for ((_, indicator), x) in view.rows().into_iter().zip([10, 33, 56]) {
        match indicator {
            Indicator::Assessed(share) => {
                let height = (share_of(*share) * 36.0).round() / 2.0;
                tracks.push_str(&format!("M{x} 1h8v18h-8z"));
                values.push_str(&format!("M{x} 19v-{height}h8v{height}z"));
            }
            // Each dash of the bar in the middle begins anew, so that it is drawn whole.
            Indicator::NotAssessed(_) => {
                unknown.push_str(&format!("M{x}.5 1.5h7v17h-7zM{} 10h2M{} 10h2", x + 2, x + 4));
            }
        }
    }
    html! {
        svg.scorecard width="66" height="20" role="img" {
            title { (sentence(view)) }
            use href="#i-cia" {}
            @for (class, drawn) in [("track", tracks), ("value", values), ("unknown", unknown)] {
                @if !drawn.is_empty() { path class=(class) d=(drawn) {} }
            }
        }
    }
}

/// The letters of the bars, to which scorecards refer, once per page.
pub(super) fn drawings() -> Markup {
    html! {
        symbol #i-cia {
            @for (objective, x) in Objective::ALL.into_iter().zip([0, 23, 46]) {
                text.i-cia x=(x) y="14" { (objective_word(objective).chars().take(1).collect::<String>()) }
            }
        }
    }
}

/// The scorecard in full: three labelled bars with their figures and reasons.
pub fn scorecard_full(view: &Scorecard) -> Markup {
    html! {
        dl.scorecard-full {
            @for (objective, indicator) in view.rows() {
                div {
                    dt { (objective_word(objective)) }
                    dd {
                        @match indicator {
                            Indicator::Assessed(share) => (super::progress::meter(share_of(*share), &objective_word(objective))),
                            Indicator::NotAssessed(reason) => {
                                span.not-assessed {
                                    svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" { rect.unknown width="100" height="6" {} }
                                    span { @if reason.is_empty() { (say("not-assessed")) } @else { (Words::of("not-assessed-because").with("reason", reason)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn share_of(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// What the three bars say; a reason that holds for all is said once.
fn sentence(view: &Scorecard) -> String {
    let reason = |indicator: &Indicator| match indicator {
        Indicator::NotAssessed(reason) => Some(reason.clone()),
        Indicator::Assessed(_) => None,
    };
    let unassessed = |objective: String, reason: &str| match reason {
        "" => Words::of("objective-not-assessed").with("objective", objective).said(),
        reason => Words::of("objective-not-assessed-because")
            .with("objective", objective)
            .with("reason", reason)
            .said(),
    };
    let first = reason(&view.confidentiality);
    if let Some(first) = &first
        && view.rows().iter().all(|(_, indicator)| reason(indicator).as_ref() == Some(first))
    {
        return unassessed(say("objective-all"), first);
    }
    let said = view.rows().map(|(objective, indicator)| match indicator {
        Indicator::Assessed(share) => format!("{} {}", objective_word(objective), percent(share_of(*share))),
        Indicator::NotAssessed(reason) => unassessed(objective_word(objective), reason),
    });
    said.join(&say("semicolon"))
}

/// The name of an objective: `Confidentiality`.
pub fn objective_word(objective: Objective) -> String {
    say(match objective {
        Objective::Confidentiality => "objective-confidentiality",
        Objective::Integrity => "objective-integrity",
        Objective::Availability => "objective-availability",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_assessed_is_not_drawn_as_a_value() {
        let text = scorecard(&Scorecard::default()).into_string();
        assert!(!text.contains("class=\"value\"") && !text.contains("class=\"track\""), "{text}");
        assert_eq!(text.matches("h7v17h-7z").count(), 3);
        assert!(text.contains("Confidentiality, integrity and availability not assessed: no evidence"));
        let card = Scorecard { integrity: Indicator::Assessed(0.5), ..Scorecard::default() };
        let text = scorecard(&card).into_string();
        let said = "Confidentiality not assessed: no evidence; Integrity 50 %; Availability not assessed";
        assert!(text.contains(said), "{text}");
    }

    #[test]
    fn the_bar_is_as_high_as_the_share() {
        let card = Scorecard { integrity: Indicator::Assessed(0.5), ..Scorecard::default() };
        assert!(scorecard(&card).into_string().contains("d=\"M33 19v-9h8v9z\""));
    }
}
