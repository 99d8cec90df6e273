//! Units as a tree with what lies below each.

use crate::list::encoded;
use crate::look::badge;
use crate::look::empty::{Empty, empty};
use crate::look::figure::{cut, thousands};
use crate::look::link::safe;
use crate::pages::sources::record_href;
use crate::words::{Words, say};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::level::Severity;
use warrant_service::programme::UnitRow;

type Titles = BTreeMap<String, String>;

/// The tree.
pub(super) fn tree(units: &[UnitRow], heads: &Titles, systems: &Titles) -> Markup {
    if units.is_empty() {
        return empty(
            &Empty::of("units-none")
                .first("/records/unit/new?next=/programme")
                .second("/records/unit#import"),
        );
    }
    html! {
        div.scroll { table.rows {
            thead { tr {
                th scope="col" { (say("column-unit")) } th scope="col" { (say("units-led-by")) }
                th.figures scope="col" { (say("column-systems")) } th.figures scope="col" { (say("column-people")) }
                th scope="col" { (say("column-deficiencies")) } th scope="col" { (say("units-worst")) }
            } }
            tbody { @for unit in units { (row(unit, heads, systems)) } }
        } }
    }
}

fn row(unit: &UnitRow, heads: &Titles, systems: &Titles) -> Markup {
    let head = unit.head.as_ref().map(|id| (id, heads.get(id).unwrap_or(id)));
    html! {
        tr {
            th scope="row" {
                @for _ in 0..unit.depth { "\u{2003}" }
                @if unit.id.is_empty() { span.muted { (unit.name) } }
                @else { a href=(safe(&record_href("unit", &unit.id))) { (unit.name) } }
            }
            td { @match head { Some((id, name)) => a href=(safe(&record_href("person", id))) { (name) }, None => span.muted { (say("nobody")) } } }
            td.figures { @if unit.id.is_empty() { (unit.systems) } @else { a href=(format!("/systems?unit={}", encoded(&unit.id))) { (unit.systems) } } }
            td.figures { @if unit.id.is_empty() { (unit.people) } @else { a href=(format!("/records/person?unit={}", encoded(&unit.id))) { (unit.people) } } }
            td.whole { (deficiencies(unit)) }
            td {
                @match &unit.worst {
                    Some((system, id, title)) => {
                        a href=(format!("/deficiencies/{}", encoded(id))) { (cut(title, 60)) }
                        " " span.muted { (systems.get(system).map_or("", String::as_str)) }
                    },
                    None => span.muted { (say("none")) },
                }
            }
        }
    }
}

fn said(severity: Severity, count: u32) -> String {
    let word = badge::severity_word(severity).to_lowercase();
    Words::of("units-severities").with("count", count).with("severity", word).said()
}

fn deficiencies(unit: &UnitRow) -> Markup {
    let counts = &unit.deficiencies;
    html! {
        @if counts.total() == 0 { span.muted { (say("none")) } }
        @for severity in Severity::DESCENDING {
            @let count = counts.of(severity);
            @if count > 0 {
                span class=(format!("badge sev-{}", severity.word())) title=(said(severity, count)) {
                    (badge::severity_shape(severity)) (thousands(i64::from(count))) span.sr { " " (badge::severity_word(severity).to_lowercase()) }
                }
                " "
            }
        }
    }
}
