//! Defining a system on one page: it asks only what cannot be derived. Categorisation and baseline follow from
//! the information types; scans find the system by its hosts; owner and unit are proposed from who asks.

use crate::error::{Answer, PageError};
use crate::list::encoded;
use crate::look::Link;
use crate::look::form::{Choice, Choices, Form, form};
use crate::look::shell::{self, Flash, Place};
use crate::page::Page;
use crate::pages::myself;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use warrant_model::field::{Field, FieldType, TextLength};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;

/// What of a system's record is asked for.
const ASKED: [&str; 7] = ["name", "phase", "unit", "owner", "exposure", "operational_since", "description"];

/// The owner that stands for the person who asks, when no record of them exists yet.
const ME: &str = "me";

/// What of an information type.
const OF_INFORMATION: [&str; 4] = ["name", "confidentiality", "integrity", "availability"];

/// The most hosts of one form.
const MOST_HOSTS: usize = 500;

/// The empty form; the address may fill it in.
pub(super) async fn page(State(app): State<App>, who: Who, RawQuery(query): RawQuery) -> Answer {
    let given = Posted::parse(query.as_deref().unwrap_or_default());
    let (mut body, _) = given.body(&asked(&app)?);
    let me = myself::record(&app, &who).await?;
    let unit = me.as_ref().map_or(Value::Null, |me| me.body["unit"].clone());
    let owner = Value::from(me.map_or_else(|| ME.to_owned(), |me| me.id));
    for (field, value) in [("owner", owner), ("unit", unit)] {
        if body[field].is_null() && !value.is_null() {
            body[field] = value;
        }
    }
    show(&app, &who, &body, &[]).await
}

/// Makes the system, its information types and its components.
pub(super) async fn create(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    let (body, mut problems) = posted.body(&asked(&app)?);
    let parts = Parts::of(&body, &mut problems);
    if !problems.is_empty() {
        return show(&app, &who, &body, &problems).await;
    }
    match make(&app, &who, &body, parts).await {
        Ok(id) => Ok(Redirect::to(&format!("/systems/{}", encoded(&id))).into_response()),
        Err(ServiceError::Invalid(problems)) => show(&app, &who, &body, &problems).await,
        Err(error) => Err(error.into()),
    }
}

/// What the system is made of, checked as far as that can be done before it exists.
struct Parts {
    information: Vec<Map<String, Value>>,
    hosts: Vec<String>,
}

impl Parts {
    fn of(body: &Value, problems: &mut Vec<FieldProblem>) -> Self {
        let mut names = BTreeSet::new();
        let mut information = Vec::new();
        for (nth, row) in body["information"].as_array().into_iter().flatten().enumerate() {
            let name = row["name"].as_str().unwrap_or_default().trim().to_lowercase();
            let field = format!("information.{nth}.name");
            if name.is_empty() {
                problems.push(FieldProblem::new(field, say("define-name-information")));
            } else if !names.insert(name) {
                problems.push(FieldProblem::new(field, say("define-information-twice")));
            }
            information.extend(row.as_object().cloned());
        }
        let mut known = BTreeSet::new();
        let text = body["hosts"].as_str().unwrap_or_default();
        let hosts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let hosts = hosts.filter(|host| !host.is_empty() && known.insert(host.to_lowercase()));
        let hosts: Vec<_> = hosts.map(str::to_owned).collect();
        if hosts.len() > MOST_HOSTS {
            let message = Words::of("define-too-many-hosts").with("count", hosts.len()).said();
            problems.push(FieldProblem::new("hosts", message));
        }
        Self { information, hosts }
    }
}

async fn make(app: &App, who: &Who, body: &Value, parts: Parts) -> Result<String, ServiceError> {
    let mut system = Map::new();
    let mut body = body.clone();
    if body["owner"] == ME {
        let row = match myself::record(app, who).await? {
            Some(row) => row,
            None => {
                let person = json!({ "name": who.actor.name, "email": who.actor.email });
                app.service.create(&who.actor, "person", person).await?
            }
        };
        body["owner"] = Value::from(row.id);
    }
    for name in ASKED {
        if !body[name].is_null() {
            system.insert(name.to_owned(), body[name].clone());
        }
    }
    let id = app.service.create(&who.actor, "system", Value::Object(system)).await?.id;
    for mut row in parts.information {
        row.insert("system".to_owned(), json!(id));
        app.service.create(&who.actor, "information_type", Value::Object(row)).await?;
    }
    for host in parts.hosts {
        let name = host.split('.').next().filter(|_| host.parse::<std::net::IpAddr>().is_err());
        let component = json!({
            "system": id,
            "name": name.unwrap_or(&host),
            "component_type": "host",
            "hostnames": [host],
        });
        app.service.create(&who.actor, "component", component).await?;
    }
    Ok(id)
}

/// The fields of the form: some of a system's, rows of information types, and hosts as lines.
fn asked(app: &App) -> Result<Vec<Field>, ServiceError> {
    let pick = |kind: &str, names: &[&str]| -> Result<Vec<Field>, ServiceError> {
        let fields = &app.service.kind(kind)?.fields;
        Ok(names.iter().filter_map(|name| fields.iter().find(|field| field.name == *name)).cloned().collect())
    };
    let mut fields = pick("system", &ASKED)?;
    fields.push(Field {
        name: "information".to_owned(),
        label: say("define-information"),
        help: say("define-information-help"),
        value: FieldType::Rows(pick("information_type", &OF_INFORMATION)?),
        required: false,
    });
    fields.push(Field {
        name: "hosts".to_owned(),
        label: say("define-hosts"),
        help: say("define-hosts-help"),
        value: FieldType::Text(TextLength::Paragraphs),
        required: false,
    });
    Ok(fields)
}

async fn show(app: &App, who: &Who, body: &Value, problems: &[FieldProblem]) -> Answer {
    let fields = asked(app)?;
    let mut choices = Choices::new();
    for kind in ["unit", "person"] {
        let found = app.service.choices(&who.actor, kind, None).await.map_err(PageError::Service)?;
        let mut found: Vec<_> = found.into_iter().map(|(value, title)| Choice { value, title }).collect();
        found.sort_by_cached_key(|choice| choice.title.to_lowercase());
        if kind == "person" && myself::record(app, who).await?.is_none() {
            let name = if who.actor.name.is_empty() { &who.actor.email } else { &who.actor.name };
            found.insert(
                0,
                Choice { value: ME.to_owned(), title: Words::of("define-you").with("name", name).said() },
            );
        }
        choices.insert(kind.to_owned(), found);
    }
    let verb = say("define-verb");
    let view = Form {
        id: "define",
        kind: "system",
        action: "/systems/new",
        csrf: &who.csrf,
        version: None,
        fields: &fields,
        body,
        problems,
        choices: &choices,
        verb: &verb,
        cancel: Some(Link::new(say("button-cancel"), "/systems")),
        target: None,
    };
    let lead = html! { (Words::of("define-lead").link("/records/system/new")) };
    let main = html! {
        (shell::heading(&[Link::new(say("place-systems"), "/systems")], say("define-title"), lead, html! {}))
        (form(&view))
    };
    let title = say("define-title");
    let mut page = Page::new(&title, Place::Systems, "/systems").in_the_chosen_language();
    if !problems.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(Flash::problem("system-not-made"));
    }
    page.with(app, who, main).await
}
