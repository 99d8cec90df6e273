//! CycloneDX: the analyses in `vulnerabilities`, of the BOM's own components or of linked ones.

use super::{Fault, File, Format, Probe};
use crate::advisory::{Statement, Status};
use crate::feed::{Feed, instant};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A CycloneDX BOM with vulnerabilities (VEX, VDR).
pub(super) struct CycloneDx;

/// Deepest nesting of components followed.
const DEEPEST: usize = 60;

impl Format for CycloneDx {
    fn id(&self) -> &'static str {
        "cyclonedx-vex"
    }

    fn title(&self) -> &'static str {
        "CycloneDX VEX"
    }

    fn source(&self) -> &'static str {
        "ECMA-424, vulnerabilities"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.has(&["bomFormat", "vulnerabilities"])
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let bom: Bom = serde_json::from_str(file.text)?;
        let mut names = BTreeMap::new();
        gather(&bom.components, 0, &mut names);
        gather(std::slice::from_ref(&bom.metadata["component"]), 0, &mut names);
        let subject = name_of(&bom.metadata["component"]);
        let default_at = bom.metadata["timestamp"].as_str().and_then(instant);
        for (at, vulnerability) in bom.vulnerabilities.iter().enumerate() {
            let place = format!("vulnerabilities/{at}");
            let analysis = &vulnerability["analysis"];
            let Some(state) = analysis["state"].as_str() else { continue };
            let status = match state {
                "not_affected" | "false_positive" => Status::NotAffected,
                "resolved" | "resolved_with_pedigree" => Status::Fixed,
                "exploitable" => Status::Affected,
                "in_triage" => Status::UnderInvestigation,
                other => {
                    feed.problem(
                        file.name,
                        format!("{place}/analysis/state"),
                        format!("`{other}` is no state"),
                    );
                    continue;
                }
            };
            let references = vulnerability["references"].as_array().into_iter().flatten();
            let ids: Vec<String> = std::iter::once(&vulnerability["id"])
                .chain(references.map(|reference| &reference["id"]))
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            if ids.is_empty() {
                feed.problem(file.name, place, "the vulnerability has no id; it was left out");
                continue;
            }
            for target in vulnerability["affects"].as_array().into_iter().flatten() {
                let Some(product) = target["ref"].as_str().and_then(|target| resolve(target, &names)) else {
                    feed.problem(file.name, format!("{place}/affects"), "a ref leads to no component");
                    continue;
                };
                let whole = subject.as_ref().filter(|subject| **subject != product);
                let explanation = analysis["detail"].as_str().or_else(|| vulnerability["detail"].as_str());
                let said = analysis["lastUpdated"].as_str().or_else(|| analysis["firstIssued"].as_str());
                feed.statements.push(Statement {
                    document: bom.serial_number.clone().unwrap_or_else(|| file.name.to_owned()),
                    author: bom.metadata["supplier"]["name"].as_str().unwrap_or_default().to_owned(),
                    vulnerabilities: ids.clone(),
                    products: vec![whole.unwrap_or(&product).clone()],
                    parts: whole.map(|_| product.clone()).into_iter().collect(),
                    status,
                    justification: justification(state, analysis["justification"].as_str()),
                    explanation: explanation.unwrap_or_default().to_owned(),
                    at: said.and_then(instant).or(default_at),
                });
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Bom {
    #[serde(rename = "serialNumber")]
    serial_number: Option<String>,
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    components: Vec<Value>,
    vulnerabilities: Vec<Value>,
}

fn gather(components: &[Value], depth: usize, names: &mut BTreeMap<String, String>) {
    for component in components.iter().filter(|_| depth < DEEPEST) {
        if let (Some(reference), Some(name)) = (component["bom-ref"].as_str(), name_of(component)) {
            names.insert(reference.to_owned(), name);
        }
        if let Some(inner) = component["components"].as_array() {
            gather(inner, depth + 1, names);
        }
    }
}

fn name_of(component: &Value) -> Option<String> {
    let text = component["purl"].as_str().or_else(|| component["cpe"].as_str());
    text.or_else(|| component["name"].as_str()).map(str::to_owned)
}

/// A reference within the BOM, or a BOM-Link (`urn:cdx:serial/1#ref`) whose end is a package URL.
fn resolve(target: &str, names: &BTreeMap<String, String>) -> Option<String> {
    if let Some(name) = names.get(target) {
        return Some(name.clone());
    }
    let (_, inner) = target.split_once('#').filter(|_| target.starts_with("urn:cdx:"))?;
    let inner = inner.replace("%40", "@").replace("%3A", ":").replace("%2F", "/").replace("%25", "%");
    Some(names.get(&inner).cloned().unwrap_or(inner))
}

/// CycloneDX's words for a justification in those of the VEX minimum requirements.
fn justification(state: &str, word: Option<&str>) -> Option<String> {
    let vex = match word {
        Some("code_not_present") => "vulnerable_code_not_present",
        Some("code_not_reachable") => "vulnerable_code_not_in_execute_path",
        Some("requires_configuration" | "requires_dependency" | "requires_environment") => {
            "vulnerable_code_cannot_be_controlled_by_adversary"
        }
        Some("protected_by_compiler" | "protected_at_runtime" | "protected_at_perimeter") => {
            "inline_mitigations_already_exist"
        }
        Some("protected_by_mitigating_control") => "inline_mitigations_already_exist",
        Some(other) => other,
        None if state == "false_positive" => "false_positive",
        None => return None,
    };
    Some(vex.to_owned())
}
