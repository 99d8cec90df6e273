//! One `ReportItem`: what a plugin found on a port of a host.

use crate::vulnerability::{self, Rating};
use crate::xml::{Element, Xml};
use crate::{ReadError, excerpt, stig};
use warrant_model::Severity;
use warrant_model::fact::{CheckFact, Fact, Outcome, Subject, WeaknessFact};

/// The plugin that describes the scan itself.
const SCAN_INFORMATION: &str = "19506";

/// A report item, as written.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) port: u16,
    pub(super) protocol: String,
    pub(super) service: String,
    severity: String,
    plugin: String,
    name: String,
    output: String,
    solution: String,
    synopsis: String,
    vulnerabilities: Vec<String>,
    cwes: Vec<u32>,
    exploit: Option<bool>,
    /// CVSS versions 2, 3 and 4.
    ratings: [Cvss; 3],
    compliance: Compliance,
}

/// A vector and its base score.
#[derive(Debug, Default)]
struct Cvss {
    vector: String,
    score: String,
}

impl Cvss {
    /// `method` is the CVSS version; Nessus marks version 2 with `CVSS2#`.
    fn rating(&self, method: &str) -> Rating {
        let vector = excerpt::said(self.vector.trim().trim_start_matches("CVSS2#"));
        Rating::new(method, vector, self.score.trim().parse().ok(), None)
    }
}

/// The `cm:` elements of a compliance item.
#[derive(Debug, Default)]
struct Compliance {
    result: Option<String>,
    check: String,
    id: String,
    benchmark: String,
    audit: String,
    references: String,
    solution: String,
    info: String,
    actual: String,
    expected: String,
}

impl Item {
    /// Reads an item and all its parts, in whatever order they come.
    pub(super) fn read(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Self, ReadError> {
        let mut item = Self {
            port: element.attribute("port")?.trim().parse().unwrap_or(0),
            protocol: element.attribute("protocol")?.trim().to_ascii_lowercase(),
            service: element.attribute("svc_name")?.trim().to_owned(),
            severity: element.attribute("severity")?.trim().to_owned(),
            plugin: element.attribute("pluginID")?.trim().to_owned(),
            name: excerpt::title(&element.attribute("pluginName")?),
            ..Self::default()
        };
        while let Some(part) = xml.child(element)? {
            if let Some(name) = part.name().strip_prefix("compliance-") {
                item.compliance.part(name, || xml.text(&part))?;
            } else {
                item.part(part.name(), || xml.text(&part))?;
            }
        }
        Ok(item)
    }

    fn part(
        &mut self,
        name: &str,
        text: impl FnOnce() -> Result<String, ReadError>,
    ) -> Result<(), ReadError> {
        match name {
            "plugin_output" => self.output = text()?,
            "solution" => self.solution = text()?,
            "synopsis" => self.synopsis = text()?,
            "cve" => excerpt::note(&mut self.vulnerabilities, &text()?),
            "cwe" => self.cwe(&text()?),
            // `CWE:79`, `IAVA:2013-A-0001`, `CISA-KNOWN-EXPLOITED:2022/05/03`.
            "xref" => match text()?.split_once(':') {
                Some(("CWE", number)) => self.cwe(number),
                Some((kind @ ("IAVA" | "IAVB" | "IAVT"), id)) => {
                    excerpt::note(&mut self.vulnerabilities, &format!("{kind}:{}", id.trim()));
                }
                Some(("CISA-KNOWN-EXPLOITED", _)) => self.exploit = Some(true),
                _ => {}
            },
            "exploit_available" if self.exploit.is_none() => {
                self.exploit = match text()?.as_str() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                };
            }
            "cvss_vector" => self.ratings[0].vector = text()?,
            "cvss3_vector" => self.ratings[1].vector = text()?,
            "cvss4_vector" => self.ratings[2].vector = text()?,
            "cvss_base_score" => self.ratings[0].score = text()?,
            "cvss3_base_score" => self.ratings[1].score = text()?,
            "cvss4_base_score" => self.ratings[2].score = text()?,
            _ => {}
        }
        Ok(())
    }

    fn cwe(&mut self, number: &str) {
        if let Some(number) = vulnerability::cwe(number)
            && !self.cwes.contains(&number)
        {
            self.cwes.push(number);
        }
    }

    /// The fact this item states, if any; an error says what is missing.
    pub(super) fn fact(self, target: &str) -> Result<Option<Fact>, String> {
        if self.compliance.result.is_some() {
            return self.compliance.check(target, &self.plugin).map(|check| Some(Fact::Check(check)));
        }
        let severity = match self.severity.as_str() {
            "0" => return Ok(None),
            "1" => Severity::Low,
            "2" => Severity::Medium,
            "3" => Severity::High,
            "4" => Severity::Critical,
            other => return Err(format!("severity {other:?} is not one of 0 to 4; the item is left out")),
        };
        if self.plugin.is_empty() {
            return Err("the item has no pluginID; it is left out".to_owned());
        }
        let ratings = ["2", "3", "4"].into_iter().zip(&self.ratings);
        let stated = ratings.filter(|(_, cvss)| !(cvss.vector.is_empty() && cvss.score.is_empty()));
        let cvss = vulnerability::best(stated.map(|(version, cvss)| cvss.rating(version)).collect());
        Ok(Some(Fact::Weakness(WeaknessFact {
            target: target.to_owned(),
            subject: Subject::Host { port: self.port, protocol: self.protocol },
            title: if self.name.is_empty() { format!("Nessus plugin {}", self.plugin) } else { self.name },
            rule: self.plugin,
            severity,
            vulnerabilities: self.vulnerabilities,
            cwes: self.cwes,
            cvss_vector: cvss.vector,
            cvss_score: cvss.score,
            exploit: self.exploit,
            remedy: excerpt::detail(&self.solution),
            fixed_version: fixed_version(&self.output),
            controls: Vec::new(),
            detail: excerpt::detail(&self.output).or_else(|| excerpt::detail(&self.synopsis)),
            suppressed: false,
        })))
    }

    /// The scanner's version, from the plugin that describes the scan.
    pub(super) fn scanner_version(&self) -> Option<String> {
        (self.plugin == SCAN_INFORMATION)
            .then(|| line_value(&self.output, "Nessus version"))?
            .map(str::to_owned)
    }

    /// Whether the scan could log in: `Credentialed checks : yes, as 'root' via ssh`.
    pub(super) fn credentialed(&self) -> Option<bool> {
        let value =
            (self.plugin == SCAN_INFORMATION).then(|| line_value(&self.output, "Credentialed checks"));
        value?.map(|value| value.starts_with("yes"))
    }

    /// Whether the item shows that the service speaks TLS: versions supported (56984), certificate (10863),
    /// or a service detected "through TLSv1" (22964).
    pub(super) fn shows_tls(&self) -> bool {
        match self.plugin.as_str() {
            "56984" | "10863" => true,
            "22964" => ["through TLS", "through SSL"].iter().any(|words| self.output.contains(words)),
            _ => false,
        }
    }
}

impl Compliance {
    fn part(
        &mut self,
        name: &str,
        text: impl FnOnce() -> Result<String, ReadError>,
    ) -> Result<(), ReadError> {
        match name {
            "result" => self.result = Some(text()?),
            "check-name" => self.check = text()?,
            "check-id" => self.id = text()?,
            "benchmark-name" => self.benchmark = text()?,
            "audit-file" => self.audit = text()?,
            "reference" => self.references = text()?,
            "solution" => self.solution = text()?,
            "info" => self.info = text()?,
            "actual-value" => self.actual = text()?,
            "policy-value" => self.expected = text()?,
            _ => {}
        }
        Ok(())
    }

    fn check(self, target: &str, plugin: &str) -> Result<CheckFact, String> {
        // A warning is a check that a person has to finish.
        let outcome = match self.result.as_deref().unwrap_or_default() {
            "PASSED" => Outcome::Pass,
            "FAILED" => Outcome::Fail,
            "WARNING" => Outcome::Unknown,
            "ERROR" => Outcome::Error,
            "SKIPPED" => Outcome::NotChecked,
            other => return Err(format!("compliance result {other:?} is not known; the check is left out")),
        };
        let references: Vec<(&str, &str)> =
            self.references.split(',').filter_map(|pair| pair.trim().split_once('|')).collect();
        let first = |kind: &str| references.iter().find(|(name, _)| *name == kind).map(|(_, id)| *id);
        let mut controls = Vec::new();
        for (kind, id) in &references {
            if *kind == "CCI" || *kind == "800-53" || kind.starts_with("800-53r") {
                excerpt::note(&mut controls, id);
            }
        }
        let rule = first("Rule-ID")
            .map(stig::rule)
            .or_else(|| first("Vuln-ID"))
            .or_else(|| first("STIG-ID"))
            .or_else(|| numbered(&self.check))
            .or_else(|| excerpt::said(&self.id))
            .unwrap_or(self.check.as_str());
        if rule.is_empty() {
            return Err("the compliance check has neither name nor id; it is left out".to_owned());
        }
        let benchmark = [self.benchmark.as_str(), self.audit.as_str(), plugin];
        let mut detail = Vec::new();
        for (label, value) in [("Found", &self.actual), ("Expected", &self.expected)] {
            if let Some(value) = excerpt::said(value) {
                detail.push(format!("{label}: {value}"));
            }
        }
        Ok(CheckFact {
            target: target.to_owned(),
            benchmark: benchmark.into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned(),
            rule: excerpt::title(rule),
            title: excerpt::title(if self.check.is_empty() { rule } else { &self.check }),
            outcome,
            severity: first("CAT").and_then(stig::category).unwrap_or(Severity::Medium),
            controls,
            remedy: excerpt::detail(&self.solution),
            detail: excerpt::detail(&detail.join("\n")).or_else(|| excerpt::detail(&self.info)),
        })
    }
}

/// The number a CIS check starts with: `1.1.2 Ensure /tmp is configured` → `1.1.2`.
fn numbered(check: &str) -> Option<&str> {
    let number = check.split_whitespace().next()?;
    let is_number = number.contains('.') && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then_some(number)
}

/// The version in `Fixed version : 1.2.3`, when the output names exactly one.
fn fixed_version(output: &str) -> Option<String> {
    let mut versions = output.lines().filter_map(|line| value_of(line, "Fixed version"));
    let version = versions.next()?;
    versions.all(|other| other == version).then(|| excerpt::title(version))
}

fn line_value<'a>(output: &'a str, label: &str) -> Option<&'a str> {
    output.lines().find_map(|line| value_of(line, label))
}

/// The value in a line `label : value`.
fn value_of<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    excerpt::said(line.trim_start().strip_prefix(label)?.trim_start().strip_prefix(':')?)
}
