//! What must reach as far down as the new rows: validations, conditional formats, the dimension and tables.

use super::TemplateError;
use super::book::{missing, relationships};
use super::fill::replaced;
use super::package::Package;
use super::ranges::Area;
use super::scan::{Piece, Scan};
use super::sheet::{CoverSort, Places};
use std::ops::Range;

/// Edits of a sheet's text: ranges that hold the first filled row reach down to the last, as far as no other
/// validation is there already.
pub(super) fn ranges(places: &Places, filled: &Area, text: &str) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    for cover in &places.covers {
        let grown: Vec<Area> = cover.areas.iter().map(|area| reaching(area, filled)).collect();
        let known = text[cover.span.clone()].split_whitespace().count() == cover.areas.len();
        if grown == cover.areas || !known {
            continue;
        }
        let new = cover.areas.iter().zip(&grown).filter(|(old, new)| old != new);
        let added = |(old, new): (&Area, &Area)| Area { top: old.bottom + 1, ..*new };
        let added: Vec<Area> = new.map(added).collect();
        let same_sort = places.covers.iter().filter(|other| other.sort == cover.sort);
        let mut taken = same_sort.flat_map(|other| &other.areas);
        let clash = taken.any(|area| added.iter().any(|new| new.meets(area)));
        if cover.sort == CoverSort::Validation && clash {
            continue;
        }
        let names: Vec<_> = grown.iter().map(Area::name).collect();
        edits.push((cover.span.clone(), names.join(" ")));
    }
    if let Some(span) = &places.dimension
        && let Some(area) = Area::parse(&text[span.clone()])
        && area.with(filled) != area
    {
        edits.push((span.clone(), area.with(filled).name()));
    }
    edits
}

fn reaching(area: &Area, filled: &Area) -> Area {
    let begins = (area.top..=area.bottom).contains(&filled.top);
    let bottom = if begins { area.bottom.max(filled.bottom) } else { area.bottom };
    Area { bottom, ..*area }
}

/// Tables whose header is the header row reach down to the last filled row.
pub(super) fn tables(
    package: &mut Package<'_>,
    sheet: &str,
    places: &Places,
    header: u32,
    filled: &Area,
) -> Result<(), TemplateError> {
    if places.tables.is_empty() {
        return Ok(());
    }
    let related = relationships(package, sheet)?;
    for target in related.into_iter().filter(|one| places.tables.contains(&one.id)) {
        let part = target.target;
        let text = package.text(&part)?.ok_or_else(|| missing(&part))?;
        let mut edits = Vec::new();
        let mut scan = Scan::new(&text, &part);
        while let Some(piece) = scan.next()? {
            let Piece::Start(tag) = piece else { continue };
            let root = tag.name() == "table" && tag.depth == 1;
            let filter = tag.name() == "autoFilter" && tag.depth == 2;
            if !root && !filter {
                continue;
            }
            let Some(span) = tag.span_of("ref") else { continue };
            let Some(area) = Area::parse(&text[span.clone()]) else { continue };
            let ours = area.top == header && area.left <= filled.right && filled.left <= area.right;
            if !ours || area.bottom >= filled.bottom {
                continue;
            }
            let totals = tag.attribute("totalsRowCount").unwrap_or_default();
            if root && !matches!(totals.as_str(), "" | "0") {
                let table = tag.attribute("displayName").unwrap_or_default();
                return Err(TemplateError::Totals { table });
            }
            edits.push((span, Area { bottom: filled.bottom, ..area }.name()));
        }
        if !edits.is_empty() {
            package.put(&part, replaced(&text, edits));
        }
    }
    Ok(())
}
