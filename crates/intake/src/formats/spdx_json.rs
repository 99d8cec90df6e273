//! SPDX 2.2 and 2.3 in JSON.
//!
//! - The described package is the target and, with its version, the release; when a document describes
//!   several packages or none, its own name is the target.
//! - Every package is a component, the described one too. Files and snippets are not read.
//! - `NOASSERTION` and `NONE` are silence, not values.
//! - SPDX 3.0 (JSON-LD) is another format: `content/readers/spdx3.toml`.

use super::cyclonedx::digest;
use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::purl::{built_from, with_source};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::fact::{AssetFact, ComponentFact, Fact, Place};

/// The versions that can be read.
const SUPPORTED: &str = "2.2 and 2.3";

/// The identifier of the document itself.
const DOCUMENT: &str = "SPDXRef-DOCUMENT";

/// The reader.
#[derive(Debug)]
pub struct SpdxJson;

impl Reader for SpdxJson {
    fn id(&self) -> &'static str {
        "spdx-json"
    }

    fn title(&self) -> &'static str {
        "SPDX (JSON)"
    }

    fn source(&self) -> &'static str {
        "ISO/IEC 5962:2021, SPDX 2.2 and 2.3"
    }

    fn yields(&self) -> &'static str {
        "a component for every package, and an asset when the described package is a container, device or \
         operating system"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/spdx-json.json"), facts: 3 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        match sniff.string("spdxVersion") {
            Some(version) if version.starts_with("SPDX-") => Confidence::Certain,
            _ if sniff.has_keys(&["SPDXID", "packages"]) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let spdx: Spdx<'_> = document.parse()?;
        let version = spdx.version.as_deref().map(|version| version.trim_start_matches("SPDX-"));
        match version {
            Some("2.2" | "2.3") => {}
            Some(other) => return Err(self.unsupported(other)),
            None => {
                let message = "\"spdxVersion\" is missing; is this an SPDX document?".to_owned();
                return Err(ReadError::Malformed { line: 1, message });
            }
        }
        let described = spdx.described(&document, &mut sink)?;
        let subject = subject(&spdx, &described, &document)?;
        document.each(spdx.packages, "/packages", &mut sink, |place, package: Package, sink| {
            let is_subject = described.len() == 1 && package.id.as_ref() == described.first();
            take(place, package, &subject.name, is_subject, sink)
        })?;
        if sink.facts == 0 {
            return Err(ReadError::Empty { format: self.title(), expected: "packages" });
        }
        Ok(Reading {
            tool: spdx.creation.tool(),
            observed_at: spdx.creation.created.as_deref().and_then(text::instant),
            targets: vec![subject.name],
            release: subject.release,
        })
    }
}

impl SpdxJson {
    fn unsupported(&self, version: &str) -> ReadError {
        let version = text::line(version, 20);
        ReadError::Version { format: self.title(), version, supported: SUPPORTED }
    }
}

/// What the document is about.
struct About {
    name: String,
    release: Option<String>,
}

fn subject<'a>(spdx: &Spdx<'a>, described: &[String], document: &Document<'a>) -> Result<About, ReadError> {
    let own = spdx.name.as_deref().and_then(excerpt::said).map_or_else(|| "sbom".to_owned(), excerpt::title);
    let mut about = About { name: own, release: None };
    let [only] = described else { return Ok(about) };
    // Problems are noted when the packages are read for their facts.
    let mut silent = crate::reader::Gathered::default();
    document.each(spdx.packages, "", &mut silent, |_, package: Named, _| {
        if package.id.as_ref() == Some(only)
            && let Some(name) = package.name.as_deref().and_then(excerpt::said)
        {
            about.name = excerpt::title(name);
            about.release =
                package.version.as_deref().and_then(excerpt::said).map(|v| format!("{} {v}", about.name));
        }
        Ok(())
    })?;
    Ok(about)
}

fn take(
    place: Place,
    package: Package,
    target: &str,
    is_subject: bool,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let Some(name) = package.name.as_deref().and_then(excerpt::said).map(str::to_owned) else {
        sink.problem(place, "a package has no name; it is left out".to_owned());
        return Ok(());
    };
    let class = package.purpose.as_deref().map(|word| word.trim().to_ascii_lowercase().replace('_', "-"));
    if is_subject && matches!(class.as_deref(), Some("container" | "device" | "operating-system")) {
        let asset = AssetFact { name: target.to_owned(), ..AssetFact::default() };
        sink.fact(place.clone(), Fact::Asset(asset))?;
    }
    let reference = |wanted: &str| {
        package.references.iter().find(|r| r.kind.ends_with(wanted)).and_then(|r| excerpt::said(&r.locator))
    };
    let said = |texts: [&Option<String>; 2]| {
        texts.into_iter().flatten().find_map(|text| excerpt::said(text).map(str::to_owned))
    };
    sink.fact(
        place,
        Fact::Component(ComponentFact {
            target: target.to_owned(),
            purl: reference("purl").filter(|purl| purl.starts_with("pkg:")).map(|purl| {
                let source = package.source.as_deref().and_then(built_from);
                source.map_or_else(|| purl.to_owned(), |source| with_source(purl, &source))
            }),
            cpe: reference("cpe23Type").filter(|cpe| cpe.starts_with("cpe:2.3:")).map(str::to_owned),
            group: None,
            name,
            version: said([&package.version, &None]),
            supplier: said([&package.supplier, &package.originator]).as_deref().map(party),
            licenses: said([&package.concluded, &package.declared]).into_iter().collect(),
            class,
            sha256: package.checksums.iter().find(|c| c.algorithm == "SHA256").and_then(|c| digest(&c.value)),
        }),
    )
}

/// The name in `Organization: Example Ltd (mail@example.org)`.
fn party(text: &str) -> String {
    let name =
        ["Organization:", "Person:", "Tool:"].iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text);
    let bare =
        name.rsplit_once('(').filter(|_| name.trim_end().ends_with(')')).map_or(name, |(bare, _)| bare);
    excerpt::title(bare)
}

#[derive(Deserialize)]
struct Spdx<'a> {
    #[serde(rename = "spdxVersion", default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(rename = "creationInfo", default, deserialize_with = "lenient::fitting")]
    creation: Creation,
    #[serde(rename = "documentDescribes", default, deserialize_with = "lenient::strings")]
    describes: Vec<String>,
    #[serde(borrow, default)]
    packages: Option<&'a RawValue>,
    #[serde(borrow, default)]
    relationships: Option<&'a RawValue>,
}

impl<'a> Spdx<'a> {
    /// The identifiers of the elements that the document describes, by list or by relationship. The second
    /// shows that there are several; more are not gathered.
    fn described(&self, document: &Document<'a>, sink: &mut dyn Sink) -> Result<Vec<String>, ReadError> {
        let mut ids = Vec::new();
        self.describes.iter().take(100).for_each(|id| excerpt::note(&mut ids, id));
        document.each(self.relationships, "/relationships", sink, |_, link: Relationship, _| {
            if ids.len() > 1 {
                return Ok(());
            }
            match link.kind.as_str() {
                "DESCRIBES" if link.from == DOCUMENT => excerpt::note(&mut ids, &link.to),
                "DESCRIBED_BY" if link.to == DOCUMENT => excerpt::note(&mut ids, &link.from),
                _ => {}
            }
            Ok(())
        })?;
        Ok(ids)
    }
}

#[derive(Default, Deserialize)]
struct Creation {
    #[serde(default, deserialize_with = "lenient::string")]
    created: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    creators: Vec<String>,
}

impl Creation {
    /// The first tool; SPDX asks for `name-version`.
    fn tool(&self) -> Tool {
        let Some(words) = self.creators.iter().find_map(|creator| creator.strip_prefix("Tool:")) else {
            return Tool { name: "spdx".to_owned(), version: None };
        };
        let words = words.trim();
        let starts_a_version =
            |rest: &str| rest.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
        match words.rsplit_once('-').filter(|(_, rest)| starts_a_version(rest)) {
            Some((name, version)) => Tool { name: text::slug(name), version: Some(text::line(version, 40)) },
            None => Tool { name: text::slug(words), version: None },
        }
    }
}

#[derive(Deserialize)]
struct Relationship {
    #[serde(rename = "spdxElementId", deserialize_with = "lenient::text")]
    from: String,
    #[serde(rename = "relatedSpdxElement", deserialize_with = "lenient::text")]
    to: String,
    #[serde(rename = "relationshipType", deserialize_with = "lenient::text")]
    kind: String,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "SPDXID", default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(rename = "versionInfo", default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(rename = "SPDXID", default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(rename = "versionInfo", default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    supplier: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    originator: Option<String>,
    #[serde(rename = "licenseConcluded", default, deserialize_with = "lenient::string")]
    concluded: Option<String>,
    #[serde(rename = "licenseDeclared", default, deserialize_with = "lenient::string")]
    declared: Option<String>,
    #[serde(rename = "sourceInfo", default, deserialize_with = "lenient::string")]
    source: Option<String>,
    #[serde(rename = "primaryPackagePurpose", default, deserialize_with = "lenient::string")]
    purpose: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    checksums: Vec<Checksum>,
    #[serde(rename = "externalRefs", default, deserialize_with = "lenient::list")]
    references: Vec<Reference>,
}

#[derive(Deserialize)]
struct Checksum {
    #[serde(deserialize_with = "lenient::text")]
    algorithm: String,
    #[serde(rename = "checksumValue", deserialize_with = "lenient::text")]
    value: String,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "referenceType", deserialize_with = "lenient::text")]
    kind: String,
    #[serde(rename = "referenceLocator", deserialize_with = "lenient::text")]
    locator: String,
}

#[cfg(test)]
mod tests;
