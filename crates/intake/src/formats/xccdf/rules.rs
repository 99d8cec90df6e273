//! What a benchmark says about its rules.

use crate::xml::{Element, Xml};
use crate::{ReadError, excerpt};
use std::collections::HashMap;

/// The rules of all benchmarks in a file, by their full id. Should two benchmarks use one id, the first counts.
#[derive(Debug, Default)]
pub(super) struct Rules {
    by_id: HashMap<String, Rule>,
}

/// A rule.
#[derive(Debug, Default)]
pub(super) struct Rule {
    pub(super) title: String,
    pub(super) severity: String,
    pub(super) remedy: Option<String>,
    pub(super) identifiers: Identifiers,
}

/// Identifiers that go with a rule.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// CCI identifiers and SP 800-53 controls.
    pub(super) controls: Vec<String>,
    /// CCE, CVE and others.
    pub(super) other: Vec<String>,
}

impl Rules {
    pub(super) fn find(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id)
    }

    /// Reads a `Rule`.
    pub(super) fn add(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let id = element.attribute("id")?.trim().to_owned();
        let mut rule = Rule { severity: element.attribute("severity")?.into_owned(), ..Rule::default() };
        let mut script = None;
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "title" if rule.title.is_empty() => rule.title = excerpt::title(&xml.text(&child)?),
                "ident" => rule.identifiers.add(&xml.text(&child)?),
                // Content authors name the catalogue by its address, such as …/NIST.SP.800-53r4.pdf.
                "reference" if child.attribute("href")?.contains("800-53") => {
                    excerpt::note(&mut rule.identifiers.controls, &xml.text(&child)?);
                }
                "reference" => {
                    let reference = xml.text(&child)?;
                    if is_cci(&reference) {
                        rule.identifiers.add(&reference);
                    }
                }
                "fixtext" if rule.remedy.is_none() => rule.remedy = excerpt::detail(&xml.text(&child)?),
                "fix" if script.is_none() && child.attribute("system")?.ends_with("script:sh") => {
                    script = excerpt::detail(&xml.text(&child)?);
                }
                _ => {}
            }
        }
        rule.remedy = rule.remedy.or(script);
        self.by_id.entry(id).or_insert(rule);
        Ok(())
    }
}

impl Identifiers {
    pub(super) fn add(&mut self, identifier: &str) {
        let list = if is_cci(identifier) { &mut self.controls } else { &mut self.other };
        excerpt::note(list, identifier);
    }

    pub(super) fn merge(&mut self, others: &Self) {
        others.controls.iter().for_each(|id| excerpt::note(&mut self.controls, id));
        others.other.iter().for_each(|id| excerpt::note(&mut self.other, id));
    }
}

fn is_cci(identifier: &str) -> bool {
    identifier
        .trim()
        .strip_prefix("CCI-")
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
