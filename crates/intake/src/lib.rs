//! Readers of foreign formats: a file comes in, facts go out.
//!
//! A format is one file in `formats/` and one line in [`formats::READERS`]. A reader is recognised by the
//! structure of the bytes, never by the file's name. It must not touch the network, the file system or a
//! clock, must not panic, and must hold itself to [`Limits`].

pub mod archive;
pub mod bounded;
pub mod error;
pub mod excerpt;
pub mod formats;
pub mod html;
pub mod json;
pub mod lines;
pub mod mapping;
pub mod purl;
pub mod reader;
pub mod secret;
pub mod sniff;
pub mod stig;
pub mod table;
pub mod targets;
pub mod text;
pub mod tree;
pub mod vulnerability;
pub mod xml;

pub use error::ReadError;
pub use mapping::{Mapping, MappingError};
pub use reader::{Example, Input, Limits, Reader, Reading, Sink, Tool};
pub use sniff::{Confidence, Sniff};

/// The reader that recognises `bytes` best, or an error naming what was looked for.
///
/// # Errors
/// [`ReadError::Unrecognised`] with what the file looks like.
pub fn recognise(bytes: &[u8]) -> Result<&'static dyn Reader, ReadError> {
    recognise_among(&formats::READERS, bytes)
}

/// The reader among `readers` (see [`formats::readers_with`]) that recognises `bytes` best.
///
/// # Errors
/// Those of [`recognise`].
pub fn recognise_among<'r>(readers: &[&'r dyn Reader], bytes: &[u8]) -> Result<&'r dyn Reader, ReadError> {
    let sniff = Sniff::of(bytes);
    readers
        .iter()
        .map(|reader| (reader.recognise(&sniff), *reader))
        .filter(|(confidence, _)| *confidence > Confidence::No)
        .max_by_key(|(confidence, _)| *confidence)
        .map(|(_, reader)| reader)
        .ok_or_else(|| ReadError::Unrecognised { looks_like: sniff.describe() })
}
