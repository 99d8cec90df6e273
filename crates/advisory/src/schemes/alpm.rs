//! Arch Linux packages: RPM's segments, but the length of separators counts and letters right behind come before
//! the end. The release counts only when both versions have one.

use crate::key;
use crate::version::VersionScheme;
use std::cmp::Ordering;

/// Versions of Arch Linux packages.
pub(super) struct Alpm;

const LETTERS_BEHIND: u8 = 1;
const END: u8 = 2;
const DIGITS_BEHIND: u8 = 3;

impl VersionScheme for Alpm {
    fn id(&self) -> &'static str {
        "alpm"
    }

    fn source(&self) -> &'static str {
        "vercmp(8)"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        if !key::is_number(epoch) {
            return Err("the epoch is no number");
        }
        let (version, release) = match rest.rsplit_once('-') {
            Some((version, release)) => (version, Some(release)),
            None => (rest, None),
        };
        if version.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("there is no version, or it holds a character that it may not");
        }
        let mut main = Vec::new();
        key::number(&mut main, epoch);
        write_part(version, &mut main);
        out.extend_from_slice(&(main.len() as u32).to_be_bytes());
        out.append(&mut main);
        if let Some(release) = release {
            write_part(release, out);
        }
        Ok(())
    }

    fn compare(&self, a: &[u8], b: &[u8]) -> Ordering {
        let ((a_main, a_release), (b_main, b_release)) = (parts(a), parts(b));
        let releases = match a_release.is_empty() || b_release.is_empty() {
            true => Ordering::Equal,
            false => a_release.cmp(b_release),
        };
        a_main.cmp(b_main).then(releases)
    }
}

fn parts(key: &[u8]) -> (&[u8], &[u8]) {
    let Some((length, rest)) = key.split_first_chunk::<4>() else { return (key, &[]) };
    rest.split_at((u32::from_be_bytes(*length) as usize).min(rest.len()))
}

fn write_part(part: &str, out: &mut Vec<u8>) {
    let mut rest = part;
    loop {
        let separators = rest.bytes().position(|byte| byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        rest = &rest[separators..];
        let digits = rest.starts_with(|c: char| c.is_ascii_digit());
        match (separators, rest.is_empty(), digits) {
            (0, true, _) => break out.push(END),
            (0, false, true) => out.push(DIGITS_BEHIND),
            (0, false, false) => out.push(LETTERS_BEHIND),
            (count, end, digits) => {
                out.push(DIGITS_BEHIND + count.min(200) as u8);
                out.push(if end {
                    END
                } else if digits {
                    DIGITS_BEHIND
                } else {
                    LETTERS_BEHIND
                });
                if end {
                    break;
                }
            }
        }
        if digits {
            let (number, after) = key::leading_digits(rest);
            key::number(out, number);
            rest = after;
        } else {
            let (letters, after) = key::leading_letters(rest);
            key::text(out, letters);
            rest = after;
        }
    }
}
