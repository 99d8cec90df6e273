//! The columns of a kind's list: every field that fits in one, those the kind names shown at first.

use super::list::system_field;
use super::list_href;
use crate::grid::Offered;
use crate::list::ListAddress;
use crate::look::table::{Column, ColumnFilter, Width};
use crate::words::{kinds, say};
use std::collections::BTreeMap;
use warrant_model::field::{Field, FieldType};
use warrant_model::registry::KindEntry;

/// More columns than this leave no room for the title.
const MOST_COLUMNS: usize = 6;
/// The column of the last change.
pub(super) const UPDATED: &str = "updated";
/// More systems than this are named by typing, not chosen from a list.
const MOST_CHOICES: usize = 100;

/// The fields that can be columns, the kind's own choice first.
pub(super) fn fields(kind: &KindEntry) -> Vec<&Field> {
    let title = kind.spec.title_field;
    let mut names: Vec<&str> = kind.spec.columns.to_vec();
    if !names.contains(&title) {
        names.insert(0, title);
    }
    let own: Vec<&Field> =
        names.iter().filter_map(|name| kind.field(name)).filter(|field| !is_rows(field)).collect();
    let others = kind.fields.iter().filter(|field| !is_rows(field) && !names.contains(&field.name.as_str()));
    own.into_iter().chain(others).collect()
}

fn is_rows(field: &Field) -> bool {
    matches!(field.value, FieldType::Rows(_))
}

/// Those fields and the last change, of which the kind's own choice is shown at first.
pub(super) fn offered(kind: &KindEntry) -> Offered {
    let fields = fields(kind);
    let own = fields.iter().filter(|field| {
        let name = field.name.as_str();
        kind.spec.columns.contains(&name) || name == kind.spec.title_field
    });
    let first = own.take(MOST_COLUMNS).map(|field| field.name.clone());
    let updated = || std::iter::once(UPDATED.to_owned());
    Offered {
        page: list_href(kind.spec.name),
        first: first.chain(updated()).collect(),
        keys: fields.iter().map(|field| field.name.clone()).chain(updated()).collect(),
    }
}

/// The headings of these fields and of the last change.
pub(super) fn headings(
    kind: &KindEntry,
    columns: &[&Field],
    address: &ListAddress,
    systems: &BTreeMap<String, String>,
) -> Vec<Column> {
    let sorts = |field: &Field| match &field.value {
        _ if field.name == kind.spec.title_field => Some("title"),
        FieldType::State(_) => Some("state"),
        _ => None,
    };
    let heading = |title: &str, width, sort: Option<&str>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        Column {
            title: title.to_owned(),
            width,
            sort: href,
            sorted: sorted.unwrap_or_default(),
            filter: None,
        }
    };
    let of = |field: &&Field| {
        let width = if field.name == kind.spec.title_field { Width::Fill } else { Width::Fit };
        let mut column = heading(&kinds::label(kind.spec.name, field), width, sorts(field));
        if system_field(kind) == Some(field.name.as_str()) && (2..=MOST_CHOICES).contains(&systems.len()) {
            let mut choices: Vec<_> = systems.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
            choices.sort_by(|a, b| a.1.cmp(&b.1));
            let value = address.some("system").unwrap_or_else(|| address.get(&field.name).to_owned());
            column.filter = Some(ColumnFilter { name: field.name.clone(), value, choices });
        }
        column
    };
    columns.iter().map(of).chain([heading(&say("column-updated"), Width::Fit, Some("updated"))]).collect()
}
