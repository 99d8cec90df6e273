//! Plain text on its way into a document: what people typed means itself, not markup.

use crate::markup::{Block, Inline, blocks_to_markdown, inline_to_markdown};

/// Plain text as a *markup-line* of JSON and YAML: one line that reads as the text did, whatever characters it holds.
/// White space becomes single blanks; control characters, which XML cannot hold, are left out.
pub fn line(text: &str) -> String {
    without_tags(&inline_to_markdown(&[Inline::Text(value(text))]))
}

/// Plain text as *markup-multiline* of JSON and YAML: every line of the text that is not blank is a paragraph.
pub fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(value).filter(|line| !line.is_empty());
    let blocks: Vec<Block> = lines.map(|line| Block::Paragraph(vec![Inline::Text(line)])).collect();
    without_tags(&blocks_to_markdown(&blocks))
}

/// Markdown in which no `<` can begin an element: OSCAL knows few of them, but others' readers may know all.
fn without_tags(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut escaped = false;
    for c in markdown.chars() {
        if c == '<' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Plain text as a *string* without markup: one line, no blanks at its ends, no control characters.
pub fn value(text: &str) -> String {
    let held = |c: &char| c.is_whitespace() || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let kept: String = text.chars().filter(held).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{blocks_of_markdown, inline_of_markdown, inline_to_xml};
    use proptest::prelude::*;

    fn xml_of(markdown: &str) -> String {
        let mut out = String::new();
        inline_to_xml(&inline_of_markdown(markdown), &mut out);
        out
    }

    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[test]
    fn what_looks_like_markup_stays_text() {
        for text in [
            "*not* strong_er_",
            "<b>x</b> & y",
            "# 1",
            "- a",
            "{{ insert: param, x }}",
            "[a](b)",
            "`c` ~d~ ^e^",
        ] {
            assert_eq!(xml_of(&line(text)), escaped(text), "{text}");
        }
        assert_eq!(paragraphs("1. first\n\n  2. second  \n"), paragraphs("1. first\n2. second"));
        assert_eq!(value(" a\u{0}\n\tb "), "a b");
        assert_eq!(line("*a* <b>"), "\\*a\\* \\<b>");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "(\\PC|[<>\\\\*_`&/]){0,60}") {
            prop_assert_eq!(inline_of_markdown(&line(&text)), {
                let plain = value(&text);
                if plain.is_empty() { Vec::new() } else { vec![Inline::Text(plain)] }
            });
        }

        #[test]
        fn any_lines_come_back(lines in proptest::collection::vec("[ -~]{0,30}", 0..5)) {
            let meant: Vec<Block> = lines.iter().map(|line| value(line)).filter(|line| !line.is_empty())
                .map(|line| Block::Paragraph(vec![Inline::Text(line)])).collect();
            prop_assert_eq!(blocks_of_markdown(&paragraphs(&lines.join("\n"))), meant);
        }
    }
}
