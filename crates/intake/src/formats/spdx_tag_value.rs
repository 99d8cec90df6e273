//! SPDX 2.2 and 2.3 in tag-value form. The mapping is that of [`super::spdx_json`]:
//!
//! - The described package is the target and, with its version, the release; when a document describes
//!   several packages or none, its own name is the target.
//! - Every package is a component, the described one too. Files, snippets and licence texts are not read.
//! - `NOASSERTION` and `NONE` are silence, not values.
//! - A document without packages is empty.

use super::cyclonedx::digest;
use crate::bounded::Bounded;
use crate::purl::{Source, built_from, with_source};
use crate::sniff::Shape;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use warrant_model::fact::{AssetFact, ComponentFact, Fact, Place};

/// The identifier of the document itself.
const DOCUMENT: &str = "SPDXRef-DOCUMENT";

/// The reader.
#[derive(Debug)]
pub struct SpdxTagValue;

impl Reader for SpdxTagValue {
    fn id(&self) -> &'static str {
        "spdx-tag-value"
    }

    fn title(&self) -> &'static str {
        "SPDX (tag-value)"
    }

    fn source(&self) -> &'static str {
        "ISO/IEC 5962:2021, SPDX 2.2 and 2.3"
    }

    fn yields(&self) -> &'static str {
        "a component for every package, and an asset when the described package is a container, device or \
         operating system"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/spdx-tag-value.spdx"), facts: 3 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        if !matches!(sniff.shape, Shape::Text(_)) {
            return Confidence::No;
        }
        let head = sniff.head_text();
        let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            Some(line) if line.starts_with("SPDXVersion:") => Confidence::Certain,
            _ if lines.any(|line| line.starts_with("SPDXVersion: SPDX-")) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = text::of(input)?;
        let sink = &mut Bounded::new(sink, input.limits);
        let mut bill = Bill::default();
        let pairs = Pairs { text: &source, line: 0, limit: input.limits.text };
        for pair in pairs {
            let (line, tag, value) = pair?;
            bill.take(line, tag, value);
        }
        match bill.version.as_deref().map(|version| version.trim_start_matches("SPDX-")) {
            Some("2.2" | "2.3") => {}
            Some(version) => {
                let version = text::line(version, 20);
                return Err(ReadError::Version { format: self.title(), version, supported: "2.2 and 2.3" });
            }
            None => {
                let message = "\"SPDXVersion:\" is missing; is this an SPDX document?".to_owned();
                return Err(ReadError::Malformed { line: 1, message });
            }
        }
        if bill.packages.is_empty() {
            return Err(ReadError::Empty { format: self.title(), expected: "packages" });
        }
        bill.tell(sink)
    }
}

/// A tag, its value and the line it starts on. Values in `<text>` go over several lines.
struct Pairs<'t> {
    text: &'t str,
    line: u32,
    limit: usize,
}

impl<'t> Iterator for Pairs<'t> {
    type Item = Result<(u32, &'t str, &'t str), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.text.is_empty() {
                return None;
            }
            let (line, rest) = self.text.split_once('\n').unwrap_or((self.text, ""));
            let (start, at) = (self.text, self.line.saturating_add(1));
            (self.text, self.line) = (rest, at);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((tag, value)) = line.split_once(':') else {
                let message = "expected a line \"Tag: value\"".to_owned();
                return Some(Err(ReadError::Malformed { line: at, message }));
            };
            let mut value = value.trim();
            if let Some(opened) = value.strip_prefix("<text>") {
                match opened.find("</text>") {
                    Some(end) => value = &opened[..end],
                    None => {
                        let from = start.find("<text>").map_or(0, |at| at + "<text>".len());
                        let Some(end) = start[from..].find("</text>") else {
                            let message = "a <text> opened here is never closed".to_owned();
                            return Some(Err(ReadError::Malformed { line: at, message }));
                        };
                        value = &start[from..from + end];
                        let after = &start[from + end..];
                        self.text = after.split_once('\n').map_or("", |(_, rest)| rest);
                        let newlines = value.bytes().filter(|byte| *byte == b'\n').count();
                        self.line = at.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
                    }
                }
            }
            if value.len() > self.limit {
                let limit = self.limit as u64;
                return Some(Err(ReadError::Limit { what: "text length", limit, line: at }));
            }
            return Some(Ok((at, tag.trim(), value.trim())));
        }
    }
}

/// What the pairs read so far say.
#[derive(Default)]
struct Bill {
    version: Option<String>,
    name: String,
    created: String,
    tool: Option<String>,
    described: Vec<String>,
    packages: Vec<Package>,
    /// Whether the pairs that follow belong to the last package (and not to a file or snippet).
    in_package: bool,
}

#[derive(Default)]
struct Package {
    line: u32,
    id: String,
    supplier: String,
    originator: String,
    concluded: String,
    declared: String,
    source: Option<Source>,
    fact: ComponentFact,
}

impl Bill {
    fn take(&mut self, line: u32, tag: &str, value: &str) {
        match tag {
            "SPDXVersion" => self.version = Some(value.to_owned()),
            "DocumentName" => self.name = excerpt::title(value),
            "Created" => value.clone_into(&mut self.created),
            "Creator" if self.tool.is_none() => {
                self.tool = value.strip_prefix("Tool:").map(|tool| tool.trim().to_owned());
            }
            "Relationship" => {
                let words: Vec<&str> = value.split_whitespace().collect();
                match words.as_slice() {
                    [DOCUMENT, "DESCRIBES", id, ..] | [id, "DESCRIBED_BY", DOCUMENT, ..] => {
                        excerpt::note(&mut self.described, id);
                    }
                    _ => {}
                }
            }
            "PackageName" => {
                let mut package = Package { line, ..Package::default() };
                value.clone_into(&mut package.fact.name);
                self.packages.push(package);
                self.in_package = true;
            }
            "FileName" | "SnippetSPDXID" | "LicenseID" => self.in_package = false,
            _ if self.in_package => {
                if let Some(package) = self.packages.last_mut() {
                    package.take(tag, value);
                }
            }
            _ => {}
        }
    }

    fn tell(self, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let described = match self.described.as_slice() {
            [only] => self.packages.iter().find(|package| package.id == *only),
            _ => None,
        };
        let named = described.and_then(|package| {
            let name = excerpt::title(excerpt::said(&package.fact.name)?);
            let release = package.fact.version.as_ref().map(|version| format!("{name} {version}"));
            Some((name, release, package.id.clone()))
        });
        let (target, release, subject) = named.unwrap_or_else(|| {
            let name = excerpt::said(&self.name).unwrap_or("sbom").to_owned();
            (name, None, String::new())
        });
        for (number, package) in (1_u64..).zip(self.packages) {
            let place = Place::new(package.line, format!("PackageName[{number}]"));
            let is_subject = !subject.is_empty() && package.id == subject;
            package.tell(place, &target, is_subject, sink)?;
        }
        let tool = self.tool.as_deref().map(tool);
        Ok(Reading {
            tool: tool.unwrap_or(Tool { name: "spdx".to_owned(), version: None }),
            observed_at: text::instant(&self.created),
            targets: vec![target],
            release,
        })
    }
}

impl Package {
    fn take(&mut self, tag: &str, value: &str) {
        let said = excerpt::said(value).map(str::to_owned);
        match tag {
            "SPDXID" => value.clone_into(&mut self.id),
            "PackageVersion" => self.fact.version = said,
            "PackageSupplier" => self.supplier = said.unwrap_or_default(),
            "PackageOriginator" => self.originator = said.unwrap_or_default(),
            "PackageLicenseConcluded" => self.concluded = said.unwrap_or_default(),
            "PackageLicenseDeclared" => self.declared = said.unwrap_or_default(),
            "PackageSourceInfo" => self.source = built_from(value),
            "PrimaryPackagePurpose" => {
                self.fact.class = said.map(|word| word.to_ascii_lowercase().replace('_', "-"));
            }
            "PackageChecksum" => {
                if let Some(hash) = value.strip_prefix("SHA256:") {
                    self.fact.sha256 = digest(hash);
                }
            }
            "ExternalRef" => {
                let words: Vec<&str> = value.split_whitespace().collect();
                let [_, kind, locator] = words.as_slice() else { return };
                if kind.ends_with("purl") && locator.starts_with("pkg:") && self.fact.purl.is_none() {
                    self.fact.purl = Some((*locator).to_owned());
                }
                if kind.ends_with("cpe23Type") && locator.starts_with("cpe:2.3:") && self.fact.cpe.is_none() {
                    self.fact.cpe = Some((*locator).to_owned());
                }
            }
            _ => {}
        }
    }

    fn tell(
        self,
        place: Place,
        target: &str,
        is_subject: bool,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        if excerpt::said(&self.fact.name).is_none() {
            sink.problem(place, "a package has no name; it is left out".to_owned());
            return Ok(());
        }
        if is_subject
            && matches!(self.fact.class.as_deref(), Some("container" | "device" | "operating-system"))
        {
            let asset = AssetFact { name: target.to_owned(), ..AssetFact::default() };
            sink.fact(place.clone(), Fact::Asset(asset))?;
        }
        let first = |texts: [String; 2]| texts.into_iter().find(|text| !text.is_empty());
        let supplier = first([self.supplier, self.originator]).map(|text| party(&text));
        let licenses = first([self.concluded, self.declared]).into_iter().collect();
        let purl = match &self.source {
            Some(source) => self.fact.purl.as_deref().map(|purl| with_source(purl, source)),
            None => self.fact.purl,
        };
        let fact = ComponentFact { target: target.to_owned(), supplier, licenses, purl, ..self.fact };
        sink.fact(place, Fact::Component(fact))
    }
}

/// The name in `Organization: Example Ltd (mail@example.org)`.
fn party(text: &str) -> String {
    let name =
        ["Organization:", "Person:", "Tool:"].iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text);
    let bare =
        name.rsplit_once('(').filter(|_| name.trim_end().ends_with(')')).map_or(name, |(bare, _)| bare);
    excerpt::title(bare)
}

/// The tool in `name-version`.
fn tool(words: &str) -> Tool {
    let is_version = |rest: &str| rest.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    match words.rsplit_once('-').filter(|(_, rest)| is_version(rest)) {
        Some((name, version)) => Tool { name: text::slug(name), version: Some(text::line(version, 40)) },
        None => Tool { name: text::slug(words), version: None },
    }
}

#[cfg(test)]
mod tests;
