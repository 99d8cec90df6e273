//! Words of the pages by name, in the language of the request: `content/words`, one folder for each language.
//!
//! The files are written in Fluent, which knows the plural forms of every language.

pub mod kinds;
pub mod roles;

use crate::language::{self, ENGLISH, Grouping, LANGUAGES, Language};
use crate::look::link::safe;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use maud::{Escaper, Markup, Render, html};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| LANGUAGES.iter().map(|of| bundle(of)).collect());

/// What messages say into which nothing is put, by name, for each language: most of a page is such words, a table has
/// thousands of them, and looking them up is ten times as fast as saying them anew.
static FIXED: LazyLock<Vec<HashMap<String, Fixed>>> =
    LazyLock::new(|| LANGUAGES.iter().zip(BUNDLES.iter()).map(|(of, bundle)| fixed(of, bundle)).collect());

/// A message that always says the same.
#[derive(Default)]
struct Fixed {
    text: Option<String>,
    parts: Vec<(String, String)>,
}

impl Fixed {
    fn part(&self, part: Option<&str>) -> Option<&str> {
        match part {
            None => self.text.as_deref(),
            Some(part) => self.parts.iter().find(|(name, _)| name == part).map(|(_, text)| text.as_str()),
        }
    }
}

fn fixed(language: &Language, bundle: &Bundle) -> HashMap<String, Fixed> {
    let said = |pattern| {
        let mut missing = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut missing).into_owned();
        missing.is_empty().then_some(text)
    };
    let mut found = HashMap::new();
    // A message begins where a line does.
    let names = language.words.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    for name in names.filter_map(|line| Some(line.split_once('=')?.0.trim())) {
        let Some(message) = bundle.get_message(name) else { continue };
        let parts = message.attributes().filter_map(|part| Some((part.id().to_owned(), said(part.value())?)));
        let whole = Fixed { text: message.value().and_then(said), parts: parts.collect() };
        found.insert(name.to_owned(), whole);
    }
    found
}

fn bundle(language: &Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.tag.parse().unwrap_or_default()]);
    // The marks that keep directions of writing apart would stand in titles and addresses too.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language.grouping {
        Grouping::Comma => |value, _| grouped(value, ','),
        Grouping::Space => |value, _| grouped(value, '\u{202f}'),
    }));
    // A test reads the files; what could be read of a broken one is used.
    let resource = FluentResource::try_new(language.words.to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    bundle
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = format!("{:.0}", number.value.abs());
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number.value < 0.0 {
        text.push('-');
    }
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

/// Something to say: the name of a message and what is put into it. It is said in the language of the request that
/// draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    name: &'static str,
    put: Vec<(&'static str, Put)>,
}

/// What is put into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// A name or other text, as it is.
    Text(String),
    /// A whole number, which may decide the form of the words around it.
    Count(i64),
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Put {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Put {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<jiff::civil::Date> for Put {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl From<i64> for Put {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Put {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Put {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i32> for Put {
    fn from(count: i32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl From<u32> for Put {
    fn from(count: u32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl Words {
    /// The message of this name.
    pub fn of(name: &'static str) -> Self {
        Self { name, put: Vec::new() }
    }

    /// The same with a text or number in the place of this name.
    pub fn with(mut self, name: &'static str, put: impl Into<Put>) -> Self {
        self.put.push((name, put.into()));
        self
    }

    /// The same with markup in the place of this name, such as a link or a name in bold.
    pub fn around(self, name: &'static str, markup: Markup) -> Sentence {
        Sentence { words: self, marked: Vec::new() }.around(name, markup)
    }

    /// The same with a link in the place of `$link`; the words on it are the message's part `link`.
    pub fn link(self, href: &str) -> Sentence {
        Sentence { words: self, marked: Vec::new() }.link(href)
    }

    /// What it says.
    pub fn said(&self) -> String {
        self.read(None).unwrap_or_else(|| self.name.to_owned())
    }

    /// What another part of the message says: `text`, the words on a button. `None` when it has no such part.
    pub fn part(&self, name: &str) -> Option<String> {
        self.read(Some(name))
    }

    fn read(&self, part: Option<&str>) -> Option<String> {
        let wanted = language::current();
        // Where a language has no word the English one stands.
        [wanted, &ENGLISH].into_iter().find_map(|language| self.in_language(language, part))
    }

    fn in_language(&self, language: &Language, part: Option<&str>) -> Option<String> {
        let at = place(language)?;
        let always = FIXED.get(at).and_then(|words| words.get(self.name)?.part(part));
        if let Some(text) = always {
            return Some(text.to_owned());
        }
        let bundle = BUNDLES.get(at)?;
        let message = bundle.get_message(self.name)?;
        let pattern = match part {
            None => message.value()?,
            Some(part) => message.get_attribute(part)?.value(),
        };
        let mut args = FluentArgs::with_capacity(self.put.len());
        for (name, put) in &self.put {
            match put {
                Put::Text(text) => args.set(*name, text.as_str()),
                Put::Count(count) => args.set(*name, *count),
            }
        }
        // What is missing stands as its name in braces; tests see to it that nothing is.
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }
}

impl From<&'static str> for Words {
    fn from(name: &'static str) -> Self {
        Self::of(name)
    }
}

impl Render for Words {
    fn render_to(&self, buffer: &mut String) {
        // Writing into text cannot fail.
        let _ = Escaper::new(buffer).write_str(&self.said());
    }
}

/// A message with markup put in: what it says and what else is put in is escaped, the markup stays as it is.
#[derive(Clone, Debug)]
pub struct Sentence {
    words: Words,
    marked: Vec<(&'static str, Markup)>,
}

/// Stands for the first markup while a message is said, the next character for the second, and so on: of a plane that
/// is for private use.
const MARK: u32 = 0xF_0000;

/// The most markup put into one message.
const MARKS: u32 = 64;

impl Sentence {
    /// The same with a text or number in the place of this name.
    pub fn with(self, name: &'static str, put: impl Into<Put>) -> Self {
        Self { words: self.words.with(name, put), ..self }
    }

    /// The same with markup in the place of this name.
    pub fn around(mut self, name: &'static str, markup: Markup) -> Self {
        self.marked.push((name, markup));
        self
    }

    /// The same with a link in the place of `$link`; the words on it are the message's part `link`.
    pub fn link(self, href: &str) -> Self {
        let title = self.words.part("link").unwrap_or_default();
        self.around("link", html! { a href=(safe(href)) { (title) } })
    }
}

impl Render for Sentence {
    fn render_to(&self, buffer: &mut String) {
        let mut words = self.words.clone();
        for (_, put) in &mut words.put {
            if let Put::Text(text) = put {
                text.retain(|c| marked(c).is_none());
            }
        }
        for ((name, _), mark) in self.marked.iter().zip(MARK..MARK + MARKS) {
            words = words.with(name, char::from_u32(mark).map_or_else(String::new, String::from));
        }
        let said = words.said();
        let mut rest = said.as_str();
        while let Some((at, mark)) = rest.char_indices().find(|(_, c)| marked(*c).is_some()) {
            let _ = Escaper::new(buffer).write_str(&rest[..at]);
            if let Some((_, markup)) = marked(mark).and_then(|nth| self.marked.get(nth)) {
                buffer.push_str(&markup.0);
            }
            rest = &rest[at + mark.len_utf8()..];
        }
        // Writing into text cannot fail.
        let _ = Escaper::new(buffer).write_str(rest);
    }
}

/// Which markup a character stands for.
fn marked(mark: char) -> Option<usize> {
    u32::from(mark).checked_sub(MARK).filter(|nth| *nth < MARKS).map(|nth| nth as usize)
}

/// What the message of this name says.
pub fn say(name: &'static str) -> String {
    Words::of(name).said()
}

/// Something and what is said of it, apart as the language does it: `Owner: A. Diallo`.
pub fn named(what: &str, value: &str) -> String {
    Words::of("named").with("what", what).with("value", value).said()
}

/// What a message, or a part of it, says in the language of the request, where that language has it and nothing is put
/// into it. For words whose names are made of what they name, such as kinds of record and their fields.
pub fn known(name: &str, part: Option<&str>) -> Option<&'static str> {
    FIXED.get(place(language::current())?)?.get(name)?.part(part)
}

/// Several things in a sentence: `a, b and c`.
pub fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            Words::of("list-two").with("first", first.join(", ")).with("second", last.as_str()).said()
        }
    }
}

fn place(language: &Language) -> Option<usize> {
    LANGUAGES.iter().position(|known| *known == language)
}

#[cfg(test)]
mod tests;
