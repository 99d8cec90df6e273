//! A contract has to be renewed or given up soon, or should have been.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use crate::title::fit;
use jiff::ToSpan;
use warrant_model::Severity;
use warrant_model::time::{end_of, plus_days, start_of};

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "contract-notice-due",
        title: "Contract to be renewed or given up",
        why: "After the notice day a contract goes on at its price, or ends with what it protects unprotected.",
        source: "SP 800-53r5 SA-4, SR-6; SP 800-161r1 §3.1",
        false_positives: "A contract that shall end with nothing in its place: it is told until its last day; except it.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let days = ctx.policy.warning.expires_days;
    for contract in &ctx.programme.contracts {
        let body = &contract.body;
        let Some(ends) = body.ends.filter(|ends| !ctx.over(*ends)) else { continue };
        let notice = i64::from(body.notice_days.unwrap_or_default().clamp(0, 3_650) as i32);
        let Ok(by) = ends.checked_sub(notice.days()) else { continue };
        if !ctx.near(by, days) {
            continue;
        }
        let late = ctx.over(by);
        let (severity, since) = match late {
            true => (Severity::Medium, end_of(by)),
            false => (Severity::Low, plus_days(start_of(by), -i64::from(days))),
        };
        let after = match late {
            true => format!("\u{201d} ends on {ends}; notice was due on {by}"),
            false => format!("\u{201d} is to be renewed or given up by {by}"),
        };
        let draft = Draft::of_record("contract", &contract.id, severity, since)
            .title(fit("\u{201c}", &body.title, &after))
            .why(format!("With {}, until {ends}, {notice} days of notice.", body.supplier.trim()))
            .due(Some(by))
            .controls(["sa-4", "sr-6"])
            .owner(ctx.present(body.owner.as_ref()).map(|person| person.id.clone()))
            .action(edit("Renew it and enter its new last day", "contract", &contract.id, &["ends"]));
        out.add(draft);
    }
}
