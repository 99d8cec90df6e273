//! The form of a judgement: on what, by which method, with what result, seen what.

use super::super::frame::Frame;
use super::super::shown::control_label;
use crate::list::{ListAddress, encoded};
use crate::look::form::{Choices, Form, fields};
use crate::session::Who;
use crate::words::{Words, say};
use maud::{Markup, html};
use serde_json::{Value, json};
use warrant_catalog::index::Index;
use warrant_model::field::{Field, FieldType};
use warrant_model::kind::FieldProblem;
use warrant_model::registry::KindEntry;

/// Fields the form asks for; the others follow from where it stands and who fills it in.
const ASKED: [&str; 4] = ["result", "method", "assessed_on", "notes"];

/// What the form starts from: today, by examination, on the statement the address names.
pub(super) fn blank(control: &str, address: &ListAddress, frame: &Frame) -> Value {
    let on = address.some("statement").filter(|id| id.split("_smt").next() == Some(control));
    json!({ "control": on.as_deref().unwrap_or(control), "method": "examine", "assessed_on": frame.today().to_string() })
}

/// Fills in the system, and who judges when there is a record of them.
pub(super) fn complete(body: &mut Value, frame: &Frame, who: &Who) {
    body["system"] = Value::from(frame.id.as_str());
    let persons = &frame.snapshot.programme.persons;
    let me = persons.iter().find(|person| person.body.email.eq_ignore_ascii_case(&who.actor.email));
    if let Some(me) = me {
        body["assessor"] = Value::from(me.id.as_str());
    }
}

/// The form, open when something of it is to be mended.
pub(super) fn form(
    frame: &Frame,
    who: &Who,
    (kind, control): (&KindEntry, &str),
    (body, problems): (&Value, &[FieldProblem]),
    target: Option<&str>,
) -> Markup {
    let mut asked: Vec<Field> = ASKED
        .iter()
        .filter_map(|name| kind.fields.iter().find(|field| field.name == *name).cloned())
        .collect();
    for field in &mut asked {
        // A control that does not apply is tailored out.
        if let FieldType::Choice(words) = &mut field.value {
            words.retain(|word| word != "not-applicable");
        }
    }
    let action = format!("/systems/{}/controls/{}/assessments", encoded(&frame.id), encoded(control));
    let choices = Choices::new();
    let verb = say("judge-record");
    let view = Form {
        id: "judge",
        kind: "assessment",
        action: &action,
        csrf: &who.csrf,
        version: None,
        fields: &asked,
        body,
        problems,
        choices: &choices,
        verb: &verb,
        cancel: None,
        target,
    };
    html! {
        details.stack-gap open[!problems.is_empty()] {
            summary.button { (say("judge")) }
            form.form #judge method="post" action=(action) data-swap=[target.map(|id| format!("#{id}"))] data-guard {
                input type="hidden" name="_csrf" value=(who.csrf);
                @for problem in problems.iter().filter(|problem| !ASKED.contains(&problem.field.as_str())) {
                    p.field-problem role="alert" { (problem.message) }
                }
                (on(control, body))
                (fields(&view))
                div.buttons.form-foot { button.primary { (view.verb) } }
            }
        }
    }
}

/// The control as a whole, or one of its statements.
fn on(control: &str, body: &Value) -> Markup {
    let index = Index::embedded();
    let statements = index.by_id(control).map_or(0..0, |no| index.statements(no));
    let statements = index.all_statements().get(statements).unwrap_or_default();
    let chosen = body["control"].as_str().unwrap_or(control);
    html! {
        div.field {
            label for="judge-on" { (say("judge-on")) }
            select #judge-on name="control" {
                option value=(control) selected[chosen == control] { (Words::of("judge-whole").with("control", control_label(control))) }
                @for statement in statements {
                    option value=(statement.id) selected[chosen == statement.id] { (control_label(&statement.id)) }
                }
            }
        }
    }
}
