use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use warrant_model::Registry;
use warrant_model::field::TextLength;

fn field(kind: FieldType) -> Field {
    Field { name: "f".into(), label: "F".into(), help: String::new(), value: kind, required: false }
}

fn milestones() -> Field {
    Registry::standard().kind("poam_item").unwrap().field("milestones").unwrap().clone()
}

fn read(kind: FieldType, cell: &str) -> Result<Option<Value>, String> {
    value_of(&field(kind), cell)
}

/// Text as people and attackers write it, never blank.
fn text() -> BoxedStrategy<String> {
    let awkward = prop::sample::select(vec![
        "'", "''", "=", "+", "-", "@", "＝", "\t", "\r", "\n", ";", "|", ",", "\"", " ", "a", "Ü", "no",
        "1/2/2026", "\\", "null", "\r\n",
    ]);
    let mixed = prop::collection::vec(awkward, 1..8).prop_map(|parts| parts.concat());
    prop_oneof![mixed, "\\PC{1,40}", "[a-z ]{1,20}"]
        .prop_filter("blank text is nothing", |text| !text.trim().is_empty())
        .boxed()
}

fn identifier() -> BoxedStrategy<String> {
    text().prop_map(|text| text.trim().to_owned()).boxed()
}

fn date() -> BoxedStrategy<Value> {
    (1900i16..2200, 1i8..13, 1i8..29)
        .prop_map(|(year, month, day)| json!(jiff::civil::date(year, month, day).to_string()))
        .boxed()
}

fn number() -> BoxedStrategy<Value> {
    prop_oneof![(-1e12f64..1e12), prop::num::f64::NORMAL, Just(0.0), Just(-0.5)]
        .prop_map(|n| json!(n))
        .boxed()
}

fn several(item: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::vec(item, 1..5).prop_map(Value::Array).boxed()
}

fn filled(kind: &FieldType) -> BoxedStrategy<Value> {
    let words = |words: &[String]| prop::sample::select(words.to_vec()).prop_map(Value::from).boxed();
    match kind {
        FieldType::Text(_) => text().prop_map(Value::from).boxed(),
        FieldType::Bool => any::<bool>().prop_map(Value::from).boxed(),
        FieldType::Choice(known) | FieldType::State(known) => words(known),
        FieldType::Choices(known) => several(words(known)),
        FieldType::Control(Many::One) => identifier().prop_map(|id| json!(id.to_lowercase())).boxed(),
        FieldType::Control(Many::Several) => {
            several(identifier().prop_map(|id| json!(id.to_lowercase())).boxed())
        }
        FieldType::Link(_, Many::One) => identifier().prop_map(Value::from).boxed(),
        FieldType::Link(_, Many::Several) => several(identifier().prop_map(Value::from).boxed()),
        FieldType::List => several(prop_oneof![text(), Just(String::new())].prop_map(Value::from).boxed()),
        FieldType::Date => date(),
        FieldType::Integer => any::<i64>().prop_map(Value::from).boxed(),
        FieldType::Number | FieldType::Money => number(),
        FieldType::Rows(fields) => several(row(fields)),
    }
}

/// A row with at least one part filled in; parts not filled in are absent, as stored bodies have them.
fn row(fields: &[Field]) -> BoxedStrategy<Value> {
    let parts: Vec<_> = fields
        .iter()
        .map(|field| (Just(field.name.clone()), prop::option::of(filled(&field.value))))
        .collect();
    parts
        .prop_filter("a row says something", |parts| parts.iter().any(|(_, value)| value.is_some()))
        .prop_map(|parts| {
            parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect::<Value>()
        })
        .boxed()
}

#[test]
fn every_field_of_every_kind_comes_back_from_its_cell() {
    for entry in Registry::standard().kinds() {
        for field in &entry.fields {
            let mut runner =
                TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
            let result = runner.run(&filled(&field.value), |value| {
                let cell = cell_of(field, &value);
                let back = value_of(field, &cell);
                prop_assert_eq!(back, Ok(Some(value)), "cell {:?}", cell);
                Ok(())
            });
            if let Err(error) = result {
                panic!("{}.{}: {error}", entry.spec.name, field.name);
            }
        }
    }
}

#[test]
fn nothing_is_the_empty_cell_and_back() {
    for entry in Registry::standard().kinds() {
        for field in &entry.fields {
            for nothing in [Value::Null, json!(""), json!([])] {
                assert_eq!(cell_of(field, &nothing), "", "{}", field.name);
            }
            assert_eq!(value_of(field, " \n "), Ok(None), "{}", field.name);
        }
    }
}

#[test]
fn any_text_is_read_or_refused_never_a_panic() {
    for entry in Registry::standard().kinds() {
        for field in &entry.fields {
            let mut runner =
                TestRunner::new(Config { cases: 100, failure_persistence: None, ..Config::default() });
            let result = runner.run(&prop_oneof![text(), "\\PC*".boxed()], |cell| {
                if let Ok(Some(value)) = value_of(field, &cell) {
                    // What was understood is stable from then on.
                    prop_assert_eq!(value_of(field, &cell_of(field, &value)), Ok(Some(value)));
                }
                Ok(())
            });
            if let Err(error) = result {
                panic!("{}.{}: {error}", entry.spec.name, field.name);
            }
        }
    }
}

#[test]
fn the_apostrophe_of_our_own_export_is_taken_off() {
    let line = FieldType::Text(TextLength::Line);
    assert_eq!(read(line.clone(), "'=1+1"), Ok(Some(json!("=1+1"))));
    assert_eq!(read(line.clone(), "'quoted' word"), Ok(Some(json!("'quoted' word"))));
    let own = json!("'=1+1");
    assert_eq!(cell_of(&field(line.clone()), &own), "''=1+1");
    assert_eq!(read(line, "''=1+1"), Ok(Some(own)));
    assert_eq!(read(FieldType::Number, "'-5"), Ok(Some(json!(-5.0))));
}

#[test]
fn milestones_are_read_as_people_write_them() {
    let typed = "Order parts | 2026-12-01\nInstall; \"Test; then sign | off\" | 24.12.2026 | 2026-12-20;";
    let expected = json!([
        {"title": "Order parts", "due": "2026-12-01"},
        {"title": "Install"},
        {"title": "Test; then sign | off", "due": "2026-12-24", "done": "2026-12-20"},
    ]);
    assert_eq!(value_of(&milestones(), typed), Ok(Some(expected.clone())));
    let cell = cell_of(&milestones(), &expected);
    let written =
        "Order parts | 2026-12-01 | ; Install |  | ; \"Test; then sign | off\" | 2026-12-24 | 2026-12-20";
    assert_eq!(cell, written);
    let wrong = value_of(&milestones(), "Install | soon").unwrap_err();
    assert!(wrong.starts_with("row 1, due: `soon` is not a day"), "{wrong}");
    let many = value_of(&milestones(), "a|||b").unwrap_err();
    assert!(many.contains("title | due | done"), "{many}");
}

#[test]
fn days_that_can_be_read_two_ways_are_refused() {
    assert_eq!(read(FieldType::Date, "2026-11-23"), Ok(Some(json!("2026-11-23"))));
    assert_eq!(read(FieldType::Date, "23.11.2026"), Ok(Some(json!("2026-11-23"))));
    assert_eq!(read(FieldType::Date, "2026-11-23T00:00:00"), Ok(Some(json!("2026-11-23"))));
    assert!(read(FieldType::Date, "11/23/2026").unwrap_err().contains("YYYY-MM-DD"));
    assert!(read(FieldType::Date, "31.02.2026").is_err());
    assert!(read(FieldType::Date, "1.2.26").is_err());
}

#[test]
fn words_are_found_whatever_their_case_and_dashes() {
    let words = || vec!["data-store".to_owned(), "host".to_owned()];
    for typed in ["data-store", "Data Store", "DATA_STORE", " data-store "] {
        assert_eq!(read(FieldType::Choice(words()), typed), Ok(Some(json!("data-store"))), "{typed}");
    }
    assert_eq!(
        read(FieldType::Choices(words()), "Host, data store"),
        Ok(Some(json!(["host", "data-store"])))
    );
    assert!(read(FieldType::State(words()), "hots").unwrap_err().contains("data-store, host"));
    let controls = FieldType::Control(Many::Several);
    assert_eq!(read(controls, " AC-2, ac-2(1)\nSI-2 "), Ok(Some(json!(["ac-2", "ac-2(1)", "si-2"]))));
}

#[test]
fn numbers_are_read_with_thousands_separators_and_never_guessed() {
    let number = |text: &str| read(FieldType::Number, text);
    for typed in ["1234567.5", "1,234,567.5", "1 234 567.5", "1'234'567.5", "1\u{202f}234\u{202f}567.5"] {
        assert_eq!(number(typed), Ok(Some(json!(1_234_567.5))), "{typed}");
    }
    for refused in
        ["12,5", "1,2345", "1.234,5", "nan", "inf", "1e999", "0x10", "--1", "1,,234", "one", "1234,567"]
    {
        assert!(number(refused).is_err(), "{refused}");
    }
    assert_eq!(read(FieldType::Integer, "12.0"), Ok(Some(json!(12))));
    assert!(read(FieldType::Integer, "12.5").is_err());
    for typed in ["$1,200", "1200 EUR", "€ 1200", "1,200.00", "USD 1 200"] {
        assert_eq!(read(FieldType::Money, typed), Ok(Some(json!(1200.0))), "{typed}");
    }
    assert_eq!(read(FieldType::Money, "-$5"), Ok(Some(json!(-5.0))));
}

#[test]
fn quotation_marks_that_enclose_no_item_are_text() {
    let list = |text: &str| read(FieldType::List, text);
    assert_eq!(list("\"a;b\"; c"), Ok(Some(json!(["a;b", "c"]))));
    assert_eq!(list("\"Blue\" team; b"), Ok(Some(json!(["\"Blue\" team", "b"]))));
    assert_eq!(list("\"never closed; b"), Ok(Some(json!(["\"never closed", "b"]))));
    assert_eq!(list("a;;b;"), Ok(Some(json!(["a", "b"]))));
}
