//! The import phase, and the order of the phases for one profile.

use super::error::{ResolveError, Warning};
use super::fetch::Session;
use super::references::References;
use super::select::{Origin, Selector};
use super::{OSCAL_VERSION, backmatter, merge, metadata, modify, references};
use crate::oscal::{Catalog, Document, Import, Profile};
use std::rc::Rc;

/// Resolves one profile; `stack` holds the locations from the outermost profile to this one.
pub(super) fn resolve_profile(
    session: &mut Session<'_>,
    profile: &Profile,
    stack: &mut Vec<String>,
) -> Result<(Catalog, References), ResolveError> {
    let location = stack.last().cloned().unwrap_or_default();
    session.check_depth(stack.len(), &location)?;
    let mut version = minor_version(&profile.metadata.oscal_version, &location)?;
    let mut sources: Vec<Catalog> = Vec::new();
    let mut selections = Vec::new();
    for (position, import) in profile.imports.iter().enumerate() {
        let again = profile.imports[position + 1..].iter().any(|later| later.href == import.href);
        let (from, mut catalog) = source(session, profile, import, Use::of(again), stack)?;
        version = version.max(minor_version(&catalog.metadata.oscal_version, &from)?);
        let (selected, origins) = select(session, import, &mut catalog, &location)?;
        selections.push(merge::Selection { source: from, catalog: selected, origins });
        sources.push(catalog);
    }
    let merge::Merged { catalog: mut result, spare } =
        merge::merge(session, profile.merge.as_ref(), selections, &location)?;
    if let Some(modification) = &profile.modify {
        modify::modify(session, modification, &mut result, &location)?;
    }
    let resources = sources.iter().map(|c| c.back_matter.as_ref());
    result.back_matter = backmatter::combine(resources, profile.back_matter.as_ref());
    result.metadata = metadata::of_result(profile, sources.iter(), version.to_string());
    let references = references::adopt_params(&mut result, sources.iter(), &spare);
    Ok((result, references))
}

/// Whether a profile imports a document once more after this.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Again,
    Last,
}

impl Use {
    fn of(again: bool) -> Self {
        if again { Use::Again } else { Use::Last }
    }
}

/// An imported document as a catalogue of its own, from which the selected controls can be taken.
fn source(
    session: &mut Session<'_>,
    profile: &Profile,
    import: &Import,
    use_: Use,
    stack: &mut Vec<String>,
) -> Result<(String, Catalog), ResolveError> {
    let location = stack.last().cloned().unwrap_or_default();
    let (found, document) = session.fetch(profile, &import.href, &location)?;
    if let Document::Profile(imported) = document.as_ref() {
        if let Some(first) = stack.iter().position(|l| *l == found) {
            let path = stack[first..].iter().cloned().chain([found]).collect();
            return Err(ResolveError::Circular { path });
        }
        stack.push(found.clone());
        let (resolved, _) = resolve_profile(session, imported, stack)?;
        stack.pop();
        return Ok((found, resolved));
    }
    if use_ == Use::Last {
        session.forget(&found);
    }
    let catalog = match Rc::try_unwrap(document).unwrap_or_else(|shared| shared.as_ref().clone()) {
        Document::Catalog(catalog) => *catalog,
        Document::Profile(_) => Catalog::default(),
    };
    Ok((found, catalog))
}

fn select(
    session: &mut Session<'_>,
    import: &Import,
    catalog: &mut Catalog,
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
    // The number of controls taken is bounded by what the source holds, so it is counted before.
    session.count_controls(available, location)?;
    session.count_comparisons(available.saturating_mul(selector.pattern_length()), location)?;
    Ok(selector.take(catalog))
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
