//! Kinds of record, their fields, choices, states and steps in the language of the request.
//!
//! English is what `warrant-model` declares; another language has its words in its `kinds.ftl`, whose head explains the
//! names. What it does not have stands in English. What is sent, exported or said to programs is never translated.

use super::known;
use std::borrow::Cow;
use warrant_model::field::{Field, label_of};
use warrant_model::kind::{KindSpec, State};

/// The title of a kind: `Task`.
pub fn one(spec: &KindSpec) -> Cow<'static, str> {
    found(&[format!("kind-{}", spec.name)], None).map_or(Cow::Borrowed(spec.title), Cow::Borrowed)
}

/// The title of several of a kind: `Tasks`.
pub fn several(spec: &KindSpec) -> Cow<'static, str> {
    found(&[format!("kind-{}", spec.name)], Some("several")).map_or(Cow::Borrowed(spec.plural), Cow::Borrowed)
}

/// What a record of a kind says, in one sentence.
pub fn about(spec: &KindSpec) -> Cow<'static, str> {
    found(&[format!("kind-{}", spec.name)], Some("about")).map_or(Cow::Borrowed(spec.about), Cow::Borrowed)
}

/// The label of a field. `of` is the kind's name or, for fields of rows, [`within`] it.
pub fn label<'f>(of: &str, field: &'f Field) -> Cow<'f, str> {
    found(&names_of_field(of, &field.name), None).map_or(Cow::Borrowed(field.label.as_str()), Cow::Borrowed)
}

/// A field by its name, as it stands within a sentence: `risk owner`.
pub fn field_named(of: &str, name: &str) -> String {
    found(&names_of_field(of, name), None).map_or_else(|| name.replace('_', " "), str::to_lowercase)
}

/// What a field is for.
pub fn help<'f>(of: &str, field: &'f Field) -> Cow<'f, str> {
    found(&names_of_field(of, &field.name), Some("help"))
        .map_or(Cow::Borrowed(field.help.as_str()), Cow::Borrowed)
}

/// Where the fields of rows belong: the kind and the field that holds the rows.
pub fn within(of: &str, rows: &str) -> String {
    format!("{of}-{rows}")
}

/// One of the words that a field can hold: `not-applicable` is `Not applicable`.
pub fn choice(field: &str, word: &str) -> String {
    found(&[format!("choice-{field}-{word}"), format!("choice-{word}")], None)
        .map_or_else(|| label_of(&word.replace('-', "_")), str::to_owned)
}

/// A state of a kind's life cycle.
pub fn stage(kind: &str, state: &State) -> Cow<'static, str> {
    let name = state.name;
    found(&[format!("stage-{kind}-{name}"), format!("stage-{name}")], None)
        .map_or(Cow::Borrowed(state.title), Cow::Borrowed)
}

/// The word for a state in a list of choices.
pub fn stage_word(kind: &str, state: &str) -> String {
    found(&[format!("stage-{kind}-{state}"), format!("stage-{state}")], None)
        .map_or_else(|| label_of(&state.replace('-', "_")), str::to_owned)
}

/// The state of this name; its name when the kind has no such state.
pub fn stage_named(spec: &KindSpec, name: &str) -> String {
    let state = spec.workflow.and_then(|workflow| workflow.states.iter().find(|state| state.name == name));
    state.map_or_else(|| name.to_owned(), |state| stage(spec.name, state).into_owned())
}

/// The verb of a step between states.
pub fn step(kind: &str, verb: &'static str) -> Cow<'static, str> {
    let name = slug(verb);
    found(&[format!("step-{kind}-{name}"), format!("step-{name}")], None)
        .map_or(Cow::Borrowed(verb), Cow::Borrowed)
}

fn names_of_field(of: &str, field: &str) -> [String; 2] {
    [format!("field-{of}-{field}"), format!("field-{field}")]
}

/// `Put in force` as names of messages are written.
fn slug(verb: &str) -> String {
    verb.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// The first of these messages that the language of the request has; English has none, which the kinds speak themselves.
fn found(names: &[String], part: Option<&str>) -> Option<&'static str> {
    names.iter().find_map(|name| known(name, part))
}

#[cfg(test)]
pub(crate) mod tests;
