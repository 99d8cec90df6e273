//! No component writes what the content security policy forbids, whatever text it is given.

use super::page;
use std::collections::BTreeMap;

/// A start tag: its name and its attributes, decoded no further than splitting.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// Splits markup into start tags the way a browser does: quotes end values, nothing else does.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c == '>' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let mut tag = Tag { name: rest[..end].to_ascii_lowercase(), attributes: Vec::new() };
        rest = &rest[end..];
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end =
                rest.find(|c: char| c == '=' || c == '>' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = "";
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("a quoted value ends");
                value = &quoted[..end];
                rest = &quoted[end + 1..];
            }
            tag.attributes.push((name, value.to_owned()));
        }
        tags.push(tag);
    }
    tags
}

fn all_pages(text: &str) -> [String; 2] {
    [page::gallery(text).into_string(), page::panel_sample(text).into_string()]
}

#[test]
fn the_gallery_has_no_style_handler_script_text_or_script_address() {
    for text in ["", page::HOSTILE] {
        for html in all_pages(text) {
            for tag in tags(&html) {
                assert!(tag.name != "style" && tag.name != "img" && tag.name != "i", "<{}>", tag.name);
                for (name, value) in &tag.attributes {
                    assert!(name != "style" && !name.starts_with("on"), "<{} {name}={value}>", tag.name);
                    if ["href", "action", "src", "formaction", "data-events", "data-result"]
                        .contains(&name.as_str())
                    {
                        let fine = value.is_empty() || value.starts_with(['/', '#', '?']);
                        assert!(fine && !value.starts_with("//"), "<{} {name}={value}>", tag.name);
                    }
                }
            }
            for script in html.split("<script").skip(1) {
                let (attributes, body) = script.split_once('>').expect("a script tag ends");
                assert!(attributes.contains("src=\"/assets/"), "{attributes}");
                assert!(body.starts_with("</script>"), "a script has text");
            }
        }
    }
}

#[test]
fn hostile_text_changes_no_structure() {
    let count = |html: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for tag in tags(html) {
            *counts.entry(tag.name).or_default() += 1;
        }
        counts
    };
    let (clean, hostile) = (all_pages(""), all_pages(page::HOSTILE));
    for (clean, hostile) in clean.iter().zip(&hostile) {
        let (mut clean, mut hostile) = (count(clean), count(hostile));
        // A component without a second line has one once there is text for it.
        let lines = [clean.remove("text"), hostile.remove("text")];
        assert!(lines[0] <= lines[1], "{lines:?}");
        assert_eq!(clean, hostile);
    }
}

#[test]
fn ids_are_unique_and_labels_point_at_something() {
    let html = page::gallery("").into_string();
    let tags = tags(&html);
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in &tags {
        for (name, value) in &tag.attributes {
            if name == "id" && !value.contains("__0__") {
                *ids.entry(value).or_default() += 1;
            }
        }
    }
    let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for tag in &tags {
        for (name, value) in &tag.attributes {
            let refers =
                ["for", "aria-labelledby", "aria-describedby", "list", "form"].contains(&name.as_str());
            for id in value.split(' ').filter(|id| refers && !id.contains("__0__")) {
                assert!(ids.contains_key(id), "<{} {name}={value}> points at nothing", tag.name);
            }
        }
    }
}

#[test]
fn every_picture_speaks_or_is_hidden() {
    let html = page::gallery("").into_string();
    let tags = tags(&html);
    for (nth, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.name == "svg") {
        let has =
            |wanted: &str| tag.attributes.iter().any(|(name, value)| name == wanted && !value.is_empty());
        let titled = tags.get(nth + 1).is_some_and(|next| next.name == "title");
        let speaks = has("role") && (has("aria-label") || titled);
        assert!(has("aria-hidden") || speaks, "{:?}", tag.attributes);
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    let html = page::gallery("").into_string();
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        let opening = form.split('>').next().unwrap_or_default();
        if opening.contains("method=\"post\"") {
            assert!(form.contains("name=\"_csrf\" value="), "{opening}");
        }
    }
}

/// Parsed for a swap, the content of `noscript` would become visible.
#[test]
fn nothing_is_hidden_in_noscript() {
    assert!(tags(&page::gallery("").into_string()).iter().all(|tag| tag.name != "noscript"));
}
