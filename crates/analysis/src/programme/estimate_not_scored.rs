//! An estimate's day has come, and nobody said what turned out.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use crate::title::fit;
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "estimate-not-scored",
        title: "Estimate never scored",
        why: "Estimates get better only when they are held against what happened; those that turned out badly are the ones left open.",
        source: "Open FAIR O-RA 2.0.1 (calibration); SP 800-30r1 §3.4",
        false_positives: "It is not known yet: move the day by which it will be.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    for estimate in ctx.programme.estimates.iter().filter(|estimate| estimate.body.state == "open") {
        let Some(day) = estimate.body.known_by.filter(|day| ctx.over(*day)) else { continue };
        let field = if estimate.body.chance.is_some() { "came_about" } else { "found" };
        let draft = Draft::of_record("estimate", &estimate.id, Severity::Low, end_of(day))
            .title(fit("What turned out of \u{201c}", &estimate.body.title, "\u{201d}?"))
            .why(format!("It was to be known by {day}."))
            .due(Some(day))
            .controls(["ra-3"])
            .owner(ctx.present(estimate.body.estimator.as_ref()).map(|person| person.id.clone()))
            .action(edit("Say what turned out", "estimate", &estimate.id, &["state", field]));
        out.add(draft);
    }
}
