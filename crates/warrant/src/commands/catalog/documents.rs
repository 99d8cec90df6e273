//! Catalogues and profiles from files in JSON, XML or YAML, or from the frameworks that are built in.

use crate::commands::bounded;
use anyhow::{Context, bail};
use std::borrow::Cow;
use std::path::Path;
use warrant_catalog::frameworks::{self, Framework};
use warrant_catalog::oscal::{Catalog, Document, MAX_BYTES, Profile};
use warrant_catalog::resolve::{self, Limits, LoadError, Loaded, Loader, join, resolve};
use warrant_catalog::suggest::nearest;
use warrant_oscal::{Document as OscalDocument, Format, Limits as OscalLimits};

/// A profile's result, with the bytes that name it.
pub(super) struct Resolved {
    pub(super) result: resolve::Resolved,
    pub(super) bytes: Vec<u8>,
}

/// A catalogue, and the framework it is when it is built in.
pub(super) struct Source {
    pub(super) catalog: Catalog,
    pub(super) built_in: Option<&'static Framework>,
}

/// Resolves a profile; a built-in framework is its own result.
pub(super) fn resolved(path: &Path) -> anyhow::Result<Resolved> {
    if let Some(framework) = built_in(path) {
        let catalog = framework.catalog();
        let sources = vec![format!("{BUILT_IN}{}", framework.id)];
        let bytes = format!("{}\n{}", framework.id, framework.facts()).into_bytes();
        return Ok(Resolved { result: resolve::Resolved { catalog, warnings: Vec::new(), sources }, bytes });
    }
    let bytes = read(path)?;
    let location = path.display().to_string();
    let json = as_json(&location, &bytes).with_context(|| location.clone())?;
    let profile = Profile::from_json(&json).with_context(|| location.clone())?;
    let result =
        resolve(&profile, &location, &Folder, &Limits::default()).with_context(|| location.clone())?;
    Ok(Resolved { result, bytes })
}

/// Reads a catalogue; a profile is resolved.
pub(super) fn catalogue(path: &Path) -> anyhow::Result<Source> {
    if let Some(framework) = built_in(path) {
        return Ok(Source { catalog: framework.catalog(), built_in: Some(framework) });
    }
    let bytes = read(path)?;
    let location = path.display().to_string();
    let json = as_json(&location, &bytes).with_context(|| location.clone())?;
    let catalog = match Document::from_json(&json).with_context(|| location.clone())? {
        Document::Catalog(catalog) => *catalog,
        Document::Profile(profile) => {
            resolve(&profile, &location, &Folder, &Limits::default())
                .with_context(|| location.clone())?
                .catalog
        }
    };
    Ok(Source { catalog, built_in: None })
}

/// The framework with this name, unless a file has it.
fn built_in(path: &Path) -> Option<&'static Framework> {
    if path.exists() { None } else { frameworks::find(path.to_str()?) }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let error = match bounded::read(path, MAX_BYTES) {
        Ok(bytes) => return Ok(bytes),
        Err(error) if path.exists() => return Err(error).with_context(|| path.display().to_string()),
        Err(error) => error,
    };
    let near = nearest(&path.display().to_string(), frameworks::ids(), 1);
    match near.first() {
        Some(near) => bail!("{}: {error}; did you mean the built-in {near}?", path.display()),
        None => Err(error).with_context(|| path.display().to_string()),
    }
}

/// A document as JSON, which the resolver reads: JSON as it is, XML and YAML converted.
fn as_json<'b>(location: &str, bytes: &'b [u8]) -> anyhow::Result<Cow<'b, [u8]>> {
    let format = Format::guess(location, bytes);
    // A JSON file of another name is told by its content, and what is neither is told as JSON that is broken.
    let by_content = Format::guess("", bytes);
    if format == Format::Json || by_content == Format::Json {
        return Ok(Cow::Borrowed(bytes));
    }
    let document = OscalDocument::read(bytes, by_content, &OscalLimits::default())?;
    Ok(Cow::Owned(document.write(Format::Json)?.into_bytes()))
}

/// Before the name of a built-in framework in the imports of a profile: `warrant://800-53r5`.
const BUILT_IN: &str = "warrant://";

/// Loads what a profile imports from the folder it lies in, or from the built-in frameworks.
struct Folder;

impl Loader for Folder {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        if let Some(id) = location.strip_prefix(BUILT_IN) {
            let Some(framework) = frameworks::find(id) else { return Ok(None) };
            let bytes = framework.catalog().to_json().map_err(|error| LoadError(error.to_string()))?;
            return Ok(Some(Loaded { location, bytes }));
        }
        if location.contains("://") {
            return Err(LoadError(format!(
                "{location}: only files are loaded; download it and point the import there"
            )));
        }
        match bounded::read(Path::new(&location), MAX_BYTES) {
            Ok(bytes) => match as_json(&location, &bytes) {
                Ok(Cow::Owned(json)) => Ok(Some(Loaded { location, bytes: json })),
                Ok(Cow::Borrowed(_)) => Ok(Some(Loaded { location, bytes })),
                Err(error) => Err(LoadError(format!("{location}: {error:#}"))),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LoadError(format!("{location}: {error}"))),
        }
    }
}
