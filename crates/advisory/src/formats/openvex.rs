//! OpenVEX documents.

use super::{Fault, File, Format, Probe};
use crate::advisory::{Statement, Status};
use crate::feed::{Feed, instant};
use serde::Deserialize;
use serde_json::Value;

/// An OpenVEX document.
pub(super) struct OpenVex;

impl Format for OpenVex {
    fn id(&self) -> &'static str {
        "openvex"
    }

    fn title(&self) -> &'static str {
        "OpenVEX"
    }

    fn source(&self) -> &'static str {
        "OpenVEX specification 0.2.0"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        probe.text_of("@context").is_some_and(|context| context.contains("openvex"))
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let document: Document = serde_json::from_str(file.text)?;
        for (at, raw) in document.statements.iter().enumerate() {
            let place = format!("statements/{at}");
            let entry: Entry = match serde_json::from_str(raw.get()) {
                Ok(entry) => entry,
                Err(error) => {
                    feed.problem(file.name, place, Fault::from(error).message);
                    continue;
                }
            };
            match statement(&document, entry, file.name) {
                Ok(statement) => feed.statements.push(statement),
                Err(reason) => feed.problem(file.name, place, reason),
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(rename = "@id", default)]
    id: String,
    #[serde(default)]
    author: String,
    timestamp: Option<String>,
    #[serde(borrow, default)]
    statements: Vec<&'a serde_json::value::RawValue>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    vulnerability: Value,
    products: Vec<Value>,
    subcomponents: Vec<Value>,
    status: String,
    justification: Option<String>,
    impact_statement: Option<String>,
    action_statement: Option<String>,
    timestamp: Option<String>,
    last_updated: Option<String>,
}

fn statement(document: &Document<'_>, entry: Entry, file: &str) -> Result<Statement, String> {
    let status = match entry.status.as_str() {
        "affected" => Status::Affected,
        "fixed" => Status::Fixed,
        "not_affected" => Status::NotAffected,
        "under_investigation" => Status::UnderInvestigation,
        other => {
            return Err(format!(
                "`{other}` is no status; one of affected, fixed, not_affected, under_investigation"
            ));
        }
    };
    // Before 0.2.0 the vulnerability was a text.
    let mut vulnerabilities: Vec<String> = match &entry.vulnerability {
        Value::String(id) => vec![id.clone()],
        object => {
            let own = [&object["name"], &object["@id"]].into_iter();
            let all = own.chain(object["aliases"].as_array().into_iter().flatten());
            all.filter_map(Value::as_str).map(str::to_owned).collect()
        }
    };
    // An address ends in the id.
    for id in &mut vulnerabilities {
        if let Some((_, last)) = id.rsplit_once('/').filter(|_| id.contains("://")) {
            *id = last.to_owned();
        }
    }
    vulnerabilities.retain(|id| !id.is_empty());
    if vulnerabilities.is_empty() {
        return Err("it names no vulnerability".into());
    }
    let mut parts: Vec<String> = entry.subcomponents.iter().filter_map(identifier).collect();
    for product in &entry.products {
        parts.extend(product["subcomponents"].as_array().into_iter().flatten().filter_map(identifier));
    }
    let at = entry.last_updated.or(entry.timestamp).or_else(|| document.timestamp.clone());
    Ok(Statement {
        document: if document.id.is_empty() { file.to_owned() } else { document.id.clone() },
        author: document.author.clone(),
        vulnerabilities,
        products: entry.products.iter().filter_map(identifier).collect(),
        parts,
        status,
        justification: entry.justification.filter(|_| status == Status::NotAffected),
        explanation: entry.impact_statement.or(entry.action_statement).unwrap_or_default(),
        at: at.as_deref().and_then(instant),
    })
}

/// The package URL of a product, else its id.
fn identifier(product: &Value) -> Option<String> {
    let text = product.as_str().or_else(|| product["identifiers"]["purl"].as_str());
    text.or_else(|| product["@id"].as_str()).map(str::to_owned)
}
