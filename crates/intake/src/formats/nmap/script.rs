//! What vulnerability scripts report: `vulners`, `vulscan`, and those that use Nmap's `vulns` library.

use crate::ReadError;
use crate::excerpt;
use crate::vulnerability;
use crate::xml::{Element, Xml};
use std::collections::HashSet;

/// One vulnerability that a script reports.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Finding {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) vulnerabilities: Vec<String>,
    pub(super) score: Option<f32>,
    pub(super) exploit: Option<bool>,
    pub(super) detail: String,
}

/// A `table` of a script's structured output, with its direct elements and its inner tables.
#[derive(Debug, Default)]
struct Table {
    key: String,
    elements: Vec<(String, String)>,
    tables: Vec<Table>,
}

/// Reads a `script` element. Scripts that are not about vulnerabilities report nothing.
pub(super) fn read(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Vec<Finding>, ReadError> {
    let id = element.attribute("id")?.into_owned();
    if id == "vulscan" {
        return Ok(vulscan(&element.attribute("output")?));
    }
    let output = if id == "vulners" { element.attribute("output")?.into_owned() } else { String::new() };
    let table = Table::read(xml, element)?;
    let mut findings = Vec::new();
    if id == "vulners" {
        table.vulners(&mut findings);
        if findings.is_empty() {
            findings = vulners_text(&output);
        }
    } else {
        table.library(&id, &mut findings);
    }
    Ok(findings)
}

impl Table {
    /// Nesting is bounded by the walk's own limit.
    fn read(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Self, ReadError> {
        let mut table = Self { key: element.attribute("key")?.into_owned(), ..Self::default() };
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "table" => table.tables.push(Self::read(xml, &child)?),
                "elem" => {
                    let key = child.attribute("key")?.into_owned();
                    table.elements.push((key, xml.text(&child)?));
                }
                _ => {}
            }
        }
        Ok(table)
    }

    fn element(&self, key: &str) -> &str {
        self.elements.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
    }

    /// `vulners`: tables with `id`, `cvss`, `type`, `is_exploit`. Exploit entries are not weaknesses.
    fn vulners(&self, findings: &mut Vec<Finding>) {
        let id = self.element("id");
        if self.element("type") == "cve" || id.starts_with("CVE-") {
            findings.push(Finding {
                id: id.to_owned(),
                vulnerabilities: vulnerability::ids([id]),
                score: score(self.element("cvss")),
                exploit: (self.element("is_exploit") == "true").then_some(true),
                ..Finding::default()
            });
        }
        self.tables.iter().for_each(|table| table.vulners(findings));
    }

    /// The `vulns` library: tables with `title` and `state`, inner tables `ids`, `scores`, `description`.
    fn library(&self, script: &str, findings: &mut Vec<Finding>) {
        let state = self.element("state");
        if state.starts_with("VULNERABLE") || state.starts_with("LIKELY VULNERABLE") {
            let inner = |key: &str| self.tables.iter().find(|table| table.key == key);
            let values = |key: &str| {
                let elements = inner(key).map_or(&[][..], |table| &table.elements[..]);
                elements.iter().map(|(_, value)| value.as_str())
            };
            // Identifiers are written as `CVE:CVE-2011-3192`, `BID:49303`.
            let ids = values("ids").filter_map(|id| id.split_once(':')).map(|(_, id)| id.trim());
            let vulnerabilities = vulnerability::ids(ids);
            let first = vulnerabilities.first().map(String::as_str);
            let id = first.or(excerpt::said(&self.key)).unwrap_or(script).to_owned();
            let scores = values("scores").filter_map(|text| score(text.split_whitespace().next()?));
            findings.push(Finding {
                id,
                title: excerpt::title(self.element("title")),
                vulnerabilities,
                score: scores.reduce(f32::max),
                exploit: state.contains("Exploitable").then_some(true),
                detail: values("description").collect::<Vec<_>>().join("\n"),
            });
        }
        self.tables.iter().for_each(|table| table.library(script, findings));
    }
}

/// The text of old `vulners` versions: lines of identifier, score and address.
fn vulners_text(output: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        let Some(id) = words.next().filter(|word| word.starts_with("CVE-")) else { continue };
        findings.push(Finding {
            id: id.to_owned(),
            vulnerabilities: vulnerability::ids([id]),
            score: words.next().and_then(score),
            ..Finding::default()
        });
    }
    findings
}

/// The text of `vulscan`: lines `[CVE-2012-5975] what it is`; entries of other databases repeat the same.
fn vulscan(output: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known = HashSet::new();
    for line in output.lines() {
        let Some((id, title)) = line.trim().strip_prefix('[').and_then(|line| line.split_once(']')) else {
            continue;
        };
        let vulnerabilities = vulnerability::ids([id]);
        if id.starts_with("CVE-") && known.insert(id) {
            let title = excerpt::title(title);
            findings.push(Finding { id: id.to_owned(), title, vulnerabilities, ..Finding::default() });
        }
    }
    findings
}

fn score(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|score| (0.0..=10.0).contains(score))
}
