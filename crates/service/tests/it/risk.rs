//! Posture drives risk: what scans close makes the year cheaper, and the reasons are told.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::sync::Arc;
use warrant_risk::{Plan, RiskFile, verify};
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::risk::{
    Cause, Deciding, MovedView, Objective, PortfolioAsk, RiskScope, ScenarioView, ShiftScope, Verdict,
};
use warrant_service::{Actor, ServiceError};

on_both!(
    closing_findings_moves_the_curve_and_says_why,
    drafts_and_other_systems_stay_out,
    a_decision_takes_another_person_and_ends,
    a_unit_is_set_beside_its_own_line,
);

fn scenario(system: &str, state: &str) -> Value {
    json!({
        "system": system, "title": "Portal is broken into", "state": state, "tries": 4.0, "basis": "a test",
        "steps": [{"technique": "T1190", "stopped_by": ["si-2", "ra-5"]}],
        "losses": [{"form": "response", "low": 10_000.0, "high": 100_000.0}],
    })
}

/// Makes a scenario and puts it in force.
async fn in_force(fixture: &Fixture, system: &str) -> String {
    let actor = Actor::program();
    let row = fixture.service.create(&actor, "scenario", scenario(system, "draft")).await.unwrap();
    let body = scenario(system, "in-force");
    fixture.service.update(&actor, &row.id, row.version, body).await.unwrap().id
}

/// A scan of one image that shows these of a row of weaknesses.
async fn scan(fixture: &Fixture, at: &str, which: std::ops::Range<usize>) -> ImportOutcome {
    let severities = ["MEDIUM", "HIGH", "CRITICAL"];
    let weakness = |nth: usize| {
        json!({
            "VulnerabilityID": format!("CVE-2026-{nth:05}"), "PkgName": format!("package-{nth}"),
            "InstalledVersion": "1.0.0", "FixedVersion": "1.0.1", "Title": format!("weakness {nth}"),
            "Severity": severities[nth % 3],
        })
    };
    let report = json!({
        "SchemaVersion": 2, "CreatedAt": at, "ArtifactName": "portal:1", "ArtifactType": "container_image",
        "Results": [{
            "Target": "portal:1", "Class": "os-pkgs", "Type": "debian",
            "Vulnerabilities": which.map(weakness).collect::<Vec<_>>(),
        }],
    });
    let file = ImportFile { name: "scan.json".to_owned(), bytes: report.to_string().into_bytes().into() };
    let (actor, progress) = (Actor::program(), Arc::new(Progress::default()));
    fixture.service.import(&actor, file, Some("Portal"), Mode::Commit, progress).await.unwrap()
}

async fn closing_findings_moves_the_curve_and_says_why(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    fixture.set_clock("2026-10-01T10:00:00Z");
    let system = fixture.system("Portal").await.id;
    for (name, impact) in [("Accounts", "moderate")] {
        let body = json!({"system": system, "name": name, "confidentiality": impact, "integrity": impact, "availability": impact});
        fixture.make("information_type", body).await;
    }
    for control in ["si-2", "ra-5"] {
        let body = json!({"system": system, "control": control, "status": "implemented"});
        fixture.make("implementation", body).await;
    }
    fixture.set_clock("2026-10-20T10:00:00Z");
    scan(&fixture, "2026-10-13T08:00:00Z", 0..24).await;
    let id = in_force(&fixture, &system).await;
    let before = service.risk(&actor, &RiskScope::Organisation).await.unwrap();
    let report = before.report.as_ref().unwrap();
    assert_eq!(before.scenarios.len(), 1);
    let ale = report.total.ale;
    let one = service.risk_of_scenario(&actor, &id).await.unwrap();
    assert!((one.line.figures.ale - ale).abs() < 1e-6 * ale);
    // Shares add up to what is kept away, and every open finding on the way has its price.
    let shares: f64 = one.controls.iter().map(|share| share.share).sum();
    assert!((shares - (one.bare - ale)).abs() < 1e-6 * one.bare, "{shares} of {}", one.bare - ale);
    assert!(one.findings_in_all > 5, "{}", one.findings_in_all);
    assert!(one.findings.iter().all(|finding| finding.worth >= 0.0));
    assert!(one.findings[0].worth > 0.0, "{:?}", one.findings[0]);
    assert!(one.findings.is_sorted_by(|a, b| a.worth >= b.worth));

    what_if_closing_is_told_at_every_width(&fixture, &system, &one).await;

    a_budget_buys_the_best_of_what_could_be_done(&fixture, &system, &one).await;

    // The next scan sees less; the same scenario is cheaper, and says which control does better.
    fixture.set_clock("2026-11-23T10:00:00Z");
    let outcome = scan(&fixture, "2026-11-20T08:00:00Z", 0..2).await;
    assert_eq!((outcome.opened, outcome.still_open, outcome.closed), (0, 2, 22));
    let after = service.risk_of_scenario(&actor, &id).await.unwrap();
    let then = after.then.as_ref().unwrap();
    assert!((then.ale - ale).abs() < 0.2 * ale, "a month ago {}, then computed {ale}", then.ale);
    let moved = then.moved.iter().find(|moved| moved.now.control == "si-2").unwrap();
    assert!(moved.now.open < moved.before.open, "{moved:?}");
    assert!(moved.now.left > moved.before.left, "{moved:?}");
    assert!(after.line.figures.ale < 0.9 * ale, "{} of {ale}", after.line.figures.ale);
    let since = "2026-10-24".parse().unwrap();
    let moved = service.risk_moved(&actor, &RiskScope::Organisation, since).await.unwrap();
    assert_eq!((moved.scenarios.len(), moved.scenarios[0].id.as_str()), (1, id.as_str()));
    assert!(moved.scenarios[0].change() < -0.1 * ale, "{moved:?}");
    assert_eq!(
        (moved.before, moved.now),
        (moved.scenarios[0].before.unwrap(), moved.scenarios[0].now.unwrap())
    );
    assert!((moved.before - then.ale).abs() < 1e-9 * ale, "the same estimates on both days");
    causes_add_up(&moved);
    let by = |cause| moved.causes.iter().find(|line| line.cause == cause).map_or(0.0, |line| line.amount);
    assert!(
        by(Cause::Closed) < 0.0 && by(Cause::Opened) == 0.0 && by(Cause::Estimates) == 0.0,
        "{:?}",
        moved.causes
    );
    let before = "2026-01-01".parse().unwrap();
    let unknown = service.risk_moved(&actor, &RiskScope::Organisation, before).await.unwrap();
    assert_eq!(unknown.scenarios[0].before, None, "what was not recorded is not taken for nothing");
    causes_add_up(&unknown);
    assert_eq!(unknown.causes.iter().map(|line| line.cause).collect::<Vec<_>>(), [Cause::New]);
    everything_that_moves_it_has_its_cause(&fixture, &system, &id).await;
}

/// The amounts of the causes are the difference, in all and for each scenario.
fn causes_add_up(view: &MovedView) {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * view.before.max(view.now);
    let sum: f64 = view.causes.iter().map(|line| line.amount).sum();
    assert!(close(sum, view.now - view.before), "{sum} of {} - {}", view.now, view.before);
    for line in &view.scenarios {
        let sum: f64 = line.causes.iter().map(|share| share.amount).sum();
        assert!(close(sum, line.change()), "{line:?}");
    }
}

async fn everything_that_moves_it_has_its_cause(fixture: &Fixture, system: &str, id: &str) {
    let (service, actor) = (&fixture.service, Actor::program());
    let since = "2026-11-23".parse().unwrap();
    fixture.set_clock("2026-11-24T10:00:00Z");
    let row = service.record(&actor, id).await.unwrap();
    let tries = row.body["tries"].as_f64().unwrap();
    let dearer = [("tries".to_owned(), json!(2.0 * tries))];
    service.patch(&actor, id, Some(row.version), &dearer).await.unwrap();
    fixture.set_clock("2026-11-25T10:00:00Z");
    let outcome = scan(fixture, "2026-11-25T08:00:00Z", 1..9).await;
    assert!(outcome.opened + outcome.reopened > 0 && outcome.closed > 0, "{outcome:?}");
    let moved = service.risk_moved(&actor, &RiskScope::Organisation, since).await.unwrap();
    causes_add_up(&moved);
    let by = |cause| moved.causes.iter().find(|line| line.cause == cause).map_or(0.0, |line| line.amount);
    assert!(
        by(Cause::Estimates) > 0.0 && by(Cause::Opened) > 0.0 && by(Cause::Closed) < 0.0,
        "{:?}",
        moved.causes
    );

    // A second scenario comes, the first is retired: both are causes of their own.
    let other = in_force(fixture, system).await;
    assert_ne!(other, id);
    service.transition(&actor, id, "retired", &[]).await.unwrap();
    let moved = service.risk_moved(&actor, &RiskScope::Organisation, since).await.unwrap();
    causes_add_up(&moved);
    let causes: Vec<_> = moved.causes.iter().map(|line| line.cause).collect();
    assert_eq!(causes, [Cause::Retired, Cause::New], "{moved:?}");
    assert_eq!((moved.scenarios.len(), moved.before > 0.0, moved.now > 0.0), (2, true, true));
}

/// Candidates have a price and a worth, limits are kept, and what must be done is done first.
async fn a_budget_buys_the_best_of_what_could_be_done(fixture: &Fixture, system: &str, one: &ScenarioView) {
    let (service, actor) = (&fixture.service, Actor::program());
    let ask = |budget: f64| PortfolioAsk { budget: vec![budget], ..PortfolioAsk::default() };
    let told = service.portfolio(&actor, &PortfolioAsk::default()).await.unwrap();
    assert!(told.bought.is_none());
    // A package each, and each finding's price is that of the piece of work that closes it alone.
    assert_eq!(told.candidates.len() + told.without_worth, 24);
    for finding in &one.findings {
        let work = told.candidates.iter().find(|work| work.findings == [finding.id.as_str()]).unwrap();
        assert!((work.spares - finding.worth).abs() < 1e-9 * one.bare, "{work:?} {finding:?}");
        assert!(work.cost > 0.0 && work.estimated && work.item.is_none(), "{work:?}");
    }
    let few = service.portfolio(&actor, &ask(500.0)).await.unwrap();
    let bought = few.bought.as_ref().unwrap();
    assert!(bought.plan.cost <= 500.0 && !bought.plan.chosen.is_empty(), "{:?}", bought.plan);
    assert!(bought.year_after < few.year && (few.year - told.year).abs() < 1e-9);
    assert!((bought.now.total.ale - few.year).abs() < 1e-6 * few.year);
    assert!((bought.then.total.ale - bought.year_after).abs() < 1e-6 * few.year);
    assert!(bought.frontier.is_sorted_by(|a, b| a.remains >= b.remains - 1e-6), "{:?}", bought.frontier);
    let chosen: Vec<_> = few.candidates.iter().filter(|work| work.start.is_some()).collect();
    assert_eq!(chosen.len(), bought.plan.chosen.len());
    // The files that are handed out are those the proof is checked against.
    let file = RiskFile::read("portfolio.toml", &bought.file_text().unwrap()).unwrap();
    let plan: Plan = serde_json::from_str(&bought.plan_text().unwrap()).unwrap();
    verify(&plan, &file).unwrap();

    // The worst years may be lessened instead; the proof covers them too.
    let objective = Objective::Tvar(0.95);
    let worst = service.portfolio(&actor, &PortfolioAsk { objective, ..ask(500.0) }).await.unwrap();
    let worst = worst.bought.as_ref().unwrap();
    assert!(
        worst.plan.after.high < worst.plan.before.low && worst.plan.gap() < 0.02,
        "{:?}",
        worst.plan.after
    );
    let file = RiskFile::read("portfolio.toml", &worst.file_text().unwrap()).unwrap();
    verify(&serde_json::from_str(&worst.plan_text().unwrap()).unwrap(), &file).unwrap();

    // With money for everything nothing is left that a closed finding could spare.
    let all = service.portfolio(&actor, &ask(1e6)).await.unwrap();
    let ids: Vec<String> = told.candidates.iter().flat_map(|work| work.findings.clone()).collect();
    let closed = service.what_if_closed(&actor, &ids).await.unwrap();
    let left = all.bought.as_ref().unwrap().year_after;
    assert!((left - closed.shifts[0].then.total.ale).abs() < 1e-6 * told.year, "{left}");

    // What must be done is done, and refused when it cannot be paid.
    let dearest = told.candidates.iter().min_by(|a, b| a.per_cost().total_cmp(&b.per_cost())).unwrap();
    let must = PortfolioAsk { must: [dearest.id.clone()].into(), ..ask(500.0) };
    let with = service.portfolio(&actor, &must).await.unwrap();
    assert!(with.candidates.iter().any(|work| work.id == dearest.id && work.must && work.start == Some(1)));
    let poor = service.portfolio(&actor, &PortfolioAsk { budget: vec![1.0], ..must }).await;
    assert!(matches!(poor, Err(ServiceError::Refused(_))), "{poor:?}");

    // A POA&M item is a candidate with its own figures, and takes the work it plans out of the others.
    let finding = service.finding(&actor, &one.findings[0].id).await.unwrap().finding;
    let item = json!({
        "system": system, "title": "Update it", "state": "draft", "severity": "high", "cost": 1_000.0, "hours": 10.0,
        "findings": [finding.id], "due": "2026-12-01",
    });
    let item = fixture.make("poam_item", item).await.id;
    let planned = service.portfolio(&actor, &PortfolioAsk::default()).await.unwrap();
    assert_eq!(planned.candidates.len(), told.candidates.len());
    let work = planned.candidates.iter().find(|work| work.id == item).unwrap();
    assert!(!work.estimated && (work.cost - 1_000.0 - 10.0 * planned.hour).abs() < 1e-9, "{work:?}");
    // What is kept between requests sees what is written, though no deficiency changes with a plan's money.
    let row = service.record(&actor, &item).await.unwrap();
    let mut body = row.body.clone();
    body["cost"] = json!(2_500.0);
    service.update(&actor, &item, row.version, body).await.unwrap();
    let again = service.portfolio(&actor, &PortfolioAsk::default()).await.unwrap();
    let work = again.candidates.iter().find(|work| work.id == item).unwrap();
    assert!((work.cost - 2_500.0 - 10.0 * again.hour).abs() < 1e-9, "{work:?}");
}

/// Closing one finding spares what its price says, for the scenario, its system, unit and the organisation.
async fn what_if_closing_is_told_at_every_width(fixture: &Fixture, system: &str, one: &ScenarioView) {
    let (service, actor) = (&fixture.service, Actor::program());
    let dearest = &one.findings[0];
    let what_if = service.what_if_closed(&actor, std::slice::from_ref(&dearest.id)).await.unwrap();
    let scopes: Vec<&ShiftScope> = what_if.shifts.iter().map(|shift| &shift.scope).collect();
    let id = || system.to_owned();
    let scenario = ShiftScope::Scenario { id: one.line.id.clone() };
    assert_eq!(scopes, [&ShiftScope::Organisation, &ShiftScope::System { id: id() }, &scenario]);
    for shift in &what_if.shifts {
        assert!((shift.spared() - dearest.worth).abs() < 1e-6 * one.bare, "{shift:?}");
    }
    assert!(what_if.moved.iter().all(|(of, moved)| of == system && moved.now.left > moved.before.left));
    let all: Vec<String> = one.findings.iter().map(|finding| finding.id.clone()).collect();
    let all = service.what_if_closed(&actor, &all).await.unwrap();
    assert!(all.shifts[0].spared() > what_if.shifts[0].spared());
    assert!(all.moved.iter().all(|(_, moved)| moved.now.open == 0), "{:?}", all.moved);
    let absent = service.what_if_closed(&actor, &["finding_none".to_owned()]).await;
    assert!(matches!(absent, Err(ServiceError::NotFound { .. })), "{absent:?}");

    // The years of units: one above the system, one that has nothing to do with it.
    let unit = fixture.make("unit", json!({"name": "Works"})).await.id;
    let other = fixture.make("unit", json!({"name": "Elsewhere"})).await.id;
    let row = service.record(&actor, system).await.unwrap();
    let mut body = row.body.clone();
    body["unit"] = json!(unit);
    service.update(&actor, system, row.version, body).await.unwrap();
    let within = service.risk(&actor, &RiskScope::Unit(unit.clone())).await.unwrap();
    assert_eq!(within.scenarios.len(), 1);
    assert!(service.risk(&actor, &RiskScope::Unit(other)).await.unwrap().report.is_none());
    let units = service.risk_units(&actor).await.unwrap();
    assert_eq!(
        units.iter().map(|unit| (unit.id.as_str(), unit.scenarios)).collect::<Vec<_>>(),
        [(unit.as_str(), 1)]
    );
}

async fn drafts_and_other_systems_stay_out(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let (one, two) = (fixture.system("One").await.id, fixture.system("Two").await.id);
    assert!(service.risk(&actor, &RiskScope::Organisation).await.unwrap().report.is_none());
    let draft = fixture.make("scenario", scenario(&one, "draft")).await.id;
    let in_force = in_force(&fixture, &two).await;
    let all = service.risk(&actor, &RiskScope::Organisation).await.unwrap();
    assert_eq!(all.scenarios.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), [in_force.as_str()]);
    assert_eq!(all.left_out.iter().map(|left| left.id.as_str()).collect::<Vec<_>>(), [draft.as_str()]);
    assert!(service.risk(&actor, &RiskScope::System(one)).await.unwrap().report.is_none());
    let absent = service.risk_of_scenario(&actor, &draft).await;
    assert!(matches!(absent, Err(ServiceError::NotFound { .. })), "{absent:?}");
    // Without a word on its controls nothing is kept away: unknown is not good.
    let one = service.risk_of_scenario(&actor, &in_force).await.unwrap();
    assert!((one.bare - one.line.figures.ale).abs() < 1e-9 * one.bare, "{one:?}");
    let nonsense = json!({
        "system": two, "title": "Nonsense", "tries_low": 5.0, "tries": 1.0, "tries_high": 2.0,
        "steps": [{"technique": "phishing"}, {"technique": "T1566", "succeeds": 120.0}],
        "losses": [{"form": "fines", "low": 5.0, "high": 2.0}],
    });
    let refused = service.create(&actor, "scenario", nonsense).await.unwrap_err().to_string();
    for word in ["tries_low", "step 1", "step 2", "loss 1"] {
        assert!(refused.contains(word), "{word} in {refused}");
    }
}

/// Who asks, who owns and who approves are different people, and a decision that is over leaves the risk open.
async fn a_decision_takes_another_person_and_ends(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    fixture.set_clock("2026-11-23T10:00:00Z");
    let mut people = Vec::new();
    for name in ["ann", "ben", "cleo"] {
        let body = json!({"name": name, "email": format!("{name}@example.org")});
        people.push(fixture.make("person", body).await);
    }
    let system = fixture.system("Portal").await;
    service.patch(&program, &system.id, None, &[("owner".into(), json!(people[0].id))]).await.unwrap();
    let scenario = in_force(&fixture, &system.id).await;
    let account = |name: &str| Actor {
        account: format!("account_{name}"),
        email: format!("{name}@example.org"),
        ..Actor::program()
    };
    let body = |state: &str, approver: usize| {
        json!({
            "system": system.id, "scenario": scenario, "title": "Leave it", "state": state, "treatment": "accept",
            "reason": "Mending costs more.", "approver": people[approver].id, "expires": "2026-12-01",
        })
    };
    let open = service.risk_of_scenario(&program, &scenario).await.unwrap().line.decision;
    assert_eq!(open.deciding, Deciding::Undecided);
    let refused = |error: ServiceError| match error {
        ServiceError::Invalid(problems) => problems[0].message.clone(),
        other => panic!("{other:?}"),
    };
    let early = service.create(&account("ben"), "risk_treatment", body("approved", 1)).await;
    assert!(refused(early.unwrap_err()).contains("somebody else approves"));
    let row = service.create(&account("ben"), "risk_treatment", body("requested", 1)).await.unwrap();
    let approve = |who: &str, approver: usize| {
        let (who, row) = (account(who), row.clone());
        let body = body("approved", approver);
        async move { service.update(&who, &row.id, row.version, body).await }
    };
    assert!(refused(approve("ben", 1).await.unwrap_err()).contains("whoever asked"));
    assert!(refused(approve("ann", 0).await.unwrap_err()).contains("owner of the system"));
    assert!(refused(approve("cleo", 1).await.unwrap_err()).contains("in your own name"));
    let asked = service.risk_of_scenario(&program, &scenario).await.unwrap().line.decision;
    assert_eq!(asked.deciding, Deciding::Asked);
    let row = approve("cleo", 2).await.unwrap();
    let held = service.risk_of_scenario(&program, &scenario).await.unwrap().line.decision;
    assert_eq!((held.deciding, held.approver.as_deref()), (Deciding::InForce, Some("cleo")));
    let longer = [("expires".to_owned(), json!("2030-01-01"))];
    let longer = service.patch(&account("cleo"), &row.id, None, &longer).await;
    assert!(refused(longer.unwrap_err()).contains("Ask anew"), "an approved decision is not stretched");
    // It costs more than a decision with a limit covers.
    let limit = [("state".to_owned(), json!("requested")), ("up_to".to_owned(), json!(1.0))];
    service.patch(&account("ben"), &row.id, None, &limit).await.unwrap();
    service.transition(&account("cleo"), &row.id, "approved", &[]).await.unwrap();
    let grown = service.risk_of_scenario(&program, &scenario).await.unwrap().line.decision;
    assert_eq!(grown.deciding, Deciding::Outgrown);
    assert!(grown.because.contains("covers 1 a year"), "{}", grown.because);
    // The day after its last day it is in the queue again, for whoever approved it.
    fixture.set_clock("2026-12-02T10:00:00Z");
    service.renew_expired().await.unwrap();
    let over = service.risk_register(&program, &RiskScope::Organisation).await.unwrap();
    let over = &over.scenarios[0].line.decision;
    assert_eq!(
        (over.deciding, over.because.as_str()),
        (Deciding::Expired, "the decision to accept held until 2026-12-01")
    );
    let query = warrant_service::query::DeficiencyQuery { limit: 500, ..Default::default() };
    let queue = service.queue(&program, &query).await.unwrap();
    let due = queue.rows.iter().find(|row| row.deficiency.check == "risk-treatment-expired").unwrap();
    assert_eq!(due.deficiency.owner.as_deref(), Some(people[2].id.as_str()), "{due:?}");
}

async fn a_unit_is_set_beside_its_own_line(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let line = |loss: f64, years: f64| json!([{"loss": loss, "years_in_hundred": years}]);
    let strict = fixture.make("unit", json!({"name": "Strict", "tolerance": line(1_000.0, 0.5)})).await;
    let wide = fixture.make("unit", json!({"name": "Wide", "tolerance": line(1e9, 5.0)})).await;
    fixture.make("unit", json!({"name": "Silent"})).await;
    for (name, unit) in [("One", &strict), ("Two", &wide)] {
        let system = fixture.make("system", json!({"name": name, "unit": unit.id})).await;
        in_force(&fixture, &system.id).await;
    }
    let told = service.units_beside_tolerance(&actor).await.unwrap();
    let told: Vec<_> = told.iter().map(|unit| (unit.name.as_str(), unit.verdict, unit.scenarios)).collect();
    assert_eq!(told, [("Strict", Verdict::Exceeds, 1), ("Wide", Verdict::Within, 1)]);
    let own = service.risk(&actor, &RiskScope::Unit(strict.id)).await.unwrap().report.unwrap();
    assert_eq!((own.tolerance.len(), own.tolerance[0].tolerance.loss), (1, 1_000.0));
    let nonsense = json!({"name": "Nonsense", "tolerance": line(-1.0, 5.0)});
    let error = service.create(&actor, "unit", nonsense).await.unwrap_err();
    assert!(
        error.to_string().contains("tolerance") || format!("{error:?}").contains("tolerance"),
        "{error:?}"
    );
}
