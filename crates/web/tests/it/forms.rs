//! The contract of forms: every field type gives inputs of the agreed names, and what a form shows is what
//! a browser would send back.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use warrant_model::Registry;
use warrant_model::field::{Field, FieldType, Many, TextLength};
use warrant_model::kind::FieldProblem;
use warrant_web::look::form::{Choice, Choices, Form, form, named_key};

fn field(name: &str, value: FieldType) -> Field {
    Field { name: name.to_owned(), label: name.to_owned(), help: "Help.".to_owned(), value, required: false }
}

fn render(fields: &[Field], body: &Value, problems: &[FieldProblem], choices: &Choices) -> String {
    let form_view = Form {
        kind: "system",
        id: "f",
        action: "/x",
        csrf: "secret",
        version: Some(3),
        fields,
        body,
        problems,
        choices,
        verb: "Save",
        cancel: None,
        target: None,
    };
    form(&form_view).into_string()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next()
}

/// What a browser would send: successful controls outside templates, in order.
fn sent(html: &str) -> Vec<(String, String)> {
    let mut html = html.to_owned();
    while let (Some(start), Some(end)) = (html.rfind("<template>"), html.find("</template>")) {
        // The innermost template first.
        let end = html[start..].find("</template>").map_or(end, |at| start + at);
        html.replace_range(start..end + "</template>".len(), "");
    }
    let mut pairs = Vec::new();
    let mut selected: Option<(String, Option<String>)> = None;
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let element = tag.split(' ').next().unwrap_or_default();
        let name = attribute(tag, "name").unwrap_or_default().to_owned();
        let value = attribute(tag, "value").unwrap_or_default().to_owned();
        let chosen = tag.ends_with(" checked") || tag.contains(" checked ");
        match element {
            "input" if name.is_empty() => {}
            "input" => match attribute(tag, "type") {
                Some("checkbox" | "radio") if !chosen => {}
                _ => pairs.push((name, value)),
            },
            "textarea" => pairs.push((name, text.to_owned())),
            "select" => selected = Some((name, None)),
            "option" => {
                if let Some((_, present)) = &mut selected
                    && (present.is_none() || tag.contains(" selected"))
                {
                    *present = Some(value);
                }
            }
            "/select" => pairs.extend(selected.take().map(|(name, value)| (name, value.unwrap_or_default()))),
            _ => {}
        }
    }
    pairs
}

#[test]
fn each_field_type_sends_its_value_back_under_the_agreed_name() {
    let choices: Choices = BTreeMap::from([
        (
            "person".to_owned(),
            vec![
                Choice { value: "p1".into(), title: "One".into() },
                Choice { value: "p2".into(), title: "Two".into() },
            ],
        ),
        ("control".to_owned(), vec![Choice { value: "ac-2".into(), title: "Accounts".into() }]),
    ]);
    let words = || vec!["low".to_owned(), "high".to_owned()];
    let cases: Vec<(FieldType, Value, Vec<&str>)> = vec![
        (FieldType::Text(TextLength::Line), json!("a"), vec!["a"]),
        (FieldType::Text(TextLength::Paragraphs), json!("long"), vec!["long"]),
        (FieldType::Date, json!("2026-11-23"), vec!["2026-11-23"]),
        (FieldType::Integer, json!(7), vec!["7"]),
        (FieldType::Number, json!(1.5), vec!["1.5"]),
        (FieldType::Money, json!(1200.0), vec!["1200.0"]),
        (FieldType::Bool, json!(true), vec!["true"]),
        (FieldType::Bool, json!(false), vec!["false"]),
        (FieldType::Bool, Value::Null, vec![""]),
        (FieldType::Choice(words()), json!("high"), vec!["high"]),
        (FieldType::Choice(words()), Value::Null, vec![""]),
        (FieldType::Choice(words()), json!("an older word"), vec!["an older word"]),
        (FieldType::State(words()), json!("low"), vec!["low"]),
        (FieldType::Choices(words()), json!(["low", "high"]), vec!["low", "high"]),
        (FieldType::Link("person".into(), Many::One), json!("p2"), vec!["p2"]),
        (FieldType::Link("person".into(), Many::Several), json!(["p1", "gone"]), vec!["p1", "gone"]),
        (FieldType::Link("ship".into(), Many::One), json!("s1"), vec!["s1"]),
        (FieldType::Link("ship".into(), Many::Several), json!(["s1"]), vec!["s1", "", ""]),
        (FieldType::List, json!(["a", "b"]), vec!["a", "b", "", ""]),
        (FieldType::Control(Many::One), json!("ac-2"), vec!["ac-2"]),
        (FieldType::Control(Many::Several), json!(["ac-2"]), vec!["ac-2", "", ""]),
    ];
    for (value_type, value, expected) in cases {
        let case = format!("{value_type:?} {value}");
        let html = render(&[field("x", value_type)], &json!({ "x": value }), &[], &choices);
        let pairs = sent(&html);
        assert_eq!(pairs[0], ("_csrf".to_owned(), "secret".to_owned()));
        assert_eq!(pairs[1], ("_version".to_owned(), "3".to_owned()));
        let values: Vec<&str> = pairs[2..].iter().map(|(_, value)| value.as_str()).collect();
        assert!(pairs[2..].iter().all(|(name, _)| name == "x"), "{case}: {pairs:?}");
        assert_eq!(values, expected, "{case}");
    }
}

#[test]
fn what_a_text_field_names_is_offered_by_its_title() {
    let choices = Choices::from([
        (named_key("deficiency"), vec![Choice { value: "d1".into(), title: "No owner".into() }]),
        (named_key("findings"), vec![Choice { value: "f1".into(), title: "Old kernel".into() }]),
    ]);
    let fields = [
        field("deficiency", FieldType::Text(TextLength::Line)),
        field("findings", FieldType::List),
        field("rows", FieldType::Rows(vec![field("findings", FieldType::List)])),
    ];
    let html = render(&fields, &json!({"deficiency": "d1", "findings": ["f1", "f9"]}), &[], &choices);
    assert!(html.contains("<option value=\"d1\" selected>No owner</option>"), "{html}");
    assert!(
        html.contains("value=\"f1\" checked> <span>Old kernel")
            || html.contains("value=\"f1\" checked><span>Old kernel")
    );
    let sent = sent(&html);
    let of = |name: &str| sent.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>();
    assert_eq!((of("deficiency"), of("findings")), (vec!["d1"], vec!["f1", "f9"]));
    assert_eq!(of("rows.0.findings"), ["", ""], "rows hold fields of their own");
}

#[test]
fn rows_are_numbered_with_a_blank_one_after_the_last_and_a_hole_in_the_template() {
    let inner = vec![
        field("title", FieldType::Text(TextLength::Line)),
        field("steps", FieldType::Rows(vec![field("note", FieldType::List)])),
    ];
    let fields = [field("milestones", FieldType::Rows(inner))];
    let body = json!({"milestones": [{"title": "Order", "steps": [{"note": ["n"]}]}]});
    let html = render(&fields, &body, &[], &Choices::new());
    let names: Vec<String> = sent(&html).into_iter().skip(2).map(|(name, _)| name).collect();
    for expected in
        ["milestones.0.title", "milestones.0.steps.0.note", "milestones.0.steps.1.note", "milestones.1.title"]
    {
        assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
    }
    assert!(
        html.contains("name=\"milestones.__0__.title\"")
            && html.contains("milestones.__0__.steps.__1__.note")
    );
    assert!(names.iter().all(|name| !name.contains("__")));
}

#[test]
fn problems_stand_at_their_input_and_are_tied_to_it() {
    let fields = [
        field("due", FieldType::Date),
        field("rows", FieldType::Rows(vec![field("title", FieldType::Text(TextLength::Line))])),
    ];
    let problems = [
        FieldProblem::new("due", "too early"),
        FieldProblem::new("rows.0.title", "say what"),
        FieldProblem::new("other", "elsewhere"),
    ];
    let html = render(&fields, &json!({}), &problems, &Choices::new());
    assert!(html.contains("id=\"f-due-problem\""));
    assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"f-due-problem f-due-help\""));
    assert!(html.contains("id=\"f-rows-0-title-problem\""));
    assert!(html.contains("elsewhere"), "a problem that names no input is still said");
}

#[test]
fn every_kind_has_a_form_with_an_input_for_each_of_its_fields() {
    let registry = Registry::standard();
    for kind in registry.kinds() {
        let html = render(&kind.fields, &json!({}), &[], &Choices::new());
        for field in &kind.fields {
            let named = html.contains(&format!("name=\"{}\"", field.name))
                || html.contains(&format!("name=\"{}.0.", field.name));
            assert!(named, "{}.{}", kind.spec.name, field.name);
        }
    }
}
