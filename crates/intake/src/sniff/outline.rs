//! The beginning of a file as a tree, for readers that are written as mappings. Made at most once for a file,
//! whoever asks.

use super::{Shape, Sniff};
use crate::mapping::definition::Format;
use crate::table::{Sheet, Table, read_head};
use crate::tree::{self, Notation, Tree, html, json, xml};
use crate::{Limits, archive, text};
use std::borrow::Cow;
use std::cell::OnceCell;

/// How many bytes from the start are looked at: what tells a format may stand behind its first large record.
const BEGINNING: usize = 1 << 20;

/// The outlines made so far.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    json: OnceCell<Tree<'static>>,
    xml: OnceCell<Tree<'static>>,
    html: OnceCell<Tree<'static>>,
    text: OnceCell<Tree<'static>>,
    head: OnceCell<String>,
    table: OnceCell<Option<Table>>,
    members: OnceCell<Vec<String>>,
}

impl Sniff<'_> {
    /// The beginning of the file as a tree in this format; `None` when it is plainly not of it.
    pub(crate) fn outline(&self, format: Format) -> Option<&Tree<'static>> {
        let limits = Limits::default();
        let cells = &self.outline;
        match (format, &self.shape) {
            (Format::Json, Shape::JsonObject(_) | Shape::JsonArray(_)) => {
                Some(cells.json.get_or_init(|| json::outline(&self.beginning(), limits)))
            }
            (Format::Xml, Shape::Xml { .. }) => {
                Some(cells.xml.get_or_init(|| xml::outline(&self.beginning(), limits)))
            }
            (Format::Html, Shape::Xml { root, .. }) if root.eq_ignore_ascii_case("html") => {
                Some(cells.html.get_or_init(|| html::outline(&self.beginning(), limits)))
            }
            // `results = { … }`: JSON that a browser loads as a script.
            (Format::Json, Shape::Text(line)) if line.trim_end().ends_with('=') => {
                Some(cells.json.get_or_init(|| json::outline(&self.beginning(), limits)))
            }
            (
                Format::XmlArchive
                | Format::JsonArchive
                | Format::TableArchive
                | Format::Workbook
                | Format::Table,
                Shape::Zip,
            )
            | (Format::Table | Format::Text, Shape::Text(_)) => {
                Some(cells.text.get_or_init(|| Tree::new("", Notation::Text, tree::Shape::Map)))
            }
            _ => None,
        }
    }

    /// The first rows of the file, if it is a table; any text is.
    pub(crate) fn table(&self) -> Option<&Table> {
        let read = || {
            let bytes = match self.shape {
                Shape::Zip => self.bytes,
                _ => &self.bytes[..self.bytes.len().min(BEGINNING)],
            };
            read_head(bytes, Sheet::First, &Limits::default()).ok()
        };
        self.outline.table.get_or_init(read).as_ref()
    }

    /// The same, row by row, the header first.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[String]> {
        let table = self.table();
        let header = table.map(|table| table.headers.as_slice());
        let below = table.into_iter().flat_map(|table| &table.rows);
        header.into_iter().chain(below.map(|row| row.cells.as_slice()))
    }

    /// The head as text.
    pub(crate) fn head_text(&self) -> &str {
        self.outline.head.get_or_init(|| text_of(&self.head).into_owned())
    }

    /// The names of the members of an archive.
    pub(crate) fn members(&self) -> &[String] {
        self.outline.members.get_or_init(|| match self.shape {
            Shape::Zip => archive::names(self.bytes),
            _ => Vec::new(),
        })
    }

    fn beginning(&self) -> Cow<'_, str> {
        match text::unmarked(&self.bytes[..self.bytes.len().min(BEGINNING)]) {
            Cow::Borrowed(bytes) => text_of(bytes),
            Cow::Owned(bytes) => Cow::Owned(text_of(&bytes).into_owned()),
        }
    }
}

/// Bytes as text: most are, and are taken as they are.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
