//! Metadata of the result: that of the profile, with roles and parties of the sources that ask to be kept.

use crate::oscal::{Catalog, Metadata, Profile};
use serde_json::Value;

/// The lists of metadata whose marked members come along, and what identifies a member.
const KEPT: [(&str, &str); 2] = [("roles", "id"), ("parties", "uuid")];

/// Metadata for the result of `profile`. Title, version and everything else are the profile's own; a role or
/// party of a source comes along when it is marked `keep` = `always` and the profile has none with its
/// identifier (requirement *req-meta-keep*). Times of the profile are not those of the result.
pub(super) fn of_result<'a>(
    profile: &Profile,
    sources: impl Iterator<Item = &'a Catalog>,
    oscal_version: String,
) -> Metadata {
    let mut metadata = profile.metadata.clone();
    metadata.last_modified.clear();
    metadata.published = None;
    metadata.oscal_version = oscal_version;
    for source in sources {
        for (list, identifier) in KEPT {
            let members = source.metadata.rest.get(list).and_then(Value::as_array);
            for member in members.into_iter().flatten().filter(|m| is_kept(m)) {
                add(&mut metadata, list, identifier, member);
            }
        }
    }
    metadata
}

fn add(metadata: &mut Metadata, list: &str, identifier: &str, member: &Value) {
    let known = metadata.rest.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    let Some(known) = known.as_array_mut() else { return };
    if !known.iter().any(|k| k.get(identifier) == member.get(identifier)) {
        known.push(member.clone());
    }
}

fn is_kept(member: &Value) -> bool {
    let props = member.get("props").and_then(Value::as_array);
    let is = |prop: &Value, field: &str, value: &str| prop.get(field).and_then(Value::as_str) == Some(value);
    props.into_iter().flatten().any(|p| is(p, "name", "keep") && is(p, "value", "always"))
}
