//! CycloneDX in JSON, 1.2 to 1.7. The mapping to facts is in [`super::cyclonedx`].
//!
//! Components are read before vulnerabilities, wherever they stand, so that references resolve. A bill that
//! names its subject and lists nothing is not empty: it says that the subject has no parts.

mod model;

use super::cyclonedx::{self, Bill, SUPPORTED};
use crate::bounded::Bounded;
use crate::json::Document;
use crate::sniff::HEAD;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, text, tree};
use model::{Bom, Component, Metadata, Service, Vulnerability};
use serde_json::value::RawValue;
use warrant_model::fact::Place;

/// The reader.
#[derive(Debug)]
pub struct CycloneDxJson;

impl Reader for CycloneDxJson {
    fn id(&self) -> &'static str {
        "cyclonedx-json"
    }

    fn title(&self) -> &'static str {
        "CycloneDX (JSON)"
    }

    fn source(&self) -> &'static str {
        "ECMA-424, CycloneDX 1.2 to 1.7"
    }

    fn yields(&self) -> &'static str {
        "a component for every component and service, nested ones too, and a weakness for every component that a \
         vulnerability affects"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/cyclonedx-json.json"), facts: 6 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        if sniff.string("bomFormat").as_deref() == Some("CycloneDX") {
            Confidence::Certain
        } else if sniff.bytes.len() > HEAD
            && sniff.has_keys(&["components"])
            && sniff.has_keys_at(&["components"], &["type", "name"])
        {
            Confidence::Maybe
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let bom: Bom<'_> = document.parse()?;
        if bom.format.as_deref() != Some("CycloneDX") {
            let message = "\"bomFormat\" is not \"CycloneDX\"; is this really a CycloneDX file?".to_owned();
            return Err(ReadError::Malformed { line: 1, message });
        }
        let version = bom.version.unwrap_or_default();
        if !cyclonedx::is_supported(&version) {
            let version = text::line(&version, 20);
            return Err(ReadError::Version { format: self.title(), version, supported: SUPPORTED });
        }
        let metadata: Metadata<'_> =
            bom.metadata.map_or(Ok(Metadata::default()), |raw| document.part(raw))?;
        let mut parts = Parts { document: &document, bill: Bill::default(), depth: input.limits.depth };
        if let Some(raw) = metadata.component {
            parts.subject(raw, &mut sink)?;
        }
        parts.components(bom.components, "/components", 1, &mut sink)?;
        parts.services(bom.services, "/services", 1, &mut sink)?;
        document.each(
            bom.vulnerabilities,
            "/vulnerabilities",
            &mut sink,
            |place, item: Vulnerability, sink| parts.bill.vulnerability(place, item.into_shared(), sink),
        )?;
        if let Ok(tree) = tree::json::read(&text, input.limits) {
            cyclonedx::validity::tell(&tree, &mut sink);
        }
        parts.bill.close(self.title(), metadata.tools.first(), metadata.timestamp.as_deref())
    }
}

struct Parts<'d, 'a> {
    document: &'d Document<'a>,
    bill: Bill,
    depth: u32,
}

impl<'a> Parts<'_, 'a> {
    fn subject(&mut self, raw: &'a RawValue, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let subject: Component<'a> = self.document.part(raw)?;
        let nested = subject.components;
        let pointer = "/metadata/component";
        self.bill.subject(self.document.place(raw, pointer), subject.into_shared(), sink)?;
        self.components(nested, &format!("{pointer}/components"), 1, sink)
    }

    fn components(
        &mut self,
        list: Option<&'a RawValue>,
        pointer: &str,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.within(list, depth)?;
        let document = self.document;
        document.each(list, pointer, sink, |place, component: Component<'a>, sink| {
            let (nested, below) = (component.components, format!("{}/components", place.pointer));
            self.bill.component(place, component.into_shared(), sink)?;
            self.components(nested, &below, depth + 1, sink)
        })
    }

    fn services(
        &mut self,
        list: Option<&'a RawValue>,
        pointer: &str,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.within(list, depth)?;
        let document = self.document;
        document.each(list, pointer, sink, |place: Place, service: Service<'a>, sink| {
            let (nested, below) = (service.services, format!("{}/services", place.pointer));
            self.bill.component(place, service.into_shared(), sink)?;
            self.services(nested, &below, depth + 1, sink)
        })
    }

    fn within(&self, list: Option<&RawValue>, depth: u32) -> Result<(), ReadError> {
        match list {
            Some(list) if depth > self.depth => {
                let (limit, line) = (u64::from(self.depth), self.document.line(list));
                Err(ReadError::Limit { what: "nesting depth", limit, line })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
