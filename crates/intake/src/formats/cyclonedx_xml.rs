//! CycloneDX in XML, 1.0 to 1.7, with the vulnerability extension of the versions before 1.4. The mapping to
//! facts is in [`super::cyclonedx`].
//!
//! - The subject is looked up first and vulnerabilities are told last, wherever they stand, so that references
//!   resolve.
//! - Elements of foreign namespaces, which the schema allows everywhere, are passed over.
//! - Components in a pedigree are ancestors, not parts, and are not read.
//! - A bill without subject, component, service and vulnerability is empty.

mod vulnerability;

use super::cyclonedx::{Bill, Component, Vulnerability, validity};
use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::xml::{Element, Xml, decode};
use crate::{
    Confidence, Example, Input, Limits, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text, tree,
};
use warrant_model::fact::Place;

/// What the namespace of every version starts with; the version follows.
const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";

/// The namespace of the vulnerability extension (CycloneDX 1.0 to 1.3).
const EXTENSION: &str = "http://cyclonedx.org/schema/ext/vulnerability/";

/// The reader.
#[derive(Debug)]
pub struct CycloneDxXml;

impl Reader for CycloneDxXml {
    fn id(&self) -> &'static str {
        "cyclonedx-xml"
    }

    fn title(&self) -> &'static str {
        "CycloneDX (XML)"
    }

    fn source(&self) -> &'static str {
        "ECMA-424, CycloneDX 1.0 to 1.7; CycloneDX vulnerability extension 1.0"
    }

    fn yields(&self) -> &'static str {
        "a component for every component and service, nested ones too, and a weakness for every component that a \
         vulnerability affects"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/cyclonedx-xml.xml"), facts: 6 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        match &sniff.shape {
            Shape::Xml { root, namespace } if root == "bom" && namespace.starts_with(NAMESPACE) => {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let source = decode(input)?;
        let sink = &mut Bounded::new(sink, input.limits);
        let (mut walk, root) = Walk::open(&source, input.limits)?;
        let version = walk.space.trim_start_matches(NAMESPACE);
        if !matches!(version, "1.0" | "1.1" | "1.2" | "1.3" | "1.4" | "1.5" | "1.6" | "1.7") {
            let version = text::line(version, 20);
            return Err(ReadError::Version { format: self.title(), version, supported: "1.0 to 1.7" });
        }
        let mut bill = Bill::default();
        let mut late = Vec::new();
        let metadata = Metadata::find(&mut walk, &root)?;
        if let Some(subject) = metadata.subject {
            bill.subject(subject.place, subject.component, sink)?;
            subject.nested.into_iter().try_for_each(|part| part.tell(&mut bill, &mut late, sink))?;
        }
        let (mut walk, root) = Walk::open(&source, input.limits)?;
        while let Some(list) = walk.child(&root)? {
            match list.name() {
                "components" | "services" => {
                    let pointer = format!("/bom/{}", list.name());
                    let mut number = 0_u64;
                    while let Some(element) = walk.child(&list)? {
                        number += 1;
                        let pointer = format!("{pointer}/{}[{number}]", element.name());
                        walk.part(&element, pointer)?.tell(&mut bill, &mut late, sink)?;
                        sink.progress(walk.xml.offset());
                    }
                }
                "vulnerabilities" => {
                    late.extend(walk.vulnerabilities(&list, "/bom/vulnerabilities", None)?)
                }
                _ => {}
            }
        }
        walk.xml.finish()?;
        for (place, vulnerability) in late {
            bill.vulnerability(place, vulnerability, sink)?;
        }
        if let Ok(tree) = tree::xml::read(&source, input.limits) {
            validity::tell(&tree, sink);
        }
        bill.close(self.title(), metadata.tool, Some(&metadata.timestamp))
    }
}

/// A component or service with the parts inside it.
struct Part {
    place: Place,
    component: Component,
    nested: Vec<Part>,
    vulnerabilities: Vec<(Place, Vulnerability)>,
}

impl Part {
    /// Hands on the component and what is inside; vulnerabilities wait until all components are known.
    fn tell(
        self,
        bill: &mut Bill,
        late: &mut Vec<(Place, Vulnerability)>,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        late.extend(self.vulnerabilities);
        bill.component(self.place, self.component, sink)?;
        self.nested.into_iter().try_for_each(|part| part.tell(bill, late, sink))
    }
}

#[derive(Default)]
struct Metadata {
    timestamp: String,
    tool: Tool,
    subject: Option<Part>,
}

impl Metadata {
    fn find(walk: &mut Walk<'_>, root: &Element<'_>) -> Result<Self, ReadError> {
        while let Some(element) = walk.child(root)? {
            if element.name() == "metadata" {
                return Self::read(walk, &element);
            }
        }
        Ok(Self::default())
    }

    fn read(walk: &mut Walk<'_>, element: &Element<'_>) -> Result<Self, ReadError> {
        let mut metadata = Self::default();
        while let Some(child) = walk.child(element)? {
            match child.name() {
                "timestamp" => metadata.timestamp = walk.xml.text(&child)?,
                "component" => {
                    metadata.subject = Some(walk.part(&child, "/bom/metadata/component".to_owned())?);
                }
                "tools" => metadata.tools(walk, &child)?,
                _ => {}
            }
        }
        Ok(metadata)
    }

    /// A list of tools (to 1.4, allowed later), or tools as components and services (from 1.5).
    fn tools(&mut self, walk: &mut Walk<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        while let Some(child) = walk.child(element)? {
            match child.name() {
                "components" | "services" => self.tools(walk, &child)?,
                "tool" | "component" | "service" => {
                    let tool = walk.part(&child, String::new())?.component;
                    if self.tool.name.is_empty() && !tool.name.is_empty() {
                        self.tool = Tool { name: tool.name, version: tool.version };
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The walk through a bill, in its own namespace.
struct Walk<'a> {
    xml: Xml<'a>,
    space: String,
}

impl<'a> Walk<'a> {
    fn open(source: &'a str, limits: Limits) -> Result<(Self, Element<'a>), ReadError> {
        let mut xml = Xml::open(source, limits);
        let root = xml.root()?;
        if root.name() != "bom" || !root.namespace().starts_with(NAMESPACE) {
            let message =
                format!("the root element is not <bom> in a namespace that starts with {NAMESPACE}");
            return Err(ReadError::Malformed { line: root.line(), message });
        }
        let space = root.namespace().to_owned();
        Ok((Self { xml, space }, root))
    }

    /// The next child that is of the standard or of its vulnerability extension.
    fn child(&mut self, parent: &Element<'_>) -> Result<Option<Element<'a>>, ReadError> {
        while let Some(child) = self.xml.child(parent)? {
            if child.namespace() == self.space || child.namespace().starts_with(EXTENSION) {
                return Ok(Some(child));
            }
        }
        Ok(None)
    }

    /// Reads a component, service or tool. The depth of nesting is bounded by the walk's own limit.
    fn part(&mut self, element: &Element<'_>, pointer: String) -> Result<Part, ReadError> {
        let class = match element.name() {
            "service" => Some("service".to_owned()),
            _ => said(&element.attribute("type")?),
        };
        let reference = said(&element.attribute("bom-ref")?);
        let mut component = Component { class, reference: reference.clone(), ..Component::default() };
        let mut suppliers: [String; 6] = Default::default();
        let mut nested = Vec::new();
        let mut vulnerabilities = Vec::new();
        while let Some(child) = self.child(element)? {
            match child.name() {
                "group" => component.group = said(&self.xml.text(&child)?),
                "name" => component.name = self.xml.text(&child)?,
                "version" => component.version = said(&self.xml.text(&child)?),
                "purl" => component.purl = said(&self.xml.text(&child)?),
                "cpe" => component.cpe = said(&self.xml.text(&child)?),
                "supplier" | "provider" => suppliers[0] = self.named(&child)?,
                "manufacturer" => suppliers[1] = self.named(&child)?,
                "publisher" => suppliers[2] = self.xml.text(&child)?,
                "authors" => {
                    while let Some(author) = self.child(&child)? {
                        let name = self.named(&author)?;
                        if suppliers[3].is_empty() {
                            suppliers[3] = name;
                        }
                    }
                }
                "author" => suppliers[4] = self.xml.text(&child)?,
                "vendor" => suppliers[5] = self.xml.text(&child)?,
                "hashes" => {
                    while let Some(hash) = self.child(&child)? {
                        let algorithm = hash.attribute("alg")?.into_owned();
                        component.hashes.push((algorithm, self.xml.text(&hash)?));
                    }
                }
                "properties" => {
                    while let Some(property) = self.child(&child)? {
                        let name = property.attribute("name")?.into_owned();
                        component.properties.push((name, self.xml.text(&property)?));
                    }
                }
                "licenses" => component.licenses = self.licenses(&child)?,
                list @ ("components" | "services") => {
                    while let Some(inner) = self.child(&child)? {
                        let at = nested.len() + 1;
                        nested.push(self.part(&inner, format!("{pointer}/{list}/{}[{at}]", inner.name()))?);
                    }
                }
                "vulnerabilities" => {
                    let below = format!("{pointer}/vulnerabilities");
                    vulnerabilities.extend(self.vulnerabilities(&child, &below, reference.as_deref())?);
                }
                _ => {}
            }
        }
        component.suppliers = suppliers.into_iter().filter(|name| !name.is_empty()).collect();
        // Bills of the versions before 1.2 often have no bom-ref: what is said inside a component is about it.
        if reference.is_none() && vulnerabilities.iter().any(|(_, found)| found.affects.is_empty()) {
            let own = component.purl.clone().unwrap_or_else(|| pointer.clone());
            component.reference = Some(own.clone());
            vulnerabilities.iter_mut().for_each(|(_, found)| vulnerability::affect(found, &own));
        }
        let place = Place::new(element.line(), pointer);
        Ok(Part { place, component, nested, vulnerabilities })
    }

    fn licenses(&mut self, element: &Element<'_>) -> Result<Vec<String>, ReadError> {
        let mut licenses = Vec::new();
        while let Some(child) = self.child(element)? {
            match child.name() {
                "expression" => licenses.push(self.xml.text(&child)?),
                "expression-detailed" => licenses.push(child.attribute("expression")?.into_owned()),
                "license" => {
                    let mut names = (String::new(), String::new());
                    while let Some(part) = self.child(&child)? {
                        match part.name() {
                            "id" => names.0 = self.xml.text(&part)?,
                            "name" => names.1 = self.xml.text(&part)?,
                            _ => {}
                        }
                    }
                    licenses.push(if names.0.is_empty() { names.1 } else { names.0 });
                }
                _ => {}
            }
        }
        Ok(licenses)
    }

    /// The `name` inside an organisation or person.
    fn named(&mut self, element: &Element<'_>) -> Result<String, ReadError> {
        let mut name = String::new();
        while let Some(child) = self.child(element)? {
            if child.name() == "name" {
                name = self.xml.text(&child)?;
            }
        }
        Ok(name)
    }
}

fn said(text: &str) -> Option<String> {
    excerpt::said(text).map(str::to_owned)
}

#[cfg(test)]
mod tests;
