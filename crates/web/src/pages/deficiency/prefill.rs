//! What can be done about a deficiency, as addresses of forms that are filled in already.

use super::super::sources::record_href;
use crate::list::encoded;
use jiff::civil::Date;
use std::collections::BTreeSet;
use warrant_model::posture::{Change, Deficiency};
use warrant_service::query::DeficiencyRow;

/// The forms for one deficiency; each leads back to `next`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefill<'a> {
    /// The system; empty for the programme.
    pub(crate) system: &'a str,
    /// The deficiency.
    pub(crate) deficiency: &'a Deficiency,
    /// Others of the same system that go into the same task or plan.
    pub(crate) also: &'a [DeficiencyRow],
    /// Where to go when it is done.
    pub(crate) next: &'a str,
    /// A day before it is no plan: a due date that has passed is left for the reader to choose.
    pub(crate) today: Date,
}

impl<'a> Prefill<'a> {
    /// The forms for a row of the queue.
    pub(crate) fn new(row: &'a DeficiencyRow, next: &'a str, today: Date) -> Self {
        Self { system: &row.system, deficiency: &row.deficiency, also: &[], next, today }
    }

    /// A task for somebody.
    pub(crate) fn assign(&self) -> String {
        let mut pairs = vec![
            ("title", self.deficiency.title.clone()),
            ("system", self.system.to_owned()),
            ("about", self.deficiency.id.clone()),
            ("description", self.described(&self.deficiency.why)),
        ];
        pairs.extend(self.deficiency.owner.clone().map(|owner| ("assignee", owner)));
        pairs.extend(self.due());
        new("task", pairs, self.next)
    }

    /// A POA&M item. The programme has none: items belong to systems.
    pub(crate) fn plan(&self) -> Option<String> {
        self.plan_to(&self.first_action())
    }

    fn plan_to(&self, work: &str) -> Option<String> {
        if self.system.is_empty() {
            return None;
        }
        let deficiency = self.deficiency;
        let mut pairs = vec![
            ("system", self.system.to_owned()),
            ("title", deficiency.title.clone()),
            ("description", self.described(format!("{}\n\n{work}", deficiency.why).trim())),
            ("severity", deficiency.severity.word().to_owned()),
            ("deficiencies", deficiency.id.clone()),
            ("identified", warrant_model::time::day(deficiency.since).to_string()),
        ];
        pairs.extend(self.also.iter().map(|row| ("deficiencies", row.deficiency.id.clone())));
        let also = self.also.iter().flat_map(|row| &row.deficiency.controls);
        let controls: BTreeSet<_> = deficiency.controls.iter().chain(also).collect();
        pairs.extend(controls.into_iter().map(|control| ("controls", control.clone())));
        pairs.extend(deficiency.owner.clone().map(|owner| ("owner", owner)));
        pairs.extend(self.due());
        Some(new("poam_item", pairs, self.next))
    }

    /// An exception. The programme has none.
    pub(crate) fn except(&self) -> Option<String> {
        let pairs = vec![
            ("system", self.system.to_owned()),
            ("title", self.deficiency.title.clone()),
            ("deficiency", self.deficiency.id.clone()),
        ];
        (!self.system.is_empty()).then(|| new("exception", pairs, self.next))
    }

    /// The form that a corrective action asks for; `None` when there is none, as for work on a system that
    /// nobody can plan.
    pub(crate) fn action(&self, title: &str, change: &Change) -> Option<String> {
        match change {
            Change::Edit { kind, id, .. } => {
                Some(format!("{}/edit?next={}", record_edit_base(kind, id), encoded(self.next)))
            }
            Change::Create { kind, .. } if kind == "poam_item" => self.plan(),
            Change::Create { kind, with } => {
                let several = |name: &str| matches!(name, "controls" | "deficiencies" | "findings");
                let mut pairs: Vec<(&str, String)> = Vec::new();
                for (name, value) in with {
                    if several(name) {
                        pairs.extend(value.split_whitespace().map(|part| (name.as_str(), part.to_owned())));
                    } else {
                        pairs.push((name, value.clone()));
                    }
                }
                Some(new(kind, pairs, self.next))
            }
            Change::Import { .. } if self.system.is_empty() => Some("/import".to_owned()),
            Change::Import { .. } => Some(format!("/import?system={}", encoded(self.system))),
            Change::Remediate { .. } => self.plan_to(title),
        }
    }

    fn due(&self) -> Option<(&'static str, String)> {
        self.deficiency.due.filter(|due| *due >= self.today).map(|due| ("due", due.to_string()))
    }

    /// The text with the titles of the others below it.
    fn described(&self, text: &str) -> String {
        let also = self.also.iter().map(|row| format!("\n{}", row.deficiency.title));
        std::iter::once(text.to_owned()).chain(also).collect()
    }

    fn first_action(&self) -> String {
        let first = self.deficiency.actions.iter().find(|action| !plans(&action.change));
        first.map(|action| action.title.clone()).unwrap_or_default()
    }
}

/// Whether a change is the plan itself, which says nothing of the work.
fn plans(change: &Change) -> bool {
    matches!(change, Change::Create { kind, .. } if kind == "poam_item")
}

/// The generic page of a record: a system's own page has no form below it.
fn record_edit_base(kind: &str, id: &str) -> String {
    if kind == "system" { format!("/records/system/{}", encoded(id)) } else { record_href(kind, id) }
}

fn new<'n>(kind: &str, pairs: impl IntoIterator<Item = (&'n str, String)>, next: &str) -> String {
    let pairs = pairs.into_iter().chain([("next", next.to_owned())]);
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(&value))).collect();
    format!("/records/{}/new?{}", encoded(kind), pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use warrant_model::level::Severity;
    use warrant_model::posture::{CorrectiveAction, Rank, Source};

    const TODAY: Date = jiff::civil::date(2026, 12, 1);

    fn deficiency() -> Deficiency {
        Deficiency {
            id: "d1".to_owned(),
            check: "flow-unprotected".to_owned(),
            title: "A & B".to_owned(),
            why: "Why.".to_owned(),
            severity: Severity::High,
            since: Timestamp::UNIX_EPOCH,
            due: Some(jiff::civil::date(2026, 12, 1)),
            subject: Source::Finding { id: "f".to_owned() },
            controls: vec!["sc-8".to_owned(), "sc-13".to_owned()],
            objectives: Vec::new(),
            grounds: Vec::new(),
            actions: vec![CorrectiveAction {
                title: "Encrypt it".to_owned(),
                change: Change::Remediate { target: "host".to_owned() },
                hours: None,
            }],
            owner: None,
            poam_item: None,
            excepted: None,
            rank: Rank::default(),
        }
    }

    #[test]
    fn a_plan_starts_from_what_is_known() {
        let deficiency = deficiency();
        let prefill =
            Prefill { system: "system_1", deficiency: &deficiency, also: &[], next: "/?q=x", today: TODAY };
        let plan = prefill.plan().unwrap();
        assert_eq!(
            plan,
            "/records/poam_item/new?system=system_1&title=A%20%26%20B&description=Why.%0A%0AEncrypt%20it&severity=high&deficiencies=d1&identified=1970-01-01&controls=sc-13&controls=sc-8&due=2026-12-01&next=%2F%3Fq%3Dx"
        );
        assert!(prefill.except().unwrap().contains("deficiency=d1"));
    }

    #[test]
    fn no_plan_begins_overdue() {
        let deficiency = deficiency();
        let late = Prefill {
            system: "s",
            deficiency: &deficiency,
            also: &[],
            next: "/",
            today: TODAY.tomorrow().unwrap(),
        };
        assert!(!late.plan().unwrap().contains("due="));
        assert!(!late.assign().contains("due="));
    }

    #[test]
    fn several_go_into_one_plan() {
        let deficiency = deficiency();
        let other =
            Deficiency { id: "d2".to_owned(), controls: vec!["ac-2".to_owned()], ..deficiency.clone() };
        let also = [DeficiencyRow { system: "s".to_owned(), deficiency: other }];
        let plan = Prefill { system: "s", deficiency: &deficiency, also: &also, next: "/", today: TODAY }
            .plan()
            .unwrap();
        assert!(plan.contains("deficiencies=d1&") && plan.contains("deficiencies=d2&"));
        assert!(plan.contains("controls=ac-2&controls=sc-13&controls=sc-8"));
        assert!(plan.contains("Encrypt%20it%0AA%20%26%20B&"));
    }

    #[test]
    fn the_programme_has_tasks_but_no_plan_and_no_exception() {
        let deficiency = deficiency();
        let prefill = Prefill { system: "", deficiency: &deficiency, also: &[], next: "/", today: TODAY };
        assert_eq!((prefill.plan(), prefill.except()), (None, None));
        assert!(prefill.assign().starts_with("/records/task/new?title=A"));
    }

    #[test]
    fn lists_in_a_corrective_action_become_repeated_values() {
        let deficiency = deficiency();
        let prefill = Prefill { system: "s", deficiency: &deficiency, also: &[], next: "/", today: TODAY };
        let with =
            vec![("controls".to_owned(), "ra-5 si-2".to_owned()), ("title".to_owned(), "a b".to_owned())];
        let change = Change::Create { kind: "assessment".to_owned(), with };
        assert_eq!(
            prefill.action("", &change).unwrap(),
            "/records/assessment/new?controls=ra-5&controls=si-2&title=a%20b&next=%2F"
        );
    }
}
