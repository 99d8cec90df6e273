use proptest::prelude::*;
use serde_json::json;

use super::*;

fn text(value: &Value) -> String {
    String::from_utf8(to_bytes(value).unwrap()).unwrap()
}

#[test]
fn members_are_sorted_by_utf16_code_units() {
    // Order of the sample in RFC 8785 section 3.2.3.
    let value = json!({
        "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "Latin o with diaeresis",
    });
    let written = text(&value);
    let order =
        ["\"\\r\"", "\"1\"", "\"\u{80}\"", "\"\u{f6}\"", "\"\u{20ac}\"", "\"\u{1f600}\"", "\"\u{fb33}\""];
    let places: Vec<usize> = order.iter().map(|name| written.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{written}");
}

#[test]
fn strings_escape_only_what_they_must() {
    assert_eq!(
        text(&json!("\u{20ac}$\u{f}\nA'B\"\\\"/\u{7f}")),
        "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\u{7f}\""
    );
}

#[test]
fn numbers_are_those_of_ecmascript() {
    // Bit patterns and texts of RFC 8785 appendix B.
    for (bits, expected) in [
        (0x0000_0000_0000_0000u64, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
    ] {
        assert_eq!(text(&number(f64::from_bits(bits)).unwrap()), expected);
    }
    assert_eq!(
        text(&json!([u64::MAX, i64::MIN, -1, 1.0, 2.5])),
        "[18446744073709551615,-9223372036854775808,-1,1,2.5]"
    );
    for not_finite in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(matches!(number(not_finite), Err(CanonicalError::Number(_))));
    }
}

#[test]
fn two_spellings_have_one_form_and_doubled_names_none() {
    let one = read(br#"{"b": [1, 2.0, null], "a": {"y": "\u00e9", "x": true}}"#).unwrap();
    let other = read("{\"a\":{\"x\":true,\"y\":\"é\"},\"b\":[1.0e0,2,null]}".as_bytes()).unwrap();
    assert_eq!(text(&one), "{\"a\":{\"x\":true,\"y\":\"é\"},\"b\":[1,2,null]}");
    assert_eq!(digest(&one).unwrap(), digest(&other).unwrap());
    for wrong in [r#"{"a":1,"a":2}"#, r#"[{"a":{"b":1,"b":1}}]"#, "1e400", "NaN", "{", "", "1 2"] {
        assert!(matches!(read(wrong.as_bytes()), Err(CanonicalError::Json(_))), "{wrong}");
    }
    assert!(is_canonical(b"{\"a\":1}") && !is_canonical(b"{\"a\": 1}") && !is_canonical(b"{\"a\":1.0}"));
}

#[test]
fn records_are_written_canonically_and_nothing_infinite_becomes_null() {
    #[derive(serde::Serialize)]
    struct Change<'a> {
        what: &'a str,
        score: Option<f64>,
        after: Vec<Side>,
    }
    #[derive(serde::Serialize)]
    enum Side {
        Gone,
        Set { weight: f32 },
        Pair(i8, f64),
    }
    let change = |score, weight, last| Change {
        what: "a",
        score: Some(score),
        after: vec![Side::Gone, Side::Set { weight }, Side::Pair(-1, last)],
    };
    let written = record_to_bytes(&change(1.0, 0.5, 2.5)).unwrap();
    let expected = r#"{"after":["Gone",{"Set":{"weight":0.5}},{"Pair":[-1,2.5]}],"score":1,"what":"a"}"#;
    assert_eq!(String::from_utf8(written).unwrap(), expected);
    let nan = f64::NAN;
    for wrong in [change(nan, 0.5, 0.0), change(1.0, f32::INFINITY, 0.0), change(1.0, 0.5, -1.0 / 0.0)] {
        assert!(matches!(record_to_bytes(&wrong), Err(CanonicalError::Number(_))));
    }
    let in_map = std::collections::BTreeMap::from([("x", nan)]);
    assert!(matches!(record_to_bytes(&in_map), Err(CanonicalError::Number(_))));
    let keys = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert!(matches!(record_to_bytes(&keys), Err(CanonicalError::Json(_))));
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    assert!(to_bytes(&nested(MAX_DEPTH)).is_ok());
    assert!(matches!(to_bytes(&nested(MAX_DEPTH + 1)), Err(CanonicalError::Depth)));
    assert!(read("[".repeat(100_000).as_bytes()).is_err());
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |x| number(x).ok()),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn the_form_is_json_and_a_fixed_point(value in any_value()) {
        let bytes = to_bytes(&value).unwrap();
        prop_assert!(is_canonical(&bytes));
        let plain: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(to_bytes(&plain).unwrap(), bytes);
    }

    #[test]
    fn order_of_insertion_does_not_matter(mut members in prop::collection::btree_map(any::<String>(), any::<i32>(), 0..9)) {
        let forward: Map<String, Value> = members.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
        let mut backward = Map::new();
        while let Some((k, v)) = members.pop_last() {
            backward.insert(k, json!(v));
        }
        prop_assert_eq!(to_bytes(&Value::Object(forward)).unwrap(), to_bytes(&Value::Object(backward)).unwrap());
    }
}
