//! A store of an older program is brought into the form of today, and nothing is lost.

use crate::stores::{Fixture, on_both};
use warrant_model::fact::Fact;
use warrant_service::query::FindingQuery;
use warrant_service::{Actor, Service};
use warrant_store::Sql;

on_both!(facts_of_an_older_store_are_packed);

/// Puts a file's facts back as an older program kept them: a row each, and no pages.
async fn unpack(service: &Service, hash: &str) {
    let actor = Actor::program();
    let file = service.evidence(&actor, hash).await.unwrap().remove(0);
    let facts = service.facts(&actor, &file, 0, 100_000).await.unwrap();
    let mut write = service.store().begin().await.unwrap();
    for statement in ["DELETE FROM fact_page", "DELETE FROM fact_finder"] {
        write.tx.execute(&Sql::new(statement)).await.unwrap();
    }
    for stored in facts {
        let mut insert = Sql::new(
            "INSERT INTO fact (org, hash, system_id, ordinal, sort, target, finding_id, line, pointer, body) VALUES (1, ",
        );
        insert.bind(hash).push(", ").bind(&file.system).push(", ").bind(stored.ordinal).push(", ");
        insert.bind(stored.fact.name()).push(", ").bind(stored.fact.target()).push(", ");
        insert.bind(&stored.finding).push(", ").bind(stored.place.line).push(", ");
        insert.bind(&stored.place.pointer).push(", ").bind(serde_json::to_string(&stored.fact).unwrap());
        insert.push(")");
        write.tx.execute(&insert).await.unwrap();
    }
    write.commit().await.unwrap();
}

async fn facts_of_an_older_store_are_packed(fixture: Fixture) {
    let actor = Actor::program();
    fixture.system("Portal").await;
    let hash = fixture.import("Portal", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap().evidence;
    let file = fixture.service.evidence(&actor, &hash).await.unwrap().remove(0);
    let before = fixture.service.facts(&actor, &file, 0, 100_000).await.unwrap();
    assert!(before.iter().any(|stored| matches!(stored.fact, Fact::Weakness(_))));
    unpack(&fixture.service, &hash).await;
    assert_eq!(fixture.service.facts(&actor, &file, 0, 100_000).await.unwrap(), []);
    let service = fixture.reopen().await;
    assert_eq!(service.facts(&actor, &file, 0, 100_000).await.unwrap(), before);
    let some = service.facts(&actor, &file, 3, 2).await.unwrap();
    assert_eq!(some, before[3..5]);
    assert_eq!(service.verify_ledger(&actor).await.unwrap().problems, Vec::<String>::new());
    let query = FindingQuery { limit: 1, ..FindingQuery::default() };
    let finding = service.list_findings(&actor, &query).await.unwrap().rows.remove(0);
    let detail = service.finding(&actor, &finding.id).await.unwrap();
    assert_eq!(detail.sightings.len(), 1);
    assert_eq!(detail.sightings[0].place, finding.place);
}
