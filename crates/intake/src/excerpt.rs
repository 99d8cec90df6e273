//! What is kept of a tool's own words: titles on one line, details of bounded length, silence as `None`.

use crate::text;
use warrant_model::fact::DETAIL_LIMIT;

/// The longest title kept, in characters: STIG and CIS rules state their whole requirement in it.
pub const TITLE_LIMIT: usize = 240;

/// One line of at most [`TITLE_LIMIT`] characters.
pub fn title(words: &str) -> String {
    text::line(words, TITLE_LIMIT)
}

/// The text without surrounding white space and of at most [`DETAIL_LIMIT`] bytes, `None` when it says
/// nothing (see [`said`]).
pub fn detail(words: &str) -> Option<String> {
    let words = said(words)?;
    let cut = words.floor_char_boundary(DETAIL_LIMIT);
    Some(words[..cut].to_owned())
}

/// The text without surrounding white space, `None` when that is empty or one of the words tools write for
/// nothing (`n/a`, `NOASSERTION`).
pub fn said(words: &str) -> Option<&str> {
    let words = words.trim();
    let nothing = ["", "n/a", "N/A", "none", "None", "NONE", "NOASSERTION", "-"];
    (!nothing.contains(&words)).then_some(words)
}

/// The most values that [`note`] gathers: a fact with more aliases or controls is not from a real tool.
pub const LIST_LIMIT: usize = 2000;

/// Adds a value to a list unless it is empty, there already, or the list has [`LIST_LIMIT`] values.
pub fn note(list: &mut Vec<String>, value: &str) {
    let value = value.trim();
    if !value.is_empty() && list.len() < LIST_LIMIT && !list.iter().any(|known| known == value) {
        list.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(title("  SSH \n\t weak\u{a0}keys "), "SSH weak keys");
        assert!(title(&"ü".repeat(1000)).chars().count() <= TITLE_LIMIT);
    }

    #[test]
    fn a_detail_is_bounded_and_silence_is_none() {
        assert_eq!(detail(" n/a \n"), None);
        assert_eq!(detail(" a\n b "), Some("a\n b".to_owned()));
        assert!(detail(&"ü".repeat(DETAIL_LIMIT)).unwrap().len() <= DETAIL_LIMIT);
    }

    #[test]
    fn a_value_is_noted_once() {
        let mut list = Vec::new();
        for value in ["a", " a ", "", "b"] {
            note(&mut list, value);
        }
        assert_eq!(list, ["a", "b"]);
        (0..10_000).for_each(|n| note(&mut list, &n.to_string()));
        assert_eq!(list.len(), LIST_LIMIT);
    }
}
