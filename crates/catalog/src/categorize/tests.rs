//! Tests of categorisation, with the examples of FIPS 199 §3.

use super::Impact::{High, Low, Moderate, NotApplicable};
use super::*;
use proptest::prelude::*;

fn information(name: &str, c: Impact, i: Impact, a: Impact) -> InformationType {
    InformationType {
        name: name.into(),
        provisional: Categorization { confidentiality: c, integrity: i, availability: a },
        adjustments: Vec::new(),
    }
}

fn impacts(types: &[InformationType]) -> [Impact; 4] {
    let category = categorize(types).unwrap();
    [
        category.confidentiality.impact,
        category.integrity.impact,
        category.availability.impact,
        category.overall,
    ]
}

/// FIPS 199 §3, examples 1 to 3: information types.
#[test]
fn single_types_of_the_standard() {
    assert_eq!(
        impacts(&[information("public web", NotApplicable, Moderate, Moderate)]),
        [Low, Moderate, Moderate, Moderate]
    );
    assert_eq!(impacts(&[information("investigative", High, Moderate, Moderate)])[3], High);
    assert_eq!(impacts(&[information("routine administrative", Low, Low, Low)])[3], Low);
}

/// FIPS 199 §3, example 4: an acquisition system with contract and administrative information.
#[test]
fn acquisition_system_of_the_standard() {
    let types =
        [information("contract", Moderate, Moderate, Low), information("administrative", Low, Low, Low)];
    let category = categorize(&types).unwrap();
    assert_eq!(impacts(&types), [Moderate, Moderate, Low, Moderate]);
    assert_eq!(category.baseline, Baseline::Moderate);
    assert_eq!(category.availability.driven_by, Some(0));
}

/// FIPS 199 §3, example 5: a power plant's control system with sensor and administrative information, and the
/// management's decision to raise confidentiality.
#[test]
fn power_plant_of_the_standard() {
    let sensor = information("sensor", NotApplicable, High, High);
    let mut administrative = information("administrative", Low, Low, Low);
    let category = categorize(&[sensor.clone(), administrative.clone()]).unwrap();
    assert_eq!((category.confidentiality.impact, category.confidentiality.driven_by), (Low, Some(1)));
    assert_eq!((category.integrity.impact, category.integrity.driven_by), (High, Some(0)));
    administrative.adjustments.push(Adjustment {
        objective: Objective::Confidentiality,
        impact: Moderate,
        rationale: "plans of the plant would help an attacker".into(),
    });
    assert_eq!(impacts(&[sensor, administrative]), [Moderate, High, High, High]);
}

#[test]
fn what_is_not_allowed_is_refused() {
    assert_eq!(categorize(&[]), Err(CategorizeError::NoInformationTypes));
    let error = categorize(&[information("x", Low, NotApplicable, Low)]).unwrap_err();
    assert_eq!(error.to_string(), "x: integrity can not be not-applicable; choose low, moderate or high");
    let mut adjusted = information("x", Low, Low, Low);
    let objective = Objective::Availability;
    adjusted.adjustments.push(Adjustment { objective, impact: High, rationale: " ".into() });
    assert!(matches!(categorize(&[adjusted]), Err(CategorizeError::NoRationale { .. })));
}

#[test]
fn the_floor_for_systems_is_nobodys_doing() {
    let category = categorize(&[information("public", NotApplicable, Low, Low)]).unwrap();
    assert_eq!(category.confidentiality, ObjectiveResult { impact: Low, driven_by: None });
}

proptest! {
    #[test]
    fn more_information_never_lowers_the_category(list in prop::collection::vec((0usize..4, 1usize..4, 1usize..4), 1..6)) {
        let level = [NotApplicable, Low, Moderate, High];
        let types: Vec<_> =
            list.iter().map(|(c, i, a)| information("t", level[*c], level[*i], level[*a])).collect();
        let all = categorize(&types).unwrap();
        let fewer = categorize(&types[..1]).unwrap();
        prop_assert!(all.overall >= fewer.overall);
        for (objective, result) in Objective::ALL.into_iter().zip([all.confidentiality, all.integrity, all.availability]) {
            if let Some(driver) = result.driven_by {
                prop_assert_eq!(types[driver].impact(objective), result.impact);
                prop_assert!(types.iter().all(|t| t.impact(objective) <= result.impact));
            }
        }
    }
}
