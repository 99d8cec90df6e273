//! Writing cells and rows as XML: text that can not be anything but text, days as the template shows them.

use super::dates::Dates;
use super::ranges::cell_name;
use super::sheet::RowParts;
use crate::table::{CELL_LIMIT, Cell};
use jiff::civil::Date;
use std::fmt::Write;

/// Ends a text that had to be cut.
const CUT: &str = " … (cut)";

/// What a value becomes in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// Nothing: the cell stays blank.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(String),
}

/// How values are written in one template.
pub(super) struct Pen<'a> {
    /// Namespace prefix with colon.
    pub(super) prefix: &'a str,
    /// Which styles show days.
    pub(super) dates: &'a Dates,
    /// How a day is written as text.
    pub(super) day_pattern: &'a str,
}

impl Pen<'_> {
    /// What a value becomes in a cell of a style.
    pub(super) fn written(&self, value: &Cell, style: Option<&str>) -> Written {
        match value {
            Cell::Empty => Written::Blank,
            Cell::Text(text) if text.is_empty() => Written::Blank,
            Cell::Text(text) => Written::Text(text.clone()),
            Cell::Number(number) if !number.is_finite() => Written::Blank,
            Cell::Number(number) => Written::Number(number.to_string()),
            // A spreadsheet keeps 15 digits; what has more stays exact as text.
            Cell::Integer(number) if number.unsigned_abs() >= 1_000_000_000_000_000 => {
                Written::Text(number.to_string())
            }
            Cell::Integer(number) => Written::Number(number.to_string()),
            Cell::Date(day) => self.day(*day, style),
            Cell::Time(at) => self.day(warrant_model::time::day(*at), style),
            Cell::Bool(yes) => Written::Text(if *yes { "Yes" } else { "No" }.to_owned()),
        }
    }

    fn day(&self, day: Date, style: Option<&str>) -> Written {
        match self.dates.number(day).filter(|_| self.dates.shown_by(style)) {
            Some(number) => Written::Number(number.to_string()),
            None => Written::Text(day.strftime(self.day_pattern).to_string()),
        }
    }

    /// A cell element.
    pub(super) fn cell(&self, column: u32, row: u32, style: Option<&str>, value: &Written) -> String {
        let (p, name) = (self.prefix, cell_name(column, row));
        let style = style.map(|style| format!(" s=\"{}\"", escaped(style))).unwrap_or_default();
        match value {
            Written::Blank if style.is_empty() => String::new(),
            Written::Blank => format!("<{p}c r=\"{name}\"{style}/>"),
            Written::Number(number) => format!("<{p}c r=\"{name}\"{style}><{p}v>{number}</{p}v></{p}c>"),
            Written::Text(text) => format!(
                "<{p}c r=\"{name}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{}</{p}t></{p}is></{p}c>",
                escaped(&clean(text))
            ),
        }
    }

    /// A row of the template with some of its cells replaced (`cells`: column and new element, by column).
    pub(super) fn row(&self, text: &str, number: u32, parts: &RowParts, cells: &[(u32, String)]) -> String {
        let mut row = format!("{}>", parts.opening);
        let mut new = cells.iter().peekable();
        for old in &parts.cells {
            while let Some((_, cell)) = new.next_if(|(column, _)| *column < old.column) {
                row.push_str(cell);
            }
            if let Some((_, cell)) = new.next_if(|(column, _)| *column == old.column) {
                row.push_str(cell);
                continue;
            }
            let element = &text[old.span.clone()];
            if old.named {
                row.push_str(element);
            } else {
                // Its place followed from its neighbours, which may be others now.
                let tag = format!("<{}c", self.prefix);
                let rest = element.strip_prefix(tag.as_str()).unwrap_or(element);
                let _ = write!(row, "{tag} r=\"{}\"{rest}", cell_name(old.column, number));
            }
        }
        new.for_each(|(_, cell)| row.push_str(cell));
        parts.rest.iter().for_each(|span| row.push_str(&text[span.clone()]));
        let _ = write!(row, "</{}row>", self.prefix);
        row
    }
}

/// The start of a new row that looks like `model`: its height and style, under its own number.
pub(super) fn opening_like(model: Option<&str>, prefix: &str, number: u32) -> String {
    let mut opening = format!("<{prefix}row r=\"{number}\"");
    for name in ["s", "customFormat", "ht", "customHeight"] {
        let value = model.and_then(|model| {
            let from = model.find(&format!(" {name}=\""))? + name.len() + 3;
            model[from..].split('"').next()
        });
        if let Some(value) = value {
            let _ = write!(opening, " {name}=\"{value}\"");
        }
    }
    opening
}

/// Text cut to what a cell holds.
pub(super) fn fitted(text: &str) -> Option<String> {
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return None;
    }
    let mut units = CUT.encode_utf16().count();
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= CELL_LIMIT
    };
    Some(text.chars().take_while(fits).collect::<String>() + CUT)
}

/// Text as it comes back from a cell that it was written into: whole lines, cut at a cell's limit.
pub(crate) fn as_kept(text: &str) -> String {
    let cut = fitted(text);
    let text = cut.as_deref().unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let is_kept =
        |letter: &char| !matches!(letter, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let kept: String = text.chars().filter(is_kept).collect();
    let lines: Vec<_> = kept.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Text as a cell can hold it: line breaks as line feeds, characters that XML 1.0 can not say left out, and what
/// spreadsheets would take for an escape (`_x000D_`, ECMA-376 part 1 §22.9.2.19) kept from being one.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\r' => {
                rest.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\t' | '\n' => clean.push(letter),
            '_' if is_escape(rest.clone()) => clean.push_str("_x005F_"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Whether what follows an underline makes it the beginning of an escape.
fn is_escape(rest: impl Iterator<Item = char>) -> bool {
    let next: Vec<char> = rest.take(6).collect();
    next.len() == 6 && next[0] == 'x' && next[1..5].iter().all(char::is_ascii_hexdigit) && next[5] == '_'
}

/// Text as XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_what_it_is() {
        assert_eq!(clean("a\r\nb\rc\u{0}\u{b}d\u{ffff}"), "a\nb\ncd");
        assert_eq!(clean("_x000D_ _x00D_ _"), "_x005F_x000D_ _x00D_ _");
        assert_eq!(escaped("<&>\""), "&lt;&amp;&gt;&quot;");
        let long = "ä".repeat(CELL_LIMIT + 1);
        let cut = fitted(&long).unwrap();
        assert_eq!(cut.encode_utf16().count(), CELL_LIMIT);
        assert!(cut.ends_with(CUT) && fitted(&"ä".repeat(CELL_LIMIT)).is_none());
    }

    #[test]
    fn a_new_row_takes_height_and_style() {
        let model = "<row r=\"6\" spans=\"1:2\" s=\"4\" customFormat=\"1\" ht=\"30\" customHeight=\"1\"";
        assert_eq!(
            opening_like(Some(model), "", 9),
            "<row r=\"9\" s=\"4\" customFormat=\"1\" ht=\"30\" customHeight=\"1\""
        );
        assert_eq!(opening_like(None, "x:", 9), "<x:row r=\"9\"");
    }
}
