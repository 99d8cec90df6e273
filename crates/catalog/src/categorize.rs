//! Security categorisation of a system from the information it handles.
//!
//! Source: FIPS 199 (categories and the high-water mark, §3) and FIPS 200 §2 (the overall impact level that chooses
//! the baseline). Pure functions; provisional impacts and adjustments are the caller's.

use crate::index::Baseline;

/// Potential impact of a loss, ordered. `NotApplicable` is allowed for the confidentiality of an information type
/// only; a system has at least `Low` in every objective (FIPS 199 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// No confidentiality need, e.g. public information.
    NotApplicable,
    /// Limited adverse effect.
    Low,
    /// Serious adverse effect.
    Moderate,
    /// Severe or catastrophic adverse effect.
    High,
}

/// A security objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Objective {
    /// No unauthorised disclosure.
    Confidentiality,
    /// No unauthorised change or destruction.
    Integrity,
    /// Timely and reliable access.
    Availability,
}

impl Objective {
    /// All objectives, in their usual order.
    pub const ALL: [Objective; 3] =
        [Objective::Confidentiality, Objective::Integrity, Objective::Availability];

    /// Lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Objective::Confidentiality => "confidentiality",
            Objective::Integrity => "integrity",
            Objective::Availability => "availability",
        }
    }
}

/// Impact per objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Categorization {
    /// Impact of a loss of confidentiality.
    pub confidentiality: Impact,
    /// Impact of a loss of integrity.
    pub integrity: Impact,
    /// Impact of a loss of availability.
    pub availability: Impact,
}

impl Categorization {
    /// The impact for one objective.
    pub fn of(self, objective: Objective) -> Impact {
        match objective {
            Objective::Confidentiality => self.confidentiality,
            Objective::Integrity => self.integrity,
            Objective::Availability => self.availability,
        }
    }
}

/// A change of one provisional impact, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The objective that is adjusted.
    pub objective: Objective,
    /// The impact that counts instead of the provisional one.
    pub impact: Impact,
    /// Why; must not be empty (SP 800-60 vol. 1 step 3).
    pub rationale: String,
}

/// One type of information that the system handles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InformationType {
    /// Name or identifier, e.g. `D.20.1`.
    pub name: String,
    /// Provisional impacts.
    pub provisional: Categorization,
    /// Adjustments; the last one for an objective counts.
    pub adjustments: Vec<Adjustment>,
}

impl InformationType {
    /// The impact that counts for an objective.
    pub fn impact(&self, objective: Objective) -> Impact {
        let adjusted = self.adjustments.iter().rev().find(|a| a.objective == objective);
        adjusted.map_or_else(|| self.provisional.of(objective), |a| a.impact)
    }
}

/// One objective of a system's category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectiveResult {
    /// The high-water mark over all information types, at least `Low`.
    pub impact: Impact,
    /// Position of the first information type that reaches the mark; `None` when all are `NotApplicable` and the
    /// floor for systems decides.
    pub driven_by: Option<usize>,
}

/// The category of a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemCategory {
    /// Confidentiality.
    pub confidentiality: ObjectiveResult,
    /// Integrity.
    pub integrity: ObjectiveResult,
    /// Availability.
    pub availability: ObjectiveResult,
    /// High-water mark over the objectives (FIPS 200 §2).
    pub overall: Impact,
    /// The security baseline that the overall impact chooses (SP 800-53B §2.1).
    pub baseline: Baseline,
}

/// Why a system can not be categorised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CategorizeError {
    /// There is nothing to categorise.
    #[error("the system has no information types; add at least one")]
    NoInformationTypes,
    /// `NotApplicable` outside confidentiality.
    #[error("{information_type}: {} can not be not-applicable; choose low, moderate or high", objective.name())]
    NotApplicable {
        /// Name of the information type.
        information_type: String,
        /// The objective.
        objective: Objective,
    },
    /// An adjustment without reason.
    #[error("{information_type}: the adjustment of {} needs a rationale", objective.name())]
    NoRationale {
        /// Name of the information type.
        information_type: String,
        /// The objective.
        objective: Objective,
    },
}

/// Categorises a system from its information types.
///
/// # Errors
/// [`CategorizeError`] for the first information type at fault.
pub fn categorize(types: &[InformationType]) -> Result<SystemCategory, CategorizeError> {
    if types.is_empty() {
        return Err(CategorizeError::NoInformationTypes);
    }
    types.iter().try_for_each(check)?;
    let [confidentiality, integrity, availability] = Objective::ALL.map(|o| high_water(types, o));
    let overall = confidentiality.impact.max(integrity.impact).max(availability.impact);
    let baseline = match overall {
        Impact::NotApplicable | Impact::Low => Baseline::Low,
        Impact::Moderate => Baseline::Moderate,
        Impact::High => Baseline::High,
    };
    Ok(SystemCategory { confidentiality, integrity, availability, overall, baseline })
}

fn check(information: &InformationType) -> Result<(), CategorizeError> {
    let information_type = || information.name.clone();
    if let Some(a) = information.adjustments.iter().find(|a| a.rationale.trim().is_empty()) {
        return Err(CategorizeError::NoRationale {
            information_type: information_type(),
            objective: a.objective,
        });
    }
    for objective in [Objective::Integrity, Objective::Availability] {
        if information.impact(objective) == Impact::NotApplicable {
            return Err(CategorizeError::NotApplicable { information_type: information_type(), objective });
        }
    }
    Ok(())
}

fn high_water(types: &[InformationType], objective: Objective) -> ObjectiveResult {
    let mut result = ObjectiveResult { impact: Impact::NotApplicable, driven_by: None };
    for (position, information) in types.iter().enumerate() {
        let impact = information.impact(objective);
        if impact > result.impact {
            result = ObjectiveResult { impact, driven_by: Some(position) };
        }
    }
    result.impact = result.impact.max(Impact::Low);
    result
}

#[cfg(test)]
mod tests {
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
}
