//! Bundles: everything that was read, in one file to carry over, hashed and, if wanted, signed.
//!
//! `WADV`, a big-endian length, a note of that length (C2SP signed-note when signed), and the payload: lines of JSON,
//! compressed with Zstandard. The note names the payload's hash and sizes, so that both the hash and the bounds are
//! checked before a line is used.

use crate::advisory::{Advisory, Exploited, Prediction, Ssvc, Statement};
use crate::feed::{Feed, Problem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Read, Write};
use warrant_ledger::key::{NoteSigner, VerifierKey};
use warrant_ledger::note::Note;

const MAGIC: &[u8; 4] = b"WADV";
const VERSION: &str = "warrant-advisories/1";
/// The longest note, in bytes.
const NOTE: usize = 1 << 16;
/// The longest line of the payload, in bytes.
const LINE: u64 = 64 << 20;
/// The most a payload may unpack to, in bytes.
pub const UNPACKED: u64 = 16 << 30;
/// The most bytes that one packed byte may become.
const RATIO: u64 = 400;
/// The largest window of the compression, as a power of two.
const WINDOW: u32 = 27;

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// When it was packed.
    pub made: Timestamp,
    /// SHA-256 of the payload, in hex.
    pub hash: String,
    /// Size of the payload, in bytes.
    pub packed: u64,
    /// Size of what it unpacks to.
    pub unpacked: u64,
    /// Names of the keys whose signatures it carries, verified or not.
    pub signers: Vec<String>,
    /// Names of the trusted keys whose signature was verified.
    pub verified: Vec<String>,
}

/// Why a bundle is refused.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It is none.
    #[error("this is no advisory bundle")]
    NotABundle,
    /// It is of another version.
    #[error("the bundle is `{0}`; this program reads `{VERSION}`")]
    Version(String),
    /// Its header is damaged.
    #[error("the bundle's header is damaged: {0}")]
    Header(String),
    /// The payload is not the one the header names.
    #[error("the bundle is damaged or was altered: {0}")]
    Payload(String),
    /// A trusted signature is asked for and there is none.
    #[error("no trusted key signed the bundle (it carries signatures of: {})", if .0.is_empty() { "nobody".into() } else { .0.join(", ") })]
    NotSigned(Vec<String>),
    /// A line cannot be read.
    #[error("line {line} of the bundle cannot be read: {message}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// Packing failed.
    #[error("the bundle could not be packed: {0}")]
    Pack(String),
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum LineOut<'a> {
    Advisory(&'a Advisory),
    Exploited(&'a Exploited),
    Prediction(&'a Prediction),
    Ssvc(&'a Ssvc),
    Statement(&'a Statement),
    List(&'a str, Timestamp),
    Problem(&'a Problem),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LineIn {
    Advisory(Box<Advisory>),
    Exploited(Exploited),
    Prediction(Prediction),
    Ssvc(Ssvc),
    Statement(Statement),
    List(String, Timestamp),
    Problem(Problem),
}

/// Whether bytes begin as a bundle does.
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Packs everything that was read. The same feed at the same time gives the same bytes.
///
/// # Errors
/// [`BundleError::Pack`].
pub fn pack(feed: &Feed, made: Timestamp, signer: Option<&dyn NoteSigner>) -> Result<Vec<u8>, BundleError> {
    let failed = |error: &dyn std::fmt::Display| BundleError::Pack(error.to_string());
    let mut encoder = zstd::Encoder::new(Vec::new(), 12).map_err(|error| failed(&error))?;
    let mut advisories: Vec<&Advisory> = feed.advisories.iter().collect();
    advisories.sort_by(|a, b| a.id.cmp(&b.id).then(b.modified.cmp(&a.modified)));
    let mut unpacked = 0;
    let lines = advisories
        .into_iter()
        .map(LineOut::Advisory)
        .chain(feed.exploited.iter().map(LineOut::Exploited))
        .chain(feed.predictions.iter().map(LineOut::Prediction))
        .chain(feed.ssvc.iter().map(LineOut::Ssvc))
        .chain(feed.statements.iter().map(LineOut::Statement))
        .chain(feed.lists.iter().map(|(name, at)| LineOut::List(name, *at)))
        .chain(feed.problems.iter().map(LineOut::Problem));
    for line in lines {
        let mut text = serde_json::to_vec(&line).map_err(|error| failed(&error))?;
        text.push(b'\n');
        unpacked += text.len() as u64;
        encoder.write_all(&text).map_err(|error| failed(&error))?;
    }
    let payload = encoder.finish().map_err(|error| failed(&error))?;
    let hash = hex::encode(Sha256::digest(&payload));
    let text = format!("{VERSION}\nmade {made}\npayload {hash} {} {unpacked}\n", payload.len());
    let note = match signer {
        Some(signer) => Note::sign(&text, &[signer]).map_err(|error| failed(&error))?.to_text(),
        None => text,
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&(note.len() as u32).to_be_bytes());
    bytes.extend_from_slice(note.as_bytes());
    bytes.extend(payload);
    Ok(bytes)
}

/// Reads a bundle's header and checks hash and sizes. With trusted keys, one of them must have signed.
///
/// # Errors
/// [`BundleError`].
pub fn header(bytes: &[u8], trusted: &[VerifierKey]) -> Result<Header, BundleError> {
    open(bytes, trusted).map(|(header, _)| header)
}

/// Reads a whole bundle.
///
/// # Errors
/// [`BundleError`]. Nothing of a bundle that is refused is given out.
pub fn unpack(bytes: &[u8], trusted: &[VerifierKey]) -> Result<(Header, Feed), BundleError> {
    let (header, payload) = open(bytes, trusted)?;
    let damaged = |error: std::io::Error| BundleError::Payload(error.to_string());
    let mut decoder = zstd::Decoder::new(payload).map_err(damaged)?;
    decoder.window_log_max(WINDOW).map_err(damaged)?;
    let mut reader = BufReader::new(decoder.take(header.unpacked + 1));
    let mut feed = Feed::default();
    let (mut total, mut number, mut line) = (0, 0, Vec::new());
    loop {
        line.clear();
        let read = (&mut reader).take(LINE).read_until(b'\n', &mut line).map_err(damaged)? as u64;
        if read == 0 {
            break;
        }
        (total, number) = (total + read, number + 1);
        if read == LINE {
            return Err(BundleError::Line { line: number, message: "it is too long".into() });
        }
        let read: LineIn = serde_json::from_slice(&line)
            .map_err(|error| BundleError::Line { line: number, message: error.to_string() })?;
        match read {
            LineIn::Advisory(advisory) => feed.advisories.push(*advisory),
            LineIn::Exploited(entry) => feed.exploited.push(entry),
            LineIn::Prediction(entry) => feed.predictions.push(entry),
            LineIn::Ssvc(entry) => feed.ssvc.push(entry),
            LineIn::Statement(statement) => feed.statements.push(statement),
            LineIn::List(name, at) => feed.list(&name, at),
            LineIn::Problem(problem) => feed.problem(&problem.file, problem.place, problem.message),
        }
    }
    if total != header.unpacked {
        return Err(BundleError::Payload(format!("it unpacks to another size than {}", header.unpacked)));
    }
    Ok((header, feed))
}

fn open<'b>(bytes: &'b [u8], trusted: &[VerifierKey]) -> Result<(Header, &'b [u8]), BundleError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
    let cut = || BundleError::Header("it is cut short".into());
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > NOTE || length > rest.len() {
        return Err(cut());
    }
    let (note, payload) = rest.split_at(length);
    let text = std::str::from_utf8(note).map_err(|_| BundleError::Header("it is no text".into()))?;
    let mut header = read_header(text)?;
    if text.contains("\n\n") {
        let note = Note::parse(note).map_err(|error| BundleError::Header(error.to_string()))?;
        header.signers = note.signatures().iter().map(|signature| signature.name.clone()).collect();
        if !trusted.is_empty() {
            let verified =
                note.verify(trusted).map_err(|_| BundleError::NotSigned(header.signers.clone()))?;
            header.verified = verified.into_iter().map(|key| key.name().to_owned()).collect();
        }
    }
    if !trusted.is_empty() && header.verified.is_empty() {
        return Err(BundleError::NotSigned(header.signers));
    }
    if payload.len() as u64 != header.packed {
        let message = format!("the payload has {} bytes, not {}", payload.len(), header.packed);
        return Err(BundleError::Payload(message));
    }
    if header.unpacked > UNPACKED || header.unpacked > header.packed.saturating_mul(RATIO) {
        return Err(BundleError::Payload("it would unpack to more than is allowed".into()));
    }
    if hex::encode(Sha256::digest(payload)) != header.hash {
        return Err(BundleError::Payload("the payload's hash is another".into()));
    }
    Ok((header, payload))
}

fn read_header(text: &str) -> Result<Header, BundleError> {
    let mut lines = text.lines();
    let version = lines.next().unwrap_or_default();
    if version != VERSION {
        return Err(BundleError::Version(version.chars().take(60).collect()));
    }
    let broken = |what: &str| BundleError::Header(format!("{what} is missing or malformed"));
    let made = lines.next().and_then(|line| line.strip_prefix("made ")?.parse().ok());
    let payload = lines.next().and_then(|line| line.strip_prefix("payload "));
    let mut words = payload.ok_or_else(|| broken("the line `payload`"))?.split(' ');
    let hash = words.next().filter(|hash| hash.len() == 64).ok_or_else(|| broken("the hash"))?.to_owned();
    let mut size = || words.next()?.parse::<u64>().ok();
    let (packed, unpacked) =
        (size().ok_or_else(|| broken("the size"))?, size().ok_or_else(|| broken("the size"))?);
    let made = made.ok_or_else(|| broken("the time"))?;
    Ok(Header { made, hash, packed, unpacked, signers: Vec::new(), verified: Vec::new() })
}
