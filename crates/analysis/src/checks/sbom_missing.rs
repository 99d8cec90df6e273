//! Software without a list of what it is made of.

use crate::checks::{About, Check};
use crate::context::host_key;
use crate::draft::{Draft, import, taking};
use crate::{Context, Out};
use std::collections::HashSet;
use warrant_model::Severity;
use warrant_model::kinds::ComponentType;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "sbom-missing",
        title: "Software without an SBOM",
        why: "When the next weakness in a library is published, nobody can say whether this software holds it.",
        source: "SP 800-53r5 SR-4, CM-8; SP 800-161r1 (SBOM)",
        false_positives: "A maker that gives no SBOM: generate one from the installed files.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let software = || {
        ctx.snapshot
            .components
            .iter()
            .filter(|component| component.body.component_type == ComponentType::Software)
    };
    if !ctx.operational() || software().next().is_none() {
        return;
    }
    let subjects: HashSet<&str> =
        ctx.snapshot.software.iter().map(|part| part.fact.target.as_str()).collect();
    let listed: HashSet<String> = subjects.into_iter().map(host_key).collect();
    for component in software() {
        let mut names = component.body.hostnames.iter().chain([&component.body.name]);
        if names.any(|name| listed.contains(&host_key(name))) {
            continue;
        }
        let name = &component.body.name;
        let bill = import(format!("Import an SBOM of {name}"), "SBOM (CycloneDX or SPDX)");
        let draft = Draft::of_record("component", &component.id, Severity::Low, component.created_at)
            .title(format!("No SBOM of {name}"))
            .why("No list of its parts is on record, under its name or its host names.")
            .controls(["sr-4", "cm-8"])
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(bill, 0.5, 4.0));
        out.add(draft);
    }
}
