//! A store's own mappings: a format nobody knew is read; a mapping that cannot be used stops the program.

use std::sync::Arc;
use warrant_model::fact::Fact;
use warrant_service::import::{ImportFile, Mode, Progress};
use warrant_service::query::FindingQuery;
use warrant_service::{Actor, Service, ServiceOptions, StoreOptions};

const MAPPING: &str = r#"
id = "portero"
title = "Portero (JSON)"
target = "site"
[[recognise]]
all = ["scanner = portero", "has findings"]
sure = "certain"
[[weakness]]
each = "findings"
rule = "check"
title = "text"
severity = "level | map 5=critical; 4=high; 3=medium; 2=low; 1=none"
[example]
facts = 1
input = '''
{"scanner": "portero", "site": "a", "findings": [{"check": "A", "text": "b", "level": 4}]}
'''
"#;

const REPORT: &str = r#"{"scanner": "portero", "site": "shop.example", "findings": [
  {"check": "TLS-07", "text": "Old protocol offered", "level": 4},
  {"check": "HDR-02", "text": "No Content-Security-Policy", "level": 2}]}"#;

async fn open(folder: &std::path::Path) -> Result<Service, String> {
    let options = ServiceOptions::standard(StoreOptions::folder(folder));
    let service = Service::open(options).await.map_err(|error| error.to_string())?;
    service.initialise("Test", 0).await.unwrap();
    Ok(service)
}

async fn import(service: &Service) -> Result<usize, String> {
    let file = ImportFile { name: "report.json".into(), bytes: REPORT.as_bytes().into() };
    let progress = Arc::new(Progress::default());
    let done = service.import(&Actor::program(), file, Some("Shop"), Mode::Commit, progress).await;
    done.map(|outcome| outcome.opened).map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mapping_in_the_stores_folder_reads_what_nobody_knew() {
    let folder = tempfile::tempdir().unwrap();
    let service = open(folder.path()).await.unwrap();
    let system = serde_json::json!({"name": "Shop", "phase": "planned"});
    service.create(&Actor::program(), "system", system).await.unwrap();
    assert!(import(&service).await.is_err(), "without the mapping nobody knows the format");
    service.close().await.unwrap();
    drop(service);

    std::fs::create_dir(folder.path().join("readers")).unwrap();
    std::fs::write(folder.path().join("readers/portero.toml"), MAPPING).unwrap();
    let service = open(folder.path()).await.unwrap();
    assert!(service.readers().iter().any(|reader| reader.id() == "portero"));
    assert_eq!(import(&service).await.unwrap(), 2);
    let query = FindingQuery { text: "old protocol".into(), limit: 10, ..FindingQuery::default() };
    let found = service.list_findings(&Actor::program(), &query).await.unwrap().rows;
    let detail = service.finding(&Actor::program(), &found[0].id).await.unwrap();
    let Fact::Weakness(fact) = &detail.sightings[0].fact else { panic!("a weakness") };
    assert_eq!((fact.rule.as_str(), fact.target.as_str()), ("TLS-07", "shop.example"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mapping_that_cannot_be_used_stops_the_program() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("readers")).unwrap();
    let broken = MAPPING.replace("each = ", "eahc = ");
    std::fs::write(folder.path().join("readers/portero.toml"), broken).unwrap();
    let Err(error) = open(folder.path()).await else { panic!("a broken mapping was taken") };
    assert!(error.contains("portero.toml") && error.contains("eahc"), "{error}");
}
