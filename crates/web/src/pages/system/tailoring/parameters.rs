//! Organisation-defined parameters of a system: each with its value, who set it and when, and those that nobody has.

use super::Shown;
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::table::{Action, Chip, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::look::words::english;
use crate::pages::record_href;
use crate::pages::system::controls::{Way, ways};
use crate::pages::system::frame::At;
use crate::pages::system::shown::{column, control_label, control_title};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_service::tables::TableFormat;
use warrant_service::tailored::{Parameter, Tailored};

/// The page.
pub(in super::super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let shown = Shown::load(&app, &who, &id, &address).await?;
    let main = table(&list(&shown, &address));
    shown.frame.page(&app, &who, At::Controls, (lead(&shown), html! {}), main).await
}

/// The rows shown, as a file.
pub(in super::super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let shown = Shown::load(&app, &who, &id, &address).await?;
    let frame = &shown.frame;
    let rows = chosen(&shown.tailored, &address);
    let bytes = app.service.parameters_file(&frame.snapshot, &rows, &shown.by, format)?;
    Ok(file::table(&format!("{}-parameters", frame.name), format, bytes))
}

fn lead(shown: &Shown) -> Markup {
    let (unset, all) = (shown.tailored.unset(), shown.tailored.parameters.len());
    if all == 0 {
        return html! { (say("parameters-none")) };
    }
    if unset == 0 {
        return html! { strong { (Words::of("parameters-all-set").with("count", all)) } };
    }
    let some = Words::of("tailoring-unset").with("unset", unset).with("all", all);
    let some = html! { a href=(shown.frame.href("/controls/parameters", &[("set", "no")])) { (some) } };
    html! { strong { (Words::of("parameters-unset").around("some", some)) } " " (say("parameters-unset-text")) }
}

fn chosen<'a>(tailored: &'a Tailored, address: &ListAddress) -> Vec<&'a Parameter> {
    let fits = |one: &&Parameter| {
        let set = match address.get("set") {
            "yes" => one.set.is_some(),
            "no" => one.set.is_none(),
            _ => true,
        };
        set && says(one, address)
    };
    let mut rows: Vec<_> = tailored.parameters.iter().filter(fits).collect();
    let (by, descending) = address.sorted();
    if by == "at" {
        rows.sort_by_key(|one| one.set.as_ref().map(|set| set.at));
    }
    if descending {
        rows.reverse();
    }
    rows
}

fn says(one: &Parameter, address: &ListAddress) -> bool {
    let value = one.set.as_ref().map_or("", |set| &set.value);
    let (label, title) = (control_label(&one.control), control_title(&one.control));
    let text = format!("{} {label} {title} {} {value}", one.id, one.label);
    address.found_in(&text)
}

fn list(shown: &Shown, address: &ListAddress) -> Table {
    let (page, pager) = address.page_of(chosen(&shown.tailored, address));
    let chip = |word: &str, title: &str, count: usize| {
        let (chosen, href) = address.toggle("set", word);
        Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen }
    };
    let unset = shown.tailored.unset();
    let chips = vec![
        chip("no", &say("parameter-unset"), unset),
        chip("yes", &say("parameter-set"), shown.tailored.parameters.len() - unset),
    ];
    Table {
        id: "parameters".to_owned(),
        caption: say("way-parameters"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![Facet { title: say("column-value"), chips }],
        views: ways(&shown.frame, Way::Parameters),
        columns: vec![
            column(&say("column-control"), Width::Fit),
            column(&say("column-parameter"), Width::Fit),
            column(&say("column-asks-for"), Width::Fill),
            column(&say("column-value"), Width::Fit),
            column(&say("column-from"), Width::Fit),
            address.column(&say("column-set"), Width::Fit, "at"),
        ],
        pager,
        rows: page.into_iter().map(|one| row(shown, one)).collect(),
        exports: address.exports(&address.path),
        empty: Empty::of("parameters-none-fit").first(shown.frame.href("/controls/parameters", &[])),
        ..Table::default()
    }
}

fn row(shown: &Shown, one: &Parameter) -> Row {
    let frame = &shown.frame;
    let next = encoded(&frame.href("/controls/parameters", &[]));
    // What an overlay sets is set for this system by a decision of its own; what the system set itself is changed.
    let own = one.set.as_ref().filter(|set| set.layer.is_empty());
    let href = match own {
        Some(set) => format!("{}/edit?next={next}", record_href("tailoring", set.record.as_str())),
        None => format!(
            "/records/tailoring/new?system={}&control={}&action=parameter&parameter={}&next={next}",
            encoded(&frame.id),
            encoded(&one.control),
            encoded(&one.id)
        ),
    };
    let verb = say(if own.is_some() { "button-change" } else { "button-set" });
    let value = one.set.as_ref().map_or("", |set| &set.value);
    Row {
        id: one.id.clone(),
        title: one.id.clone(),
        href: frame.control_href(&one.control),
        cells: vec![
            html! { span title=(control_title(&one.control)) { (control_label(&one.control)) } },
            html! { code { (one.id) } },
            html! { @if one.label.is_empty() { span.muted { (Words::of("parameter-choice").around("control", english(&control_title(&one.control)))) } } @else { (english(&one.label)) } },
            html! { @if one.set.is_none() { span.muted { (say("parameter-unset").to_lowercase()) } } @else { span title=(value) { (cut(value, 40)) } } },
            html! {
                @if let Some(set) = &one.set {
                    @if set.layer.is_empty() { span.muted { (say("this-system")) } }
                    @else { a href=(record_href("overlay", set.record.as_str())) { (cut(&set.layer, 28)) } }
                }
            },
            html! {
                @if let Some(set) = &one.set {
                    (when::age(set.at, frame.at())) " " span.muted title=(shown.by(set.record.as_str())) { (cut(shown.by(set.record.as_str()), 24)) }
                }
            },
        ],
        actions: match frame.is_now() {
            true => vec![Action { verb, href, key: Some('e') }],
            false => Vec::new(),
        },
        ..Row::default()
    }
}
