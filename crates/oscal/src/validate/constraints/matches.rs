//! Values that must fit a data type or a regular expression.

use super::push;
use crate::schema::{Check, Rule};
use crate::tree::{Document, NodeId};
use crate::validate::Findings;
use regex::Regex;
use std::collections::HashMap;

/// Regular expressions made so far, by their text. They come from our tables, never from a document.
#[derive(Default)]
pub(super) struct Patterns {
    made: HashMap<&'static str, Option<Regex>>,
}

impl Patterns {
    /// The expression that fits a whole text.
    pub(super) fn whole(&mut self, pattern: &'static str) -> Option<&Regex> {
        let made = self.made.entry(pattern).or_insert_with(|| Regex::new(&format!("^(?:{pattern})$")).ok());
        made.as_ref()
    }

    pub(super) fn check(
        &mut self,
        document: &Document,
        target: NodeId,
        rule: &'static Rule,
        findings: &mut Findings,
    ) {
        let text = document.text(target);
        let (fits, form) = match &rule.check {
            Check::MatchesType(data_type) => (data_type.accepts(text), data_type.words().to_owned()),
            Check::MatchesPattern(pattern) => {
                let fits = self.whole(pattern).is_none_or(|regex| regex.is_match(text));
                (fits, format!("text that the regular expression {pattern} fits"))
            }
            _ => return,
        };
        if !fits {
            let short: String = text.chars().take(60).collect();
            let name = document.nodes[target].name;
            push(
                findings,
                rule,
                target,
                format!("`{name}` has the value {short:?}, which does not fit here"),
                format!("it must be {form}"),
            );
        }
    }
}
