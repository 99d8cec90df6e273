//! The sample organisation plays through on both stores, and its stories can be found.

use crate::stores::{Engine, sample};
use warrant_model::Registry;
use warrant_model::time::{day, micros, start_of};
use warrant_service::demo::{Files, Script, play};
use warrant_service::query::DeficiencyQuery;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

struct Folder;

impl Files for Folder {
    fn content(&self, name: &str) -> Option<Vec<u8>> {
        Some(sample(name))
    }
}

async fn stories(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = StoreOptions::folder(folder.path());
    if engine == Engine::Postgres {
        let Ok(address) = std::env::var("WARRANT_TEST_POSTGRES") else {
            println!("skipped: WARRANT_TEST_POSTGRES names no server");
            return;
        };
        store.address = address;
        store.schema = Some(format!("test_{}", uuid::Uuid::now_v7().simple()));
    }
    let until = crate::stores::at("2026-11-23T09:00:00Z");
    let options = ServiceOptions {
        clock: Clock::at(until),
        registry: Registry::standard(),
        ..ServiceOptions::standard(store)
    };
    let service = Service::open(options).await.unwrap();
    let script = Script::parse(std::str::from_utf8(&sample("demo.toml")).unwrap()).unwrap();
    let played = play(&service, &script, &Folder, until, &|_, _, _| ()).await.unwrap();
    assert!(played.records > 500 && played.facts > 3_000, "{played:?}");
    let actor = Actor::program();
    assert_eq!(service.system_names(&actor).await.unwrap().len(), 12);

    let month_ago = crate::stores::at("2026-10-23");
    let delta = service.compare(&actor, "Customer Portal", month_ago, None).await.unwrap();
    assert!(delta.opened.len() > delta.ended.len(), "the portal got worse last month");

    let expiring =
        DeficiencyQuery { check: Some("exception-expiring".into()), limit: 50, ..DeficiencyQuery::default() };
    let expiring = service.queue(&actor, &expiring).await.unwrap();
    let this_week = |d: &warrant_service::query::DeficiencyRow| {
        d.deficiency.due.is_some_and(|due| due <= "2026-11-29".parse().unwrap())
    };
    assert!(expiring.rows.iter().any(this_week), "an exception expires this week: {:?}", expiring.rows);

    let clinic = DeficiencyQuery { text: "clinic database".into(), limit: 50, ..DeficiencyQuery::default() };
    let backup = |row: &warrant_service::query::DeficiencyRow| row.deficiency.check.starts_with("backup-");
    let before = service.queue(&actor, &clinic).await.unwrap().rows.into_iter().filter(backup).count();
    assert!(before > 0, "the clinic's backup has a gap in its evidence");
    let file = warrant_service::import::ImportFile {
        name: "clinic-restore-test.json".into(),
        bytes: sample("to-import/clinic-restore-test.json").into(),
    };
    let progress = std::sync::Arc::default();
    let mode = warrant_service::import::Mode::Commit;
    let outcome = service.import(&actor, file, None, mode, progress).await.unwrap();
    assert_eq!(outcome.system_name, "Occupational Clinic");
    let after = service.queue(&actor, &clinic).await.unwrap().rows.into_iter().filter(backup).count();
    assert!(after < before, "bringing the missing report ends a deficiency");

    let found = service.verify_ledger(&actor).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    service.close().await.unwrap();
}

/// A day's postures are computed once, after its last step: they must be those of an organisation whose past ends
/// there, which are made anew from what is stored.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_of_the_past_stand_as_they_ended() {
    let script = Script::parse(std::str::from_utf8(&sample("demo.toml")).unwrap()).unwrap();
    let end = script.steps.last().unwrap().at;
    // A day on which files came for several systems, and some systems got several.
    let middle = script.steps.iter().rfind(|step| day(step.at) == "2026-10-15".parse().unwrap()).unwrap().at;
    let mut trends = Vec::new();
    for until in [middle, end] {
        let folder = tempfile::tempdir().unwrap();
        let store = StoreOptions::folder(folder.path());
        let options = ServiceOptions { clock: Clock::at(until), ..ServiceOptions::standard(store) };
        let service = Service::open(options).await.unwrap();
        let mut part = Script { anchor: day(until), ..script.clone() };
        part.steps.retain(|step| step.at <= until);
        play(&service, &part, &Folder, until, &|_, _, _| ()).await.unwrap();
        let trends_then = service.trends(&Actor::program(), script.steps[0].at).await.unwrap();
        let names = service.system_names(&Actor::program()).await.unwrap();
        let of_the_day = trends_then.into_iter().filter_map(|(system, trend)| {
            let point = trend.into_iter().find(|point| point.day == micros(start_of(day(middle))))?;
            Some((names.get(&system).cloned().unwrap_or_default(), point))
        });
        trends.push(of_the_day.collect::<std::collections::BTreeMap<_, _>>());
        service.close().await.unwrap();
    }
    let [anew, played] = trends.try_into().unwrap();
    assert!(played.len() > 2, "{played:?}");
    for (system, point) in played {
        assert_eq!(anew[&system], point, "{system}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stories_can_be_found_on_sqlite() {
    stories(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stories_can_be_found_on_postgres() {
    stories(Engine::Postgres).await;
}
