//! The programme as a whole: people, units and tasks that belong to no system.
//!
//! To add a check: write its file, its module and its line in [`CHECKS`] (sorted by id), and its example in
//! `tests/it/programme.rs`.

mod budget_line_overspent;
mod contract_notice_due;
mod estimate_not_scored;
mod spending_outside_its_line;
mod staffing_hours_short;
mod stakeholder_without_contact;
mod task_overdue;
mod training;
mod training_lapsed;
mod training_missing;
mod unit_in_a_circle;
mod unit_without_head;

use crate::checks::About;
use crate::draft::Draft;
use crate::horizon::Horizon;
use crate::policy::Policy;
use crate::posture::{Out, bare, deficiency_id};
use crate::rank::{queue_order, rank_of_programme};
use crate::scorecard;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::Person;
use warrant_model::posture::{ControlCounts, Posture, SeverityCounts};
use warrant_model::snapshot::Programme;
use warrant_model::time::{end_of, plus_days, start_of};

/// The programme and the present.
pub struct ProgrammeContext<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// The policy.
    pub policy: &'a Policy,
    horizon: &'a Horizon,
    persons: HashMap<&'a RecordId, &'a Record<Person>>,
}

impl<'a> ProgrammeContext<'a> {
    /// Whether an instant has been reached; one ahead bounds how long the posture holds.
    pub fn passed(&self, deadline: Timestamp) -> bool {
        self.horizon.passed(deadline)
    }

    /// Whether a last day is over.
    pub fn over(&self, last: Date) -> bool {
        self.passed(end_of(last))
    }

    /// Whether a last day is less than so many days ahead, or over.
    pub fn near(&self, last: Date, days: u32) -> bool {
        self.passed(plus_days(start_of(last), -i64::from(days)))
    }

    /// Today; what is told of it holds until midnight.
    pub fn today(&self) -> Date {
        self.horizon.today()
    }

    /// People who are here, in the order of their ids.
    pub fn people(&self) -> Vec<&'a Record<Person>> {
        let here = |person: &&Record<Person>| !person.body.left.is_some_and(|left| self.over(left));
        let mut people: Vec<_> = self.programme.persons.iter().filter(here).collect();
        people.sort_by_key(|person| &person.id);
        people
    }

    /// A person who is still here.
    pub fn present(&self, id: Option<&RecordId>) -> Option<&'a Record<Person>> {
        self.person(id).filter(|person| !person.body.left.is_some_and(|left| self.over(left)))
    }

    /// A person, here or not.
    pub fn person(&self, id: Option<&RecordId>) -> Option<&'a Record<Person>> {
        self.persons.get(id?).copied()
    }
}

/// A rule over the programme.
#[derive(Clone, Copy)]
pub struct ProgrammeCheck {
    /// What people may know of it.
    pub about: About,
    /// Looks, and adds what is wrong.
    pub run: fn(&ProgrammeContext<'_>, &mut Out),
}

impl std::fmt::Debug for ProgrammeCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ProgrammeCheck").field(&self.about.id).finish()
    }
}

/// Every check of the programme, by id.
pub const CHECKS: &[ProgrammeCheck] = &[
    budget_line_overspent::CHECK,
    contract_notice_due::CHECK,
    estimate_not_scored::CHECK,
    task_overdue::CHECK,
    spending_outside_its_line::CHECK,
    staffing_hours_short::CHECK,
    stakeholder_without_contact::CHECK,
    training_lapsed::CHECK,
    training_missing::CHECK,
    unit_in_a_circle::CHECK,
    unit_without_head::CHECK,
];

/// The posture of the programme at an instant: deficiencies only, since control status and scorecards are the systems'.
pub fn programme_posture(programme: &Programme, as_of: Timestamp, policy: &Policy) -> Posture {
    let horizon = Horizon::new(as_of);
    let persons = programme.persons.iter().map(|person| (&person.id, person)).collect();
    let ctx = ProgrammeContext { programme, policy, horizon: &horizon, persons };
    let mut out = Out::default();
    let mut deficiencies = Vec::new();
    for check in CHECKS {
        (check.run)(&ctx, &mut out);
        for draft in out.take() {
            deficiencies.push(conclude(check.about.id, draft, &ctx));
        }
    }
    deficiencies.sort_by(queue_order);
    Posture {
        system: String::new(),
        as_of,
        valid_until: horizon.until(),
        baseline: String::new(),
        scorecard: scorecard::none(),
        controls: ControlCounts::default(),
        open_findings: SeverityCounts::default(),
        deficiencies,
        evidence_at: programme.training.iter().map(|completion| completion.at).max(),
    }
}

fn conclude(check: &str, draft: Draft, ctx: &ProgrammeContext<'_>) -> warrant_model::posture::Deficiency {
    let rank = rank_of_programme(&draft, ctx.policy, |deadline| ctx.passed(deadline));
    let owner = draft.owner.as_ref().map(|id| id.as_str().to_owned());
    let mut deficiency = bare(check, deficiency_id(check, "", &draft.key), draft, rank);
    deficiency.owner = owner;
    deficiency
}
