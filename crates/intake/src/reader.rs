//! What a reader is, what it is given and what it gives back.

use crate::secret::Secrets;
use crate::{Confidence, ReadError, Sniff};
use jiff::Timestamp;
use std::time::Duration;
use warrant_model::fact::{Fact, Place};

/// A reader of one format. Implementations are unit structs listed in [`crate::formats::READERS`].
pub trait Reader: Sync {
    /// Stable id, lower case with dashes: `cyclonedx-json`.
    fn id(&self) -> &'static str;

    /// What people call the format: `CycloneDX (JSON)`.
    fn title(&self) -> &'static str;

    /// The standard or documentation the reader follows, with version.
    fn source(&self) -> &'static str;

    /// What becomes of it: the facts a file of this format yields, in one sentence.
    fn yields(&self) -> &'static str;

    /// A small well-formed example, written by us, that a test reads and the docs show.
    fn example(&self) -> Example;

    /// How sure the reader is that the bytes are its format. Decided by structure alone.
    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence;

    /// Reads the whole input, handing each fact to `sink` in file order.
    ///
    /// A file that is of the format but says nothing (no component, no result, no host) is
    /// [`ReadError::Empty`]. A single bad record is a [`Sink::problem`], not an error.
    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError>;
}

/// An example input and the number of facts it must yield.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The bytes (usually `include_bytes!` of a file beside the reader's tests).
    pub bytes: &'static [u8],
    /// How many facts reading them gives.
    pub facts: usize,
}

/// The bytes to read and the bounds to keep.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// File name as given, for messages only.
    pub name: &'a str,
    /// The content.
    pub bytes: &'a [u8],
    /// The bounds.
    pub limits: Limits,
}

/// Bounds that every reader keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub bytes: u64,
    /// Deepest nesting of elements, objects or arrays.
    pub depth: u32,
    /// Most facts from one file.
    pub facts: u64,
    /// Longest single text value, in bytes.
    pub text: usize,
    /// Largest ratio of unpacked to packed size in archives.
    pub ratio: u64,
    /// Longest time for one file; checked by the service between facts.
    pub time: Duration,
    /// The store's key under which secrets that scanners found are hashed. Without it a secret leaves nothing
    /// behind but its place.
    pub secrets: Option<[u8; 32]>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            depth: 100,
            facts: 5_000_000,
            text: 1 << 24,
            ratio: 200,
            time: Duration::from_secs(600),
            secrets: None,
        }
    }
}

/// Where facts go.
pub trait Sink {
    /// Takes one fact. An error (limit reached, cancelled) stops the reading and must be passed on.
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError>;

    /// Notes that one record could not be used, and why; the reading goes on.
    fn problem(&mut self, place: Place, message: String);

    /// Takes a secret that stands in the file in the clear, so that it can be masked in what is kept of it.
    fn secret(&mut self, secret: &str) {
        let _ = secret;
    }

    /// Tells how many bytes have been worked off, for a progress bar.
    fn progress(&mut self, bytes_done: u64) {
        let _ = bytes_done;
    }
}

/// What a file says about itself as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The tool that wrote it.
    pub tool: Tool,
    /// When the tool looked (end of scan), as the file says. `None`: the file does not say.
    pub observed_at: Option<Timestamp>,
    /// Everything that was looked at, whether or not anything was found there: host names, artefact names.
    /// Only findings on these targets can be closed by the file.
    pub targets: Vec<String>,
    /// A name for the artefact's version when the file is about a release: `customer-portal 2.4.1`.
    pub release: Option<String>,
}

/// A tool's name and version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tool {
    /// Name, lower case with dashes: findings of one tool are compared with its own earlier ones.
    pub name: String,
    /// Version, when given.
    pub version: Option<String>,
}

/// Facts gathered in memory: for tests, dry runs and small files.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Facts in file order.
    pub facts: Vec<(Place, Fact)>,
    /// Records that could not be used.
    pub problems: Vec<(Place, String)>,
    /// Secrets that stand in the file.
    pub secrets: Secrets,
}

impl Sink for Gathered {
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError> {
        self.facts.push((place, fact));
        Ok(())
    }

    fn problem(&mut self, place: Place, message: String) {
        self.problems.push((place, message));
    }

    fn secret(&mut self, secret: &str) {
        self.secrets.add(secret);
    }
}
