//! RPM: `[epoch:]version[-release]` by segments, tilde before everything, caret after the end.

use crate::key;
use crate::version::VersionScheme;

/// Versions of RPM packages.
pub(super) struct Rpm;

const TILDE: u8 = 1;
const END: u8 = 2;
const CARET: u8 = 3;
const LETTERS: u8 = 4;
const NUMBER: u8 = 5;

impl VersionScheme for Rpm {
    fn id(&self) -> &'static str {
        "rpm"
    }

    fn source(&self) -> &'static str {
        "rpm-version(7)"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        let epoch = if epoch == "(none)" { "0" } else { epoch };
        if !key::is_number(epoch) {
            return Err("the epoch is no number");
        }
        let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
        if !version.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err("there is no version");
        }
        if rest.bytes().any(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control()) {
            return Err("it holds a character that it may not");
        }
        key::number(out, epoch);
        write_part(version, out);
        write_part(release, out);
        Ok(())
    }
}

fn write_part(part: &str, out: &mut Vec<u8>) {
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        match first {
            '~' => {
                out.push(TILDE);
                rest = &rest[1..];
            }
            '^' => {
                out.push(CARET);
                rest = &rest[1..];
            }
            '0'..='9' => {
                let (digits, after) = key::leading_digits(rest);
                out.push(NUMBER);
                key::number(out, digits);
                rest = after;
            }
            'a'..='z' | 'A'..='Z' => {
                let (letters, after) = key::leading_letters(rest);
                out.push(LETTERS);
                key::text(out, letters);
                rest = after;
            }
            other => rest = &rest[other.len_utf8()..],
        }
    }
    out.push(END);
}
