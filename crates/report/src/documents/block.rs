//! Blocks of a document that is written in several formats: what it says, without how that looks.

use super::words::Words;
use maud::Markup;

/// A piece of a document.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// The answer, in a sentence or two.
    Lead(Words),
    /// A heading.
    Heading(Level, String),
    /// A paragraph.
    Text(Words),
    /// A paragraph that explains figures beside it.
    Quiet(Words),
    /// Points.
    List(Vec<Words>),
    /// Names, each with what it is.
    Facts(Vec<(String, Words)>),
    /// A table.
    Table(Table),
    /// A drawing; formats without one leave it out, since a table says the same.
    Drawing(Markup),
    /// A drawing, or in formats without drawings the table of what it shows.
    Pictured(Markup, Table),
    /// Blocks side by side where there is room.
    Beside(Vec<Vec<Block>>),
}

/// How deep a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// A chapter; listed in the contents.
    Chapter,
    /// A part of it; listed in the contents.
    Part,
    /// A single thing.
    Thing,
}

/// A table; the first column says what the row is about, figures lie to the right.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Headings.
    pub(super) headings: Vec<String>,
    /// Rows.
    pub(super) rows: Vec<Vec<Words>>,
}

impl Table {
    /// Without rows yet.
    pub(super) fn new(headings: &[&str]) -> Self {
        Self { headings: headings.iter().map(|one| (*one).to_owned()).collect(), rows: Vec::new() }
    }

    /// Columns that hold figures, by their cells: some are figures, and none merely begins like one.
    pub(super) fn figures(&self) -> Vec<bool> {
        let of = |nth: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(nth));
            let begins: Vec<String> = cells.map(Words::told).filter(|text| begins_as_figure(text)).collect();
            nth > 0 && !begins.is_empty() && begins.iter().all(|text| is_figure(text))
        };
        (0..self.headings.len()).map(of).collect()
    }
}

fn begins_as_figure(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '\u{2212}' || first == '+')
}

/// Digits with their marks: `540,000 (539,400 – 540,600)`, `12 %`. A day is no figure.
fn is_figure(text: &str) -> bool {
    let bytes = text.as_bytes();
    let day = bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let mark = |letter: char| letter.is_ascii_digit() || " ,.()%+-–\u{2212}".contains(letter);
    !day && text.chars().all(mark)
}

/// The blocks of a document while it is written.
#[derive(Default)]
pub(super) struct Blocks(pub(super) Vec<Block>);

impl Blocks {
    pub(super) fn lead(&mut self, words: impl Into<Words>) {
        self.0.push(Block::Lead(words.into()));
    }

    pub(super) fn chapter(&mut self, title: &str) {
        self.0.push(Block::Heading(Level::Chapter, title.to_owned()));
    }

    pub(super) fn part(&mut self, title: impl Into<String>) {
        self.0.push(Block::Heading(Level::Part, title.into()));
    }

    pub(super) fn thing(&mut self, title: impl Into<String>) {
        self.0.push(Block::Heading(Level::Thing, title.into()));
    }

    pub(super) fn text(&mut self, words: impl Into<Words>) {
        self.0.push(Block::Text(words.into()));
    }

    pub(super) fn quiet(&mut self, words: impl Into<Words>) {
        self.0.push(Block::Quiet(words.into()));
    }

    pub(super) fn list(&mut self, points: Vec<Words>) {
        if !points.is_empty() {
            self.0.push(Block::List(points));
        }
    }

    pub(super) fn facts(&mut self, facts: Vec<(&str, Words)>) {
        self.0.push(Block::Facts(facts.into_iter().map(|(name, words)| (name.to_owned(), words)).collect()));
    }

    /// A table; nothing when it has no rows.
    pub(super) fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.0.push(Block::Table(table));
        }
    }

    pub(super) fn drawing(&mut self, drawing: Markup) {
        self.0.push(Block::Drawing(drawing));
    }

    /// A drawing and what it shows; nothing when there is nothing to show.
    pub(super) fn pictured(&mut self, drawing: Markup, table: Table) {
        if !table.rows.is_empty() {
            self.0.push(Block::Pictured(drawing, table));
        }
    }

    /// What was left out by a bound, said.
    pub(super) fn rest(&mut self, left: usize, what: &str, elsewhere: &str) {
        if left > 0 {
            let number = super::figures::thousands(left as u64);
            self.quiet(format!("{number} further {what} are not listed here; {elsewhere}."));
        }
    }
}
