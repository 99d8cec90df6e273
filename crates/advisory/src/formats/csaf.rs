//! CSAF 2.0 and 2.1: what a vendor says of its products, by way of the product tree.

use super::{Fault, File, Format, Probe};
use crate::advisory::{Statement, Status};
use crate::feed::{Feed, instant};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A CSAF document.
pub(super) struct Csaf;

/// Deepest nesting of branches followed.
const DEEPEST: usize = 60;

impl Format for Csaf {
    fn id(&self) -> &'static str {
        "csaf"
    }

    fn title(&self) -> &'static str {
        "CSAF"
    }

    fn source(&self) -> &'static str {
        "OASIS CSAF 2.0 and 2.1"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.has(&["document", "vulnerabilities"]) || probe.has(&["document", "product_tree"])
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let document: Document = serde_json::from_str(file.text)?;
        let version = document.document["csaf_version"].as_str().unwrap_or_default();
        if !matches!(version, "2.0" | "2.1") {
            let message = format!("CSAF version `{version}` is not known; 2.0 and 2.1 are");
            return Err(Fault { place: "document/csaf_version".into(), message });
        }
        let mut products = BTreeMap::new();
        let tree = &document.product_tree;
        for product in tree["full_product_names"].as_array().into_iter().flatten() {
            add(product, &mut products);
        }
        branches(&tree["branches"], 0, &mut products);
        relationships(&tree["relationships"], &mut products);
        for (at, vulnerability) in document.vulnerabilities.iter().enumerate() {
            let place = format!("vulnerabilities/{at}");
            statements(file, &place, &document.document, vulnerability, &products, feed);
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Document {
    document: Value,
    #[serde(default)]
    product_tree: Value,
    #[serde(default)]
    vulnerabilities: Vec<Value>,
}

/// A product by what it can be recognised by; a part of another product has both.
#[derive(Clone, Debug, Default)]
struct Product {
    names: Vec<String>,
    of: Vec<String>,
}

fn add(product: &Value, products: &mut BTreeMap<String, Product>) {
    let Some(id) = product["product_id"].as_str() else { return };
    let helper = &product["product_identification_helper"];
    let single = [&helper["purl"], &helper["cpe"]].into_iter();
    let many = helper["purls"].as_array().into_iter().flatten();
    let mut names: Vec<String> = single.chain(many).filter_map(Value::as_str).map(str::to_owned).collect();
    if names.is_empty() {
        names.extend(product["name"].as_str().map(str::to_owned));
    }
    products.insert(id.to_owned(), Product { names, of: Vec::new() });
}

fn branches(list: &Value, depth: usize, products: &mut BTreeMap<String, Product>) {
    for branch in list.as_array().into_iter().flatten().filter(|_| depth < DEEPEST) {
        if branch["product"].is_object() {
            add(&branch["product"], products);
        }
        branches(&branch["branches"], depth + 1, products);
    }
}

/// `component` as a part of `platform`: the new product is the component, within the platform.
fn relationships(list: &Value, products: &mut BTreeMap<String, Product>) {
    for relationship in list.as_array().into_iter().flatten() {
        let full = &relationship["full_product_name"];
        let Some(id) = full["product_id"].as_str() else { continue };
        let side = |name: &str| relationship[name].as_str().and_then(|id| products.get(id)).cloned();
        let component = side("product_reference").unwrap_or_default();
        let platform = side("relates_to_product_reference").unwrap_or_default();
        let is_part = matches!(
            relationship["category"].as_str(),
            Some("default_component_of" | "optional_component_of" | "installed_on" | "installed_with")
        );
        let product = match is_part {
            true => Product { names: component.names, of: platform.names },
            false => component,
        };
        products.insert(id.to_owned(), product);
    }
}

fn statements(
    file: &File<'_>,
    place: &str,
    document: &Value,
    vulnerability: &Value,
    products: &BTreeMap<String, Product>,
    feed: &mut Feed,
) {
    let ids = vulnerability["ids"].as_array().into_iter().flatten();
    let ids = ids.filter_map(|id| id["text"].as_str());
    let ids: Vec<String> = vulnerability["cve"].as_str().into_iter().chain(ids).map(str::to_owned).collect();
    if ids.is_empty() {
        return feed.problem(file.name, place, "the vulnerability has no id; it was left out");
    }
    let tracking = &document["tracking"];
    let at = tracking["current_release_date"].as_str().and_then(instant);
    for (name, status) in [
        ("known_affected", Status::Affected),
        ("first_affected", Status::Affected),
        ("last_affected", Status::Affected),
        ("fixed", Status::Fixed),
        ("first_fixed", Status::Fixed),
        ("known_not_affected", Status::NotAffected),
        ("under_investigation", Status::UnderInvestigation),
    ] {
        for id in
            vulnerability["product_status"][name].as_array().into_iter().flatten().filter_map(Value::as_str)
        {
            let Some(product) = products.get(id) else {
                let message = format!("product `{id}` is not in the product tree");
                feed.problem(file.name, format!("{place}/product_status/{name}"), message);
                continue;
            };
            let (within, parts) = match product.of.is_empty() {
                true => (product.names.clone(), Vec::new()),
                false => (product.of.clone(), product.names.clone()),
            };
            feed.statements.push(Statement {
                document: tracking["id"].as_str().unwrap_or(file.name).to_owned(),
                author: document["publisher"]["name"].as_str().unwrap_or_default().to_owned(),
                vulnerabilities: ids.clone(),
                products: within,
                parts,
                status,
                justification: about(vulnerability, "flags", id, "label"),
                explanation: about(vulnerability, "threats", id, "details")
                    .filter(|_| status == Status::NotAffected)
                    .or_else(|| about(vulnerability, "remediations", id, "details"))
                    .unwrap_or_default(),
                at,
            });
        }
    }
}

/// A text of the entry of a list that is about a product.
fn about(vulnerability: &Value, list: &str, product: &str, text: &str) -> Option<String> {
    let mut entries = vulnerability[list].as_array()?.iter();
    let entry = entries.find(|entry| {
        entry["product_ids"].as_array().into_iter().flatten().any(|id| id.as_str() == Some(product))
    })?;
    entry[text].as_str().map(str::to_owned)
}
