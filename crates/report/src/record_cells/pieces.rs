//! Several items in one cell: separated, quoted as in CSV where they must be.

use std::borrow::Cow;

/// An item as it is written: in quotation marks, doubled inside, when it could be read otherwise without.
pub(super) fn quoted<'a>(item: &'a str, separators: &[char]) -> Cow<'a, str> {
    let plain =
        !item.contains(separators) && !item.contains(['"', '\r', '\n']) && item.trim().len() == item.len();
    if plain { Cow::Borrowed(item) } else { Cow::Owned(format!("\"{}\"", item.replace('"', "\"\""))) }
}

/// Items as one cell, with the first separator between them. An empty item is `""`.
pub(super) fn join<'a>(items: impl Iterator<Item = Cow<'a, str>>, separators: &[char]) -> String {
    let mut out = String::new();
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            out.push(separators[0]);
        }
        out.push_str(if item.is_empty() { "\"\"" } else { "" });
        out.push_str(&quoted(&item, separators));
    }
    out
}

/// The items of a cell. Items without text are left out unless they are quoted.
pub(super) fn split_items<'a>(text: &'a str, separators: &[char]) -> Vec<Cow<'a, str>> {
    let mut items = Vec::new();
    let mut rest = Some(text);
    while let Some(at) = rest {
        let piece = Piece::first(at, separators);
        if piece.quoted || !piece.text.is_empty() {
            items.push(piece.text);
        }
        rest = piece.rest.map(|(_, rest)| rest);
    }
    items
}

/// The rows of a cell, separated by `;` or new lines, each with its parts, separated by `|`. Rows without any
/// text are left out.
pub(super) fn split_rows(text: &str) -> Vec<Vec<Cow<'_, str>>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = Some(text);
    while let Some(at) = rest {
        let piece = Piece::first(at, &['|', ';', '\n']);
        row.push(piece.text);
        let row_ends = piece.rest.is_none_or(|(separator, _)| separator != '|');
        if row_ends {
            let row = std::mem::take(&mut row);
            if row.iter().any(|part| !part.is_empty()) {
                rows.push(row);
            }
        }
        rest = piece.rest.map(|(_, rest)| rest);
    }
    rows
}

struct Piece<'a> {
    text: Cow<'a, str>,
    quoted: bool,
    /// The separator found and what follows it.
    rest: Option<(char, &'a str)>,
}

impl<'a> Piece<'a> {
    /// The first piece of a text. Quotation marks that do not enclose a whole piece are text.
    fn first(text: &'a str, separators: &[char]) -> Self {
        if let Some(piece) = Self::in_quotation_marks(text, separators) {
            return piece;
        }
        let (item, rest) = match text.find(separators) {
            Some(at) => (&text[..at], after_separator(&text[at..])),
            None => (text, None),
        };
        Self { text: Cow::Borrowed(item.trim()), quoted: false, rest }
    }

    fn in_quotation_marks(text: &'a str, separators: &[char]) -> Option<Self> {
        let inner = text
            .trim_start_matches(|c: char| c.is_whitespace() && !separators.contains(&c))
            .strip_prefix('"')?;
        let mut from = 0;
        loop {
            let at = from + inner[from..].find('"')?;
            if inner[at + 1..].starts_with('"') {
                from = at + 2;
                continue;
            }
            let after =
                inner[at + 1..].trim_start_matches(|c: char| c.is_whitespace() && !separators.contains(&c));
            if !after.is_empty() && !after.starts_with(separators) {
                return None;
            }
            let text = Cow::Owned(inner[..at].replace("\"\"", "\""));
            return Some(Self { text, quoted: true, rest: after_separator(after) });
        }
    }
}

fn after_separator(text: &str) -> Option<(char, &str)> {
    let separator = text.chars().next()?;
    Some((separator, &text[separator.len_utf8()..]))
}
