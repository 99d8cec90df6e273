//! Readers of foreign formats: a file comes in, facts go out.
//!
//! A format is one file in `formats/` and one line in [`formats::READERS`]. A reader is recognised by the
//! structure of the bytes, never by the file's name. It must not touch the network, the file system or a
//! clock, must not panic, and must hold itself to [`Limits`].

pub mod bounded;
pub mod error;
pub mod excerpt;
pub mod formats;
pub mod json;
pub mod lines;
pub mod reader;
pub mod sniff;
pub mod stig;
pub mod table;
pub mod targets;
pub mod text;
pub mod vulnerability;
pub mod xml;

pub use error::ReadError;
pub use reader::{Example, Input, Limits, Reader, Reading, Sink, Tool};
pub use sniff::{Confidence, Sniff};

/// The reader that recognises `bytes` best, or an error naming what was looked for.
pub fn recognise(bytes: &[u8]) -> Result<&'static dyn Reader, ReadError> {
    let sniff = Sniff::of(bytes);
    formats::READERS
        .iter()
        .map(|reader| (reader.recognise(&sniff), *reader))
        .filter(|(confidence, _)| *confidence > Confidence::No)
        .max_by_key(|(confidence, _)| *confidence)
        .map(|(_, reader)| reader)
        .ok_or_else(|| ReadError::Unrecognised { looks_like: sniff.describe() })
}
