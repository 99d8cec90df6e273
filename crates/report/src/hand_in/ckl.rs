//! STIG Viewer 2 checklists (`.ckl`), one for each target.

use super::HandIn;
use super::checklist::{Checklist, ListStatus, category, checklists, group, rounded, uuid};
use super::format::{Document, Made, Options, Sort};
use super::subject::{Checked, Subject};
use crate::template::escaped;
use std::fmt::Write;

pub(super) const CKL: Document = Document {
    id: "ckl",
    title: "STIG Viewer 2 checklist (CKL)",
    about: "the newest result of every benchmark rule, one file for each target",
    source: "DISA STIG Viewer 2 checklist schema (U_Checklist_Schema_V2)",
    sort: Sort::PerTarget,
    ending: "ckl",
    make,
};

/// Attributes of a rule in the order of the schema. What Warrant does not keep is there and empty.
const ATTRIBUTES: [&str; 25] = [
    "Vuln_Num",
    "Severity",
    "Group_Title",
    "Rule_ID",
    "Rule_Ver",
    "Rule_Title",
    "Vuln_Discuss",
    "IA_Controls",
    "Check_Content",
    "Fix_Text",
    "False_Positives",
    "False_Negatives",
    "Documentable",
    "Mitigations",
    "Potential_Impact",
    "Third_Party_Tools",
    "Mitigation_Control",
    "Responsibility",
    "Security_Override_Guidance",
    "Check_Content_Ref",
    "Weight",
    "Class",
    "STIGRef",
    "TargetKey",
    "STIG_UUID",
];

fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let lists = checklists(subject, options)?;
    Ok(HandIn {
        files: lists.iter().map(|list| (list.name(), checklist(list).into_bytes())).collect(),
        left_empty: left_empty(),
        notes: rounded(subject),
        ..HandIn::default()
    })
}

/// What checklists hold and Warrant does not keep.
pub(super) fn left_empty() -> Vec<String> {
    [
        "discussion, check text and rule version: take them from the STIG itself",
        "release of the STIG: rules are kept without their revision",
        "MAC address, technology area, target key",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn checklist(list: &Checklist<'_>) -> String {
    let (name, qualified, address) = list.host();
    let is_part = if list.site.is_empty() && list.instance.is_empty() { "false" } else { "true" };
    let asset = [
        ("ROLE", "None"),
        ("ASSET_TYPE", "Computing"),
        ("MARKING", ""),
        ("HOST_NAME", name),
        ("HOST_IP", address),
        ("HOST_MAC", ""),
        ("HOST_FQDN", qualified),
        ("TARGET_COMMENT", ""),
        ("TECH_AREA", ""),
        ("TARGET_KEY", ""),
        ("WEB_OR_DATABASE", is_part),
        ("WEB_DB_SITE", list.site),
        ("WEB_DB_INSTANCE", list.instance),
    ];
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CHECKLIST>\n<ASSET>\n");
    asset.iter().for_each(|(name, value)| element(&mut xml, name, value));
    xml.push_str("</ASSET>\n<STIGS>\n");
    for (benchmark, checks) in &list.stigs {
        xml.push_str("<iSTIG>\n<STIG_INFO>\n");
        for (name, value) in [("stigid", *benchmark), ("title", *benchmark)] {
            xml.push_str("<SI_DATA>\n");
            element(&mut xml, "SID_NAME", name);
            element(&mut xml, "SID_DATA", value);
            xml.push_str("</SI_DATA>\n");
        }
        xml.push_str("</STIG_INFO>\n");
        checks.iter().for_each(|check| rule(&mut xml, benchmark, check));
        xml.push_str("</iSTIG>\n");
    }
    xml.push_str("</STIGS>\n</CHECKLIST>\n");
    xml
}

fn rule(xml: &mut String, benchmark: &str, check: &Checked) {
    let fact = &check.fact;
    let (group, stig) = (group(&fact.rule), uuid(&["stig", benchmark]));
    xml.push_str("<VULN>\n");
    for attribute in ATTRIBUTES {
        let value = match attribute {
            "Vuln_Num" => group.as_str(),
            "Severity" => category(fact.severity),
            "Rule_ID" => fact.rule.as_str(),
            "Rule_Title" => fact.title.as_str(),
            "Fix_Text" => fact.remedy.as_deref().unwrap_or_default(),
            "STIGRef" => benchmark,
            "STIG_UUID" => stig.as_str(),
            _ => "",
        };
        data(xml, attribute, value);
    }
    for cci in fact.controls.iter().filter(|id| id.to_ascii_uppercase().starts_with("CCI-")) {
        data(xml, "CCI_REF", cci);
    }
    let status = match ListStatus::of(fact.outcome) {
        ListStatus::NotAFinding => "NotAFinding",
        ListStatus::Open => "Open",
        ListStatus::NotApplicable => "Not_Applicable",
        ListStatus::NotReviewed => "Not_Reviewed",
    };
    let last = [
        ("STATUS", status),
        ("FINDING_DETAILS", fact.detail.as_deref().unwrap_or_default()),
        ("COMMENTS", ""),
        ("SEVERITY_OVERRIDE", ""),
        ("SEVERITY_JUSTIFICATION", ""),
    ];
    last.iter().for_each(|(name, value)| element(xml, name, value));
    xml.push_str("</VULN>\n");
}

fn data(xml: &mut String, name: &str, value: &str) {
    xml.push_str("<STIG_DATA>\n");
    element(xml, "VULN_ATTRIBUTE", name);
    element(xml, "ATTRIBUTE_DATA", value);
    xml.push_str("</STIG_DATA>\n");
}

/// An element with text, without the characters that XML 1.0 can not say.
fn element(xml: &mut String, name: &str, value: &str) {
    let sayable = |c: &char| (*c >= ' ' || matches!(c, '\t' | '\n')) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = value.chars().filter(sayable).collect();
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(&text));
}
