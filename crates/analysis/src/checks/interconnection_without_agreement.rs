//! A link to somebody else without an agreement.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit, listed, taking};
use crate::{Context, Out};
use warrant_model::kinds::Interconnection;
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "interconnection-without-agreement",
        title: "Interconnection without an agreement",
        why: "Without an agreement neither side has to protect what is exchanged or tell the other of an incident.",
        source: "SP 800-53r5 CA-3 a; SP 800-47r1 §3.2",
        false_positives: "A public service used by everybody: give its terms of use as the agreement.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for link in &ctx.snapshot.interconnections {
        if link.body.agreement.as_deref().is_some_and(|text| !text.trim().is_empty()) {
            continue;
        }
        let sensitive = ctx.sensitive(&link.body.information_types);
        let inside = link.body.remote_system.is_some();
        let severity = match (inside, sensitive.is_empty()) {
            (false, false) => Severity::High,
            (false, true) | (true, false) => Severity::Medium,
            (true, true) => Severity::Low,
        };
        let what = if sensitive.is_empty() { "information".to_owned() } else { listed(&sensitive) };
        let party = party(&link.body);
        let action = edit(
            "Make an agreement and give its reference",
            "interconnection",
            &link.id,
            &["agreement", "agreement_expires"],
        );
        let draft = Draft::of_record("interconnection", &link.id, severity, link.created_at)
            .title(format!("No agreement with {party} for {}", link.body.name))
            .why(format!("It exchanges {what} with {party} and no agreement is recorded."))
            .controls(["ca-3_smt.a"])
            .objectives(&[Objective::Confidentiality, Objective::Integrity])
            .action(taking(action, 4.0, 40.0));
        out.add(draft);
    }
}

/// The other side, as part of a sentence.
pub(super) fn party(link: &Interconnection) -> &str {
    if link.remote_party.trim().is_empty() { "the other side" } else { &link.remote_party }
}
