//! XCCDF 1.1 and 1.2 test results: inside a benchmark, alone, or in an ARF 1.1 report collection.
//!
//! - Every `rule-result` becomes a check with its outcome, pass and notchecked included, so that coverage can
//!   be told from silence. `notselected` results are left out: the profile excludes the rule on purpose.
//! - Titles, identifiers and fixes come from the rules of the benchmark when the file carries it. The file is
//!   walked twice, since a report collection may hold the rules after the results.
//! - CCI identifiers and references to SP 800-53 become controls; other identifiers (CCE, CVE) are kept in the
//!   check's detail.
//! - An unknown severity, which is the standard's default, counts as medium: a failed rule must not vanish.
//! - A test result without rule results still yields its asset; a benchmark without test result is empty.

mod rules;

use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::targets::Targets;
use crate::xml::{Element, Xml, decode};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, stig, text};
use jiff::Timestamp;
use rules::{Identifiers, Rules};
use std::net::IpAddr;
use warrant_model::Severity;
use warrant_model::fact::{AssetFact, CheckFact, Fact, Outcome, Place};

/// The reader.
#[derive(Debug)]
pub struct Xccdf;

impl Reader for Xccdf {
    fn id(&self) -> &'static str {
        "xccdf"
    }

    fn title(&self) -> &'static str {
        "XCCDF results (OpenSCAP, SCC; ARF)"
    }

    fn source(&self) -> &'static str {
        "NISTIR 7275r4 (XCCDF 1.2) §6.6, XCCDF 1.1.4, NISTIR 7694 (ARF 1.1)"
    }

    fn yields(&self) -> &'static str {
        "the scanned asset and one check for each rule result, whatever its outcome"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/xccdf.xml"), facts: 5 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let Shape::Xml { root, namespace } = &sniff.shape else { return Confidence::No };
        match root.as_ref() {
            "Benchmark" | "TestResult" if namespace.contains("/xccdf/") => Confidence::Certain,
            "asset-report-collection" if namespace.contains("asset-reporting-format") => Confidence::Certain,
            "data-stream-collection" if namespace.contains("scap") => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = decode(input)?;
        let sink = &mut Bounded::new(sink, input.limits);
        let (rules, results) = survey(&mut Xml::open(&source, input.limits))?;
        if results.is_empty() {
            return Err(ReadError::Empty { format: self.title(), expected: "test results (TestResult)" });
        }
        let mut xml = Xml::open(&source, input.limits);
        let root = xml.root()?;
        let mut heads = results.iter().zip(1..);
        if root.name() == "TestResult"
            && let Some((head, number)) = heads.next()
        {
            head.read(&mut xml, &root, number, &rules, sink)?;
        }
        while let Some(element) = xml.descendant(&root)? {
            if element.name() == "TestResult"
                && let Some((head, number)) = heads.next()
            {
                head.read(&mut xml, &element, number, &rules, sink)?;
            }
        }
        xml.finish()?;
        Ok(reading(&results))
    }
}

fn reading(results: &[TestResult]) -> Reading {
    let mut targets = Targets::default();
    results.iter().for_each(|result| targets.add(&result.asset.name));
    let tool = results.iter().find_map(|result| result.tool.clone());
    Reading {
        tool: tool.unwrap_or(Tool { name: "xccdf".to_owned(), version: None }),
        observed_at: results.iter().filter_map(|result| result.ended).max(),
        targets: targets.into_names(),
        release: None,
    }
}

/// What a `TestResult` says about itself.
#[derive(Debug, Default)]
struct TestResult {
    line: u32,
    benchmark: String,
    asset: AssetFact,
    tool: Option<Tool>,
    ended: Option<Timestamp>,
}

/// The first walk: every rule, and the head of every test result.
fn survey(xml: &mut Xml<'_>) -> Result<(Rules, Vec<TestResult>), ReadError> {
    let root = xml.root()?;
    let mut rules = Rules::default();
    let mut results = Vec::new();
    let mut benchmark = String::new();
    if root.name() == "TestResult" {
        results.push(TestResult::head(xml, &root, &benchmark)?);
    }
    if root.name() == "Benchmark" {
        root.attribute("id")?.as_ref().clone_into(&mut benchmark);
    }
    while let Some(element) = xml.descendant(&root)? {
        match element.name() {
            "Benchmark" => element.attribute("id")?.as_ref().clone_into(&mut benchmark),
            "Rule" => rules.add(xml, &element)?,
            "TestResult" => results.push(TestResult::head(xml, &element, &benchmark)?),
            _ => {}
        }
    }
    Ok((rules, results))
}

impl TestResult {
    fn head(xml: &mut Xml<'_>, element: &Element<'_>, enclosing: &str) -> Result<Self, ReadError> {
        let ended = [element.attribute("end-time")?, element.attribute("start-time")?];
        let mut head = Self {
            line: element.line(),
            ended: ended.iter().find_map(|time| text::instant(time)),
            tool: tool_of_cpe(&element.attribute("test-system")?),
            ..Self::default()
        };
        let mut benchmark = (String::new(), String::new());
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "benchmark" => {
                    let href = child.attribute("href")?;
                    let name = href.trim_start_matches('#').rsplit('/').next().unwrap_or_default();
                    benchmark = (child.attribute("id")?.into_owned(), name.to_owned());
                }
                "target" => head.name(&xml.text(&child)?),
                "target-address" => head.alias(&xml.text(&child)?),
                "identity" => {
                    head.asset.authenticated = match child.attribute("authenticated")?.as_ref() {
                        "true" | "1" => Some(true),
                        "false" | "0" => Some(false),
                        _ => None,
                    };
                }
                "platform" if head.asset.platform.is_none() => {
                    head.asset.platform = excerpt::said(&child.attribute("idref")?)
                        .map(|name| name.trim_start_matches('#').to_owned());
                }
                "target-facts" => head.facts(xml, &child)?,
                _ => {}
            }
        }
        let named = [benchmark.0.as_str(), enclosing, benchmark.1.as_str()];
        let named = named.into_iter().find(|name| !name.trim().is_empty()).unwrap_or("unknown");
        head.benchmark = stig::benchmark(named).to_owned();
        if head.asset.name.is_empty() && !head.asset.aliases.is_empty() {
            head.asset.name = head.asset.aliases.remove(0);
        }
        Ok(head)
    }

    fn facts(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let mut scanner = (String::new(), None);
        while let Some(fact) = xml.child(element)? {
            let name = fact.attribute("name")?.into_owned();
            let value = xml.text(&fact)?;
            match name.rsplit(':').next().unwrap_or_default() {
                "fqdn" | "host_name" | "ipv4" | "ipv6" => self.alias(&value),
                "name" if name.ends_with("scanner:name") => scanner.0 = text::slug(&value),
                "version" if name.ends_with("scanner:version") => {
                    scanner.1 = excerpt::said(&value).map(str::to_owned);
                }
                _ => {}
            }
        }
        if self.tool.is_none() && !scanner.0.is_empty() {
            self.tool = Some(Tool { name: scanner.0, version: scanner.1 });
        }
        Ok(())
    }

    fn name(&mut self, name: &str) {
        if self.asset.name.is_empty() {
            name.trim().clone_into(&mut self.asset.name);
            self.asset.aliases.retain(|alias| alias != name.trim());
        } else {
            self.alias(name);
        }
    }

    /// Notes another name, unless it is one that every host has (loopback, link-local).
    fn alias(&mut self, name: &str) {
        let everywhere = name.trim().parse::<IpAddr>().is_ok_and(|address| match address {
            IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
            IpAddr::V6(address) => address.is_loopback() || address.is_unicast_link_local(),
        });
        if !everywhere && name.trim() != self.asset.name {
            excerpt::note(&mut self.asset.aliases, name);
        }
    }

    /// The second walk's part: the asset and the checks.
    fn read(
        &self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        number: usize,
        rules: &Rules,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let pointer = format!("//TestResult[{number}]");
        if self.asset.name.is_empty() {
            let message = "the test result names no target; its rule results are left out";
            sink.problem(Place::new(self.line, pointer), message.to_owned());
            return Ok(());
        }
        sink.fact(Place::new(self.line, pointer.clone()), Fact::Asset(self.asset.clone()))?;
        let mut results = 0_u64;
        while let Some(child) = xml.child(element)? {
            if child.name() != "rule-result" {
                continue;
            }
            results += 1;
            let place = Place::new(child.line(), format!("{pointer}/rule-result[{results}]"));
            match self.check(xml, &child, rules)? {
                Ok(check) if check.outcome == Outcome::NotSelected => {}
                Ok(check) => sink.fact(place, Fact::Check(check))?,
                Err(message) => sink.problem(place, message),
            }
            sink.progress(xml.offset());
        }
        Ok(())
    }

    fn check(
        &self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        rules: &Rules,
    ) -> Result<Result<CheckFact, String>, ReadError> {
        let id = element.attribute("idref")?.trim().to_owned();
        let own_severity = element.attribute("severity")?.into_owned();
        let mut result = String::new();
        let mut said = Vec::new();
        let mut identifiers = Identifiers::default();
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "result" => result = xml.text(&child)?,
                "ident" => identifiers.add(&xml.text(&child)?),
                "message" | "instance" => excerpt::note(&mut said, &xml.text(&child)?),
                _ => {}
            }
        }
        if id.is_empty() {
            return Ok(Err("the rule result names no rule (idref); it is left out".to_owned()));
        }
        let Some(outcome) = outcome(&result) else {
            return Ok(Err(format!("result {result:?} is not one of XCCDF's; it is left out")));
        };
        let rule = rules.find(&id);
        if let Some(rule) = rule {
            identifiers.merge(&rule.identifiers);
        }
        let other = identifiers.other.join(", ");
        if !other.is_empty() {
            said.insert(0, other);
        }
        let severity = [Some(own_severity.as_str()), rule.map(|rule| rule.severity.as_str())];
        let severity = severity.into_iter().flatten().find_map(severity_of).unwrap_or(Severity::Medium);
        let title = rule.map_or("", |rule| rule.title.as_str());
        Ok(Ok(CheckFact {
            target: self.asset.name.clone(),
            benchmark: self.benchmark.clone(),
            rule: stig::rule(&id).to_owned(),
            title: if title.is_empty() { excerpt::title(stig::rule(&id)) } else { title.to_owned() },
            outcome,
            severity,
            controls: identifiers.controls,
            remedy: rule.and_then(|rule| rule.remedy.clone()),
            detail: excerpt::detail(&said.join("\n")),
        }))
    }
}

/// The outcome of a `result` (XCCDF 1.2 §6.6.4.2).
fn outcome(word: &str) -> Option<Outcome> {
    Some(match word {
        "pass" => Outcome::Pass,
        "fail" => Outcome::Fail,
        "error" => Outcome::Error,
        "unknown" => Outcome::Unknown,
        "notapplicable" => Outcome::NotApplicable,
        "notchecked" => Outcome::NotChecked,
        "notselected" => Outcome::NotSelected,
        "informational" => Outcome::Informational,
        "fixed" => Outcome::Fixed,
        _ => return None,
    })
}

/// The severity of a word (XCCDF 1.2 §6.4.4.2); `None` for unknown or absent.
fn severity_of(word: &str) -> Option<Severity> {
    match word.trim() {
        "" | "unknown" => None,
        word => Severity::from_word(word),
    }
}

/// The tool in a CPE name, `cpe:/a:redhat:openscap:1.3.6` or `cpe:2.3:a:redhat:openscap:1.3.6:…`.
fn tool_of_cpe(cpe: &str) -> Option<Tool> {
    let rest = cpe.trim().strip_prefix("cpe:")?;
    let rest = rest.strip_prefix("2.3:").or_else(|| rest.strip_prefix('/'))?;
    let mut parts = rest.split(':').skip(2);
    let name = text::slug(parts.next()?);
    let version = parts.next().and_then(excerpt::said).filter(|version| *version != "*");
    (!name.is_empty()).then(|| Tool { name, version: version.map(str::to_owned) })
}

#[cfg(test)]
mod tests;
