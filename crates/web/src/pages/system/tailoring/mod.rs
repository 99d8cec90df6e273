//! Tailoring: what the baseline of a system is, what its overlays and the system itself change, and with what effect.

mod parameters;

pub(super) use parameters::{export as export_parameters, page as parameters};

use super::controls::{Way, ways};
use super::frame::{At, Frame};
use super::shown::{column, control_label, control_title, counted, person};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::{Empty, none};
use crate::look::figure::{cut, thousands};
use crate::look::panel::section;
use crate::look::table::{Action, Chip, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::pages::record_href;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_analysis::overlays::{layers, of_overlay};
use warrant_model::kinds::TailoringAction;
use warrant_service::tables::TableFormat;
use warrant_service::tailored::{Decided, Effect, Tailored};

/// A system's baseline with all that the page shows of it.
struct Shown {
    frame: Frame,
    tailored: Tailored,
    /// Who last changed each decision and overlay; empty for a day in the past.
    by: BTreeMap<String, String>,
}

impl Shown {
    async fn load(
        app: &App,
        who: &Who,
        id: &str,
        address: &ListAddress,
    ) -> Result<Self, crate::error::PageError> {
        let frame = Frame::load(app, who, id, address).await?;
        let by = match frame.is_now() {
            true => app.service.tailored_by(&who.actor, &frame.snapshot).await?,
            false => BTreeMap::new(),
        };
        let tailored = app.service.tailored(&frame.snapshot);
        Ok(Self { frame, tailored, by })
    }

    fn by(&self, record: &str) -> &str {
        self.by.get(record).map_or("", String::as_str)
    }
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let shown = Shown::load(&app, &who, &id, &address).await?;
    let frame = &shown.frame;
    let actions = html! { @if frame.is_now() { a.button href=(frame.new_href("tailoring", At::Controls)) { "Tailor" } } };
    let main = html! { (table(&list(&shown, &address))) (overlays(frame)) };
    frame.page(&app, &who, At::Controls, (lead(&shown), actions), main).await
}

/// The rows shown, as a file.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let shown = Shown::load(&app, &who, &id, &address).await?;
    let frame = &shown.frame;
    let rows = chosen(&shown.tailored, &address);
    let bytes = app.service.tailoring_file(&frame.snapshot, &rows, &shown.by, format)?;
    Ok(file::table(&format!("{}-tailoring", frame.name), format, bytes))
}

fn lead(shown: &Shown) -> Markup {
    let (frame, tailored) = (&shown.frame, &shown.tailored);
    let Some(_) = tailored.baseline else {
        return html! { strong { "No baseline is in force" } ": the system is not categorised." };
    };
    let count = |action, words: &str| {
        let count = tailored.holding(action);
        html! { @if count > 0 { ", " a href=(frame.href("/controls/tailoring", &[("action", TailoringAction::word(action))])) { (count) " " (words) } } }
    };
    html! {
        strong { (counted(tailored.controls.len(), "control", "controls")) " must be met" }
        ": the " (shown.frame.posture.baseline) " baseline of " (tailored.in_baseline)
        (count(TailoringAction::Add, "added"))
        (count(TailoringAction::Remove, "removed"))
        (count(TailoringAction::NotApplicable, "not applicable"))
        (count(TailoringAction::Compensate, "compensated"))
        "; " a href=(frame.href("/controls/parameters", &[("set", "no")])) { (thousands(tailored.unset() as i64)) " of " (thousands(tailored.parameters.len() as i64)) " parameters" } " unset."
    }
}

/// The overlays that hold, the most general first.
fn overlays(frame: &Frame) -> Markup {
    let layers = layers(&frame.snapshot);
    let unit = |id: &warrant_model::RecordId| {
        let units = &frame.snapshot.programme.units;
        units.iter().find(|unit| unit.id == *id).map(|unit| unit.body.name.clone()).unwrap_or_default()
    };
    let edit = format!(
        "/records/system/{}/edit?next={}",
        encoded(&frame.id),
        encoded(&frame.href("/controls/tailoring", &[]))
    );
    let body = html! {
        @if layers.is_empty() { (none("overlays-none")) }
        ol.stack-gap {
            @for layer in &layers {
                li {
                    a href=(record_href("overlay", layer.overlay.id.as_str())) { (layer.overlay.body.name) }
                    " · " (counted(layer.overlay.body.decisions.len(), "decision", "decisions"))
                    @match &layer.unit { Some(id) => { ", by " (unit(id)) } None => ", by the system" }
                    @if let Some(purpose) = &layer.overlay.body.purpose { p.muted { (purpose) } }
                }
            }
        }
        @if frame.is_now() { p { a href=(edit) { "Choose overlays" } " · " a href="/records/overlay/new" { "New overlay" } } }
    };
    section("Overlays, the most general first", html! { (layers.len()) }, body)
}

/// The decisions that the address asks for.
fn chosen<'a>(tailored: &'a Tailored, address: &ListAddress) -> Vec<&'a Decided> {
    let fits = |one: &&Decided| {
        let action = address.get("action");
        let effect = address.get("effect");
        (action.is_empty() || one.decision.body.action.word() == action)
            && (effect.is_empty() || one.effect.word() == effect)
            && says(one, address)
    };
    let mut rows: Vec<_> = tailored.decisions.iter().filter(fits).collect();
    let (by, descending) = address.sorted();
    match by {
        "control" => rows.sort_by_key(|one| control_label(&one.decision.body.control)),
        "at" => rows.sort_by_key(|one| one.decision.updated_at),
        _ => {}
    }
    if descending {
        rows.reverse();
    }
    rows
}

fn says(one: &Decided, address: &ListAddress) -> bool {
    let body = &one.decision.body;
    let text = format!("{} {} {} {}", control_label(&body.control), body.control, body.rationale, one.layer);
    address.found_in(&text)
}

fn list(shown: &Shown, address: &ListAddress) -> Table {
    let frame = &shown.frame;
    let (page, pager) = address.page_of(chosen(&shown.tailored, address));
    Table {
        id: "tailoring".to_owned(),
        caption: "Decisions".to_owned(),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![actions_facet(&shown.tailored, address), effects_facet(&shown.tailored, address)],
        views: ways(frame, Way::Tailoring),
        columns: vec![
            address.column("Control", Width::Fit, "control"),
            column("Decision", Width::Fit),
            column("Why", Width::Fill),
            column("Layer", Width::Fit),
            column("Effect", Width::Fit),
            column("Approved by", Width::Fit),
            address.column("Written", Width::Fit, "at"),
        ],
        pager,
        rows: page.into_iter().map(|one| row(shown, one)).collect(),
        exports: address.exports(&address.path),
        empty: match shown.tailored.decisions.is_empty() {
            true => Empty::of("tailoring-none"),
            false => Empty::of("tailoring-none-fit"),
        }
        .first(frame.new_href("tailoring", At::Controls))
        .second(frame.href("/controls/parameters", &[])),
        ..Table::default()
    }
}

fn actions_facet(tailored: &Tailored, address: &ListAddress) -> Facet {
    let chip = |(action, title): (TailoringAction, &str)| {
        let word = action.word();
        let count = tailored.decisions.iter().filter(|one| one.decision.body.action == action).count();
        let (chosen, href) = address.toggle("action", word);
        Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen }
    };
    Facet { title: "Decision".to_owned(), chips: TailoringAction::ALL.into_iter().map(chip).collect() }
}

fn effects_facet(tailored: &Tailored, address: &ListAddress) -> Facet {
    let chip = |(word, title): (&str, &str)| {
        let count = tailored.decisions.iter().filter(|one| one.effect.word() == word).count();
        let (chosen, href) = address.toggle("effect", word);
        Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen }
    };
    Facet { title: "Effect".to_owned(), chips: Effect::WORDS.into_iter().map(chip).collect() }
}

fn row(shown: &Shown, one: &Decided) -> Row {
    let (frame, body) = (&shown.frame, &one.decision.body);
    let id = one.decision.id.as_str();
    let kind = if of_overlay(&one.decision) { "overlay" } else { "tailoring" };
    let next = encoded(&frame.href("/controls/tailoring", &[]));
    let edit = Action {
        verb: "Edit".to_owned(),
        href: format!("{}/edit?next={next}", record_href(kind, id)),
        key: Some('e'),
    };
    let label = control_label(&body.control);
    let said = one.says();
    Row {
        id: format!("{id} {}", body.control),
        title: label.clone(),
        href: record_href(kind, id),
        cells: vec![
            html! { a href=(frame.control_href(body.control.split("_smt").next().unwrap_or_default())) title=(control_title(&body.control)) { (label) } },
            html! { span title=(said) { (cut(&said, 44)) } },
            html! { span title=(body.rationale) { (body.rationale) } },
            html! { @if one.layer.is_empty() { span.muted { "this system" } } @else { (cut(&one.layer, 28)) } },
            html! {
                @match &one.effect {
                    Effect::Holds => "holds",
                    Effect::Overruled => span.muted { "overruled" },
                    Effect::Nothing(why) => span title=(why) { strong { "none: " } (cut(why, 36)) },
                }
            },
            html! { @match &body.approver { Some(id) => (person(frame, Some(id))), None => span.muted { "–" } } },
            html! { span title=(shown.by(id)) { (when::age(one.decision.updated_at, frame.at())) @if !shown.by(id).is_empty() { " " span.muted { (cut(shown.by(id), 24)) } } } },
        ],
        actions: if frame.is_now() { vec![edit] } else { Vec::new() },
        ..Row::default()
    }
}
