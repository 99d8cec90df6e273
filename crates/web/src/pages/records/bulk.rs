//! One field of several records: choose the field, say the value, look at what changes, apply.

use super::form::choices_for;
use super::{history, href, list, list_href, next};
use crate::edits::Order;
use crate::error::{Answer, PageError};
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::form::{Form, fields};
use crate::look::link::safe;
use crate::look::shell::{self, Flash};
use crate::look::table::{Bulk, Then, Verb};
use crate::page::Page;
use crate::pages::edits;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::Field;
use warrant_model::hash::ContentHash;
use warrant_model::kind::FieldProblem;
use warrant_model::registry::KindEntry;
use warrant_service::query::RecordRow;

/// The most records that are chosen one by one.
const MOST: usize = 500;
/// The most records that are listed.
const SHOWN: usize = 100;

/// Which records are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Those that were chosen.
    Chosen,
    /// Every one of the list.
    All,
}

/// What is being done to which records.
struct Work<'a> {
    kind: &'a KindEntry,
    rows: Vec<RecordRow>,
    which: Which,
    /// The list they were chosen in.
    list: Option<String>,
    field: Option<&'a Field>,
    value: Value,
    problems: Vec<FieldProblem>,
}

/// One step of the work; the last one does it.
pub(super) async fn bulk(
    State(app): State<App>,
    who: Who,
    Path(kind): Path<String>,
    posted: Posted,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let list = next::local(posted.one("list")).map(ListAddress::parse);
    let whole = list.as_ref().filter(|_| posted.one("all") == "yes");
    let rows = match whole {
        Some(list) => all_of(&app, &who, kind, list).await?,
        None => {
            let ids: Vec<String> = posted.all("row").into_iter().take(MOST).collect();
            app.service.records_of(&who.actor, kind.spec.name, &ids).await?
        }
    };
    if rows.is_empty() {
        let flash = Flash::problem("select-rows-first");
        let address = ListAddress::bare(list_href(kind.spec.name));
        return list::show(&app, &who, kind.spec.name, &address, Some(flash)).await;
    }
    let field = kind.field(posted.one("field"));
    let which = if whole.is_some() { Which::All } else { Which::Chosen };
    let list = list.map(|list| list.with("", ""));
    let mut work = Work { kind, rows, which, list, field, value: Value::Null, problems: Vec::new() };
    let Some(field) = field else { return page(&app, &who, &work, choose(&who, &work)).await };
    let stage = posted.one("stage");
    if stage.is_empty() {
        let form = value(&app, &who, &work, field).await?;
        return page(&app, &who, &work, form).await;
    }
    let (body, problems) = posted.body(std::slice::from_ref(field));
    work.value = body[&field.name].clone();
    work.problems = problems;
    if work.problems.is_empty() {
        work.problems =
            work.rows.iter().filter_map(|row| kind.check(&changed(row, &work)).err()).flatten().collect();
        work.problems.dedup();
    }
    // Rows that were named one by one need no look; a whole list may have become another.
    let as_seen = match posted.one("seen") {
        "" => work.which == Which::Chosen,
        of_preview => of_preview == seen(&work.rows),
    };
    if work.problems.is_empty() && stage == "apply" && as_seen {
        return Ok(apply(&app, &who, work).await);
    }
    let main = if work.problems.is_empty() {
        let moved = stage == "apply";
        html! {
            @if moved { p.flash.problem role="alert" { (say("bulk-meanwhile")) } }
            (preview(&who, &work, field))
        }
    } else {
        value(&app, &who, &work, field).await?
    };
    page(&app, &who, &work, main).await
}

/// The bar of a list.
pub(in crate::pages) fn bar(who: &Who, kind: &KindEntry) -> Bulk {
    Bulk {
        action: format!("{}/bulk", list_href(kind.spec.name)),
        csrf: who.csrf.clone(),
        verbs: vec![Verb::new("change", say("bulk-change-a-field"))],
        then: Then::Leaves,
    }
}

/// Every record of a list.
async fn all_of(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    list: &ListAddress,
) -> Result<Vec<RecordRow>, PageError> {
    if list.path == "/poam" && kind.spec.name == "poam_item" {
        return crate::pages::poam::rows(app, who, list).await;
    }
    let query = list::query(app, who, kind, list).await?;
    Ok(app.service.all_records(&who.actor, &query).await?)
}

/// What the preview was of: the records and their versions.
fn seen(rows: &[RecordRow]) -> String {
    let mut text = String::new();
    for row in rows {
        text.extend([row.id.as_str(), "/", &row.version.to_string(), " "]);
    }
    ContentHash::of(text.as_bytes()).0
}

async fn apply(app: &App, who: &Who, work: Work<'_>) -> Response {
    let base = list_href(work.kind.spec.name);
    let title = title(&work, "bulk-changing");
    let back = work.list.unwrap_or_else(|| format!("{base}?sort=-updated"));
    let fields = work.field.map(|field| (field.name.clone(), work.value)).into_iter().collect();
    let order = Order::Set { kind: work.kind.spec.name.to_owned(), rows: work.rows, fields };
    edits::start(app, who, order, title, back).await
}

fn title(work: &Work<'_>, name: &'static str) -> Words {
    let spec = &work.kind.spec;
    let what = if work.rows.len() == 1 { kinds::one(spec) } else { kinds::several(spec) };
    Words::of(name).with("count", work.rows.len()).with("what", list::in_sentence(&what))
}

fn changed(row: &RecordRow, work: &Work<'_>) -> Value {
    let mut body = row.body.clone();
    if let (Some(object), Some(field)) = (body.as_object_mut(), work.field) {
        match &work.value {
            Value::Null => drop(object.remove(&field.name)),
            value => drop(object.insert(field.name.clone(), value.clone())),
        }
    }
    body
}

async fn page(app: &App, who: &Who, work: &Work<'_>, main: Markup) -> Answer {
    let base = list_href(work.kind.spec.name);
    let title = title(work, "bulk-title").said();
    let lead = html! { (say("bulk-lead")) };
    let main = html! {
        (shell::heading(&[Link::new(kinds::several(&work.kind.spec), base.clone())], &title, lead, html! {}))
        (main)
    };
    let mut page = Page::new(&title, list::place(work.kind), &base).in_the_chosen_language();
    if !work.problems.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    page.with(app, who, main).await
}

/// What every step carries on.
fn carried(who: &Who, work: &Work<'_>) -> Markup {
    html! {
        input type="hidden" name="_csrf" value=(who.csrf);
        @if work.which == Which::All { input type="hidden" name="all" value="yes"; }
        @else { @for row in &work.rows { input type="hidden" name="row" value=(row.id); } }
        @if let Some(list) = &work.list { input type="hidden" name="list" value=(list); }
        @if let Some(field) = work.field { input type="hidden" name="field" value=(field.name); }
    }
}

fn action(work: &Work<'_>) -> String {
    format!("{}/bulk", list_href(work.kind.spec.name))
}

fn buttons(work: &Work<'_>, verb: &str) -> Markup {
    html! {
        div.buttons.wide { button.primary { (verb) } a.button href=(safe(work.list.as_deref().unwrap_or(&list_href(work.kind.spec.name)))) { (say("button-cancel")) } }
    }
}

fn choose(who: &Who, work: &Work<'_>) -> Markup {
    html! {
        form.form method="post" action=(safe(&action(work))) {
            (carried(who, work))
            div.field {
                label for="bulk-field" { (say("bulk-field")) }
                select #bulk-field name="field" required {
                    @for field in &work.kind.fields { option value=(field.name) { (kinds::label(work.kind.spec.name, field)) } }
                }
            }
            (buttons(work, &say("button-next")))
        }
        (listed(work))
    }
}

fn listed(work: &Work<'_>) -> Markup {
    html! {
        ul { @for row in work.rows.iter().take(SHOWN) { li { a href=(safe(&href(work.kind.spec.name, &row.id))) { (row.title) } } } }
        (more(work))
    }
}

/// How many are not listed.
fn more(work: &Work<'_>) -> Markup {
    let rest = work.rows.len().saturating_sub(SHOWN);
    html! { @if rest > 0 { p.muted { (Words::of("and-more").with("count", rest)) } } }
}

async fn value(app: &App, who: &Who, work: &Work<'_>, field: &Field) -> Result<Markup, PageError> {
    let same_system = work.rows.iter().all(|row| row.system == work.rows[0].system);
    let system = same_system.then(|| work.rows[0].system.as_str());
    let wanted = [Field { required: false, ..field.clone() }];
    let mut body = Value::Object(serde_json::Map::new());
    body[&field.name] = work.value.clone();
    let choices = choices_for(app, who, &wanted, &body, system).await?;
    let view = Form {
        id: "bulk",
        kind: work.kind.spec.name,
        action: "",
        csrf: &who.csrf,
        version: None,
        fields: &wanted,
        body: &body,
        problems: &work.problems,
        choices: &choices,
        verb: "",
        cancel: None,
        target: None,
    };
    Ok(html! {
        form.form method="post" action=(safe(&action(work))) {
            (carried(who, work))
            input type="hidden" name="stage" value="preview";
            @for problem in work.problems.iter().filter(|problem| problem.field != field.name) {
                p.field-problem.wide { @if !problem.field.is_empty() { (problem.field) ": " } (problem.message) }
            }
            (fields(&view))
            p.help.wide { (say("bulk-blank")) }
            (buttons(work, &say("bulk-preview")))
        }
        (listed(work))
    })
}

fn preview(who: &Who, work: &Work<'_>, field: &Field) -> Markup {
    let shown = work.rows.iter().take(SHOWN);
    let rows: Vec<_> =
        shown.map(|row| (row, history::between(work.kind, &row.body, &changed(row, work)))).collect();
    let changes = work.rows.iter().filter(|row| changed(row, work) != row.body).count();
    let count = Words::of("bulk-count-of").with("changes", changes).with("all", work.rows.len());
    let now = Words::of("bulk-now").with("field", &*kinds::label(work.kind.spec.name, field));
    html! {
        p { (Words::of("bulk-will-change").around("changes", html! { strong { (count) } })) }
        div.scroll { table.diff {
            thead { tr { th scope="col" { (kinds::one(&work.kind.spec)) } th scope="col" { (now) } th scope="col" { (say("bulk-after")) } } }
            tbody {
                @for (row, changes) in &rows {
                    tr {
                        th scope="row" { (row.title) }
                        @match changes.first() {
                            Some(change) => {
                                td.before { @match &change.before { Some(text) => del { (text) }, None => span.muted { (say("not-set")) } } }
                                td.after { @match &change.after { Some(text) => ins { (text) }, None => span.muted { (say("bulk-emptied")) } } }
                            },
                            None => td colspan="2" { span.muted { (say("bulk-stays")) } },
                        }
                    }
                }
            }
        } }
        (more(work))
        form.form method="post" action=(safe(&action(work))) {
            (carried(who, work))
            input type="hidden" name="stage" value="apply";
            input type="hidden" name="seen" value=(seen(&work.rows));
            (sent(field, &work.value))
            (buttons(work, &say("button-apply")))
        }
    }
}

/// The value as the form contract writes it.
fn sent(field: &Field, value: &Value) -> Markup {
    html! { @for (name, text) in pairs(&field.name, value) { input type="hidden" name=(name) value=(text); } }
}

fn pairs(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![(name.to_owned(), text.clone())],
        Value::Array(items) => {
            let item = |(at, item): (usize, &Value)| match item {
                Value::Object(fields) => {
                    let pair =
                        |(inner, value): (&String, &Value)| pairs(&format!("{name}.{at}.{inner}"), value);
                    fields.iter().flat_map(pair).collect()
                }
                item => pairs(name, item),
            };
            items.iter().enumerate().flat_map(item).collect()
        }
        other => vec![(name.to_owned(), other.to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use crate::list::encoded;
    use crate::posted::Posted;
    use serde_json::json;
    use warrant_model::Registry;

    #[test]
    fn a_value_goes_through_the_preview_unchanged() {
        let registry = Registry::standard();
        let kind = registry.kind("poam_item").unwrap();
        for (name, value) in [
            ("title", json!("a & b; c")),
            ("controls", json!(["ac-2", "si-2"])),
            ("milestones", json!([{"title": "Order", "due": "2026-12-01"}])),
            ("cost", json!(12.5)),
        ] {
            let form: Vec<_> =
                pairs(name, &value).iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
            let (body, problems) = Posted::parse(&form.join("&")).body(&kind.fields);
            assert_eq!((problems.len(), &body[name]), (0, &value));
        }
    }
}
