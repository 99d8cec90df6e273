//! Documents on demand: made from what is recorded, on the day asked for, as far as whoever asks may see it.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::documents::{About, DOCUMENTS, DocumentAsk, MadeDocument, Syntax};
use warrant_service::{Actor, Scope, ServiceError};

on_both!(documents_are_made_from_what_is_recorded, documents_show_what_one_may_see);

fn ask(kind: &str, about: About) -> DocumentAsk {
    DocumentAsk { kind: kind.to_owned(), about, as_of: None, syntax: Syntax::Html }
}

fn text(made: MadeDocument) -> String {
    String::from_utf8(made.bytes).unwrap()
}

/// A system with a plan that slipped, a scenario in force and a checklist.
async fn portal(fixture: &Fixture, unit: &str) -> String {
    fixture.set_clock("2026-10-01T10:00:00Z");
    let body = json!({"name": "Portal", "unit": unit, "phase": "planned", "marking": "TLP:RED"});
    let system = fixture.make("system", body).await.id;
    let levels = json!({"system": system, "name": "Accounts", "confidentiality": "low", "integrity": "low", "availability": "low"});
    fixture.make("information_type", levels).await;
    let said = json!({"system": system, "control": "ac-2_smt.a", "status": "implemented", "description": "By hand <b>."});
    fixture.make("implementation", said).await;
    let item = json!({"system": system, "title": "Close the port", "due": "2026-11-01",
        "milestones": [{"title": "Ask", "due": "2026-10-20"}]});
    let item = fixture.make("poam_item", item).await;
    fixture.set_clock("2026-10-20T10:00:00Z");
    fixture.import(&system, "evidence/bill-app1-baseline-2.ckl").await.unwrap();
    let fields = [("due".to_owned(), json!("2026-11-10"))];
    fixture.service.patch(&Actor::program(), &item.id, None, &fields).await.unwrap();
    let scenario = |state: &str| {
        json!({"system": system, "title": "Portal is broken into", "state": state, "tries": 4.0, "basis": "a test",
            "steps": [{"technique": "T1190", "stopped_by": ["si-2"]}],
            "losses": [{"form": "response", "low": 10_000.0, "high": 100_000.0}]})
    };
    let draft = fixture.make("scenario", scenario("draft")).await;
    fixture.service.update(&Actor::program(), &draft.id, draft.version, scenario("in-force")).await.unwrap();
    fixture.set_clock("2026-11-23T10:00:00Z");
    system
}

async fn documents_are_made_from_what_is_recorded(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let unit = fixture.make("unit", json!({"name": "Digital"})).await.id;
    let system = portal(&fixture, &unit).await;
    let mut made = 0;
    for kind in DOCUMENTS {
        let mut of = Vec::new();
        of.extend(kind.is_of_a_system().then(|| About::System("Portal".to_owned())));
        if kind.is_of_the_organisation() {
            of.extend([About::Organisation, About::Unit(unit.clone())]);
        }
        for about in of {
            for syntax in [Syntax::Html, Syntax::Docx] {
                let ask = DocumentAsk { syntax, ..ask(kind.id, about.clone()) };
                let document = service.document(&actor, &ask).await.unwrap();
                assert!(
                    document.name.ends_with(&format!("-{}-2026-11-23.{}", kind.id, syntax.ending())),
                    "{}",
                    document.name
                );
                assert_eq!(
                    document,
                    service.document(&actor, &ask).await.unwrap(),
                    "the same facts, the same bytes"
                );
                made += 1;
            }
        }
    }
    assert_eq!(made, 2 * (4 + 3 + 2));
    let of_system = |kind: &str| ask(kind, About::System(system.clone()));
    let plan = text(service.document(&actor, &of_system("security-plan")).await.unwrap());
    assert!(
        plan.contains("By hand &lt;b&gt;.")
            && plan.contains("TLP:RED")
            && plan.contains("The low baseline of SP 800-53B applies.")
    );
    let report = text(service.document(&actor, &of_system("assessment-report")).await.unwrap());
    let snapshot = service.snapshot(&actor, &system, None).await.unwrap();
    let hash = &snapshot.evidence[0].hash;
    assert!(report.contains("bill-app1-baseline-2.ckl") && report.contains(&format!("BLAKE3 {hash}")));
    let posture = service.posture_of(&snapshot);
    let counts = posture.controls;
    let lead = format!(
        "Of the {} controls that apply to Portal, {} are satisfied, {} are other than satisfied, {} are stale and {} were not assessed",
        counts.applicable(),
        counts.satisfied,
        counts.other_than_satisfied,
        counts.stale,
        counts.not_assessed
    );
    assert!(report.contains(&lead) && counts.not_assessed > 0, "{lead}");
    let actions = text(service.document(&actor, &of_system("plan-of-action")).await.unwrap());
    assert!(actions.contains("2026-11-10 (first 2026-11-01) – late by 13 days"), "the slip is told");
    let risk = text(service.document(&actor, &of_system("risk-brief")).await.unwrap());
    let view = service.risk(&actor, &warrant_service::risk::RiskScope::System(system.clone())).await.unwrap();
    let expected = view.report.unwrap().total.ale.round();
    let digits = expected.to_string();
    let grouped = format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..]);
    assert!(risk.contains(&format!("A year is expected to cost {grouped} ")), "{grouped}");
    assert!(risk.contains("Portal is broken into") && risk.contains("nobody has decided or asked"));

    // As it stood: before the checklist came in, and before there was a system.
    let then = |day: &str| DocumentAsk { as_of: Some(crate::stores::at(day)), ..of_system("security-plan") };
    let past = text(service.document(&actor, &then("2026-10-10")).await.unwrap());
    assert!(past.contains("no evidence file has come in") && past.contains("As of 2026-10-10 00:00 UTC"));
    let before = service.document(&actor, &then("2026-09-01")).await;
    assert!(matches!(before, Err(ServiceError::NotFound { .. })), "{before:?}");
    let overview = DocumentAsk {
        as_of: Some(crate::stores::at("2026-10-10")),
        ..ask("executive-summary", About::Organisation)
    };
    assert!(text(service.document(&actor, &overview).await.unwrap()).contains("1 system may operate"));

    let risk_then = DocumentAsk { as_of: Some(crate::stores::at("2026-10-10")), ..of_system("risk-brief") };
    for (asked, wanted) in [
        (risk_then, "the present alone"),
        (ask("security-plan", About::Organisation), "say which"),
        (of_system("executive-summary"), "not of a system"),
        (ask("spoon", About::Organisation), "there is no document `spoon`"),
        (ask("executive-summary", About::Unit(system.clone())), "there is no unit"),
        (ask("risk-brief", About::Unit("unit_of_nobody".to_owned())), "there is no"),
    ] {
        let refused = service.document(&actor, &asked).await.unwrap_err().to_string();
        assert!(refused.contains(wanted), "{asked:?}: {refused}");
    }
}

async fn documents_show_what_one_may_see(fixture: Fixture) {
    let service = &fixture.service;
    let left = fixture.make("unit", json!({"name": "Left"})).await.id;
    let right = fixture.make("unit", json!({"name": "Right"})).await.id;
    let system = portal(&fixture, &left).await;
    fixture.make("system", json!({"name": "Southern", "unit": right, "phase": "planned"})).await;
    service
        .create_account(&Actor::program(), "read@example.org", "", None, (Role::Reader, &right))
        .await
        .unwrap();
    let reader = service.actor("read@example.org").await.unwrap();
    for kind in DOCUMENTS.iter().filter(|kind| kind.is_of_a_system()) {
        let unseen = service.document(&reader, &ask(kind.id, About::System(system.clone()))).await;
        assert!(
            matches!(unseen, Err(ServiceError::NotFound { what: "system", .. })),
            "{}: {unseen:?}",
            kind.id
        );
    }
    for kind in DOCUMENTS.iter().filter(|kind| kind.is_of_the_organisation()) {
        for about in [About::Organisation, About::Unit(left.clone())] {
            let Ok(made) = service.document(&reader, &ask(kind.id, about.clone())).await else { continue };
            let html = text(made);
            assert!(!html.contains("Portal") && !html.contains("Close the port"), "{} of {about:?}", kind.id);
            assert!(
                html.contains("as far as read@example.org may see it"),
                "{}: what is not seen is said",
                kind.id
            );
        }
    }
    let whole = text(
        service.document(&Actor::program(), &ask("executive-summary", About::Organisation)).await.unwrap(),
    );
    assert!(whole.contains("Portal") && whole.contains("Southern") && !whole.contains("may see it"));
    let one = text(
        service
            .document(&Actor::program(), &ask("executive-summary", About::Unit(right.clone())))
            .await
            .unwrap(),
    );
    assert!(!one.contains("Portal") && one.contains("<h1>Right: executive one-pager</h1>"));
    let narrowed = Actor::program().looking_at(Scope::Unit(right));
    let same =
        text(service.document(&narrowed, &ask("executive-summary", About::Organisation)).await.unwrap());
    assert_eq!(one, same, "what one looks at is what the document is about");
}
