//! Regular expressions of mappings: checked when a mapping is read, held in memory only once something is looked
//! for. Two hundred mappings hold hundreds of them, and most stores see a dozen formats.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::sync::OnceLock;

/// A regular expression.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    ends: Ends,
    built: OnceLock<Option<Regex>>,
}

/// What `^` and `$` mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The ends of the text.
    OfText,
    /// The ends of lines.
    OfLines,
}

impl Pattern {
    /// Checks an expression.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str, ends: Ends) -> Result<Self, String> {
        build(text, ends).map_err(|error| format!("`{text}` is no pattern: {error}"))?;
        Ok(Self { text: text.to_owned(), ends, built: OnceLock::new() })
    }

    /// The expression ready for use. It was built once when it was checked, so there always is one.
    pub fn regex(&self) -> Option<&Regex> {
        self.built.get_or_init(|| build(&self.text, self.ends).ok()).as_ref()
    }

    /// Whether a text has what is looked for.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }
}

fn build(text: &str, ends: Ends) -> Result<Regex, regex::Error> {
    match ends {
        Ends::OfText => Regex::new(text),
        Ends::OfLines => RegexBuilder::new(text).multi_line(true).crlf(true).build(),
    }
}

/// In a mapping's own fields `^` and `$` mean the ends of lines.
impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text, Ends::OfLines).map_err(serde::de::Error::custom)
    }
}
