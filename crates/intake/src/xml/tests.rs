use super::*;

fn all(source: &str) -> Result<Vec<(String, u32)>, ReadError> {
    let mut xml = Xml::open(source, Limits::default());
    let root = xml.root()?;
    let mut seen = Vec::new();
    while let Some(child) = xml.child(&root)? {
        seen.push((xml.text(&child)?, child.line()));
    }
    xml.finish()?;
    Ok(seen)
}

#[test]
fn children_are_walked_with_their_lines_and_text() {
    let source = "<?xml version='1.0'?>\n<!-- c -->\n<a>\n<b>x &lt; &#65; <i>y</i><![CDATA[ <z> ]]></b>\n<b/>\n\n<b> </b></a>\n";
    let seen = all(source).unwrap();
    assert_eq!(seen, [("x < A y <z>".into(), 4), (String::new(), 5), (String::new(), 7)]);
}

#[test]
fn what_is_not_read_is_passed_over() {
    let mut xml = Xml::open("<a><b><c><d/></c></b><e/></a>", Limits::default());
    let root = xml.root().unwrap();
    let b = xml.child(&root).unwrap().unwrap();
    let c = xml.child(&b).unwrap().unwrap();
    assert_eq!(c.name(), "c");
    assert_eq!(xml.child(&root).unwrap().unwrap().name(), "e");
    assert!(xml.child(&root).unwrap().is_none());
    assert!(xml.child(&b).unwrap().is_none(), "an element that ended has no more children");
}

#[test]
fn names_are_local_and_namespaces_are_resolved() {
    let source = "<x:a xmlns:x='urn:x' xmlns='urn:d' x:id='1' id2='&amp;2'><b/><x:b/><y:b/></x:a>";
    let mut xml = Xml::open(source, Limits::default());
    let root = xml.root().unwrap();
    assert_eq!((root.name(), root.namespace()), ("a", "urn:x"));
    assert_eq!(root.attribute("id").unwrap(), "1");
    assert_eq!(root.attribute("id2").unwrap(), "&2");
    assert_eq!(root.attribute("x").unwrap(), "", "a declaration is no attribute");
    let mut spaces = Vec::new();
    while let Some(child) = xml.child(&root).unwrap() {
        spaces.push(child.namespace().to_owned());
    }
    assert_eq!(spaces, ["urn:d", "urn:x", ""]);
}

#[test]
fn definitions_and_entities_are_refused_with_the_line() {
    let refused = [
        "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>",
        "<!DOCTYPE a PUBLIC 'p' 'x.dtd'><a/>",
        "<a>&b;</a>",
    ];
    for source in refused {
        assert_eq!(all(source), Err(ReadError::Entity { line: 1 }), "{source}");
    }
    let mut xml = Xml::open("\n<a b='&c;'/>", Limits::default());
    assert_eq!(xml.root().unwrap().attribute("b"), Err(ReadError::Entity { line: 2 }));
    assert!(all("<!DOCTYPE nmaprun>\n<nmaprun/>").is_ok());
}

#[test]
fn depth_attributes_namespaces_and_text_are_bounded() {
    let limits = Limits { depth: 10, text: 1000, ..Limits::default() };
    let deep = "<a>".repeat(11) + &"</a>".repeat(11);
    let long = format!("<a>{}</a>", "x".repeat(600) + "<b/>" + &"y".repeat(600));
    let wide: String = (0..=ATTRIBUTES).map(|n| format!(" a{n}=''")).collect();
    let spaces: String = (0..=BINDINGS).map(|n| format!(" xmlns:a{n}='u'")).collect();
    let cases = [
        (deep, "nesting depth"),
        (long, "text length"),
        (format!("<a{}/>", &wide), "text length"),
        (format!("<a b='{}'/>", "x".repeat(1001)), "text length"),
    ];
    for (source, expected) in cases {
        let mut xml = Xml::open(&source, limits);
        let refused = xml.root().and_then(|root| xml.text(&root)).unwrap_err();
        assert!(matches!(refused, ReadError::Limit { what, .. } if what == expected), "{refused:?}");
    }
    for source in [format!("<a{wide}/>"), format!("<a{spaces}/>")] {
        assert!(matches!(all(&source), Err(ReadError::Limit { line: 1, .. })));
    }
}

#[test]
fn damage_is_named_with_its_line() {
    let cases = [
        ("<a>\n<b>\n", 3),
        ("<a>\n</b></a>", 2),
        ("<a/>\n<a/>", 2),
        ("<a/>\nx", 2),
        ("\nx", 2),
        ("", 1),
        ("<a>\n<b c=d></b></a>", 2),
        ("<a>&#xFFFFFFFF;</a>", 1),
        ("<a>\n& b</a>", 2),
    ];
    for (source, expected) in cases {
        match all(source) {
            Err(ReadError::Malformed { line, .. }) => assert_eq!(line, expected, "{source}"),
            other => panic!("{source}: {other:?}"),
        }
    }
}

#[test]
fn declared_encodings_are_honoured() {
    let read = |bytes: &[u8]| {
        let input = Input { name: "f", bytes, limits: Limits::default() };
        decode(&input).map(Cow::into_owned)
    };
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xfcller \x80</a>";
    assert!(read(latin).unwrap().ends_with("<a>Müller €</a>"));
    assert!(read(b"<?xml version='1.0' encoding='utf-7'?><a>\xfc</a>").is_err());
    assert!(read(b"<?xml version='1.0' encoding='utf-8'?><a>\xfc</a>").is_err());
    assert!(read(b"<a>\xfc</a>").is_err());
}
