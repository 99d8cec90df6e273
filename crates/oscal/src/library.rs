//! Several documents and how one names another.
//!
//! Locations are paths with `/`. Nothing is fetched: whoever fills the library decides what may be read.

mod controls;
mod cross;

use crate::problem::Problem;
use crate::tree::{Document, Kind};
use crate::validate;

pub(crate) use controls::Controls;

/// How far imports are followed.
const DEPTH: usize = 16;

/// How many addresses of one document are followed.
const REFERENCES: usize = 256;

/// Documents by location.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    location: String,
    document: Document,
}

impl Library {
    /// Adds a document. What was first at a location stays.
    pub fn add(&mut self, location: &str, document: Document) {
        let location = normal(location);
        if !self.entries.iter().any(|entry| entry.location == location) {
            self.entries.push(Entry { location, document });
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The place of the document at a location.
    pub fn position(&self, location: &str) -> Option<usize> {
        let location = normal(location);
        self.entries.iter().position(|entry| entry.location == location)
    }

    /// Whether there is a document at a location.
    pub fn contains(&self, location: &str) -> bool {
        self.position(location).is_some()
    }

    /// The document at a place, in the order in which they were added.
    pub fn document(&self, at: usize) -> Option<&Document> {
        self.entries.get(at).map(|entry| &entry.document)
    }

    /// Locations that a document names and the library does not have: files that may be read and added.
    pub fn wanted(&self, at: usize) -> Vec<String> {
        let Some(entry) = self.entries.get(at) else { return Vec::new() };
        let mut wanted = Vec::new();
        for href in references(&entry.document) {
            if self.find(at, href).is_some() {
                continue;
            }
            for address in addresses(&entry.document, href) {
                if !address.contains("://") && !address.is_empty() {
                    wanted.push(join(&entry.location, address));
                }
            }
        }
        wanted.sort();
        wanted.dedup();
        wanted
    }

    /// What is wrong with the document at a place: by itself, and with what it names in the library.
    pub fn validate(&self, at: usize) -> Vec<Problem> {
        let Some(entry) = self.entries.get(at) else { return Vec::new() };
        let documents = |from: &Document, href: &str| {
            let from = self.entries.iter().position(|entry| std::ptr::eq(&entry.document, from))?;
            self.find(from, href).and_then(|found| self.document(found))
        };
        let mut problems = validate::validate_among(&entry.document, &documents);
        let between = cross::check(self, at).settle(&entry.document);
        problems.extend(between);
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// The document that an address means, seen from the document at `from`.
    pub(crate) fn find(&self, from: usize, href: &str) -> Option<usize> {
        let entry = self.entries.get(from)?;
        let addresses = addresses(&entry.document, href);
        let at = |location: &str| self.entries.iter().position(|entry| entry.location == location);
        let exact = addresses.iter().find_map(|address| at(&join(&entry.location, address)));
        // A document that was published elsewhere, or in another format, is known by its file name.
        let by_name = || {
            let names: Vec<&str> =
                addresses.iter().map(|address| stem(address)).filter(|name| !name.is_empty()).collect();
            self.entries
                .iter()
                .enumerate()
                .position(|(place, other)| place != from && names.contains(&stem(&other.location)))
        };
        exact.or_else(by_name)
    }
}

/// Addresses of other documents of which a document builds.
fn references(document: &Document) -> Vec<&str> {
    let mut found = Vec::new();
    for (id, node) in document.nodes.iter().enumerate() {
        if found.len() >= REFERENCES {
            break;
        }
        if node.kind != Kind::Assembly {
            continue;
        }
        let flag = match node.name {
            "import" | "import-profile" | "import-ssp" | "import-ap" | "import-component-definition" => {
                "href"
            }
            "source-resource" | "target-resource" => "href",
            "control-implementation" => "source",
            "link" if document.flag_text(id, "rel") == Some("system-security-plan") => "href",
            _ => continue,
        };
        if let Some(address) = document.flag_text(id, flag)
            && !found.contains(&address)
        {
            found.push(address);
        }
    }
    found
}

/// What an address stands for: itself, or the links of the resource that `#uuid` names.
fn addresses<'a>(document: &'a Document, href: &'a str) -> Vec<&'a str> {
    let Some(uuid) = href.strip_prefix('#') else { return vec![href] };
    let mut found = Vec::new();
    for id in 0..document.nodes.len() {
        if document.nodes[id].name == "resource" && document.flag_text(id, "uuid") == Some(uuid) {
            found.extend(document.named(id, "rlink").filter_map(|link| document.flag_text(link, "href")));
        }
    }
    found
}

/// A file name without folder and ending.
fn stem(location: &str) -> &str {
    let name = location.rsplit('/').next().unwrap_or(location);
    let name = name.split(['?', '#']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A relative address seen from a document.
fn join(base: &str, address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    if address.contains("://") || address.starts_with('/') {
        return normal(address);
    }
    match base.rsplit_once('/') {
        Some((folder, _)) => normal(&format!("{folder}/{}", decoded(address))),
        None => normal(&decoded(address)),
    }
}

/// `%20` and the like as characters; what is no such escape stays.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) if *first == b'%' => {
                bytes.push(code);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// A location without `.` and inner `..`.
fn normal(location: &str) -> String {
    if location.contains("://") {
        return location.to_owned();
    }
    let location = location.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in location.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
