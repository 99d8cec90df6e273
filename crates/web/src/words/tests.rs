//! Every language says everything, and nothing else is said.

use super::kinds::tests::OF_KINDS;
use super::*;
use crate::error::{CODES, Fault};
use crate::language::speaking;
use crate::look::sheet::KEYS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is the same in English and in another language of ours.
const SAME: [&str; 41] = [
    "Zone",
    "Programme",
    "Administration",
    "Import",
    "Sources",
    "Guide",
    "Guides",
    "Portfolio",
    "Actions",
    "Maintenant",
    "Suggestions",
    "Page",
    "{ -none-fit }",
    "{ $about }",
    "Document",
    "API",
    "Sessions",
    "Source",
    "Notes",
    "Note",
    "Initiative",
    "initiative",
    "Calibration",
    "Brier",
    "Provenance",
    "CCI",
    "CVSS",
    "Documents",
    "Format",
    "Version",
    "Question",
    "Service",
    "M",
    "Cause",
    "Budget",
    "Risk Rating Methodology",
    "Impact",
    "Intact",
    "Organisation",
    "programme",
    "Verdict",
];

/// A message as its file writes it.
#[derive(Default)]
struct Message {
    parts: BTreeMap<String, String>,
    variables: BTreeSet<String>,
}

fn messages(language: &Language) -> BTreeMap<String, Message> {
    let mut found: BTreeMap<String, Message> = BTreeMap::new();
    let (mut name, mut part) = (String::new(), String::new());
    for line in language.words.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (head, text) = line.split_once('=').unwrap_or(("", line));
        let head = head.trim();
        let text = if line.starts_with(|c: char| c.is_ascii_lowercase() || c == '-') {
            (name, part) = (head.to_owned(), String::new());
            assert!(!found.contains_key(&name), "{}: {name} stands twice", language.tag);
            text
        } else if let Some(of) = head.strip_prefix('.') {
            part = of.to_owned();
            text
        } else {
            line
        };
        let message = found.entry(name.clone()).or_default();
        let written = message.parts.entry(part.clone()).or_default();
        written.push_str(text.trim());
        message.variables.extend(
            text.split('$')
                .skip(1)
                .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>()),
        );
    }
    found
}

/// Whether there are letters outside of what is put in and of the names of plural forms.
fn has_words(text: &str) -> bool {
    let mut depth = 0;
    let mut rest = text.replace("->", "}");
    rest.retain(|c| {
        depth += i32::from(matches!(c, '{' | '[')) - i32::from(matches!(c, '}' | ']'));
        depth <= 0
    });
    rest.chars().any(char::is_alphabetic)
}

#[test]
fn the_files_are_read_to_the_end() {
    for language in LANGUAGES {
        let read = FluentResource::try_new(language.words.to_owned());
        assert!(read.is_ok(), "{}: {:?}", language.tag, read.err().map(|(_, problems)| problems));
    }
}

#[test]
fn every_file_of_words_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/words");
    let read: Vec<&str> = LANGUAGES.iter().map(|language| language.words).collect();
    for language in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(language.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            assert!(read.iter().any(|words| words.contains(&text)), "{} is in no list", path.display());
        }
    }
}

#[test]
fn every_language_says_everything() {
    let english = messages(&ENGLISH);
    assert!(english.len() > 250, "{} messages", english.len());
    for language in LANGUAGES.into_iter().filter(|language| *language != &ENGLISH) {
        let mut theirs = messages(language);
        // Kinds and checks say in English what they are.
        theirs
            .retain(|name, _| !OF_KINDS.iter().chain(["check-"].iter()).any(|start| name.starts_with(start)));
        let names = |of: &BTreeMap<String, Message>| of.keys().cloned().collect::<BTreeSet<_>>();
        let (mine, told) = (names(&theirs), names(&english));
        let differ: Vec<_> = mine.symmetric_difference(&told).collect();
        assert!(differ.is_empty(), "{}: said in one language only: {differ:?}", language.tag);
        for (name, message) in &theirs {
            let told = &english[name];
            let parts = |of: &Message| of.parts.keys().cloned().collect::<Vec<_>>();
            assert_eq!(parts(message), parts(told), "{}: {name}", language.tag);
            let strange: Vec<_> = message.variables.difference(&told.variables).collect();
            assert!(strange.is_empty(), "{}: {name}: nobody puts in {strange:?}", language.tag);
            for (part, text) in &message.parts {
                let same = SAME.contains(&text.as_str()) || !has_words(text);
                let translated = text != &told.parts[part] || same;
                assert!(translated, "{}: {name} .{part} is still English: {text}", language.tag);
            }
        }
    }
}

/// Every source file of this crate but tests, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The literals that stand directly behind `call`.
fn named<'t>(text: &'t str, call: &'static str) -> impl Iterator<Item = &'t str> {
    text.split(call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

#[test]
fn what_is_said_has_words_and_all_words_are_said() {
    let english = messages(&ENGLISH);
    let calls = [
        "say(",
        "Words::of(",
        "Empty::of(",
        "none(",
        "none_but(",
        "Flash::problem(",
        "Told::because(",
        "Refusal::of(",
        "PageError::Refused(",
        "Refusal::Form(",
    ];
    let mut literals: BTreeSet<String> = BTreeSet::new();
    for (path, text) in sources() {
        for name in calls.into_iter().flat_map(|call| named(&text, call)) {
            assert!(english.contains_key(name), "{}: no words for `{name}`", path.display());
        }
        let flat: String = text.split_whitespace().collect();
        for literal in text.split('"') {
            let Some(message) = english.get(literal) else { continue };
            literals.insert(literal.to_owned());
            for variable in &message.variables {
                let put = |call: &str| flat.contains(&format!("{call}(\"{variable}\""));
                let given = put(".with") || put(".around") || (variable == "link" && text.contains(".link("));
                assert!(given, "{}: `{literal}` asks for {variable}", path.display());
            }
        }
    }
    let names = CODES.iter().map(|(_, name)| *name).chain(Fault::ALL.iter().map(|(_, _, name)| *name));
    for name in names.chain(KEYS.iter().map(|(_, name)| *name)) {
        assert!(english.contains_key(name), "no words for `{name}`");
    }
    let unused: Vec<_> =
        english.keys().filter(|name| !name.starts_with('-') && !literals.contains(*name)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// Ways out of an empty place have words on them.
#[test]
fn every_way_has_its_words() {
    let english = messages(&ENGLISH);
    for (path, text) in sources() {
        for chain in text.split("Empty::of(\"").skip(1) {
            let (name, rest) = chain.split_once('"').unwrap();
            let Some(message) = english.get(name) else { panic!("{}: {name}", path.display()) };
            for call in calls_on(rest.strip_prefix(')').unwrap_or(rest)) {
                for part in ["first", "second"] {
                    let way = call == part || call == format!("{part}_if");
                    let named = message.parts.contains_key(part);
                    assert!(!way || named, "{}: `{name}` has no .{part}", path.display());
                }
            }
        }
    }
}

/// The names of the methods that are called one after another on what stands before.
fn calls_on(mut rest: &str) -> Vec<&str> {
    let mut calls = Vec::new();
    while let Some(after) = rest.trim_start().strip_prefix('.') {
        let Some((name, arguments)) = after.split_once('(') else { break };
        calls.push(name);
        let mut depth = 1;
        let end = arguments.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        rest = end.map_or("", |end| &arguments[end + 1..]);
    }
    calls
}

/// English that is written into a page where an empty place or an error is told cannot be said in another language.
#[test]
fn empty_places_and_errors_are_not_written_into_pages() {
    for (path, text) in sources() {
        for line in text.lines() {
            let told = ["\"No ", "\"Nothing ", "\"Nobody ", "\"None", "\"Not "];
            let written = told.iter().any(|start| line.contains(&format!("p.muted {{ {start}")));
            assert!(!written, "{}: {line}", path.display());
        }
        let shell = path.ends_with("look/shell.rs");
        assert!(shell || !text.contains("Tone::Problem"), "{}: use Flash::problem", path.display());
    }
}

#[test]
fn numbers_and_plurals_follow_the_language() {
    let french = LANGUAGES.into_iter().find(|language| language.tag == "fr").unwrap();
    let said = |language, count: i64| {
        speaking(language, || Words::of("advisories-none-hit").with("count", count).part("text").unwrap())
    };
    assert_eq!(said(&ENGLISH, 1), "One part of these releases could not be assessed.");
    assert_eq!(said(&ENGLISH, 12_345), "12,345 parts of these releases could not be assessed.");
    assert_eq!(said(french, 12_345), "12\u{202f}345 composants de ces versions n’ont pas pu être évalués.");
    assert_eq!(said(french, 0), "Tous les composants de ces versions ont été évalués.");
    let position =
        |language| speaking(language, || Words::of("shell-position").with("size", 1_234_567_i64).said());
    assert_eq!(
        (position(&ENGLISH), position(french)),
        ("ledger 1,234,567".into(), "journal 1\u{202f}234\u{202f}567".into())
    );
}

#[test]
fn what_is_put_in_stays_text() {
    let hostile = "<b>{ $name }</b>";
    let words = Words::of("shell-account-of").with("name", hostile);
    assert_eq!(words.said(), "Account: <b>{ $name }</b>");
    assert_eq!(words.render().0, "Account: &lt;b&gt;{ $name }&lt;/b&gt;");
    assert_eq!(Words::of("no-such-words").said(), "no-such-words");
}

#[test]
fn markup_that_is_put_in_stays_and_all_else_is_escaped() {
    let sentence = |name: &str, markup: Markup| {
        let words = Words::of("shell-account-of").with("other", name).around("name", markup);
        words.render().0
    };
    let strong = html! { strong { "A & B" } };
    assert_eq!(sentence("x", strong.clone()), "Account: <strong>A &amp; B</strong>");
    // What is put in as text cannot stand for the markup, whatever it holds.
    let forged = Words::of("shell-account-of").with("name", "a\u{f0000}<b").around("other", strong);
    assert_eq!(forged.render().0, "Account: a&lt;b");
}

#[test]
fn what_is_known_by_name_is_of_the_language() {
    let french = LANGUAGES.into_iter().find(|language| language.tag == "fr").unwrap();
    assert_eq!(known("close", None), Some("Close"));
    assert_eq!(speaking(french, || known("close", None)), Some("Fermer"));
    assert_eq!(known("shell-account-of", None), None, "something is put in");
    assert_eq!(known("no-such-words", None), None);
}

/// What reads like prose and stands where a page shows it, and why it stays.
const SHOWN_AS_IT_IS: [(&str, &str); 10] = [
    ("Warrant", "its name"),
    ("Warrant ", "its name"),
    (" · Warrant", "its name"),
    ("Esc", "a key as keyboards name it"),
    ("Ctrl K", "keys as keyboards name them"),
    ("POA&M", "the name of the document"),
    ("CVSS ", "the name of a scale"),
    ("BLAKE3", "the name of a hash"),
    (" UTC ", "the name of a time"),
    ("not set", "how an address says that a field is empty"),
];

/// A literal of a source file with the code before it.
struct Literal<'t> {
    before: &'t str,
    text: &'t str,
    after: &'t str,
}

/// Every literal of a file's code; comments are left out.
fn literals(text: &str) -> Vec<Literal<'_>> {
    let (mut found, mut at, mut begun) = (Vec::new(), 0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            begun = at;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\") {
            at += if rest.starts_with("'\\") { 4 } else { 3 };
        } else if let Some(inside) = rest.strip_prefix('"') {
            let mut escaped = false;
            let end = inside.find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let end = end.unwrap_or(inside.len());
            let after = inside.get(end + 1..).unwrap_or_default().trim_start();
            found.push(Literal { before: text[begun..at].trim_end(), text: &inside[..end], after });
            at += end + 2;
            begun = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Whether a text says something to people: two words, a word that begins a sentence, or a piece of one.
fn is_prose(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == ',');
    let capital = text.chars().zip(text.chars().skip(1));
    let sentence = capital.take(2).any(|(a, b)| a.is_ascii_uppercase() && b.is_ascii_lowercase());
    let piece = (text.starts_with(' ') || text.ends_with(' ')) && words.iter().any(is_word);
    words.windows(2).any(|pair| pair.iter().all(is_word)) || sentence || piece
}

/// Whether a literal stands where a page shows it, and says something to people.
fn is_shown(literal: &Literal<'_>) -> bool {
    let calls = [
        "Column::plain(",
        "Link::new(",
        "badge::state(",
        "section(",
        "Page::new(",
        "Fact::text(",
        "Fact::markup(",
        "Fact::missing(",
        "title=",
        "aria-label=",
        "placeholder=",
    ];
    let called = calls.iter().any(|call| literal.before.ends_with(call));
    // The text of an element: `span.muted { "none" }`. What is typed is not translated.
    let elements = [
        "a", "button", "dd", "dt", "h1", "h2", "h3", "label", "li", "p", "small", "span", "strong",
        "summary", "td", "th",
    ];
    let element = literal.before.strip_suffix('{').and_then(|before| before.split_whitespace().last());
    let inside = element
        .is_some_and(|element| elements.contains(&element.split(['.', '#', '[']).next().unwrap_or("")));
    let code = element.is_some_and(|element| ["code", "kbd"].contains(&element));
    let text = literal.before.ends_with(['{', '}', ')']) && !code;
    let goes_on =
        ["=>", ",", ")", ".", ";", ":", "=", "|"].iter().any(|sign| literal.after.starts_with(sign));
    let letters = literal.text.chars().filter(char::is_ascii_alphabetic).count() > 1;
    match (called, inside && letters, text && !goes_on) {
        (true, ..) | (.., true) => is_prose(literal.text) || (inside && letters),
        (_, inside, _) => inside,
    }
}

/// What a page shows is said by a message, so that it is said in every language.
#[test]
fn pages_are_not_written_in_one_language() {
    let mut written = Vec::new();
    for (path, text) in sources() {
        let name = path.display().to_string();
        if name.contains("/api/") || name.contains("/words/") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for literal in literals(code).iter().filter(|literal| is_shown(literal)) {
            if !SHOWN_AS_IT_IS.iter().any(|(text, _)| *text == literal.text) {
                written.push(format!("{name}: {:?}", literal.text));
            }
        }
    }
    assert!(written.is_empty(), "say these by a message of content/words:\n{}", written.join("\n"));
}

#[test]
fn prose_in_a_page_is_noticed() {
    let shown = |code: &str| literals(code).iter().filter(|literal| is_shown(literal)).count();
    for code in [
        r#"html! { p { "Nothing here yet." } }"#,
        r#"html! { span.muted { "none" } }"#,
        r#"html! { (count) " of them open" }"#,
        r#"Column::plain("System", Width::Fit)"#,
        r#"Link::new("Back to the list", href)"#,
        r#"html! { button title="Copy" { (icon) } }"#,
        r#"html! { @if late { "overdue since then" } }"#,
    ] {
        assert_eq!(shown(code), 1, "{code}");
    }
    for code in [
        r#"html! { p { (say("nothing-here")) } }"#,
        r#"if open { "open" } else { "closed" }"#,
        r#"html! { code { "warrant risk known" } }"#,
        r#"Column::plain(&say("column-system"), Width::Fit) // "Some words""#,
        r#"("Vulnerability", Text), ("Other ids", Text)"#,
        r#"html! { a href="/risk" { (title) } }"#,
    ] {
        assert_eq!(shown(code), 0, "{code}");
    }
}

#[test]
fn every_check_has_a_name_in_every_language() {
    let systems = warrant_analysis::checks::CHECKS.iter().map(|check| check.about.id);
    let programme = warrant_analysis::programme::CHECKS.iter().map(|check| check.about.id);
    let all: BTreeSet<_> = systems.chain(programme).collect();
    for language in LANGUAGES.into_iter().filter(|language| *language != &ENGLISH) {
        let theirs = messages(language);
        let named: BTreeSet<_> = theirs.keys().filter_map(|name| name.strip_prefix("check-")).collect();
        let differ: Vec<_> = all.symmetric_difference(&named).collect();
        assert!(differ.is_empty(), "{}: {differ:?}", language.tag);
    }
}
