//! The chance that an attempt gets through all its steps.

use super::{Control, Step};
use crate::error::{Place, RiskError};
use crate::exposure::share;
use crate::frequency::Susceptibility;
use crate::scenario::Scenario;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most detectors on a step: all combinations of those that work are gone through.
const MOST_DETECTORS: usize = 12;

/// Checked controls by id.
pub(crate) type Controls<'a> = BTreeMap<&'a str, &'a Control>;

/// Controls by id, each checked.
pub(crate) fn by_id(controls: &[Control]) -> Result<Controls<'_>, RiskError> {
    let mut found = Controls::new();
    for (at, control) in controls.iter().enumerate() {
        control.check()?;
        if found.insert(&control.id, control).is_some() || control.id.trim().is_empty() {
            return Place::new(format!("control {}: id", at + 1)).refuse(
                format!("`{}` is empty or there twice", control.id),
                "give each control its own name",
            );
        }
    }
    Ok(found)
}

/// Scenarios whose steps have become part of their susceptibility.
pub(crate) fn controlled<'a>(
    scenarios: &'a [Scenario],
    controls: &[Control],
) -> Result<Cow<'a, [Scenario]>, RiskError> {
    let controls = by_id(controls)?;
    if scenarios.iter().all(|scenario| scenario.steps.is_empty()) {
        return Ok(Cow::Borrowed(scenarios));
    }
    let resolved = scenarios.iter().map(|scenario| {
        if scenario.steps.is_empty() {
            return Ok(scenario.clone());
        }
        let through = through(scenario, &controls)?;
        let place = Place::new(format!("scenario `{}`", scenario.id)).field("susceptibility");
        let before = scenario.susceptibility.as_ref().map_or(Ok(1.0), |chance| share(chance, &place))?;
        let mut resolved = scenario.clone();
        resolved.steps.clear();
        resolved.susceptibility = Some(Susceptibility::Probability(before * through));
        Ok(resolved)
    });
    resolved.collect::<Result<Vec<_>, RiskError>>().map(Cow::Owned)
}

/// The chance that an attempt succeeds at all steps of a scenario.
pub(crate) fn through(scenario: &Scenario, controls: &Controls<'_>) -> Result<f64, RiskError> {
    let mut chance = 1.0;
    for (at, step) in scenario.steps.iter().enumerate() {
        let place = Place::new(format!("scenario `{}`", scenario.id)).field(&format!("step.{}", at + 1));
        chance *= one_step(step, controls, &place)?;
    }
    Ok(chance)
}

fn one_step(step: &Step, controls: &Controls<'_>, place: &Place) -> Result<f64, RiskError> {
    if !is_technique(&step.technique) {
        return place.field("technique").refuse(
            format!("`{}` is no technique", step.technique),
            "give an ATT&CK id: T1566 or T1566.002",
        );
    }
    let named = |id: &str, place: &Place| match controls.get(id) {
        Some(control) => Ok(*control),
        None => {
            place.refuse(format!("`{id}` is no control"), "add a `[[control]]` of that id or mend the name")
        }
    };
    let mut chance = place.field("success").probability(step.success)?;
    for bearing in &step.prevented_by {
        let place = place.field("prevented_by");
        let control = named(&bearing.control, &place)?;
        let efficacy = place.field("efficacy").probability(bearing.efficacy.unwrap_or(control.efficacy))?;
        chance *= 1.0 - efficacy * control.operating();
    }
    if step.detected_by.is_empty() {
        return Ok(chance);
    }
    let place = place.field("detected_by");
    let hours = match step.hours {
        Some(hours) if (1e-6..=1e9).contains(&hours) => hours,
        _ => return place.refuse("has nothing to race against", "give the step's mean `hours`, above 0"),
    };
    if step.detected_by.len() > MOST_DETECTORS {
        return place.refuse(
            format!("{} detectors", step.detected_by.len()),
            format!("give {MOST_DETECTORS} at most"),
        );
    }
    let mut racers = Vec::new();
    for detector in &step.detected_by {
        let control = named(&detector.control, &place)?;
        let efficacy = place.field("efficacy").probability(detector.efficacy.unwrap_or(control.efficacy))?;
        if !(1e-6..=1e9).contains(&detector.hours) {
            return place
                .field("hours")
                .refuse(format!("{} is out of range", detector.hours), "give hours above 0");
        }
        racers.push((efficacy * control.operating(), 1.0 / detector.hours));
    }
    Ok(chance * race(1.0 / hours, &racers))
}

/// The chance that a step of the given rate is over before any detector that works has ended the attack. All times
/// are exponential; each detector works with its probability, independently.
fn race(step: f64, detectors: &[(f64, f64)]) -> f64 {
    let mut sum = 0.0;
    for working in 0_u32..1 << detectors.len() {
        let (mut chance, mut rate) = (1.0, step);
        for (at, (works, speed)) in detectors.iter().enumerate() {
            if working >> at & 1 == 1 {
                chance *= works;
                rate += speed;
            } else {
                chance *= 1.0 - works;
            }
        }
        sum += chance * step / rate;
    }
    sum
}

fn is_technique(id: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = id.strip_prefix('T') else { return false };
    match rest.split_once('.') {
        Some((technique, part)) => digits(technique, 4) && digits(part, 3),
        None => digits(rest, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_is_won_by_rates() {
        assert_eq!(race(1.0, &[(1.0, 1.0)]), 0.5);
        assert_eq!(race(1.0, &[(0.0, 1.0)]), 1.0);
        let two = race(2.0, &[(0.5, 1.0), (0.8, 3.0)]);
        let by_hand = 0.5 * 0.2 + 0.5 * 0.2 * 2.0 / 3.0 + 0.5 * 0.8 * 2.0 / 5.0 + 0.5 * 0.8 * 2.0 / 6.0;
        assert!((two - by_hand).abs() < 1e-15, "{two}");
    }

    #[test]
    fn techniques_are_known_by_form() {
        let known = ["T1566", "T1566.002"].map(is_technique);
        let unknown = ["1566", "T156", "T1566.02", "T1566.", "TA0001", ""].map(is_technique);
        assert_eq!((known, unknown), ([true; 2], [false; 6]));
    }
}
