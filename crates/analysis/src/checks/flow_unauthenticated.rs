//! A flow whose ends do not prove who they are.

use super::flow_unprotected::{Crossing, across, crossing};
use crate::checks::{About, Check};
use crate::draft::{Draft, edit, remediate, taking};
use crate::{Context, Out};
use warrant_model::kinds::{DataFlow, InformationCategory, Protection};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "flow-unauthenticated",
        title: "Flow without authentication",
        why: "An end that does not prove who it is can be anybody: commands and data are taken from strangers.",
        source: "SP 800-53r5 IA-3, IA-9, SC-23",
        false_positives: "A flow of public information that everybody may read: record it without information types.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for flow in &ctx.snapshot.data_flows {
        let crossing = crossing(ctx, &flow.body);
        let commands = carries_commands(ctx, &flow.body);
        let matters = crossing != Crossing::Nothing || commands;
        let severity = match flow.body.authenticated {
            Protection::Yes => continue,
            Protection::No if commands => Severity::High,
            Protection::No if matters => Severity::Medium,
            Protection::No => Severity::Low,
            Protection::Unknown if matters => Severity::Low,
            Protection::Unknown => continue,
        };
        let name = &flow.body.name;
        let state = match flow.body.authenticated {
            Protection::No => "is not authenticated",
            _ => "is not known to be authenticated",
        };
        let what = if commands {
            "It carries data that controls a process"
        } else {
            "Its ends do not prove who they are"
        };
        let draft = Draft::of_record("data_flow", &flow.id, severity, flow.updated_at)
            .title(format!("{name} {state}"))
            .why(format!("{what}{}.", across(crossing)))
            .controls(["ia-3", "ia-9", "sc-23"])
            .objectives(&[Objective::Integrity, Objective::Confidentiality])
            .action(taking(remediate(format!("Authenticate both ends of {name}"), name.as_str()), 4.0, 60.0))
            .action(edit("Record whether it is authenticated", "data_flow", &flow.id, &["authenticated"]));
        out.add(draft);
    }
}

fn carries_commands(ctx: &Context<'_>, flow: &DataFlow) -> bool {
    ctx.information(&flow.information_types)
        .any(|body| body.categories.contains(&InformationCategory::ControlData))
}
