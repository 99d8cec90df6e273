//! A word of ours in a workbook's own properties, by which what was written into it is found again.
//!
//! A custom document property is kept by the programs people save workbooks with, and stands on no sheet. Nothing
//! else of the workbook changes: its part, the line that names it and the line that says what it is.
//!
//! Source of the layout of parts: ECMA-376 part 1 §15.2.12.2 and §22.3.

use super::TemplateError;
use super::book::relationships;
use super::fill::replaced;
use super::package::Package;
use super::scan::{Piece, Scan};
use super::write::escaped;

/// The property's name.
const NAME: &str = "Warrant rows";

const PART: &str = "docProps/custom.xml";
/// Where the part goes when something else has its name.
const OTHER_PART: &str = "docProps/warrant.xml";
const TYPES: &str = "[Content_Types].xml";
const ROOTS: &str = "_rels/.rels";
const PART_TYPE: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties";
const PROPERTIES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";
const VALUES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
/// What tells properties that people and programs make up (MS-OSHARED §2.3.3.1.1).
const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// The workbook with this mark, in place of any other.
///
/// # Errors
/// When it is no workbook or is damaged.
pub fn marked(workbook: &[u8], mark: &str) -> Result<Vec<u8>, TemplateError> {
    let mut package = Package::open(workbook)?;
    match part(&mut package)? {
        Some(name) => {
            let text = package.text(&name)?.unwrap_or_default();
            let text = with_property(&text, &name, mark)?;
            package.put(&name, text);
        }
        None => {
            let name = if package.text(PART)?.is_some() { OTHER_PART } else { PART };
            let (Some(types), Some(roots)) = (package.text(TYPES)?, package.text(ROOTS)?) else {
                return package.finish();
            };
            let typed = |prefix: &str| {
                format!("<{prefix}Override PartName=\"/{name}\" ContentType=\"{PART_TYPE}\"/>")
            };
            let related = |prefix: &str| {
                format!("<{prefix}Relationship Id=\"warrantRows\" Type=\"{RELATION}\" Target=\"{name}\"/>")
            };
            package.put(TYPES, at_the_end(&types, TYPES, typed)?);
            package.put(ROOTS, at_the_end(&roots, ROOTS, related)?);
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
            let empty = format!("{head}\n<Properties xmlns=\"{PROPERTIES}\"></Properties>");
            package.put(name, with_property(&empty, name, mark)?);
        }
    }
    package.finish()
}

/// The mark of a workbook; `None` when it has none.
///
/// # Errors
/// When it is no workbook or is damaged.
pub fn mark(workbook: &[u8]) -> Result<Option<String>, TemplateError> {
    let mut package = Package::open(workbook)?;
    let Some(part) = part(&mut package)? else { return Ok(None) };
    let text = package.text(&part)?.unwrap_or_default();
    let mut scan = Scan::new(&text, &part);
    while let Some(piece) = scan.next()? {
        let Piece::Start(tag) = piece else { continue };
        if tag.name() == "property" && tag.attribute("name").as_deref() == Some(NAME) {
            return Ok(Some(scan.text_of(&tag, &[])?.trim().to_owned()).filter(|mark| !mark.is_empty()));
        }
    }
    Ok(None)
}

/// The part with the properties that people and programs make up.
fn part(package: &mut Package<'_>) -> Result<Option<String>, TemplateError> {
    let roots = relationships(package, "")?;
    let named = roots.into_iter().find(|one| one.sort == "custom-properties").map(|one| one.target);
    match named {
        Some(name) => Ok(package.text(&name)?.map(|_| name)),
        None => Ok(None),
    }
}

/// The properties with ours among them.
fn with_property(text: &str, part: &str, mark: &str) -> Result<String, TemplateError> {
    let mut scan = Scan::new(text, part);
    let mut last = 1;
    let mut old = None;
    while let Some(piece) = scan.next()? {
        let Piece::Start(tag) = piece else { continue };
        if tag.name() != "property" {
            continue;
        }
        last = last.max(tag.attribute("pid").and_then(|pid| pid.parse::<u32>().ok()).unwrap_or(1));
        if tag.attribute("name").as_deref() == Some(NAME) {
            let end = scan.skip(&tag)?.end;
            old = Some(tag.span.start..end);
        }
    }
    let text = match old {
        Some(span) => replaced(text, vec![(span, String::new())]),
        None => text.to_owned(),
    };
    let property = |prefix: &str| {
        format!(
            "<{prefix}property fmtid=\"{FORMAT}\" pid=\"{}\" name=\"{NAME}\"><vt:lpwstr xmlns:vt=\"{VALUES}\">{}\
             </vt:lpwstr></{prefix}property>",
            last.saturating_add(1),
            escaped(mark)
        )
    };
    at_the_end(&text, part, property)
}

/// An element added as the last one of the root, with the root's prefix.
fn at_the_end(text: &str, part: &str, element: impl Fn(&str) -> String) -> Result<String, TemplateError> {
    let mut scan = Scan::new(text, part);
    while let Some(piece) = scan.next()? {
        let Piece::Start(root) = piece else { continue };
        let prefix = root.prefix();
        let new = element(&prefix);
        if root.empty {
            let opening = text[root.span.clone()].trim_end_matches("/>").trim_end();
            let name = format!("{prefix}{}", root.name());
            return Ok(replaced(text, vec![(root.span, format!("{opening}>{new}</{name}>"))]));
        }
        let end = scan.skip(&root)?.start;
        return Ok(replaced(text, vec![(end..end, new)]));
    }
    Err(scan.damaged("it has no content"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_joins_those_that_are_there_and_takes_the_place_of_its_like() {
        let text = "<p:Properties><p:property pid=\"7\" name=\"Owner\"><x>A</x></p:property></p:Properties>";
        let first = with_property(text, "c", "a&b").unwrap();
        assert!(first.starts_with(&text[..text.len() - "</p:Properties>".len()]), "{first}");
        assert!(first.contains("<p:property fmtid=") && first.contains("pid=\"8\""), "{first}");
        let second = with_property(&first, "c", "other").unwrap();
        assert!(!second.contains("a&amp;b") && second.matches(NAME).count() == 1, "{second}");
        let empty = with_property("<Properties/>", "c", "m").unwrap();
        assert!(empty.starts_with("<Properties><property") && empty.ends_with("</property></Properties>"));
    }

    #[test]
    fn damaged_properties_do_not_panic() {
        let text = with_property("<p:Properties a='>'></p:Properties>", "c", "é&\u{1f600}").unwrap();
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let _ = with_property(&text[..at], "c", "m");
            let _ = with_property(&text[at..], "c", "m");
            for letter in ["<", ">", "/", "\"", "&"] {
                let _ = with_property(&format!("{}{letter}{}", &text[..at], &text[at..]), "c", "m");
            }
        }
    }
}
