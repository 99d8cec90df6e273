//! No scan looks at a component.

use crate::checks::{About, Check};
use crate::context::{ALL, host_key};
use crate::draft::{Draft, edit, import};
use crate::{Context, Out};
use std::collections::HashMap;
use warrant_model::Severity;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType};
use warrant_model::snapshot::Target;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "component-uncovered",
        title: "Component that no tool looks at",
        why: "A component without a recent look has no findings because nobody searched, not because it is sound.",
        source: "SP 800-53r5 RA-5, CM-8; SP 800-137 §3",
        false_positives: "A component that scans know by another name: add that name to its host names.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    if !ctx.operational() {
        return;
    }
    let mut looks: HashMap<String, &Target> = HashMap::new();
    for target in ctx.looks() {
        let held = looks.entry(host_key(&target.name)).or_insert(target);
        let order = |target: &Target| (ctx.look_ends(target), target.tool.clone(), target.evidence.clone());
        if order(target) > order(held) {
            *held = target;
        }
    }
    let looked_at = |component: &Component| {
        matches!(component.component_type, ComponentType::Host | ComponentType::Software)
    };
    for component in ctx.snapshot.components.iter().filter(|component| looked_at(&component.body)) {
        let names = component.body.hostnames.iter().chain([&component.body.name]);
        let newest = names
            .filter_map(|name| looks.get(&host_key(name)))
            .max_by_key(|target| (ctx.look_ends(target), target.tool.as_str(), target.evidence.as_str()));
        match newest {
            None => out.add(never(component)),
            Some(target) if ctx.passed(ctx.look_ends(target)) => out.add(long_ago(ctx, component, target)),
            Some(_) => {}
        }
    }
}

fn never(component: &Record<Component>) -> Draft {
    let name = &component.body.name;
    let draft = Draft::of_record("component", &component.id, Severity::Medium, component.created_at)
        .title(format!("No tool has ever looked at {name}"))
        .controls(["ra-5", "cm-8"])
        .objectives(ALL);
    let scan =
        import(format!("Import a scan or SBOM of {name}"), "vulnerability scan, benchmark result or SBOM");
    let names = edit("Enter the names under which scans know it", "component", &component.id, &["hostnames"]);
    if component.body.hostnames.is_empty() {
        draft.why("It has no host names, so no scan can be matched to it.").action(names).action(scan)
    } else {
        let known = component.body.hostnames.join(", ");
        draft.why(format!("No evidence names {known}.")).action(scan).action(names)
    }
}

fn long_ago<'a>(ctx: &Context<'a>, component: &'a Record<Component>, target: &Target) -> Draft {
    let name = &component.body.name;
    let last = warrant_model::time::day(target.last_seen);
    let days = ctx.policy.freshness.days_for(ctx.sort_of(&target.evidence));
    Draft::of_record("component", &component.id, Severity::Low, ctx.look_ends(target))
        .title(format!("{name} was last looked at on {last}"))
        .why(format!(
            "{} looked at {} on {last}; policy asks for every {days} days.",
            target.tool, target.name
        ))
        .controls(["ra-5", "cm-8"])
        .objectives(ALL)
        .grounds([ctx.file_ground(
            format!("{} looked at {}", target.tool, target.name),
            target.last_seen,
            &target.evidence,
        )])
        .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
        .action(import(format!("Import a new {} result for {name}", target.tool), target.tool.as_str()))
}
