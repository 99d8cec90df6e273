//! The security decision record: how controls are implemented, with their parameters, and the open ports.

use super::super::HandIn;
use super::super::format::{Document, Made, Options, Sort};
use super::super::subject::{Subject, control_shown};
use super::package;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use warrant_model::kind::Record;
use warrant_model::kinds::{Implementation, ImplementationStatus, Tailoring, TailoringAction};

pub(in crate::hand_in) const DECISIONS: Document = Document {
    id: "fedramp-decisions",
    title: "FedRAMP security decision record (JSON)",
    about: "implementation statements and parameters of controls, and the open ports that scans saw",
    source: "FedRAMP Consolidated Rules 2026, SDR-CSO-FRR, schema of 2026-06-24",
    sort: Sort::Package,
    ending: "json",
    make,
};

#[derive(Default)]
struct Control<'a> {
    implementations: Vec<&'a Record<Implementation>>,
    parameters: Vec<&'a Tailoring>,
}

fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let package = package(options)?;
    let mut controls: BTreeMap<&str, Control<'_>> = BTreeMap::new();
    for record in &subject.snapshot.implementations {
        controls.entry(control_of(&record.body.control)).or_default().implementations.push(record);
    }
    for record in &subject.snapshot.tailorings {
        if record.body.action == TailoringAction::Parameter {
            controls.entry(control_of(&record.body.control)).or_default().parameters.push(&record.body);
        }
    }
    let described = controls.len();
    let controls: Vec<Value> = controls.iter().map(|(id, one)| control(subject, id, one)).collect();
    let document = json!({
        "certificationPackageOverviewUri": package,
        "portsAndProtocols": ports(subject),
        "securityControls": controls,
        "fedRampRequirements": [],
    });
    let left_empty = [
        "fedRampRequirements: the list is empty; write how each FedRAMP requirement is met before you hand it in",
        "keySecurityIndicators: Warrant keeps no statements on indicators",
        "purpose of ports: scans do not say it",
    ];
    let applicable = subject.posture.controls.applicable();
    Ok(HandIn {
        files: vec![(String::new(), serde_json::to_vec_pretty(&document)?)],
        left_empty: left_empty.map(str::to_owned).to_vec(),
        notes: vec![format!("{described} controls are described; {applicable} apply to the system")],
        ..HandIn::default()
    })
}

fn control_of(id: &str) -> &str {
    id.split("_smt").next().unwrap_or(id)
}

fn control(subject: &Subject<'_>, id: &str, control: &Control<'_>) -> Value {
    let mut one = Map::new();
    one.insert("controlId".into(), control_shown(id).into());
    let parameter = |tailoring: &&Tailoring| {
        Some(
            json!({ "parameterId": tailoring.parameter.as_ref()?, "parameterValue": tailoring.value.as_ref()? }),
        )
    };
    let parameters: Vec<Value> = control.parameters.iter().filter_map(parameter).collect();
    if !parameters.is_empty() {
        one.insert("parameterValues".into(), parameters.into());
    }
    if let Some(status) = status(&control.implementations) {
        one.insert("controlImplementationStatus".into(), status.into());
    }
    let said: Vec<_> =
        control.implementations.iter().filter_map(|record| statement(subject, record)).collect();
    if !said.is_empty() {
        one.insert("controlImplementationDescription".into(), said.join("\n\n").into());
    }
    Value::Object(one)
}

/// The schema's word for all statements of a control together; `None` when there is none.
fn status(implementations: &[&Record<Implementation>]) -> Option<&'static str> {
    let met = |record: &&Record<Implementation>| {
        !matches!(record.body.status, ImplementationStatus::Partial | ImplementationStatus::Planned)
    };
    let planned = |record: &&Record<Implementation>| record.body.status == ImplementationStatus::Planned;
    Some(match implementations {
        [] => return None,
        all if all.iter().all(met) => "Implemented",
        all if all.iter().all(planned) => "Not Implemented",
        _ => "Partially Implemented",
    })
}

/// A statement in words: which part, by what, how, and from whom it is inherited.
fn statement(subject: &Subject<'_>, record: &Record<Implementation>) -> Option<String> {
    let body = &record.body;
    let component = body.component.as_ref().map(|id| (subject.title_of)("component", id.as_str()));
    let provider = body.provider.as_ref().map(|id| (subject.title_of)("system", id.as_str()));
    let mut said = Vec::new();
    if let Some((_, part)) = body.control.split_once("_smt.") {
        said.push(format!("Part {part}."));
    }
    said.extend(component.map(|name| format!("By {name}.")));
    said.extend(match (body.status, provider) {
        (ImplementationStatus::Inherited, Some(name)) => Some(format!("Inherited from {name}.")),
        (ImplementationStatus::Shared, Some(name)) => Some(format!("Shared with {name}.")),
        _ => None,
    });
    said.extend(body.description.clone());
    (!said.is_empty()).then(|| said.join(" "))
}

/// Open ports, once for each service, port and protocol over all hosts.
fn ports(subject: &Subject<'_>) -> Vec<Value> {
    let mut ports: BTreeMap<(u16, &str, &str), Option<bool>> = BTreeMap::new();
    for service in subject.snapshot.services.iter().map(|sourced| &sourced.fact) {
        let tls = ports.entry((service.port, &service.protocol, &service.name)).or_insert(service.tls);
        if *tls != service.tls {
            *tls = None;
        }
    }
    let port = |((number, protocol, name), tls): (&(u16, &str, &str), &Option<bool>)| {
        let mut one = Map::new();
        if !name.is_empty() {
            one.insert("serviceName".into(), (*name).into());
        }
        one.insert("portNumber".into(), number.to_string().into());
        one.insert("transportProtocol".into(), protocol.to_uppercase().into());
        if let Some(tls) = tls {
            one.insert("encryption".into(), if *tls { "TLS" } else { "None" }.into());
        }
        Value::Object(one)
    };
    ports.iter().map(port).collect()
}
