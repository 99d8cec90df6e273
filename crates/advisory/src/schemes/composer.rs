//! Composer (Packagist): numbers, then a stability; branches have no place in the order.

use crate::key;
use crate::version::VersionScheme;

/// Versions of PHP packages.
pub(super) struct Composer;

impl VersionScheme for Composer {
    fn id(&self) -> &'static str {
        "composer"
    }

    fn source(&self) -> &'static str {
        "Composer documentation, Versions and constraints; PHP version_compare"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix('v').unwrap_or(&text);
        let (text, _build) = text.split_once('+').unwrap_or((text, ""));
        let (text, _flag) = text.split_once('@').unwrap_or((text, ""));
        if text.starts_with("dev-") || text.ends_with(".x-dev") {
            return Err("it is a branch");
        }
        let end = text.bytes().position(|byte| byte != b'.' && !byte.is_ascii_digit()).unwrap_or(text.len());
        let (numbers, stability) = text.split_at(end);
        let numbers = numbers.strip_suffix('.').unwrap_or(numbers);
        for number in numbers.split('.') {
            if !key::is_number(number) {
                return Err("a part between dots is no number");
            }
            out.push(1);
            key::number(out, number);
        }
        // Composer fills up to four numbers: 1.0 and 1.0.0.0 are the same.
        (numbers.split('.').count()..4).for_each(|_| out.extend([1, 0]));
        out.push(0);
        write_stability(stability, out)
    }
}

fn write_stability(text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let mut rest = text;
    if rest.is_empty() {
        out.push(4);
        return Ok(());
    }
    while !rest.is_empty() {
        rest = rest.trim_start_matches(['.', '-', '_']);
        let (word, after) = key::leading_letters(rest);
        let place = match word {
            "dev" => 0,
            "alpha" | "a" => 1,
            "beta" | "b" => 2,
            "rc" | "c" => 3,
            "stable" => 4,
            "patch" | "pl" | "p" => 5,
            _ => return Err("the stability is not known"),
        };
        out.push(place);
        let mut after = after.trim_start_matches(['.', '-', '_']);
        loop {
            let (number, behind) = key::leading_digits(after);
            if number.is_empty() {
                break;
            }
            out.push(1);
            key::number(out, number);
            after = behind.strip_prefix('.').unwrap_or(behind);
        }
        out.push(0);
        rest = after;
    }
    // A pre-release of a pre-release (`1.0-beta2-dev`) comes before it.
    out.push(4);
    Ok(())
}
