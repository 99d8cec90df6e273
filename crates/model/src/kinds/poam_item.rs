//! A POA&M item: a deficiency with an owner, a plan and a date.

use crate::id::RecordId;
use crate::kind::{Ended, FieldProblem, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::level::Severity;
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A step of the plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Milestone {
    /// What will be done.
    pub title: String,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// When it was done; empty while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Date>,
}

/// A planned corrective action: a deficiency with an owner, milestones, cost and a date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PoamItem {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// The weakness, in one line.
    pub title: String,
    /// The weakness and what will be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub description: Option<String>,
    /// State.
    pub state: String,
    /// How bad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Controls it bears on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-control" = true))]
    pub controls: Vec<String>,
    /// Deficiency ids it plans to end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deficiencies: Vec<String>,
    /// What it plans to end, as tools name it: plugin or rule ids, CVEs, benchmarks or finding ids. Each counts for
    /// every such finding of the system; letter case does not matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<String>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub owner: Option<RecordId>,
    /// The day it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified: Option<Date>,
    /// The day it will be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// Estimated cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub cost: Option<f64>,
    /// Estimated person-hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// NICE work role that does it, such as IO-WRL-005; empty: the owner's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_role: Option<String>,
    /// Evidence hash or note that shows it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation: Option<String>,
    /// What happened since.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub comments: Option<String>,
}

impl Kind for PoamItem {
    const SPEC: KindSpec = KindSpec {
        name: "poam_item",
        prefix: "poam",
        title: "POA&M item",
        plural: "POA&M items",
        about: "A deficiency with an owner, milestones, cost and a date.",
        source: "SP 800-37r2 task A-6; OSCAL poam-item",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::System("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "draft", title: "Draft", ended: Ended::Open },
                State { name: "planned", title: "Planned", ended: Ended::Open },
                State { name: "ongoing", title: "Ongoing", ended: Ended::Open },
                State { name: "validating", title: "Awaiting validation", ended: Ended::Open },
                State { name: "closed", title: "Closed", ended: Ended::Ended },
                State { name: "cancelled", title: "Cancelled", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "draft",
                    to: "planned",
                    verb: "Plan",
                    requires: &["owner", "due"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "planned",
                    to: "ongoing",
                    verb: "Start",
                    requires: &["owner", "due"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "ongoing",
                    to: "validating",
                    verb: "Report done",
                    requires: &["validation"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "planned",
                    to: "validating",
                    verb: "Report done",
                    requires: &["validation"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "validating",
                    to: "closed",
                    verb: "Accept as done",
                    requires: &["validation"],
                    role: Role::Officer,
                },
                Transition {
                    from: "validating",
                    to: "ongoing",
                    verb: "Send back",
                    requires: &["comments"],
                    role: Role::Officer,
                },
                Transition {
                    from: "draft",
                    to: "cancelled",
                    verb: "Cancel",
                    requires: &["comments"],
                    role: Role::Officer,
                },
                Transition {
                    from: "planned",
                    to: "cancelled",
                    verb: "Cancel",
                    requires: &["comments"],
                    role: Role::Officer,
                },
                Transition {
                    from: "ongoing",
                    to: "cancelled",
                    verb: "Cancel",
                    requires: &["comments"],
                    role: Role::Officer,
                },
                Transition {
                    from: "closed",
                    to: "ongoing",
                    verb: "Reopen",
                    requires: &["comments"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "cancelled",
                    to: "draft",
                    verb: "Reopen",
                    requires: &[],
                    role: Role::Engineer,
                },
            ],
        }),
        columns: &["title", "system", "state", "severity", "owner", "due", "milestones"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.work_role.as_ref().is_some_and(|role| !super::is_work_role(role)) {
            problems
                .push(FieldProblem::new("work_role", "give the id of a NICE work role, such as IO-WRL-005"));
        }
        for (nth, milestone) in self.milestones.iter().enumerate() {
            if milestone.title.trim().is_empty() {
                problems
                    .push(FieldProblem::new("milestones", format!("milestone {} needs a title", nth + 1)));
            }
            if let (Some(milestone_due), Some(due)) = (milestone.due, self.due)
                && milestone_due > due
            {
                problems.push(FieldProblem::new(
                    "milestones",
                    format!("milestone {} is due after the item itself ({due})", nth + 1),
                ));
            }
        }
        problems
    }
}
