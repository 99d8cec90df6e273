//! A table brought in: what it would do first, then, on a yes, the deed. All rows or none.

use super::list::in_sentence;
use super::{list, list_href};
use crate::error::{Answer, Fault, PageError};
use crate::language;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::facts::{Figure, figures};
use crate::look::figure::thousands;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::shell::{self, Flash};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, and, kinds, say};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_model::registry::KindEntry;
use warrant_service::ServiceError;
use warrant_service::import::Mode;
use warrant_service::tables::TableOutcome;

/// The largest table, in bytes.
pub(in crate::pages) const UPLOAD_LIMIT: usize = 64 << 20;

/// The form that takes a table.
pub(super) fn form(who: &Who, kind: &KindEntry) -> Markup {
    let base = list_href(kind.spec.name);
    let identity = kind.spec.identity.iter().filter_map(|name| kind.field(name));
    let identity: Vec<_> = identity.map(|field| in_sentence(&kinds::label(kind.spec.name, field))).collect();
    html! {
        form.form #import method="post" enctype="multipart/form-data" action=(safe(&format!("{base}/import"))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.field {
                label for="table-file" { (say("bring-in-file")) }
                input #table-file type="file" name="file" accept=".csv,.tsv,.xlsx,.ods" required;
                p.help {
                    (Words::of("bring-in-help").with("identity", and(&identity))
                        .around("xlsx", html! { a href=(safe(&format!("{base}.template.xlsx"))) download { (say("bring-in-empty-xlsx")) } })
                        .around("csv", html! { a href=(safe(&format!("{base}.template.csv"))) download { (say("bring-in-empty-csv")) } }))
                }
            }
            div.buttons.wide { button { (say("bring-in-look")) } }
        }
    }
}

/// The form that takes rows copied from a spreadsheet.
pub(super) fn paste_form(who: &Who, kind: &KindEntry, columns: &[String]) -> Markup {
    html! {
        form.form method="post" action=(safe(&format!("{}/paste", list_href(kind.spec.name)))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            input type="hidden" name="columns" value=(columns.join("\t"));
            div.field.wide {
                label for="pasted" { (say("bring-in-paste")) }
                textarea #pasted name="text" rows="3" required data-paste spellcheck="false" {}
                p.help {
                    (say("bring-in-paste-help")) " "
                    span.script-only { (say("bring-in-paste-anywhere")) }
                }
            }
            div.buttons.wide { button { (say("bring-in-look-rows")) } }
        }
    }
}

/// Reads what was pasted and says what it would do.
pub(super) async fn paste(
    State(app): State<App>,
    who: Who,
    Path(kind): Path<String>,
    posted: Posted,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let text = with_headings(kind, posted.one("text"), posted.one("columns"));
    look(&app, &who, kind, say("bring-in-pasted"), text.into_bytes()).await
}

/// Rows with column names above them, tabs between cells.
fn with_headings(kind: &KindEntry, text: &str, columns: &str) -> String {
    let text = text.trim_matches(['\r', '\n']);
    let simple = |text: &str| text.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_");
    let known = |cell: &str| {
        let cell = simple(cell);
        cell == "id"
            || kind.fields.iter().any(|f| {
                f.name == cell || simple(&f.label) == cell || simple(&kinds::label(kind.spec.name, f)) == cell
            })
    };
    let first = text.lines().next().unwrap_or_default();
    let named = first.split('\t').filter(|cell| known(cell)).count();
    // A cell may by chance be called like a field; most of a heading's are.
    let heading = 2 * named > first.split('\t').count();
    let above = if heading { String::new() } else { format!("{columns}\n") };
    format!("sep=\t\n{above}{text}\n")
}

/// Reads an upload and says what it would do.
pub(super) async fn upload(
    State(app): State<App>,
    who: Who,
    Path(kind): Path<String>,
    multipart: Multipart,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let (name, bytes) = file_of(multipart, &who).await?;
    look(&app, &who, kind, name, bytes).await
}

/// What a table would do.
async fn look(app: &App, who: &Who, kind: &KindEntry, name: String, bytes: Vec<u8>) -> Answer {
    match app.service.import_table(&who.actor, kind.spec.name, (&name, &bytes), Mode::DryRun).await {
        Ok(outcome) => {
            let id = app.tables.put(&who.actor.account, kind.spec.name, name.clone(), bytes);
            preview(app, who, kind, (&name, &id), outcome).await
        }
        Err(ServiceError::Invalid(problems)) => refused(app, who, kind, &name, &problems).await,
        Err(error @ ServiceError::File { .. }) => {
            let problems = [FieldProblem::new("", error.to_string())];
            refused(app, who, kind, &name, &problems).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Does what was shown.
pub(super) async fn confirm(
    State(app): State<App>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    drop(posted);
    let kind = app.service.kind(&kind)?;
    let gone = || PageError::Refused("error-table-gone".into());
    let waiting = app.tables.get(&id, &who.actor.account).filter(|table| table.kind == kind.spec.name);
    let waiting = waiting.ok_or_else(gone)?;
    let file = (waiting.name.as_str(), &*waiting.bytes);
    match app.service.import_table(&who.actor, kind.spec.name, file, Mode::Commit).await {
        Ok(outcome) => {
            app.tables.forget(&id);
            let list = ListAddress::parse(&format!("{}?sort=-updated", list_href(kind.spec.name)));
            let leaf = outcome.leaf.map(|leaf| leaf.to_string()).unwrap_or_default();
            Ok(Redirect::to(&list.with("did", &leaf)).into_response())
        }
        Err(ServiceError::Invalid(problems)) => refused(&app, &who, kind, &waiting.name, &problems).await,
        Err(error) => Err(error.into()),
    }
}

/// The file of an upload form whose token is that of the session, with its name.
pub(in crate::pages) async fn file_of(
    mut multipart: Multipart,
    who: &Who,
) -> Result<(String, Vec<u8>), PageError> {
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::Refused(Words::of("error-upload-unread").with("reason", error.body_text())),
    };
    let (mut csrf, mut file) = (String::new(), None);
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        match field.name() {
            Some("_csrf") => csrf = field.text().await.map_err(broken)?,
            Some("file") => {
                let name = field.file_name().unwrap_or("table").to_owned();
                file = Some((name, field.bytes().await.map_err(broken)?.to_vec()));
            }
            _ => {}
        }
    }
    Posted::parse(&format!("_csrf={}", crate::list::encoded(&csrf))).checked(who)?;
    let file = file.filter(|(_, bytes)| !bytes.is_empty());
    file.ok_or_else(|| PageError::Refused("upload-no-file".into()))
}

async fn preview(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    (name, id): (&str, &str),
    outcome: TableOutcome,
) -> Answer {
    let base = list_href(kind.spec.name);
    let changes = outcome.created + outcome.updated;
    let figure = |count: usize, name| Figure {
        value: thousands(count as i64),
        caption: say(name),
        ..Figure::default()
    };
    let table = if changes == 0 { "bring-in-already" } else { "bring-in-would-change" };
    let table = Words::of(table).with("table", name).with("count", changes);
    let lead = Words::of("bring-in-lead-none").around("table", html! { strong { (table) } });
    let title = say("bring-in-title");
    let main = html! {
        (shell::heading(&[Link::new(kinds::several(&kind.spec), base.clone())], &title, html! { (lead) }, html! {}))
        (figures(&[
            figure(outcome.created, "bring-in-new"),
            figure(outcome.updated, "bring-in-changed"),
            figure(outcome.unchanged, "bring-in-unchanged"),
        ]))
        form method="post" action=(safe(&format!("{base}/import/{id}"))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.buttons {
                @if changes > 0 { button.primary { (Words::of("bring-in-write").with("count", changes)) } }
                a.button href=(safe(&base)) { (say("bring-in-leave")) }
            }
        }
    };
    Page::new(&title, list::place(kind), &base).in_the_chosen_language().with(app, who, main).await
}

async fn refused(app: &App, who: &Who, kind: &KindEntry, name: &str, problems: &[FieldProblem]) -> Answer {
    let base = list_href(kind.spec.name);
    let words = Words::of("table-refused").with("file", name).with("count", problems.len());
    let lead = html! { span lang=[language::of_chosen()] { strong { (words) } " " (words.part("text").unwrap_or_default()) } };
    let title = say("bring-in-title");
    let main = html! {
        (shell::heading(&[Link::new(kinds::several(&kind.spec), base.clone())], &title, lead, html! {}))
        div.problems role="alert" {
            p { (icon(Icon::Warning)) strong lang=[language::of_chosen()] { (Words::of("form-to-mend").with("count", problems.len())) } }
            ul { @for problem in problems { li lang=[language::of_english()] { @if !problem.field.is_empty() { (problem.field) ": " } (problem.message) } } }
        }
        (form(who, kind))
    };
    let mut page = Page::new(&title, list::place(kind), &base).in_the_chosen_language();
    page.status = StatusCode::UNPROCESSABLE_ENTITY;
    page.flashes.push(Flash::problem(words));
    page.with(app, who, main).await
}

#[cfg(test)]
mod tests {
    use super::with_headings;
    use warrant_model::Registry;

    #[test]
    fn pasted_rows_get_headings_when_they_have_none() {
        let registry = Registry::standard();
        let kind = registry.kind("poam_item").unwrap();
        let bare = with_headings(kind, "Patch\tplanned\n", "title\tstate");
        assert_eq!(bare, "sep=\t\ntitle\tstate\nPatch\tplanned\n");
        let named = with_headings(kind, "Title\tState\r\nPatch\tplanned\r\n", "title\tstate");
        assert_eq!(named, "sep=\t\nTitle\tState\r\nPatch\tplanned\n");
        // A title that is called like a field is no heading.
        assert!(
            with_headings(kind, "Owner\tplanned\t2026-12-01", "title\tstate\tdue")
                .contains("title\tstate\tdue")
        );
    }
}
