//! STIG Viewer 3 checklists (`.cklb`), one for each target.

use super::checklist::{Checklist, ListStatus, category, checklists, group, rounded, uuid};
use super::ckl::left_empty;
use super::format::{Document, Made, Options, Sort};
use super::subject::{Checked, Subject};
use super::{HandIn, HandInError};
use serde_json::{Value, json};

pub(super) const CKLB: Document = Document {
    id: "cklb",
    title: "STIG Viewer 3 checklist (CKLB)",
    about: "the newest result of every benchmark rule, one file for each target",
    source: "DISA STIG Viewer 3, checklist format 1.0",
    sort: Sort::PerTarget,
    ending: "cklb",
    make,
};

fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let mut files = Vec::new();
    for list in checklists(subject, options)? {
        files.push((list.name(), serde_json::to_vec_pretty(&checklist(&list)).map_err(HandInError::Json)?));
    }
    Ok(HandIn { files, left_empty: left_empty(), notes: rounded(subject), ..HandIn::default() })
}

fn checklist(list: &Checklist<'_>) -> Value {
    let (name, qualified, address) = list.host();
    let stigs: Vec<_> = list.stigs.iter().map(|(benchmark, checks)| stig(list, benchmark, checks)).collect();
    json!({
        "title": list.name(),
        "id": uuid(&["checklist", list.target, list.site, list.instance]),
        "cklb_version": "1.0",
        "active": false,
        "mode": 1,
        "has_path": false,
        "target_data": {
            "target_type": "Computing",
            "host_name": name,
            "ip_address": address,
            "mac_address": "",
            "fqdn": qualified,
            "comments": "",
            "role": "None",
            "is_web_database": !(list.site.is_empty() && list.instance.is_empty()),
            "technology_area": "",
            "web_db_site": list.site,
            "web_db_instance": list.instance,
            "classification": null,
        },
        "stigs": stigs,
    })
}

fn stig(list: &Checklist<'_>, benchmark: &str, checks: &[&Checked]) -> Value {
    let id = uuid(&["stig", list.target, list.site, list.instance, benchmark]);
    json!({
        "stig_name": benchmark,
        "display_name": benchmark,
        "stig_id": benchmark,
        "release_info": "",
        "uuid": id,
        "reference_identifier": "",
        "size": checks.len(),
        "rules": checks.iter().map(|check| rule(list, benchmark, &id, check)).collect::<Vec<_>>(),
    })
}

fn rule(list: &Checklist<'_>, benchmark: &str, stig: &str, check: &Checked) -> Value {
    let fact = &check.fact;
    let group = group(&fact.rule);
    let ccis = fact.controls.iter().filter(|id| id.to_ascii_uppercase().starts_with("CCI-"));
    json!({
        "uuid": uuid(&["rule", list.target, list.site, list.instance, benchmark, &check.finding]),
        "stig_uuid": stig,
        "target_key": null,
        "stig_ref": benchmark,
        "group_id": group,
        "group_id_src": group,
        "group_title": "",
        "rule_id": fact.rule,
        "rule_id_src": fact.rule,
        "rule_version": "",
        "rule_title": fact.title,
        "weight": "10.0",
        "severity": category(fact.severity),
        "classification": "",
        "discussion": "",
        "check_content": "",
        "fix_text": fact.remedy.as_deref().unwrap_or_default(),
        "false_positives": "",
        "false_negatives": "",
        "documentable": "false",
        "security_override_guidance": "",
        "potential_impacts": "",
        "third_party_tools": "",
        "ia_controls": "",
        "responsibility": "",
        "mitigations": "",
        "mitigation_control": "",
        "legacy_ids": [],
        "ccis": ccis.collect::<Vec<_>>(),
        "group_tree": [],
        "status": match ListStatus::of(fact.outcome) {
            ListStatus::NotAFinding => "not_a_finding",
            ListStatus::Open => "open",
            ListStatus::NotApplicable => "not_applicable",
            ListStatus::NotReviewed => "not_reviewed",
        },
        "overrides": {},
        "finding_details": fact.detail.as_deref().unwrap_or_default(),
        "comments": "",
    })
}
