//! From the bytes of a file to the tree a mapping looks at.

use super::definition::{Definition, Format};
use crate::table::{Sheet, read_table};
use crate::tree::text::{Heading, Pattern};
use crate::tree::{Tree, html, json, table, text as matches, xml};
use crate::{Input, ReadError, text};

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
            let wanted = definition.recognise.iter().map(|way| &way.header).filter(|header| !header.is_empty());
            let wanted: Vec<&Vec<String>> = wanted.collect();
            let table = read_table(input.bytes, Sheet::First, &input.limits)?.headed(|cells| {
                let there = |name: &String| cells.iter().any(|cell| cell.trim().eq_ignore_ascii_case(name));
                wanted.iter().any(|header| header.iter().all(there))
            });
            take(&table::read(&table)?)
        }
        Format::Text => {
            let patterns: Vec<Pattern> = definition
                .pattern
                .iter()
                .map(|pattern| Pattern {
                    name: pattern.name.clone().unwrap_or_default(),
                    regex: pattern.find.0.clone(),
                    heading: if pattern.name.is_some() { Heading::No } else { Heading::Yes },
                })
                .collect();
            take(&matches::read(&text::lossy(input)?, &patterns)?)
        }
    }
}
