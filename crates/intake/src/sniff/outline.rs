//! The beginning of a file as a tree, for readers that are written as mappings. Made at most once for a file,
//! whoever asks.

use super::{Shape, Sniff};
use crate::mapping::definition::Format;
use crate::table::{Sheet, read_head};
use crate::tree::{self, Notation, Tree, html, json, xml};
use crate::{Limits, archive, text};
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
    rows: OnceCell<Vec<Vec<String>>>,
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
    pub(crate) fn rows(&self) -> &[Vec<String>] {
        self.outline.rows.get_or_init(|| {
            let bytes = match self.shape {
                Shape::Zip => self.bytes,
                _ => &self.bytes[..self.bytes.len().min(BEGINNING)],
            };
            let Ok(table) = read_head(bytes, Sheet::First, &Limits::default()) else { return Vec::new() };
            std::iter::once(table.headers).chain(table.rows.into_iter().map(|row| row.cells)).collect()
        })
    }

    /// The names of the members of an archive.
    pub(crate) fn members(&self) -> &[String] {
        self.outline.members.get_or_init(|| match self.shape {
            Shape::Zip => archive::names(self.bytes),
            _ => Vec::new(),
        })
    }

    fn beginning(&self) -> String {
        let bytes = text::unmarked(&self.bytes[..self.bytes.len().min(BEGINNING)]).into_owned();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
