//! The import phase, and the order of the phases for one profile.

use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::select::{Origin, Selector};
use super::{OSCAL_VERSION, backmatter, merge, metadata, modify, references};
use crate::oscal::{Catalog, Document, Import, Profile};
use std::rc::Rc;

/// An imported document, as a catalogue.
enum Source {
    Document(Rc<Document>),
    Resolved(Box<Catalog>),
}

impl Source {
    fn catalog(&self) -> Option<&Catalog> {
        match self {
            Source::Resolved(catalog) => Some(catalog),
            Source::Document(document) => match document.as_ref() {
                Document::Catalog(catalog) => Some(catalog),
                Document::Profile(_) => None,
            },
        }
    }
}

/// Resolves one profile; `stack` holds the locations from the outermost profile to this one.
pub(super) fn resolve_profile(
    session: &mut Session<'_>,
    profile: &Profile,
    stack: &mut Vec<String>,
) -> Result<Catalog, ResolveError> {
    let location = stack.last().cloned().unwrap_or_default();
    session.check_depth(stack.len(), &location)?;
    let mut version = minor_version(&profile.metadata.oscal_version, &location)?;
    let mut sources = Vec::new();
    let mut selections = Vec::new();
    for import in &profile.imports {
        let (source_location, source) = source(session, profile, import, &location, stack)?;
        let Some(catalog) = source.catalog() else { continue };
        version = version.max(minor_version(&catalog.metadata.oscal_version, &source_location)?);
        let (catalog, origins) = select(session, import, catalog, &location)?;
        selections.push(merge::Selection { source: source_location, catalog, origins });
        sources.push(source);
    }
    let mut result = merge::merge(session, profile.merge.as_ref(), selections, &location)?;
    if let Some(modification) = &profile.modify {
        modify::modify(session, modification, &mut result, &location)?;
    }
    result.back_matter = backmatter::combine(
        sources.iter().filter_map(Source::catalog).map(|c| c.back_matter.as_ref()),
        profile.back_matter.as_ref(),
    );
    references::adopt_params(&mut result, sources.iter().filter_map(Source::catalog));
    let catalogs = sources.iter().filter_map(Source::catalog);
    result.metadata = metadata::of_result(profile, catalogs, version.to_string());
    Ok(result)
}

fn source(
    session: &mut Session<'_>,
    profile: &Profile,
    import: &Import,
    location: &str,
    stack: &mut Vec<String>,
) -> Result<(String, Source), ResolveError> {
    let (found, document) = session.fetch(profile, &import.href, location)?;
    let Document::Profile(imported) = document.as_ref() else {
        return Ok((found, Source::Document(document)));
    };
    if let Some(first) = stack.iter().position(|l| *l == found) {
        let path = stack[first..].iter().cloned().chain([found]).collect();
        return Err(ResolveError::Circular { path });
    }
    stack.push(found.clone());
    let resolved = resolve_profile(session, imported, stack)?;
    stack.pop();
    Ok((found, Source::Resolved(Box::new(resolved))))
}

fn select(
    session: &mut Session<'_>,
    import: &Import,
    catalog: &Catalog,
    location: &str,
) -> Result<(Catalog, Vec<Origin>), ResolveError> {
    if import.include_all.is_none() && import.include_controls.is_none() {
        session.warn(Warning::EmptyImport { location: location.to_owned(), href: import.href.clone() });
    }
    let selector = Selector::of_import(import);
    let mut available = 0;
    let mut unknown = selector.named();
    catalog.for_each_control(&mut |c| {
        unknown.remove(c.id.as_str());
        available += 1;
    });
    for id in unknown {
        session.warn(Warning::UnknownControl {
            location: location.to_owned(),
            href: import.href.clone(),
            id: id.to_owned(),
        });
    }
    // The number of copies is bounded by what the source holds, so it is counted before copying.
    session.count_controls(available, location)?;
    session.count_comparisons(available.saturating_mul(selector.pattern_length()), location)?;
    Ok(selector.apply(catalog))
}

/// An OSCAL 1.x version, ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    minor: u32,
    patch: u32,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "1.{}.{}", self.minor, self.patch)
    }
}

/// Reads a version, capped at what this resolver writes; an unreadable one counts as 1.0.0.
fn minor_version(text: &str, location: &str) -> Result<Version, ResolveError> {
    let mut numbers = text.split(['.', '-', '+']).map(str::parse::<u32>);
    if let Some(Ok(major)) = numbers.next()
        && major != 1
    {
        return Err(ResolveError::OtherMajorVersion {
            location: location.to_owned(),
            version: text.to_owned(),
        });
    }
    let mut number = || numbers.next().and_then(Result::ok).unwrap_or(0);
    let version = Version { minor: number(), patch: number() };
    let mut own = OSCAL_VERSION.split('.').skip(1).map(|n| n.parse().unwrap_or(0));
    let own = Version { minor: own.next().unwrap_or(0), patch: own.next().unwrap_or(0) };
    Ok(version.min(own))
}
