//! Formats of advisory feeds. One file each and one line in [`FORMATS`]; recognised by structure, never by name.

mod csaf;
mod cve5;
mod cyclonedx;
mod epss;
mod kev;
mod openvex;
mod osv;
mod probe;
mod rustsec;

use crate::feed::Feed;
use std::io::Read;

pub use probe::Probe;

/// A format of feeds.
pub trait Format: Sync {
    /// Stable id.
    fn id(&self) -> &'static str;

    /// What people call it.
    fn title(&self) -> &'static str;

    /// The standard or documentation that is followed.
    fn source(&self) -> &'static str;

    /// Whether the file is of this format.
    fn recognise(&self, probe: &Probe<'_>) -> bool;

    /// Reads a file into `feed`. What cannot be used in an otherwise readable file is a problem there; an error is
    /// about the whole file.
    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault>;
}

/// All formats, in the order in which they are asked.
pub static FORMATS: &[&dyn Format] = &[
    &osv::OsvJson,
    &cve5::Cve5,
    &csaf::Csaf,
    &openvex::OpenVex,
    &cyclonedx::CycloneDx,
    &kev::KevJson,
    &rustsec::RustSec,
    &osv::OsvYaml,
    &kev::KevCsv,
    &epss::Epss,
];

/// A file's name, for messages, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// The name.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// Why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct Fault {
    /// Where: `line 3 column 7`.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        let place = format!("line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        Self { place, message }
    }
}

impl Fault {
    /// A fault of the whole file.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { place: "whole file".into(), message: message.into() }
    }
}

/// Bounds for one file.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes, unpacked.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 512 << 20 }
    }
}

/// Reads one file into `feed`, unpacking gzip. Whatever is wrong becomes a problem of the feed. `false` when the file
/// is of no known format.
pub fn read(name: &str, bytes: &[u8], limits: Limits, feed: &mut Feed) -> bool {
    let unpacked;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        let decoder = flate2::read::MultiGzDecoder::new(bytes);
        if let Err(error) = decoder.take(limits.bytes + 1).read_to_end(&mut out) {
            feed.problem(name, "whole file", format!("the gzip stream is damaged: {error}; fetch it again"));
            return true;
        }
        unpacked = out;
        unpacked.as_slice()
    } else {
        bytes
    };
    if bytes.len() as u64 > limits.bytes {
        let message = format!("it is over the limit of {} bytes; split it", limits.bytes);
        feed.problem(name, "whole file", message);
        return true;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(_) => return false,
    };
    let probe = Probe::of(text);
    let Some(format) = FORMATS.iter().find(|format| format.recognise(&probe)) else { return false };
    feed.files += 1;
    if let Err(fault) = format.read(&File { name, text }, feed) {
        feed.problem(name, fault.place, format!("not readable as {}: {}", format.title(), fault.message));
    }
    true
}
