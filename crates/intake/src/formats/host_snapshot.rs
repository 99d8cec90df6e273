//! Warrant's own snapshot of a host: effective sshd and kernel settings, listening ports, packages. It is
//! described in `docs/host-snapshot.md`, with a collector of a few lines.
//!
//! - Every setting is a fact, every port that others can reach a service, every package a component. Ports that
//!   listen on a loopback address only are left out.
//! - The rules of `content/host-rules.toml` are applied to the settings: each gives a check result of benchmark
//!   `warrant-host`. A rule whose key was not collected is "not checked", with the reason.

pub mod rules;

use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::purl::escaped;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use rules::Rule;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use warrant_model::fact::{AssetFact, ComponentFact, Fact, Place, ServiceFact, SettingFact};

/// The reader.
#[derive(Debug)]
pub struct HostSnapshot;

impl Reader for HostSnapshot {
    fn id(&self) -> &'static str {
        "host-snapshot"
    }

    fn title(&self) -> &'static str {
        "Host snapshot (Warrant JSON)"
    }

    fn source(&self) -> &'static str {
        "docs/host-snapshot.md, version 1"
    }

    fn yields(&self) -> &'static str {
        "the host as asset, its settings, reachable services and packages, and a check result for every host rule"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/host-snapshot.json"), facts: 63 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        if sniff.string("warrant").as_deref() == Some("host-snapshot") {
            Confidence::Certain
        } else if sniff.has_keys(&["host", "sshd"]) || sniff.has_keys(&["host", "sysctl"]) {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let sink = &mut Bounded::new(sink, input.limits);
        let snapshot: Snapshot<'_> = document.parse()?;
        if snapshot.version.as_deref() != Some("1") {
            let version =
                snapshot.version.as_deref().map_or_else(|| "none".to_owned(), |v| text::line(v, 20));
            return Err(ReadError::Version { format: self.title(), version, supported: "1" });
        }
        let Some(host) = snapshot.host.as_deref().and_then(excerpt::said).map(|host| text::line(host, 300))
        else {
            let message = "\"host\" is missing: which host was looked at?".to_owned();
            return Err(ReadError::Malformed { line: 1, message });
        };
        if snapshot.says_nothing() {
            return Err(ReadError::Empty {
                format: self.title(),
                expected: "settings, listeners or packages",
            });
        }
        let platform = snapshot.system.words();
        let mut asset =
            AssetFact { name: host.clone(), platform, authenticated: Some(true), ..AssetFact::default() };
        snapshot
            .aliases
            .iter()
            .take(100)
            .filter(|alias| **alias != host)
            .for_each(|alias| excerpt::note(&mut asset.aliases, alias));
        sink.fact(Place::new(1, "/host"), Fact::Asset(asset))?;
        let mut collected = BTreeMap::new();
        for (area, raw) in [("sshd", snapshot.sshd), ("sysctl", snapshot.sysctl)] {
            if let Some(raw) = raw {
                collected.insert(area, settings(&document, raw, area, &host, sink)?);
            }
        }
        document.each(snapshot.listeners, "/listeners", sink, |place, listener: Listener, sink| {
            match listener.service(&host) {
                Some(service) => sink.fact(place, Fact::Service(service)),
                None => Ok(()),
            }
        })?;
        document.each(snapshot.packages, "/packages", sink, |place, package: Package, sink| {
            sink.fact(place, Fact::Component(package.component(&host, snapshot.system.id.as_deref())))
        })?;
        if !collected.is_empty() {
            check(&host, &collected, sink)?;
        }
        Ok(Reading {
            tool: snapshot.collector.tool(),
            observed_at: snapshot.collected_at.as_deref().and_then(text::instant),
            targets: vec![host],
            release: None,
        })
    }
}

/// The settings of one area by key, each with its place.
type Settings = BTreeMap<String, (Place, String)>;

/// Reads the settings of an area, in the order of their keys.
fn settings<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    area: &str,
    host: &str,
    sink: &mut dyn Sink,
) -> Result<Settings, ReadError> {
    let mut settings = Settings::new();
    let members: BTreeMap<String, &'a RawValue> = document.part(raw)?;
    for (key, raw) in members {
        let place = document.place(raw, format!("/{area}/{}", key.replace('~', "~0").replace('/', "~1")));
        let value: Value = document.part(raw)?;
        let key = key.trim().replace('\0', "");
        let key = if area == "sshd" { key.to_ascii_lowercase() } else { key };
        let Some(value) = value.words() else {
            sink.problem(
                place,
                "a setting is neither text, number nor list of these; it is left out".to_owned(),
            );
            continue;
        };
        let value = value.trim().replace('\0', "");
        let fact = SettingFact {
            target: host.to_owned(),
            area: area.to_owned(),
            key: key.clone(),
            value: value.clone(),
        };
        sink.fact(place.clone(), Fact::Setting(fact))?;
        settings.insert(key, (place, value));
    }
    Ok(settings)
}

/// Applies every rule.
fn check(host: &str, collected: &BTreeMap<&str, Settings>, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let rules = rules::built_in().map_err(|message| ReadError::Malformed { line: 0, message })?;
    for rule in rules {
        let area = collected.get(rule.area.as_str());
        let found = area.and_then(|settings| settings.get(&rule.key));
        let place =
            found.map_or_else(|| Place::new(1, format!("/{}", rule.area)), |(place, _)| place.clone());
        let value = found.map(|(_, value)| value.as_str());
        sink.fact(place, Fact::Check(Rule::apply(rule, host, area.is_some(), value)))?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Snapshot<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    host: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    aliases: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    collected_at: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    collector: Collector,
    #[serde(default, rename = "os", deserialize_with = "lenient::fitting")]
    system: System,
    #[serde(borrow, default)]
    sshd: Option<&'a RawValue>,
    #[serde(borrow, default)]
    sysctl: Option<&'a RawValue>,
    #[serde(borrow, default)]
    listeners: Option<&'a RawValue>,
    #[serde(borrow, default)]
    packages: Option<&'a RawValue>,
}

impl Snapshot<'_> {
    fn says_nothing(&self) -> bool {
        self.sshd.is_none() && self.sysctl.is_none() && self.listeners.is_none() && self.packages.is_none()
    }
}

/// A value, or several values of a key that may be repeated.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Whole(i64),
    Flag(bool),
    Several(Vec<String>),
    Other(serde::de::IgnoredAny),
}

impl Value {
    fn words(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Whole(number) => Some(number.to_string()),
            Self::Flag(flag) => Some(if flag { "yes" } else { "no" }.to_owned()),
            Self::Several(texts) => Some(texts.join(",")),
            Self::Other(_) => None,
        }
    }
}

#[derive(Default, Deserialize)]
struct Collector {
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

impl Collector {
    fn tool(self) -> Tool {
        let name = self.name.as_deref().map(text::slug).filter(|name| !name.is_empty());
        Tool { name: name.unwrap_or_else(|| "host-snapshot".to_owned()), version: self.version }
    }
}

#[derive(Default, Deserialize)]
struct System {
    #[serde(default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

impl System {
    fn words(&self) -> Option<String> {
        let words: Vec<&str> =
            [&self.name, &self.version].into_iter().flatten().map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[derive(Deserialize)]
struct Listener {
    port: u16,
    #[serde(deserialize_with = "lenient::text")]
    protocol: String,
    #[serde(default, deserialize_with = "lenient::string")]
    process: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    address: Option<String>,
}

impl Listener {
    /// The service, unless only the host itself can reach it.
    fn service(self, host: &str) -> Option<ServiceFact> {
        let address = self.address.unwrap_or_default();
        let address = address.trim_matches(['[', ']']);
        if address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.") {
            return None;
        }
        Some(ServiceFact {
            target: host.to_owned(),
            port: self.port,
            protocol: self.protocol.trim().to_ascii_lowercase().trim_end_matches('6').to_owned(),
            name: self.process.unwrap_or_default(),
            ..ServiceFact::default()
        })
    }
}

#[derive(Deserialize)]
struct Package {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    arch: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    source: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    purl: Option<String>,
}

impl Package {
    fn component(self, host: &str, system: Option<&str>) -> ComponentFact {
        let purl = self.purl.clone().or_else(|| self.package_url(system?));
        ComponentFact {
            target: host.to_owned(),
            purl,
            name: self.name,
            version: self.version,
            class: Some("package".to_owned()),
            ..ComponentFact::default()
        }
    }

    /// The package URL, when the `ID` of os-release tells the package system.
    fn package_url(&self, system: &str) -> Option<String> {
        let kind = match system {
            "debian" | "ubuntu" | "raspbian" | "linuxmint" | "kali" => "deb",
            "alpine" | "wolfi" => "apk",
            "rhel" | "centos" | "fedora" | "rocky" | "almalinux" | "ol" | "amzn" | "sles"
            | "opensuse-leap" => "rpm",
            _ => return None,
        };
        let version = self.version.as_deref()?;
        let pairs = [("arch", &self.arch), ("upstream", &self.source)];
        let set: Vec<String> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", escaped(value.as_deref()?))))
            .collect();
        let qualifiers = if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) };
        Some(format!("pkg:{kind}/{system}/{}@{}{qualifiers}", escaped(&self.name), escaped(version)))
    }
}

#[cfg(test)]
mod tests;
