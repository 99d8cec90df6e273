//! Security categorisation of a system from the information it handles.
//!
//! Source: FIPS 199 (categories and the high-water mark, §3) and FIPS 200 §2 (the overall impact level that chooses
//! the baseline). Pure functions; provisional impacts and adjustments are the caller's.

use crate::index::Baseline;
use serde::{Deserialize, Serialize};

/// Potential impact of a loss, ordered. `NotApplicable` is allowed for the confidentiality of an information type
/// only; a system has at least `Low` in every objective (FIPS 199 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
mod tests;
