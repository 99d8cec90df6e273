//! The registry of kinds: everything generic asks it.

use crate::field::{Field, fields_of};
use crate::kind::{FieldProblem, Kind, KindSpec};
use serde_json::Value;
use std::collections::BTreeMap;

/// A body in the struct's own order with what is wrong with the whole, or why it does not parse.
type Normalised = Result<(Value, Vec<FieldProblem>), FieldProblem>;

/// A registered kind: its declaration, its schema, its fields and how to check a body.
pub struct KindEntry {
    /// The declaration.
    pub spec: KindSpec,
    /// JSON schema (draft 2020-12) of the body.
    pub schema: Value,
    /// Fields in the order of the struct.
    pub fields: Vec<Field>,
    normalise: fn(&Value) -> Normalised,
}

impl std::fmt::Debug for KindEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KindEntry").field("name", &self.spec.name).finish_non_exhaustive()
    }
}

impl KindEntry {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The record's name as people read it.
    pub fn title_of(&self, body: &Value) -> String {
        body[self.spec.title_field].as_str().unwrap_or_default().to_owned()
    }

    /// The state of a body, when the kind has a workflow.
    pub fn state_of<'a>(&self, body: &'a Value) -> Option<&'a str> {
        body[self.spec.workflow?.field].as_str()
    }

    /// Checks a body against the kind and returns it in the struct's own order, with an empty state replaced
    /// by the initial one. Every problem names its field.
    pub fn check(&self, body: &Value) -> Result<Value, Vec<FieldProblem>> {
        let mut body = body.clone();
        if let (Some(workflow), Some(object)) = (self.spec.workflow, body.as_object_mut()) {
            let state = object.get(workflow.field).and_then(Value::as_str).unwrap_or_default();
            if state.is_empty()
                && let Some(initial) = workflow.states.first()
            {
                object.insert(workflow.field.to_owned(), Value::from(initial.name));
            }
        }
        let (normal, mut problems) = (self.normalise)(&body).map_err(|problem| vec![problem])?;
        for field in self.fields.iter().filter(|field| field.required) {
            if normal[&field.name].as_str().is_none_or(|text| text.trim().is_empty()) {
                problems.push(FieldProblem::new(&field.name, format!("{} is required", field.label)));
            }
        }
        if let (Some(workflow), Some(state)) = (self.spec.workflow, self.state_of(&normal))
            && workflow.state(state).is_none()
        {
            let known: Vec<_> = workflow.states.iter().map(|s| s.name).collect();
            let message = format!("`{state}` is not a state; use one of {}", known.join(", "));
            problems.push(FieldProblem::new(workflow.field, message));
        }
        if let Some((name, _)) = normal.as_object().into_iter().flatten().find(|(_, value)| too_long(value)) {
            problems.push(FieldProblem::new(name, "longer than 64 KiB; attach it as evidence instead"));
        }
        if problems.is_empty() { Ok(normal) } else { Err(problems) }
    }
}

fn too_long(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() > crate::field::TEXT_LIMIT)
}

/// All kinds, in order of registration.
#[derive(Debug, Default)]
pub struct Registry {
    entries: Vec<KindEntry>,
    by_name: BTreeMap<&'static str, usize>,
}

impl Registry {
    /// The registry with Warrant's own kinds.
    pub fn standard() -> Self {
        let mut registry = Self::default();
        crate::kinds::register(&mut registry);
        registry
    }

    /// Adds a kind. A second kind of the same name replaces the first.
    pub fn add<K: Kind>(&mut self) {
        let spec = K::SPEC;
        let schema = schemars::schema_for!(K).to_value();
        let fields = fields_of(&schema, &spec);
        let entry = KindEntry { spec, schema, fields, normalise: normalise::<K> };
        match self.by_name.get(spec.name) {
            Some(at) => self.entries[*at] = entry,
            None => {
                self.by_name.insert(spec.name, self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<&KindEntry> {
        self.by_name.get(name).map(|at| &self.entries[*at])
    }

    /// The kind whose identifiers carry this prefix.
    pub fn by_prefix(&self, prefix: &str) -> Option<&KindEntry> {
        self.entries.iter().find(|entry| entry.spec.prefix == prefix)
    }

    /// Every kind.
    pub fn kinds(&self) -> impl Iterator<Item = &KindEntry> {
        self.entries.iter()
    }
}

fn normalise<K: Kind>(body: &Value) -> Normalised {
    let typed = K::deserialize(body).map_err(|error| {
        let message = error.to_string();
        let field = message.split('`').nth(1).unwrap_or_default().to_owned();
        FieldProblem::new(field, message)
    })?;
    let value = serde_json::to_value(&typed).map_err(|error| FieldProblem::new("", error.to_string()))?;
    Ok((value, typed.problems()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{FieldType, Many, TextLength};
    use crate::kind::KindScope;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_prefixes_are_unique_and_links_lead_to_kinds() {
        let registry = Registry::standard();
        let names: BTreeSet<_> = registry.kinds().map(|entry| entry.spec.name).collect();
        let prefixes: BTreeSet<_> = registry.kinds().map(|entry| entry.spec.prefix).collect();
        assert_eq!(names.len(), registry.kinds().count());
        assert_eq!(prefixes.len(), names.len());
        for entry in registry.kinds() {
            for field in &entry.fields {
                assert!(!field.help.is_empty(), "{}.{} has no help text", entry.spec.name, field.name);
                if let FieldType::Link(kind, _) = &field.value {
                    assert!(
                        names.contains(kind.as_str()),
                        "{}.{} links to {kind}",
                        entry.spec.name,
                        field.name
                    );
                }
            }
        }
    }

    #[test]
    fn declarations_name_fields_that_exist() {
        for entry in Registry::standard().kinds() {
            let spec = entry.spec;
            let scope_field = match spec.scope {
                KindScope::Organisation => None,
                KindScope::System(f)
                | KindScope::SystemOrOrganisation(f)
                | KindScope::Unit(f)
                | KindScope::IsSystem(f)
                | KindScope::IsUnit(f) => Some(f),
            };
            let workflow = spec.workflow.iter();
            let required = workflow.clone().flat_map(|w| w.transitions).flat_map(|t| t.requires).copied();
            let named = spec
                .columns
                .iter()
                .chain(spec.identity)
                .copied()
                .chain([spec.title_field])
                .chain(scope_field);
            for name in named.chain(required).chain(workflow.map(|w| w.field)) {
                assert!(entry.field(name).is_some(), "{} has no field {name}", spec.name);
            }
            for transition in spec.workflow.iter().flat_map(|w| w.transitions) {
                let workflow = spec.workflow.unwrap();
                assert!(workflow.state(transition.from).is_some(), "{}: {}", spec.name, transition.from);
                assert!(workflow.state(transition.to).is_some(), "{}: {}", spec.name, transition.to);
            }
        }
    }

    #[test]
    fn field_types_follow_from_the_struct() {
        let registry = Registry::standard();
        let value =
            |kind: &str, field: &str| registry.kind(kind).unwrap().field(field).unwrap().value.clone();
        assert_eq!(value("system", "owner"), FieldType::Link("person".into(), Many::One));
        assert_eq!(value("component", "stores"), FieldType::Link("information_type".into(), Many::Several));
        assert_eq!(value("system", "boundary"), FieldType::Text(TextLength::Paragraphs));
        assert_eq!(value("system", "authorized_on"), FieldType::Date);
        assert_eq!(value("component", "backup_rpo_hours"), FieldType::Integer);
        assert_eq!(value("component", "hostnames"), FieldType::List);
        assert_eq!(value("poam_item", "cost"), FieldType::Money);
        assert!(matches!(value("poam_item", "milestones"), FieldType::Rows(rows) if rows.len() == 3));
        assert!(matches!(value("poam_item", "state"), FieldType::State(states) if states.len() == 6));
        assert!(
            matches!(value("system", "exposure"), FieldType::Choice(words) if words.contains(&"internet".into()))
        );
        assert!(
            matches!(value("information_type", "categories"), FieldType::Choices(words) if words.len() == 8)
        );
        assert_eq!(value("component", "user_owned"), FieldType::Bool);
        assert!(
            matches!(value("system", "confidentiality_adjusted"), FieldType::Choice(words) if words.len() == 4)
        );
    }

    #[test]
    fn bodies_are_checked_and_problems_name_their_field() {
        let registry = Registry::standard();
        let system = registry.kind("system").unwrap();
        let good = system.check(&serde_json::json!({"name": "Historian"})).unwrap();
        assert_eq!(good["phase"], "planned");
        let unknown = system.check(&serde_json::json!({"name": "x", "org": "other"})).unwrap_err();
        assert_eq!(unknown[0].field, "org");
        let missing = system.check(&serde_json::json!({"description": "nameless"})).unwrap_err();
        assert_eq!(missing[0].field, "name");
        let adjusted = serde_json::json!({"name": "x", "integrity_adjusted": "not-applicable"});
        assert_eq!(system.check(&adjusted).unwrap_err().len(), 2);
        let state = system.check(&serde_json::json!({"name": "x", "phase": "sleeping"})).unwrap_err();
        assert!(state[0].message.contains("operational"), "{}", state[0].message);
    }
}
