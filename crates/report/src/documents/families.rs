//! Controls by family: counts of each state, as a table and as a drawing.

use super::block::{Blocks, Table};
use super::drawings::{Part, WHOLE, stacked};
use super::words::{Cite, Words};
use std::collections::BTreeMap;
use warrant_catalog::index::Index;
use warrant_model::posture::{ControlCounts, ControlStatus};

/// A family of controls with how they stand.
pub(super) struct FamilyCounts<'a> {
    /// `AC Access Control`.
    pub(super) title: String,
    /// Its controls, in catalogue order.
    pub(super) controls: Vec<&'a ControlStatus>,
    /// In each state.
    pub(super) counts: ControlCounts,
}

/// Controls by family, in catalogue order.
pub(super) fn families(controls: &[ControlStatus]) -> Vec<FamilyCounts<'_>> {
    let index = Index::embedded();
    let mut found: BTreeMap<u16, FamilyCounts<'_>> = BTreeMap::new();
    for control in controls {
        let facts =
            index.by_id(&control.control).and_then(|no| Some((index.control(no)?, index.family(no)?)));
        let (place, title) = match facts {
            Some((facts, family)) => (
                facts.family.unwrap_or(u16::MAX),
                format!("{} {}", family.id.to_ascii_uppercase(), family.title),
            ),
            None => (u16::MAX, "Other".to_owned()),
        };
        let family = found.entry(place).or_insert_with(|| FamilyCounts {
            title,
            controls: Vec::new(),
            counts: ControlCounts::default(),
        });
        family.counts.add(&control.status);
        family.controls.push(control);
    }
    found.into_values().collect()
}

/// The states as they are drawn.
pub(super) const STATES: [Part; 4] = [
    Part { title: "satisfied", colour: "#2b6a9b" },
    Part { title: "other than satisfied", colour: "#1a1d21" },
    Part { title: "stale", colour: "#93b8d6" },
    Part { title: "not assessed", colour: "#c9d1d9" },
];

/// Counts in the order of [`STATES`].
pub(super) fn in_states(counts: &ControlCounts) -> Vec<u64> {
    [counts.satisfied, counts.other_than_satisfied, counts.stale, counts.not_assessed].map(u64::from).to_vec()
}

/// The drawing and the table.
pub(super) fn section(
    blocks: &mut Blocks,
    families: &[FamilyCounts<'_>],
    total: &ControlCounts,
    cite: &Cite,
) {
    let bars: Vec<_> =
        families.iter().map(|family| (family.title.clone(), in_states(&family.counts))).collect();
    blocks.drawing(stacked("Controls of each family by state", WHOLE, &STATES, &bars));
    let mut table = Table::new(&[
        "Family",
        "Applicable",
        "Satisfied",
        "Other than satisfied",
        "Stale",
        "Not assessed",
        "Not applicable",
    ]);
    let row = |title: Words, counts: &ControlCounts| {
        let figures = [
            counts.applicable(),
            counts.satisfied,
            counts.other_than_satisfied,
            counts.stale,
            counts.not_assessed,
            counts.not_applicable,
        ];
        std::iter::once(title).chain(figures.map(|figure| Words::from(figure.to_string()))).collect()
    };
    table.rows.extend(families.iter().map(|family| row(family.title.as_str().into(), &family.counts)));
    table.rows.push(row(Words::default().strong("All").cite(cite.clone()), total));
    blocks.table(table);
}
