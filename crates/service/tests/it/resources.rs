//! Money, people and time of the store: budget, staffing, the funding request; estimators; what is known; a scenario in the making.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_service::risk::{Calibrated, Grouping, Overrun, ResourcesAsk, RiskScope, Unsure, Verdict};
use warrant_service::{Actor, ServiceError};

on_both!(
    budget_and_staffing_follow_from_records,
    estimators_are_scored_by_what_turned_out,
    a_scenario_in_the_making_is_priced_and_its_doubt_is_told,
);

/// Somebody without any role.
fn stranger() -> Actor {
    Actor {
        account: "acct_none".to_owned(),
        email: "nobody@example.org".to_owned(),
        name: "Nobody".to_owned(),
        everywhere: None,
        highest: None,
        within: warrant_service::Scope::Organisation,
        token: None,
    }
}

async fn id_of(fixture: &Fixture, kind: &str, body: serde_json::Value) -> String {
    fixture.make(kind, body).await.id
}

async fn budget_and_staffing_follow_from_records(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await.id;
    let unit = id_of(&fixture, "unit", json!({"name": "Digital"})).await;
    let other = id_of(&fixture, "unit", json!({"name": "Elsewhere"})).await;
    let person = id_of(
        &fixture,
        "person",
        json!({"name": "Kim", "email": "kim@example.org", "unit": unit, "work_roles": ["IO-WRL-005"]}),
    )
    .await;
    let item = json!({
        "system": system, "title": "Update the database", "state": "planned", "severity": "high", "owner": person,
        "due": "2027-02-01", "hours": 300.0, "milestones": [{"title": "Do it", "due": "2027-02-01"}],
    });
    let item = id_of(&fixture, "poam_item", item).await;
    let post = json!({"unit": unit, "title": "Engineer", "work_role": "IO-WRL-005", "person": person, "hours_a_year": 100.0});
    fixture.make("staffing", post).await;
    let line = |unit: &str, title: &str, state: &str, year: i64| {
        json!({
            "unit": unit, "title": title, "state": state, "amount": 10_000.0, "initiative": "Newer databases",
            "starts": format!("{year}-01-01"), "ends": format!("{year}-12-31"),
            "estimate_low": 8_000.0, "estimate_high": 18_000.0, "actions": [item], "system": system, "reason": "It is old.",
        })
    };
    let running = id_of(&fixture, "budget_line", line(&unit, "Database", "granted", 2026)).await;
    fixture.make("budget_line", line(&unit, "Database again", "requested", 2027)).await;
    fixture.make("budget_line", line(&other, "Not ours", "granted", 2026)).await;
    let spent = |title: &str, sort: &str, amount: f64, settles: Option<&str>| {
        let mut body = json!({"unit": unit, "line": running, "title": title, "sort": sort, "amount": amount, "day": "2026-06-01"});
        if let Some(id) = settles {
            body["settles"] = json!(id);
        }
        body
    };
    let order = id_of(&fixture, "spending", spent("Order", "commitment", 9_500.0, None)).await;
    fixture.make("spending", spent("Invoice", "actual", 4_000.0, Some(&order))).await;
    let ask = ResourcesAsk { unit: Some(unit.clone()), on: None };
    let view = service.resources(&actor, &ask).await.unwrap();
    let told: Vec<_> = view.lines.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(told, ["Database"], "of this unit and this year");
    let line = &view.lines[0];
    assert_eq!((line.paid, line.promised, line.free()), (4_000.0, 5_500.0, 500.0));
    assert_eq!((line.forecast.low, line.overrun()), (9_500.0, Overrun::Possible));
    let periods: Vec<_> = view.periods.iter().map(|period| (period.title(), period.requested)).collect();
    assert_eq!(periods, [("2026".to_owned(), 0), ("2027".to_owned(), 1)]);
    let role = view.roles.iter().find(|role| role.role == "IO-WRL-005");
    // The item is of a system of no unit, so it is not this unit's work.
    assert_eq!(role.map(|role| (role.needed, role.available)), Some((0.0, 100.0)));
    let whole = service.resources(&actor, &ResourcesAsk::default()).await.unwrap();
    assert_eq!(whole.lines.len(), 2);
    let role = whole.roles.iter().find(|role| role.role == "IO-WRL-005").unwrap();
    assert_eq!((role.name.as_str(), role.needed, role.missing()), ("Systems Administration", 300.0, 200.0));
    assert_eq!(role.short_from, "2027-02-01".parse().ok());
    let initiative = whole.benefits.iter().find(|one| one.by == Grouping::Initiative).unwrap();
    assert_eq!((initiative.lines, initiative.amount, initiative.actions), (2, 20_000.0, 1));
    assert_eq!(initiative.spares, 0.0, "no scenario is in force");
    // The request is that of the year for which something is asked.
    let refused = service.funding_request(&actor, &ask).await.unwrap_err();
    assert!(matches!(&refused, ServiceError::Refused(said) if said.contains("2027")), "{refused}");
    let ask = ResourcesAsk { on: "2027-05-05".parse().ok(), ..ask };
    let request = service.funding_request(&actor, &ask).await.unwrap();
    assert_eq!((request.period.as_str(), request.of.as_str()), ("2027", "Digital"));
    assert_eq!(request.lines[0].actions, ["Update the database"]);
    assert!(request.html().contains("Database again") && request.docx().unwrap().starts_with(b"PK"));
    // A line nobody may see is not counted.
    let nothing = service.resources(&stranger(), &ResourcesAsk::default()).await.unwrap();
    assert!(nothing.lines.is_empty() && nothing.roles.is_empty() && nothing.contracts.is_empty());
    // Nonsense is refused with its field.
    let nonsense = json!({"unit": unit, "title": "x", "state": "requested", "amount": -5.0, "starts": "2027-01-01", "ends": "2026-01-01"});
    let Err(ServiceError::Invalid(problems)) = service.create(&actor, "budget_line", nonsense).await else {
        panic!()
    };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert!(fields.contains(&"amount") && fields.contains(&"ends"), "{fields:?}");
}

async fn estimators_are_scored_by_what_turned_out(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let unit = id_of(&fixture, "unit", json!({"name": "Digital"})).await;
    let none = service.estimators(&actor).await.unwrap();
    assert!(none.calibration.is_none() && none.open == 0);
    let kim =
        id_of(&fixture, "person", json!({"name": "Kim", "email": "kim@example.org", "unit": unit})).await;
    let of = |nth: usize, found: f64| {
        json!({
            "unit": unit, "title": format!("Question {nth}"), "state": "known", "estimator": kim,
            "low": 1.0, "high": 2.0, "found": found,
        })
    };
    for nth in 0..8 {
        fixture.make("estimate", of(nth, if nth < 2 { 1.5 } else { 9.0 })).await;
    }
    let open = json!({"unit": unit, "title": "Later", "state": "open", "estimator": kim, "chance": 20.0, "known_by": "2026-11-01"});
    fixture.make("estimate", open).await;
    // A closed budget line counts as an interval of its owner's.
    let line = json!({
        "unit": unit, "title": "Done", "state": "closed", "amount": 10.0, "estimate_low": 5.0, "estimate_high": 9.0, "owner": kim,
    });
    let line = id_of(&fixture, "budget_line", line).await;
    fixture
        .make(
            "spending",
            json!({"unit": unit, "line": line, "title": "All", "sort": "actual", "amount": 12.0}),
        )
        .await;
    let view = service.estimators(&actor).await.unwrap();
    assert_eq!((view.known, view.lines, view.open), (8, 1, 1));
    assert_eq!(view.overdue.len(), 1, "its day has passed");
    let one = &view.calibration.unwrap().estimators[0];
    let told = &one.intervals[0];
    assert_eq!((one.name.as_str(), told.coverage.held, told.coverage.of, told.above), ("Kim", 2, 9, 7));
    assert_eq!(told.verdict, Calibrated::TooNarrow);
    let wrong = json!({"unit": unit, "title": "Neither", "state": "known", "estimator": kim, "chance": 20.0});
    let Err(ServiceError::Invalid(problems)) = service.create(&actor, "estimate", wrong).await else {
        panic!()
    };
    assert_eq!(problems[0].field, "came_about");
}

async fn a_scenario_in_the_making_is_priced_and_its_doubt_is_told(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await.id;
    let mut body = json!({"system": system, "title": "Portal is broken into", "state": "draft"});
    let preview = service.risk_preview(&actor, None, &body).await.unwrap();
    let fields: Vec<_> = preview.problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!((preview.report.is_none(), fields), (true, vec!["tries", "losses"]));
    body["tries"] = json!(0.2);
    body["tries_low"] = json!(0.01);
    body["tries_high"] = json!(1.2);
    body["basis"] = json!("a test");
    body["losses"] = json!([{"form": "response", "low": 100_000.0, "high": 900_000.0}]);
    let preview = service.risk_preview(&actor, None, &body).await.unwrap();
    assert_eq!(preview.problems, []);
    let ale = preview.report.unwrap().total.ale;
    assert!((ale - preview.bare).abs() < 1e-6 * ale, "no step, so no control");
    // Once kept and changed, it stands beside what is recorded.
    let row = service.create(&actor, "scenario", body.clone()).await.unwrap();
    body["state"] = json!("in-force");
    let row = service.update(&actor, &row.id, row.version, body.clone()).await.unwrap();
    body["tries_high"] = json!(12.0);
    let preview = service.risk_preview(&actor, Some(&row.id), &body).await.unwrap();
    assert!((preview.recorded.unwrap().total.ale - ale).abs() < 1e-6 * ale);
    assert!(preview.report.unwrap().total.ale > 1.5 * ale);
    body["tries"] = json!(-3.0);
    let preview = service.risk_preview(&actor, Some(&row.id), &body).await.unwrap();
    assert!(preview.report.is_none() && preview.problems.iter().any(|problem| problem.field == "tries"));
    let seen =
        json!({"system": system, "tries": 1.0, "losses": [{"form": "response", "low": 1.0, "high": 2.0}]});
    let hidden = service.risk_preview(&stranger(), None, &seen).await;
    assert!(hidden.is_err(), "a system that one may not see is not priced");
    // A rate between 0.01 and 1.2 decides nothing about a year that costs 250,000.
    let known = service.risk_known(&actor, &RiskScope::Organisation).await.unwrap();
    let point = known.points.iter().find(|point| point.tolerance.loss == 250_000.0).unwrap();
    assert_eq!(point.verdict, Verdict::DoesNotDecide, "{point:?}");
    assert_eq!(point.measure_first, Some(Unsure::Rate(row.id.clone())));
    assert!(known.said(&Unsure::Rate(row.id)).contains("Portal is broken into"));
}
