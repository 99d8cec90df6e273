//! Putting advisories in force: a bundle, or files of feeds that become one.

use crate::error::{Answer, Fault, PageError};
use crate::look::drop::{Drop, drop};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_service::import::ImportFile;

/// The most files of one upload.
const MOST: usize = 5_000;

/// The form, for those who may.
pub(super) fn form(who: &Who) -> Markup {
    let view = Drop {
        id: "load-form".to_owned(),
        action: "/watch/advisories/load".to_owned(),
        csrf: who.csrf.clone(),
        name: "file".to_owned(),
        accepts: say("load-accepts"),
        target: "main".to_owned(),
        ..Drop::default()
    };
    html! {
        @if who.actor.everywhere >= Some(Role::Officer) {
            details { summary { (say("load-summary")) } (drop(&view)) }
        }
    }
}

fn unread(error: &MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::Refused(Words::of("error-upload-unread").with("reason", error.body_text())),
    }
}

/// Takes the files: the token first, without which not one byte of them is read.
pub(super) async fn upload(State(app): State<App>, who: Who, mut form: Multipart) -> Answer {
    app.service.may_load_advisories(&who.actor).await?;
    let first = form.next_field().await.map_err(|error| unread(&error))?;
    let token = match first {
        Some(field) if field.name() == Some("_csrf") => field.text().await.map_err(|error| unread(&error))?,
        _ => String::new(),
    };
    Posted::parse(&format!("_csrf={}", crate::list::encoded(&token))).checked(&who)?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        if field.name() != Some("file") || files.len() == MOST {
            continue;
        }
        let name = field.file_name().unwrap_or("file without a name").to_owned();
        let name = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        let bytes = field.bytes().await.map_err(|error| unread(&error))?;
        if !bytes.is_empty() {
            files.push(ImportFile { name, bytes: bytes.as_ref().into() });
        }
    }
    let name = match files.as_slice() {
        [] => return Err(PageError::Refused("upload-no-file".into())),
        [only] => only.name.clone(),
        several => format!("{} files, {} and others", several.len(), several[0].name),
    };
    app.service.load_advisory_files(&who.actor, &name, files).await?;
    Ok(Redirect::to("/watch/advisories").into_response())
}
