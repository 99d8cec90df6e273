//! Tailoring: what the baseline of a system is, what its overlays and the system itself change, and with what effect.

mod parameters;

pub(super) use parameters::{export as export_parameters, page as parameters};

use super::controls::{Way, ways};
use super::frame::{At, Frame};
use super::shown::{baseline, column, control_label, control_title, person};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::{Empty, none};
use crate::look::figure::cut;
use crate::look::panel::section;
use crate::look::table::{Action, Chip, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::look::words::english;
use crate::pages::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
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
    let actions = html! { @if frame.is_now() { a.button href=(frame.new_href("tailoring", At::Controls)) { (say("controls-tailor")) } } };
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
        return html! { (say("controls-lead-none")) };
    };
    let counted = [
        (TailoringAction::Add, "tailoring-count-added"),
        (TailoringAction::Remove, "tailoring-count-removed"),
        (TailoringAction::NotApplicable, "tailoring-count-not-applicable"),
        (TailoringAction::Compensate, "tailoring-count-compensated"),
    ];
    let decisions = html! {
        @for (action, name) in counted {
            @let count = tailored.holding(action);
            @if count > 0 { ", " a href=(frame.href("/controls/tailoring", &[("action", action.word())])) { (Words::of(name).with("count", count)) } }
        }
    };
    let unset =
        Words::of("tailoring-unset").with("unset", tailored.unset()).with("all", tailored.parameters.len());
    let must = Words::of("tailoring-must").with("count", tailored.controls.len());
    let sentence = Words::of("tailoring-lead")
        .with("baseline", baseline(&frame.posture.baseline))
        .with("size", tailored.in_baseline)
        .around("must", html! { strong { (must) } })
        .around("decisions", decisions)
        .around("unset", html! { a href=(frame.href("/controls/parameters", &[("set", "no")])) { (unset) } });
    html! { (sentence) }
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
                    " · " (Words::of("count-decisions").with("count", layer.overlay.body.decisions.len()))
                    " " @match &layer.unit { Some(id) => (Words::of("by-whom").with("who", unit(id))), None => (say("by-the-system")) }
                    @if let Some(purpose) = &layer.overlay.body.purpose { p.muted { (purpose) } }
                }
            }
        }
        @if frame.is_now() { p { a href=(edit) { (say("overlays-choose")) } " · " a href="/records/overlay/new" { (say("overlays-new")) } } }
    };
    section(&say("overlays"), html! { (layers.len()) }, body)
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
        caption: say("tailoring-decisions"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![actions_facet(&shown.tailored, address), effects_facet(&shown.tailored, address)],
        views: ways(frame, Way::Tailoring),
        columns: vec![
            address.column(&say("column-control"), Width::Fit, "control"),
            column(&say("column-decision"), Width::Fit),
            column(&say("column-why"), Width::Fill),
            column(&say("column-layer"), Width::Fit),
            column(&say("column-effect"), Width::Fit),
            column(&say("column-approved-by"), Width::Fit),
            address.column(&say("column-written"), Width::Fit, "at"),
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
    let chip = |(action, _): (TailoringAction, &str)| {
        let word = action.word();
        let count = tailored.decisions.iter().filter(|one| one.decision.body.action == action).count();
        let (chosen, href) = address.toggle("action", word);
        Chip { title: action_word(action), shape: None, count: count as u64, href, chosen }
    };
    Facet { title: say("column-decision"), chips: TailoringAction::ALL.into_iter().map(chip).collect() }
}

fn effects_facet(tailored: &Tailored, address: &ListAddress) -> Facet {
    let chip = |(word, _): (&str, &str)| {
        let count = tailored.decisions.iter().filter(|one| one.effect.word() == word).count();
        let (chosen, href) = address.toggle("effect", word);
        Chip { title: effect(word), shape: None, count: count as u64, href, chosen }
    };
    Facet { title: say("column-effect"), chips: Effect::WORDS.into_iter().map(chip).collect() }
}

/// The word for what a decision does: `Removed`.
fn action_word(action: TailoringAction) -> String {
    say(match action {
        TailoringAction::Add => "tailoring-added",
        TailoringAction::Remove => "tailoring-removed",
        TailoringAction::NotApplicable => "status-not-applicable",
        TailoringAction::Compensate => "tailoring-action-compensated",
        TailoringAction::Parameter => "tailoring-action-parameter",
    })
}

/// The word for an effect that an address names.
fn effect(word: &str) -> String {
    match word {
        "holds" => say("effect-holds"),
        "overruled" => say("effect-overruled"),
        _ => say("effect-nothing"),
    }
}

fn row(shown: &Shown, one: &Decided) -> Row {
    let (frame, body) = (&shown.frame, &one.decision.body);
    let id = one.decision.id.as_str();
    let kind = if of_overlay(&one.decision) { "overlay" } else { "tailoring" };
    let next = encoded(&frame.href("/controls/tailoring", &[]));
    let edit = Action {
        verb: say("button-edit"),
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
            html! { span title=(said) { (english(&cut(&said, 44))) } },
            html! { span title=(body.rationale) { (body.rationale) } },
            html! { @if one.layer.is_empty() { span.muted { (say("this-system")) } } @else { (cut(&one.layer, 28)) } },
            html! {
                @match &one.effect {
                    Effect::Holds => (say("effect-holds").to_lowercase()),
                    Effect::Overruled => span.muted { (say("effect-overruled").to_lowercase()) },
                    Effect::Nothing(why) => span title=(why) { strong { (say("effect-none")) } " " (english(&cut(why, 36))) },
                }
            },
            html! { @match &body.approver { Some(id) => (person(frame, Some(id))), None => span.muted { "–" } } },
            html! { span title=(shown.by(id)) { (when::age(one.decision.updated_at, frame.at())) @if !shown.by(id).is_empty() { " " span.muted { (cut(shown.by(id), 24)) } } } },
        ],
        actions: if frame.is_now() { vec![edit] } else { Vec::new() },
        ..Row::default()
    }
}
