//! Nessus exports (`.nessus`, NessusClientData_v2): hosts, open ports, weaknesses and compliance checks.
//!
//! - An item of severity 1 to 4 is a weakness. Severity 0 is information and becomes no weakness.
//! - An item with `compliance-result` is a check, whatever its severity; Nessus writes severity 3 for every
//!   failed check, so the category in its references (`CAT|II`) is used instead, medium when there is none.
//! - Every item on a port other than 0 shows that the port is open: one service per port, written after the
//!   host's items, since the plugins that recognise the service (22964) and TLS (56984, 10863) may come late.
//! - The asset of a host comes after its items for the same reason: plugin 19506 says whether the scan could
//!   log in.
//! - A host without any finding still yields its asset, so a clean scan closes findings; a file without any
//!   host is empty.

mod item;

use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::targets::Targets;
use crate::xml::{Element, Xml, decode};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt};
use item::Item;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use warrant_model::fact::{AssetFact, Fact, Place, ServiceFact};

/// The reader.
#[derive(Debug)]
pub struct Nessus;

impl Reader for Nessus {
    fn id(&self) -> &'static str {
        "nessus"
    }

    fn title(&self) -> &'static str {
        "Nessus (.nessus)"
    }

    fn source(&self) -> &'static str {
        "Tenable, Nessus v2 File Format (NessusClientData_v2)"
    }

    fn yields(&self) -> &'static str {
        "assets, open ports as services, weaknesses (severity 1 to 4) and compliance checks"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/nessus.nessus"), facts: 9 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        match &sniff.shape {
            Shape::Xml { root, .. } if root == "NessusClientData_v2" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = decode(input)?;
        let mut xml = Xml::open(&source, input.limits);
        let root = xml.root()?;
        let mut scan = Scan::default();
        let sink = &mut Bounded::new(sink, input.limits);
        while let Some(report) = xml.child(&root)? {
            if report.name() != "Report" {
                continue;
            }
            while let Some(host) = xml.child(&report)? {
                if host.name() == "ReportHost" {
                    scan.host(&mut xml, &host, sink)?;
                    sink.progress(xml.offset());
                }
            }
        }
        xml.finish()?;
        if scan.hosts == 0 {
            return Err(ReadError::Empty { format: self.title(), expected: "hosts (ReportHost)" });
        }
        Ok(Reading {
            tool: Tool { name: "nessus".to_owned(), version: scan.version },
            observed_at: scan.ended,
            targets: scan.targets.into_names(),
            release: None,
        })
    }
}

/// What is known of the scan so far.
#[derive(Default)]
struct Scan {
    hosts: u64,
    targets: Targets,
    version: Option<String>,
    ended: Option<Timestamp>,
}

/// What is known of a host so far.
#[derive(Default)]
struct Host {
    asset: AssetFact,
    aliases: Vec<String>,
    services: BTreeMap<(u16, String), (Place, ServiceFact)>,
    /// `HOST_END_TIMESTAMP`, exact; and `HOST_END`, local time without a zone, taken as UTC.
    ended: Option<Timestamp>,
    ended_about: Option<Timestamp>,
}

impl Scan {
    fn host(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.hosts += 1;
        let place =
            Place::new(element.line(), format!("/NessusClientData_v2/Report/ReportHost[{}]", self.hosts));
        let name = element.attribute("name")?.trim().to_owned();
        if name.is_empty() {
            sink.problem(place, "the host has no name attribute; its items are left out".to_owned());
            return Ok(());
        }
        let mut host = Host { asset: AssetFact { name, ..AssetFact::default() }, ..Host::default() };
        let mut items = 0_u64;
        while let Some(child) = xml.child(element)? {
            match child.name() {
                "HostProperties" => host.properties(xml, &child)?,
                "ReportItem" => {
                    items += 1;
                    let place = Place::new(child.line(), format!("{}/ReportItem[{items}]", place.pointer));
                    let item = Item::read(xml, &child)?;
                    host.learn(&item, &place);
                    self.version = self.version.take().or_else(|| item.scanner_version());
                    match item.fact(&host.asset.name) {
                        Ok(Some(fact)) => sink.fact(place, fact)?,
                        Ok(None) => {}
                        Err(message) => sink.problem(place, message),
                    }
                }
                _ => {}
            }
        }
        self.ended = self.ended.max(host.ended.or(host.ended_about));
        self.targets.add(&host.asset.name);
        for alias in host.aliases.iter().filter(|alias| **alias != host.asset.name) {
            excerpt::note(&mut host.asset.aliases, alias);
        }
        sink.fact(place, Fact::Asset(host.asset))?;
        for (place, service) in host.services.into_values() {
            sink.fact(place, Fact::Service(service))?;
        }
        Ok(())
    }
}

impl Host {
    fn properties(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        while let Some(tag) = xml.child(element)? {
            let name = tag.attribute("name")?.into_owned();
            let text = xml.text(&tag)?;
            match name.as_str() {
                "host-fqdn" | "host-rdns" | "hostname" | "netbios-name" | "host-ip" => {
                    self.aliases.push(text);
                }
                // Several guesses are separated by line breaks; the first is the likeliest.
                "operating-system" => {
                    self.asset.platform = text.lines().next().and_then(excerpt::said).map(excerpt::title);
                }
                "Credentialed_Scan" => self.asset.authenticated = Some(text.eq_ignore_ascii_case("true")),
                "HOST_END_TIMESTAMP" => {
                    self.ended = text.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
                }
                "HOST_END" => self.ended_about = ctime(&text),
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes what an item says about the host and the port it is on.
    fn learn(&mut self, item: &Item, place: &Place) {
        if self.asset.authenticated.is_none() {
            self.asset.authenticated = item.credentialed();
        }
        if item.port == 0 {
            return;
        }
        let target = &self.asset.name;
        let (_, service) = self.services.entry((item.port, item.protocol.clone())).or_insert_with(|| {
            let fact = ServiceFact {
                target: target.clone(),
                port: item.port,
                protocol: item.protocol.clone(),
                ..ServiceFact::default()
            };
            (place.clone(), fact)
        });
        // A question mark is Nessus's own doubt: it guessed from the port number.
        let name = item.service.trim_end_matches('?');
        if service.name.is_empty() && !matches!(name, "general" | "unknown") {
            name.clone_into(&mut service.name);
        }
        if item.shows_tls() {
            service.tls = Some(true);
        }
    }
}

/// A date as C's `ctime` writes it, `Tue Jun 25 10:39:42 2013`; it has no zone and is taken as UTC.
fn ctime(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, time, year] = words.as_slice() else { return None };
    let joined = format!("{month} {day} {time} {year}");
    let local = DateTime::strptime("%b %d %H:%M:%S %Y", joined).ok()?;
    TimeZone::UTC.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests;
