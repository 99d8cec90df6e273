//! CVSS scores of a finding for its system: with the system's own requirements, from the vector that a tool gave.

use crate::priority::Situation;
use serde::Serialize;
use warrant_advisory::cvss::{Requirement, Requirements, Vector};
use warrant_analysis::categorisation::Categorisation;
use warrant_model::fact::Fact;
use warrant_model::level::Severity;
use warrant_model::{Impact, Objective};
use warrant_store::facts::StoredSighting;

/// The scores of a finding's vector.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoresView {
    /// The vector as the tool gave it.
    pub vector: String,
    /// The base score.
    pub base: f64,
    /// With the temporal (version 4: threat) metrics of the vector.
    pub temporal: f64,
    /// For the system.
    pub environmental: Environmental,
}

/// The score for the system.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Environmental {
    /// The vector with the system's requirements, its score and what that makes of the severity.
    Scored {
        /// The vector.
        vector: String,
        /// The score.
        score: f64,
        /// The severity.
        severity: Severity,
    },
    /// It is not computed: the system is not categorised for these objectives.
    NotCategorised(Vec<Objective>),
}

/// The scores by the vector of the newest sighting that has one.
pub(super) fn scores(sightings: &[StoredSighting], situation: &Situation) -> Option<ScoresView> {
    let vector = sightings.iter().rev().find_map(|seen| match &seen.fact {
        Fact::Weakness(weakness) => Vector::parse(weakness.cvss_vector.as_deref()?).ok(),
        _ => None,
    })?;
    let scores = vector.scores();
    let environmental = match requirements(&situation.categorisation) {
        Ok(requirements) => {
            let vector = vector.with_requirements(requirements);
            let scores = vector.scores();
            Environmental::Scored {
                vector: vector.to_string(),
                score: scores.environmental,
                severity: scores.severity(),
            }
        }
        Err(missing) => Environmental::NotCategorised(missing),
    };
    Some(ScoresView {
        vector: vector.to_string(),
        base: scores.base,
        temporal: scores.temporal,
        environmental,
    })
}

/// A system's requirements by its levels; the objectives without one, when there are any.
fn requirements(categorisation: &Categorisation) -> Result<Requirements, Vec<Objective>> {
    let of = |objective| {
        categorisation.level(objective).map(|level| match level {
            Impact::High => Requirement::High,
            Impact::Moderate => Requirement::Medium,
            Impact::Low | Impact::NotApplicable => Requirement::Low,
        })
    };
    match Objective::ALL.map(of) {
        [Some(confidentiality), Some(integrity), Some(availability)] => {
            Ok(Requirements { confidentiality, integrity, availability })
        }
        levels => {
            let missing = Objective::ALL.into_iter().zip(levels).filter(|(_, level)| level.is_none());
            Err(missing.map(|(objective, _)| objective).collect())
        }
    }
}
