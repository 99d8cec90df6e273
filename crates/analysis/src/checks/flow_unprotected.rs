//! Sensitive information moves without encryption.

use crate::checks::{About, Check};
use crate::context::Context;
use crate::draft::{Draft, edit, listed, remediate, taking};
use crate::posture::Out;
use warrant_model::kinds::{ComponentType, DataFlow, Protection};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "flow-unprotected",
        title: "Sensitive information moves unencrypted",
        why: "Whoever stands on the way reads what passes; between zones and parties somebody always does.",
        source: "SP 800-53r5 SC-8, SC-8(1)",
        false_positives: "A flow inside one host or protected by the line below it: say yes and name the protection in the protocol.",
    },
    run,
};

/// Where a flow goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Crossing {
    /// Both ends stand in one zone, or zones are not recorded.
    Nothing,
    /// From one trust zone into another.
    Zones,
    /// To or from a party outside the boundary.
    Boundary,
}

/// What a flow crosses.
pub(super) fn crossing(ctx: &Context<'_>, flow: &DataFlow) -> Crossing {
    let ends = [ctx.component(flow.source.as_ref()), ctx.component(flow.destination.as_ref())];
    let outside = |end: &Option<_>| {
        end.is_some_and(|component: &warrant_model::kind::Record<warrant_model::kinds::Component>| {
            component.body.component_type == ComponentType::ExternalActor
        })
    };
    if ends.iter().any(outside) {
        return Crossing::Boundary;
    }
    let zone = |end: usize| ends[end].and_then(|component| component.body.zone.as_deref());
    match (zone(0), zone(1)) {
        (Some(from), Some(to)) if !from.eq_ignore_ascii_case(to) => Crossing::Zones,
        _ => Crossing::Nothing,
    }
}

/// A crossing as part of a sentence.
pub(super) fn across(crossing: Crossing) -> &'static str {
    match crossing {
        Crossing::Nothing => "",
        Crossing::Zones => ", across trust zones",
        Crossing::Boundary => ", to or from a party outside the boundary",
    }
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    for flow in &ctx.snapshot.data_flows {
        let sensitive = ctx.sensitive(&flow.body.information_types);
        if sensitive.is_empty() || flow.body.encrypted == Protection::Yes {
            continue;
        }
        let crossing = crossing(ctx, &flow.body);
        let severity = match (flow.body.encrypted, crossing) {
            (Protection::No, Crossing::Nothing) => Severity::Medium,
            (Protection::No, _) => Severity::High,
            (_, Crossing::Nothing) => Severity::Low,
            (_, _) => Severity::Medium,
        };
        let state = match flow.body.encrypted {
            Protection::No => "is not encrypted",
            _ => "is not known to be encrypted",
        };
        let name = &flow.body.name;
        let known = edit("Record whether it is encrypted", "data_flow", &flow.id, &["encrypted", "protocol"]);
        let encrypt = taking(remediate(format!("Encrypt {name}"), name.as_str()), 4.0, 40.0);
        let actions = if flow.body.encrypted == Protection::No { [encrypt, known] } else { [known, encrypt] };
        let draft = Draft::of_record("data_flow", &flow.id, severity, flow.updated_at)
            .title(format!("{name} {state}"))
            .why(format!("It carries {}{}.", listed(&sensitive), across(crossing)))
            .controls(["sc-8", "sc-8.1"])
            .objectives(&[Objective::Confidentiality, Objective::Integrity]);
        out.add(actions.into_iter().fold(draft, Draft::action));
    }
}
