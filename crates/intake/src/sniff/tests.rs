use super::*;

fn keys<'a>(names: &[&'a str]) -> Vec<Cow<'a, str>> {
    names.iter().map(|name| Cow::Borrowed(*name)).collect()
}

fn xml<'a>(root: &'a str, namespace: &'a str) -> Shape<'a> {
    Shape::Xml { root: Cow::Borrowed(root), namespace: Cow::Borrowed(namespace) }
}

#[test]
fn shapes_are_told_apart() {
    let shape = |text: &'static str| Sniff::of(text.as_bytes()).shape;
    assert_eq!(shape(""), Shape::Empty);
    assert_eq!(shape(" \r\n\t"), Shape::Empty);
    assert_eq!(shape("\u{feff}{\"a\":1}"), Shape::JsonObject(keys(&["a"])));
    assert_eq!(shape("{}"), Shape::JsonObject(vec![]));
    assert_eq!(shape("[]"), Shape::JsonArray(vec![]));
    assert_eq!(shape("[1, {\"a\": 2}]"), Shape::JsonArray(vec![]));
    assert_eq!(shape("[{\"a\": {\"x\": [1]}, \"b\": 2}, {\"c\": 3}]"), Shape::JsonArray(keys(&["a", "b"])));
    assert_eq!(shape("{\"a\": 1}\n{\"b\": 2}\n"), Shape::JsonObject(keys(&["a"])));
    assert_eq!(shape("PK\u{3}\u{4}rest"), Shape::Zip);
    assert_eq!(shape("\n\nHost,Port\nx,1"), Shape::Text(Cow::Borrowed("Host,Port")));
    assert_eq!(shape("[INFO] started"), Shape::Text(Cow::Borrowed("[INFO] started")));
    assert_eq!(shape("{ not json }"), Shape::Text(Cow::Borrowed("{ not json }")));
    assert_eq!(shape("<<< merge"), Shape::Text(Cow::Borrowed("<<< merge")));
    assert_eq!(Sniff::of(b"\x7fELF\0\0\0").shape, Shape::Binary);
}

#[test]
fn the_root_element_is_found_behind_any_prolog() {
    let shape = |text: &'static str| Sniff::of(text.as_bytes()).shape;
    assert_eq!(shape("<a/>"), xml("a", ""));
    assert_eq!(shape("<?xml version=\"1.0\"?>\n<!-- <b> -->\n<a x=\"1\">"), xml("a", ""));
    assert_eq!(shape("<!DOCTYPE a [ <!ENTITY b \"]>\"> ]><a>"), xml("a", ""));
    assert_eq!(shape("<bom xmlns = 'urn:n' version=\"1\">"), xml("bom", "urn:n"));
    assert_eq!(shape("<p:bom xmlns=\"urn:other\" xmlns:p=\"urn:n\"/>"), xml("bom", "urn:n"));
    assert_eq!(shape("<p:bom xmlns:q=\"urn:other\">"), xml("bom", ""));
}

#[test]
fn utf16_files_have_the_shape_of_their_text() {
    let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><r xmlns=\"urn:n\"/>";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sniff = Sniff::of(&bytes);
    assert!(sniff.is_xml_root("r"));
    assert_eq!(sniff.describe(), "XML with root element <r> of namespace urn:n");
}

#[test]
fn a_head_cut_off_anywhere_gives_the_keys_before_the_cut() {
    let text = r#"{"one": [1, {"two": "\"}"}], "th\u0072ee": {"x": null}, "four": "text", "five": 5}"#;
    let all = ["one", "three", "four", "five"];
    let mut seen = 0;
    for end in 1..=text.len() {
        let Shape::JsonObject(keys) = Sniff::of(&text.as_bytes()[..end]).shape else {
            panic!("cut at {end}")
        };
        assert!(keys.iter().zip(all).all(|(key, name)| key == name), "cut at {end}: {keys:?}");
        assert!(keys.len() >= seen, "cut at {end}");
        seen = keys.len();
    }
    assert_eq!(seen, all.len());
}

#[test]
fn keys_and_strings_are_found_below_the_top() {
    let sniff =
        Sniff::of(br#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}"#);
    assert!(sniff.has_keys(&["runs", "version"]));
    assert!(!sniff.has_keys(&["runs", "tool"]));
    assert!(sniff.has_keys_at(&["runs"], &["tool", "results"]));
    assert!(sniff.has_keys_at(&["runs", "tool", "driver"], &["name"]));
    assert!(sniff.keys_at(&["runs", "absent"]).is_empty());
    assert_eq!(sniff.string("version").as_deref(), Some("2.1.0"));
    assert_eq!(sniff.string("runs"), None);
}

#[test]
fn only_the_head_counts_and_hostile_input_is_harmless() {
    let deep = "[".repeat(4 * HEAD);
    assert_eq!(Sniff::of(deep.as_bytes()).shape, Shape::JsonArray(vec![]));
    let deep = "{\"a\":".repeat(HEAD);
    assert_eq!(Sniff::of(deep.as_bytes()).shape, Shape::JsonObject(keys(&["a"])));
    let many = format!("{{{}", "\"k\":1,".repeat(HEAD));
    assert!(matches!(Sniff::of(many.as_bytes()).shape, Shape::JsonObject(keys) if keys.len() == 256));
    for byte in 0..=255_u8 {
        for second in 0..=255_u8 {
            let _ = Sniff::of(&[byte, second, b'"', byte, b'<']).describe();
        }
    }
}

#[test]
fn descriptions_never_carry_control_characters() {
    let sniff = Sniff::of(b"{\"a\\u001b[31m\": 1, \"b\": 2}");
    assert_eq!(sniff.describe(), "a JSON object with keys a[31m, b");
    assert_eq!(Sniff::of(b"\x1b[31mred").describe(), "text that starts with \"[31mred\"");
}
