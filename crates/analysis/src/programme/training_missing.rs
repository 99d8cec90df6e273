//! Somebody never passed a required course.

use super::training::Completions;
use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit, import, taking};
use crate::posture::Out;
use warrant_model::Severity;
use warrant_model::time::start_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "training-missing",
        title: "Required course never passed",
        why: "A person with access who was never told the rules can not be expected to keep them.",
        source: "SP 800-53r5 AT-2, AT-3; SP 800-50r1",
        false_positives: "A roster under another address: correct the person's e-mail address.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let completions = Completions::of(ctx);
    for person in ctx.people() {
        let since = person.body.joined.map_or(person.created_at, start_of);
        // Somebody who joins later owes nothing yet.
        if !ctx.passed(since) {
            continue;
        }
        for course in &person.body.required_courses {
            if completions.last(&person.body, course).is_some() {
                continue;
            }
            let name = &person.body.name;
            let mut draft = Draft::of_record("person", &person.id, Severity::Medium, since)
                .title(format!("{name} never passed {course}"))
                .why(format!(
                    "{course} is required and no passed completion by {} is on record.",
                    person.body.email
                ))
                .controls(["at-2", "at-3", "at-4"])
                .owner(Some(person.id.clone()))
                .action(taking(
                    import(format!("Take {course} and import the roster"), "course roster"),
                    0.5,
                    4.0,
                ))
                .action(edit(
                    "Correct what is required of the person",
                    "person",
                    &person.id,
                    &["required_courses", "email"],
                ));
            draft.key = format!("{}/{course}", person.id);
            out.add(draft);
        }
    }
}
