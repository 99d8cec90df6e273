//! More is paid and promised from a budget line than it was granted.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::balance::{balances, told};
use crate::checks::About;
use crate::draft::{Draft, edit, record_ground};
use crate::posture::Out;
use crate::title::fit;
use warrant_model::Severity;
use warrant_model::kinds::SpendingSort;
use warrant_model::time::{end_of, start_of};

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "budget-line-overspent",
        title: "Budget line overspent or over-committed",
        why: "What was promised will have to be paid, and the line does not hold it: somebody has to find the rest.",
        source: "SP 800-53r5 PM-3 b, SA-2 b; SP 800-65r1 §2",
        false_positives: "A payment that settles an order and does not say so counts twice: fill in what it settles.",
    },
    run,
};

/// Less than this is rounding.
const CENT: f64 = 0.01;

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    // Running sums need every day; days ahead bound how long the posture holds.
    let balances = balances(&ctx.programme.spending, |day| ctx.passed(start_of(day)));
    for line in ctx.programme.budget_lines.iter().filter(|line| line.body.state == "granted") {
        let Some(balance) = balances.get(&line.id) else { continue };
        let granted = line.body.amount.unwrap_or_default();
        let beyond = balance.bound() - granted;
        if beyond < CENT {
            continue;
        }
        let paid = balance.paid - granted >= CENT;
        let of_it = ctx.programme.spending.iter().filter(|one| one.body.line == line.id);
        let mut of_it: Vec<_> =
            of_it.filter(|one| one.body.day.is_none_or(|day| ctx.passed(start_of(day)))).collect();
        of_it.sort_by_key(|one| &one.id);
        let newest = of_it.iter().filter_map(|one| one.body.day).max();
        let draft = Draft::of_record(
            "budget_line",
            &line.id,
            if paid { Severity::High } else { Severity::Medium },
            newest.map_or(line.updated_at, start_of),
        )
        .title(fit(
            "\u{201c}",
            &line.body.title,
            &format!("\u{201d} is {} {}", told(beyond), if paid { "overspent" } else { "over-committed" }),
        ))
        .why(format!(
            "Granted {}, paid {}, promised beyond that {}.",
            told(granted),
            told(balance.paid),
            told(balance.promised)
        ))
        .due(line.body.ends.filter(|ends| ctx.passed(end_of(*ends))))
        .controls(["pm-3", "sa-2"])
        .grounds(of_it.iter().map(|one| {
            let what = match one.body.sort {
                SpendingSort::Actual => "paid",
                SpendingSort::Commitment => "promised",
            };
            let says = format!("{} {what}: {}", told(one.body.amount.unwrap_or_default()), one.body.title);
            record_ground(says, one.created_at, "spending", &one.id)
        }))
        .owner(ctx.present(line.body.owner.as_ref()).map(|person| person.id.clone()))
        .action(edit(
            "Have the rest granted, or move spending to another line",
            "budget_line",
            &line.id,
            &["amount"],
        ));
        out.add(draft);
    }
}
