//! A plan without an owner or without a day.

use crate::checks::{About, Check};
use crate::draft::{Draft, edit};
use crate::plans::is_open;
use crate::title::fit;
use crate::{Context, Out};
use warrant_model::Severity;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-incomplete",
        title: "POA&M item without owner or day",
        why: "A plan that nobody answers for, or that has no day, can never be late and so never gets done.",
        source: "SP 800-53r5 CA-5 a; OMB M-02-01",
        false_positives: "None known; a draft counts low.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for item in ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body)) {
        let missing: Vec<&str> = [("owner", item.body.owner.is_none()), ("due", item.body.due.is_none())]
            .into_iter()
            .filter_map(|(field, missing)| missing.then_some(field))
            .collect();
        let words = match missing.as_slice() {
            [] => continue,
            ["owner"] => "no owner",
            ["due"] => "no day",
            _ => "neither owner nor day",
        };
        let draft_state = matches!(item.body.state.as_str(), "" | "draft");
        let severity = if draft_state { Severity::Low } else { Severity::Medium };
        let draft = Draft::of_record("poam_item", &item.id, severity, item.created_at)
            .title(fit("\u{201c}", &item.body.title, &format!("\u{201d} has {words}")))
            .why(format!("A plan needs both to be kept; this one has {words}."))
            .controls(["ca-5_smt.a"])
            .owner(ctx.falls_to(&[item.body.owner.as_ref()]))
            .poam_item(&item.id)
            .action(edit("Name the owner and the day", "poam_item", &item.id, &missing));
        out.add(draft);
    }
}
