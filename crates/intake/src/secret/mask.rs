//! Taking secrets out of the bytes of a file, so that what is kept of it holds none and still is the same file: every
//! line stays where it is, JSON stays JSON, and nothing grows or shrinks.

use super::{Secrets, spelling};
use crate::{ReadError, text};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::ops::Range;

/// What stands for a secret. Which of them stands where follows from the keyed hash of the secret: files that differ in
/// a secret differ when it is masked, and the same file is masked the same way every time.
const SIGNS: [u8; 4] = *b"*#~_";

/// The shortest secret that is looked for inside of words. A shorter one counts where it stands alone.
const SHORTEST_INSIDE: usize = 4;

/// The most bytes of spellings looked for at once.
const BATCH: usize = 4 << 20;

/// A file whose secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The bytes to keep: as many as before, each line in its place.
    pub bytes: Vec<u8>,
    /// The hash of the file's own bytes under the key, in hexadecimal (BLAKE3). With a plain hash whoever reads the
    /// masked file could try out short secrets.
    pub original: String,
}

/// The bytes of a file without the secrets that its reader told of.
///
/// # Errors
/// [`ReadError::Limit`] for more secrets than can be looked for, [`ReadError::Malformed`] for an archive, where they
/// stand compressed.
pub fn masked(bytes: &[u8], secrets: &Secrets, key: &[u8; 32]) -> Result<Masked, ReadError> {
    if secrets.is_over() {
        let limit = super::MOST_BYTES as u64;
        return Err(ReadError::Limit { what: "bytes of secrets", limit, line: 0 });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "it reports secrets and is an archive, where they cannot be masked; unpack it and import the \
                       files one by one";
        return Err(ReadError::Malformed { line: 0, message: message.to_owned() });
    }
    let mut kept = match text::unmarked(bytes) {
        Cow::Borrowed(_) => bytes.to_vec(),
        Cow::Owned(narrow) => narrow,
    };
    let is_json = text::unmarked(&kept).trim_ascii_start().first().is_some_and(|byte| b"{[".contains(byte));
    let form = if is_json { Form::Json } else { Form::Other };
    let (short, long): (Vec<&str>, Vec<&str>) =
        secrets.iter().partition(|secret| secret.chars().count() < SHORTEST_INSIDE);
    for (list, extent) in [(long, Extent::Anywhere), (short, Extent::Alone)] {
        for batch in batches(&list, key, form) {
            kept = batch.mask(&kept, form, extent)?;
        }
    }
    let original = blake3::keyed_hash(key, bytes).to_hex().to_string();
    Ok(Masked { bytes: text::in_encoding_of(bytes, kept), original })
}

/// What the file is, as far as it matters.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Json,
    Other,
}

/// Where a secret counts.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Anywhere,
    Alone,
}

/// Secrets that are looked for at once.
#[derive(Default)]
struct Batch<'s> {
    secrets: Vec<&'s str>,
    /// What stands for each secret.
    signs: Vec<[u8; 32]>,
    spellings: Vec<Vec<u8>>,
    /// The secret of each spelling.
    spelt: Vec<usize>,
}

fn batches<'s>(secrets: &[&'s str], key: &[u8; 32], form: Form) -> Vec<Batch<'s>> {
    let mut batches = Vec::new();
    let mut batch = Batch::default();
    let mut size = 0;
    for secret in secrets {
        batch.signs.push(*blake3::keyed_hash(key, secret.as_bytes()).as_bytes());
        for spelling in spelling::of(secret) {
            // In JSON these bytes cannot stand inside of a text as they are: they would be its end.
            let is_bare = form == Form::Json && spelling == secret.as_bytes();
            if is_bare && spelling.iter().any(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
                continue;
            }
            size += spelling.len();
            batch.spellings.push(spelling);
            batch.spelt.push(batch.secrets.len());
        }
        batch.secrets.push(secret);
        if size >= BATCH {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
    }
    if !batch.secrets.is_empty() {
        batches.push(batch);
    }
    batches
}

fn finder<P: AsRef<[u8]>>(patterns: &[P]) -> Result<AhoCorasick, ReadError> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        // It is made for one file: what is quicker to make wins over what is quicker to run.
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns)
        .map_err(|_| ReadError::Limit { what: "bytes of secrets", limit: super::MOST_BYTES as u64, line: 0 })
}

impl Batch<'_> {
    fn mask(&self, bytes: &[u8], form: Form, extent: Extent) -> Result<Vec<u8>, ReadError> {
        let finder = finder(&self.spellings)?;
        let mut out = bytes.to_vec();
        let mut texts = Texts::of(bytes);
        for found in finder.find_iter(bytes) {
            let (range, signs) = (found.range(), &self.signs[self.spelt[found.pattern().as_usize()]]);
            if form == Form::Other {
                if extent == Extent::Anywhere || stands_alone(bytes, &range) {
                    fill(&mut out, range, signs);
                }
                continue;
            }
            match texts.around(range.start) {
                Some(within) => {
                    let inside = range.start..range.end.min(within.end);
                    let is_behind_escape =
                        || range.start > 0 && escape_around(bytes, &within, range.start - 1).is_some();
                    let is_alone = || {
                        !is_word(bytes.get(inside.end))
                            && (!is_word_before(bytes, range.start) || is_behind_escape())
                    };
                    if extent == Extent::Anywhere || is_alone() {
                        fill(&mut out, whole_escapes(bytes, &within, inside), signs);
                    }
                }
                None if extent == Extent::Anywhere => blank_number(&mut out, bytes, &range),
                None => {}
            }
        }
        if form == Form::Json && extent == Extent::Anywhere {
            self.mask_escaped(&mut out)?;
        }
        Ok(out)
    }

    /// Texts of JSON that hold a secret in an unusual spelling, and texts in them that do: these go as a whole.
    fn mask_escaped(&self, out: &mut [u8]) -> Result<(), ReadError> {
        let finder = finder(&self.secrets)?;
        let bytes = out.to_vec();
        let mut texts = Texts::of(&bytes);
        while let Some(within) = texts.next_text() {
            let mut told = bytes[within.clone()].to_vec();
            // JSON within JSON within JSON; nobody goes further.
            for _ in 0..3 {
                if !told.contains(&b'\\') {
                    break;
                }
                told = unescaped(&told);
                if let Some(found) = finder.find(&told) {
                    fill(out, within.clone(), &self.signs[found.pattern().as_usize()]);
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Puts signs over a range; ends of lines stay.
fn fill(out: &mut [u8], range: Range<usize>, signs: &[u8; 32]) {
    for (at, byte) in out[range].iter_mut().enumerate().filter(|(_, byte)| !matches!(byte, b'\n' | b'\r')) {
        let pair = signs[at / 4 % 32] >> (at % 4 * 2) & 3;
        *byte = if at == 0 { SIGNS[0] } else { SIGNS[usize::from(pair)] };
    }
}

fn is_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
}

fn is_word_before(bytes: &[u8], at: usize) -> bool {
    is_word(at.checked_sub(1).and_then(|before| bytes.get(before)))
}

fn stands_alone(bytes: &[u8], range: &Range<usize>) -> bool {
    !is_word_before(bytes, range.start) && !is_word(bytes.get(range.end))
}

/// A number that is the secret as a whole: its digits become ones, and it stays a number.
fn blank_number(out: &mut [u8], bytes: &[u8], range: &Range<usize>) {
    if stands_alone(bytes, range) && bytes[range.clone()].iter().any(u8::is_ascii_digit) {
        out[range.clone()].iter_mut().filter(|byte| byte.is_ascii_digit()).for_each(|digit| *digit = b'1');
    }
}

/// The range with all of the escapes at its ends: half an escape is no JSON.
fn whole_escapes(bytes: &[u8], within: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let start = escape_around(bytes, within, range.start).map_or(range.start, |escape| escape.start);
    let end = escape_around(bytes, within, range.end).map_or(range.end, |escape| escape.end);
    start..end
}

/// The escape that began before this place and ends behind it.
fn escape_around(bytes: &[u8], within: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let from = at.saturating_sub(5).max(within.start);
    let begins = |start: &usize| bytes[*start] == b'\\' && !is_escaped(bytes, within, *start);
    let start = (from..at).rev().find(begins)?;
    let length = if bytes.get(start + 1) == Some(&b'u') { 6 } else { 2 };
    (start + length > at).then_some(start..(start + length).min(within.end))
}

fn is_escaped(bytes: &[u8], within: &Range<usize>, at: usize) -> bool {
    let before = bytes[within.start..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    before % 2 == 1
}

/// The text behind JSON's escapes; what is no escape stays.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(text.len() + 2);
    quoted.push(b'"');
    quoted.extend_from_slice(text);
    quoted.push(b'"');
    if let Ok(told) = serde_json::from_slice::<String>(&quoted) {
        return told.into_bytes();
    }
    // The inner of a text within a text may be no whole text: quotes stand open in it.
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        let (told, length): (&[u8], usize) = match (byte, after) {
            (b'\\', [b'n', ..]) => (b"\n", 2),
            (b'\\', [b'r', ..]) => (b"\r", 2),
            (b'\\', [b't', ..]) => (b"\t", 2),
            (b'\\', [plain @ (b'"' | b'\\' | b'/'), ..]) => (std::slice::from_ref(plain), 2),
            (b'\\', [b'u', digits @ ..]) => {
                let code = digits.get(..4).and_then(|digits| std::str::from_utf8(digits).ok());
                let letter =
                    code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
                if let Some(letter) = letter {
                    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                    rest = &rest[6..];
                    continue;
                }
                (std::slice::from_ref(byte), 1)
            }
            _ => (std::slice::from_ref(byte), 1),
        };
        out.extend_from_slice(told);
        rest = &rest[length..];
    }
    out
}

/// The texts of a JSON document, in order.
struct Texts<'b> {
    bytes: &'b [u8],
    at: usize,
    last: Option<Range<usize>>,
}

impl<'b> Texts<'b> {
    fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, last: None }
    }

    /// The inside of the next text.
    fn next_text(&mut self) -> Option<Range<usize>> {
        let rest = self.bytes.get(self.at..)?;
        let start = self.at + rest.iter().position(|byte| *byte == b'"')? + 1;
        let mut end = start;
        loop {
            match self.bytes.get(end) {
                Some(b'\\') => end += 2,
                Some(b'"') | None => break,
                Some(_) => end += 1,
            }
        }
        let end = end.min(self.bytes.len());
        self.at = end + 1;
        self.last = Some(start..end);
        self.last.clone()
    }

    /// The inside of the text that holds this place, if one does. Asked for places in ascending order.
    fn around(&mut self, place: usize) -> Option<Range<usize>> {
        while self.at <= place && self.next_text().is_some() {}
        self.last.clone().filter(|text| text.contains(&place))
    }
}

#[cfg(test)]
mod tests;
