//! How documents reach the resolver.

use std::collections::BTreeMap;

/// A document as bytes, with the location that identifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// Canonical location: equal for equal documents, and the base of their relative references.
    pub location: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Why a loader gives no document although there may be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub String);

/// Gives the resolver documents by address.
pub trait Loader {
    /// Loads `href` as seen from the document at `base`; `None` when nothing is there.
    ///
    /// # Errors
    /// [`LoadError`] when the address is not allowed or reading fails.
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError>;
}

/// Documents held in memory by location: uploads, embedded content, tests.
#[derive(Debug, Clone, Default)]
pub struct MemoryLoader {
    documents: BTreeMap<String, Vec<u8>>,
}

impl MemoryLoader {
    /// Adds a document under its location.
    pub fn insert(&mut self, location: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.documents.insert(location.into(), bytes.into());
    }
}

impl Loader for MemoryLoader {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        Ok(self
            .documents
            .get(&location)
            .map(|bytes| Loaded { location: location.clone(), bytes: bytes.clone() }))
    }
}

/// Resolves the reference `href` against the location `base`, both paths or URLs with `/`.
///
/// `.` and `..` are taken out; `..` never climbs above the root or the host. Queries and fragments of `base` are
/// dropped.
pub fn join(base: &str, href: &str) -> String {
    if has_scheme(href) {
        return href.to_owned();
    }
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let (root, base_path) = match base.find("://") {
        Some(scheme) if has_scheme(base) => {
            let host_end = base[scheme + 3..].find('/').map_or(base.len(), |i| scheme + 3 + i);
            base.split_at(host_end)
        }
        _ => ("", base),
    };
    let absolute = href.starts_with('/') || base_path.starts_with('/') || !root.is_empty();
    let folder =
        if href.starts_with('/') { "" } else { base_path.rsplit_once('/').map_or("", |(dir, _)| dir) };
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(href.split('/')) {
        match segment {
            "" | "." => {}
            ".." => match segments.last() {
                Some(&last) if last != ".." => {
                    segments.pop();
                }
                _ if absolute => {}
                _ => segments.push(".."),
            },
            other => segments.push(other),
        }
    }
    format!("{root}{}{}", if absolute { "/" } else { "" }, segments.join("/"))
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        rest.starts_with("//")
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_like_urls() {
        for (base, href, expected) in [
            ("profiles/high.json", "catalog.json", "profiles/catalog.json"),
            ("high.json", "../catalog.json", "../catalog.json"),
            ("/a/b/high.json", "../c/./catalog.json", "/a/c/catalog.json"),
            ("/high.json", "../../catalog.json", "/catalog.json"),
            ("https://h.example/a/b.json?x#y", "../../c.json", "https://h.example/c.json"),
            ("https://h.example", "c.json", "https://h.example/c.json"),
            ("a/b.json", "https://h.example/c.json", "https://h.example/c.json"),
            ("https://h.example/a/b.json", "/c.json", "https://h.example/c.json"),
        ] {
            assert_eq!(join(base, href), expected, "{base} + {href}");
        }
    }
}
