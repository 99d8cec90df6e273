//! A system: an information system with a boundary.

use crate::id::RecordId;
use crate::kind::{Ended, FieldProblem, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::level::Impact;
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who can reach the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Exposure {
    /// Reached from no other network.
    Isolated,
    /// Reached from inside only.
    Internal,
    /// Reached by named partners.
    Partner,
    /// Reached from the internet.
    Internet,
}

/// What the mission loses without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Criticality {
    /// Work goes on without it.
    Supporting,
    /// Work suffers without it.
    Important,
    /// The mission stops without it.
    Essential,
}

/// An information system with a boundary, owned by a unit (SP 800-37, OSCAL SSP).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct System {
    /// Name, unique in the organisation.
    pub name: String,
    /// Short name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    /// The unit that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "unit"))]
    pub unit: Option<RecordId>,
    /// What it does, for whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub description: Option<String>,
    /// System owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub owner: Option<RecordId>,
    /// Information systems security officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub security_officer: Option<RecordId>,
    /// The official who may authorise it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub authorizing_official: Option<RecordId>,
    /// Life-cycle phase (SP 800-160v1).
    pub phase: String,
    /// What lies inside the authorisation boundary and what does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub boundary: Option<String>,
    /// Who can reach it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposure: Option<Exposure>,
    /// What the mission loses without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criticality: Option<Criticality>,
    /// Confidentiality impact decided against the high-water mark of its information types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality_adjusted: Option<Impact>,
    /// Integrity impact decided against the high-water mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integrity_adjusted: Option<Impact>,
    /// Availability impact decided against the high-water mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_adjusted: Option<Impact>,
    /// Overlays it uses beside those of its units; of two that contradict each other the later holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "overlay"))]
    pub overlays: Vec<RecordId>,
    /// Why the categorisation was adjusted (FIPS 199 §3, SP 800-60 v1 §4.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub adjustment_rationale: Option<String>,
    /// Where its security design is described; empty when it was built without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_design: Option<String>,
    /// The day it went into operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operational_since: Option<Date>,
    /// The day leave to operate was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized_on: Option<Date>,
    /// The last day of that leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_expires: Option<Date>,
    /// The day its definition is to be reviewed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_due: Option<Date>,
    /// Classification or TLP marking of its pages and documents, in one line; empty: the organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marking: Option<String>,
}

impl Kind for System {
    const SPEC: KindSpec = KindSpec {
        name: "system",
        prefix: "system",
        title: "System",
        plural: "Systems",
        about: "An information system with a boundary, owned by a unit.",
        source: "SP 800-37r2; OSCAL SSP system-characteristics",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::IsSystem("unit"),
        workflow: Some(Workflow {
            field: "phase",
            states: &[
                State { name: "planned", title: "Planned", ended: Ended::Open },
                State { name: "development", title: "In development", ended: Ended::Open },
                State { name: "operational", title: "Operational", ended: Ended::Open },
                State { name: "retired", title: "Retired", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "planned",
                    to: "development",
                    verb: "Start development",
                    requires: &["owner"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "development",
                    to: "operational",
                    verb: "Put into operation",
                    requires: &["owner", "operational_since"],
                    role: Role::Officer,
                },
                Transition {
                    from: "planned",
                    to: "operational",
                    verb: "Put into operation",
                    requires: &["owner", "operational_since"],
                    role: Role::Officer,
                },
                Transition {
                    from: "operational",
                    to: "retired",
                    verb: "Retire",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "planned",
                    to: "retired",
                    verb: "Drop",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "development",
                    to: "retired",
                    verb: "Drop",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "retired",
                    to: "operational",
                    verb: "Bring back",
                    requires: &["owner"],
                    role: Role::Officer,
                },
            ],
        }),
        columns: &["name", "unit", "owner", "phase", "exposure", "criticality", "authorization_expires"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let adjusted = [self.confidentiality_adjusted, self.integrity_adjusted, self.availability_adjusted];
        let rationale = self.adjustment_rationale.as_deref().unwrap_or_default().trim();
        let mut problems = Vec::new();
        if adjusted.iter().any(Option::is_some) && rationale.is_empty() {
            problems.push(FieldProblem::new(
                "adjustment_rationale",
                "an adjusted categorisation needs its rationale",
            ));
        }
        for (field, impact) in [("integrity_adjusted", adjusted[1]), ("availability_adjusted", adjusted[2])] {
            if impact == Some(Impact::NotApplicable) {
                problems.push(FieldProblem::new(
                    field,
                    "only confidentiality may be not applicable (FIPS 199 §3)",
                ));
            }
        }
        if let (Some(on), Some(expires)) = (self.authorized_on, self.authorization_expires)
            && expires < on
        {
            problems.push(FieldProblem::new("authorization_expires", "lies before the day of authorisation"));
        }
        problems
    }
}
