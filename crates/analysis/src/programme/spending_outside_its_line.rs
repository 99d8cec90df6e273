//! Money was spent from a line that is not there, was not granted, or is for another period.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::balance::told;
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use crate::title::fit;
use std::collections::BTreeMap;
use warrant_model::Severity;
use warrant_model::kind::Record;
use warrant_model::kinds::{BudgetLine, Spending};
use warrant_model::time::start_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "spending-outside-its-line",
        title: "Spending without a budget line that covers it",
        why: "What no line covers was granted by nobody, and is missing where the budget is told.",
        source: "SP 800-53r5 PM-3 b; SP 800-65r1 §2",
        false_positives: "The line was granted later: grant it in the record too.",
    },
    run,
};

/// What is wrong with the line, for the end of a title and for why.
fn wrong(line: Option<&Record<BudgetLine>>, spending: &Spending) -> Option<(&'static str, String)> {
    let Some(line) = line else {
        return Some(("has no budget line", "The line it names is not there.".to_owned()));
    };
    let (body, name) = (&line.body, line.body.title.trim());
    match body.state.as_str() {
        "requested" => {
            return Some(("has a line not granted", format!("\u{201c}{name}\u{201d} is only asked for.")));
        }
        "refused" => {
            return Some(("has a line that was refused", format!("\u{201c}{name}\u{201d} was refused.")));
        }
        _ => {}
    }
    let day = spending.day?;
    let within = body.starts.is_none_or(|starts| starts <= day) && body.ends.is_none_or(|ends| day <= ends);
    let of =
        |day: Option<jiff::civil::Date>| day.map_or_else(|| "\u{2026}".to_owned(), |day| day.to_string());
    let why = || {
        format!(
            "{day} lies outside the period of \u{201c}{name}\u{201d}: {} to {}.",
            of(body.starts),
            of(body.ends)
        )
    };
    (!within).then(|| ("lies outside its line\u{2019}s period", why()))
}

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let lines: BTreeMap<_, _> = ctx.programme.budget_lines.iter().map(|line| (&line.id, line)).collect();
    for spending in &ctx.programme.spending {
        let body = &spending.body;
        // A payment of an order from the year before settles what that year's line holds.
        if body.settles.is_some() || body.day.is_some_and(|day| !ctx.passed(start_of(day))) {
            continue;
        }
        let line = lines.get(&body.line).copied();
        let Some((what, why)) = wrong(line, body) else { continue };
        let since = body.day.map_or(spending.created_at, start_of);
        let owner = line.and_then(|line| ctx.present(line.body.owner.as_ref()));
        let draft = Draft::of_record("spending", &spending.id, Severity::Medium, since)
            .title(fit("\u{201c}", &body.title, &format!("\u{201d} {what}")))
            .why(format!("{} were spent. {why}", told(body.amount.unwrap_or_default())))
            .controls(["pm-3"])
            .owner(owner.map(|person| person.id.clone()))
            .action(edit(
                "Name the line that covers it, or have the line granted",
                "spending",
                &spending.id,
                &["line"],
            ));
        out.add(draft);
    }
}
