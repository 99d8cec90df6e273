//! Checks between documents. What is not at hand is said to be unchecked, never taken as right.

use super::{Controls, DEPTH, Library};
use crate::problem::Finding;
use crate::schema::Level;
use crate::tree::{Document, Kind, NodeId};
use crate::validate::Findings;
use std::collections::{HashMap, HashSet};

pub(super) fn check(library: &Library, at: usize) -> Findings {
    let mut findings = Findings::default();
    let Some(document) = library.document(at) else { return findings };
    let mut checks = Checks { library, at, document, findings: &mut findings };
    match document.model() {
        "profile" => checks.profile(),
        "system-security-plan" => checks.plan(),
        "component-definition" => checks.components(),
        "assessment-plan" | "assessment-results" | "plan-of-action-and-milestones" => checks.assessment(),
        _ => {}
    }
    findings
}

struct Checks<'a, 'f> {
    library: &'a Library,
    at: usize,
    document: &'a Document,
    findings: &'f mut Findings,
}

impl<'a> Checks<'a, '_> {
    fn push(&mut self, node: NodeId, level: Level, rule: &'static str, message: String, remedy: &str) {
        self.findings.push(Finding { node, level, rule, message, remedy: remedy.to_owned() });
    }

    fn error(&mut self, node: NodeId, rule: &'static str, message: String, remedy: &str) {
        self.push(node, Level::Error, rule, message, remedy);
    }

    /// Says which documents were not at hand.
    fn not_checked(&mut self, node: NodeId, controls: &Controls<'_>) {
        for href in &controls.missing {
            let message = format!("{href} is not at hand, so what is taken from it was not checked");
            let remedy = "put the file where the address leads, or name it on the command line too";
            self.push(node, Level::Note, "cross-not-checked", message, remedy);
        }
    }

    fn flag(&self, id: NodeId, name: &str) -> &'a str {
        self.document.flag_text(id, name).unwrap_or_default()
    }

    /// Nodes with a name below one.
    fn below(&self, top: NodeId, name: &'static str) -> Vec<NodeId> {
        let nodes = &self.document.nodes;
        (top + 1..nodes[top].end as usize)
            .filter(|id| nodes[*id].name == name && matches!(nodes[*id].kind, Kind::Assembly | Kind::Field))
            .collect()
    }

    fn profile(&mut self) {
        let document = self.document;
        let mut all = Controls::default();
        for import in document.named(0, "import").collect::<Vec<_>>() {
            let controls = Controls::behind(self.library, self.at, self.flag(import, "href"));
            self.not_checked(import, &controls);
            if controls.is_whole() {
                let offered: HashSet<&str> = controls.selected.iter().copied().collect();
                for id in self.below(import, "with-id") {
                    let name = document.text(id);
                    if !offered.contains(name) {
                        let message = format!("the control {name} is not in {}", self.flag(import, "href"));
                        self.error(id, "cross-unknown-control", message, "mend the id or remove it");
                    }
                }
            }
            all.extend(controls);
        }
        if !all.is_whole() || all.known.is_empty() {
            return;
        }
        for alter in self.below(0, "alter") {
            self.control(alter, &all);
        }
        self.parameters(0, &all);
    }

    /// A `control-id` must be one of the catalogue.
    fn control(&mut self, id: NodeId, controls: &Controls<'_>) -> bool {
        let name = self.flag(id, "control-id");
        let known = controls.known.contains_key(name);
        if !known {
            let at = self.document.flag(id, "control-id").unwrap_or(id);
            let message = format!("the control {name} is not in the catalogue behind this document");
            self.error(
                at,
                "cross-unknown-control",
                message,
                "mend the id, or import the catalogue that has it",
            );
        }
        known
    }

    fn parameters(&mut self, top: NodeId, controls: &Controls<'_>) {
        for id in self.below(top, "set-parameter") {
            let name = self.flag(id, "param-id");
            if !controls.parameters.contains(name) {
                let at = self.document.flag(id, "param-id").unwrap_or(id);
                let message = format!("the parameter {name} is not in the catalogue behind this document");
                self.error(at, "cross-unknown-parameter", message, "mend the id or remove the setting");
            }
        }
    }

    /// Statements that a requirement names must be parts of its control.
    fn statements(&mut self, requirement: NodeId, controls: &Controls<'_>) {
        let control = self.flag(requirement, "control-id");
        for statement in self.document.named(requirement, "statement").collect::<Vec<_>>() {
            let name = self.flag(statement, "statement-id");
            if !controls.has_part(control, name) {
                let at = self.document.flag(statement, "statement-id").unwrap_or(statement);
                let message = format!("the control {control} has no statement {name}");
                self.error(
                    at,
                    "cross-unknown-statement",
                    message,
                    "mend the id; statements are parts of the control",
                );
            }
        }
    }

    fn components(&mut self) {
        let mut sources: HashMap<&str, Controls<'_>> = HashMap::new();
        for implementation in self.below(0, "control-implementation") {
            let (library, at, source) = (self.library, self.at, self.flag(implementation, "source"));
            let controls = sources.entry(source).or_insert_with(|| Controls::behind(library, at, source));
            self.not_checked(implementation, controls);
            if !controls.is_whole() {
                continue;
            }
            for requirement in
                self.document.named(implementation, "implemented-requirement").collect::<Vec<_>>()
            {
                if self.control(requirement, controls) {
                    self.statements(requirement, controls);
                }
            }
            self.parameters(implementation, controls);
        }
    }

    fn plan(&mut self) {
        let document = self.document;
        self.leveraged();
        let Some(import) = document.named(0, "import-profile").next() else { return };
        let controls = Controls::behind(self.library, self.at, self.flag(import, "href"));
        self.not_checked(import, &controls);
        if !controls.is_whole() {
            return;
        }
        let selected: HashSet<&str> = controls.selected.iter().copied().collect();
        let mut implemented = HashSet::new();
        for requirement in self.below(0, "implemented-requirement") {
            let name = self.flag(requirement, "control-id");
            implemented.insert(name);
            if !self.control(requirement, &controls) {
                continue;
            }
            self.statements(requirement, &controls);
            if !selected.contains(name) {
                let message = format!("the profile does not select the control {name}");
                let remedy = "select it in the profile, or say in remarks why it is implemented all the same";
                self.push(requirement, Level::Warning, "cross-unselected-control", message, remedy);
            }
        }
        let absent: Vec<&str> =
            controls.selected.iter().copied().filter(|id| !implemented.contains(id)).collect();
        if let Some(implementation) =
            document.named(0, "control-implementation").next().filter(|_| !absent.is_empty())
        {
            let shown = absent.iter().take(10).copied().collect::<Vec<_>>().join(", ");
            let message = format!("{} selected controls are not implemented: {shown}", absent.len());
            let message = if absent.len() > 10 { format!("{message}, …") } else { message };
            let remedy = "add an implemented-requirement for each, even if only to say who is responsible";
            self.push(implementation, Level::Warning, "cross-missing-control", message, remedy);
        }
        self.parameters(0, &controls);
        self.definitions(&selected);
    }

    /// Components that a plan takes from component definitions: what they implement must be used.
    fn definitions(&mut self, selected: &HashSet<&str>) {
        let document = self.document;
        let claims = self.claims();
        if claims.is_empty() {
            return;
        }
        let mut used: HashSet<(&str, &str)> = HashSet::new();
        for requirement in self.below(0, "implemented-requirement") {
            let control = self.flag(requirement, "control-id");
            let by = self.below(requirement, "by-component");
            used.extend(by.into_iter().map(|by| (self.flag(by, "component-uuid"), control)));
        }
        for component in self.below(0, "component") {
            let uuid = self.flag(component, "uuid");
            let Some(claimed) = claims.get(uuid) else { continue };
            let open = |control: &&&str| selected.contains(**control) && !used.contains(&(uuid, **control));
            let unused: Vec<&str> = claimed.iter().filter(open).copied().collect();
            if !unused.is_empty() {
                let name =
                    document.named(component, "title").next().map_or(uuid, |title| document.text(title));
                let controls = unused.join(", ");
                let message = format!(
                    "{name} implements {controls} by its component definition, which the plan does not use"
                );
                let remedy = "add by-component entries to these requirements, or say why they do not apply";
                self.push(component, Level::Warning, "cross-unused-component", message, remedy);
            }
        }
    }

    /// The controls that components implement by the component definitions of the library, by component UUID.
    fn claims(&self) -> HashMap<&'a str, Vec<&'a str>> {
        let mut claims: HashMap<&str, Vec<&str>> = HashMap::new();
        let documents = (0..self.library.len()).filter_map(|at| self.library.document(at));
        for document in documents.filter(|document| document.model() == "component-definition") {
            for component in document.named(0, "component") {
                let Some(uuid) = document.flag_text(component, "uuid") else { continue };
                let nodes = component + 1..document.nodes[component].end as usize;
                let requirements = nodes.filter(|id| document.nodes[*id].name == "implemented-requirement");
                let controls = requirements.filter_map(|id| document.flag_text(id, "control-id"));
                claims.entry(uuid).or_default().extend(controls);
            }
        }
        claims
    }

    /// What is inherited or satisfied must be offered by a plan that is leveraged.
    fn leveraged(&mut self) {
        let document = self.document;
        let mut offered: HashSet<&str> = HashSet::new();
        let mut any = false;
        let mut missing = false;
        for leveraged in self.below(0, "leveraged-authorization") {
            for link in document.named(leveraged, "link").collect::<Vec<_>>() {
                if self.flag(link, "rel") != "system-security-plan" {
                    continue;
                }
                let href = self.flag(link, "href");
                match self.library.find(self.at, href).and_then(|at| self.library.document(at)) {
                    Some(other) if other.model() == "system-security-plan" => {
                        any = true;
                        offered.extend(uuids(other, &["provided", "responsibility"]));
                    }
                    _ => {
                        missing = true;
                        let message =
                            format!("{href} is not at hand, so what is inherited from it was not checked");
                        let remedy =
                            "put the plan where the address leads, or name it on the command line too";
                        self.push(link, Level::Note, "cross-not-checked", message, remedy);
                    }
                }
            }
        }
        if !any || missing {
            return;
        }
        for (name, flag) in [("inherited", "provided-uuid"), ("satisfied", "responsibility-uuid")] {
            for id in self.below(0, name) {
                let Some(uuid) = document.flag_text(id, flag) else { continue };
                if !offered.contains(uuid) {
                    let message = format!("no leveraged plan exports {uuid}");
                    let remedy = "mend the uuid, or have the leveraged plan export it";
                    self.error(id, "cross-unknown-provided", message, remedy);
                }
            }
        }
    }

    fn assessment(&mut self) {
        let document = self.document;
        let everywhere = |names: &[&str]| -> HashSet<&'a str> {
            let documents = (0..self.library.len()).filter_map(|at| self.library.document(at));
            documents.flat_map(|document| uuids(document, names)).collect()
        };
        let risks = everywhere(&["risk"]);
        let observations = everywhere(&["observation"]);
        let found = everywhere(&["finding"]);
        for (id, node) in document.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Flag) {
            let (known, rule, what) = match node.name {
                "risk-uuid" => (&risks, "cross-unknown-risk", "risk"),
                "observation-uuid" => (&observations, "cross-unknown-finding", "observation"),
                "finding-uuid" => (&found, "cross-unknown-finding", "finding"),
                _ => continue,
            };
            let uuid = document.text(id);
            if !known.contains(uuid) {
                let message = format!("there is no {what} {uuid} in this document or those given with it");
                self.error(
                    id,
                    rule,
                    message,
                    "mend the uuid, or name the document that has it on the command line",
                );
            }
        }
        self.subjects();
        let Some((node, controls)) = self.baseline() else { return };
        self.not_checked(node, &controls);
        if !controls.is_whole() {
            return;
        }
        for name in ["include-control", "exclude-control"] {
            for id in self.below(0, name) {
                if self.document.flag(id, "control-id").is_some() {
                    self.control(id, &controls);
                }
            }
        }
        for finding in self.below(0, "finding") {
            for target in document.named(finding, "target").collect::<Vec<_>>() {
                let name = self.flag(target, "target-id");
                if !controls.has_any_part(name) {
                    let message = format!("no control has a statement or objective {name}");
                    self.error(
                        target,
                        "cross-unknown-statement",
                        message,
                        "mend the id; it names a part of a control",
                    );
                }
            }
        }
    }

    /// The chain of documents that this one builds on, nearest first; `None` when part of it is not at hand.
    fn chain(&self) -> Option<Vec<usize>> {
        let mut chain = vec![self.at];
        while let Some(at) = chain.last().copied() {
            let document = self.library.document(at)?;
            let next = ["import-ap", "import-ssp"].iter().find_map(|name| document.named(0, name).next());
            let Some(next) = next else { break };
            let href = document.flag_text(next, "href").unwrap_or_default();
            let found = self.library.find(at, href)?;
            if chain.contains(&found) || chain.len() > DEPTH {
                break;
            }
            chain.push(found);
        }
        Some(chain)
    }

    /// The controls behind the plan that is assessed, with the node that leads there.
    fn baseline(&mut self) -> Option<(NodeId, Controls<'a>)> {
        let library = self.library;
        let first =
            ["import-ap", "import-ssp"].iter().find_map(|name| self.document.named(0, name).next())?;
        let Some(chain) = self.chain() else {
            return Some((first, Controls::missing(self.flag(first, "href"))));
        };
        let at = *chain.last()?;
        let plan = library.document(at)?;
        let import = plan.named(0, "import-profile").next()?;
        Some((first, Controls::behind(library, at, plan.flag_text(import, "href")?)))
    }

    /// Subjects must be things of this document or of those it builds on.
    fn subjects(&mut self) {
        let library = self.library;
        let Some(chain) = self.chain().filter(|chain| chain.len() > 1) else { return };
        let kinds = ["component", "inventory-item", "location", "party", "user", "resource"];
        let known: HashSet<&str> = chain
            .iter()
            .filter_map(|at| library.document(*at))
            .flat_map(|document| uuids(document, &kinds))
            .collect();
        for (id, node) in self.document.nodes.iter().enumerate() {
            if node.kind == Kind::Flag
                && node.name == "subject-uuid"
                && !known.contains(self.document.text(id))
            {
                let message = format!(
                    "nothing in the documents behind this one has the uuid {}",
                    self.document.text(id)
                );
                self.error(
                    id,
                    "cross-unknown-component",
                    message,
                    "mend the uuid, or define the subject locally",
                );
            }
        }
    }
}

/// UUIDs of all nodes with one of these names.
fn uuids<'d>(document: &'d Document, names: &[&str]) -> Vec<&'d str> {
    let nodes = document.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Assembly);
    nodes
        .filter(|(_, node)| names.contains(&node.name))
        .filter_map(|(id, _)| document.flag_text(id, "uuid"))
        .collect()
}
