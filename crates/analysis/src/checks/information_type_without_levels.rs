//! An information type lacks an impact level.

use crate::categorisation::level_of;
use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::{Context, Out};
use warrant_model::{Objective, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "information-type-without-levels",
        title: "Information type without impact levels",
        why: "A level that is missing counts as none, so the system may be categorised lower than what it handles.",
        source: "FIPS 199 §3; SP 800-60v1r1 §4.2",
        false_positives: "Public information has no need for confidentiality: choose not applicable, do not leave it empty.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for kind in &ctx.snapshot.information_types {
        let missing = |objective: &Objective| level_of(&kind.body, *objective).is_none();
        let missing: Vec<_> = Objective::ALL.into_iter().filter(missing).collect();
        if missing.is_empty() {
            continue;
        }
        let words: Vec<_> = missing.iter().map(|objective| objective.title().to_lowercase()).collect();
        let fields: Vec<_> = words.iter().map(String::as_str).collect();
        let draft = Draft::of_record("information_type", &kind.id, Severity::Medium, kind.created_at)
            .title(format!("{} has no level for {}", kind.body.name, words.join(", ")))
            .why(format!("{} of 3 impact levels are missing; they count as none.", missing.len()))
            .controls(["ra-2"])
            .objectives(&missing)
            .action(edit("Set the missing impact levels", "information_type", &kind.id, &fields));
        out.add(draft);
    }
}
