//! Postures kept in step write by write are those computed from scratch, for random edits and passing time.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::sync::Arc;
use warrant_model::level::Severity;
use warrant_model::posture::PostureSummary;
use warrant_service::Actor;
use warrant_service::query::{DeficiencyQuery, RecordQuery};
use warrant_store::postures;

on_both!(kept_in_step_equals_rebuilt);

/// A small generator of its own, so that a failure can be repeated from its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

async fn kept_in_step_equals_rebuilt(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let mut random = Random(0x5eed_2026);
    for name in ["One", "Two", "Three"] {
        fixture.system(name).await;
    }
    fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
    fixture.import("One", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap();
    for step in 0..60 {
        fixture.set_clock(&format!("2026-11-{:02}T{:02}:00:00Z", 24 + step / 20, step % 20));
        edit(&fixture, &mut random, step).await;
        service.renew_expired().await.unwrap();
        let found = service.verify_ledger(&actor).await.unwrap();
        assert_eq!(found.problems, Vec::<String>::new(), "after edit {step}");
        the_roll_is_what_is_stored(&fixture).await;
    }
    let before = service.summaries(&actor).await.unwrap();
    service.rebuild().await.unwrap();
    the_roll_is_what_is_stored(&fixture).await;
    let after = service.summaries(&actor).await.unwrap();
    let then = |(after, before): (&Arc<PostureSummary>, &Arc<PostureSummary>)| PostureSummary {
        as_of: before.as_of,
        ..(**after).clone()
    };
    let after: Vec<_> = after.iter().zip(&before).map(then).map(Arc::new).collect();
    assert_eq!(after, before);
}

/// The queue as counted in memory is the queue as the database lists it, filtered and not.
async fn the_roll_is_what_is_stored(fixture: &Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let all = DeficiencyQuery { limit: 1_000, ..DeficiencyQuery::default() };
    let queries = [
        all.clone(),
        DeficiencyQuery { excepted: Some(false), planned: Some(false), ..all.clone() },
        DeficiencyQuery { severity: Some(Severity::High), ..all.clone() },
        DeficiencyQuery { due_by: Some(jiff::civil::date(2026, 11, 25)), ..all.clone() },
        DeficiencyQuery { check: Some("task-overdue".to_owned()), ..all.clone() },
        DeficiencyQuery { text: "backup".to_owned(), ..all },
    ];
    for query in queries {
        let stored = postures::list(&mut service.store().db(), &query, &actor.sees()).await.unwrap();
        let counted = service.queue(&actor, &query).await.unwrap();
        assert_eq!(counted.total, stored.len() as i64, "{query:?}");
        assert_eq!(counted.rows, stored, "{query:?}");
        let by_severity: i64 = counted.severities.iter().map(|(_, count)| count).sum();
        assert!(by_severity >= counted.total, "{query:?}");
    }
}

async fn edit(fixture: &Fixture, random: &mut Random, step: usize) {
    let (service, actor) = (&fixture.service, Actor::program());
    let systems = rows(fixture, "system").await;
    let system = random.pick(&systems).0.clone();
    match random.below(13) {
        0 => drop(fixture.make("component", json!({"system": system, "name": format!("c{step}"), "component_type": "host", "hostnames": [format!("h{step}")]})).await),
        1 => drop(fixture.make("information_type", json!({"system": system, "name": format!("i{step}"), "confidentiality": "high", "integrity": "moderate", "availability": "low"})).await),
        2 => drop(fixture.make("poam_item", json!({"system": system, "title": format!("p{step}"), "due": "2026-11-24", "state": "draft"})).await),
        3 => drop(fixture.make("assessment", json!({"system": system, "control": random.pick(&["ac-2", "si-2", "cp-9"]), "result": random.pick(&["satisfied", "other-than-satisfied"]), "assessed_on": "2026-11-20"})).await),
        4 => drop(fixture.make("task", json!({"title": format!("t{step}"), "due": "2026-11-24"})).await),
        5 => {
            let people = rows(fixture, "person").await;
            let (owner, _) = random.pick(&people).clone();
            service.patch(&actor, &system, None, &[("owner".into(), json!(owner))]).await.unwrap();
        }
        6 => {
            let people = rows(fixture, "person").await;
            let (person, _) = random.pick(&people).clone();
            let left = if random.below(2) == 0 { json!("2026-11-01") } else { Value::Null };
            service.patch(&actor, &person, None, &[("left".into(), left)]).await.unwrap();
        }
        7 => drop(fixture.make("person", json!({"name": format!("P{step}"), "email": format!("p{step}@example.org"), "required_courses": ["Awareness"]})).await),
        9 => drop(fixture.make("implementation", json!({"system": system, "control": random.pick(&["ac-2", "si-2", "cp-9"]), "description": "our part",
            "status": random.pick(&["inherited", "shared"]), "provider": random.pick(&systems).0})).await),
        10 | 11 => drop(fixture.make("assessment", json!({"system": system, "control": random.pick(&["ac-2_smt.a", "si-2", "cp-9"]), "result": random.pick(&["satisfied", "other-than-satisfied"]), "assessed_on": random.pick(&["2026-11-20", "2025-11-25"])})).await),
        8 => {
            let components = rows(fixture, "component").await;
            if let Some((id, version)) = components.first() {
                service.delete(&actor, id, *version).await.unwrap();
            }
        }
        _ => drop(service.patch(&actor, &system, None, &[("exposure".into(), json!(random.pick(&["internet", "internal"])))]).await.unwrap()),
    }
}

async fn rows(fixture: &Fixture, kind: &str) -> Vec<(String, i64)> {
    let query = RecordQuery { kind: kind.into(), limit: 1_000, ..RecordQuery::default() };
    let page = fixture.service.list_records(&Actor::program(), &query).await.unwrap();
    page.rows.into_iter().map(|row| (row.id, row.version)).collect()
}
