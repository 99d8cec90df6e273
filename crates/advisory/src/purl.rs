//! Package URLs (ECMA-427): `pkg:npm/%40angular/core@12.3.1`.

mod types;

use crate::percent;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The longest package URL read, in bytes.
pub const LONGEST: usize = 8192;

/// A package URL in its parts, each decoded and normalised as its type wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purl {
    kind: String,
    namespace: Option<String>,
    name: String,
    version: Option<String>,
    qualifiers: BTreeMap<String, String>,
    subpath: Option<String>,
}

/// Why a text is no package URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurlError {
    /// The general rules are broken.
    #[error("`{text}` is no package URL: {reason}")]
    Form {
        /// The text, shortened.
        text: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A rule of its type is broken.
    #[error("`{name}` is no package of type {kind}: {reason}")]
    Type {
        /// The type.
        kind: String,
        /// The name.
        name: String,
        /// What is wrong.
        reason: &'static str,
    },
}

/// The parts of a package URL before they are checked. Empty parts count as absent.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Type: `npm`, `maven`, `deb` …
    pub kind: String,
    /// Namespace: a group, scope, organisation or distribution.
    pub namespace: Option<String>,
    /// Name.
    pub name: String,
    /// Version.
    pub version: Option<String>,
    /// Qualifiers.
    pub qualifiers: BTreeMap<String, String>,
    /// Path inside the package.
    pub subpath: Option<String>,
}

impl Purl {
    /// A package URL from its parts.
    ///
    /// # Errors
    /// [`PurlError`].
    pub fn build(parts: Parts) -> Result<Self, PurlError> {
        let form = |reason| PurlError::Form { text: parts.name.chars().take(60).collect(), reason };
        let kind = parts.kind.to_ascii_lowercase();
        let mut letters = kind.bytes();
        let begins = letters.next().is_some_and(|byte| byte.is_ascii_lowercase());
        if !begins || !letters.all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)) {
            return Err(form("the type is missing, or holds a character that it may not"));
        }
        let mut qualifiers = BTreeMap::new();
        for (key, value) in parts.qualifiers {
            let key = key.to_ascii_lowercase();
            let mut letters = key.bytes();
            let begins = letters.next().is_some_and(|byte| byte.is_ascii_lowercase());
            if !begins || !letters.all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)) {
                return Err(form("the key of a qualifier holds a character that it may not"));
            }
            if !value.is_empty() && qualifiers.insert(key, value).is_some() {
                return Err(form("a qualifier is given twice"));
            }
        }
        let path = |text: Option<String>, dots: &[&str]| {
            let text = text.unwrap_or_default();
            let segments = text.split('/').filter(|segment| !segment.is_empty() && !dots.contains(segment));
            Some(segments.collect::<Vec<_>>().join("/")).filter(|path| !path.is_empty())
        };
        let mut purl = Self {
            namespace: path(parts.namespace, &[]),
            name: parts.name.trim_matches('/').to_owned(),
            version: parts.version.filter(|version| !version.is_empty()),
            qualifiers,
            subpath: path(parts.subpath, &[".", ".."]),
            kind,
        };
        types::normalise(&mut purl);
        if purl.name.is_empty() {
            return Err(PurlError::Form { text: format!("pkg:{}/", purl.kind), reason: "there is no name" });
        }
        match types::fault(&purl) {
            Some(reason) => {
                Err(PurlError::Type { kind: purl.kind, name: purl.name.chars().take(60).collect(), reason })
            }
            None => Ok(purl),
        }
    }

    /// The type.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The namespace, when there is one.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version, when there is one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// A qualifier.
    pub fn qualifier(&self, key: &str) -> Option<&str> {
        self.qualifiers.get(key).map(String::as_str)
    }

    /// All qualifiers, by key.
    pub fn qualifiers(&self) -> &BTreeMap<String, String> {
        &self.qualifiers
    }

    /// The path inside the package, when there is one.
    pub fn subpath(&self) -> Option<&str> {
        self.subpath.as_deref()
    }

    /// Namespace and name as one path.
    pub fn full_name(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}/{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The package without version, qualifiers and path: what stays the same from release to release.
    pub fn base(&self) -> String {
        let (kind, namespace, name) = (self.kind.clone(), self.namespace.clone(), self.name.clone());
        Self { kind, namespace, name, ..Self::default() }.to_string()
    }
}

impl FromStr for Purl {
    type Err = PurlError;

    fn from_str(text: &str) -> Result<Self, PurlError> {
        let form = |reason| PurlError::Form { text: text.chars().take(60).collect(), reason };
        if text.len() > LONGEST {
            return Err(form("it is too long"));
        }
        let scheme = text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("pkg:"));
        scheme.ok_or(form("it does not begin with `pkg:`"))?;
        let rest = text[4..].trim_start_matches('/');
        let (rest, subpath) = match rest.split_once('#') {
            Some((rest, subpath)) => (rest, Some(subpath)),
            None => (rest, None),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let decoded =
            |text: &str| percent::decode(text).ok_or(form("a percent sign is not followed by two digits"));
        let mut qualifiers = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or(form("a qualifier has no value"))?;
            if qualifiers.insert(key.to_ascii_lowercase(), decoded(value)?).is_some() {
                return Err(form("a qualifier is given twice"));
            }
        }
        let (kind, path) = rest.split_once('/').ok_or(form("there is no slash behind the type"))?;
        // An at sign that begins a segment with more behind it belongs to a scope: `@angular/core`.
        let begins = |at: usize| at == 0 || path[..at].ends_with('/');
        let at = path.rmatch_indices('@').map(|(at, _)| at);
        let at = at.into_iter().find(|at| !begins(*at) || !path[*at..].contains('/'));
        let (path, version) = match at {
            Some(at) => (&path[..at], Some(decoded(&path[at + 1..])?)),
            None => (path, None),
        };
        // A path that ends in a slash has no name. Slashes in a row are one.
        let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
        let segments = |path: &str| {
            let parts: Result<Vec<String>, _> =
                path.split('/').filter(|part| !part.is_empty()).map(decoded).collect();
            parts.map(|parts| Some(parts.join("/")).filter(|path| !path.is_empty()))
        };
        Self::build(Parts {
            kind: kind.to_owned(),
            namespace: segments(namespace)?,
            name: decoded(name)?,
            version,
            qualifiers,
            subpath: subpath.map(segments).transpose()?.flatten(),
        })
    }
}

impl fmt::Display for Purl {
    /// The canonical text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pkg:{}/", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{}/", encode(namespace, b"/"))?;
        }
        let within: &[u8] = if self.kind == "git" { b"/" } else { b"" };
        write!(f, "{}", encode(&self.name, within))?;
        if let Some(version) = &self.version {
            write!(f, "@{}", encode(version, b""))?;
        }
        for (at, (key, value)) in self.qualifiers.iter().enumerate() {
            write!(f, "{}{key}={}", if at == 0 { '?' } else { '&' }, encode(value, b""))?;
        }
        match &self.subpath {
            Some(subpath) => write!(f, "#{}", encode(subpath, b"/")),
            None => Ok(()),
        }
    }
}

/// Encodes all but unreserved characters, colons and those in `plain`.
fn encode(text: &str, plain: &[u8]) -> String {
    percent::encode(text, |byte| byte == b':' || plain.contains(&byte))
}
