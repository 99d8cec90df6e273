//! Debian packages: `[epoch:]upstream[-revision]`, tilde before everything.

use crate::key;
use crate::version::VersionScheme;

/// Versions of Debian and Ubuntu packages.
pub(super) struct Debian;

const TILDE: u8 = 1;
const END: u8 = 2;

impl VersionScheme for Debian {
    fn id(&self) -> &'static str {
        "deb"
    }

    fn source(&self) -> &'static str {
        "Debian Policy Manual 5.6.12"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        if !key::is_number(epoch) {
            return Err("the epoch is no number");
        }
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, ""));
        if upstream.is_empty() {
            return Err("there is no upstream version");
        }
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".+-~:_^".contains(&byte);
        if !rest.bytes().all(allowed) {
            return Err("it holds a character that it may not");
        }
        key::number(out, epoch);
        write_part(upstream, out);
        write_part(revision, out);
        Ok(())
    }
}

/// Turns of other characters and digits. Letters come before other marks; the end of a part comes between tilde
/// and letters.
fn write_part(part: &str, out: &mut Vec<u8>) {
    let mut rest = part;
    loop {
        let digits_at = rest.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(rest.len());
        for byte in rest[..digits_at].bytes() {
            match byte {
                b'~' => out.push(TILDE),
                letter if letter.is_ascii_alphabetic() => out.push(letter),
                other => out.push(other | 0x80),
            }
        }
        out.push(END);
        // A missing number is zero, so an absent revision equals `0`, and `a` equals `a0`.
        let (digits, after) = key::leading_digits(&rest[digits_at..]);
        key::number(out, digits);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    out.push(END);
}
