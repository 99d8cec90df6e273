//! Documents of the system for people to read, and the formats that others ask for: what each holds, what it needs, and the
//! way to it.

use super::frame::{At, Frame};
use super::taken;
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::link::safe;
use crate::look::words::english;
use crate::pages::document;
use crate::pages::records::table::{UPLOAD_LIMIT, file_of};
use crate::past;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::routing::{MethodRouter, get, post};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::finding::FindingSort;
use warrant_service::ServiceError;
use warrant_service::documents::{About, DOCUMENTS, DocumentAsk, DocumentKind, Syntax, Write, document_kind};
use warrant_service::hand_in::{self, Asked, Format, Sort, ending, formats, takes_back};

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
                    @for kind in DOCUMENTS.iter().filter(|kind| kind.is_of_a_system()) {
                        tr {
                            th scope="row" { (english(kind.title)) br; small.muted { (english(kind.source)) } }
                            td { (english(kind.about)) }
                            td { (ways(&frame, kind)) }
                        }
                    }
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

/// The way to a document in both formats.
fn ways(frame: &Frame, kind: &DocumentKind) -> Markup {
    // Risk is computed of the present alone.
    if !frame.is_now() && matches!(kind.write, Write::Risk(_)) {
        return html! { span.muted { (say("document-now-alone")) } };
    }
    let href = |ending: &str| frame.href(&format!("/documents/{}.{ending}", kind.id), &[]);
    html! { div.buttons { (document::links(kind, href)) } }
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
            details.behind {
                summary { (say("documents-workbooks")) }
            form.buttons method="post" enctype="multipart/form-data" action=(safe(&action)) {
                input type="hidden" name="_csrf" value=(who.csrf);
                label.sr for=(id("file")) { (Words::of("documents-workbook-for").with("document", &format.title)) }
                input #(id("file")) type="file" name="file" accept=".xlsx,.xlsm" required title=(say("documents-workbook"));
                button { (say("button-fill-in")) }
            }
            @if takes_back(&format.id) { (taken::form(frame, who, format)) }
            }
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

/// A document for people, or a format that needs no template.
async fn file(
    State(app): State<App>,
    who: Who,
    Path((id, format)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let named = format
        .rsplit_once('.')
        .and_then(|(kind, ending)| Some((document_kind(kind)?, Syntax::of_ending(ending)?)));
    if let Some((kind, syntax)) = named {
        let as_of = past::as_of(&app, &address)?.map(past::last_instant);
        let ask = DocumentAsk { kind: kind.id.to_owned(), about: About::System(id), as_of, syntax };
        return document::made(&app, &who, &ask).await;
    }
    let syntax = match address.get("as") {
        "" => None,
        "json" => Some(hand_in::Syntax::Json),
        "xml" => Some(hand_in::Syntax::Xml),
        "yaml" => Some(hand_in::Syntax::Yaml),
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
