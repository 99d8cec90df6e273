//! Fields: what forms, tables, imports and checks of input need to know of a kind's struct, read from its
//! JSON schema.

use crate::kind::KindSpec;
use serde_json::Value;

/// A field of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The struct's field name.
    pub name: String,
    /// What people read: `Authorizing official`.
    pub label: String,
    /// Help text.
    pub help: String,
    /// What it holds.
    pub value: FieldType,
    /// Whether it must be filled in.
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// True or false.
    Bool,
    /// One of these words.
    Choice(Vec<String>),
    /// Control or statement ids (many or one).
    Control(Many),
    /// A civil day.
    Date,
    /// A whole number.
    Integer,
    /// Records of that kind (many or one).
    Link(String, Many),
    /// Several words of a set.
    Choices(Vec<String>),
    /// Several short texts.
    List,
    /// Money in the organisation's currency.
    Money,
    /// A number.
    Number,
    /// Rows of further fields.
    Rows(Vec<Field>),
    /// The state of the kind's workflow.
    State(Vec<String>),
    /// A short text, or a long one.
    Text(TextLength),
}

/// Whether a field holds one value or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// One.
    One,
    /// Several.
    Several,
}

/// How much text a field is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLength {
    /// A line.
    Line,
    /// A paragraph or more.
    Paragraphs,
}

/// The longest line and the longest paragraph text accepted, in bytes.
pub const TEXT_LIMIT: usize = 64 * 1024;

/// Reads the fields of a kind from its JSON schema (draft 2020-12 as `schemars` writes it).
pub fn fields_of(schema: &Value, spec: &KindSpec) -> Vec<Field> {
    let definitions = &schema["$defs"];
    let states = spec.workflow.map(|w| (w.field, w.states.iter().map(|s| s.name.to_owned()).collect()));
    object_fields(schema, definitions)
        .into_iter()
        .map(|mut field| {
            if let Some((state_field, states)) = &states
                && field.name == *state_field
            {
                field.value = FieldType::State(Vec::clone(states));
            }
            field.required = field.name == spec.title_field || is_required_link(spec, &field.name);
            field
        })
        .collect()
}

fn is_required_link(spec: &KindSpec, name: &str) -> bool {
    matches!(spec.scope, crate::kind::KindScope::System(field) if field == name)
}

fn object_fields(schema: &Value, definitions: &Value) -> Vec<Field> {
    let Some(properties) = schema["properties"].as_object() else { return Vec::new() };
    properties.iter().map(|(name, property)| field(name, property, definitions)).collect()
}

fn field(name: &str, property: &Value, definitions: &Value) -> Field {
    Field {
        name: name.to_owned(),
        label: label_of(name),
        help: property["description"].as_str().unwrap_or_default().replace('\n', " "),
        value: value_type(property, definitions),
        required: false,
    }
}

fn value_type(property: &Value, definitions: &Value) -> FieldType {
    let resolved = resolve(property, definitions);
    let types = type_names(resolved);
    let several = if types.contains(&"array") { Many::Several } else { Many::One };
    if let Some(kind) = property["x-link"].as_str() {
        return FieldType::Link(kind.to_owned(), several);
    }
    if property["x-control"] == Value::Bool(true) {
        return FieldType::Control(several);
    }
    if property["x-money"] == Value::Bool(true) {
        return FieldType::Money;
    }
    if several == Many::Several {
        let item = resolve(&resolved["items"], definitions);
        if let Some(words) = choices(item) {
            return FieldType::Choices(words);
        }
        if item["properties"].is_object() {
            return FieldType::Rows(object_fields(item, definitions));
        }
        return FieldType::List;
    }
    if let Some(words) = choices(resolved) {
        return FieldType::Choice(words);
    }
    if resolved["format"] == "date" {
        return FieldType::Date;
    }
    match types.first().copied() {
        Some("boolean") => FieldType::Bool,
        Some("integer") => FieldType::Integer,
        Some("number") => FieldType::Number,
        _ if property["x-long"] == Value::Bool(true) => FieldType::Text(TextLength::Paragraphs),
        _ => FieldType::Text(TextLength::Line),
    }
}

/// Follows `$ref` and takes the non-null branch of `anyOf`, as `Option<T>` is written.
fn resolve<'a>(schema: &'a Value, definitions: &'a Value) -> &'a Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return resolve(&definitions[name], definitions);
    }
    if let Some(branches) = schema["anyOf"].as_array()
        && let Some(branch) = branches.iter().find(|branch| branch["type"] != "null")
    {
        return resolve(branch, definitions);
    }
    schema
}

fn type_names(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect()
        }
        _ => Vec::new(),
    }
}

/// The words of an enum, written by `schemars` either as `enum` or as `oneOf` of `const`s with doc comments.
fn choices(schema: &Value) -> Option<Vec<String>> {
    if let Some(words) = schema["enum"].as_array() {
        return Some(words.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    let branches = schema["oneOf"].as_array()?;
    let words = branches.iter().flat_map(|branch| {
        let constant = branch["const"].as_str().map(str::to_owned);
        let listed =
            branch["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        constant.into_iter().chain(listed)
    });
    Some(words.collect())
}

/// `authorization_expires` → `Authorization expires`.
pub fn label_of(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}
