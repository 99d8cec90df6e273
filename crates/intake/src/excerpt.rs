//! What is kept of a tool's own words: titles on one line, details of bounded length, silence as `None`.

use warrant_model::fact::DETAIL_LIMIT;

/// The longest title kept, in bytes.
pub const TITLE_LIMIT: usize = 240;

/// One line of at most [`TITLE_LIMIT`] bytes: runs of white space become one space.
pub fn title(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(TITLE_LIMIT));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > TITLE_LIMIT {
            break;
        }
    }
    shortened(&line, TITLE_LIMIT)
}

/// The text without surrounding white space and of at most [`DETAIL_LIMIT`] bytes, `None` when that is empty
/// or one of the words tools write for nothing (`n/a`, `NOASSERTION`).
pub fn detail(text: &str) -> Option<String> {
    said(text).map(|text| shortened(text, DETAIL_LIMIT))
}

/// The text without surrounding white space, `None` when it says nothing.
pub fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    let nothing = ["", "n/a", "N/A", "none", "None", "NONE", "NOASSERTION", "-"];
    (!nothing.contains(&text)).then_some(text)
}

/// Adds a value to a list unless it is empty or there already.
pub fn note(list: &mut Vec<String>, value: &str) {
    let value = value.trim();
    if !value.is_empty() && !list.iter().any(|known| known == value) {
        list.push(value.to_owned());
    }
}

/// The text cut at a character boundary so that it has at most `limit` bytes, with an ellipsis when cut.
fn shortened(text: &str, limit: usize) -> String {
    const ELLIPSIS: &str = "…";
    if text.len() <= limit {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(limit.saturating_sub(ELLIPSIS.len()));
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(title("  SSH \n\t weak\u{a0}keys "), "SSH weak keys");
        let long = title(&"ü".repeat(1000));
        assert!(long.len() <= TITLE_LIMIT && long.ends_with('…'));
    }

    #[test]
    fn a_detail_is_bounded_and_silence_is_none() {
        assert_eq!(detail(" n/a \n"), None);
        assert_eq!(detail(" a\n b "), Some("a\n b".to_owned()));
        assert!(detail(&"ü".repeat(DETAIL_LIMIT)).unwrap().len() <= DETAIL_LIMIT);
    }
}
