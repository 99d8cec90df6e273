//! STIG Viewer 3 checklists (`.cklb`, JSON): a reviewer's answers to one or more STIGs for one target.
//!
//! - Every rule is a check result of the target, with its CCI numbers; `not_reviewed` is "nobody looked".
//! - A severity that the reviewer changed counts; the stated reason goes into the detail.
//! - Results for a web site or database instance keep apart by its name after the benchmark, as in a CKL.
//! - A checklist without rules still names its target, but nothing in it can be used: it is empty.

use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, stig, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::fact::{AssetFact, CheckFact, Fact, Outcome, Place};
use warrant_model::level::Severity;

/// The reader.
#[derive(Debug)]
pub struct Cklb;

impl Reader for Cklb {
    fn id(&self) -> &'static str {
        "cklb"
    }

    fn title(&self) -> &'static str {
        "STIG Viewer 3 checklist (.cklb)"
    }

    fn source(&self) -> &'static str {
        "DISA STIG Viewer 3, checklist format 1.0"
    }

    fn yields(&self) -> &'static str {
        "the target as asset, and a check result for every rule"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/cklb.cklb"), facts: 4 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let stigs = sniff.has_keys(&["stigs"]);
        match sniff.has_keys(&["cklb_version"]) || sniff.has_keys(&["target_data"]) {
            true if stigs => Confidence::Certain,
            true => Confidence::Likely,
            false if stigs && sniff.has_keys_at(&["stigs"], &["stig_id"]) => Confidence::Certain,
            false if sniff.has_keys_at(&["stigs"], &["rules"]) => Confidence::Likely,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let checklist: Checklist<'_> = document.parse()?;
        if let Some(version) = checklist.version.as_deref().filter(|version| !version.starts_with('1')) {
            let version = text::line(version, 20);
            return Err(ReadError::Version { format: self.title(), version, supported: "1.0" });
        }
        let (target, instance) = (checklist.target(), checklist.instance());
        sink.fact(Place::new(1, "/target_data"), Fact::Asset(target.clone()))?;
        document.each(checklist.stigs, "/stigs", &mut sink, |place, found: Stig<'_>, sink| {
            let benchmark = found.benchmark(&instance);
            document.each(
                found.rules,
                &format!("{}/rules", place.pointer),
                sink,
                |place, rule: Rule, sink| match rule.check(&target.name, &benchmark) {
                    Ok(check) => sink.fact(place, Fact::Check(check)),
                    Err(message) => {
                        sink.problem(place, message);
                        Ok(())
                    }
                },
            )
        })?;
        if sink.facts < 2 {
            return Err(ReadError::Empty { format: self.title(), expected: "rules" });
        }
        let tool = Tool { name: "stig-viewer".to_owned(), version: None };
        Ok(Reading { tool, observed_at: None, targets: vec![target.name], release: None })
    }
}

#[derive(Deserialize)]
struct Checklist<'a> {
    #[serde(default, rename = "cklb_version", deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    target_data: Target,
    #[serde(borrow, default)]
    stigs: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Target {
    #[serde(default, deserialize_with = "lenient::string")]
    host_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    fqdn: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    ip_address: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    web_db_site: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    web_db_instance: Option<String>,
}

impl Checklist<'_> {
    /// The host; a checklist that names none goes by its title.
    fn target(&self) -> AssetFact {
        let data = &self.target_data;
        let names = [&data.host_name, &data.fqdn, &data.ip_address];
        let mut names = names.into_iter().flatten().filter_map(|name| excerpt::said(name));
        let title = || self.title.as_deref().and_then(excerpt::said);
        let name = excerpt::title(names.next().or_else(title).unwrap_or("checklist"));
        let mut asset = AssetFact::default();
        names.filter(|alias| *alias != name).for_each(|alias| excerpt::note(&mut asset.aliases, alias));
        AssetFact { name, ..asset }
    }

    /// The web site or database instance that was checked, empty when it was the host itself.
    fn instance(&self) -> String {
        let parts = [&self.target_data.web_db_site, &self.target_data.web_db_instance];
        let parts: Vec<&str> = parts.into_iter().flatten().filter_map(|part| excerpt::said(part)).collect();
        text::line(&parts.join("/"), 200)
    }
}

#[derive(Deserialize)]
struct Stig<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    stig_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    stig_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    display_name: Option<String>,
    #[serde(borrow, default)]
    rules: Option<&'a RawValue>,
}

impl Stig<'_> {
    fn benchmark(&self, instance: &str) -> String {
        let names = [&self.stig_id, &self.stig_name, &self.display_name];
        let name = names.into_iter().flatten().find_map(|name| excerpt::said(name)).unwrap_or("STIG");
        let name = text::line(stig::benchmark(name), 200);
        if instance.is_empty() { name } else { format!("{name} [{instance}]") }
    }
}

#[derive(Deserialize)]
struct Rule {
    #[serde(default, deserialize_with = "lenient::string")]
    rule_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    rule_id_src: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    group_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    rule_title: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    severity: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    status: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    ccis: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    fix_text: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    finding_details: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    comments: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    overrides: Overrides,
}

#[derive(Default, Deserialize)]
struct Overrides {
    #[serde(default, deserialize_with = "lenient::fitting")]
    severity: Override,
}

#[derive(Default, Deserialize)]
struct Override {
    #[serde(default, deserialize_with = "lenient::string")]
    severity: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    reason: Option<String>,
}

impl Rule {
    fn check(self, target: &str, benchmark: &str) -> Result<CheckFact, String> {
        let ids = [&self.rule_id_src, &self.rule_id, &self.group_id];
        let Some(id) = ids.into_iter().flatten().find_map(|id| excerpt::said(id)) else {
            return Err("a rule has no rule_id; it is left out".to_owned());
        };
        let status = self.status.as_deref().unwrap_or("not_reviewed").trim().to_ascii_lowercase();
        let outcome = match status.replace([' ', '-'], "_").as_str() {
            "not_a_finding" | "notafinding" => Outcome::Pass,
            "open" => Outcome::Fail,
            "not_applicable" => Outcome::NotApplicable,
            "not_reviewed" => Outcome::NotChecked,
            _ => return Err(format!("the status \"{}\" is not known", text::line(&status, 30))),
        };
        let changed = self.overrides.severity.severity.as_deref().and_then(stig::category);
        let reason = self.overrides.severity.reason.filter(|_| changed.is_some());
        let severity = changed.or(self.severity.as_deref().and_then(stig::category));
        let words: Vec<String> =
            [self.finding_details, self.comments, reason].into_iter().flatten().collect();
        let mut controls = Vec::new();
        self.ccis.iter().take(100).for_each(|cci| excerpt::note(&mut controls, cci));
        let rule = text::line(stig::rule(id), 200);
        Ok(CheckFact {
            target: target.to_owned(),
            benchmark: benchmark.to_owned(),
            title: self.rule_title.as_deref().map_or_else(|| rule.clone(), excerpt::title),
            outcome,
            severity: severity.unwrap_or(Severity::Medium),
            controls,
            remedy: self.fix_text.as_deref().and_then(excerpt::detail),
            detail: excerpt::detail(&words.join("\n")),
            rule,
        })
    }
}

#[cfg(test)]
mod tests;
