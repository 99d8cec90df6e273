//! Looking for changes in the ledger: what fits, newest first, page by page, each once.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::ledger::LedgerQuery;
use warrant_service::{Actor, ServiceError};

on_both!(changes_are_found_page_by_page, only_who_sees_everything_looks);

/// Every index that fits, in pages of so many.
async fn found(fixture: &Fixture, query: &LedgerQuery, limit: u64) -> Vec<u64> {
    let (mut before, mut indexes) = (None, Vec::new());
    loop {
        let page = LedgerQuery { before, limit, ..query.clone() };
        let page = fixture.service.ledger_entries(&Actor::program(), page).await.unwrap();
        assert!(page.entries.len() as u64 <= limit && !page.cut_short);
        indexes.extend(page.entries.iter().map(|(index, _)| *index));
        match page.next {
            Some(next) => before = Some(next),
            None => return indexes,
        }
    }
}

async fn changes_are_found_page_by_page(fixture: Fixture) {
    // More than are read together, so that pages end within and between.
    for nth in 0..300 {
        let name = if nth % 7 == 0 { format!("Harbour {nth}") } else { format!("Lock {nth}") };
        let made = fixture.make("unit", json!({"name": name})).await;
        if nth % 50 == 0 {
            let body = json!({"name": format!("Changed {nth}")});
            fixture.service.update(&Actor::program(), &made.id, made.version, body).await.unwrap();
        }
    }
    let whole = LedgerQuery { limit: 10_000, ..LedgerQuery::default() };
    let all = fixture.service.ledger_entries(&Actor::program(), whole.clone()).await.unwrap();
    assert_eq!(all.next, None);
    let size = fixture.service.ledger_size().await.unwrap();
    let indexes: Vec<u64> = all.entries.iter().map(|(index, _)| *index).collect();
    assert_eq!(indexes, (0..size).rev().collect::<Vec<_>>());
    let updated = LedgerQuery { action: "UPD".to_owned(), ..whole.clone() };
    let day = fixture.service.now().strftime("%Y-%m").to_string();
    let queries = [
        whole.clone(),
        updated.clone(),
        LedgerQuery { text: "unit create".to_owned(), ..whole.clone() },
        LedgerQuery { who: "warrant".to_owned(), on: day, ..whole.clone() },
        LedgerQuery { on: "1999".to_owned(), ..whole.clone() },
        LedgerQuery { text: "nothing-like-it".to_owned(), ..whole },
    ];
    let mut counts = Vec::new();
    for query in &queries {
        let fits = |entry: &warrant_service::query::Entry| {
            let text = format!("{} {} {}", entry.actor, entry.action, entry.subject).to_lowercase();
            let at = warrant_model::time::from_micros(entry.recorded_at).to_string().replace('T', " ");
            entry.actor.contains(&query.who)
                && entry.action.contains(&query.action.to_lowercase())
                && at.starts_with(&query.on)
                && query.text.split(' ').all(|word| text.contains(word))
        };
        let wanted: Vec<u64> =
            all.entries.iter().filter(|(_, entry)| fits(entry)).map(|(index, _)| *index).collect();
        for limit in [1, 7, 256, 1_000] {
            assert_eq!(found(&fixture, query, limit).await, wanted, "{query:?} by {limit}");
        }
        counts.push(wanted.len());
    }
    assert_eq!(counts[1], 6, "units that were changed");
    assert!(counts[2] >= 300 && counts[4] == 0 && counts[5] == 0, "{counts:?}");
}

async fn only_who_sees_everything_looks(fixture: Fixture) {
    let unit = fixture.make("unit", json!({"name": "Part"})).await.id;
    let (program, role) = (Actor::program(), (Role::Officer, unit.as_str()));
    fixture.service.create_account(&program, "part@example.org", "", None, role).await.unwrap();
    let actor = fixture.service.actor("part@example.org").await.unwrap();
    let denied =
        fixture.service.ledger_entries(&actor, LedgerQuery { limit: 5, ..LedgerQuery::default() }).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
}
