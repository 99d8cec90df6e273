//! Staffing: hours of a work role, and who gives them; without a person, a vacancy.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hours of a work role that a unit has or wants for corrective actions; without a person it is a vacancy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Staffing {
    /// The unit.
    #[schemars(extend("x-link" = "unit"))]
    pub unit: RecordId,
    /// The post, in one line.
    pub title: String,
    /// NICE work role id (SP 800-181r1), such as PD-WRL-007.
    pub work_role: String,
    /// Who fills it; empty while it is vacant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub person: Option<RecordId>,
    /// Hours in a year that it has for corrective actions, running work left aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_a_year: Option<f64>,
    /// From this day; empty: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until this day; empty: for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Kind for Staffing {
    const SPEC: KindSpec = KindSpec {
        name: "staffing",
        prefix: "staff",
        title: "Post",
        plural: "Staffing",
        about: "Hours of a work role that a unit has for corrective actions, and who gives them.",
        source: "SP 800-181r1 (NICE Framework); SP 800-53r5 PM-13",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::Unit("unit"),
        workflow: None,
        columns: &["title", "unit", "work_role", "person", "hours_a_year", "until"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        if !is_work_role(&self.work_role) {
            add("work_role", "give the id of a NICE work role, such as PD-WRL-007");
        }
        if !self.hours_a_year.is_some_and(|hours| (0.0..=8_784.0).contains(&hours)) {
            add("hours_a_year", "give the hours of a year, 0 to 8,784");
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            add("until", "it ends before it starts");
        }
        problems
    }
}

/// Whether text has the form of a NICE work role id: `PD-WRL-007`.
pub fn is_work_role(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(area), Some("WRL"), Some(number), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    area.len() == 2
        && area.bytes().all(|b| b.is_ascii_uppercase())
        && number.len() == 3
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_work_role;

    #[test]
    fn only_ids_of_work_roles_pass() {
        for good in ["PD-WRL-007", "OG-WRL-014"] {
            assert!(is_work_role(good), "{good}");
        }
        for bad in ["", "PD-WRL-7", "pd-WRL-007", "PD-WRL-0077", "PD-WRL-007-1", "PDWRL007", "PD-WRX-007"] {
            assert!(!is_work_role(bad), "{bad}");
        }
    }
}
