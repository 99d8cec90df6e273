//! An assessment: a person's judgement on a control.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How it was assessed (SP 800-53A §2.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AssessmentMethod {
    /// Looked at documents, mechanisms or activities.
    #[default]
    Examine,
    /// Spoke with people.
    Interview,
    /// Exercised it.
    Test,
}

/// What came out (SP 800-53A §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AssessmentResult {
    /// The objective is met.
    Satisfied,
    /// It is not, or not fully.
    OtherThanSatisfied,
    /// One part of the control, named by its CCI, has nothing to apply to. A whole control is tailored out instead.
    NotApplicable,
}

/// A person's judgement on a control or statement of a system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Control or statement id.
    #[schemars(extend("x-control" = true))]
    pub control: String,
    /// The control correlation identifier (CCI) it is about, when it is about that part of the control alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cci: Option<String>,
    /// How.
    pub method: AssessmentMethod,
    /// What came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<AssessmentResult>,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed_on: Option<Date>,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub assessor: Option<RecordId>,
    /// Who or what did it, when it is nobody on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested_by: Option<String>,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub notes: Option<String>,
    /// Evidence hashes it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

impl Kind for Assessment {
    const SPEC: KindSpec = KindSpec {
        name: "assessment",
        prefix: "assess",
        title: "Assessment",
        plural: "Assessments",
        about: "A person's judgement on a control or statement of a system.",
        source: "SP 800-53Ar5; OSCAL AR finding",
        title_field: "control",
        identity: &["control", "method", "assessed_on", "cci"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["control", "system", "method", "result", "assessed_on", "assessor"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.result.is_some() && self.assessed_on.is_none() {
            problems.push(FieldProblem::new("assessed_on", "a result needs the day it was found"));
        }
        if let Some(cci) = &self.cci
            && !is_cci(cci)
        {
            let message = format!("`{cci}` is no CCI; write CCI- and six digits, as in CCI-000366");
            problems.push(FieldProblem::new("cci", message));
        }
        if self.result == Some(AssessmentResult::NotApplicable) && self.cci.is_none() {
            let message = "only one CCI of a control can be judged not applicable; what does not apply as a whole is \
                           tailored out";
            problems.push(FieldProblem::new("result", message));
        }
        problems
    }
}

fn is_cci(text: &str) -> bool {
    let digits = text.strip_prefix("CCI-");
    digits.is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
