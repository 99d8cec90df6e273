//! Reading of the tables: one fact a line, its columns parted by tabs.

use super::{
    Attribute, Check, Definition, Flag, KeyField, Level, Member, Model, Rule, Schema, Shape, TablesError,
};
use crate::data_type::DataType;
use crate::metapath::Expression;

/// Where rules that follow belong.
enum Owner {
    Nobody,
    Attribute,
    Definition,
}

type Line<T> = Result<T, String>;

pub(super) fn tables(text: &'static str) -> Result<Schema, TablesError> {
    let mut schema = Schema::default();
    let mut owner = Owner::Nobody;
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&'static str> = line.split('\t').collect();
        fact(&mut schema, &mut owner, &columns).map_err(|message| TablesError { line: at + 1, message })?;
    }
    for member in schema.definitions.iter().flat_map(|definition| &definition.members) {
        if member.definition >= schema.definitions.len() {
            return Err(TablesError { line: 0, message: format!("{} leads nowhere", member.name) });
        }
    }
    Ok(schema)
}

fn fact(schema: &mut Schema, owner: &mut Owner, columns: &[&'static str]) -> Line<()> {
    let rules = schema.rules.len();
    match *columns {
        ["version", version] => schema.version = version,
        ["namespace", namespace] => schema.namespace = namespace,
        ["model", name, definition] => {
            schema.models.push(Model { name, definition: number(definition)? });
        }
        ["attribute", _, data_type, name] => {
            let data_type = named(data_type)?;
            schema.attributes.push(Attribute { name, data_type, rules: rules..rules });
            *owner = Owner::Attribute;
        }
        ["define", _, kind, name, ref value_key @ ..] => {
            let field = if kind == "assembly" { None } else { Some(named(kind)?) };
            schema.definitions.push(Definition {
                name,
                field,
                value_key: value_key.first().copied(),
                flags: Vec::new(),
                members: Vec::new(),
                rules: rules..rules,
            });
            *owner = Owner::Definition;
        }
        ["flag", attribute, required, name] => {
            let attribute = number(attribute)?;
            let known = attribute < schema.attributes.len();
            let last = schema.definitions.last_mut().filter(|_| known).ok_or("a flag of nothing")?;
            last.flags.push(Flag { attribute, name, required: required == "required" });
        }
        ["member", definition, name, json, min, max, shape, wrapper, holds, choice] => {
            let last = schema.definitions.last_mut().ok_or("a member of nothing")?;
            last.members.push(Member {
                definition: number(definition)?,
                name,
                json,
                min: number(min)?,
                max: if max == "*" { None } else { Some(number(max)?) },
                shape: match shape {
                    "one" => Shape::One,
                    "array" => Shape::Array,
                    "one-or-array" => Shape::OneOrArray,
                    other => return Err(format!("the shape {other} is not known")),
                },
                wrapper: Some(wrapper).filter(|wrapper| *wrapper != "-"),
                unwrapped: holds == "unwrapped",
                choice: number(choice)?,
            });
        }
        ["rule", kind, id, level, target, ref rest @ ..] => {
            schema.rules.push(rule(kind, id, level, target, rest)?);
            let end = schema.rules.len();
            match owner {
                Owner::Nobody => return Err("a rule of nothing".to_owned()),
                Owner::Attribute => {
                    if let Some(last) = schema.attributes.last_mut() {
                        last.rules.end = end;
                    }
                }
                Owner::Definition => {
                    if let Some(last) = schema.definitions.last_mut() {
                        last.rules.end = end;
                    }
                }
            }
        }
        ["value", value, ref deprecated @ ..] => match schema.rules.last_mut().map(|rule| &mut rule.check) {
            Some(Check::Allowed { values, .. }) => values.push((value, deprecated.first().copied())),
            _ => return Err("a value of nothing".to_owned()),
        },
        ["key", text, ref pattern @ ..] => {
            let key = KeyField { target: expression(text)?, text, pattern: pattern.first().copied() };
            match schema.rules.last_mut().map(|rule| &mut rule.check) {
                Some(Check::Index { keys, .. } | Check::HasKey { keys, .. } | Check::Unique { keys }) => {
                    keys.push(key);
                }
                _ => return Err("a key of nothing".to_owned()),
            }
        }
        _ => return Err(format!("not understood: {}", columns.join(" "))),
    }
    Ok(())
}

fn rule(
    kind: &'static str,
    id: &'static str,
    level: &'static str,
    target: &'static str,
    rest: &[&'static str],
) -> Line<Rule> {
    let check = match (kind, rest) {
        ("allowed-values", [other]) => Check::Allowed { values: Vec::new(), closed: *other == "closed" },
        ("matches", ["regex", pattern]) => Check::MatchesPattern(pattern),
        ("matches", ["type", name]) => Check::MatchesType(named(name)?),
        ("index", [name]) => Check::Index { name, keys: Vec::new() },
        ("index-has-key", [name]) => Check::HasKey { name, keys: Vec::new() },
        ("is-unique", []) => Check::Unique { keys: Vec::new() },
        ("has-cardinality", [min, max]) => Check::Cardinality {
            min: if *min == "-" { 0 } else { number(min)? },
            max: if matches!(*max, "-" | "unbounded") { None } else { Some(number(max)?) },
        },
        ("expect", [text]) => Check::Expect { test: expression(text)?, text },
        _ => return Err(format!("the rule {id} is not understood")),
    };
    let level = match level {
        "critical" | "error" => Level::Error,
        "warning" => Level::Warning,
        _ => Level::Note,
    };
    Ok(Rule { id, level, target: expression(target)?, target_text: target, check })
}

fn expression(text: &str) -> Line<Expression> {
    Expression::parse(text).map_err(|error| format!("{text}: {error}"))
}

fn named(name: &str) -> Line<DataType> {
    DataType::named(name).ok_or_else(|| format!("the data type {name} is not known"))
}

fn number<T: std::str::FromStr>(text: &str) -> Line<T> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}
