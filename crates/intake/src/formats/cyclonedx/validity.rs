//! What of a bill breaks the CycloneDX schemas (ECMA-424), so that it can be said. The bill is read all the same.
//!
//! Checked are the rules whose breach changes what a bill means: types, names, references, hashes, licences,
//! scopes, serial number, times. It is no replacement for a schema validator: the list of SPDX licence ids, for
//! one, is not known here.

use crate::reader::Sink;
use crate::text;
use crate::tree::{NodeId, Notation, Shape, Tree};
use warrant_model::fact::Place;

const TYPES: &[&str] = &[
    "application",
    "container",
    "cryptographic-asset",
    "data",
    "device",
    "device-driver",
    "file",
    "firmware",
    "framework",
    "library",
    "machine-learning-model",
    "operating-system",
    "platform",
];

/// Hash algorithms and the length of their values in hexadecimal digits.
const HASHES: &[(&str, usize)] = &[
    ("MD5", 32),
    ("SHA-1", 40),
    ("SHA-256", 64),
    ("SHA-384", 96),
    ("SHA-512", 128),
    ("SHA3-256", 64),
    ("SHA3-384", 96),
    ("SHA3-512", 128),
    ("BLAKE2b-256", 64),
    ("BLAKE2b-384", 96),
    ("BLAKE2b-512", 128),
    ("BLAKE3", 64),
    ("Streebog-256", 64),
    ("Streebog-512", 128),
];

/// The most breaches told of one bill.
const MOST: usize = 50;

/// Tells `sink` every breach found.
pub(in crate::formats) fn tell(tree: &Tree<'_>, sink: &mut dyn Sink) {
    let mut found = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(id) = open.pop() {
        if found.len() >= MOST {
            break;
        }
        if let Some(message) = breach(tree, id) {
            found.push((id, message));
        }
        open.extend(tree.children(id));
    }
    found.sort_by_key(|(id, _)| *id);
    for (id, message) in found {
        let place = Place::new(tree.line(id), tree.pointer(id));
        sink.problem(place, format!("not valid CycloneDX: {message}; read all the same"));
    }
}

/// What a node breaks, if anything.
fn breach(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let key = tree.key(id);
    let is_map = tree.shape(id) == Shape::Map;
    let value = || tree.value(id).trim();
    let one_of = |known: &[&str], what: &str| {
        (!known.contains(&value())).then(|| format!("{} is no {what}", text::line(value(), 60)))
    };
    match role(tree, id) {
        Role::Component => component(tree, id),
        Role::Hash => hash(tree, id),
        Role::License => license(tree, id),
        Role::Choice => choice(tree, id),
        Role::Other => match (key.trim_start_matches('@'), role_above(tree, id)) {
            ("licenses", _) => mixes(tree, id),
            ("scope", "component") => one_of(&["required", "optional", "excluded"], "scope"),
            ("serialNumber", "") | ("serialNumber", "bom") => serial(value()),
            ("timestamp", "metadata") => {
                let is_time = text::instant(value()).is_some();
                (!is_time).then(|| "the timestamp is no date and time (RFC 3339)".to_owned())
            }
            ("encoding", "text") => one_of(&["base64"], "encoding"),
            ("flow", _) if !value().is_empty() => {
                one_of(&["inbound", "outbound", "bi-directional", "unknown"], "flow of data")
            }
            ("classification", "data")
                if tree.notation == Notation::Xml && child(tree, id, "flow").is_none() =>
            {
                Some("the data has no flow".to_owned())
            }
            ("type", "patch") | ("type", "patches") => {
                one_of(&["unofficial", "monkey", "backport", "cherry-pick"], "type of patch")
            }
            ("type", "issue") | ("type", "resolves") => {
                one_of(&["defect", "enhancement", "security"], "type of issue")
            }
            ("distribution", "metadata") => Some("the metadata know no distribution".to_owned()),
            ("swid", _) => (child(tree, id, "tagId").is_none() || child(tree, id, "name").is_none())
                .then(|| "the SWID tag needs tagId and name".to_owned()),
            ("", "dependencies") | ("dependency", _) if is_map => {
                child(tree, id, "ref").is_none().then(|| "a dependency names no ref".to_owned())
            }
            ("", "properties") | ("property", _) if is_map => {
                child(tree, id, "name").is_none().then(|| "a property has no name".to_owned())
            }
            _ => None,
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Component,
    Hash,
    License,
    Choice,
    Other,
}

fn role(tree: &Tree<'_>, id: NodeId) -> Role {
    let (key, above) = (tree.key(id), role_above(tree, id));
    let is_map = tree.shape(id) == Shape::Map;
    let is_item = |list: &str, element: &str| {
        is_map
            && if tree.notation == Notation::Xml { key == element } else { key.is_empty() && above == list }
    };
    if is_item("components", "component") || (is_map && key == "component") {
        Role::Component
    } else if is_item("hashes", "hash") {
        Role::Hash
    } else if is_map && key == "license" {
        Role::License
    } else if is_map && key.is_empty() && above == "licenses" {
        Role::Choice
    } else {
        Role::Other
    }
}

/// The key of what a node is in: of the list it is an element of, else of the object or element around it.
fn role_above<'t>(tree: &'t Tree<'_>, id: NodeId) -> &'t str {
    let mut at = tree.parent(id);
    while let Some(parent) = at {
        let key = tree.key(parent);
        if !key.is_empty() {
            return if key == "components" && !tree.key(id).is_empty() { "component" } else { key };
        }
        at = tree.parent(parent);
    }
    ""
}

fn child(tree: &Tree<'_>, id: NodeId, name: &str) -> Option<NodeId> {
    tree.children(id).find(|child| tree.key(*child).trim_start_matches('@') == name)
}

fn said<'t>(tree: &'t Tree<'_>, id: NodeId, name: &str) -> Option<&'t str> {
    child(tree, id, name).map(|child| tree.value(child).trim())
}

fn component(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    if tree.children(id).next().is_none() {
        return Some("a component is empty".to_owned());
    }
    let kind = said(tree, id, "type");
    match kind {
        None => return Some("a component has no type".to_owned()),
        Some(kind) if !TYPES.contains(&kind) => {
            return Some(format!("{} is no type of component", text::line(kind, 60)));
        }
        Some(_) => {}
    }
    if said(tree, id, "bom-ref") == Some("") {
        return Some("a component has an empty bom-ref".to_owned());
    }
    (child(tree, id, "version").is_some() && child(tree, id, "versionRange").is_some())
        .then(|| "a component has both a version and a range of versions".to_owned())
}

fn hash(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let algorithm = said(tree, id, "alg").unwrap_or_default();
    let content = said(tree, id, "content").unwrap_or_else(|| tree.value(id).trim());
    let Some((_, length)) = HASHES.iter().find(|(known, _)| *known == algorithm) else {
        return Some(format!("{} is no hash algorithm", text::line(algorithm, 60)));
    };
    let is_hash = content.len() == *length && content.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_hash).then(|| format!("the value is no {algorithm}"))
}

fn license(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let count = |name: &str| tree.children(id).filter(|child| tree.key(*child) == name).count();
    match count("id") + count("name") {
        1 => None,
        0 => Some("a licence has neither id nor name".to_owned()),
        _ => Some("a licence has more than one id or name".to_owned()),
    }
}

fn choice(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    (child(tree, id, "license").is_some() && child(tree, id, "expression").is_some())
        .then(|| "a licence is given both by itself and as an expression".to_owned())
}

/// Up to version 1.6 licences are given one by one or as one expression, not both.
fn mixes(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    let holds = |name: &str| {
        child(tree, id, name).is_some()
            || tree.children(id).any(|item| tree.key(item).is_empty() && child(tree, item, name).is_some())
    };
    let document = tree.children(NodeId::ROOT).next()?;
    let version = said(tree, document, "specVersion").or_else(|| said(tree, document, "xmlns"));
    let is_old = !version.unwrap_or_default().ends_with("1.7");
    (is_old && holds("license") && holds("expression"))
        .then(|| "licences are given both one by one and as an expression".to_owned())
}

fn serial(value: &str) -> Option<String> {
    let is_uuid = value.strip_prefix("urn:uuid:").is_some_and(|uuid| {
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        lengths == [8, 4, 4, 4, 12] && uuid.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
    });
    (!is_uuid).then(|| "the serial number is no urn:uuid".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::formats::testing;
    use crate::{Reader, recognise};

    /// The conformance files of CycloneDX: no valid one is called invalid, and of the invalid ones all are told
    /// but those that only break the list of SPDX licence ids or rules of newer parts.
    #[test]
    fn conformance_files_are_told_apart() {
        let (mut told, mut untold) = (0, Vec::new());
        for (name, bytes) in testing::corpus("cyclonedx", &["json", "xml"]) {
            let file = name.rsplit('/').next().unwrap_or_default();
            let problems = match recognise(&bytes).map(|reader| (reader, testing::read(reader, &bytes))) {
                Ok((_, Ok((_, gathered)))) => gathered.problems,
                // Refused: empty, of another version, or not CycloneDX at all.
                Ok((_, Err(_))) | Err(_) => continue,
            };
            if file.starts_with("valid-") {
                assert!(problems.is_empty(), "{name}: {problems:?}");
            } else if file.starts_with("invalid-") && problems.is_empty() {
                untold.push(file.to_owned());
            } else if file.starts_with("invalid-") {
                told += 1;
            }
        }
        let beyond = ["license-id-1", "citations", "metadata-license", "component-ref"];
        untold.retain(|file| !beyond.iter().any(|known| file.contains(known)));
        assert!(untold.is_empty(), "{untold:#?}");
        println!("{told} invalid files told");
    }

    #[test]
    fn an_invalid_component_is_told_with_its_place_and_read() {
        let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1", "components": [
  {"type": "thing", "name": "a"}]}"#;
        let (_, gathered) =
            testing::read(&crate::formats::cyclonedx_json::CycloneDxJson, text.as_bytes()).unwrap();
        assert_eq!(gathered.facts.len(), 1);
        let told: Vec<_> = gathered.problems.iter().map(|(place, _)| place.pointer.as_str()).collect();
        assert_eq!(told, ["/serialNumber", "/components/0"]);
        assert_eq!(crate::formats::cyclonedx_json::CycloneDxJson.id(), "cyclonedx-json");
    }
}
