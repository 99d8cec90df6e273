//! A tool has not looked for too long.

use crate::checks::{About, Check};
use crate::draft::{Draft, import, listed};
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::posture::Source;
use warrant_model::snapshot::Target;
use warrant_model::time::day;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "evidence-stale",
        title: "Evidence has grown too old",
        why: "What a tool said long ago is no statement about today: findings may have come and gone since.",
        source: "SP 800-137 §3.2; SP 800-53r5 CA-7",
        false_positives: "A tool that was replaced, or a target that is gone: the new tool's looks count for the target.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    // A target at which some tool of the same sort looked lately is covered, whichever tool that was.
    let mut covered = std::collections::BTreeSet::new();
    for target in ctx.looks() {
        if !ctx.passed(ctx.look_ends(target)) {
            covered.insert((target.name.as_str(), ctx.sort_of(&target.evidence)));
        }
    }
    let mut by_tool: BTreeMap<(&str, _), Vec<&Target>> = BTreeMap::new();
    for target in ctx.looks() {
        let sort = ctx.sort_of(&target.evidence);
        if !covered.contains(&(target.name.as_str(), sort)) {
            by_tool.entry((&target.tool, sort)).or_default().push(target);
        }
    }
    for ((tool, sort), mut targets) in by_tool {
        targets.sort_by_key(|target| (ctx.look_ends(target), &target.name, &target.evidence));
        let Some(oldest) = targets.first() else { continue };
        let names: Vec<_> = targets.iter().map(|target| target.name.as_str()).collect();
        let days = ctx.policy.freshness.days_for(sort);
        let source = Source::Evidence { evidence: oldest.evidence.clone(), place: Default::default() };
        let key = format!("{tool}/{}", sort.title());
        let grounds = targets.iter().map(|target| {
            ctx.file_ground(format!("{tool} looked at {}", target.name), target.last_seen, &target.evidence)
        });
        let draft = Draft::about(&key, source, Severity::Medium, ctx.look_ends(oldest))
            .title(format!("No recent {} by {tool} of {}", sort.title(), listed(&names)))
            .why(format!(
                "The oldest look is of {}; policy asks for one every {days} days.",
                day(oldest.last_seen)
            ))
            .controls(["ca-7", "ra-5"])
            .grounds(grounds)
            .action(import(format!("Import a new {} by {tool}", sort.title()), tool));
        out.add(draft);
    }
}
