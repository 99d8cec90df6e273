//! DISA STIG Viewer 2 checklists (`.ckl`): what a reviewer found for every rule of one or more STIGs.
//!
//! - Every `VULN` becomes a check, `Not_Reviewed` included: it says that nobody looked.
//! - A severity override by the reviewer counts before the STIG's own severity.
//! - Results for a web site or database instance keep apart by the site's name after the benchmark, since one
//!   host may be checked against the same STIG for each of its instances.
//! - A checklist does not say when it was filled in: the time of observation is unknown.

use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::xml::{Element, Xml, decode};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, stig};
use std::collections::HashMap;
use warrant_model::Severity;
use warrant_model::fact::{AssetFact, CheckFact, Fact, Outcome, Place};

/// The reader.
#[derive(Debug)]
pub struct Ckl;

impl Reader for Ckl {
    fn id(&self) -> &'static str {
        "ckl"
    }

    fn title(&self) -> &'static str {
        "STIG Viewer checklist (CKL)"
    }

    fn source(&self) -> &'static str {
        "DISA STIG Viewer 2 checklist schema (U_Checklist_Schema_V2)"
    }

    fn yields(&self) -> &'static str {
        "the reviewed asset and one check for each STIG rule, reviewed or not"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/ckl.ckl"), facts: 5 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        match &sniff.shape {
            Shape::Xml { root, .. } if root == "CHECKLIST" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = decode(input)?;
        let sink = &mut Bounded::new(sink, input.limits);
        let asset = Asset::find(&mut Xml::open(&source, input.limits))?;
        sink.fact(Place::new(asset.line, "/CHECKLIST/ASSET"), Fact::Asset(asset.fact.clone()))?;
        let mut xml = Xml::open(&source, input.limits);
        let root = xml.root()?;
        let mut rules = 0_u64;
        let mut stigs = 0_u64;
        while let Some(list) = xml.child(&root)? {
            if list.name() != "STIGS" {
                continue;
            }
            while let Some(element) = xml.child(&list)? {
                if element.name() == "iSTIG" {
                    stigs += 1;
                    rules += asset.stig(&mut xml, &element, stigs, sink)?;
                }
            }
        }
        xml.finish()?;
        if rules == 0 {
            return Err(ReadError::Empty { format: self.title(), expected: "rules (VULN)" });
        }
        Ok(Reading {
            tool: Tool { name: "stig-viewer".to_owned(), version: None },
            observed_at: None,
            targets: vec![asset.fact.name],
            release: None,
        })
    }
}

/// The asset that was reviewed.
struct Asset {
    line: u32,
    fact: AssetFact,
    /// Web site or database instance, empty when the host as such was reviewed.
    instance: String,
}

impl Asset {
    /// Reads the `ASSET` element, wherever it stands.
    fn find(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let root = xml.root()?;
        while let Some(element) = xml.child(&root)? {
            if element.name() == "ASSET" {
                return Self::read(xml, &element);
            }
        }
        xml.finish()?;
        Err(nameless(root.line()))
    }

    fn read(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Self, ReadError> {
        let mut values = HashMap::new();
        while let Some(child) = xml.child(element)? {
            let name = child.name().to_owned();
            values.insert(name, xml.text(&child)?);
        }
        let value = |name: &str| values.get(name).map_or("", String::as_str);
        let names: Vec<&str> = ["HOST_NAME", "HOST_FQDN", "HOST_IP"]
            .into_iter()
            .filter_map(|name| excerpt::said(value(name)))
            .collect();
        let name = (*names.first().ok_or_else(|| nameless(element.line()))?).to_owned();
        let mut aliases = Vec::new();
        names.iter().filter(|other| **other != name).for_each(|other| excerpt::note(&mut aliases, other));
        let parts = [value("WEB_DB_SITE"), value("WEB_DB_INSTANCE")];
        let parts: Vec<&str> = parts.into_iter().filter_map(excerpt::said).collect();
        Ok(Self {
            line: element.line(),
            fact: AssetFact { name, aliases, ..AssetFact::default() },
            instance: parts.join("/"),
        })
    }

    /// Reads one STIG's results; returns how many there were.
    fn stig(
        &self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        number: u64,
        sink: &mut dyn Sink,
    ) -> Result<u64, ReadError> {
        let mut benchmark = self.benchmark("");
        let mut rules = 0;
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "STIG_INFO" => {
                    let info = pairs(xml, &child, "SID_NAME", "SID_DATA")?;
                    let named = ["stigid", "title", "filename"];
                    let named = named.into_iter().find_map(|key| excerpt::said(first(&info, key)));
                    benchmark = self.benchmark(named.unwrap_or_default());
                }
                "VULN" => {
                    rules += 1;
                    let pointer = format!("/CHECKLIST/STIGS/iSTIG[{number}]/VULN[{rules}]");
                    let place = Place::new(child.line(), pointer);
                    match self.rule(xml, &child, &benchmark)? {
                        Ok(check) => sink.fact(place, Fact::Check(check))?,
                        Err(message) => sink.problem(place, message),
                    }
                    sink.progress(xml.offset());
                }
                _ => {}
            }
        }
        Ok(rules)
    }

    fn benchmark(&self, name: &str) -> String {
        let name = stig::benchmark(if name.is_empty() { "unknown" } else { name });
        if self.instance.is_empty() { name.to_owned() } else { format!("{name} [{}]", self.instance) }
    }

    fn rule(
        &self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        benchmark: &str,
    ) -> Result<Result<CheckFact, String>, ReadError> {
        let mut data: Vec<(String, String)> = Vec::new();
        let mut values: HashMap<String, String> = HashMap::new();
        while let Some(child) = xml.child(element)? {
            if child.name() == "STIG_DATA" {
                data.extend(pair(xml, &child, "VULN_ATTRIBUTE", "ATTRIBUTE_DATA")?);
            } else {
                let name = child.name().to_owned();
                values.insert(name, xml.text(&child)?);
            }
        }
        let value = |name: &str| values.get(name).map_or("", String::as_str);
        let outcome = match value("STATUS") {
            "Open" => Outcome::Fail,
            "NotAFinding" => Outcome::Pass,
            "Not_Applicable" => Outcome::NotApplicable,
            "Not_Reviewed" | "" => Outcome::NotChecked,
            other => {
                return Ok(Err(format!(
                    "status {other:?} is not one of STIG Viewer's; the rule is left out"
                )));
            }
        };
        let id = [stig::rule(first(&data, "Rule_ID")), first(&data, "Vuln_Num")];
        let Some(id) = id.into_iter().find_map(excerpt::said) else {
            return Ok(Err("the rule has neither Rule_ID nor Vuln_Num; it is left out".to_owned()));
        };
        let severity = [value("SEVERITY_OVERRIDE"), first(&data, "Severity")];
        let mut controls = Vec::new();
        data.iter()
            .filter(|(name, _)| name == "CCI_REF")
            .for_each(|(_, id)| excerpt::note(&mut controls, id));
        let words: Vec<&str> = ["FINDING_DETAILS", "COMMENTS"]
            .into_iter()
            .filter_map(|name| excerpt::said(value(name)))
            .collect();
        let title = excerpt::said(first(&data, "Rule_Title")).unwrap_or(id);
        Ok(Ok(CheckFact {
            target: self.fact.name.clone(),
            benchmark: benchmark.to_owned(),
            rule: id.to_owned(),
            title: excerpt::title(title),
            outcome,
            severity: severity.into_iter().find_map(stig::category).unwrap_or(Severity::Medium),
            controls,
            remedy: excerpt::detail(first(&data, "Fix_Text")),
            detail: excerpt::detail(&words.join("\n")),
        }))
    }
}

fn nameless(line: u32) -> ReadError {
    let message =
        "the checklist names no host; fill in the asset's host name, FQDN or address in STIG Viewer";
    ReadError::Malformed { line, message: message.to_owned() }
}

/// All pairs of a name and a value that the children of `element` hold.
fn pairs(
    xml: &mut Xml<'_>,
    element: &Element<'_>,
    name: &str,
    value: &str,
) -> Result<Vec<(String, String)>, ReadError> {
    let mut all = Vec::new();
    while let Some(child) = xml.child(element)? {
        all.extend(pair(xml, &child, name, value)?);
    }
    Ok(all)
}

fn pair(
    xml: &mut Xml<'_>,
    element: &Element<'_>,
    name: &str,
    value: &str,
) -> Result<Option<(String, String)>, ReadError> {
    let mut found = (String::new(), String::new());
    while let Some(child) = xml.child(element)? {
        if child.name() == name {
            found.0 = xml.text(&child)?;
        } else if child.name() == value {
            found.1 = xml.text(&child)?;
        }
    }
    Ok((!found.0.is_empty()).then_some(found))
}

fn first<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

#[cfg(test)]
mod tests;
