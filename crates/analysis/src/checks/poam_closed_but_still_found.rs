//! A plan is closed and its finding is still there.

use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, edit, remediate};
use crate::{Context, Out};
use std::collections::HashMap;
use warrant_model::Severity;
use warrant_model::time::from_micros;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-closed-but-still-found",
        title: "Closed POA&M item whose finding is open",
        why: "A plan was closed as done and the tool still sees the weakness: one of the two is wrong.",
        source: "SP 800-37r2 task M-3; SP 800-53Ar5 CA-5",
        false_positives: "No scan since the work was done: import a new one, which closes the finding.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let closed = || ctx.snapshot.poam_items.iter().filter(|item| item.body.state == "closed");
    if closed().all(|item| item.body.findings.is_empty()) {
        return;
    }
    let findings = &ctx.snapshot.findings;
    let open: HashMap<_, _> = findings.open().map(|row| (findings.text(findings.id[row]), row)).collect();
    for item in closed() {
        let mut rows: Vec<_> =
            item.body.findings.iter().filter_map(|id| open.get(id.as_str()).copied()).collect();
        rows.sort_unstable_by_key(|row| findings.text(findings.id[*row]));
        rows.dedup();
        let Some(since) = rows.iter().map(|row| from_micros(findings.state_since[*row])).max() else {
            continue;
        };
        let severity = rows.iter().map(|row| findings.severity[*row]).max().unwrap_or_default();
        let target = findings.text(findings.target[rows[0]]);
        let draft = Draft::of_record(
            "poam_item",
            &item.id,
            severity.max(Severity::Medium),
            since.max(item.updated_at),
        )
        .title(format!("\u{201c}{}\u{201d} is closed and still found", item.body.title))
        .why(format!("{} it planned to end: still open.", count_of(rows.len(), "finding", "findings")))
        .controls(["ca-5", "si-2"])
        .controls(item.body.controls.iter().cloned())
        .grounds(rows.iter().map(|row| ctx.finding_ground(*row)))
        .findings(&rows)
        .owner(ctx.falls_to(&[item.body.owner.as_ref()]))
        .poam_item(&item.id)
        .action(edit("Reopen the plan", "poam_item", &item.id, &["state", "comments"]))
        .action(remediate("Finish the work and scan again", target));
        out.add(draft);
    }
}
