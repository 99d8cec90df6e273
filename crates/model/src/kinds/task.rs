//! A task: something somebody is to do by a day.

use crate::id::RecordId;
use crate::kind::{Ended, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something somebody is to do by a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Task {
    /// What is to be done.
    pub title: String,
    /// State.
    pub state: String,
    /// The system it concerns; empty for the programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "system"))]
    pub system: Option<RecordId>,
    /// Who does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub assignee: Option<RecordId>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Estimated person-hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Id of the record or deficiency it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// More words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub description: Option<String>,
}

impl Kind for Task {
    const SPEC: KindSpec = KindSpec {
        name: "task",
        prefix: "task",
        title: "Task",
        plural: "Tasks",
        about: "Something somebody is to do by a day.",
        source: "OSCAL assessment task",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::SystemOrOrganisation("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "open", title: "Open", ended: Ended::Open },
                State { name: "doing", title: "In hand", ended: Ended::Open },
                State { name: "done", title: "Done", ended: Ended::Ended },
                State { name: "dropped", title: "Dropped", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "open",
                    to: "doing",
                    verb: "Start",
                    requires: &["assignee"],
                    role: Role::Engineer,
                },
                Transition { from: "open", to: "done", verb: "Done", requires: &[], role: Role::Engineer },
                Transition { from: "doing", to: "done", verb: "Done", requires: &[], role: Role::Engineer },
                Transition { from: "open", to: "dropped", verb: "Drop", requires: &[], role: Role::Engineer },
                Transition {
                    from: "doing",
                    to: "dropped",
                    verb: "Drop",
                    requires: &[],
                    role: Role::Engineer,
                },
                Transition { from: "done", to: "open", verb: "Reopen", requires: &[], role: Role::Engineer },
                Transition {
                    from: "dropped",
                    to: "open",
                    verb: "Reopen",
                    requires: &[],
                    role: Role::Engineer,
                },
            ],
        }),
        columns: &["title", "system", "state", "assignee", "due"],
    };
}
