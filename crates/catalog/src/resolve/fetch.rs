//! Getting imported documents: addresses of a reference, limits, and a memo of what was parsed.

use super::error::{ResolveError, Warning};
use super::{Limits, Loader};
use crate::oscal::{Document, Profile, Resource};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// State of one resolution.
pub(super) struct Session<'a> {
    loader: &'a dyn Loader,
    limits: Limits,
    documents: BTreeMap<String, (Rc<Document>, usize)>,
    aliases: BTreeMap<(String, String), String>,
    sources: Vec<String>,
    warnings: BTreeSet<Warning>,
    imports: usize,
    bytes: usize,
    controls: usize,
    comparisons: usize,
}

impl<'a> Session<'a> {
    pub(super) fn new(loader: &'a dyn Loader, limits: Limits, location: &str) -> Self {
        Session {
            loader,
            limits,
            documents: BTreeMap::new(),
            aliases: BTreeMap::new(),
            sources: vec![location.to_owned()],
            warnings: BTreeSet::new(),
            imports: 0,
            bytes: 0,
            controls: 0,
            comparisons: 0,
        }
    }

    pub(super) fn finish(self) -> (Vec<Warning>, Vec<String>) {
        (self.warnings.into_iter().collect(), self.sources)
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        self.warnings.insert(warning);
    }

    /// Counts copied controls against the limit.
    pub(super) fn count_controls(&mut self, copied: usize, location: &str) -> Result<(), ResolveError> {
        self.controls += copied;
        within(self.controls, self.limits.controls, "controls", location)
    }

    /// Counts the work of matching patterns and looking for objects to change against the limit.
    pub(super) fn count_comparisons(&mut self, steps: usize, location: &str) -> Result<(), ResolveError> {
        self.comparisons = self.comparisons.saturating_add(steps);
        within(self.comparisons, self.limits.comparisons, "steps of comparing", location)
    }

    /// Steps that may still be counted.
    pub(super) fn comparisons_left(&self) -> usize {
        self.limits.comparisons.saturating_sub(self.comparisons)
    }

    /// Checks the length of the chain of profiles.
    pub(super) fn check_depth(&self, depth: usize, location: &str) -> Result<(), ResolveError> {
        within(depth, self.limits.depth, "profiles importing one another", location)
    }

    /// Gives the document that `href` in `profile` stands for, with its location.
    pub(super) fn fetch(
        &mut self,
        profile: &Profile,
        href: &str,
        from: &str,
    ) -> Result<(String, Rc<Document>), ResolveError> {
        self.imports += 1;
        within(self.imports, self.limits.imports, "imports", from)?;
        let addresses = match href.strip_prefix('#') {
            Some(uuid) => {
                let resource = resource(profile, uuid, href, from)?;
                let sources = Sources::of(resource);
                if let Some(found) = self.first(&sources.json, href, from)? {
                    return Ok(found);
                }
                if let Some(content) = &resource.base64 {
                    return self.embedded(uuid, &content.value, from);
                }
                if sources.json.is_empty() && sources.other.is_empty() {
                    return Err(ResolveError::EmptyResource { from: from.to_owned(), uuid: uuid.to_owned() });
                }
                if let Some(found) = self.first(&sources.other, href, from)? {
                    return Ok(found);
                }
                sources.json.into_iter().chain(sources.other).collect()
            }
            None => {
                let addresses = json_first(href);
                if let Some(found) = self.first(&addresses, href, from)? {
                    return Ok(found);
                }
                addresses
            }
        };
        Err(ResolveError::NotFound { from: from.to_owned(), href: href.to_owned(), tried: addresses })
    }

    /// The document at the first address where there is one.
    fn first(
        &mut self,
        addresses: &[String],
        href: &str,
        from: &str,
    ) -> Result<Option<(String, Rc<Document>)>, ResolveError> {
        for address in addresses {
            if let Some(found) = self.document(address, href, from)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The document embedded in a resource (requirement *req-internal-resolve4*). Its relative references are
    /// seen from the profile that embeds it.
    fn embedded(
        &mut self,
        uuid: &str,
        content: &str,
        from: &str,
    ) -> Result<(String, Rc<Document>), ResolveError> {
        let location = format!("{from}#{uuid}");
        if !self.documents.contains_key(&location) {
            let compact: String = content.split_ascii_whitespace().collect();
            let bytes = STANDARD.decode(compact).map_err(|e| ResolveError::BadBase64 {
                from: from.to_owned(),
                uuid: uuid.to_owned(),
                reason: e.to_string(),
            })?;
            self.keep(&location, &bytes, from)?;
        }
        match self.known(&location, from)? {
            Some(found) => Ok(found),
            None => Err(ResolveError::EmptyResource { from: from.to_owned(), uuid: uuid.to_owned() }),
        }
    }

    /// Parses a document and remembers it under its location.
    fn keep(&mut self, location: &str, bytes: &[u8], from: &str) -> Result<(), ResolveError> {
        within(self.bytes + bytes.len(), self.limits.bytes, "bytes", from)?;
        let document = Document::from_json(bytes)
            .map_err(|reason| ResolveError::Read { location: location.to_owned(), reason })?;
        self.documents.insert(location.to_owned(), (Rc::new(document), bytes.len()));
        if !self.sources.iter().any(|s| s == location) {
            self.sources.push(location.to_owned());
        }
        Ok(())
    }

    fn document(
        &mut self,
        candidate: &str,
        href: &str,
        from: &str,
    ) -> Result<Option<(String, Rc<Document>)>, ResolveError> {
        let alias = (from.to_owned(), candidate.to_owned());
        if let Some(location) = self.aliases.get(&alias).cloned()
            && let Some(found) = self.known(&location, from)?
        {
            return Ok(Some(found));
        }
        let loaded = self.loader.load(candidate, from).map_err(|reason| ResolveError::Load {
            from: from.to_owned(),
            href: href.to_owned(),
            reason,
        })?;
        let Some(loaded) = loaded else { return Ok(None) };
        let location = loaded.location;
        self.aliases.insert(alias, location.clone());
        if !self.documents.contains_key(&location) {
            self.keep(&location, &loaded.bytes, from)?;
        }
        self.known(&location, from)
    }

    /// Lets go of a document, so that who has it can take it apart; it is read again if it is imported again.
    pub(super) fn forget(&mut self, location: &str) {
        self.documents.remove(location);
    }

    /// A document read before. Its size counts again, because importing it copies from it again.
    fn known(&mut self, location: &str, from: &str) -> Result<Option<(String, Rc<Document>)>, ResolveError> {
        let Some((document, size)) = self.documents.get(location) else { return Ok(None) };
        self.bytes += size;
        within(self.bytes, self.limits.bytes, "bytes", from)?;
        Ok(Some((location.to_owned(), Rc::clone(document))))
    }
}

fn within(value: usize, limit: usize, what: &'static str, location: &str) -> Result<(), ResolveError> {
    if value <= limit {
        return Ok(());
    }
    Err(ResolveError::LimitReached { location: location.to_owned(), what, limit })
}

/// The resource of the profile's back matter that an import names.
fn resource<'p>(
    profile: &'p Profile,
    uuid: &str,
    href: &str,
    from: &str,
) -> Result<&'p Resource, ResolveError> {
    let mut resources = profile.back_matter.iter().flat_map(|b| &b.resources);
    resources
        .find(|r| r.uuid == uuid)
        .ok_or_else(|| ResolveError::MissingResource { from: from.to_owned(), href: href.to_owned() })
}

/// Addresses of a back-matter resource. Embedded content is used after JSON and before other formats.
struct Sources {
    json: Vec<String>,
    other: Vec<String>,
}

impl Sources {
    fn of(resource: &Resource) -> Self {
        let mut sources = Sources { json: Vec::new(), other: Vec::new() };
        for (href, _) in rlinks(resource).filter(|(href, media)| is_json(href, media)) {
            push_new(&mut sources.json, href.to_owned());
        }
        for (href, _) in rlinks(resource).filter(|(href, media)| !is_json(href, media)) {
            for address in json_first(href) {
                if !sources.json.contains(&address) {
                    push_new(&mut sources.other, address);
                }
            }
        }
        sources
    }
}

fn rlinks(resource: &Resource) -> impl Iterator<Item = (&str, &str)> {
    resource.rlinks.iter().map(|r| (r.href.as_str(), r.media_type.as_deref().unwrap_or_default()))
}

fn is_json(href: &str, media_type: &str) -> bool {
    media_type.ends_with("json") || href.to_ascii_lowercase().ends_with(".json")
}

/// The reference itself, preceded by the JSON file beside it when it names another format.
fn json_first(href: &str) -> Vec<String> {
    let lower = href.to_ascii_lowercase();
    match [".xml", ".yaml", ".yml"].iter().find(|suffix| lower.ends_with(**suffix)) {
        Some(suffix) => vec![format!("{}.json", &href[..href.len() - suffix.len()]), href.to_owned()],
        None => vec![href.to_owned()],
    }
}

fn push_new(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}
