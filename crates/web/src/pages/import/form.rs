//! The form, the formats it takes, and the batches of late.

use super::results::state;
use crate::error::{Answer, PageError, Told};
use crate::imports::Batch;
use crate::language;
use crate::list::{ListAddress, encoded};
use crate::look::drop::{Drop, drop};
use crate::look::failure::said;
use crate::look::figure::cut;
use crate::look::icons::{Icon, icon};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::when;
use crate::look::words::capital;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::State;
use axum::http::StatusCode;
use maud::{Markup, html};
use std::sync::Arc;
use warrant_intake::Reader;
use warrant_service::import::Mode;

/// The most files of one batch.
pub(super) const MOST_FILES: usize = 200;

/// What the form says.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// System id or name; empty: found from the file.
    pub(super) system: String,
    /// Kind of record; empty: evidence.
    pub(super) kind: String,
    /// Whether to write.
    pub(super) mode: Option<Mode>,
}

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let wanted = Wanted {
        system: address.get("system").to_owned(),
        kind: address.get("kind").to_owned(),
        mode: (address.get("mode") == "dry-run").then_some(Mode::DryRun),
    };
    shown(&app, &who, &wanted, None).await
}

/// The page with what is wrong with what was sent.
pub(super) async fn shown(app: &App, who: &Who, wanted: &Wanted, problem: Option<&Told>) -> Answer {
    let lead = html! { (Words::of("import-lead").with("count", app.service.readers().len())) };
    let refused = app.service.may_import(&who.actor).err();
    let form = match &refused {
        None => form(app, who, wanted).await?,
        Some(error) => {
            html! { p.muted { (said(&Told::because("import-not-allowed", capital(&error.to_string())))) } }
        }
    };
    let batches = app.imports.of(&who.actor.account);
    let main = html! {
        (shell::heading(&[], say("import-title"), lead, html! {}))
        div #import {
            @if let Some(problem) = problem {
                div.problems role="alert" tabindex="-1" { p { (icon(Icon::Warning)) strong { span lang=[language::of_chosen()] { (say("not-imported")) (say("colon")) } (said(problem)) } }
                    @if let Some(text) = problem.words.part("text") { p lang=[language::of_chosen()] { (text) } }
                }
            }
            (form)
        }
        @if !batches.is_empty() { (section(&say("import-lately"), html! { (say("import-since-start")) }, recent(&batches, app.service.now()))) }
        (section(&say("import-what"), html! {}, html! { (formats(app.service.readers())) (tables(app)) }))
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Page { status, ..Page::new(&say("import-title"), Place::Record, "/import") }
        .in_the_chosen_language()
        .with(app, who, main)
        .await
}

async fn form(app: &App, who: &Who, wanted: &Wanted) -> Result<Markup, PageError> {
    let mut systems: Vec<_> = app.service.system_names(&who.actor).await?.into_iter().collect();
    systems.sort_by(|a, b| a.1.cmp(&b.1));
    let chosen = |id: &str, name: &str| wanted.system == id || wanted.system == name;
    let kinds = app.service.registry().kinds();
    let fields = html! {
        div.toolbar.asking {
            label { (say("column-system")) " "
                @if systems.len() <= 300 {
                    select #import-system name="system" {
                        option value="" { (say("import-find")) }
                        @for (id, name) in &systems { option value=(id) selected[chosen(id, name)] { (name) } }
                    }
                } @else { input #import-system name="system" value=(wanted.system) placeholder=(say("import-find")); }
            }
            label { (say("import-files-are")) " "
                select #import-kind name="kind" {
                    option value="" { (say("import-evidence")) }
                    optgroup label=(say("import-tables")) {
                        @for kind in kinds { option value=(kind.spec.name) selected[wanted.kind == kind.spec.name] { (kinds::several(&kind.spec)) } }
                    }
                }
            }
            label { (say("import-rehearse")) " "
                span.check-line {
                    input type="checkbox" name="mode" value="dry-run" checked[wanted.mode == Some(Mode::DryRun)];
                    (say("import-rehearse-says"))
                }
            }
        }
    };
    Ok(drop(&Drop {
        id: "import-form".to_owned(),
        action: "/import".to_owned(),
        csrf: who.csrf.clone(),
        name: "file".to_owned(),
        accepts: Words::of("import-accepts").with("count", MOST_FILES).said(),
        fields,
        target: "import".to_owned(),
        ..Drop::default()
    }))
}

fn recent(batches: &[Arc<Batch>], now: jiff::Timestamp) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-files")) } th scope="col" { (say("import-started")) } th scope="col" { (say("column-state")) } } }
                tbody {
                    @for batch in batches.iter().take(20) {
                        tr {
                            td {
                                a href=(format!("/import/{}", encoded(&batch.id))) {
                                    (files(batch))
                                }
                            }
                            td.fit { (when::minute(batch.started)) " " span.muted { (when::age(batch.started, now)) } }
                            td.fit { (state(batch)) }
                        }
                    }
                }
            }
        }
    }
}

/// The first file of a batch, and how many more there are.
fn files(batch: &Batch) -> String {
    let first = batch.files.first().map_or_else(|| say("import-nothing"), |file| cut(&file.name, 60));
    match batch.files.len() {
        0 | 1 => first,
        count => Words::of("import-and-more").with("file", first).with("count", count - 1).said(),
    }
}

/// What can be read.
fn formats(readers: &[&dyn Reader]) -> Markup {
    html! {
        details #formats {
            summary { (Words::of("import-formats").with("count", readers.len())) }
            div.scroll {
                table {
                    thead { tr { th scope="col" { (say("column-format")) } th scope="col" { (say("import-becomes")) } th scope="col" { (say("import-follows")) } } }
                    tbody {
                        @for reader in readers {
                            tr { th.fit scope="row" { (reader.title()) } td lang=[language::of_english()] { (reader.yields()) } td { (reader.source()) } }
                        }
                    }
                }
            }
        }
    }
}

/// How a table must look.
fn tables(app: &App) -> Markup {
    html! {
        details #tables {
            summary { (say("import-tables")) }
            p { (say("import-tables-help")) }
            div.scroll {
                table {
                    thead { tr { th scope="col" { (say("column-kind")) } th scope="col" { (say("import-headings")) } } }
                    tbody {
                        @for kind in app.service.registry().kinds() {
                            tr {
                                th.fit scope="row" { (kinds::several(&kind.spec)) }
                                td { @for (nth, field) in kind.fields.iter().enumerate() { @if nth > 0 { ", " } code { (field.name) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}
