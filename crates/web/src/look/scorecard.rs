//! The C/I/A scorecard: three small bars, grey and hatched where nothing was assessed.

/// What the three bars say; a reason that holds for all is said once.
fn sentence(view: &Scorecard) -> String {
    let reason = |indicator: &Indicator| match indicator {
        Indicator::NotAssessed(reason) => Some(reason.clone()),
        Indicator::Assessed(_) => None,
    };
    let first = reason(&view.confidentiality);
    if let Some(first) = &first
        && view.rows().iter().all(|(_, indicator)| reason(indicator).as_ref() == Some(first))
    {
        let words = if first.is_empty() { "objectives-not-assessed" } else { "objectives-not-assessed-because" };
        return Words::of(words).with("reason", first).said();
    }
    let said = view.rows().map(|(objective, indicator)| {
        let of = |words| Words::of(words).with("objective", objective_word(objective));
        match indicator {
            Indicator::Assessed(share) => format!("{} {}", objective_word(objective), percent(share_of(*share))),
            Indicator::NotAssessed(reason) if reason.is_empty() => of("objective-not-assessed").said(),
            Indicator::NotAssessed(reason) => {
                of("objective-not-assessed-because").with("reason", reason).said()
            }
        }
    });
    said.join("; ")
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
