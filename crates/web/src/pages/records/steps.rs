//! The life cycle: the steps that are possible now, each with the fields it asks for.

use super::detail::{self, Detail, Refusal};
use super::form::choices_for;
use super::next;
use crate::error::{Answer, PageError, Told};
use crate::look::form::{Form, fields};
use crate::look::link::safe;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{kinds, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::Field;
use warrant_model::kind::Transition;
use warrant_service::ServiceError;

/// The steps as buttons; one that asks for fields opens a small form.
pub(super) async fn buttons(
    app: &App,
    who: &Who,
    detail: &Detail<'_>,
    target: Option<&str>,
    refusal: Option<&Refusal<'_>>,
) -> Result<Markup, PageError> {
    let Some(workflow) = detail.kind.spec.workflow else { return Ok(html! {}) };
    let mine = |step: &&Transition| step.from == detail.row.state && who.actor.highest >= Some(step.role);
    let steps: Vec<_> = workflow.transitions.iter().filter(mine).collect();
    if steps.is_empty() || !super::writes(&who.actor, detail.kind) {
        return Ok(html! {});
    }
    let mut shown = Vec::new();
    for step in steps {
        let missing: Vec<Field> = missing(detail, step);
        let choices = choices_for(app, who, &missing, &detail.row.body, Some(&detail.row.system)).await?;
        let tried = refusal.filter(|refusal| refusal.step == step.to);
        let problems = tried.map_or(&[][..], |refusal| refusal.problems);
        let id = format!("step-{}", step.to);
        let action = format!("{}/state", detail.href());
        let form = Form {
            id: &id,
            kind: detail.kind.spec.name,
            action: &action,
            csrf: &who.csrf,
            version: None,
            fields: &missing,
            body: &detail.row.body,
            problems,
            choices: &choices,
            verb: &kinds::step(detail.kind.spec.name, step.verb),
            cancel: None,
            target,
        };
        shown.push(one(&form, step, tried.is_some()));
    }
    Ok(
        html! { div.buttons role="group" aria-label=(say("record-next-steps")) { @for step in &shown { (step) } } },
    )
}

fn one(view: &Form<'_>, step: &Transition, open: bool) -> Markup {
    let form = html! {
        form.form.wide[!view.fields.is_empty()] #(view.id) method="post" action=(safe(view.action)) data-swap=[view.target.map(|id| format!("#{id}"))] {
            input type="hidden" name="_csrf" value=(view.csrf);
            input type="hidden" name="to" value=(step.to);
            (fields(view))
            div.buttons { button.primary[!view.fields.is_empty()] { (view.verb) } }
        }
    };
    html! {
        @if view.fields.is_empty() { (form) }
        @else {
            details open[open] {
                summary.button { (view.verb) "…" }
                p.muted { (say("record-step-needs")) }
                (form)
            }
        }
    }
}

/// The fields a step asks for that are not filled in yet.
fn missing(detail: &Detail<'_>, step: &Transition) -> Vec<Field> {
    let empty = |name: &str| match &detail.row.body[name] {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    let fields = step.requires.iter().filter(|name| empty(name)).filter_map(|name| detail.kind.field(name));
    fields.map(|field| Field { required: true, ..field.clone() }).collect()
}

/// Takes the step.
pub(super) async fn step(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let entry = app.service.kind(&kind)?;
    detail::of_kind(&app, &who.actor, entry, &id).await?;
    let to = posted.one("to").to_owned();
    let given: Vec<Field> = entry.fields.iter().filter(|field| posted.has(&field.name)).cloned().collect();
    let (body, mut problems) = posted.body(&given);
    if problems.is_empty() {
        let fields: Vec<_> =
            body.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
        match app.service.transition(&who.actor, &id, &to, &fields).await {
            Ok(_) => {
                let own = super::href(&kind, &id);
                return Ok(Redirect::to(next::local(posted.one("next")).unwrap_or(&own)).into_response());
            }
            Err(ServiceError::Invalid(found)) => problems = found,
            Err(error) => return Err(error.into()),
        }
    }
    let told = Told::from(&ServiceError::Invalid(problems.clone()));
    let refusal = Refusal { told, step: &to, problems: &problems };
    detail::answer(&app, &who, &headers, (&kind, &id), Some(refusal)).await
}
