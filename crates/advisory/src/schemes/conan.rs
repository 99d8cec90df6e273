//! Conan: any number of parts, numbers or words, then a pre-release and a build that do count.

use crate::key;
use crate::version::VersionScheme;

/// Versions of C and C++ packages of Conan.
pub(super) struct Conan;

impl VersionScheme for Conan {
    fn id(&self) -> &'static str {
        "conan"
    }

    fn source(&self) -> &'static str {
        "Conan 2 documentation, Version ranges and order"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        let (rest, build) = match text.split_once('+') {
            Some((rest, build)) => (rest, Some(build)),
            None => (text, None),
        };
        let (main, pre) = match rest.split_once('-') {
            Some((main, pre)) => (main, Some(pre)),
            None => (rest, None),
        };
        if main.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("it holds nothing, or a character that it may not");
        }
        write_items(main, out);
        match pre {
            Some(pre) => {
                out.push(0);
                write_nested(pre, out);
            }
            None => out.push(1),
        }
        match build {
            Some(build) => {
                out.push(1);
                write_nested(build, out);
            }
            None => out.push(0),
        }
        Ok(())
    }
}

/// A pre-release or build is a version of its own, which may hold further ones.
fn write_nested(text: &str, out: &mut Vec<u8>) {
    for part in text.split(['-', '+']) {
        write_items(part, out);
    }
}

/// Parts between dots without trailing zeros; numbers before words.
fn write_items(text: &str, out: &mut Vec<u8>) {
    let items: Vec<&str> = text.split('.').collect();
    let is_zero = |item: &&str| key::is_number(item) && item.bytes().all(|byte| byte == b'0');
    let end = items.iter().rposition(|item| !is_zero(item)).map_or(0, |at| at + 1);
    for item in &items[..end] {
        if key::is_number(item) {
            out.push(1);
            key::number(out, item);
        } else {
            out.push(2);
            key::text(out, item);
        }
    }
    out.push(0);
}
