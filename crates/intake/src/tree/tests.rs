use super::*;
use crate::Limits;

fn json(text: &str) -> Result<Tree<'_>, ReadError> {
    super::json::read(text, Limits::default())
}

/// The values below a node, in order.
fn values(tree: &Tree<'_>, at: NodeId) -> Vec<String> {
    let own = (tree.shape(at) == Shape::Value).then(|| tree.value(at).to_owned());
    own.into_iter().chain(tree.children(at).flat_map(|child| values(tree, child))).collect()
}

#[test]
fn json_keeps_values_lines_and_pointers() {
    let tree = json("{\"a\": [1, \"two\\n\\u00e9\\ud83d\\ude00\",\n {\"b/c\": true}], \"d\": null}").unwrap();
    assert_eq!(values(&tree, NodeId::ROOT), ["1", "two\né😀", "true"]);
    let document = tree.children(NodeId::ROOT).next().unwrap();
    let list = tree.children(document).next().unwrap();
    let last = tree.children(list).last().unwrap();
    assert_eq!((tree.line(last), tree.pointer(last)), (2, "/a/2".to_owned()));
    let deepest = tree.children(last).next().unwrap();
    assert_eq!(tree.pointer(deepest), "/a/2/b~1c");
    assert_eq!(tree.owner(last), Some(document));
}

#[test]
fn several_documents_are_a_list_and_scripts_are_read() {
    assert_eq!(values(&json("{\"a\": 1}\n{\"a\": 2}").unwrap(), NodeId::ROOT), ["1", "2"]);
    assert_eq!(values(&json("results = {\"a\": 1}").unwrap(), NodeId::ROOT), ["1"]);
    assert_eq!(values(&json("[1, 2,]").unwrap(), NodeId::ROOT), ["1", "2"]);
}

#[test]
fn what_is_no_json_is_refused_with_its_line() {
    for (text, line) in [("{\"a\": }", 1), ("{\n\"a\" 1}", 2), ("[1\n2]", 2), ("{\"a\": tru}", 1), ("[1", 1)]
    {
        match json(text) {
            Err(ReadError::Malformed { line: found, .. }) => assert_eq!(found, line, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(json(&"[".repeat(200)), Err(ReadError::Limit { what: "nesting depth", .. })));
}

/// The tree of a JSON text says what `serde_json` says.
#[test]
fn json_agrees_with_serde() {
    for (name, bytes) in crate::formats::testing::corpus("scans", &["json"]) {
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(&bytes) else { continue };
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let tree = json(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        // Numbers may be written in several ways.
        let same = |text: String| text.parse::<f64>().map_or(text, |number| format!("{number:.12e}"));
        let ours: Vec<String> = values(&tree, NodeId::ROOT).into_iter().map(same).collect();
        let theirs: Vec<String> = leaves(&value).into_iter().map(same).collect();
        assert_eq!(ours.len(), theirs.len(), "{name}");
        let differing = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        assert_eq!(differing, None, "{name}");
    }
}

fn leaves(value: &serde_json::Value) -> Vec<String> {
    use serde_json::Value;
    match value {
        Value::Object(map) => map.values().flat_map(leaves).collect(),
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::String(text) => vec![text.replace('\0', "")],
        Value::Null => Vec::new(),
        other => vec![other.to_string()],
    }
}

#[test]
fn elements_and_attributes_are_children() {
    let text = "<a x='1'><b>two</b><b y='3'><![CDATA[four]]></b></a>";
    let tree = super::xml::read(text, Limits::default()).unwrap();
    let root = tree.children(NodeId::ROOT).next().unwrap();
    let second = tree.children(root).filter(|id| tree.is_called(*id, "b")).nth(1).unwrap();
    assert_eq!((tree.value(second), tree.pointer(second).as_str()), ("four", "/a/b[2]"));
    assert!(tree.children(root).any(|id| tree.is_called(id, "x") && tree.value(id) == "1"));
}

#[test]
fn entities_of_ones_own_are_refused_and_outside_types_passed_over() {
    let read = |text| super::xml::read(text, Limits::default()).map(|_| ());
    assert_eq!(read("<!DOCTYPE a SYSTEM 'http://x/y.dtd'><a/>"), Ok(()));
    assert_eq!(read("<!DOCTYPE a [<!ELEMENT a ANY>]><a/>"), Ok(()));
    let bomb = "<!DOCTYPE a [<!ENTITY l 'lol'>]><a>&l;</a>";
    assert!(matches!(read(bomb), Err(ReadError::Entity { .. })));
    assert!(matches!(read("<!DOCTYPE a SYSTEM 'x'><a>&l;</a>"), Err(ReadError::Entity { .. })));
}

#[test]
fn html_closes_what_its_author_did_not() {
    let text =
        "<html><ul><li>one<li>two</ul><br><p class=x>three &amp; four<script>if (a<b) {}</script></html>";
    let tree = super::html::read(text, Limits::default()).unwrap();
    let root = tree.children(NodeId::ROOT).next().unwrap();
    let texts: Vec<&str> = tree.children(root).map(|id| tree.value(id)).collect();
    assert_eq!(texts, ["", "", "three & four"]);
    let list = tree.children(root).next().unwrap();
    assert_eq!(tree.children(list).map(|id| tree.value(id)).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn headings_in_text_are_given_to_the_lines_below_them() {
    let pattern = |name: &str, find: &str, heading| super::text::Pattern {
        name: name.to_owned(),
        regex: regex::RegexBuilder::new(find).multi_line(true).crlf(true).build().unwrap(),
        heading,
    };
    let patterns = [
        pattern("", "^== (?P<host>.+)$", super::text::Heading::Yes),
        pattern("hit", "^- (?P<what>.+)$", super::text::Heading::No),
    ];
    let tree = super::text::read("== a\r\n- x\r\n- y\r\n== b\n- z\n", &patterns).unwrap();
    assert_eq!(values(&tree, NodeId::ROOT), ["x", "a", "y", "a", "z", "b"]);
    assert_eq!(tree.children(NodeId::ROOT).map(|id| tree.line(id)).collect::<Vec<_>>(), [2, 3, 5]);
}

#[test]
fn outlines_keep_the_beginning_of_lists_and_what_stands_behind_them() {
    let items: Vec<String> = (0..1000).map(|number| format!("{{\"n\": [{number}, \"]\"]}}")).collect();
    let tree =
        super::json::outline(&format!("{{\"list\": [{}], \"last\": 1}}", items.join(",")), Limits::default());
    assert!(tree.len() < 100, "{}", tree.len());
    assert_eq!(values(&tree, NodeId::ROOT).last().map(String::as_str), Some("1"));
    let items = "<i><j>x</j></i>".repeat(1000);
    let tree = super::xml::outline(&format!("<r>{items}<last>y</last></r>"), Limits::default());
    assert!(tree.len() < 100, "{}", tree.len());
    let root = tree.children(NodeId::ROOT).next().unwrap();
    assert!(tree.children(root).any(|id| tree.key(id) == "last" && tree.value(id) == "y"));
}
