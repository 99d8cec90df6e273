//! One field: label, input, help and problems.

use super::{Choice, Context, named_key, rows};
use crate::look::empty::none;
use crate::look::icons::{Icon, icon};
use crate::words::{kinds, say};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::{Field, FieldType, Many, TextLength};

/// From this many choices on, a list of checkboxes gets a box to filter it with.
const MANY: usize = 10;
/// How many blank inputs take further values without scripts.
const BLANKS: usize = 2;

pub(super) fn field(field: &Field, value: &Value, context: &Context<'_>) -> Markup {
    let name = context.name(field);
    let ids = Ids { input: context.id(&name), help: None, problem: None };
    let problems = context.problems_of(&name);
    let ids = Ids {
        help: (!field.help.is_empty()).then(|| format!("{}-help", ids.input)),
        problem: (!problems.is_empty()).then(|| format!("{}-problem", ids.input)),
        ..ids
    };
    let body = html! {
        @if let Some(id) = &ids.problem {
            p.field-problem #(id) { @for problem in &problems { (icon(Icon::Warning)) span { (problem) } } }
        }
        @if let Some(id) = &ids.help { p.help #(id) { (kinds::help(&context.kind, field)) } }
    };
    let wide = field.value == FieldType::Text(TextLength::Paragraphs)
        || (is_group(&field.value) && field.value != FieldType::Bool);
    if is_group(&field.value) {
        return html! {
            fieldset.field.wide[wide].invalid[ids.problem.is_some()] #(ids.input) aria-describedby=[ids.described()] {
                legend { (label(field, context)) }
                (control(field, &name, value, &ids, context))
                (body)
            }
        };
    }
    html! {
        div.field.wide[wide].invalid[ids.problem.is_some()] {
            label for=(ids.input) { (label(field, context)) }
            (control(field, &name, value, &ids, context))
            (body)
        }
    }
}

/// The input alone, with a label that is only heard.
pub(super) fn bare(field: &Field, value: &Value, context: &Context<'_>) -> Markup {
    let name = context.name(field);
    let ids = Ids { input: context.id(&name), help: None, problem: None };
    html! { label.sr for=(ids.input) { (kinds::label(&context.kind, field)) } (control(field, &name, value, &ids, context)) }
}

/// The ids that tie an input to what is said about it.
pub(super) struct Ids {
    input: String,
    help: Option<String>,
    problem: Option<String>,
}

impl Ids {
    fn described(&self) -> Option<String> {
        let ids: Vec<&str> = [&self.problem, &self.help].into_iter().flatten().map(String::as_str).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.problem.as_ref().map(|_| "true")
    }
}

fn label(field: &Field, context: &Context<'_>) -> Markup {
    html! { (kinds::label(&context.kind, field)) @if field.required { span.required { " " (say("required")) } } }
}

/// Whether the field is several inputs under one legend.
fn is_group(value: &FieldType) -> bool {
    matches!(
        value,
        FieldType::Bool
            | FieldType::Choices(_)
            | FieldType::Rows(_)
            | FieldType::List
            | FieldType::Control(Many::Several)
            | FieldType::Link(_, Many::Several)
    )
}

fn control(field: &Field, name: &str, value: &Value, ids: &Ids, context: &Context<'_>) -> Markup {
    let named = context.choices.get(&named_key(&field.name)).filter(|_| context.depth == 0);
    match &field.value {
        FieldType::Text(_) if let Some(choices) = named => select(field, name, value, ids, choices),
        FieldType::Bool => tri_state(name, value, &ids.input),
        FieldType::Choice(words) => select(field, name, value, ids, &words_as_choices(field, words)),
        FieldType::State(words) => {
            let title = |word: &String| kinds::stage_word(&context.kind, word);
            let choice = |word: &String| Choice { value: word.clone(), title: title(word) };
            select(field, name, value, ids, &words.iter().map(choice).collect::<Vec<_>>())
        }
        FieldType::Link(kind, Many::One) => match context.choices.get(kind) {
            Some(choices) => select(field, name, value, ids, choices),
            None => single(field, name, value, ids, Single::text()),
        },
        FieldType::Link(kind, Many::Several) => match context.choices.get(kind) {
            Some(choices) => checkboxes(name, value, choices, ids),
            None => repeated(field, name, value, ids, None, context),
        },
        FieldType::Choices(words) => checkboxes(name, value, &words_as_choices(field, words), ids),
        FieldType::Control(Many::One) => {
            single(field, name, value, ids, Single { suggestions: suggestions(context), ..Single::text() })
        }
        // Rows are narrow, and ids of controls hold no comma.
        FieldType::Control(Many::Several) if context.depth > 0 => {
            let ids_of: Vec<String> = value.as_array().into_iter().flatten().map(text_of).collect();
            let text = Value::String(ids_of.join(", "));
            html! {
                input #(ids.input) type="text" name=(name) value=(text_of(&text)) placeholder="si-2, ra-5" aria-invalid=[ids.invalid()] aria-describedby=[ids.described()];
            }
        }
        FieldType::Control(Many::Several) => repeated(field, name, value, ids, suggestions(context), context),
        FieldType::List if let Some(choices) = named => checkboxes(name, value, choices, ids),
        FieldType::List => repeated(field, name, value, ids, None, context),
        FieldType::Date => single(field, name, value, ids, Single { kind: "date", ..Single::text() }),
        FieldType::Integer => {
            single(field, name, value, ids, Single { kind: "number", step: Some("1"), ..Single::text() })
        }
        FieldType::Number => {
            single(field, name, value, ids, Single { kind: "number", step: Some("any"), ..Single::text() })
        }
        FieldType::Money => single(
            field,
            name,
            value,
            ids,
            Single { kind: "number", step: Some("any"), money: true, ..Single::text() },
        ),
        FieldType::Rows(fields) => rows::rows((field, fields), name, &ids.input, value, context),
        FieldType::Text(TextLength::Line) => single(field, name, value, ids, Single::text()),
        FieldType::Text(TextLength::Paragraphs) => html! {
            textarea #(ids.input) name=(name) rows="4" required[field.required] aria-invalid=[ids.invalid()] aria-describedby=[ids.described()] { (text_of(value)) }
        },
    }
}

/// What sets one single-line input apart from another.
struct Single {
    kind: &'static str,
    step: Option<&'static str>,
    money: bool,
    suggestions: Option<(String, Vec<Choice>)>,
}

impl Single {
    fn text() -> Self {
        Self { kind: "text", step: None, money: false, suggestions: None }
    }
}

fn single(field: &Field, name: &str, value: &Value, ids: &Ids, single: Single) -> Markup {
    let list = single.suggestions.as_ref().map(|(id, _)| format!("{id}-{}", ids.input));
    let narrow = single.kind != "text";
    html! {
        input #(ids.input) .narrow[narrow].money[single.money] type=(single.kind) name=(name) value=(text_of(value)) step=[single.step]
            list=[list.as_deref()] required[field.required] aria-invalid=[ids.invalid()] aria-describedby=[ids.described()];
        @if let (Some(list), Some((_, choices))) = (&list, &single.suggestions) { (datalist(list, choices)) }
    }
}

fn select(field: &Field, name: &str, value: &Value, ids: &Ids, choices: &[Choice]) -> Markup {
    let present = text_of(value);
    let known = present.is_empty() || choices.iter().any(|choice| choice.value == present);
    html! {
        select #(ids.input) name=(name) required[field.required] aria-invalid=[ids.invalid()] aria-describedby=[ids.described()] {
            option value="" { "–" }
            @if !known { option value=(present) selected { (present) } }
            @for choice in choices { option value=(choice.value) selected[choice.value == present] { (choice.title) } }
        }
    }
}

/// Yes, no, or not said.
fn tri_state(name: &str, value: &Value, id: &str) -> Markup {
    let present = value.as_bool();
    let options =
        [("", say("not-said"), None), ("true", say("yes"), Some(true)), ("false", say("no"), Some(false))];
    html! {
        div.segments {
            @for (sent, word, meaning) in options {
                @let option = format!("{id}-{}", if sent.is_empty() { "unset" } else { sent });
                input #(option) type="radio" name=(name) value=(sent) checked[present == meaning];
                label for=(option) { (word) }
            }
        }
    }
}

fn checkboxes(name: &str, value: &Value, choices: &[Choice], ids: &Ids) -> Markup {
    let chosen: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let strangers = chosen.iter().filter(|value| !choices.iter().any(|choice| choice.value == **value));
    html! {
        @if choices.len() > MANY {
            input.script-only.narrow type="search" placeholder=(say("table-filter")) aria-label=(say("form-filter-choices")) data-filter-list=(format!("{}-list", ids.input));
        }
        ul.checks.many[choices.len() > MANY] #(format!("{}-list", ids.input)) {
            @for choice in choices { (checkbox(name, choice, &chosen)) }
            @for value in strangers { (checkbox(name, &Choice { value: (*value).to_owned(), title: (*value).to_owned() }, &chosen)) }
            @if choices.is_empty() && chosen.is_empty() { li { (none("choices-none")) } }
        }
    }
}

fn checkbox(name: &str, choice: &Choice, chosen: &[&str]) -> Markup {
    let checked = chosen.contains(&choice.value.as_str());
    html! { li { label { input type="checkbox" name=(name) value=(choice.value) checked[checked]; span { (choice.title) } } } }
}

/// One input per value, blank ones for more, and a button that adds one.
fn repeated(
    field: &Field,
    name: &str,
    value: &Value,
    ids: &Ids,
    suggest: Option<(String, Vec<Choice>)>,
    context: &Context<'_>,
) -> Markup {
    let values: Vec<String> = value.as_array().into_iter().flatten().map(text_of).collect();
    let list = suggest.as_ref().map(|(id, _)| format!("{id}-{}", ids.input));
    let one = |text: &str| {
        html! {
            div.repeat-item {
                input type="text" name=(name) value=(text) list=[list.as_deref()] aria-label=(kinds::label(&context.kind, field));
                button.icon-button.script-only type="button" data-remove title=(say("button-remove")) { (icon(Icon::Cross)) span.sr { (say("button-remove")) } }
            }
        }
    };
    html! {
        div.repeat data-repeat {
            div.repeat-items data-items {
                @for value in &values { (one(value)) }
                @for _ in 0..BLANKS { (one("")) }
            }
            template { (one("")) }
            button.small.script-only type="button" data-add { (icon(Icon::Add)) (say("button-add")) }
        }
        @if let (Some(list), Some((_, choices))) = (&list, &suggest) { (datalist(list, choices)) }
    }
}

fn datalist(id: &str, choices: &[Choice]) -> Markup {
    html! { datalist #(id) { @for choice in choices { option value=(choice.value) { (choice.title) } } } }
}

fn suggestions(context: &Context<'_>) -> Option<(String, Vec<Choice>)> {
    context.choices.get("control").map(|choices| ("controls".to_owned(), choices.clone()))
}

fn words_as_choices(field: &Field, words: &[String]) -> Vec<Choice> {
    words.iter().map(|word| Choice { value: word.clone(), title: kinds::choice(&field.name, word) }).collect()
}

/// A value as an input shows it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
