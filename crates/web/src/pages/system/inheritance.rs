//! Inheritance: what a system takes from others and how it stands there; what it offers and who relies on it.

use super::controls::{Way, ways};
use super::frame::{At, Frame};
use super::shown::{column, control_label, control_title, implementation, plain, status};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::panel::section;
use crate::look::table::{Action, Chip, Facet, Row, Table, Width, table};
use crate::look::words::english;
use crate::pages::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_analysis::inheritance::{Step, Taken};
use warrant_model::posture::Status;
use warrant_service::inheritance::{Customer, Inheritance, Offered};
use warrant_service::tables::TableFormat;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let found = app.service.inheritance(&who.actor, &frame.snapshot).await?;
    let actions = html! {
        @if frame.is_now() {
            a.button href=(next(&frame, "implementation", "&status=inherited")) { (say("inheritance-inherit")) }
            a.button href=(next(&frame, "common_control", "")) { (say("inheritance-offer")) }
        }
    };
    let main = html! { (table(&list(&frame, &found, &address))) (unseen(&found)) (offers(&frame, &found)) };
    frame.page(&app, &who, At::Controls, (lead(&frame, &found), actions), main).await
}

/// The rows shown, as a file.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let found = app.service.inheritance(&who.actor, &frame.snapshot).await?;
    let bytes = app.service.inheritance_file(&frame.snapshot, &chosen(&found, &address), format)?;
    Ok(file::table(&format!("{}-inheritance", frame.name), format, bytes))
}

/// The form for a new record, which leads back here.
fn next(frame: &Frame, kind: &str, more: &str) -> String {
    let back = encoded(&frame.href("/controls/inheritance", &[]));
    format!("/records/{kind}/new?system={}{more}&next={back}", encoded(&frame.id))
}

fn lead(frame: &Frame, found: &Inheritance) -> Markup {
    let failing = found.taken.iter().filter(|one| one.failing().is_some()).count();
    let holes = found.taken.iter().filter(|one| !one.holes.is_empty()).count();
    let customers: std::collections::BTreeSet<_> =
        found.offered.iter().flat_map(|one| &one.customers).map(|one| &one.system).collect();
    let here = |word: &str| frame.href("/controls/inheritance", &[("show", word)]);
    html! {
        strong { (Words::of("inheritance-taken").with("count", found.taken.len())) }
        @if failing > 0 { "; " a href=(here("failing")) { (Words::of("inheritance-failing").with("count", failing)) } }
        @if holes > 0 { "; " a href=(here("holes")) { (Words::of("inheritance-holes").with("count", holes)) } }
        @if !customers.is_empty() { "; " (Words::of("inheritance-customers").with("count", customers.len())) }
        "."
    }
}

/// The rows that the address asks for, what fails and what has holes first.
fn chosen<'a>(found: &'a Inheritance, address: &ListAddress) -> Vec<&'a Taken> {
    let fits = |one: &&Taken| one.is(address.get("show")) && says(one, address);
    let mut rows: Vec<_> = found.taken.iter().filter(fits).collect();
    match address.sorted() {
        ("control", false) => {}
        ("control", true) => rows.reverse(),
        _ => rows.sort_by_key(|one| std::cmp::Reverse((one.failing().is_some(), !one.holes.is_empty()))),
    }
    rows
}

fn says(one: &Taken, address: &ListAddress) -> bool {
    let text = format!("{} {} {} {}", one.control, control_label(&one.control), one.from(), one.ours);
    address.found_in(&text)
}

fn list(frame: &Frame, found: &Inheritance, address: &ListAddress) -> Table {
    let (page, pager) = address.page_of(chosen(found, address));
    let chip = |(word, title): (&str, &'static str)| {
        let count = found.taken.iter().filter(|one| one.is(word)).count() as u64;
        let (chosen, href) = address.toggle("show", word);
        Chip { title: say(title), shape: None, count, href, chosen }
    };
    let words = [
        ("failing", "inheritance-fails"),
        ("holes", "inheritance-hole"),
        ("inherited", "inheritance-inherited"),
        ("shared", "inheritance-shared"),
    ];
    Table {
        id: "inheritance".to_owned(),
        caption: say("inheritance-caption"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![Facet { title: say("button-show"), chips: words.into_iter().map(chip).collect() }],
        views: ways(frame, Way::Inheritance),
        columns: vec![
            address.column(&say("column-control"), Width::Fit, "control"),
            column(&say("column-from"), Width::Fill),
            column(&say("column-there"), Width::Fit),
            column(&say("column-here"), Width::Fit),
            column(&say("column-answers-for-it"), Width::Fit),
            column(&say("column-left-to-us"), Width::Fit),
            column(&say("column-missing"), Width::Fit),
        ],
        pager,
        rows: page.into_iter().map(|one| row(frame, one)).collect(),
        exports: address.exports(&address.path),
        empty: match found.taken.is_empty() {
            true => Empty::of("inheritance-none"),
            false => Empty::of("inheritance-none-fit"),
        }
        .first(next(frame, "implementation", "&status=inherited")),
        ..Table::default()
    }
}

fn row(frame: &Frame, one: &Taken) -> Row {
    let label = control_label(&one.control);
    let control = one.control.split("_smt").next().unwrap_or_default();
    let back = encoded(&frame.href("/controls/inheritance", &[]));
    let edit = format!("{}/edit?next={back}", record_href("implementation", one.record.as_str()));
    let duty = one.offer.as_ref().and_then(|offer| offer.customer_duty.as_deref()).unwrap_or_default();
    Row {
        id: one.record.0.clone(),
        title: label.clone(),
        href: record_href("implementation", one.record.as_str()),
        cells: vec![
            html! { a href=(frame.control_href(control)) title=(control_title(control)) { (label) } " " small.muted { (implementation(one.how())) } },
            html! {
                @if one.path.is_empty() { span.muted { (one.provider) } }
                @for (nth, step) in one.path.iter().enumerate() { @if nth > 0 { " → " } (step.name) }
            },
            there(one, control),
            html! { @match &one.own_status { Some(own) => (status(own)), None => span.muted { (say("not-in-the-baseline")) } } },
            html! { @match &one.offer { Some(offer) => span title=(offer.provided.as_deref().unwrap_or_default()) { (responsibility(&offer.responsibility)) }, None => span.muted { (say("inheritance-not-offered")) } } },
            html! { @if duty.is_empty() { span.muted { "–" } } @else { span title=(duty) { (cut(duty, 32)) } } },
            html! { @match &one.holes[..] {
                [] => span.muted { (say("nothing")) },
                [first, rest @ ..] => span title=(one.holes.join("\n")) { (english(&cut(first, 44))) @if !rest.is_empty() { " +" (rest.len()) } },
            } },
        ],
        actions: match frame.is_now() {
            true => vec![Action { verb: say("button-edit"), href: edit, key: Some('e') }],
            false => Vec::new(),
        },
        ..Row::default()
    }
}

/// How it stands along the path: where it fails first, else where it is done last.
fn there(one: &Taken, control: &str) -> Markup {
    let at =
        |step: &Step| format!("/systems/{}/controls/{}", encoded(step.system.as_str()), encoded(control));
    html! {
        @match one.failing().or(one.path.last()) {
            Some(step) => a href=(at(step)) title=(step.name) {
                @match &step.status { Some(of) => (status(of)), None => span.muted { (say("control-not-in-its-baseline")) } }
            },
            None => span.muted { (say("not-known")) },
        }
    }
}

fn unseen(found: &Inheritance) -> Markup {
    html! { @if !found.unseen.is_empty() { p.muted { (Words::of("inheritance-unseen").with("systems", found.unseen.join(", "))) } } }
}

/// What this system offers, and who relies on it.
fn offers(frame: &Frame, found: &Inheritance) -> Markup {
    let columns = vec![
        column(&say("column-control"), Width::Fit),
        column(&say("column-offer"), Width::Fill),
        column(&say("column-here"), Width::Fit),
        column(&say("column-answers-for-it"), Width::Fit),
        column(&say("column-relied-on-by"), Width::Fit),
    ];
    let mut rows: Vec<_> = found.offered.iter().collect();
    rows.sort_by_key(|one| !fails(one));
    let rows = rows.into_iter().map(|one| offer_row(frame, one)).collect();
    let empty = Empty::of("inheritance-offered-none").first(next(frame, "common_control", ""));
    section(
        &say("inheritance-offered"),
        html! { (found.offered.len()) },
        plain("offered", &say("inheritance-offered"), columns, rows, empty),
    )
}

/// Who answers for what is offered.
fn responsibility(of: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(of).unwrap_or_default();
    kinds::choice("responsibility", word.as_str().unwrap_or_default())
}

fn fails(one: &Offered) -> bool {
    matches!(one.status, Some(Status::OtherThanSatisfied | Status::Stale { .. })) && !one.customers.is_empty()
}

fn offer_row(frame: &Frame, one: &Offered) -> Row {
    let label = control_label(&one.control);
    let control = one.control.split("_smt").next().unwrap_or_default();
    let href = match &one.offer {
        Some((id, _)) => record_href("common_control", id.as_str()),
        None => next(frame, "common_control", &format!("&control={}", encoded(&one.control))),
    };
    let told = one.offer.as_ref().and_then(|(_, offer)| offer.provided.as_deref());
    let names = |one: &[Customer]| {
        let mut names: Vec<_> = one.iter().map(|customer| customer.name.as_str()).collect();
        names.dedup();
        names.join(", ")
    };
    Row {
        id: one.control.clone(),
        title: label.clone(),
        href,
        cells: vec![
            html! { a href=(frame.control_href(control)) title=(control_title(control)) { (label) } },
            html! { @match (&one.offer, told) {
                (None, _) => strong { (say("inheritance-without-offer")) },
                (_, Some(text)) => (text),
                (_, None) => span.muted { (english(&control_title(control))) },
            } },
            html! { @match &one.status { Some(of) => (status(of)), None => span.muted { (say("not-in-the-baseline")) } } },
            html! { @match &one.offer { Some((_, offer)) => (responsibility(&offer.responsibility)), None => span.muted { "–" } } },
            html! { @if one.customers.is_empty() { span.muted { (say("nobody")) } } @else {
                span title=(names(&one.customers)) { (cut(&names(&one.customers), 40)) }
            } },
        ],
        ..Row::default()
    }
}
