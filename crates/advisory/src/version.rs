//! Versions of one scheme: read, ordered, or said to be unreadable.

use crate::schemes;
use std::cmp::Ordering;
use std::fmt;

/// The longest version read, in bytes. Longer ones are not versions of anything people publish.
pub const LONGEST: usize = 1024;

/// How far the order of a scheme can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The packages do not say what order they keep: dotted numbers were assumed.
    Low,
    /// The order is the one the ecosystem's own tools use.
    High,
}

/// A text that is no version of the scheme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {scheme} version: {reason}")]
pub struct Unparsable {
    /// The text, shortened.
    pub text: String,
    /// The scheme's id.
    pub scheme: &'static str,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// A way to order versions. Keys of one scheme are totally ordered by [`VersionScheme::compare`].
pub trait VersionScheme: Sync {
    /// The id that `vers` ranges use: `npm`, `pypi`, `deb`.
    fn id(&self) -> &'static str;

    /// Where the order is defined.
    fn source(&self) -> &'static str;

    /// Appends the sort key of a version, or says why the text is none. `out` may hold a part of a key after an
    /// error.
    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str>;

    /// The order of two keys. Plain byte order unless the scheme says otherwise.
    fn compare(&self, a: &[u8], b: &[u8]) -> Ordering {
        a.cmp(b)
    }

    /// How far the order can be trusted.
    fn confidence(&self) -> Confidence {
        Confidence::High
    }
}

/// One scheme of [`schemes::SCHEMES`].
#[derive(Clone, Copy)]
pub struct Scheme(&'static dyn VersionScheme);

impl Scheme {
    /// A scheme from its declaration.
    pub const fn of(scheme: &'static dyn VersionScheme) -> Self {
        Self(scheme)
    }

    /// The scheme with this `vers` id, aliases included (`debian` for `deb`).
    pub fn named(id: &str) -> Option<Self> {
        let id = schemes::ALIASES.iter().find(|(alias, _)| *alias == id).map_or(id, |(_, id)| id);
        schemes::SCHEMES.iter().find(|scheme| scheme.id() == id).map(|scheme| Self(*scheme))
    }

    /// Its `vers` id.
    pub fn id(self) -> &'static str {
        self.0.id()
    }

    /// Where the order is defined.
    pub fn source(self) -> &'static str {
        self.0.source()
    }

    /// How far the order can be trusted.
    pub fn confidence(self) -> Confidence {
        self.0.confidence()
    }

    /// Writes the sort key of a version into `out`, which is emptied first.
    ///
    /// # Errors
    /// [`Unparsable`].
    pub fn key_into(self, text: &str, out: &mut Vec<u8>) -> Result<(), Unparsable> {
        out.clear();
        let reason = match text.len() {
            0 => "it is empty",
            length if length > LONGEST => "it is too long",
            _ => match self.0.write_key(text, out) {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            },
        };
        Err(Unparsable { text: text.chars().take(60).collect(), scheme: self.id(), reason })
    }

    /// The sort key of a version.
    ///
    /// # Errors
    /// [`Unparsable`].
    pub fn key(self, text: &str) -> Result<Box<[u8]>, Unparsable> {
        let mut out = Vec::with_capacity(text.len() + 8);
        self.key_into(text, &mut out)?;
        Ok(out.into())
    }

    /// A version of the scheme.
    ///
    /// # Errors
    /// [`Unparsable`].
    pub fn parse(self, text: &str) -> Result<Version, Unparsable> {
        Ok(Version { scheme: self, key: self.key(text)? })
    }

    /// The order of two keys of this scheme.
    pub fn order(self, a: &[u8], b: &[u8]) -> Ordering {
        self.0.compare(a, b)
    }

    /// The order of two texts.
    ///
    /// # Errors
    /// [`Unparsable`] for the first of them that is no version.
    pub fn compare(self, a: &str, b: &str) -> Result<Ordering, Unparsable> {
        Ok(self.order(&self.key(a)?, &self.key(b)?))
    }
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Scheme {}

impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scheme({})", self.id())
    }
}

/// A version that was read. Versions of different schemes are not comparable.
#[derive(Clone, Debug)]
pub struct Version {
    scheme: Scheme,
    key: Box<[u8]>,
}

impl Version {
    /// The scheme it was read by.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Its sort key.
    pub fn key(&self) -> &[u8] {
        &self.key
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    /// `None` when the schemes differ: the versions are not comparable.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.scheme == other.scheme).then(|| self.scheme.order(&self.key, &other.key))
    }
}
