//! A unit that nobody leads.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use warrant_model::Severity;
use warrant_model::time::end_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "unit-without-head",
        title: "Unit without a head",
        why: "Risk that a system owner can not carry goes to the head of the unit; without one it goes nowhere.",
        source: "SP 800-39 §2.3; SP 800-53r5 PM-29",
        false_positives: "A unit kept for history: move what is below it and delete it.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    for unit in &ctx.programme.units {
        if ctx.present(unit.body.head.as_ref()).is_some() {
            continue;
        }
        let head = ctx.person(unit.body.head.as_ref());
        let left = head.and_then(|person| Some((person, person.body.left?)));
        let (since, why) = match left {
            Some((person, left)) => {
                (end_of(left), format!("{} left on {left} and led it.", person.body.name))
            }
            None => (unit.created_at, "No person is named who leads it.".to_owned()),
        };
        let draft = Draft::of_record("unit", &unit.id, Severity::Low, since)
            .title(format!("{} has no head", unit.body.name))
            .why(why)
            .controls(["pm-29"])
            .action(edit("Name who leads it", "unit", &unit.id, &["head"]));
        out.add(draft);
    }
}
