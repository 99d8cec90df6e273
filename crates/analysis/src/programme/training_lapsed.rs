//! Somebody's required training has lapsed.

use super::training::Completions;
use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, import, taking};
use crate::posture::Out;
use warrant_model::Severity;
use warrant_model::posture::{Ground, Source};
use warrant_model::time::end_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "training-lapsed",
        title: "Required training has lapsed",
        why: "Knowledge that is not refreshed fades, and the rules it was about have changed since.",
        source: "SP 800-53r5 AT-2, AT-3, AT-4",
        false_positives: "A course that was taken and not imported: import the roster.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    let completions = Completions::of(ctx);
    for person in ctx.people() {
        for course in &person.body.required_courses {
            let Some((completion, last)) = completions.last(&person.body, course) else { continue };
            if !ctx.over(last) {
                continue;
            }
            let name = &person.body.name;
            let source =
                Source::Evidence { evidence: completion.evidence.clone(), place: completion.place.clone() };
            let says =
                format!("{} completed {course} on {}", completion.fact.email, completion.fact.completed);
            let mut draft = Draft::of_record("person", &person.id, Severity::Low, end_of(last))
                .title(format!("{course} of {name} lapsed on {last}"))
                .why(format!("Last completed on {}, valid until {last}.", completion.fact.completed))
                .due(Some(last))
                .controls(["at-2", "at-3", "at-4"])
                .grounds([Ground { says, at: completion.at, source }])
                .owner(Some(person.id.clone()))
                .action(taking(
                    import(format!("Take {course} and import the roster"), "course roster"),
                    0.5,
                    4.0,
                ));
            draft.key = format!("{}/{course}", person.id);
            out.add(draft);
        }
    }
}
