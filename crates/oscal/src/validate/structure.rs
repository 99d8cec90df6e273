//! Structure: what must be there, how often, in which order, and the form of values.

use super::Findings;
use crate::data_type::DataType;
use crate::markup;
use crate::problem::Finding;
use crate::schema::{Definition, Level, Member};
use crate::tree::{Document, Format, Kind, NodeId, OUTSIDE};

pub(super) fn check(document: &Document, findings: &mut Findings) {
    for (id, node) in document.nodes.iter().enumerate() {
        match node.kind {
            Kind::Assembly => members(document, id, findings),
            Kind::Field => {
                let definition = document.definition(id);
                let data_type = definition.field.unwrap_or(DataType::String);
                if definition.value_key.is_none() {
                    value(document, id, data_type, findings);
                } else {
                    flags(document, id, definition, findings);
                    let unread = |child: NodeId| document.nodes[child].kind == Kind::Unknown;
                    if document.value_of(id).is_none() && !document.children(id).any(unread) {
                        let key = definition.value_key.unwrap_or_default();
                        missing(id, node.name, &format!("value (`{key}`)"), data_type, findings);
                    }
                }
            }
            Kind::Flag => {
                let attribute = &document.schema.attributes[node.definition as usize];
                value(document, id, attribute.data_type, findings);
            }
            Kind::Value => {
                let field = document.schema.definitions[node.definition as usize].field;
                value(document, id, field.unwrap_or(DataType::String), findings);
            }
            Kind::Misfit | Kind::Unknown => {}
        }
        if findings.is_full() {
            return;
        }
    }
}

fn missing(id: NodeId, owner: &str, what: &str, data_type: DataType, findings: &mut Findings) {
    let message = format!("{owner} has no {what}");
    let remedy = format!("add it; it must be {}", data_type.words());
    findings.push(Finding::error(id, "missing-member", message, &remedy));
}

fn flags(document: &Document, id: NodeId, definition: &Definition, findings: &mut Findings) {
    let mut seen = 0_u64;
    for child in document.children(id) {
        let node = &document.nodes[child];
        if node.kind == Kind::Flag {
            seen |= 1 << node.slot.min(63);
        } else if node.kind == Kind::Unknown {
            // What was there but could not be read is not missing too.
            let place = definition.flags.iter().position(|flag| flag.name == document.own_text(child));
            seen |= place.map_or(0, |place| 1 << place.min(63));
        }
    }
    for (place, flag) in definition.flags.iter().enumerate() {
        if flag.required && seen & (1 << place.min(63)) == 0 {
            let attribute = &document.schema.attributes[flag.attribute];
            let what = format!("`{}`", flag.name);
            missing(id, document.nodes[id].name, &what, attribute.data_type, findings);
        }
    }
}

/// The most members of any definition; a test holds the tables to it.
pub(crate) const MEMBERS: usize = 64;

fn members(document: &Document, id: NodeId, findings: &mut Findings) {
    let definition = document.definition(id);
    flags(document, id, definition, findings);
    let mut counts = [0_u32; MEMBERS];
    // What was there but could not be read is not missing too.
    let mut spoilt = 0_u64;
    let mut last = 0;
    for child in document.children(id) {
        let node = &document.nodes[child];
        if node.kind == Kind::Misfit {
            spoilt |= 1 << node.slot.min(63);
        } else if node.kind == Kind::Unknown {
            let label = document.own_text(child);
            let known =
                definition.members.iter().position(|member| member.json == label || member.name == label);
            spoilt |= known.map_or(0, |place| 1 << place.min(63));
        }
        if !matches!(node.kind, Kind::Assembly | Kind::Field) {
            continue;
        }
        let slot = node.slot as usize;
        if let Some(count) = counts.get_mut(slot) {
            *count += 1;
            let member = &definition.members[slot];
            if member.max.is_some_and(|max| *count == max + 1) {
                let most = member.max.unwrap_or_default();
                let message =
                    format!("{} has more than {most} `{}`", document.nodes[id].name, shown(document, member));
                findings.push(Finding::error(child, "too-many", message, "remove what is too much"));
            }
        }
        if document.format == Format::Xml && slot < last {
            let message = format!(
                "`{}` comes after `{}`",
                node.name,
                definition.members.get(last).map_or("", |member| member.name)
            );
            let remedy = "move the element up: XML keeps the order of the model";
            findings.push(Finding::error(child, "order", message, remedy));
        }
        last = last.max(slot);
    }
    let spoilt_at = |place: usize| spoilt & (1 << place.min(63)) != 0;
    for (place, member) in definition.members.iter().enumerate() {
        if member.choice == 0 && counts[place] < member.min && !spoilt_at(place) {
            absent(document, id, member, findings);
        }
    }
    choices(document, id, definition, &counts, &spoilt_at, findings);
}

fn absent(document: &Document, id: NodeId, member: &Member, findings: &mut Findings) {
    let name = shown(document, member);
    let definition = &document.schema.definitions[member.definition];
    let form = match definition.field {
        Some(data_type) => format!("it must be {}", data_type.words()),
        None => parts(definition),
    };
    let message = format!("{} has no `{name}`", document.nodes[id].name);
    findings.push(Finding::error(id, "missing-member", message, &format!("add it; {form}")));
}

/// What an assembly needs, in words.
fn parts(definition: &Definition) -> String {
    let flags = definition.flags.iter().filter(|flag| flag.required);
    let mut needed: Vec<&str> = flags.map(|flag| flag.name).collect();
    needed.extend(definition.members.iter().filter(|member| member.min > 0).map(|member| member.json));
    if needed.is_empty() { "it may be empty".to_owned() } else { format!("it needs {}", needed.join(", ")) }
}

fn choices(
    document: &Document,
    id: NodeId,
    definition: &Definition,
    counts: &[u32; MEMBERS],
    spoilt_at: &dyn Fn(usize) -> bool,
    findings: &mut Findings,
) {
    let last = definition.members.iter().map(|member| member.choice).max().unwrap_or_default();
    for choice in 1..=last {
        let alternatives: Vec<(usize, &Member)> =
            definition.members.iter().enumerate().filter(|(_, member)| member.choice == choice).collect();
        let used: Vec<&Member> =
            alternatives.iter().filter(|(place, _)| counts[*place] > 0).map(|(_, member)| *member).collect();
        let list = |members: &mut dyn Iterator<Item = &Member>| {
            members.map(|member| format!("`{}`", shown(document, member))).collect::<Vec<_>>().join(" and ")
        };
        let owner = document.nodes[id].name;
        if used.len() > 1 {
            let message =
                format!("{owner} has {}, of which only one may be there", list(&mut used.iter().copied()));
            findings.push(Finding::error(id, "choice", message, "keep one of them"));
        } else if used.is_empty()
            && alternatives.iter().all(|(place, member)| member.min > 0 && !spoilt_at(*place))
        {
            let names = list(&mut alternatives.iter().map(|(_, member)| *member)).replace(" and ", " or ");
            let message = format!("{owner} has neither of {names}");
            findings.push(Finding::error(id, "choice", message, "add one of them"));
        }
    }
}

/// A member's name in the document's format.
fn shown(document: &Document, member: &Member) -> &'static str {
    if document.format == Format::Xml { member.name } else { member.json }
}

/// Markup of XML must be elements that OSCAL knows.
fn markup(document: &Document, id: NodeId, data_type: DataType, findings: &mut Findings) {
    let text = document.own_text(id);
    if !text.contains('<') {
        return;
    }
    let read = match data_type {
        DataType::MarkupLine => markup::inline_of_xml(text).map(drop),
        _ => markup::blocks_of_xml(text).map(drop),
    };
    if let Err(message) = read {
        let name = document.nodes[id].name;
        let remedy =
            "use a, code, em, img, insert, q, strong, sub, sup, and in blocks p, h1–h6, ul, ol, table, pre";
        findings.push(Finding::error(id, "markup", format!("{name}: {message}"), remedy));
    }
}

fn value(document: &Document, id: NodeId, data_type: DataType, findings: &mut Findings) {
    let text = document.own_text(id);
    let is_xml = document.format == Format::Xml;
    if data_type.is_markup() && text.trim().is_empty() {
        // The schemas of XML let markup be empty, that of JSON lets blocks be.
        let level =
            if is_xml || data_type == DataType::MarkupMultiline { Level::Warning } else { Level::Error };
        let message = format!("`{}` is empty", document.nodes[id].name);
        let remedy = "say something, or leave it out where the model lets you".to_owned();
        findings.push(Finding { node: id, level, rule: "data-type", message, remedy });
        return;
    }
    let fits = match data_type {
        _ if is_xml && data_type.is_markup() => return markup(document, id, data_type, findings),
        other if is_xml => other.accepts(&other.collapse(text)),
        other => other.accepts(text),
    };
    if fits {
        return;
    }
    let node = &document.nodes[id];
    let name = if node.kind == Kind::Value && node.parent != OUTSIDE {
        document.definition(node.parent as usize).value_key.unwrap_or(node.name)
    } else {
        node.name
    };
    let message = if text.trim().is_empty() {
        format!("`{name}` is empty")
    } else {
        let short: String = text.chars().take(60).collect();
        format!("`{name}` has the value {short:?}, which is no {}", data_type.name())
    };
    findings.push(Finding::error(id, "data-type", message, &format!("it must be {}", data_type.words())));
}
