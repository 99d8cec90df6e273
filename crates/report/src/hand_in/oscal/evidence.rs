//! Evidence: files that observations point to, by content hash, with the place in them.

use super::identity::uuid;
use super::shape::{instant, line, own, property, prose};
use super::view::View;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use warrant_model::fact::Place;
use warrant_model::hash::ContentHash;

/// The identifier of a file; the same file has the same one everywhere.
fn resource(hash: &str) -> String {
    uuid("evidence", &[hash])
}

/// A place in a file that is kept; nothing when the file is not known.
pub(super) fn citation(view: &View<'_>, hash: &str, place: Option<&Place>) -> Value {
    let Some(file) = view.snapshot().evidence.iter().find(|file| file.hash.as_str() == hash) else {
        return Value::Null;
    };
    let line_number = place.map(|place| place.line).filter(|line| *line > 0);
    let pointer = place.map(|place| place.pointer.as_str()).filter(|pointer| !pointer.is_empty());
    let said = [line_number.map(|line| format!("line {line}")), pointer.map(str::to_owned)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let said =
        if said.is_empty() { file.name.clone() } else { format!("{}, {}", file.name, said.join(", ")) };
    json!({
        "href": format!("#{}", resource(hash)),
        "description": prose(&said),
        "props": [
            own("line", &line_number.map(|line| line.to_string()).unwrap_or_default()),
            own("pointer", pointer.unwrap_or_default()),
        ],
    })
}

/// The files that a document points to, for its back matter.
pub(super) fn back_matter(view: &View<'_>, parts: &[&Value]) -> Value {
    let mut cited = BTreeSet::new();
    parts.iter().for_each(|part| gather(part, &mut cited));
    let files = view.snapshot().evidence.iter().filter(|file| cited.contains(&resource(file.hash.as_str())));
    let mut resources: Vec<(&ContentHash, Value)> = files
        .map(|file| {
            let resource = json!({
                "uuid": resource(file.hash.as_str()),
                "title": line(&file.name),
                "description": prose(&format!("Read as {} of {}.", file.format, file.tool)),
                "props": [property("type", "tool-output"), property("published", &instant(file.observed_at))],
                "rlinks": [{
                    "href": format!("evidence/{}", file.hash),
                    "hashes": [{ "algorithm": "BLAKE3", "value": file.hash.as_str() }],
                }],
            });
            (&file.hash, resource)
        })
        .collect();
    resources.sort_by_key(|(hash, _)| *hash);
    resources.dedup_by_key(|(hash, _)| *hash);
    json!({ "resources": resources.into_iter().map(|(_, resource)| resource).collect::<Vec<_>>() })
}

fn gather(part: &Value, cited: &mut BTreeSet<String>) {
    match part {
        Value::Array(items) => items.iter().for_each(|item| gather(item, cited)),
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str().and_then(|text| text.strip_prefix('#')) {
                    Some(uuid) if name == "href" => drop(cited.insert(uuid.to_owned())),
                    _ => gather(value, cited),
                }
            }
        }
        _ => {}
    }
}
