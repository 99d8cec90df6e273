//! An information type: what a system handles, with its impact levels.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use crate::level::Impact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What law or contract protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InformationCategory {
    /// About identifiable people.
    PersonalData,
    /// About people's health.
    HealthData,
    /// Payment cards.
    CardData,
    /// Controls a physical process.
    ControlData,
    /// Marked by a classification rule.
    Classified,
    /// Secret to the business.
    BusinessSecret,
    /// Keys, passwords and tokens.
    Credentials,
    /// For everybody.
    Public,
}

/// A type of information that a system handles, with its potential impact levels (FIPS 199, SP 800-60).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InformationType {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Name, unique within the system.
    pub name: String,
    /// SP 800-60 id, such as C.2.8.12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// What protects it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<InformationCategory>,
    /// Harm if it becomes known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<Impact>,
    /// Harm if it is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity: Option<Impact>,
    /// Harm if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<Impact>,
    /// Why these levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub rationale: Option<String>,
    /// Years it must stay confidential.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrecy_years: Option<u32>,
}

impl InformationType {
    /// Whether its disclosure would do more than limited harm, or law protects it.
    pub fn is_sensitive(&self) -> bool {
        self.confidentiality.is_some_and(|impact| impact >= Impact::Moderate)
            || self.categories.iter().any(|category| *category != InformationCategory::Public)
    }
}

impl Kind for InformationType {
    const SPEC: KindSpec = KindSpec {
        name: "information_type",
        prefix: "info",
        title: "Information type",
        plural: "Information types",
        about: "A type of information that a system handles, with its potential impact levels.",
        source: "FIPS 199 §3; SP 800-60r1",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["name", "system", "categories", "confidentiality", "integrity", "availability"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        [("integrity", self.integrity), ("availability", self.availability)]
            .into_iter()
            .filter(|(_, impact)| *impact == Some(Impact::NotApplicable))
            .map(|(field, _)| {
                FieldProblem::new(field, "only confidentiality may be not applicable (FIPS 199 §3)")
            })
            .collect()
    }
}
