//! Words of the pages by name, in the language of the request: `content/words`, one folder for each language.
//!
//! The files are written in Fluent, which knows the plural forms of every language.

pub mod kinds;

use crate::language::{self, ENGLISH, Grouping, LANGUAGES, Language};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use maud::{Escaper, Render};
use std::fmt::Write;
use std::sync::LazyLock;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| LANGUAGES.iter().map(|of| bundle(of)).collect());

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
        let at = LANGUAGES.iter().position(|known| *known == language)?;
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

/// What the message of this name says.
pub fn say(name: &'static str) -> String {
    Words::of(name).said()
}

#[cfg(test)]
mod tests;
