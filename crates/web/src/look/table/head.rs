//! What stands above the rows: views, filters, facets, exports and the column headings.

use super::{Chip, Chosen, Column, ColumnFilter, Facet, Sorted, Table, Width};
use crate::look::badge::count;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::words::{Words, say};
use maud::{Markup, html};

pub(super) fn toolbar(view: &Table) -> Markup {
    let swap = format!("#{}", view.id);
    let bare =
        view.views.is_empty() && view.filter.is_none() && view.facets.is_empty() && view.exports.is_empty();
    let filtered = view.filter.is_some() || view.columns.iter().any(|column| column.filter.is_some());
    if bare && !filtered && view.arrangement.is_none() {
        return html! {};
    }
    html! {
        div.toolbar #(format!("{}-toolbar", view.id)) data-patch {
            @if !view.views.is_empty() {
                nav.views aria-label=(Words::of("table-views-of").with("rows", &view.caption)) {
                    @for (link, chosen) in &view.views {
                        a href=(safe(&link.href)) aria-current=[(*chosen == Chosen::Yes).then_some("true")] { (link.title) }
                    }
                }
            }
            @if filtered { form.filter #(form_id(view)) action=(safe(&view.action)) data-swap=(swap) data-push data-live {
                @for (name, value) in &view.keep { input type="hidden" name=(name) value=(value); }
                @if let Some((name, value)) = &view.filter {
                    (icon(Icon::Filter))
                    input type="search" name=(name) value=(value) placeholder=(say("table-filter")) aria-label=(Words::of("table-filter-rows").with("rows", &view.caption)) data-filter autocomplete="off";
                }
                button.small.no-script { (say("table-filter")) }
            } }
            @for facet in view.facets.iter().filter(|facet| !facet.chips.is_empty()) { (facet_row(facet, &swap)) }
            @if view.arrangement.is_some() || !view.exports.is_empty() {
                div.tools {
                    @if let Some(arrangement) = &view.arrangement { (super::arrange::arrange(arrangement)) }
                    @if !view.exports.is_empty() {
                        nav.exports aria-label=(Words::of("table-export-rows").with("rows", &view.caption)) {
                            (icon(Icon::Download))
                            @for link in &view.exports { a href=(safe(&link.href)) download { (link.title) } }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn headings(view: &Table) -> Markup {
    let filters = view.columns.iter().any(|column| column.filter.is_some());
    html! {
        thead {
            tr {
                @if view.bulk.is_some() {
                    th.check scope="col" { input.script-only type="checkbox" data-select-all aria-label=(say(if view.pager.rest.is_some() { "table-select-all" } else { "table-select-page" })); }
                }
                @for column in &view.columns { (heading(column, &view.id)) }
                @if view.rows.iter().any(|row| !row.actions.is_empty()) { th.actions scope="col" { span.sr { (say("column-actions")) } } }
            }
            @if filters {
                tr.filters {
                    @if view.bulk.is_some() { td {} }
                    @for column in &view.columns { td data-l=[column.filter.as_ref().map(|_| &column.title)] { @if let Some(filter) = &column.filter { (column_filter(filter, column, &form_id(view))) } } }
                    @if view.rows.iter().any(|row| !row.actions.is_empty()) { td {} }
                }
            }
        }
    }
}

pub(super) fn width_class(width: Width) -> &'static str {
    match width {
        Width::Fit => "fit",
        Width::Fill => "fill",
        Width::Figures => "figures",
    }
}

fn form_id(view: &Table) -> String {
    format!("{}-filter", view.id)
}

fn heading(column: &Column, target: &str) -> Markup {
    let sorted = match column.sorted {
        Sorted::No => None,
        Sorted::Ascending => Some("ascending"),
        Sorted::Descending => Some("descending"),
    };
    html! {
        th scope="col" class=(width_class(column.width)) aria-sort=[sorted] {
            @if let Some(href) = &column.sort {
                a href=(safe(href)) data-swap=(format!("#{target}")) data-push {
                    (column.title)
                    span.arrow aria-hidden="true" { @match column.sorted { Sorted::Ascending => "↑", Sorted::Descending => "↓", Sorted::No => "" } }
                }
            } @else { (column.title) }
        }
    }
}

fn column_filter(filter: &ColumnFilter, column: &Column, form: &str) -> Markup {
    let label = Words::of("table-filter-by").with("column", &column.title);
    html! {
        @if filter.choices.is_empty() {
            input type="search" form=(form) name=(filter.name) value=(filter.value) aria-label=(label) placeholder=(say("any"));
        } @else {
            select form=(form) name=(filter.name) aria-label=(label) {
                option value="" { (say("any")) }
                @for (value, word) in &filter.choices {
                    option value=(value) selected[value == &filter.value] { (word) }
                }
            }
        }
    }
}

fn facet_row(facet: &Facet, swap: &str) -> Markup {
    html! {
        nav.facet aria-label=(facet.title) {
            span.facet-title { (facet.title) }
            @for chip in &facet.chips { (chip_link(chip, swap)) }
        }
    }
}

fn chip_link(chip: &Chip, swap: &str) -> Markup {
    let chosen = chip.chosen == Chosen::Yes;
    html! {
        a.chip href=(safe(&chip.href)) aria-current=[chosen.then_some("true")] data-swap=(swap) data-push {
            @if let Some(shape) = &chip.shape { (shape) } (chip.title) " " (count(chip.count))
            @if chosen { (icon(Icon::Cross)) span.sr { (say("table-take-away")) } }
        }
    }
}
