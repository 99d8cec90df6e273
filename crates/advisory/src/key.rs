//! Sort keys: versions as bytes whose order is the order of the versions.
//!
//! A scheme writes its versions once into bytes; from then on comparing two versions is comparing two slices,
//! and a table of versions is a table of bytes.

/// Appends a decimal number of any length so that keys order as the numbers do: a length, then the digits without
/// leading zeros. Characters other than digits must not be in `digits`.
pub fn number(out: &mut Vec<u8>, digits: &str) {
    let digits = digits.trim_start_matches('0').as_bytes();
    match u8::try_from(digits.len()) {
        Ok(length) if length < u8::MAX => out.push(length),
        _ => {
            out.push(u8::MAX);
            out.extend_from_slice(&(digits.len() as u32).to_be_bytes());
        }
    }
    out.extend_from_slice(digits);
}

/// Appends text so that keys order as the bytes do and a beginning sorts before what is longer. Zero bytes are
/// dropped: no version holds one that means anything.
pub fn text(out: &mut Vec<u8>, text: &str) {
    out.extend(text.bytes().filter(|byte| *byte != 0));
    out.push(0);
}

/// Whether a text is one or more ASCII digits.
pub fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The ASCII digits a text begins with, and the rest.
pub fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// The ASCII letters a text begins with, and the rest.
pub fn leading_letters(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_keep_their_order() {
        let huge = "9".repeat(300);
        let larger = format!("1{}", "0".repeat(300));
        let digits = ["0", "1", "9", "10", "99", "100", "18446744073709551616", &huge, &larger];
        let keys = digits.map(|digits| {
            let mut key = Vec::new();
            number(&mut key, digits);
            key
        });
        assert!(keys.is_sorted_by(|a, b| a < b));
        let mut padded = Vec::new();
        number(&mut padded, "0010");
        assert_eq!(padded, keys[3]);
    }

    #[test]
    fn a_beginning_sorts_first() {
        let key = |word: &str| {
            let mut key = Vec::new();
            text(&mut key, word);
            key
        };
        assert!(key("a") < key("aa") && key("aa") < key("b") && key("a\0") == key("a"));
    }
}
