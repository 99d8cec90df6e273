//! Profile resolution: a profile and the documents it imports become one catalogue.
//!
//! Source: NIST, *OSCAL Profile Resolution* (draft specification), phases import, merge, modify and the final
//! operations. Where the specification leaves a choice, the module that makes it says so. Documents come
//! through a [`Loader`]; nothing here opens a file.

mod alter;
mod backmatter;
mod error;
mod fetch;
mod import;
mod loader;
mod merge;
mod metadata;
mod modify;
mod pattern;
mod references;
mod select;
mod structure;

pub use error::{ResolveError, Warning};
pub use loader::{LoadError, Loaded, Loader, MemoryLoader, join};
pub use pattern::Pattern;

use crate::oscal::{Catalog, Link, Profile, Prop};
use fetch::Session;

/// The newest OSCAL version this resolver writes.
pub const OSCAL_VERSION: &str = "1.2.2";

/// Bounds on the work one resolution may do, so that hostile profiles end with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest chain of profiles importing profiles.
    pub depth: usize,
    /// Most imports that are followed in total.
    pub imports: usize,
    /// Most bytes of documents in total; a document imported twice counts twice.
    pub bytes: usize,
    /// Most controls that are copied in total, over all imports at all levels.
    pub controls: usize,
    /// Most steps spent on matching patterns and on looking for objects to change.
    pub comparisons: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: 16,
            imports: 256,
            bytes: 256 * 1024 * 1024,
            controls: 200_000,
            comparisons: 50_000_000,
        }
    }
}

/// A resolved profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The resulting catalogue. Its `uuid` and `last-modified` are empty until [`Resolved::to_catalog_json`].
    pub catalog: Catalog,
    /// What the author of the profile should look at; the result stands nevertheless.
    pub warnings: Vec<Warning>,
    /// Locations of all documents that were read, in order of first use, the profile first.
    pub sources: Vec<String>,
}

/// What a written catalogue says about its own making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// UUID of the new document (version 4 or 5).
    pub uuid: String,
    /// RFC 3339 time of resolution.
    pub last_modified: String,
    /// Name of the program.
    pub tool: String,
}

/// Resolves `profile`, which was read from `location`.
///
/// Relative imports are looked up from `location`. A reference to an XML or YAML document is tried as the
/// JSON file beside it first, because NIST's JSON profiles name the XML catalogue.
///
/// # Errors
/// [`ResolveError`] names the import and the documents on the way to it.
pub fn resolve(
    profile: &Profile,
    location: &str,
    loader: &dyn Loader,
    limits: &Limits,
) -> Result<Resolved, ResolveError> {
    let mut session = Session::new(loader, *limits, location);
    let (mut catalog, references) =
        import::resolve_profile(&mut session, profile, &mut vec![location.to_owned()])?;
    references::prune(&mut catalog, references, profile.modify.as_ref());
    if catalog.controls.is_empty() && catalog.groups.is_empty() {
        session.warn(Warning::NothingSelected);
    }
    let (warnings, sources) = session.finish();
    Ok(Resolved { catalog, warnings, sources })
}

impl Resolved {
    /// Writes the result as an OSCAL catalogue document, marked as the result of resolving a profile.
    ///
    /// # Errors
    /// Only when a value can not be written as JSON.
    pub fn to_catalog_json(&self, stamp: &Stamp) -> Result<Vec<u8>, serde_json::Error> {
        let mut metadata = self.catalog.metadata.clone();
        metadata.last_modified.clone_from(&stamp.last_modified);
        metadata.props.push(Prop::new("resolution-tool", stamp.tool.clone()));
        if let Some(source) = self.sources.first() {
            metadata.links.push(Link::new(source.clone(), "source-profile"));
        }
        self.catalog.to_json_as(&stamp.uuid, &metadata)
    }
}
