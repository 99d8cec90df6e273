//! A document as a DOCX file (ECMA-376, WordprocessingML), of our own parts: nothing in it runs or is fetched.

mod package;

use super::block::{Block, Level, Table};
use super::printed::{ABOUT_SOURCES, Heading, Layout, Printed, SOURCE_COLUMNS};
use super::words::{Piece, Words};

pub(super) use package::packed;

/// The width of the text on a page, in twentieths of a point.
const WIDTH: usize = 9_638;
/// Room beside the text of a cell.
const PADDING: usize = 150;

/// The body of the document part: everything but its frame.
fn body(of: &Printed) -> String {
    let headings = of.headings();
    let mut out = Out::default();
    if of.layout == Layout::OnePage {
        out.set = TIGHT;
    }
    out.paragraph("Organisation", &of.organisation.as_str().into());
    out.paragraph("Title", &of.title.as_str().into());
    out.paragraph("Subtitle", &of.subtitle.as_str().into());
    for (name, what) in &of.particulars {
        out.paragraph("Particular", &Words::default().strong(format!("{name}: ")).and(what.as_str()));
    }
    if of.layout == Layout::Book {
        out.contents(&headings);
        out.xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }
    let mut next = headings.iter();
    of.blocks.iter().for_each(|block| out.block(block, &mut next));
    if !of.sources.is_empty() {
        out.sources(of, next.next());
    }
    out.xml
}

/// The text while it is written.
struct Out {
    xml: String,
    /// The number of the last bookmark.
    mark: usize,
    /// The room there is for a table.
    width: usize,
    set: Set,
}

/// How text is set: names of styles, and how wide a letter of a table is about.
#[derive(Clone, Copy)]
struct Set {
    lead: &'static str,
    text: &'static str,
    quiet: &'static str,
    chapter: &'static str,
    heading: &'static str,
    cell: &'static str,
    source: &'static str,
    letter: usize,
}

const AT_EASE: Set = Set {
    lead: "Lead",
    text: "Normal",
    quiet: "Quiet",
    chapter: "Heading1",
    heading: "TableHeading",
    cell: "TableText",
    source: "SourceText",
    letter: 104,
};

/// So small that a page holds all.
const TIGHT: Set = Set {
    lead: "SmallLead",
    text: "SmallText",
    quiet: "SourceText",
    chapter: "SmallTitle",
    heading: "SmallHeading",
    cell: "SourceText",
    source: "TinyText",
    letter: 115,
};

impl Default for Out {
    fn default() -> Self {
        Self { xml: String::new(), mark: 0, width: WIDTH, set: AT_EASE }
    }
}

impl Out {
    fn paragraph(&mut self, style: &str, words: &Words) {
        self.aligned(style, "", words);
    }

    /// A paragraph with further properties.
    fn aligned(&mut self, style: &str, properties: &str, words: &Words) {
        self.open(style, properties);
        self.runs(words);
        self.xml.push_str("</w:p>");
    }

    fn open(&mut self, style: &str, properties: &str) {
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>"));
    }

    fn runs(&mut self, words: &Words) {
        for piece in &words.0 {
            match piece {
                Piece::Plain(text) => self.run("", text),
                Piece::Strong(text) => self.run("<w:rPr><w:b/></w:rPr>", text),
                Piece::Cite(cite) => {
                    self.xml
                        .push_str(&format!("<w:hyperlink w:anchor=\"s{}\" w:history=\"1\">", cite.number));
                    self.run("<w:rPr><w:rStyle w:val=\"Reference\"/></w:rPr>", &cite.shown());
                    self.xml.push_str("</w:hyperlink>");
                }
            }
        }
    }

    fn run(&mut self, properties: &str, text: &str) {
        self.xml.push_str("<w:r>");
        self.xml.push_str(properties);
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                self.xml.push_str("<w:br/>");
            }
            self.xml.push_str("<w:t xml:space=\"preserve\">");
            escape(&mut self.xml, line);
            self.xml.push_str("</w:t>");
        }
        self.xml.push_str("</w:r>");
    }

    /// A place that references lead to, around what `inside` writes.
    fn bookmark(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.mark += 1;
        let mark = self.mark;
        self.xml.push_str(&format!("<w:bookmarkStart w:id=\"{mark}\" w:name=\"{name}\"/>"));
        inside(self);
        self.xml.push_str(&format!("<w:bookmarkEnd w:id=\"{mark}\"/>"));
    }

    fn heading(&mut self, heading: &Heading) {
        let style = match heading.level {
            Level::Chapter => self.set.chapter,
            Level::Part => "Heading2",
            Level::Thing => "Heading3",
        };
        self.open(style, "");
        self.bookmark(&heading.anchor, |out| out.run("", &heading.text));
        self.xml.push_str("</w:p>");
    }

    /// The contents as a field that word processors renew, filled with what it would say. Without page numbers, which only
    /// a word processor knows.
    fn contents(&mut self, headings: &[Heading]) {
        self.paragraph("Contents", &"Contents".into());
        let listed: Vec<_> = headings.iter().filter(|heading| heading.level < Level::Thing).collect();
        for (nth, heading) in listed.iter().enumerate() {
            self.open(if heading.level == Level::Chapter { "TOC1" } else { "TOC2" }, "");
            if nth == 0 {
                self.xml.push_str(
                    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\n \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            self.xml.push_str(&format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", heading.anchor));
            self.run("", &heading.text);
            self.xml.push_str("</w:hyperlink>");
            if nth + 1 == listed.len() {
                self.xml.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.xml.push_str("</w:p>");
        }
    }

    fn block(&mut self, block: &Block, headings: &mut dyn Iterator<Item = &Heading>) {
        match block {
            Block::Lead(words) => self.paragraph(self.set.lead, words),
            Block::Heading(..) => {
                if let Some(heading) = headings.next() {
                    self.heading(heading);
                }
            }
            Block::Text(words) => self.paragraph(self.set.text, words),
            Block::Quiet(words) => self.paragraph(self.set.quiet, words),
            Block::List(points) => points.iter().for_each(|point| self.paragraph("ListBullet", point)),
            Block::Facts(facts) => {
                let row = |(name, what): &(String, Words)| vec![name.as_str().into(), what.clone()];
                let table = Table { headings: Vec::new(), rows: facts.iter().map(row).collect() };
                self.table(&table, &[WIDTH / 4, WIDTH - WIDTH / 4]);
            }
            Block::Table(table) | Block::Pictured(_, table) => {
                let widths = widths(table, self.width, self.set.letter);
                self.table(table, &widths);
            }
            Block::Drawing(_) => {}
            Block::Beside(columns) => self.beside(columns, headings),
        }
    }

    /// Blocks side by side, two in a row of a table without lines.
    fn beside(&mut self, columns: &[Vec<Block>], headings: &mut dyn Iterator<Item = &Heading>) {
        let whole = self.width;
        self.width = whole / 2 - 2 * PADDING;
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"{0}\"/><w:gridCol w:w=\"{0}\"/></w:tblGrid>",
            whole / 2
        ));
        for pair in columns.chunks(2) {
            self.xml.push_str("<w:tr>");
            for column in pair {
                self.xml.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>",
                    whole / 2
                ));
                column.iter().for_each(|one| self.block(one, headings));
                // A cell ends with a paragraph.
                if !self.xml.ends_with("</w:p>") {
                    self.paragraph("Gap", &Words::default());
                }
                self.xml.push_str("</w:tc>");
            }
            if pair.len() == 1 {
                self.cell(whole / 2, "Gap", false, &Words::default());
            }
            self.xml.push_str("</w:tr>");
        }
        self.width = whole;
        self.end_table();
    }

    fn table(&mut self, table: &Table, widths: &[usize]) {
        self.begin_table(widths);
        let figures = table.figures();
        if !table.headings.is_empty() {
            // Word repeats a heading row on every page.
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (nth, heading) in table.headings.iter().enumerate() {
                self.cell(widths[nth], self.set.heading, figures[nth], &heading.as_str().into());
            }
            self.xml.push_str("</w:tr>");
        }
        for row in &table.rows {
            self.xml.push_str("<w:tr>");
            for (nth, cell) in row.iter().enumerate() {
                let (width, right) = (widths.get(nth).copied(), figures.get(nth).copied());
                self.cell(width.unwrap_or(1), self.set.cell, right.unwrap_or_default(), cell);
            }
            self.xml.push_str("</w:tr>");
        }
        self.end_table();
    }

    fn begin_table(&mut self, widths: &[usize]) {
        self.xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"");
        self.xml.push_str(&widths.iter().sum::<usize>().to_string());
        self.xml.push_str("\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        widths.iter().for_each(|width| self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>")));
        self.xml.push_str("</w:tblGrid>");
    }

    fn end_table(&mut self) {
        self.xml.push_str("</w:tbl>");
        self.paragraph("Gap", &Words::default());
    }

    fn cell(&mut self, width: usize, style: &str, right: bool, words: &Words) {
        self.xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
        self.aligned(style, if right { "<w:jc w:val=\"right\"/>" } else { "" }, words);
        self.xml.push_str("</w:tc>");
    }

    fn sources(&mut self, of: &Printed, heading: Option<&Heading>) {
        heading.into_iter().for_each(|heading| self.heading(heading));
        self.paragraph(self.set.quiet, &ABOUT_SOURCES.into());
        let widths = [500, 2_700, 1_750, 1_500, WIDTH - 6_450];
        self.begin_table(&widths);
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (width, title) in widths.into_iter().zip(SOURCE_COLUMNS) {
            self.cell(width, "SmallHeading", false, &title.into());
        }
        self.xml.push_str("</w:tr>");
        for (nth, origin) in of.sources.iter().enumerate() {
            self.xml.push_str(&format!(
                "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>",
                widths[0]
            ));
            self.open(self.set.source, "");
            self.bookmark(&format!("s{}", nth + 1), |out| out.run("", &(nth + 1).to_string()));
            self.xml.push_str("</w:p></w:tc>");
            for (width, text) in
                widths[1..].iter().zip([&origin.title, &origin.by, &origin.at, &origin.proof])
            {
                self.cell(*width, self.set.source, false, &text.as_str().into());
            }
            self.xml.push_str("</w:tr>");
        }
        self.end_table();
    }
}

/// The rows whose texts decide how wide columns are.
const MEASURED: usize = 200;

/// Widths of the columns: room for the longest word of each where there is, and the rest by how much each holds.
fn widths(table: &Table, whole: usize, letter: usize) -> Vec<usize> {
    let measured = |nth: usize| {
        let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.get(nth)).map(Words::plain);
        let texts: Vec<String> = cells.chain(table.headings.get(nth).cloned()).collect();
        let words = texts.iter().flat_map(|text| text.split_whitespace());
        let longest = words.map(|word| word.chars().count()).max().unwrap_or(1).clamp(3, 17);
        let length: usize = texts.iter().map(|text| text.chars().count().min(160)).sum();
        (longest * letter + PADDING, length / texts.len().max(1) + 1)
    };
    let columns: Vec<(usize, usize)> = (0..table.headings.len()).map(measured).collect();
    let least: usize = columns.iter().map(|(least, _)| least).sum::<usize>().max(1);
    if least >= whole {
        return columns.into_iter().map(|(here, _)| here * whole / least).collect();
    }
    let weights: usize = columns.iter().map(|(_, weight)| weight).sum::<usize>().max(1);
    columns.into_iter().map(|(here, weight)| here + (whole - least) * weight / weights).collect()
}

/// Text as XML holds it; characters that XML cannot hold become a replacement sign.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}
