//! The parts of a workbook that its sheets refer to: sheet list, shared strings, styles.

use super::dates::{self, Epoch};
use crate::table::container::{Archive, file};
use crate::table::malformed;
use crate::xml::{Element, Xml};
use crate::{Limits, ReadError};
use std::collections::HashMap;

/// What is needed of a workbook to read its sheets.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) strings: Vec<String>,
    /// For each cell style, whether its number format shows a date.
    pub(super) date_styles: Vec<bool>,
    pub(super) epoch: Epoch,
}

/// A worksheet in the workbook's list.
#[derive(Debug)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) is_visible: bool,
}

/// A relationship of one file to another (ECMA-376 part 2 §9.3).
struct Relationship {
    kind: String,
    path: String,
}

impl Workbook {
    pub(super) fn open(archive: &mut Archive<'_>, limits: &Limits) -> Result<Self, ReadError> {
        let roots = relationships(archive, "", limits)?;
        let path = roots.into_values().find(|relation| relation.kind == "officeDocument");
        let path = path.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.path);
        let content = file(archive, &path)?
            .ok_or_else(|| malformed(0, "the archive holds no workbook; save it again as XLSX or CSV"))?;
        let relations = relationships(archive, &path, limits)?;
        let mut workbook = Self::default();
        let mut xml = Xml::open(&content, *limits);
        let root = xml.root()?;
        while let Some(element) = xml.descendant(&root)? {
            match element.name() {
                "workbookPr" if matches!(element.attribute("date1904")?.as_ref(), "1" | "true") => {
                    workbook.epoch = Epoch::Mac1904;
                }
                "sheet" => {
                    let relation = relations.get(element.attribute("id")?.as_ref());
                    if let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") {
                        workbook.sheets.push(SheetEntry {
                            name: element.attribute("name")?.into_owned(),
                            path: relation.path.clone(),
                            is_visible: matches!(element.attribute("state")?.as_ref(), "" | "visible"),
                        });
                    }
                }
                _ => {}
            }
        }
        let part = |kind: &str| relations.values().find(|relation| relation.kind == kind);
        if let Some(strings) = part("sharedStrings")
            && let Some(content) = file(archive, &strings.path)?
        {
            workbook.strings = shared_strings(&content, limits)?;
        }
        if let Some(styles) = part("styles")
            && let Some(content) = file(archive, &styles.path)?
        {
            workbook.date_styles = date_styles(&content, limits)?;
        }
        Ok(workbook)
    }
}

/// The text of a rich text element: its `t`, and the `t` of its runs. Phonetic hints are left out.
pub(super) fn rich_text(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    while let Some(part) = xml.child(element)? {
        match part.name() {
            "t" => text.push_str(&xml.verbatim(&part)?),
            "r" => {
                while let Some(run) = xml.child(&part)? {
                    if run.name() == "t" {
                        text.push_str(&xml.verbatim(&run)?);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(text)
}

/// The relationships of a file (of the package itself when `of` is empty), by id.
fn relationships(
    archive: &mut Archive<'_>,
    of: &str,
    limits: &Limits,
) -> Result<HashMap<String, Relationship>, ReadError> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut all = HashMap::new();
    let Some(content) = file(archive, &format!("{prefix}_rels/{name}.rels"))? else { return Ok(all) };
    let mut xml = Xml::open(&content, *limits);
    let root = xml.root()?;
    while let Some(element) = xml.child(&root)? {
        let target = element.attribute("Target")?;
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{prefix}{}", target.trim_start_matches("./")),
        };
        // The last word of the type is the same in the transitional and the strict form.
        let kind = element.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
        if element.attribute("TargetMode")? != "External" {
            all.insert(element.attribute("Id")?.into_owned(), Relationship { kind, path });
        }
    }
    Ok(all)
}

fn shared_strings(content: &str, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::open(content, *limits);
    let root = xml.root()?;
    let mut strings = Vec::new();
    while let Some(item) = xml.child(&root)? {
        if item.name() == "si" {
            strings.push(rich_text(&mut xml, &item)?);
        }
    }
    Ok(strings)
}

fn date_styles(content: &str, limits: &Limits) -> Result<Vec<bool>, ReadError> {
    let mut xml = Xml::open(content, *limits);
    let root = xml.root()?;
    let mut own: HashMap<u32, bool> = HashMap::new();
    let mut formats: Vec<u32> = Vec::new();
    while let Some(list) = xml.child(&root)? {
        if !matches!(list.name(), "numFmts" | "cellXfs") {
            continue;
        }
        while let Some(element) = xml.child(&list)? {
            let id = element.attribute("numFmtId")?.trim().parse().unwrap_or(0);
            match element.name() {
                "numFmt" => {
                    own.insert(id, dates::is_date_format(&element.attribute("formatCode")?));
                }
                _ => formats.push(id),
            }
        }
    }
    let is_date = |id: &u32| own.get(id).copied().unwrap_or_else(|| dates::is_builtin_date(*id));
    Ok(formats.iter().map(is_date).collect())
}
