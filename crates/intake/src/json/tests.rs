use super::*;
use crate::reader::Gathered;
use serde::Deserialize;

#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow, default)]
    list: Option<&'a RawValue>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Item {
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    score: Option<f64>,
    count: u8,
}

fn walk(text: &str, limits: Limits) -> Result<(Vec<(Place, Item)>, Gathered), ReadError> {
    let document = Document::of(text, limits);
    let top: Top<'_> = document.parse()?;
    let (mut items, mut gathered) = (Vec::new(), Gathered::default());
    document.each(top.list, "/list", &mut gathered, |place, item: Item, _| {
        items.push((place, item));
        Ok(())
    })?;
    Ok((items, gathered))
}

#[test]
fn records_carry_line_and_pointer_and_bad_ones_are_noted() {
    let text = "{\"list\": [\n{\"count\": 1, \"name\": 7, \"tags\": \"one\", \"score\": \"9.5\"},\n\n{\"count\":\n\"geheim\"},\n{\"count\": 3, \"tags\": [\"a\", null, 2]}]}";
    let (items, gathered) = walk(text, Limits::default()).unwrap();
    assert_eq!(items[0].0, Place::new(2, "/list/0"));
    assert_eq!(items[0].1.name.as_deref(), Some("7"));
    assert_eq!(items[0].1.tags, ["one"]);
    assert_eq!(items[0].1.score, Some(9.5));
    assert_eq!(items[1].0, Place::new(6, "/list/2"));
    assert_eq!(items[1].1.tags, ["a", "2"]);
    let [(place, problem)] = &gathered.problems[..] else { panic!("{:?}", gathered.problems) };
    assert_eq!(*place, Place::new(5, "/list/1"));
    assert_eq!(problem, "a value has the wrong type: expected u8; it is left out");
}

#[test]
fn an_absent_list_is_empty_and_another_type_is_a_problem() {
    for text in ["{}", "{\"list\": null}", "{\"list\": []}"] {
        let (items, gathered) = walk(text, Limits::default()).unwrap();
        assert!(items.is_empty() && gathered.problems.is_empty(), "{text}");
    }
    assert_eq!(walk("{\"list\": {}}", Limits::default()).unwrap().1.problems.len(), 1);
}

#[test]
fn broken_text_is_named_with_its_line() {
    let cut = walk("{\n\"list\": [\n{\"count\": 1}", Limits::default()).unwrap_err();
    assert!(
        matches!(&cut, ReadError::Malformed { line: 3, message } if message.contains("cut off")),
        "{cut}"
    );
    let comma = walk("{\n\"list\": [,]}", Limits::default()).unwrap_err();
    assert!(matches!(&comma, ReadError::Malformed { line: 2, .. }), "{comma}");
}

#[test]
fn a_string_above_the_limit_is_refused_and_a_big_record_of_small_ones_is_not() {
    let limits = Limits { text: 20, ..Limits::default() };
    let long = format!("{{\"list\": [\n{{\"count\": 1, \"name\": \"{}\"}}]}}", "x".repeat(21));
    assert!(matches!(walk(&long, limits), Err(ReadError::Limit { line: 2, limit: 20, .. })));
    assert!(walk("{\"list\": [{\"count\": 1, \"tags\": [\"aaaaaa\", \"bbbbbbbbb\"]}]}", limits).is_ok());
}

#[test]
fn deep_nesting_is_an_error_not_a_crash() {
    let deep =
        format!("{{\"list\": [{{\"count\": 1, \"name\": {}{}}}]}}", "[".repeat(10_000), "]".repeat(10_000));
    let (items, gathered) = walk(&deep, Limits::default()).unwrap();
    assert!(items.is_empty());
    assert_eq!(gathered.problems.len(), 1);
}

#[test]
fn texts_hold_no_nul() {
    let (items, _) =
        walk(r#"{"list": [{"count": 1, "name": "a\u0000b", "tags": ["\u0000"]}]}"#, Limits::default())
            .unwrap();
    assert_eq!(items[0].1.name.as_deref(), Some("ab"));
    assert!(items[0].1.tags.is_empty());
}
