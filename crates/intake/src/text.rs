//! From bytes to text (byte-order marks, UTF-16, the complaint about anything else), and texts cut to the
//! measure of a fact.

use crate::{Input, ReadError};
use jiff::Timestamp;
use std::borrow::Cow;

/// The two byte orders of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Utf16 {
    Little,
    Big,
}

/// The input as UTF-8 text without a byte-order mark; borrowed unless it was UTF-16.
///
/// # Errors
/// [`ReadError::Limit`] when the file is larger than allowed, [`ReadError::Malformed`] with the line when it
/// is not UTF-8 (and not UTF-16).
pub fn of<'a>(input: &Input<'a>) -> Result<Cow<'a, str>, ReadError> {
    let limit = input.limits.bytes;
    if input.bytes.len() as u64 > limit {
        return Err(ReadError::Limit { what: "file size", limit, line: 0 });
    }
    match unmarked(input.bytes) {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            ReadError::Malformed {
                line: u32::try_from(line).unwrap_or(u32::MAX),
                message: "the text is not UTF-8; save the file as UTF-8 and try again".to_owned(),
            }
        }),
        Cow::Owned(bytes) => Ok(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())),
    }
}

/// The input as text, whatever it is encoded in: what is not UTF-8 or UTF-16 is taken as Windows-1252.
///
/// # Errors
/// [`ReadError::Limit`] when the file is larger than allowed.
pub fn lossy<'a>(input: &Input<'a>) -> Result<Cow<'a, str>, ReadError> {
    match of(input) {
        Err(ReadError::Malformed { .. }) => {
            Ok(encoding_rs::WINDOWS_1252.decode_without_bom_handling(input.bytes).0)
        }
        other => other,
    }
}

/// One line of at most `limit` characters: white space folded, control characters left out, `…` where it is
/// cut.
pub fn line(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if length > 0 {
            out.push(' ');
            length += 1;
        }
        for letter in word.chars() {
            if length + 1 >= limit {
                out.truncate(out.trim_end().len());
                out.push('…');
                return out;
            }
            out.push(letter);
            length += 1;
        }
    }
    out
}

/// A tool's name as it is stored: lower case, dashes for anything but letters and digits.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().take(80).flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// An instant as RFC 3339 writes it; without an offset it is taken as UTC. `None` when it is neither, or
/// before 1980: tools write the zero date of their language for "not known".
pub fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let at = text.parse::<Timestamp>().ok().or_else(|| {
        let civil = text.parse::<jiff::civil::DateTime>().ok()?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })?;
    (at.as_second() > 315_532_800).then_some(at)
}

/// The bytes without a byte-order mark, turned into UTF-8 when they are UTF-16 (by mark, or by the zero bytes
/// that ASCII has in it).
pub(crate) fn unmarked(bytes: &[u8]) -> Cow<'_, [u8]> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Cow::Borrowed(rest);
    }
    let Some((order, mark)) = wide(bytes) else { return Cow::Borrowed(bytes) };
    let units = bytes[mark..].as_chunks::<2>().0.iter().map(|pair| match order {
        Utf16::Little => u16::from_le_bytes(*pair),
        Utf16::Big => u16::from_be_bytes(*pair),
    });
    let text: String =
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Cow::Owned(text.into_bytes())
}

/// The order of UTF-16, and the length of the mark.
fn wide(bytes: &[u8]) -> Option<(Utf16, usize)> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some((Utf16::Little, 2)),
        [0xFE, 0xFF, ..] => Some((Utf16::Big, 2)),
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => Some((Utf16::Little, 0)),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => Some((Utf16::Big, 0)),
        _ => None,
    }
}

/// Text that was taken out of `bytes` by [`unmarked`] and changed, written as they are: UTF-16 with its mark, or as it
/// is.
pub(crate) fn in_encoding_of(bytes: &[u8], changed: Vec<u8>) -> Vec<u8> {
    let Some((order, mark)) = wide(bytes) else { return changed };
    let mut out = bytes[..mark].to_vec();
    for unit in String::from_utf8_lossy(&changed).encode_utf16() {
        out.extend(match order {
            Utf16::Little => unit.to_le_bytes(),
            Utf16::Big => unit.to_be_bytes(),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn utf16(text: &str, order: Utf16) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| match order {
                Utf16::Little => unit.to_le_bytes(),
                Utf16::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    fn read(bytes: &[u8]) -> Result<String, ReadError> {
        of(&Input { name: "f", bytes, limits: Limits::default() }).map(Cow::into_owned)
    }

    #[test]
    fn utf16_is_turned_into_utf8_with_and_without_a_mark() {
        for order in [Utf16::Little, Utf16::Big] {
            assert_eq!(read(&utf16("{\"é\": 1}", order)).unwrap(), "{\"é\": 1}");
            assert_eq!(read(&utf16("\u{feff}<a>ü</a>", order)).unwrap(), "<a>ü</a>");
            let marked = utf16("\u{feff}<a>ü</a>", order);
            assert_eq!(in_encoding_of(&marked, unmarked(&marked).into_owned()), marked);
        }
    }

    #[test]
    fn the_utf8_mark_is_taken_off_and_bad_bytes_are_named_by_line() {
        assert_eq!(read(b"\xEF\xBB\xBFabc").unwrap(), "abc");
        assert!(matches!(read(b"ok\nok\n\xff\n"), Err(ReadError::Malformed { line: 3, .. })));
    }

    #[test]
    fn texts_are_cut_to_measure() {
        assert_eq!(line("  two\twords\n and\u{1b}[1m more", 100), "two words and [1m more");
        assert_eq!(line("abcdef", 4), "abc…");
        assert_eq!(slug("Aqua Trivy (v2)!"), "aqua-trivy-v2");
    }

    #[test]
    fn instants_are_read_with_and_without_offset() {
        let at = instant("2024-05-01T10:00:00Z");
        assert!(at.is_some());
        assert_eq!(instant("2024-05-01T12:00:00.000+02:00"), at);
        assert_eq!(instant("2024-05-01T10:00:00"), at);
        assert_eq!(instant("0001-01-01T00:00:00Z"), None);
        assert_eq!(instant("yesterday"), None);
    }

    #[test]
    fn a_file_above_the_limit_is_refused() {
        let limits = Limits { bytes: 2, ..Limits::default() };
        let refused = of(&Input { name: "f", bytes: b"abc", limits });
        assert!(matches!(refused, Err(ReadError::Limit { limit: 2, .. })));
    }
}
