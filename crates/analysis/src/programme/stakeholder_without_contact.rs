//! A stakeholder with whom nobody speaks.

use super::{ProgrammeCheck, ProgrammeContext};
use crate::checks::About;
use crate::draft::{Draft, edit};
use crate::posture::Out;
use warrant_model::Severity;
use warrant_model::kinds::Level;
use warrant_model::time::end_of;

pub(super) const CHECK: ProgrammeCheck = ProgrammeCheck {
    about: About {
        id: "stakeholder-without-contact",
        title: "Stakeholder without a contact",
        why: "A party with a say that nobody speaks with learns of decisions from somebody else.",
        source: "SP 800-37r2 task P-9",
        false_positives: "A party that is spoken with by several people: name the one who answers.",
    },
    run,
};

fn run(ctx: &ProgrammeContext<'_>, out: &mut Out) {
    for party in &ctx.programme.stakeholders {
        if ctx.present(party.body.contact.as_ref()).is_some() {
            continue;
        }
        let contact = ctx.person(party.body.contact.as_ref());
        let left = contact.and_then(|person| Some((person, person.body.left?)));
        let (since, why) = match left {
            Some((person, left)) => (end_of(left), format!("{} left on {left}.", person.body.name)),
            None => (party.created_at, "No person is named who speaks with them.".to_owned()),
        };
        let severity =
            if party.body.influence == Some(Level::High) { Severity::Medium } else { Severity::Low };
        let draft = Draft::of_record("stakeholder", &party.id, severity, since)
            .title(format!("Nobody speaks with {}", party.body.name))
            .why(why)
            .controls(["pm-1"])
            .action(edit("Name who speaks with them", "stakeholder", &party.id, &["contact"]));
        out.add(draft);
    }
}
