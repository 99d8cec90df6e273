//! Writes the tables: every definition that a document can reach, in the order in which it is met.

use super::GenerateError;
use super::dom::Element;
use super::modules::{Modules, Place};
use crate::data_type::DataType;
use crate::metapath::Expression;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Tables in the making.
struct Tables<'a> {
    modules: &'a Modules,
    flags: Vec<String>,
    definitions: Vec<String>,
    flag_ids: BTreeMap<Place, usize>,
    definition_ids: BTreeMap<(&'static str, Place), usize>,
    models: Vec<String>,
}

/// A definition and the module whose names it uses.
#[derive(Clone, Copy)]
struct Source<'a> {
    module: usize,
    element: &'a Element,
    kind: &'static str,
}

pub(super) fn write(modules: &Modules) -> Result<String, GenerateError> {
    let mut tables = Tables {
        modules,
        flags: Vec::new(),
        definitions: Vec::new(),
        flag_ids: BTreeMap::new(),
        definition_ids: BTreeMap::new(),
        models: Vec::new(),
    };
    let mut roots = Vec::new();
    for (at, module) in modules.list.iter().enumerate() {
        for (place, child) in module.root.children.iter().enumerate() {
            if child.name == "define-assembly"
                && let Some(root) = child.word("root-name")
            {
                roots.push((root.to_owned(), (at, place)));
            }
        }
    }
    roots.sort();
    for (root, place) in roots {
        let id = tables.global("assembly", place)?;
        tables.models.push(format!("model\t{root}\t{id}\n"));
    }
    let first = &modules.list[0].root;
    let mut text =
        String::from("# Made by `cargo run -p warrant-oscal --example generate`; not written by hand.\n");
    let version = first.word("schema-version").unwrap_or_default();
    let namespace = first.word("namespace").unwrap_or_default();
    let _ = writeln!(text, "version\t{version}\nnamespace\t{namespace}");
    for part in tables.models.iter().chain(&tables.flags).chain(&tables.definitions) {
        text.push_str(part);
    }
    Ok(text)
}

impl Tables<'_> {
    fn unsupported<T>(&self, source: Source<'_>, what: impl Into<String>) -> Result<T, GenerateError> {
        let name = source.element.attribute("name").unwrap_or_default();
        let what = format!("{} (in {} {name})", what.into(), source.kind);
        Err(GenerateError::Unsupported { file: self.modules.list[source.module].file.clone(), what })
    }

    /// The id of a definition on the top level of a module.
    fn global(&mut self, kind: &'static str, place: Place) -> Result<usize, GenerateError> {
        if let Some(id) = self.definition_ids.get(&(kind, place)) {
            return Ok(*id);
        }
        let id = self.reserve();
        self.definition_ids.insert((kind, place), id);
        let element = self.modules.definition(place);
        self.define(id, Source { module: place.0, element, kind })
    }

    fn reserve(&mut self) -> usize {
        self.definitions.push(String::new());
        self.definitions.len() - 1
    }

    fn define(&mut self, id: usize, source: Source<'_>) -> Result<usize, GenerateError> {
        let element = source.element;
        let name = element.attribute("name").unwrap_or_default();
        let is_field = source.kind == "field";
        let kind = if is_field { self.data_type(source)?.name() } else { "assembly" };
        let mut flags = String::new();
        for child in &element.children {
            let (flag, own, required) = match child.name.as_str() {
                "flag" => {
                    let name = child.attribute("ref").unwrap_or_default();
                    let place = self.modules.lookup(source.module, "flag", name)?;
                    (self.global_flag(place)?, self.modules.definition(place), child.attribute("required"))
                }
                "define-flag" => {
                    let inner = Source { module: source.module, element: child, kind: "flag" };
                    (self.flag(inner)?, child, child.attribute("required"))
                }
                "json-key" | "json-value-key-flag" | "json-base-uri" => {
                    return self.unsupported(source, child.name.clone());
                }
                _ => continue,
            };
            let required = if required == Some("yes") { "required" } else { "optional" };
            let name = child.word("use-name").or_else(|| own.word("use-name"));
            let name = name.or_else(|| own.attribute("name")).unwrap_or_default();
            let _ = writeln!(flags, "flag\t{flag}\t{required}\t{name}");
        }
        let mut text = format!("define\t{id}\t{kind}\t{name}");
        if is_field && !flags.is_empty() {
            let key = match (element.word("json-value-key"), kind) {
                (Some(key), _) => key,
                (None, "markup-line") => "RICHTEXT",
                (None, "markup-multiline") => "PROSE",
                (None, _) => "STRVALUE",
            };
            let _ = write!(text, "\t{key}");
        }
        text.push('\n');
        text.push_str(&flags);
        if let Some(model) = element.child("model") {
            let mut choices = 0;
            for particle in &model.children {
                if particle.name == "choice" {
                    choices += 1;
                    for alternative in &particle.children {
                        text.push_str(&self.member(source, alternative, choices)?);
                    }
                } else {
                    text.push_str(&self.member(source, particle, 0)?);
                }
            }
        }
        text.push_str(&self.rules(source)?);
        self.definitions[id] = text;
        Ok(id)
    }

    /// One thing that an assembly may hold. `choice` 0 is none.
    fn member(
        &mut self,
        source: Source<'_>,
        particle: &Element,
        choice: usize,
    ) -> Result<String, GenerateError> {
        let kind = match particle.name.as_str() {
            "assembly" | "define-assembly" => "assembly",
            "field" | "define-field" => "field",
            "remarks" => return Ok(String::new()),
            other => return self.unsupported(source, format!("{other} in a model")),
        };
        let name_of = |element: &Element| element.word("use-name").map(str::to_owned);
        let (id, definition) = if let Some(name) = particle.attribute("ref") {
            let place = self.modules.lookup(source.module, kind, name)?;
            (self.global(kind, place)?, self.modules.definition(place).clone())
        } else {
            let id = self.reserve();
            self.define(id, Source { module: source.module, element: particle, kind })?;
            (id, particle.clone())
        };
        let name = name_of(particle)
            .or_else(|| name_of(&definition))
            .unwrap_or_else(|| definition.attribute("name").unwrap_or_default().to_owned());
        let min = particle.attribute("min-occurs").unwrap_or("0");
        let max = match particle.attribute("max-occurs").unwrap_or("1") {
            "unbounded" => "*",
            max => max,
        };
        let group = particle.child("group-as").filter(|_| max != "1");
        let json = group.and_then(|group| group.attribute("name")).unwrap_or(&name);
        let shape = match (group, group.and_then(|group| group.attribute("in-json"))) {
            (None, _) if max != "1" => {
                return self.unsupported(source, format!("{name} repeats without group-as"));
            }
            (None, _) => "one",
            (Some(_), Some("ARRAY")) => "array",
            (Some(_), Some("SINGLETON_OR_ARRAY") | None) => "one-or-array",
            (Some(_), Some(other)) => return self.unsupported(source, format!("in-json={other}")),
        };
        let grouped = group.and_then(|group| group.attribute("in-xml")) == Some("GROUPED");
        let wrapper = if grouped { json } else { "-" };
        let markup = definition.attribute("as-type") == Some("markup-multiline");
        let unwrapped = markup && particle.attribute("in-xml") == Some("UNWRAPPED");
        let holds = if unwrapped { "unwrapped" } else { "element" };
        Ok(format!("member\t{id}\t{name}\t{json}\t{min}\t{max}\t{shape}\t{wrapper}\t{holds}\t{choice}\n"))
    }

    fn global_flag(&mut self, place: Place) -> Result<usize, GenerateError> {
        if let Some(id) = self.flag_ids.get(&place) {
            return Ok(*id);
        }
        let element = self.modules.definition(place);
        let id = self.flag(Source { module: place.0, element, kind: "flag" })?;
        self.flag_ids.insert(place, id);
        Ok(id)
    }

    fn flag(&mut self, source: Source<'_>) -> Result<usize, GenerateError> {
        let data_type = self.data_type(source)?.name();
        let name = source.element.attribute("name").unwrap_or_default();
        let rules = self.rules(source)?;
        let id = self.flags.len();
        self.flags.push(format!("attribute\t{id}\t{data_type}\t{name}\n{rules}"));
        Ok(id)
    }

    fn data_type(&self, source: Source<'_>) -> Result<DataType, GenerateError> {
        let name = source.element.attribute("as-type").unwrap_or("string");
        match DataType::named(name) {
            Some(known) => Ok(known),
            None => self.unsupported(source, format!("the data type {name}")),
        }
    }

    fn rules(&self, source: Source<'_>) -> Result<String, GenerateError> {
        let mut text = String::new();
        for rule in source.element.all("constraint").flat_map(|constraint| &constraint.children) {
            if rule.name == "remarks" {
                continue;
            }
            let owner = source.element.attribute("name").unwrap_or_default();
            let derived = format!("oscal-{owner}-{}", rule.name);
            let id = rule.attribute("id").unwrap_or(&derived);
            let level = rule.attribute("level").unwrap_or("ERROR").to_ascii_lowercase();
            let target = self.expression(source, rule.attribute("target").unwrap_or("."))?;
            let head = format!("rule\t{}\t{id}\t{level}\t{target}", rule.name);
            let word = |name: &str| rule.attribute(name).unwrap_or("-");
            let tail = match rule.name.as_str() {
                "allowed-values" => match rule.attribute("allow-other") {
                    Some("yes") => "open".to_owned(),
                    _ => "closed".to_owned(),
                },
                "matches" => match (rule.attribute("regex"), rule.attribute("datatype")) {
                    (Some(regex), None) => format!("regex\t{regex}"),
                    (None, Some(name)) if DataType::named(name).is_some() => format!("type\t{name}"),
                    _ => return self.unsupported(source, format!("what {id} matches")),
                },
                "index" | "index-has-key" => word("name").to_owned(),
                "is-unique" => String::new(),
                "has-cardinality" => format!("{}\t{}", word("min-occurs"), word("max-occurs")),
                "expect" => self.expression(source, word("test"))?,
                other => return self.unsupported(source, format!("the constraint {other}")),
            };
            let _ = writeln!(text, "{}", format!("{head}\t{tail}").trim_end());
            for part in &rule.children {
                match part.name.as_str() {
                    "enum" => {
                        let deprecated = part.attribute("deprecated").unwrap_or_default();
                        let value = part.attribute("value").unwrap_or_default();
                        let _ = writeln!(text, "{}", format!("value\t{value}\t{deprecated}").trim_end());
                    }
                    "key-field" => {
                        let target = self.expression(source, part.attribute("target").unwrap_or("."))?;
                        let pattern = part.attribute("pattern").unwrap_or_default();
                        let _ = writeln!(text, "{}", format!("key\t{target}\t{pattern}").trim_end());
                    }
                    "remarks" | "message" | "formal-name" | "description" | "prop" => {}
                    other => return self.unsupported(source, format!("{other} in the constraint {id}")),
                }
            }
        }
        Ok(text)
    }

    /// An expression on one line, refused when [`Expression`] cannot read it.
    fn expression(&self, source: Source<'_>, text: &str) -> Result<String, GenerateError> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match Expression::parse(&line) {
            Ok(_) => Ok(line),
            Err(error) => self.unsupported(source, format!("the expression `{line}`: {error}")),
        }
    }
}
