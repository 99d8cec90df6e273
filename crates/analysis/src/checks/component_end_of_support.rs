//! A component's maker no longer mends it, or soon will not.

use crate::checks::{About, Check};
use crate::context::ALL;
use crate::draft::{Draft, edit, remediate, taking};
use crate::{Context, Out};
use warrant_model::Severity;
use warrant_model::time::{end_of, plus_days, start_of};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "component-end-of-support",
        title: "Component out of support",
        why: "After the last day of support a new weakness in the product stays open for good.",
        source: "SP 800-53r5 SA-22",
        false_positives: "Support bought beyond the maker's date: enter the day of that contract.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    let days = ctx.policy.warning.end_of_support_days;
    for component in &ctx.snapshot.components {
        let Some(last) = component.body.end_of_support else { continue };
        let name = &component.body.name;
        let (severity, since, title) = if ctx.over(last) {
            (Severity::High, end_of(last), format!("{name} has been out of support since {last}"))
        } else if ctx.near(last, days) {
            let from = plus_days(start_of(last), -i64::from(days));
            (Severity::Low, from, format!("Support of {name} ends on {last}"))
        } else {
            continue;
        };
        let replace = remediate(format!("Replace or upgrade {name}"), name.as_str());
        let draft = Draft::of_record("component", &component.id, severity, since)
            .title(title)
            .why(format!(
                "Its maker mends it until {last}; replacing a product is planned {days} days ahead."
            ))
            .due(Some(last))
            .controls(["sa-22"])
            .objectives(ALL)
            .owner(ctx.falls_to(&[component.body.owner.as_ref()]))
            .action(taking(replace, 8.0, 200.0))
            .action(edit(
                "Enter the day of extended support",
                "component",
                &component.id,
                &["end_of_support"],
            ));
        out.add(draft);
    }
}
