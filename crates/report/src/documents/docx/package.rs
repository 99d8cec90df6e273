//! The parts of a DOCX file and how they are packed.

use super::{Out, body, escape};
use crate::documents::printed::{Layout, Printed};
use crate::documents::words::Words;
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The file. The same document gives the same bytes.
pub(in crate::documents) fn packed(of: &Printed) -> Result<Vec<u8>, ZipError> {
    let margin = if of.layout == Layout::OnePage { 850 } else { 1_134 };
    let document = format!(
        "{XML}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{}<w:sectPr>\
         <w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"1134\" w:bottom=\"{margin}\" w:left=\"1134\" w:header=\"567\" w:footer=\"454\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
        body(of)
    );
    let parts = [
        ("[Content_Types].xml", include_str!("content-types.xml").to_owned()),
        ("_rels/.rels", include_str!("package-relationships.xml").to_owned()),
        ("docProps/core.xml", core(of)),
        ("word/document.xml", document),
        ("word/styles.xml", include_str!("styles.xml").to_owned()),
        ("word/numbering.xml", include_str!("numbering.xml").to_owned()),
        ("word/header1.xml", head(of)),
        ("word/footer1.xml", foot(of)),
        ("word/_rels/document.xml.rels", include_str!("document-relationships.xml").to_owned()),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes()).map_err(ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn core(of: &Printed) -> String {
    let (mut title, mut creator) = (String::new(), String::new());
    escape(&mut title, &of.title);
    escape(&mut creator, &of.made_by);
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator></cp:coreProperties>"
    )
}

fn head(of: &Printed) -> String {
    let mut out = Out::default();
    out.paragraph("Marking", &of.marking.as_deref().unwrap_or_default().into());
    format!("{XML}<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", out.xml)
}

/// Title and page below the marking.
fn foot(of: &Printed) -> String {
    let mut out = Out::default();
    if let Some(marking) = &of.marking {
        out.paragraph("Marking", &marking.as_str().into());
    }
    out.open("Footer", "");
    out.runs(&Words::from(format!("{} · {}", of.title, of.subtitle)));
    out.xml.push_str("<w:r><w:tab/></w:r>");
    out.run("", "Page ");
    out.xml.push_str("<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    out.run("", " of ");
    out.xml.push_str("<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>");
    format!("{XML}<w:ftr xmlns:w=\"{W}\">{}</w:ftr>", out.xml)
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
