//! How a secret may be written in the file that reports it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The shortest secret looked for in Base64: a shorter one leaves too few letters to be told from others.
const SHORTEST_ENCODED: usize = 6;

/// All spellings of a secret: as it is; in JSON, also as JSON inside of JSON; in XML, CSV and URLs; in Base64 at every
/// offset; and in Windows-1252. Escapes that JSON leaves open are found by reading its texts.
pub(super) fn of(secret: &str) -> BTreeSet<Vec<u8>> {
    let mut texts = BTreeSet::from([secret.to_owned()]);
    for escapes in [Escapes::Fewest, Escapes::Markup, Escapes::Ascii, Escapes::Slashes] {
        let once = in_json(secret, escapes);
        texts.insert(in_json(&once, Escapes::Fewest));
        texts.insert(once);
    }
    let plain: Vec<String> = texts.iter().cloned().collect();
    texts.extend(plain.iter().flat_map(|text| in_xml(text)));
    texts.insert(secret.replace('"', "\"\""));
    for kept in [&b"-._~"[..], b"-._~!'()*", b"-._~/:@!$&'()*+,;="] {
        for digits in [b"0123456789ABCDEF", b"0123456789abcdef"] {
            let coded = in_url(secret, kept, digits);
            texts.insert(coded.replace("%20", "+"));
            texts.insert(coded);
        }
    }
    let coded: Vec<String> = texts.iter().cloned().collect();
    let mut all: BTreeSet<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    if secret.len() >= SHORTEST_ENCODED {
        all.extend(in_base64(secret.as_bytes()));
    }
    for text in coded.iter().filter(|text| !text.is_ascii()) {
        let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(text);
        if !failed {
            all.insert(bytes.into_owned());
        }
    }
    all
}

/// Which characters a writer of JSON escapes besides those that it must.
#[derive(Clone, Copy, PartialEq)]
enum Escapes {
    Fewest,
    /// Those of markup, as Go does.
    Markup,
    /// All but ASCII, as Python does.
    Ascii,
    /// Slashes, as PHP does.
    Slashes,
}

fn in_json(text: &str, escapes: Escapes) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_extra = match escapes {
            Escapes::Fewest | Escapes::Slashes => false,
            Escapes::Markup => matches!(letter, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
            Escapes::Ascii => !letter.is_ascii(),
        };
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '/' if escapes == Escapes::Slashes => out.push_str("\\/"),
            letter if is_extra || letter.is_control() => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            letter => out.push(letter),
        }
    }
    out
}

fn in_xml(text: &str) -> [String; 3] {
    let least = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = least.replace('"', "&quot;");
    let numbers = least.replace('"', "&#34;").replace('\'', "&#39;");
    [quoted.replace('\'', "&apos;"), quoted, numbers]
}

fn in_url(text: &str, kept: &[u8], digits: &[u8; 16]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| char::from(digits[usize::from(digit)])));
        }
    }
    out
}

/// The letters that Base64 has for these bytes wherever they stand in what was encoded: those that only they tell.
fn in_base64(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for before in 0..3_usize {
        let mut padded = vec![0; before];
        padded.extend_from_slice(bytes);
        // Letters of six bits: the first whole one behind the padding, and the last that ends within the bytes.
        let (first, last) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
        for coded in [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            found.extend(coded.as_bytes().get(first..last).map(<[u8]>::to_vec));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;

    fn has(secret: &str, spelling: &str) -> bool {
        of(secret).contains(spelling.as_bytes())
    }

    #[test]
    fn usual_spellings_are_known() {
        let secret = "a/b \"é\"<c>\\";
        for spelling in [
            secret,
            r#"a/b \"é\"<c>\\"#,
            r#"a/b \"é\"\u003cc\u003e\\"#,
            r#"a/b \"\u00e9\"<c>\\"#,
            r#"a\/b \"é\"<c>\\"#,
            r#"a/b \\\"é\\\"<c>\\\\"#,
            "a/b &quot;é&quot;&lt;c&gt;\\",
            "a/b \"\"é\"\"<c>\\",
            "a%2Fb%20%22%C3%A9%22%3Cc%3E%5C",
            "a%2fb%20%22%c3%a9%22%3cc%3e%5c",
            "a%2Fb+%22%C3%A9%22%3Cc%3E%5C",
            "a/b%20%22%C3%A9%22%3Cc%3E%5C",
        ] {
            assert!(has(secret, spelling), "{spelling}");
        }
        assert!(of("pässword").contains(&b"p\xe4ssword"[..]));
        assert_eq!(of("hunter").len(), 1 + 3, "letters alone are written in one way, and in Base64");
    }

    #[test]
    fn base64_is_known_at_every_offset() {
        for secret in ["hunter2", "s3cr3t-w0rd!?", "\u{ff}\u{fe}??>>abc"] {
            for before in ["", "a", "ab", "abc", "user:"] {
                for after in ["", "x", "xy", "xyz"] {
                    let coded = STANDARD.encode(format!("{before}{secret}{after}"));
                    let known = of(secret).iter().any(|spelling| {
                        spelling.len() >= 8
                            && coded.as_bytes().windows(spelling.len()).any(|part| part == spelling)
                    });
                    assert!(known, "{before}{secret}{after} as {coded}");
                }
            }
        }
    }
}
