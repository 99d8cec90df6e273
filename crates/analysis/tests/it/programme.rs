//! Every check of the programme fires on its example and is silent on one that is nearly the same.

use crate::build::*;
use warrant_analysis::programme::CHECKS;
use warrant_analysis::{Policy, programme_posture};
use warrant_model::fact::{Place, TrainingFact};
use warrant_model::kinds::*;
use warrant_model::snapshot::{PlannedHours, Programme, Sourced};

type Edit = fn(&mut Programme);

const EXAMPLES: &[(&str, Edit, Edit)] = &[
    ("budget-line-overspent", |p| spend(p, 900.0, 200.0), |p| spend(p, 900.0, 100.0)),
    ("contract-notice-due", |p| contract(p, "2027-03-20"), |p| contract(p, "2027-05-01")),
    ("estimate-not-scored", |p| estimate(p, "2026-11-22"), |p| estimate(p, "2026-11-23")),
    ("programme-task-overdue", |p| task(p, "2026-11-22"), |p| task(p, "2026-11-23")),
    (
        "spending-outside-its-line",
        |p| {
            spend(p, 10.0, 10.0);
            p.budget_lines[0].body.state = "refused".into();
        },
        |p| spend(p, 10.0, 10.0),
    ),
    ("staffing-hours-short", |p| hours(p, 80.0), |p| hours(p, 20.0)),
    ("stakeholder-without-contact", |p| party(p, 7), |p| party(p, 1)),
    ("training-lapsed", |p| training(p, "2025-11-01"), |p| training(p, "2026-11-01")),
    ("training-missing", |p| require(p), |p| training(p, "2020-01-01")),
    ("unit-in-a-circle", |p| units(p, &[(1, 2), (2, 3), (3, 1)]), |p| units(p, &[(1, 2), (2, 3)])),
    ("unit-without-head", |p| head(p, None), |p| head(p, Some(1))),
];

fn fired(programme: &Programme) -> Vec<String> {
    let found = programme_posture(programme, now(), &Policy::embedded()).deficiencies;
    found.into_iter().map(|deficiency| deficiency.check).collect()
}

#[test]
fn every_check_has_an_example_and_all_are_sorted() {
    let examples: Vec<_> = EXAMPLES.iter().map(|(id, ..)| *id).collect();
    let checks: Vec<_> = CHECKS.iter().map(|check| check.about.id).collect();
    assert_eq!(examples, checks);
    assert!(checks.is_sorted());
    let of_systems = warrant_analysis::checks::CHECKS.iter().map(|check| check.about.id);
    assert!(of_systems.into_iter().all(|id| !checks.contains(&id)), "an id is used twice");
}

#[test]
fn every_check_fires_on_its_example_and_not_on_its_like() {
    assert!(fired(&people()).is_empty());
    for (id, fires, silent) in EXAMPLES {
        let mut programme = people();
        fires(&mut programme);
        assert!(fired(&programme).iter().any(|check| check == id), "{id} is silent on its example");
        let mut programme = people();
        silent(&mut programme);
        assert!(!fired(&programme).iter().any(|check| check == id), "{id} fires on what is sound");
    }
}

#[test]
fn somebody_who_left_owes_no_training() {
    let mut programme = people();
    require(&mut programme);
    programme.persons[0].body.left = Some(date("2026-11-01"));
    assert!(fired(&programme).is_empty());
}

#[test]
fn a_head_who_left_is_no_head() {
    let mut programme = people();
    head(&mut programme, Some(1));
    programme.persons[0].body.left = Some(date("2026-11-01"));
    assert_eq!(fired(&programme), ["unit-without-head"]);
}

fn require(programme: &mut Programme) {
    programme.persons[0].body.required_courses = vec!["Awareness".into()];
}

fn training(programme: &mut Programme, completed: &str) {
    require(programme);
    let fact = TrainingFact {
        email: "Ada@Example.org".into(),
        course: "awareness".into(),
        completed: date(completed),
        expires: None,
        score: None,
        passed: true,
    };
    let place = Place::new(2, "");
    programme.training.push(Sourced { fact, evidence: hash("roster"), place, at: now() });
}

fn task(programme: &mut Programme, due: &str) {
    let task = Task { title: "Report".into(), due: Some(date(due)), ..Task::default() };
    programme.tasks.push(record("task", 1, task));
}

fn party(programme: &mut Programme, contact: u32) {
    let party =
        Stakeholder { name: "Board".into(), contact: Some(id("person", contact)), ..Default::default() };
    programme.stakeholders.push(record("stakeholder", 1, party));
}

fn head(programme: &mut Programme, head: Option<u32>) {
    let head = head.map(|number| id("person", number));
    programme.units.push(record("unit", 1, Unit { name: "Water".into(), head, ..Unit::default() }));
}

fn units(programme: &mut Programme, parents: &[(u32, u32)]) {
    for (unit, parent) in parents {
        let parent = Some(id("unit", *parent));
        let body =
            Unit { name: format!("unit {unit}"), parent, head: Some(id("person", 1)), ..Unit::default() };
        programme.units.push(record("unit", *unit, body));
    }
}

/// A line of 1,000 that was granted, something paid from it and something promised, tomorrow something more.
fn spend(programme: &mut Programme, paid: f64, promised: f64) {
    let line = BudgetLine {
        title: "Gateway".into(),
        state: "granted".into(),
        amount: Some(1_000.0),
        starts: Some(date("2026-01-01")),
        ends: Some(date("2026-12-31")),
        owner: Some(id("person", 1)),
        ..BudgetLine::default()
    };
    programme.budget_lines.push(record("budget_line", 1, line));
    let days = ["2026-05-01", "2026-06-01", "2026-11-24"];
    for (at, amount) in [paid, promised, 5_000.0].into_iter().enumerate() {
        let body = Spending {
            line: id("budget_line", 1),
            title: "Invoice".into(),
            sort: if at == 1 { SpendingSort::Commitment } else { SpendingSort::Actual },
            amount: Some(amount),
            day: Some(date(days[at])),
            ..Spending::default()
        };
        programme.spending.push(record("spending", at as u32 + 1, body));
    }
}

/// Person 1 has a post of 100 hours a year as an analyst; a system's work of that role takes so many, due soon.
fn hours(programme: &mut Programme, needed: f64) {
    let body = Staffing {
        title: "Analyst".into(),
        work_role: "PD-WRL-007".into(),
        person: Some(id("person", 1)),
        hours_a_year: Some(100.0),
        ..Staffing::default()
    };
    programme.staffing.push(record("staffing", 1, body));
    programme.planned.push(planned("PD-WRL-007", "2026-12-20", (needed, 1, 0)));
}

fn planned(role: &str, due: &str, (hours, told, untold): (f64, usize, usize)) -> PlannedHours {
    PlannedHours {
        system: id("system", 1),
        role: role.into(),
        due: Some(date(due)),
        hundredths: (hours * 100.0) as i64,
        told,
        untold,
    }
}

#[test]
fn hours_that_are_not_told_are_never_called_enough() {
    let said = |edit: fn(&mut Programme)| {
        let mut programme = people();
        hours(&mut programme, 10.0);
        edit(&mut programme);
        let found = programme_posture(&programme, now(), &Policy::embedded()).deficiencies;
        let found = found.into_iter().filter(|one| one.check == "staffing-hours-short");
        found.map(|one| format!("{}: {}", one.title, one.why)).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(|_| {}), "");
    let untold = said(|p| p.planned.push(planned("PD-WRL-007", "2026-12-01", (0.0, 0, 2))));
    assert!(untold.contains("Vulnerability Analysis suffice is not assessed"), "{untold}");
    assert!(untold.contains("Not assessed because 2 open actions"), "{untold}");
    // Late work counts, work after the quarter does not.
    let late = said(|p| p.planned.push(planned("PD-WRL-007", "2026-10-01", (30.0, 2, 1))));
    assert!(
        late.contains("lacks 15")
            && late.contains("run short from 2026-11-23")
            && late.contains("1 more state"),
        "{late}"
    );
    assert_eq!(said(|p| p.planned.push(planned("PD-WRL-007", "2027-02-22", (900.0, 1, 0)))), "");
    assert_ne!(said(|p| p.planned.push(planned("PD-WRL-007", "2027-02-21", (900.0, 1, 0)))), "");
    // Who left gives no hours, nor does a vacancy.
    assert!(said(|p| p.staffing[0].body.person = None).contains("lacks 10 hours"));
    assert!(said(|p| p.persons[0].body.left = Some(date("2026-11-01"))).contains("lacks 10 hours"));
    let nobody = said(|p| p.planned.push(planned("", "2026-12-01", (5.0, 1, 0))));
    assert!(nobody.contains("no work role") || nobody.contains("names no work role"), "{nobody}");
    let none = said(|p| p.staffing.clear());
    assert!(none.contains("no post says how many hours there are"), "{none}");
}

fn contract(programme: &mut Programme, ends: &str) {
    let body = Contract {
        title: "Monitoring".into(),
        supplier: "Watch Ltd".into(),
        ends: Some(date(ends)),
        notice_days: Some(90),
        ..Contract::default()
    };
    programme.contracts.push(record("contract", 1, body));
}

fn estimate(programme: &mut Programme, known_by: &str) {
    let body = Estimate {
        title: "Days until the gateway runs".into(),
        state: "open".into(),
        known_by: Some(date(known_by)),
        low: Some(10.0),
        high: Some(30.0),
        ..Estimate::default()
    };
    programme.estimates.push(record("estimate", 1, body));
}

#[test]
fn what_is_spent_tomorrow_bounds_how_long_the_posture_holds() {
    let mut programme = people();
    spend(&mut programme, 900.0, 100.0);
    let posture = programme_posture(&programme, now(), &Policy::embedded());
    assert!(posture.deficiencies.is_empty());
    let after = programme_posture(&programme, posture.valid_until, &Policy::embedded());
    let titles: Vec<_> = after.deficiencies.iter().map(|deficiency| deficiency.title.as_str()).collect();
    assert_eq!(titles, ["\u{201c}Gateway\u{201d} is 5,000 overspent"]);
}

#[test]
fn spending_says_what_its_line_lacks() {
    let said = |edit: Edit| {
        let mut programme = people();
        spend(&mut programme, 10.0, 10.0);
        edit(&mut programme);
        let found = programme_posture(&programme, now(), &Policy::embedded()).deficiencies;
        found.iter().map(|deficiency| deficiency.why.clone()).collect::<Vec<_>>().join(" ")
    };
    assert!(said(|p| p.budget_lines.clear()).contains("is not there"));
    assert!(said(|p| p.budget_lines[0].body.state = "requested".into()).contains("only asked for"));
    assert!(
        said(|p| p.budget_lines[0].body.ends = Some(date("2026-05-15"))).contains("2026-01-01 to 2026-05-15")
    );
    assert_eq!(said(|p| p.budget_lines[0].body.state = "closed".into()), "");
}
