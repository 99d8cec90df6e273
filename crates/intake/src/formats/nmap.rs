//! Nmap XML (`-oX`; Masscan writes the same): hosts, open ports, and what vulnerability scripts reported.
//!
//! - A host that is up yields its asset and one service for each open port. An open port is inventory, not a
//!   weakness. A host that is down was not looked at.
//! - Weaknesses come from the scripts `vulners` and `vulscan` and from every script that reports through
//!   Nmap's `vulns` library (`state` VULNERABLE or LIKELY VULNERABLE).
//! - The target is the name the user gave, else the address; names found by reverse look-up change with the
//!   DNS and are only aliases.
//! - A host up without open ports still yields its asset; a file without any host up is empty.

mod script;

use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::xml::{Element, Xml, decode};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use jiff::Timestamp;
use script::Finding;
use std::collections::HashSet;
use warrant_model::Severity;
use warrant_model::fact::{AssetFact, Fact, Place, ServiceFact, Subject, WeaknessFact};

/// The reader.
#[derive(Debug)]
pub struct Nmap;

impl Reader for Nmap {
    fn id(&self) -> &'static str {
        "nmap"
    }

    fn title(&self) -> &'static str {
        "Nmap (XML)"
    }

    fn source(&self) -> &'static str {
        "Nmap XML output, xmloutputversion 1.05 (nmap.dtd)"
    }

    fn yields(&self) -> &'static str {
        "assets, open ports as services, and weaknesses that vulnerability scripts reported"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/nmap.xml"), facts: 7 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        match &sniff.shape {
            Shape::Xml { root, .. } if root == "nmaprun" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = decode(input)?;
        let sink = &mut Bounded::new(sink, input.limits);
        let mut xml = Xml::open(&source, input.limits);
        let root = xml.root()?;
        let scanner = text::slug(&root.attribute("scanner")?);
        let tool = Tool {
            name: if scanner.is_empty() { "nmap".to_owned() } else { scanner },
            version: excerpt::said(&root.attribute("version")?).map(str::to_owned),
        };
        let mut reading = Reading { tool, ..Reading::default() };
        let mut known = HashSet::new();
        let mut hosts = 0_u64;
        while let Some(child) = xml.child(&root)? {
            match child.name() {
                "host" => {
                    hosts += 1;
                    let host = Host::read(&mut xml, &child, hosts)?;
                    reading.observed_at = reading.observed_at.max(host.ended);
                    host.tell(&mut known, &mut reading.targets, sink)?;
                    sink.progress(xml.offset());
                }
                "runstats" => {
                    while let Some(stat) = xml.child(&child)? {
                        let finished = seconds(&stat.attribute("time")?);
                        if stat.name() == "finished" && finished.is_some() {
                            reading.observed_at = reading.observed_at.max(finished);
                        }
                    }
                }
                _ => {}
            }
        }
        xml.finish()?;
        if reading.targets.is_empty() {
            return Err(ReadError::Empty { format: self.title(), expected: "hosts that are up" });
        }
        Ok(reading)
    }
}

#[derive(Default)]
struct Host {
    place: Place,
    down: bool,
    ended: Option<Timestamp>,
    given: String,
    addresses: Vec<String>,
    names: Vec<String>,
    platform: Option<String>,
    ports: Vec<Port>,
    /// What scripts said about the host as a whole.
    findings: Vec<(Place, Finding)>,
}

#[derive(Default)]
struct Port {
    place: Place,
    open: bool,
    service: ServiceFact,
    findings: Vec<(Place, Finding)>,
}

impl Host {
    fn read(xml: &mut Xml<'_>, element: &Element<'_>, number: u64) -> Result<Self, ReadError> {
        let mut host = Self {
            place: Place::new(element.line(), format!("/nmaprun/host[{number}]")),
            ended: seconds(&element.attribute("endtime")?),
            ..Self::default()
        };
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "status" => host.down = child.attribute("state")? == "down",
                "address" if child.attribute("addrtype")? != "mac" => {
                    excerpt::note(&mut host.addresses, &child.attribute("addr")?);
                }
                "hostnames" => {
                    while let Some(name) = xml.child(&child)? {
                        let given = name.attribute("name")?;
                        if name.attribute("type")? == "user" && host.given.is_empty() {
                            given.trim().clone_into(&mut host.given);
                        }
                        excerpt::note(&mut host.names, &given);
                    }
                }
                "ports" => {
                    while let Some(port) = xml.child(&child)? {
                        if port.name() == "port" {
                            let at = host.ports.len() + 1;
                            let pointer = format!("{}/ports/port[{at}]", host.place.pointer);
                            let port = Port::read(xml, &port, pointer)?;
                            host.ports.push(port);
                        }
                    }
                }
                "os" => {
                    while let Some(guess) = xml.child(&child)? {
                        if guess.name() == "osmatch" && host.platform.is_none() {
                            host.platform = excerpt::said(&guess.attribute("name")?).map(excerpt::title);
                        }
                    }
                }
                "hostscript" => {
                    while let Some(element) = xml.child(&child)? {
                        let place = Place::new(element.line(), format!("{}/hostscript", host.place.pointer));
                        let findings = script::read(xml, &element)?;
                        host.findings.extend(findings.into_iter().map(|finding| (place.clone(), finding)));
                    }
                }
                _ => {}
            }
        }
        Ok(host)
    }

    /// Hands on the facts. Masscan writes one `host` for each port: the asset is told once.
    fn tell(
        self,
        known: &mut HashSet<String>,
        targets: &mut Vec<String>,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        if self.down {
            return Ok(());
        }
        let mut names = std::iter::once(&self.given).chain(&self.addresses).chain(&self.names);
        let Some(name) = names.find(|name| !name.is_empty()).cloned() else {
            sink.problem(self.place, "the host has neither name nor address; it is left out".to_owned());
            return Ok(());
        };
        if known.insert(name.clone()) {
            targets.push(name.clone());
            let mut aliases = Vec::new();
            for other in self.addresses.iter().chain(&self.names).filter(|other| **other != name) {
                excerpt::note(&mut aliases, other);
            }
            let asset =
                AssetFact { name: name.clone(), aliases, platform: self.platform, authenticated: None };
            sink.fact(self.place, Fact::Asset(asset))?;
        }
        for port in self.ports.into_iter().filter(|port| port.open) {
            let subject = Subject::Host { port: port.service.port, protocol: port.service.protocol.clone() };
            let product = port.service.product.clone();
            let service = ServiceFact { target: name.clone(), ..port.service };
            sink.fact(port.place, Fact::Service(service))?;
            for (place, finding) in port.findings {
                let weakness = weakness(&name, &subject, product.as_deref(), finding);
                sink.fact(place, Fact::Weakness(weakness))?;
            }
        }
        let whole = Subject::Host { port: 0, protocol: String::new() };
        for (place, finding) in self.findings {
            sink.fact(place, Fact::Weakness(weakness(&name, &whole, None, finding)))?;
        }
        Ok(())
    }
}

impl Port {
    fn read(xml: &mut Xml<'_>, element: &Element<'_>, pointer: String) -> Result<Self, ReadError> {
        let number = element.attribute("portid")?.trim().parse();
        let mut port = Self { place: Place::new(element.line(), pointer), ..Self::default() };
        port.service.port = *number.as_ref().unwrap_or(&0);
        element.attribute("protocol")?.trim().clone_into(&mut port.service.protocol);
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "state" => port.open = number.is_ok() && child.attribute("state")? == "open",
                "service" => {
                    child.attribute("name")?.trim().clone_into(&mut port.service.name);
                    let product = child.attribute("product")?;
                    let words = [product.trim().to_owned(), child.attribute("version")?.trim().to_owned()];
                    port.service.product = excerpt::said(&words.join(" ")).map(excerpt::title);
                    port.service.tls = (child.attribute("tunnel")? == "ssl").then_some(true);
                }
                "script" => {
                    let findings = script::read(xml, &child)?;
                    let place = Place::new(child.line(), format!("{}/script", port.place.pointer));
                    port.findings.extend(findings.into_iter().map(|finding| (place.clone(), finding)));
                }
                _ => {}
            }
        }
        Ok(port)
    }
}

fn weakness(target: &str, subject: &Subject, product: Option<&str>, finding: Finding) -> WeaknessFact {
    let title = match (finding.title.is_empty(), product) {
        (false, _) => finding.title,
        (true, Some(product)) => excerpt::title(&format!("{} in {product}", finding.id)),
        (true, None) => finding.id.clone(),
    };
    WeaknessFact {
        target: target.to_owned(),
        subject: subject.clone(),
        rule: finding.id,
        title,
        severity: finding.score.map_or(Severity::Medium, Severity::from_cvss),
        vulnerabilities: finding.vulnerabilities,
        cwes: Vec::new(),
        cvss_vector: None,
        cvss_score: finding.score,
        exploit: finding.exploit,
        remedy: None,
        fixed_version: None,
        controls: Vec::new(),
        detail: excerpt::detail(&finding.detail),
        suppressed: false,
    }
}

/// An instant in seconds since 1970.
fn seconds(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok().and_then(|second| Timestamp::from_second(second).ok())
}

#[cfg(test)]
mod tests;
