//! A throw-away kind gets everything from its declaration.

use crate::stores::{Engine, open};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use warrant_model::id::RecordId;
use warrant_model::kind::{Ended, Kind, KindScope, KindSpec, State, Transition, Workflow};
use warrant_model::registry::Registry;
use warrant_model::scope::Role;
use warrant_service::Actor;
use warrant_service::import::Mode;
use warrant_service::query::RecordQuery;
use warrant_service::tables::TableFormat;

/// A lamp in a system's server room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Lamp {
    /// Its name.
    name: String,
    /// The system whose room it lights.
    #[schemars(extend("x-link" = "system"))]
    system: RecordId,
    /// Whether it burns.
    state: String,
    /// Watts.
    #[serde(skip_serializing_if = "Option::is_none")]
    watts: Option<u32>,
}

impl Kind for Lamp {
    const SPEC: KindSpec = KindSpec {
        name: "lamp",
        prefix: "lamp",
        title: "Lamp",
        plural: "Lamps",
        about: "A lamp in a server room.",
        source: "none",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::System("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "off", title: "Off", ended: Ended::Open },
                State { name: "on", title: "On", ended: Ended::Ended },
            ],
            transitions: &[Transition {
                from: "off",
                to: "on",
                verb: "Light",
                requires: &["watts"],
                role: Role::Engineer,
            }],
        }),
        columns: &["name", "system", "state", "watts"],
    };
}

async fn one_file_gives_everything(engine: Engine) {
    let mut registry = Registry::standard();
    registry.add::<Lamp>();
    let Some(fixture) = open(engine, registry).await else { return };
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Room").await;
    let lamp = fixture.make("lamp", json!({"name": "Desk", "system": system.id})).await;
    assert_eq!((lamp.state.as_str(), lamp.system.as_str()), ("off", system.id.as_str()));
    assert!(service.transition(&actor, &lamp.id, "on", &[]).await.is_err());
    let lit = service.transition(&actor, &lamp.id, "on", &[("watts".into(), json!(7))]).await.unwrap();
    assert_eq!((lit.state.as_str(), lit.version), ("on", 2));
    let ids = [lamp.id.clone()];
    assert_eq!(service.bulk_edit(&actor, "lamp", &ids, &[("watts".into(), json!(9))]).await.unwrap(), 1);
    let query = RecordQuery { kind: "lamp".into(), text: "desk".into(), limit: 10, ..RecordQuery::default() };
    let page = service.list_records(&actor, &query).await.unwrap();
    assert_eq!((page.total, page.rows[0].body["watts"].as_u64()), (1, Some(9)));
    for format in [TableFormat::Csv, TableFormat::Xlsx] {
        let bytes = service.export_records(&actor, &query, format).await.unwrap();
        let outcome = service.import_table(&actor, "lamp", ("l", &bytes), Mode::Commit).await.unwrap();
        assert_eq!(outcome.unchanged, 1);
    }
    assert_eq!(service.search(&actor, "desk", 5).await.unwrap()[0].what, "Lamp");
    assert_eq!(service.history(&actor, &lamp.id).await.unwrap().len(), 3);
    let proof = service.prove(&actor, &lamp.id).await.unwrap();
    assert!(proof.entry.contains(&lamp.id));
    assert!(service.verify_ledger(&actor).await.unwrap().problems.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_gives_everything_on_sqlite() {
    one_file_gives_everything(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_gives_everything_on_postgres() {
    one_file_gives_everything(Engine::Postgres).await;
}
