//! Writing of Markdown, with the fewest escapes that reading needs.

use super::{Align, Block, Cell, Head, Inline, Ordered, Style};

/// A line.
pub(crate) fn inline_to_markdown(pieces: &[Inline]) -> String {
    let mut out = String::new();
    write(pieces, Around::Line, &mut out);
    out
}

/// Blocks, parted by blank lines.
pub(crate) fn blocks_to_markdown(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    block_lines(blocks, &mut lines);
    lines.join("\n")
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Line,
    /// Between the brackets of a link or image.
    Label,
}

fn write(pieces: &[Inline], around: Around, out: &mut String) {
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Inline::Text(text) => {
                escape(text, around, out);
                // A link behind it would become an image.
                if out.ends_with('!') && matches!(pieces.get(at + 1), Some(Inline::Link { .. })) {
                    out.insert(out.len() - 1, '\\');
                }
            }
            Inline::Break => out.push_str("<br/>"),
            Inline::Code(text) => code(text, out),
            Inline::Styled(style, content) => {
                let mark = match style {
                    // Beside the asterisks of a strong text, so that they do not run together.
                    Style::Emphasis if ends_with_mark(out) && !begins_with_letter(pieces.get(at + 1)) => "_",
                    Style::Emphasis => "*",
                    Style::Strong => "**",
                    Style::Subscript => "~",
                    Style::Superscript => "^",
                    Style::Quote => "\"",
                };
                out.push_str(mark);
                write(content, around, out);
                out.push_str(mark);
            }
            Inline::Link { href, title, content } => {
                out.push('[');
                write(content, Around::Label, out);
                target(href, title, out);
            }
            Inline::Image { src, alt, title } => {
                out.push_str("![");
                escape(alt, Around::Label, out);
                target(src, title, out);
            }
            Inline::Insert { kind, id } => out.push_str(&format!("{{{{ insert: {kind}, {id} }}}}")),
        }
    }
}

/// Whether the last character is an asterisk that means something.
fn ends_with_mark(text: &str) -> bool {
    let Some(before) = text.strip_suffix('*') else { return false };
    let escapes = before.len() - before.trim_end_matches('\\').len();
    escapes.is_multiple_of(2)
}

fn begins_with_letter(piece: Option<&Inline>) -> bool {
    matches!(piece, Some(Inline::Text(text)) if text.starts_with(char::is_alphanumeric))
}

fn target(href: &str, title: &str, out: &mut String) {
    out.push_str("](");
    for c in href.chars() {
        if matches!(c, '(' | ')' | '\\' | '"' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    if !title.is_empty() {
        out.push_str(" \"");
        out.push_str(&title.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
        out.push('"');
    }
    out.push(')');
}

/// Code in a run of backticks that does not occur in it.
fn code(text: &str, out: &mut String) {
    let mut length = 1;
    while longest_run(text, length) {
        length += 1;
    }
    let fence = "`".repeat(length);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
}

/// Whether a run of exactly so many backticks occurs.
fn longest_run(text: &str, length: usize) -> bool {
    text.split(|c| c != '`').any(|run| run.len() == length)
}

fn escape(text: &str, around: Around, out: &mut String) {
    let mut before = out.chars().next_back();
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let needed = match c {
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '`' => true,
            // Between spaces no style begins or ends.
            '*' | '~' | '^' | '"' => {
                !(before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace))
            }
            '[' | ']' if around == Around::Label => true,
            ']' => after == Some('('),
            // Inside a word it is never read as emphasis.
            '_' => !(word(before) && word(after)),
            '{' => after == Some('{') || after.is_none(),
            '<' => text[at..].starts_with("<br"),
            '&' => ["&lt;", "&gt;", "&amp;", "&quot;", "&apos;"]
                .iter()
                .any(|known| text[at..].starts_with(known)),
            _ => false,
        };
        if needed {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

fn block_lines(blocks: &[Block], lines: &mut Vec<String>) {
    for (count, block) in blocks.iter().enumerate() {
        // A list directly under an item's first line needs no blank line.
        let tight = matches!(
            (count.checked_sub(1).map(|at| &blocks[at]), block),
            (Some(Block::Plain(_)), Block::List { .. })
        );
        if count > 0 && !tight {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(text) | Block::Plain(text) => lines.push(guarded(&inline_to_markdown(text))),
            Block::Heading(level, text) => {
                lines.push(format!("{} {}", "#".repeat(usize::from(*level)), inline_to_markdown(text)));
            }
            Block::Pre(text) => {
                let mut length = 3;
                while text.contains(&"`".repeat(length)) {
                    length += 1;
                }
                let fence = "`".repeat(length);
                lines.push(fence.clone());
                lines.extend(text.split('\n').map(str::to_owned));
                lines.push(fence);
            }
            Block::Quote(inner) => {
                let mut quoted = Vec::new();
                block_lines(inner, &mut quoted);
                lines.extend(quoted.iter().map(|line| format!("> {line}").trim_end().to_owned()));
            }
            Block::List { ordered, items } => list_lines(*ordered, items, lines),
            Block::Table(rows) => table_lines(rows, lines),
        }
    }
}

fn list_lines(ordered: Ordered, items: &[Vec<Block>], lines: &mut Vec<String>) {
    let mark = if ordered == Ordered::Yes { "1. " } else { "* " };
    let loose = items.iter().any(|item| matches!(item.first(), Some(Block::Paragraph(_))));
    for (count, item) in items.iter().enumerate() {
        if loose && count > 0 {
            lines.push(String::new());
        }
        let mut inner = Vec::new();
        block_lines(item, &mut inner);
        for (at, line) in inner.iter().enumerate() {
            let lead = if at == 0 { mark.to_owned() } else { " ".repeat(mark.len()) };
            lines.push(format!("{lead}{line}").trim_end().to_owned());
        }
    }
}

fn table_lines(rows: &[Vec<Cell>], lines: &mut Vec<String>) {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let headed = rows.first().is_some_and(|row| row.iter().any(|cell| cell.head == Head::Yes));
    let row_line = |row: &[Cell]| {
        let cells = row.iter().map(|cell| inline_to_markdown(&cell.content).replace('|', "\\|"));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    match rows.first() {
        Some(first) if headed => lines.push(row_line(first)),
        _ => lines.push(format!("|{}", "  |".repeat(width))),
    }
    let align = |at: usize| rows.iter().find_map(|row| row.get(at)).map_or(Align::None, |cell| cell.align);
    let rules = (0..width).map(|at| match align(at) {
        Align::None => "---",
        Align::Left => ":---",
        Align::Center => ":---:",
        Align::Right => "---:",
    });
    lines.push(format!("| {} |", rules.collect::<Vec<_>>().join(" | ")));
    for row in rows.iter().skip(usize::from(headed)) {
        lines.push(row_line(row));
    }
}

/// A first line that would be read as another block is kept from it by a backslash.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    let risky = line.starts_with(['#', '>', '|']) || ["- ", "+ "].iter().any(|mark| line.starts_with(mark));
    if risky { format!("\\{line}") } else { line.to_owned() }
}
