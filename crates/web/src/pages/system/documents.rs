//! Documents of the system in the formats that others ask for: what each holds, what it needs, and the way to it.

use super::frame::{At, Frame};
use super::taken;
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::link::safe;
use crate::look::words::english;
use crate::pages::records::table::{UPLOAD_LIMIT, file_of};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::routing::{MethodRouter, get, post};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::finding::FindingSort;
use warrant_service::ServiceError;
use warrant_service::hand_in::{Asked, Format, Sort, Syntax, ending, formats, takes_back};

/// What answers for one document: it is downloaded, or filled into the workbook that is posted.
pub(super) fn one() -> MethodRouter<App> {
    get(file).merge(post(filled).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
}

/// The page: every format with the form that makes it.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let formats = formats().map_err(ServiceError::from)?;
    let targets = targets(&frame);
    let main = html! {
        div.scroll {
            table.rows.stacked {
                caption.sr { (say("documents-caption")) }
                thead { tr { th scope="col" { (say("column-document")) } th scope="col" { (say("column-holds")) } th scope="col" { (say("column-make-it")) } } }
                tbody {
                    @for format in &formats {
                        tr {
                            th scope="row" { (english(&format.title)) br; small.muted { (english(&format.source)) } }
                            td { (english(&format.about)) }
                            td { (form(&frame, &who, format, &targets)) }
                        }
                    }
                }
            }
        }
    };
    let command = html! { code { "warrant report FORMAT --system NAME" } };
    let lead = html! { (Words::of("documents-lead").around("command", command)) };
    let brief = html! { a.button href=(frame.href("/brief", &[])) download { (say("system-brief")) } };
    frame.page(&app, &who, At::Documents, (lead, brief), main).await
}

/// Hosts and images with results of benchmark rules.
fn targets(frame: &Frame) -> BTreeSet<&str> {
    let table = &frame.snapshot.findings;
    let checks = (0..table.len()).filter(|row| table.sort[*row] == FindingSort::Check);
    checks.map(|row| table.text(table.target[row])).collect()
}

fn form(frame: &Frame, who: &Who, format: &Format, targets: &BTreeSet<&str>) -> Markup {
    let action = format!("/systems/{}/documents/{}", encoded(&frame.id), encoded(&format.id));
    let id = |field: &str| format!("{}-{field}", format.id);
    if format.sort == Sort::Workbook {
        return html! {
            form.buttons method="post" enctype="multipart/form-data" action=(safe(&action)) {
                input type="hidden" name="_csrf" value=(who.csrf);
                label.sr for=(id("file")) { (Words::of("documents-workbook-for").with("document", &format.title)) }
                input #(id("file")) type="file" name="file" accept=".xlsx,.xlsm" required title=(say("documents-workbook"));
                button { (say("button-fill-in")) }
            }
            @if takes_back(&format.id) { (taken::form(frame, who, format)) }
        };
    }
    html! {
        form.buttons action=(safe(&action)) {
            @match format.sort {
                Sort::Oscal => {
                    label.sr for=(id("as")) { (say("documents-written-as")) }
                    select #(id("as")) name="as" {
                        option value="json" { "JSON" } option value="xml" { "XML" } option value="yaml" { "YAML" }
                    }
                }
                Sort::PerTarget => {
                    label.sr for=(id("target")) { (say("column-target")) }
                    select #(id("target")) name="target" {
                        option value="" { (say("documents-all-targets")) }
                        @for target in targets { option value=(target) { (target) } }
                    }
                }
                Sort::Package => {
                    label.sr for=(id("package")) { (say("documents-package")) }
                    input #(id("package")) type="url" name="package" required placeholder="https://…";
                }
                Sort::Document | Sort::Workbook => {}
            }
            button { (say("button-download")) }
        }
    }
}

/// A document that needs no template.
async fn file(
    State(app): State<App>,
    who: Who,
    Path((id, format)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let syntax = match address.get("as") {
        "" => None,
        "json" => Some(Syntax::Json),
        "xml" => Some(Syntax::Xml),
        "yaml" => Some(Syntax::Yaml),
        other => {
            let problem = format!("`{other}` is no way to write a document; json, xml and yaml are");
            return Err(PageError::Service(ServiceError::field("as", problem)));
        }
    };
    let asked = Asked {
        format,
        target: address.some("target"),
        package: address.some("package"),
        syntax,
        ..Asked::default()
    };
    made(&app, &who, &id, asked).await
}

/// A document filled into the blank workbook that is sent.
async fn filled(
    State(app): State<App>,
    who: Who,
    Path((id, format)): Path<(String, String)>,
    multipart: Multipart,
) -> Answer {
    let (_, template) = file_of(multipart, &who).await?;
    made(&app, &who, &id, Asked { format, template: Some(template), ..Asked::default() }).await
}

async fn made(app: &App, who: &Who, id: &str, asked: Asked) -> Answer {
    let row = app.service.system_row(&who.actor, id).await?;
    let format = asked.format.clone();
    let ending = ending(&format, asked.syntax).map_err(ServiceError::from)?;
    let made = app.service.hand_in(&who.actor, Asked { system: row.id, ..asked }).await?;
    let name = format!("{}-{format}", row.title);
    Ok(match &made.named(ending)[..] {
        // A document that others name by its file keeps that name.
        [(file, bytes)] if !made.files[0].0.is_empty() => file::opaque(file, bytes.to_vec()),
        [(_, bytes)] => file::opaque(&format!("{name}.{ending}"), bytes.to_vec()),
        _ => file::opaque(&format!("{name}.zip"), made.archive(ending).map_err(ServiceError::from)?),
    })
}
