//! Forms from a kind's fields: the right input for each, with its help and what is wrong with it.
//!
//! The names follow one contract. A value is `name=value`; several values repeat the name; rows are
//! `milestones.0.title`; yes or no is empty, `true` or `false`; every form carries `_csrf`, and `_version` when
//! it changes something that exists. Without scripts, blank extra inputs and rows take further values; the
//! reader of the form leaves out what is blank.

mod input;
mod rows;

use super::Link;
use super::icons::{Icon, icon};
use super::link::safe;
use crate::language;
use crate::words::Words;
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;
use warrant_model::field::Field;
use warrant_model::kind::FieldProblem;

/// A record that a link may point to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub title: String,
}

/// Records that links may point to, by kind name; control ids under `control`; what a text field may name by id
/// under [`named_key`].
pub type Choices = BTreeMap<String, Vec<Choice>>;

/// The key of what a text field of this name may name by id.
pub fn named_key(field: &str) -> String {
    format!("named {field}")
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// An id unique on the page.
    pub id: &'a str,
    /// The kind of record whose fields these are, for their words.
    pub kind: &'a str,
    /// Where it posts to.
    pub action: &'a str,
    /// The request token.
    pub csrf: &'a str,
    /// The version being changed; `None` for a new record.
    pub version: Option<i64>,
    /// Fields in order.
    pub fields: &'a [Field],
    /// The present values.
    pub body: &'a Value,
    /// What is wrong.
    pub problems: &'a [FieldProblem],
    /// What links may point to.
    pub choices: &'a Choices,
    /// The verb on the button.
    pub verb: &'a str,
    /// The way back.
    pub cancel: Option<Link>,
    /// The id of the element that the answer replaces, when the form stands in a panel.
    pub target: Option<&'a str>,
}

/// The form.
pub fn form(view: &Form<'_>) -> Markup {
    html! {
        form.form #(view.id) method="post" action=(safe(view.action)) data-swap=[view.target.map(|id| format!("#{id}"))] data-guard {
            input type="hidden" name="_csrf" value=(view.csrf);
            @if let Some(version) = view.version { input type="hidden" name="_version" value=(version); }
            (summary(view))
            (fields(view))
            div.buttons.form-foot {
                button.primary { (view.verb) }
                @if let Some(link) = &view.cancel { a.button href=(safe(&link.href)) { (link.title) } }
            }
        }
    }
}

/// The inputs alone, for a form that has more in it.
pub fn fields(view: &Form<'_>) -> Markup {
    let context = Context {
        form: view.id,
        kind: view.kind.to_owned(),
        prefix: String::new(),
        depth: 0,
        problems: view.problems,
        choices: view.choices,
    };
    html! { @for field in view.fields { (input::field(field, &view.body[&field.name], &context)) } }
}

/// The input of the one field of a form, its label only for those who listen: for a cell of a table.
pub fn bare(view: &Form<'_>) -> Markup {
    let context = Context {
        form: view.id,
        kind: view.kind.to_owned(),
        prefix: String::new(),
        depth: 0,
        problems: view.problems,
        choices: view.choices,
    };
    html! { @for field in view.fields { (input::bare(field, &view.body[&field.name], &context)) } }
}

/// What an input needs to know of the form around it.
struct Context<'a> {
    form: &'a str,
    /// The kind whose fields these are, with the field that holds them inside rows.
    kind: String,
    /// `milestones.0.` inside rows.
    prefix: String,
    /// How many rows deep.
    depth: usize,
    problems: &'a [FieldProblem],
    choices: &'a Choices,
}

impl Context<'_> {
    fn name(&self, field: &Field) -> String {
        format!("{}{}", self.prefix, field.name)
    }

    /// An id made of the form's and the input's, which has no spaces.
    fn id(&self, name: &str) -> String {
        format!("{}-{}", self.form, name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "-"))
    }

    fn problems_of(&self, name: &str) -> Vec<&str> {
        self.problems.iter().filter(|p| p.field == name).map(|p| p.message.as_str()).collect()
    }
}

/// What is wrong, at the top, with links to the inputs; problems that name no field of the form stand here.
fn summary(view: &Form<'_>) -> Markup {
    let context = Context {
        form: view.id,
        kind: view.kind.to_owned(),
        prefix: String::new(),
        depth: 0,
        problems: &[],
        choices: view.choices,
    };
    html! {
        @if !view.problems.is_empty() {
            div.problems role="alert" tabindex="-1" {
                p { (icon(Icon::Warning)) strong lang=[language::of_chosen()] { (Words::of("form-to-mend").with("count", view.problems.len())) } }
                ul {
                    @for problem in view.problems {
                        li {
                            a href=(format!("#{}", context.id(&problem.field))) { (problem.message) }
                        }
                    }
                }
            }
        }
    }
}
