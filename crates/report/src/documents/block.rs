//! Blocks of a document that is written in several formats: HTML and DOCX (ECMA-376, WordprocessingML).

use maud::{Markup, html as markup};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A piece of a document.
pub(super) enum Block {
    /// The answer, in a sentence or two.
    Lead(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table; the first column says what the row is about, figures lie to the right.
    Table {
        /// Headings.
        headings: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
    },
    /// A drawing; formats without one leave it out, since a table says the same.
    Drawing(Markup),
}

/// A block as HTML.
pub(super) fn html(block: &Block) -> Markup {
    markup! {
        @match block {
            Block::Lead(text) => p.answer { (text) },
            Block::Heading(text) => h2 { (text) },
            Block::Text(text) => p { (text) },
            Block::Drawing(drawing) => (drawing),
            Block::Table { headings, rows } => table {
                thead { tr { @for heading in headings { th scope="col" { (heading) } } } }
                tbody { @for row in rows { tr { @for (nth, cell) in row.iter().enumerate() {
                    @if nth == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                } } } }
            },
        }
    }
}

/// Blocks as a DOCX file, with the marking on top and bottom of every page.
pub(super) fn docx(
    title: &str,
    organisation: &str,
    subtitle: &str,
    marking: Option<&str>,
    blocks: &[Block],
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut body = String::new();
    paragraph(&mut body, "Organisation", organisation);
    paragraph(&mut body, "Title", title);
    paragraph(&mut body, "Subtitle", subtitle);
    for block in blocks {
        match block {
            Block::Lead(text) => paragraph(&mut body, "Lead", text),
            Block::Heading(text) => paragraph(&mut body, "Heading1", text),
            Block::Text(text) => paragraph(&mut body, "Normal", text),
            Block::Drawing(_) => {}
            Block::Table { headings, rows } => table(&mut body, headings, rows),
        }
    }
    let marked = if marking.is_some() { MARKED } else { "" };
    let document = format!(
        "{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{body}<w:sectPr>{marked}<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>"
    );
    let mut mark = String::new();
    paragraph(&mut mark, "Marking", marking.unwrap_or_default());
    let head = format!("{XML}<w:hdr xmlns:w=\"{W}\">{mark}</w:hdr>");
    let foot = format!("{XML}<w:ftr xmlns:w=\"{W}\">{mark}</w:ftr>");
    let mut core = String::new();
    escape(&mut core, title);
    let core = format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{core}</dc:title></cp:coreProperties>"
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core),
        ("word/document.xml", document),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/header1.xml", head),
        ("word/footer1.xml", foot),
        ("word/_rels/document.xml.rels", PARTS.to_owned()),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes()).map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    aligned(out, style, "", text);
}

/// A paragraph with further properties.
fn aligned(out: &mut String, style: &str, properties: &str, text: &str) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(style);
    out.push_str("\"/>");
    out.push_str(properties);
    out.push_str("</w:pPr><w:r><w:t xml:space=\"preserve\">");
    escape(out, text);
    out.push_str("</w:t></w:r></w:p>");
}

fn table(out: &mut String, headings: &[String], rows: &[Vec<String>]) {
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
    headings.iter().for_each(|_| out.push_str("<w:gridCol/>"));
    out.push_str("</w:tblGrid>");
    // Columns that hold figures, by their cells: the first says what the row is about.
    let figure =
        |cell: &String| cell.starts_with(|first: char| first.is_ascii_digit() || first == '\u{2212}');
    let figures: Vec<bool> = (0..headings.len())
        .map(|nth| nth > 0 && rows.iter().filter_map(|row| row.get(nth)).any(figure))
        .collect();
    let mut row = |cells: &[String], properties: &str, style: &str| {
        out.push_str("<w:tr>");
        out.push_str(properties);
        for (nth, cell) in cells.iter().enumerate() {
            out.push_str("<w:tc><w:tcPr/>");
            let right = figures.get(nth).copied().unwrap_or_default();
            aligned(out, style, if right { "<w:jc w:val=\"right\"/>" } else { "" }, cell);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    };
    // Word repeats a heading row on every page.
    row(headings, "<w:trPr><w:tblHeader/></w:trPr>", "TableHeading");
    rows.iter().for_each(|cells| row(cells, "", "TableText"));
    out.push_str("</w:tbl>");
    paragraph(out, "Normal", "");
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

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MARKED: &str = "<w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/>";
const TYPES: &str = include_str!("docx/content-types.xml");
const RELATIONS: &str = include_str!("docx/package-relationships.xml");
const PARTS: &str = include_str!("docx/document-relationships.xml");
const STYLES: &str = include_str!("docx/styles.xml");
