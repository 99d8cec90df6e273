//! Markup between Markdown and XML.

use super::*;
use proptest::prelude::*;

fn line(markdown: &str) -> String {
    let mut out = String::new();
    inline_to_xml(&inline_of_markdown(markdown), &mut out);
    out
}

fn text(markdown: &str) -> String {
    let mut out = String::new();
    blocks_of_markdown(markdown).iter().for_each(|block| block_to_xml(block, &mut out));
    out
}

#[test]
fn lines_are_read() {
    for (markdown, xml) in [
        (
            "a *b* **c** `d` \"e\" ~f~ ^g^",
            "a <em>b</em> <strong>c</strong> <code>d</code> <q>e</q> <sub>f</sub> <sup>g</sup>",
        ),
        ("***a***", "<em><strong>a</strong></em>"),
        ("[AU-2](#au-2)", "<a href=\"#au-2\">AU-2</a>"),
        ("[a *b*](https://x.org/(y) \"t\")", "<a href=\"https://x.org/(y)\" title=\"t\">a <em>b</em></a>"),
        ("![alt](a.png \"t\")", "<img src=\"a.png\" alt=\"alt\" title=\"t\"/>"),
        ("to {{ insert: param, ac-1_prm_1 }}:", "to <insert type=\"param\" id-ref=\"ac-1_prm_1\"/>:"),
        ("{{ ac-1_prm_1 }}", "<insert type=\"param\" id-ref=\"ac-1_prm_1\"/>"),
        ("the <BREAK> key & more", "the &lt;BREAK&gt; key &amp; more"),
        ("snake_case_name and 2*3", "snake_case_name and 2*3"),
        ("\\*not\\* \\\"that\\\"", "*not* &quot;that&quot;"),
        ("a * b ** c ~ d", "a * b ** c ~ d"),
        ("open *never closed \"either", "open *never closed &quot;either"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("&lt;tag&gt;", "&lt;tag&gt;"),
    ] {
        assert_eq!(line(markdown), xml, "{markdown}");
    }
}

#[test]
fn blocks_are_read() {
    for (markdown, xml) in [
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("# T\n\ntext", "<h1>T</h1><p>text</p>"),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("a:\n\n- b\n  - c\n- d", "<p>a:</p><ul><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("```\nx  y\n*z*\n```", "<pre>x  y\n*z*</pre>"),
        ("> a\n> b", "<blockquote><p>a b</p></blockquote>"),
        (
            "| a | b |\n| --- | :---: |\n| c \\| d | *e* |",
            "<table><tr><th>a</th><th align=\"center\">b</th></tr><tr><td>c | d</td><td align=\"center\"><em>e</em></td></tr></table>",
        ),
        ("2026. is a year", "<ol><li>is a year</li></ol>"),
        ("2026\\. is a year", "<p>2026. is a year</p>"),
    ] {
        assert_eq!(text(markdown), xml, "{markdown}");
    }
}

#[test]
fn styles_side_by_side_come_back() {
    for xml in [
        "<em><strong>a</strong></em>",
        "<strong><em>a</em></strong>",
        "<strong>a <em>b</em></strong>",
        "<strong>a</strong><em>b</em>",
        "<strong>a</strong><em>b</em>c",
        "a<em>b</em>c *d* [e](f) \\ &quot;g&quot;",
        "!<a href=\"#x\">[y]</a>",
        "<a href=\"a(b)c\" title=\"d &quot;e&quot;\">f</a>",
        "<code>a `b` c</code> <q>d <em>e</em></q>",
        "H<sub>2</sub>O and x<sup>2</sup>",
        "a<br/>b",
    ] {
        let pieces = inline_of_xml(xml).unwrap();
        let markdown = inline_to_markdown(&pieces);
        assert_eq!(inline_of_markdown(&markdown), pieces, "{xml} as {markdown}");
    }
    for xml in [
        "<p>1. a</p><p># b</p><p>- c</p><p>&gt; d</p><p>| e</p><p>* f</p>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>",
        "<ul><li>a</li></ul><p>b</p><ol><li>c</li></ol>",
        "<pre>a\n  b\n```\n</pre>",
        "<table><tr><th>a</th><th align=\"right\">b|c</th></tr><tr><td>d</td><td align=\"right\"/></tr></table>",
        "<table><tr><td>a</td></tr></table>",
        "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>",
        "<h2>a <em>b</em></h2>",
    ] {
        let blocks = blocks_of_xml(xml).unwrap();
        let markdown = blocks_to_markdown(&blocks);
        assert_eq!(blocks_of_markdown(&markdown), blocks, "{xml} as {markdown}");
    }
}

#[test]
fn elements_that_are_no_markup_are_named() {
    assert!(inline_of_xml("a <p>b</p>").unwrap_err().contains("<p>"));
    assert!(blocks_of_xml("<div>a</div>").unwrap_err().contains("<div>"));
    assert!(blocks_of_xml("<ul>a<li>b</li></ul>").is_err());
    assert!(blocks_of_xml("<p>a").is_err());
    assert!(blocks_of_xml(&"<blockquote>".repeat(1_000)).is_err());
}

#[test]
fn hostile_markdown_takes_linear_time() {
    for piece in
        ["[", "![", "*a ", "**", "_a_", "`", "``` ", "{{", "\"a ", "> ", "- ", "| ", "[a](", "\\", "1. "]
    {
        let hostile = piece.repeat(200_000 / piece.len());
        let blocks = blocks_of_markdown(&hostile);
        assert!(!blocks.is_empty() || piece.trim().is_empty(), "{piece}");
    }
}

/// Pieces that a line of XML may hold.
fn inline() -> impl Strategy<Value = Vec<Inline>> {
    let word = "[a-zA-Z0-9 .,:;!?*_~^`\"'\\[\\]{}()<>&#|+/\\\\-]{1,12}";
    let leaf = prop_oneof![
        4 => word.prop_map(Inline::Text),
        1 => "[a-z `*]{1,8}".prop_map(Inline::Code),
        1 => ("[a-z]{1,6}", "[a-z_.0-9-]{1,8}").prop_map(|(kind, id)| Inline::Insert { kind, id }),
    ];
    let styled = leaf.prop_recursive(3, 16, 4, |inner| {
        let style = prop_oneof![Just(Style::Emphasis), Just(Style::Strong), Just(Style::Subscript)];
        let spaced = prop::collection::vec(inner, 1..4);
        prop_oneof![
            2 => (style, spaced.clone()).prop_map(|(style, content)| Inline::Styled(style, content)),
            1 => ("[a-z#/()\"]{1,9}", "[a-z \"]{0,5}", spaced).prop_map(|(href, title, content)| {
                Inline::Link { href, title: title.trim().to_owned(), content }
            }),
        ]
    });
    prop::collection::vec(styled, 0..6)
}

proptest! {
    #[test]
    fn any_markdown_settles(source in "[ -~\n]{0,80}") {
        // What is read is written in a form that is read the same.
        let blocks = blocks_of_markdown(&source);
        let mut xml = String::new();
        blocks.iter().for_each(|block| block_to_xml(block, &mut xml));
        prop_assert!(blocks_of_xml(&xml).is_ok(), "{}", xml);
    }

    #[test]
    fn plain_text_survives(source in "[ -~é—]{0,60}") {
        let pieces = tidy(vec![Inline::Text(source)]);
        let markdown = inline_to_markdown(&pieces);
        prop_assert_eq!(inline_of_markdown(&markdown), pieces);
    }

    #[test]
    fn xml_comes_back_through_xml(pieces in inline()) {
        let pieces = tidy(pieces);
        let mut xml = String::new();
        inline_to_xml(&pieces, &mut xml);
        prop_assert_eq!(inline_of_xml(&xml).unwrap(), pieces);
    }
}
