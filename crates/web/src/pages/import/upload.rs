//! The upload: the token before anything else, then the wishes, then the files.

use super::form::{MOST_FILES, Wanted, shown};
use crate::error::{Answer, PageError, Told};
use crate::imports::{Named, Order};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::Words;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect};
use warrant_service::ServiceError;
use warrant_service::import::Mode;

/// The largest value of a field that is no file, in bytes.
const MOST_TEXT: usize = 4_096;

/// Why an upload was not taken: sent back with the form, or as an error of its own.
enum Refusal {
    Form(Told),
    Page(PageError),
}

impl From<MultipartError> for Refusal {
    fn from(error: MultipartError) -> Self {
        Self::Form(match error.status().as_u16() {
            413 => "upload-too-large".into(),
            _ => Words::of("error-upload-unread").with("reason", error.body_text()).into(),
        })
    }
}

impl From<PageError> for Refusal {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

/// Starts a batch and leads to it.
pub(super) async fn upload(State(app): State<App>, who: Who, form: Multipart) -> Answer {
    app.service.may_import(&who.actor)?;
    let mut wanted = Wanted::default();
    match received(&app, &who, form, &mut wanted).await {
        Ok((files, order)) => {
            let batch = app.imports.start(app.service.clone(), who.actor, files, order);
            Ok(Redirect::to(&format!("/import/{}", batch.id)).into_response())
        }
        Err(Refusal::Form(problem)) => shown(&app, &who, &wanted, Some(&problem)).await,
        Err(Refusal::Page(error)) => Err(error),
    }
}

async fn received(
    app: &App,
    who: &Who,
    mut form: Multipart,
    wanted: &mut Wanted,
) -> Result<(Vec<Named>, Order), Refusal> {
    // The token is the first field; without it not one byte of a file is read.
    let first = form.next_field().await?;
    let token = match first {
        Some(field) if field.name() == Some("_csrf") => text(field).await?,
        _ => String::new(),
    };
    Posted::parse(&format!("_csrf={}", crate::list::encoded(&token))).checked(who)?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "system" => wanted.system = text(field).await?,
            "kind" => wanted.kind = text(field).await?,
            "mode" => wanted.mode = (text(field).await? == "dry-run").then_some(Mode::DryRun),
            "file" => files.extend(file(field).await?),
            // What this page does not know is left unread.
            _ => {}
        }
        if files.len() > MOST_FILES {
            return Err(Refusal::Form(Words::of("upload-too-many").with("most", MOST_FILES).into()));
        }
    }
    if files.is_empty() {
        return Err(Refusal::Form("upload-no-file".into()));
    }
    let system = match wanted.system.as_str() {
        "" => None,
        name => Some(app.service.system_row(&who.actor, name).await.map_err(named)?.id),
    };
    let kind = match wanted.kind.as_str() {
        "" => None,
        name => Some(app.service.kind(name).map_err(named)?.spec.name.to_owned()),
    };
    Ok((files, Order { system, kind, mode: wanted.mode.unwrap_or(Mode::Commit) }))
}

/// A name that leads nowhere is told beside the form.
fn named(error: ServiceError) -> Refusal {
    match error {
        ServiceError::NotFound { .. } => Refusal::Form(Told::from(&error)),
        other => Refusal::Page(PageError::Service(other)),
    }
}

async fn text(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_TEXT {
            return Err(Refusal::Form("upload-field-too-long".into()));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// A file; an empty one (what a browser sends when none was chosen) is none.
async fn file(field: Field<'_>) -> Result<Option<Named>, Refusal> {
    let name = field.file_name().unwrap_or("file without a name").to_owned();
    // Browsers may send a path; people know the file by its last part.
    let name = name.rsplit(['/', '\\']).next().unwrap_or(&name);
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let bytes = field.bytes().await?;
    Ok((!bytes.is_empty()).then(|| (name, bytes.as_ref().into())))
}
