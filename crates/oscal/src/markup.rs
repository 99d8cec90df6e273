//! Text with markup: between the elements of XML and the Markdown of JSON and YAML.
//!
//! Source: the Metaschema specification, markup-line and markup-multiline. Where the two differ in what they can
//! say: `i` and `b` become `em` and `strong`; white space counts in `pre` only; adjacent equal emphasis becomes one.

mod blocks;
mod inline;
mod markdown;
mod xml;

pub(crate) use blocks::blocks_of_markdown;
pub(crate) use inline::inline_of_markdown;
pub(crate) use markdown::{blocks_to_markdown, inline_to_markdown};
pub(crate) use xml::{block_to_xml, blocks_of_xml, inline_of_xml, inline_to_xml, is_block};

/// How deep lists, quotes and inline elements may nest; what is deeper stays text.
pub(crate) const DEPTH: usize = 32;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String),
    /// A line break that was asked for.
    Break,
    Code(String),
    /// Text in a style.
    Styled(Style, Vec<Inline>),
    Link {
        href: String,
        title: String,
        content: Vec<Inline>,
    },
    Image {
        src: String,
        alt: String,
        title: String,
    },
    /// A place where something is put in: type and id, such as a parameter.
    Insert {
        kind: String,
        id: String,
    },
}

/// What a styled piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Emphasis,
    Strong,
    Subscript,
    Superscript,
    Quote,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// A line without a paragraph around it, in a list item.
    Plain(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    Pre(String),
    Quote(Vec<Block>),
    List {
        ordered: Ordered,
        items: Vec<Vec<Block>>,
    },
    Table(Vec<Vec<Cell>>),
}

/// Whether a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ordered {
    Yes,
    No,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) head: Head,
    pub(crate) align: Align,
    pub(crate) content: Vec<Inline>,
}

/// Whether a cell is a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Yes,
    No,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    None,
    Left,
    Center,
    Right,
}

/// Puts pieces into their plainest form: texts joined, white space collapsed, none at the ends, spaces moved out of
/// styles, equal neighbours joined, empty styles gone.
pub(crate) fn tidy(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut out = collapse(pieces);
    if let Some(Inline::Text(first)) = out.first_mut() {
        *first = first.trim_start_matches(is_space).to_owned();
    }
    if let Some(Inline::Text(last)) = out.last_mut() {
        *last = last.trim_end_matches(is_space).to_owned();
    }
    out.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
    out
}

/// White space of XML; other kinds, such as no-break spaces, are letters to us.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t')
}

fn collapse(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for piece in pieces {
        match piece {
            Inline::Text(text) => push_text(&mut out, &text),
            Inline::Styled(style, content) => {
                let mut content = collapse(content);
                let leading = trim_edge(&mut content, Edge::Start);
                let trailing = trim_edge(&mut content, Edge::End);
                if leading {
                    push_text(&mut out, " ");
                }
                if !content.is_empty() {
                    join(&mut out, Inline::Styled(style, content));
                }
                if trailing {
                    push_text(&mut out, " ");
                }
            }
            Inline::Link { href, title, content } => {
                out.push(Inline::Link { href, title, content: tidy(content) });
            }
            Inline::Code(text) => {
                let text = text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    out.push(Inline::Code(text));
                }
            }
            Inline::Break => {
                trim_edge(&mut out, Edge::End);
                out.push(Inline::Break);
            }
            other => out.push(other),
        }
    }
    out
}

/// Adds a piece that is plain already; equal styles side by side become one.
fn join(out: &mut Vec<Inline>, piece: Inline) {
    match (out.last_mut(), piece) {
        (_, Inline::Text(text)) => push_text(out, &text),
        (Some(Inline::Styled(last, before)), Inline::Styled(style, content)) if *last == style => {
            content.into_iter().for_each(|piece| join(before, piece));
        }
        (_, piece) => out.push(piece),
    }
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    let after_break = matches!(out.last(), Some(Inline::Break));
    if !matches!(out.last(), Some(Inline::Text(_))) {
        out.push(Inline::Text(String::new()));
    }
    let Some(Inline::Text(last)) = out.last_mut() else { return };
    for c in text.chars() {
        if !is_space(c) {
            last.push(c);
        } else if !(last.ends_with(' ') || after_break && last.is_empty()) {
            last.push(' ');
        }
    }
    if last.is_empty() {
        out.pop();
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// Takes white space off one end and says whether there was any.
fn trim_edge(content: &mut Vec<Inline>, edge: Edge) -> bool {
    let piece = match edge {
        Edge::Start => content.first_mut(),
        Edge::End => content.last_mut(),
    };
    let Some(Inline::Text(text)) = piece else { return false };
    let before = text.len();
    *text = match edge {
        Edge::Start => text.trim_start_matches(is_space).to_owned(),
        Edge::End => text.trim_end_matches(is_space).to_owned(),
    };
    let trimmed = text.len() < before;
    if text.is_empty() {
        match edge {
            Edge::Start => drop(content.remove(0)),
            Edge::End => drop(content.pop()),
        }
    }
    trimmed
}

#[cfg(test)]
mod tests;
