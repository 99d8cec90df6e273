//! From the bytes of a file to the tree a mapping looks at.

use super::definition::{Definition, Format};
use crate::table::{Sheet, read_sheets, read_table};
use crate::tree::text::{Heading, Pattern};
use crate::tree::{Notation, Shape, Tree, html, json, table, text as matches, xml};
use crate::{Input, ReadError, archive, text};

/// Parses the input as the mapping's format and hands the tree to `take`.
pub(super) fn with_tree<T>(
    input: &Input<'_>,
    definition: &Definition,
    take: impl FnOnce(&Tree<'_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    match definition.format {
        Format::Json => take(&json::read(&text::of(input)?, input.limits)?),
        Format::Xml => take(&xml::read(&crate::xml::decode(input)?, input.limits)?),
        Format::Html => take(&html::read(&text::lossy(input)?, input.limits)?),
        Format::Table => {
            let wanted =
                definition.recognise.iter().map(|way| &way.header).filter(|header| !header.is_empty());
            let wanted: Vec<&Vec<String>> = wanted.collect();
            let table = read_table(input.bytes, Sheet::First, &input.limits)?.headed(|cells| {
                let there = |name: &String| cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name));
                wanted.iter().any(|header| header.iter().all(there))
            });
            take(&table::read(&table)?)
        }
        Format::XmlArchive | Format::JsonArchive | Format::TableArchive => {
            take(&archived(input, definition)?)
        }
        Format::Workbook => {
            let mut tree = Tree::new("", Notation::Table, Shape::Map);
            for sheet in read_sheets(input.bytes, &input.limits)? {
                tree.graft(&sheet.sheet, &table::read(&sheet)?)?;
            }
            take(&tree)
        }
        Format::Text => {
            let patterns: Vec<Pattern> = definition
                .pattern
                .iter()
                .filter_map(|pattern| {
                    let heading = if pattern.name.is_some() { Heading::No } else { Heading::Yes };
                    let regex = pattern.find.regex()?.clone();
                    Some(Pattern { name: pattern.name.clone().unwrap_or_default(), regex, heading })
                })
                .collect();
            take(&matches::read(&text::lossy(input)?, &patterns)?)
        }
    }
}

/// The members of an archive, each under its name, its folders left out.
fn archived(input: &Input<'_>, definition: &Definition) -> Result<Tree<'static>, ReadError> {
    let notation = match definition.format {
        Format::XmlArchive => Notation::Xml,
        Format::TableArchive => Notation::Table,
        _ => Notation::Json,
    };
    let mut tree = Tree::new("", notation, Shape::Map);
    archive::each(input, |name, bytes| {
        if !definition.member.iter().any(|pattern| pattern.is_match(name)) {
            return Ok(());
        }
        let member = Input { name, bytes, limits: input.limits };
        let short = name.rsplit('/').next().unwrap_or(name);
        match notation {
            Notation::Xml => tree.graft(short, &xml::read(&crate::xml::decode(&member)?, input.limits)?),
            Notation::Table => {
                tree.graft(short, &table::read(&read_table(bytes, Sheet::First, &input.limits)?)?)
            }
            _ => tree.graft(short, &json::read(&text::of(&member)?, input.limits)?),
        }
    })?;
    Ok(tree)
}
