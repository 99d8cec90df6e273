//! A document as it is printed: what stands on its first page, its blocks, its sources. Each format writes the same.

use super::block::{Block, Level};
use super::sources::Origin;

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A title page with contents, numbered chapters.
    Book,
    /// A title above the text.
    Brief,
    /// A title above text and drawings that fit on one page.
    OnePage,
}

/// Everything a format writes.
pub(super) struct Printed {
    /// Title.
    pub(super) title: String,
    /// Whose it is.
    pub(super) organisation: String,
    /// The line under the title.
    pub(super) subtitle: String,
    /// Classification or TLP marking, on top and bottom of every page.
    pub(super) marking: Option<String>,
    /// Who made it; empty: not told.
    pub(super) made_by: String,
    /// What the title page tells.
    pub(super) particulars: Vec<(String, String)>,
    /// How it is laid out.
    pub(super) layout: Layout,
    /// What it says.
    pub(super) blocks: Vec<Block>,
    /// What that rests on.
    pub(super) sources: Vec<Origin>,
}

/// A heading as it is printed and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// How deep it stands.
    pub(super) level: Level,
    /// Its text, with its number.
    pub(super) text: String,
    /// Its anchor, unique in the document.
    pub(super) anchor: String,
}

/// The chapter of sources.
pub(super) const SOURCES: &str = "Sources";

/// The columns of the list of sources.
pub(super) const SOURCE_COLUMNS: [&str; 5] = ["No.", "Source", "By", "Of (UTC)", "Told by"];

/// What is said above the list of sources.
pub(super) const ABOUT_SOURCES: &str = "Numbers in brackets refer to this list. A file is told from any other by its hash, a record by its id and version; each is kept by Warrant and vouched for by its ledger.";

impl Printed {
    /// The headings of the blocks, in order; in a book chapters and parts are numbered. The sources come last.
    pub(super) fn headings(&self) -> Vec<Heading> {
        let mut found: Vec<Heading> = Vec::new();
        let (mut chapter, mut part) = (0, 0);
        let mut add = |level: Level, title: &str| {
            let number = match level {
                Level::Chapter => {
                    (chapter, part) = (chapter + 1, 0);
                    format!("{chapter} ")
                }
                Level::Part => {
                    part += 1;
                    format!("{chapter}.{part} ")
                }
                Level::Thing => String::new(),
            };
            let number = if self.layout == Layout::Book { number } else { String::new() };
            let anchor = format!("h{}", found.len() + 1);
            found.push(Heading { level, text: format!("{number}{title}"), anchor });
        };
        each_heading(&self.blocks, &mut add);
        if !self.sources.is_empty() {
            add(Level::Chapter, SOURCES);
        }
        found
    }
}

/// Every heading, those of blocks side by side among them.
fn each_heading(blocks: &[Block], add: &mut dyn FnMut(Level, &str)) {
    for block in blocks {
        match block {
            Block::Heading(level, title) => add(*level, title),
            Block::Beside(columns) => columns.iter().for_each(|column| each_heading(column, add)),
            _ => {}
        }
    }
}
