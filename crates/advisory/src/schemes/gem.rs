//! RubyGems: runs of digits and letters; a letter anywhere makes a pre-release.

use crate::key;
use crate::version::VersionScheme;

/// Versions of Ruby gems.
pub(super) struct Gem;

const LETTERS: u8 = 1;
const ZEROS_THEN_LETTERS: u8 = 2;
const END: u8 = 3;
const NUMBER: u8 = 4;

impl VersionScheme for Gem {
    fn id(&self) -> &'static str {
        "gem"
    }

    fn source(&self) -> &'static str {
        "RubyGems, Gem::Version"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim().replace('-', ".pre.");
        let segments = segments(&text)?;
        // Before the first letters zeros at the end do not count, and neither do they at the very end.
        let letters = segments.iter().position(|segment| !key::is_number(segment)).unwrap_or(segments.len());
        let (numbers, others) = segments.split_at(letters);
        let kept = [without_zeros(numbers), without_zeros(others)].concat();
        for (at, segment) in kept.iter().enumerate() {
            if !key::is_number(segment) {
                out.push(LETTERS);
                key::text(out, segment);
                continue;
            }
            if is_zero(segment) {
                // Zeros in front of letters: against nothing, which counts as zero, the letters decide.
                let run = kept[at..].iter().take_while(|segment| is_zero(segment)).count();
                if kept.get(at + run).is_some_and(|next| !key::is_number(next)) {
                    out.push(ZEROS_THEN_LETTERS);
                    key::number(out, &run.to_string());
                    continue;
                }
            }
            out.push(NUMBER);
            key::number(out, segment);
        }
        out.push(END);
        Ok(())
    }
}

fn is_zero(segment: &str) -> bool {
    segment.bytes().all(|byte| byte == b'0')
}

fn without_zeros<'s>(segments: &'s [&'s str]) -> &'s [&'s str] {
    let end = segments.iter().rposition(|segment| !is_zero(segment)).map_or(0, |at| at + 1);
    &segments[..end]
}

/// Runs of digits and of letters. Other characters than letters, digits and single dots are refused, and so is a
/// first part that does not begin with a digit.
fn segments(text: &str) -> Result<Vec<&str>, &'static str> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err("it does not begin with a digit");
    }
    let mut segments = Vec::new();
    for part in text.split('.') {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err("a part between dots is empty or holds a character that it may not");
        }
        let mut rest = part;
        while !rest.is_empty() {
            let (digits, after) = key::leading_digits(rest);
            let (letters, after) = key::leading_letters(after);
            segments.extend([digits, letters].into_iter().filter(|run| !run.is_empty()));
            rest = after;
        }
    }
    Ok(segments)
}
