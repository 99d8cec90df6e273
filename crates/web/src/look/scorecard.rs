//! The C/I/A scorecard: three small bars, grey and hatched where nothing was assessed.

use super::figure::{coordinate, percent};
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

/// Three small bars for a table's cell.
pub fn scorecard(view: &Scorecard) -> Markup {
    let words: Vec<String> = view.rows().iter().map(|(o, i)| sentence(*o, i)).collect();
    html! {
        svg.scorecard viewBox="0 0 66 20" width="66" height="20" role="img" aria-label=(words.join("; ")) {
            @for ((index, (objective, indicator)), words) in view.rows().iter().enumerate().zip(&words) {
                @let x = index as f64 * 23.0;
                g transform=(format!("translate({} 0)", coordinate(x))) {
                    title { (words) }
                    text x="0" y="14" { (objective.title().chars().take(1).collect::<String>()) }
                    @match indicator {
                        Indicator::Assessed(share) => {
                            @let height = share_of(*share) * 18.0;
                            rect.track x="10" y="1" width="8" height="18" rx="1" {}
                            rect.value x="10" y=(coordinate(19.0 - height)) width="8" height=(coordinate(height)) rx="1" {}
                        }
                        Indicator::NotAssessed(_) => {
                            rect.unknown x="10.5" y="1.5" width="7" height="17" rx="1" {}
                            path.unknown d="M12 10h4" {}
                        }
                    }
                }
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

fn sentence(objective: Objective, indicator: &Indicator) -> String {
    match indicator {
        Indicator::Assessed(share) => format!("{} {}", objective_word(objective), percent(share_of(*share))),
        Indicator::NotAssessed(reason) if reason.is_empty() => {
            Words::of("objective-not-assessed").with("objective", objective_word(objective)).said()
        }
        Indicator::NotAssessed(reason) => Words::of("objective-not-assessed-because")
            .with("objective", objective_word(objective))
            .with("reason", reason)
            .said(),
    }
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
        assert!(!text.contains("class=\"value\""));
        assert_eq!(text.matches("rect class=\"unknown\"").count(), 3);
        assert!(text.contains("Integrity not assessed: no evidence"));
    }

    #[test]
    fn the_bar_is_as_high_as_the_share() {
        let card = Scorecard { integrity: Indicator::Assessed(0.5), ..Scorecard::default() };
        assert!(scorecard(&card).into_string().contains("y=\"10\" width=\"8\" height=\"9\""));
    }
}
