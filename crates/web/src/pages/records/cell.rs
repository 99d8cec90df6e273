//! One field of one record, changed where it stands in a list.

use super::{detail, list, list_href, next};
use crate::error::{Answer, PageError, Told};
use crate::list::{ListAddress, encoded};
use crate::look::failure::said;
use crate::look::form::{Form, bare};
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::table::patch;
use crate::pages::undo;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_model::field::{Field, FieldType, Many, TextLength};
use warrant_model::registry::KindEntry;
use warrant_service::ServiceError;
use warrant_service::bulk::Worked;
use warrant_service::query::RecordRow;
use warrant_service::records::RecordPage;

/// Whether a field can be changed in a cell: one short value that neither says whose the record is nor is a step of its
/// life cycle.
pub(in crate::pages) fn is_editable(kind: &KindEntry, field: &Field) -> bool {
    let short = matches!(
        field.value,
        FieldType::Text(TextLength::Line)
            | FieldType::Choice(_)
            | FieldType::Date
            | FieldType::Integer
            | FieldType::Number
            | FieldType::Money
            | FieldType::Link(_, Many::One)
    );
    let scope = list::system_field(kind) == Some(field.name.as_str()) || field.name == "unit";
    short && !scope && field.name != kind.spec.title_field
}

/// Where the form of a cell is.
pub(in crate::pages) fn href(kind: &KindEntry, id: &str, field: &Field) -> String {
    format!("{}/{}/cell/{}", list_href(kind.spec.name), encoded(id), encoded(&field.name))
}

fn field_of<'k>(kind: &'k KindEntry, name: &str) -> Result<&'k Field, ServiceError> {
    let field = kind.field(name).filter(|field| is_editable(kind, field));
    field.ok_or_else(|| ServiceError::NotFound { what: "field to change here", name: name.to_owned() })
}

/// The table an answer belongs to.
fn target(list: &ListAddress) -> &'static str {
    if list.path == "/poam" { "#poam" } else { "#records" }
}

/// The form that takes the place of a cell's content.
pub(super) async fn form(
    State(app): State<App>,
    who: Who,
    Path((kind, id, field)): Path<(String, String, String)>,
    address: ListAddress,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let row = detail::of_kind(&app, &who.actor, kind, &id).await?;
    let field = field_of(kind, &field)?;
    let list = ListAddress::parse(next::local(address.get("list")).unwrap_or_default());
    let fields = std::slice::from_ref(field);
    let choices = super::choices_for(&app, &who, fields, &row.body, Some(&row.system)).await?;
    let view = Form {
        id: "cell",
        kind: kind.spec.name,
        action: &href(kind, &id, field),
        csrf: &who.csrf,
        version: Some(row.version),
        fields,
        body: &row.body,
        problems: &[],
        choices: &choices,
        verb: "",
        cancel: None,
        target: None,
    };
    Ok(html! {
        form.cell-form method="post" action=(safe(view.action)) data-swap=(target(&list)) {
            input type="hidden" name="_csrf" value=(who.csrf);
            input type="hidden" name="_version" value=(row.version);
            input type="hidden" name="list" value=(list.with("", ""));
            (bare(&view))
            button.icon-button title=(say("cell-save")) { (icon(Icon::Check)) span.sr { (Words::of("cell-save-field").with("field", &*kinds::label(kind.spec.name, field))) } }
        }
    }
    .into_response())
}

/// Sets it, and answers with the row as it stands now.
pub(super) async fn set(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id, field)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let row = detail::of_kind(&app, &who.actor, kind, &id).await?;
    let field = field_of(kind, &field)?;
    let own = list_href(kind.spec.name);
    let list = ListAddress::parse(next::local(posted.one("list")).unwrap_or(&own));
    let set = changed(&app, &who, kind, row, field, &posted).await;
    if headers.get("x-fragment").is_none() {
        let leaf = set?.map(|leaf| leaf.to_string()).unwrap_or_default();
        return Ok(Redirect::to(&list.with("did", &leaf)).into_response());
    }
    let of_field = |name| Words::of(name).with("field", &*kinds::label(kind.spec.name, field));
    let said = match set {
        Ok(Some(leaf)) => {
            undo::undo_form(&of_field("cell-changed").said(), leaf, &who.csrf, &list.with("", ""))
        }
        Ok(None) => html! { p.flash { span { (of_field("cell-same")) } } },
        Err(error) => {
            html! { p.flash.problem role="alert" { (icon(Icon::Warning)) span { (said(&Told::from(&error))) } } }
        }
    };
    answer(&app, &who, kind, (&id, &list), said).await
}

async fn changed(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    row: RecordRow,
    field: &Field,
    posted: &Posted,
) -> Result<Option<i64>, PageError> {
    let (body, problems) = posted.body(std::slice::from_ref(field));
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(problems).into());
    }
    // The version that was read: whoever changed the record meanwhile is not overwritten.
    let row = RecordRow { version: posted.version().unwrap_or_default(), ..row };
    let fields = [(field.name.clone(), body[&field.name].clone())];
    let worked = Worked::default();
    Ok(app.service.edit_many(&who.actor, kind.spec.name, vec![row], &fields, &worked).await?.leaf)
}

/// The row, the counts and the message, for the script to put in their places.
async fn answer(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    (id, list): (&str, &ListAddress),
    said: Markup,
) -> Answer {
    let row = detail::of_kind(app, &who.actor, kind, id).await?;
    let mut view = if list.path == "/poam" {
        crate::pages::poam::with_row(app, who, list, row).await?
    } else {
        let query = list::query(app, who, kind, list).await?;
        let found = app.service.list_records(&who.actor, &query).await?;
        list::view(app, who, kind, list, &RecordPage { rows: vec![row], ..found }).await?
    };
    view.said = Some(said);
    Ok(patch(&view).into_response())
}
