//! A table brought in: what it would do first, then, on a yes, the deed. All rows or none.

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
use crate::words::Words;
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
    html! {
        form.form #import method="post" enctype="multipart/form-data" action=(safe(&format!("{base}/import"))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.field {
                label for="table-file" { "CSV, XLSX or ODS" }
                input #table-file type="file" name="file" accept=".csv,.tsv,.xlsx,.ods" required;
                p.help {
                    "A row with the " (kind.spec.identity.join(" and ").replace('_', " ")) " of a record changes that record; other rows become new ones. What you export here comes back in as it is. Start from the "
                    a href=(safe(&format!("{base}.template.xlsx"))) download { "empty XLSX" } " or "
                    a href=(safe(&format!("{base}.template.csv"))) download { "empty CSV" } "."
                }
            }
            div.buttons.wide { button { "Look what it would do" } }
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
                label for="pasted" { "Or rows copied from a spreadsheet" }
                textarea #pasted name="text" rows="3" required data-paste spellcheck="false" {}
                p.help {
                    "With the column names in the first row; without them the cells are taken as the columns of the list above. "
                    span.script-only { "Pasting anywhere on this page comes here too." }
                }
            }
            div.buttons.wide { button { "Look what they would do" } }
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
    look(&app, &who, kind, "pasted rows".to_owned(), text.into_bytes()).await
}

/// Rows with column names above them, tabs between cells.
fn with_headings(kind: &KindEntry, text: &str, columns: &str) -> String {
    let text = text.trim_matches(['\r', '\n']);
    let simple = |text: &str| text.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_");
    let known = |cell: &str| {
        let cell = simple(cell);
        cell == "id" || kind.fields.iter().any(|f| f.name == cell || simple(&f.label) == cell)
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
    let figure = |count: usize, caption: &str| Figure {
        value: thousands(count as i64),
        caption: caption.to_owned(),
        ..Figure::default()
    };
    let lead = html! {
        strong { (name) @if changes == 0 { " says what is already there" } @else { " would change " (thousands(changes as i64)) " records" } }
        ". Nothing has been written yet."
    };
    let main = html! {
        (shell::heading(&[Link::new(kind.spec.plural, base.clone())], "Bring in a table", lead, html! {}))
        (figures(&[
            figure(outcome.created, "new records"),
            figure(outcome.updated, "records changed"),
            figure(outcome.unchanged, "rows already there"),
        ]))
        form method="post" action=(safe(&format!("{base}/import/{id}"))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.buttons {
                @if changes > 0 { button.primary { "Write " (thousands(changes as i64)) " records" } }
                a.button href=(safe(&base)) { "Leave it" }
            }
        }
    };
    Page::new("Bring in a table", list::place(kind), &base).with(app, who, main).await
}

async fn refused(app: &App, who: &Who, kind: &KindEntry, name: &str, problems: &[FieldProblem]) -> Answer {
    let base = list_href(kind.spec.name);
    let words = Words::of("table-refused").with("file", name).with("count", problems.len());
    let lead = html! { span lang=[language::of_chosen()] { strong { (words) } " " (words.part("text").unwrap_or_default()) } };
    let main = html! {
        (shell::heading(&[Link::new(kind.spec.plural, base.clone())], "Bring in a table", lead, html! {}))
        div.problems role="alert" {
            p { (icon(Icon::Warning)) strong lang=[language::of_chosen()] { (Words::of("form-to-mend").with("count", problems.len())) } }
            ul { @for problem in problems { li { @if !problem.field.is_empty() { (problem.field) ": " } (problem.message) } } }
        }
        (form(who, kind))
    };
    let mut page = Page::new("Bring in a table", list::place(kind), &base);
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
