//! A throw-away kind, and a service that knows it: what a page or the API shows of it comes from its
//! declaration alone.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower::ServiceExt;
use warrant_model::Registry;
use warrant_model::id::RecordId;
use warrant_model::kind::{Ended, Kind, KindScope, KindSpec, State, Transition, Workflow};
use warrant_model::scope::Role;
use warrant_service::query::RecordRow;
use warrant_service::tokens::NewToken;
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// A bulb of a lamp.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Bulb {
    /// Its socket.
    socket: String,
}

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
    /// Its bulbs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bulbs: Vec<Bulb>,
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

/// A server with the throw-away kind and an officer who is signed in.
pub(crate) struct Room {
    pub(crate) service: Service,
    pub(crate) token: String,
    pub(crate) csrf: String,
    /// A program's token of the officer.
    pub(crate) program: String,
    router: Router,
    _folder: tempfile::TempDir,
}

/// An answer.
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("an answer in JSON")
    }
}

impl Room {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut registry = Registry::standard();
        registry.add::<Lamp>();
        let clock = Clock::at(warrant_model::time::parse("2026-11-23T10:00:00Z").unwrap());
        let store = StoreOptions::folder(folder.path());
        let service = Service::open(ServiceOptions { clock, registry, ..ServiceOptions::standard(store) })
            .await
            .unwrap();
        service.initialise("Test Utilities", 0).await.unwrap();
        let program = Actor::program();
        let email = "officer@test.example";
        service.create_account(&program, email, "Officer", None, (Role::Officer, "")).await.unwrap();
        let link = service.one_time_link(&program, email).await.unwrap();
        let token = service.sign_in_with_link(&link).await.unwrap().token;
        let csrf = service.session(&token).await.unwrap().unwrap().csrf;
        let officer = service.actor(email).await.unwrap();
        let wanted = NewToken { name: "Test".to_owned(), ..NewToken::default() };
        let program = service.make_token(&officer, email, &wanted).await.unwrap().text;
        let router = warrant_web::router(service.clone());
        Self { service, token, csrf, program, router, _folder: folder }
    }

    pub(crate) async fn make(&self, kind: &str, body: Value) -> RecordRow {
        self.service.create(&Actor::program(), kind, body).await.unwrap()
    }

    /// A system with a lamp.
    pub(crate) async fn lit(&self) -> (RecordRow, RecordRow) {
        let system = self.make("system", json!({"name": "Server room", "phase": "planned"})).await;
        let lamp = self.make("lamp", json!({"name": "Desk lamp", "system": system.id})).await;
        (system, lamp)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Got {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Got {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// As a browser that is signed in.
    pub(crate) async fn page(&self, path: &str) -> Got {
        let request = Request::get(path).header("cookie", format!("warrant_session={}", self.token));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A form that carries the session's request token.
    pub(crate) async fn form(&self, path: &str, fields: &str) -> Got {
        let request = Request::post(path)
            .header("cookie", format!("warrant_session={}", self.token))
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(format!("_csrf={}&{fields}", self.csrf))).unwrap()).await
    }

    /// As a program with a bearer token.
    pub(crate) async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Got {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", self.program));
        let request = match body {
            Some(body) => {
                request.header("content-type", "application/json").body(Body::from(body.to_string()))
            }
            None => request.body(Body::empty()),
        };
        self.send(request.unwrap()).await
    }
}
