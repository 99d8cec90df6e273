//! The workbook's own parts: which sheets there are and where, shared texts, and how it calculates.

use super::package::Package;
use super::scan::{Piece, Scan};
use super::{TemplateError, header::folded};

/// The most shared texts.
const STRINGS: usize = 2_000_000;

/// A sheet of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetPart {
    /// Its name.
    pub(super) name: String,
    /// Its part in the container.
    pub(super) part: String,
}

/// What the workbook part says.
#[derive(Debug)]
pub(super) struct Book {
    /// The workbook's part.
    pub(super) part: String,
    /// Worksheets in order; sheets that hold only a chart are left aside.
    pub(super) sheets: Vec<SheetPart>,
    /// Texts that cells point to.
    pub(super) strings: Vec<String>,
    /// Days are counted from 1904 instead of 1900.
    pub(super) from_1904: bool,
    /// The part with the styles, when there is one.
    pub(super) styles: Option<String>,
}

/// A relationship of a part to another.
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) sort: String,
    pub(super) target: String,
}

impl Book {
    /// Reads the workbook part and what it refers to.
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, TemplateError> {
        let no_workbook = TemplateError::NotAWorkbook("the container holds no spreadsheet; give it as XLSX");
        let roots = relationships(package, "")?;
        let root = roots.into_iter().find(|root| root.sort == "officeDocument").ok_or(no_workbook)?;
        let part = root.target;
        let no_sheets = TemplateError::NotAWorkbook("its main part is no workbook; give it as XLSX");
        let text = package.text(&part)?.ok_or_else(|| missing(&part))?;
        let related = relationships(package, &part)?;
        let mut book = Self {
            part: part.clone(),
            sheets: Vec::new(),
            strings: Vec::new(),
            from_1904: false,
            styles: None,
        };
        let mut scan = Scan::new(&text, &part);
        let mut root_seen = false;
        while let Some(piece) = scan.next()? {
            let Piece::Start(tag) = piece else { continue };
            match tag.name() {
                "workbook" if tag.depth == 1 => root_seen = true,
                "workbookPr" => {
                    book.from_1904 = tag.attribute("date1904").is_some_and(|yes| yes == "1" || yes == "true");
                }
                "sheet" => {
                    let id = tag.local_attribute("id").unwrap_or_default();
                    let target = related.iter().find(|one| one.id == id && one.sort == "worksheet");
                    if let (Some(name), Some(target)) = (tag.attribute("name"), target) {
                        book.sheets.push(SheetPart { name, part: target.target.clone() });
                    }
                }
                _ => {}
            }
        }
        if !root_seen {
            return Err(no_sheets);
        }
        let part_of = |sort: &str| related.iter().find(|one| one.sort == sort).map(|one| one.target.clone());
        book.styles = part_of("styles");
        if let Some(part) = part_of("sharedStrings")
            && let Some(text) = package.text(&part)?
        {
            book.strings = shared(&text, &part)?;
        }
        Ok(book)
    }

    /// The sheet of the first of these names that there is.
    pub(super) fn named(&self, names: &[String]) -> Option<&SheetPart> {
        let of = |name: &String| self.sheets.iter().find(|sheet| folded(&sheet.name) == folded(name));
        names.iter().find_map(of)
    }
}

/// The relationships of a part, their targets as names in the container. The empty name is the container itself.
pub(super) fn relationships(
    package: &mut Package<'_>,
    part: &str,
) -> Result<Vec<Relationship>, TemplateError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{file}.rels");
    let mut found = Vec::new();
    let Some(text) = package.text(&list)? else { return Ok(found) };
    let mut scan = Scan::new(&text, &list);
    while let Some(piece) = scan.next()? {
        let Piece::Start(tag) = piece else { continue };
        let outside = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
        if tag.name() != "Relationship" || outside {
            continue;
        }
        let sort = tag.attribute("Type").unwrap_or_default();
        found.push(Relationship {
            id: tag.attribute("Id").unwrap_or_default(),
            sort: sort.rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolved(folder, &tag.attribute("Target").unwrap_or_default()),
        });
    }
    Ok(found)
}

/// A target as a name in the container: relative to the folder of its part unless it begins at the root.
fn resolved(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Shared texts in order, phonetic hints left aside.
fn shared(text: &str, part: &str) -> Result<Vec<String>, TemplateError> {
    let mut strings = Vec::new();
    let mut scan = Scan::new(text, part);
    while let Some(piece) = scan.next()? {
        let Piece::Start(tag) = piece else { continue };
        if tag.name() == "si" {
            if strings.len() == STRINGS {
                return Err(TemplateError::TooLarge {
                    what: "number of shared texts",
                    limit: STRINGS as u64,
                });
            }
            strings.push(scan.text_of(&tag, &["rPh"])?);
        }
    }
    Ok(strings)
}

/// The workbook part with the wish to calculate all formulas when it is opened; `None` when it has it already.
pub(super) fn calculated_on_opening(text: &str, part: &str) -> Result<Option<String>, TemplateError> {
    let mut scan = Scan::new(text, part);
    let mut after = None;
    let mut prefix = String::new();
    while let Some(piece) = scan.next()? {
        let Piece::Start(tag) = piece else { continue };
        match tag.name() {
            "calcPr" => {
                return Ok(match tag.span_of("fullCalcOnLoad") {
                    Some(span) if matches!(&text[span.clone()], "1" | "true") => None,
                    Some(span) => Some(format!("{}1{}", &text[..span.start], &text[span.end..])),
                    None => {
                        let at = tag.span.end - if tag.empty { 2 } else { 1 };
                        Some(format!("{} fullCalcOnLoad=\"1\"{}", text[..at].trim_end(), &text[at..]))
                    }
                });
            }
            // What stands before `calcPr` (ECMA-376 part 1 §18.2.27).
            "sheets" | "functionGroups" | "externalReferences" | "definedNames" if tag.depth == 2 => {
                prefix = tag.prefix();
                after = Some(scan.skip(&tag)?.end);
            }
            _ => {}
        }
    }
    Ok(after.map(|at| format!("{}<{prefix}calcPr fullCalcOnLoad=\"1\"/>{}", &text[..at], &text[at..])))
}

/// The error for a part that something refers to and that is not there.
pub(super) fn missing(part: &str) -> TemplateError {
    TemplateError::Damaged { part: part.to_owned(), message: "it is not in the container".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_as_packages_do() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn formulas_are_calculated_on_opening() {
        let wish = |text: &str| calculated_on_opening(text, "w").unwrap();
        assert_eq!(wish("<w><sheets/><calcPr fullCalcOnLoad=\"1\"/></w>"), None);
        assert_eq!(
            wish("<w><sheets/><calcPr calcId=\"1\"/></w>").unwrap(),
            "<w><sheets/><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/></w>"
        );
        assert_eq!(
            wish("<x:w><x:sheets></x:sheets><x:definedNames/><x:extLst/></x:w>").unwrap(),
            "<x:w><x:sheets></x:sheets><x:definedNames/><x:calcPr fullCalcOnLoad=\"1\"/><x:extLst/></x:w>"
        );
    }
}
