//! Verdicts on controls: many at once, said anew, refused whole, taken back.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::posture::Status;
use warrant_model::scope::Role;
use warrant_service::judge::Verdict;
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, ServiceError};

on_both!(verdicts_are_one_act_and_can_be_taken_back, a_verdict_is_for_those_who_may_give_it);

async fn low_system(fixture: &Fixture, name: &str) -> String {
    let system = fixture.system(name).await.id;
    let levels = json!({"system": system, "name": "Main", "confidentiality": "low", "integrity": "low", "availability": "low"});
    fixture.make("information_type", levels).await;
    system
}

async fn assessments(fixture: &Fixture) -> usize {
    let query = RecordQuery { kind: "assessment".to_owned(), limit: 100, ..RecordQuery::default() };
    fixture.service.list_records(&Actor::program(), &query).await.unwrap().rows.len()
}

async fn verdicts_are_one_act_and_can_be_taken_back(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = low_system(&fixture, "One").await;
    let controls = ["ac-2", "ac-3", "au-6"].map(str::to_owned);
    let size = service.ledger_size().await.unwrap();
    let judged = service.judge(&actor, &system, &controls, Verdict::Satisfied).await.unwrap();
    assert_eq!(judged.controls, 3);
    assert_eq!(service.ledger_size().await.unwrap(), size + 1, "one act, one entry");
    let status = async |control: &str| {
        let all = service.controls(&actor, &system, None).await.unwrap();
        all.into_iter().find(|found| found.control == control).unwrap().status
    };
    assert_eq!(status("ac-2").await, Status::Satisfied);

    let again = service.judge(&actor, &system, &controls, Verdict::Satisfied).await.unwrap();
    assert_eq!(again.leaf, None, "what was said before is not said again");
    let changed = service.judge(&actor, &system, &controls[..1], Verdict::OtherThanSatisfied).await.unwrap();
    assert_eq!(status("ac-2").await, Status::OtherThanSatisfied);
    assert_eq!(assessments(&fixture).await, 3, "today's assessment is changed, not doubled");

    let first = service.undo(&actor, judged.leaf.unwrap()).await;
    assert!(matches!(first, Err(ServiceError::Refused(_))), "ac-2 was changed since: {first:?}");
    assert_eq!(assessments(&fixture).await, 3);
    assert_eq!(service.undo(&actor, changed.leaf.unwrap()).await.unwrap(), 1);
    assert_eq!(status("ac-2").await, Status::Satisfied);

    let other = ["ac-3", "au-6"].map(str::to_owned);
    let judged = service.judge(&actor, &system, &other, Verdict::Planned).await.unwrap();
    assert_eq!(service.undo(&actor, judged.leaf.unwrap()).await.unwrap(), 2);
    let twice = service.undo(&actor, judged.leaf.unwrap()).await;
    assert!(twice.is_err(), "an act is taken back once");

    let unknown = ["ac-2", "zz-9"].map(str::to_owned);
    let size = service.ledger_size().await.unwrap();
    let refused = service.judge(&actor, &system, &unknown, Verdict::Satisfied).await;
    assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
    assert!(service.judge(&actor, &system, &[], Verdict::Satisfied).await.is_err());
    assert_eq!(service.ledger_size().await.unwrap(), size);
    assert_eq!(service.verify_ledger(&actor).await.unwrap().problems, Vec::<String>::new());
}

async fn a_verdict_is_for_those_who_may_give_it(fixture: Fixture) {
    let service = &fixture.service;
    let system = low_system(&fixture, "One").await;
    for (email, role) in [("eng@example.org", Role::Engineer), ("read@example.org", Role::Reader)] {
        service.create_account(&Actor::program(), email, "", None, (role, "")).await.unwrap();
    }
    let (engineer, reader) =
        (service.actor("eng@example.org").await.unwrap(), service.actor("read@example.org").await.unwrap());
    let controls = ["ac-2".to_owned()];
    let denied = service.judge(&reader, &system, &controls, Verdict::Satisfied).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    let judged = service.judge(&engineer, &system, &controls, Verdict::Satisfied).await.unwrap();
    let leaf = judged.leaf.unwrap();
    assert!(matches!(service.undo(&reader, leaf).await, Err(ServiceError::Denied(_))));
    // Removing takes an officer, but one's own slip, untouched since, can be taken back.
    assert_eq!(service.undo(&engineer, leaf).await.unwrap(), 1);
    let theirs = fixture.make("assessment", json!({"system": system, "control": "ac-3"})).await;
    let denied = service.delete(&engineer, &theirs.id, 1).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
}
