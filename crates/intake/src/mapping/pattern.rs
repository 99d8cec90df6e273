//! Regular expressions of mappings: checked when a mapping is read, built only once something is looked for. Two
//! hundred mappings hold hundreds of them, and most stores see a dozen formats.

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde::Deserialize;
use std::sync::OnceLock;

/// The most an expression may weigh: what counts is its parts, written out as often as they are repeated.
const MOST_WEIGHT: u64 = 120_000;

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
    /// Checks an expression: that it is one, and that it can be built within bounds.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str, ends: Ends) -> Result<Self, String> {
        let lines = ends == Ends::OfLines;
        let mut parser = ParserBuilder::new().multi_line(lines).crlf(lines).build();
        let parsed = parser.parse(text).map_err(|error| format!("`{text}` is no pattern: {error}"))?;
        if weight(&parsed) > MOST_WEIGHT {
            return Err(format!("`{text}` is too large a pattern: use smaller numbers of repetitions"));
        }
        Ok(Self { text: text.to_owned(), ends, built: OnceLock::new() })
    }

    /// The expression ready for use. What was checked can be built, so there always is one.
    pub fn regex(&self) -> Option<&Regex> {
        self.built.get_or_init(|| build(&self.text, self.ends).ok()).as_ref()
    }

    /// Whether a text has what is looked for.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }
}

fn build(text: &str, ends: Ends) -> Result<Regex, regex::Error> {
    let lines = ends == Ends::OfLines;
    RegexBuilder::new(text).multi_line(lines).crlf(lines).build()
}

/// How much building an expression takes, roughly in states.
fn weight(expression: &Hir) -> u64 {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Bytes(_)) => 1,
        // A letter beyond ASCII is several bytes, each of several states.
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges().len() as u64;
            if class.is_ascii() { 1 + ranges } else { 40 + ranges }
        }
        HirKind::Capture(capture) => 2 + weight(&capture.sub),
        HirKind::Repetition(repetition) => {
            // Without an end it is written out as often as it must occur, and the last goes round.
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            (1 + weight(&repetition.sub)).saturating_mul(u64::from(times))
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(weight).fold(1, u64::saturating_add)
        }
    }
}

/// In a mapping's own fields `^` and `$` mean the ends of lines.
impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text, Ends::OfLines).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_expression_and_what_is_too_large_is_told() {
        let refused = |text: &str| Pattern::parse(text, Ends::OfText).unwrap_err();
        assert!(refused("a(b").contains("no pattern"));
        assert!(refused("(?:a{1000}){1000}").contains("too large"));
        assert!(refused("((a{0,500}){0,500})*").contains("too large"));
        assert!(refused("[^a]{20000}").contains("too large"));
        assert!(refused(r"\w{1000}").contains("too large"));
    }

    #[test]
    fn ends_are_of_the_text_or_of_its_lines() {
        let found = |ends| Pattern::parse("^b$", ends).unwrap().is_match("a\r\nb\r\n");
        assert!(found(Ends::OfLines) && !found(Ends::OfText));
    }

    proptest! {
        /// The heaviest that passes the check can be built.
        #[test]
        fn what_passes_can_be_built(
            parts in proptest::collection::vec(
                (prop::sample::select(vec!["a", "[a-z0-9]", ".", "(b|c)", "[^x]", "\\x{e9}", "\\w", "(?i:straße)"]), 0_u32..400),
                1..5,
            ),
            outer in 1_u32..60,
        ) {
            let inner: String = parts.iter().map(|(part, times)| format!("(?:{part}){{{times}}}")).collect();
            if let Ok(pattern) = Pattern::parse(&format!("(?:{inner}){{0,{outer}}}"), Ends::OfLines) {
                prop_assert!(pattern.regex().is_some());
            }
        }
    }
}
