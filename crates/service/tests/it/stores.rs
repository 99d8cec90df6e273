//! Opening a service for a test on one of the engines.

use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use warrant_model::Registry;
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::query::RecordRow;
use warrant_service::{Actor, Clock, Service, ServiceError, ServiceOptions, StoreOptions};

/// A service on a store of its own, gone with it.
pub(crate) struct Fixture {
    pub(crate) service: Service,
    store: StoreOptions,
    _folder: tempfile::TempDir,
}

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

pub(crate) fn at(text: &str) -> Timestamp {
    warrant_model::time::parse(text).unwrap()
}

/// Opens an empty store with the clock at 2026-11-23 10:00; `None` when the engine is not to be had.
pub(crate) async fn open(engine: Engine, registry: Registry) -> Option<Fixture> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = StoreOptions::folder(folder.path());
    if engine == Engine::Postgres {
        let Ok(address) = std::env::var("WARRANT_TEST_POSTGRES") else {
            println!("skipped: WARRANT_TEST_POSTGRES names no server");
            return None;
        };
        store.address = address;
        store.schema = Some(format!("test_{}", uuid::Uuid::now_v7().simple()));
    }
    let clock = Clock::at(at("2026-11-23T10:00:00Z"));
    let options = ServiceOptions { clock, registry, ..ServiceOptions::standard(store.clone()) };
    let service = Service::open(options).await.unwrap();
    service.initialise("Test Utilities", 0).await.unwrap();
    Some(Fixture { service, store, _folder: folder })
}

impl Fixture {
    pub(crate) fn set_clock(&self, text: &str) {
        self.service.clock().set(at(text));
    }

    /// The folder of evidence, ledger and key.
    pub(crate) fn data(&self) -> &std::path::Path {
        &self.store.data
    }

    /// A second service on the same store, as a new process would open it.
    pub(crate) async fn reopen(&self) -> Service {
        let clock = Clock::at(self.service.now());
        let options = ServiceOptions { clock, ..ServiceOptions::standard(self.store.clone()) };
        Service::open(options).await.unwrap()
    }

    pub(crate) async fn make(&self, kind: &str, body: Value) -> RecordRow {
        self.service.create(&Actor::program(), kind, body).await.unwrap_or_else(|e| panic!("{kind}: {e}"))
    }

    pub(crate) async fn system(&self, name: &str) -> RecordRow {
        self.make("system", json!({"name": name, "phase": "planned"})).await
    }

    pub(crate) async fn import(&self, system: &str, path: &str) -> Result<ImportOutcome, ServiceError> {
        let bytes = sample(path);
        let name = path.rsplit('/').next().unwrap().to_owned();
        let file = ImportFile { name, bytes: bytes.into() };
        let progress = Arc::new(Progress::default());
        self.service.import(&Actor::program(), file, Some(system), Mode::Commit, progress).await
    }
}

/// A file of the sample organisation.
pub(crate) fn sample(path: &str) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/northwater/");
    std::fs::read(format!("{root}{path}")).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs an async test function on both engines.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let registry = warrant_model::Registry::standard();
                if let Some(fixture) = crate::stores::open(crate::stores::Engine::Sqlite, registry).await {
                    super::$name(fixture).await;
                }
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let registry = warrant_model::Registry::standard();
                if let Some(fixture) = crate::stores::open(crate::stores::Engine::Postgres, registry).await {
                    super::$name(fixture).await;
                }
            })+
        }
    };
}
pub(crate) use on_both;
