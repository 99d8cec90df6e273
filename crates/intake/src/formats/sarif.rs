//! SARIF 2.1.0: what static analysis and many other tools report.
//!
//! - A result of kind `fail` is a weakness, at the first of its locations. Other kinds (`pass`, `open`,
//!   `review`, `notApplicable`, `informational`) are check results of their rule.
//! - Severity: the rule's or result's `security-severity` by the CVSS bands, else the level, which the rule's
//!   default configuration and finally `warning` stand in for.
//! - `baselineState` `absent` is a result of an earlier run and is skipped. A result is suppressed when one of
//!   its suppressions is accepted and none is rejected or under review.
//! - The target is the repository under version control, else the folder that the paths are relative to, else
//!   the automation's name, else `source`. A run that failed or did not scan (no `results`) names no target:
//!   nothing may be closed by it. A run with an empty `results` is a clean scan.
//! - What a secret scanner says about a result, and snippets of any tool, never enter a fact.

mod location;
mod model;
mod rules;

use crate::bounded::Bounded;
use crate::json::Document;
use crate::targets::Targets;
use crate::vulnerability::ids;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use location::Locations;
use model::{Log, Outline, Run, SarifResult};
use rules::{Found, Rules};
use warrant_model::fact::{CheckFact, Fact, Outcome, Place, Subject, WeaknessFact};
use warrant_model::level::Severity;

/// The reader.
#[derive(Debug)]
pub struct Sarif;

impl Reader for Sarif {
    fn id(&self) -> &'static str {
        "sarif"
    }

    fn title(&self) -> &'static str {
        "SARIF"
    }

    fn source(&self) -> &'static str {
        "OASIS, Static Analysis Results Interchange Format 2.1.0"
    }

    fn yields(&self) -> &'static str {
        "a weakness for every failing result, a check result for every other kind"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/sarif.sarif"), facts: 4 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let of_a_run = ["tool", "results", "invocations", "artifacts", "originalUriBaseIds", "columnKind"];
        let is_run = || of_a_run.iter().any(|key| sniff.has_keys_at(&["runs"], &[key]));
        let schema = sniff.string("$schema").is_some_and(|schema| schema.contains("sarif"));
        match sniff.has_keys(&["runs"]) {
            true if schema || is_run() => Confidence::Certain,
            true if sniff.string("version").is_some_and(|version| version.starts_with("2.")) => {
                Confidence::Likely
            }
            true => Confidence::No,
            false if schema => Confidence::Likely,
            false => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let log: Log<'_> = document.parse()?;
        if let Some(version) = log.version.as_deref().filter(|version| !version.starts_with("2.1")) {
            let version = text::line(version, 20);
            return Err(ReadError::Version { format: self.title(), version, supported: "2.1.0" });
        }
        let mut reading = Reading::default();
        let mut targets = Targets::default();
        let mut runs = 0_u64;
        document.each(log.runs, "/runs", &mut sink, |place, run: Run<'_>, sink| {
            runs += 1;
            read_run(&document, &place, run, (&mut reading, &mut targets), sink)
        })?;
        if runs == 0 || (targets.is_empty() && sink.facts == 0) {
            return Err(ReadError::Empty { format: self.title(), expected: "runs with results" });
        }
        Ok(Reading { targets: targets.into_names(), ..reading })
    }
}

fn read_run<'a>(
    document: &Document<'a>,
    place: &Place,
    run: Run<'a>,
    (reading, targets): (&mut Reading, &mut Targets),
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let driver = &run.tool.driver;
    let name = driver.name.as_deref().map(text::slug).filter(|name| !name.is_empty());
    let tool = Tool {
        name: name.unwrap_or_else(|| "sarif".to_owned()),
        version: driver.semantic_version.clone().or(driver.version.clone()),
    };
    join(&mut reading.tool, &tool);
    let ends = run.invocations.iter().filter_map(|i| i.end.as_deref().or(i.start.as_deref()));
    reading.observed_at = reading.observed_at.max(ends.filter_map(text::instant).max());

    let target = location::target(&run);
    let Some(results) = run.results else {
        sink.problem(place.clone(), "the run has no results array: the tool did not scan".to_owned());
        return Ok(());
    };
    if run.invocations.iter().any(|invocation| invocation.successful == Some(false)) {
        let message = "the tool reports that it failed; findings it did not repeat stay open".to_owned();
        sink.problem(place.clone(), message);
    } else {
        targets.add(&target);
    }
    let context = Context {
        locations: Locations::of(&run),
        rules: Rules::of(run.tool, run.taxonomies),
        finds_secrets: finds_secrets(&tool.name),
        tool: tool.name,
        target,
    };
    document.each(
        Some(results),
        &format!("{}/results", place.pointer),
        sink,
        |place, result: SarifResult, sink| {
            if context.quotes_secrets(&result) {
                result.quotes().for_each(|text| sink.secret(text));
            }
            match context.fact(&result) {
                Ok(Some(fact)) => sink.fact(place, fact),
                Ok(None) => Ok(()),
                Err(message) => {
                    sink.problem(place, message);
                    Ok(())
                }
            }
        },
    )
}

/// One reading has one tool: the names of several are joined, the version is kept only if there is one tool.
fn join(kept: &mut Tool, tool: &Tool) {
    if kept.name.is_empty() {
        *kept = tool.clone();
    } else if !kept.name.split('+').any(|name| name == tool.name) && kept.name.len() < 200 {
        kept.name = format!("{}+{}", kept.name, tool.name);
        kept.version = None;
    }
}

fn finds_secrets(tool: &str) -> bool {
    ["gitleaks", "trufflehog", "secret", "ggshield", "gitguardian", "whispers", "noseyparker", "kingfisher"]
        .iter()
        .any(|name| tool.contains(name))
}

/// What the results of one run share.
struct Context {
    locations: Locations,
    rules: Rules,
    tool: String,
    target: String,
    finds_secrets: bool,
}

impl Context {
    fn fact(&self, result: &SarifResult) -> Result<Option<Fact>, String> {
        if result.baseline.as_deref() == Some("absent") {
            return Ok(None);
        }
        let found = self.rules.find(result);
        match result.kind.as_deref() {
            None | Some("fail") => {
                self.weakness(result, &found).map(|weakness| Some(Fact::Weakness(weakness)))
            }
            Some(kind) if found.id.is_empty() => {
                Err(format!("a result of kind {} has no rule", text::line(kind, 20)))
            }
            Some(kind) => self.check(kind, result, &found).map(|check| Some(Fact::Check(check))),
        }
    }

    fn weakness(&self, result: &SarifResult, found: &Found<'_>) -> Result<WeaknessFact, String> {
        let message = found.message(&result.message);
        if found.id.is_empty() && message.is_empty() {
            return Err("a result has neither a rule nor a message; it is left out".to_owned());
        }
        let rule = if found.id.is_empty() { excerpt::title(&message) } else { text::line(&found.id, 300) };
        let mut cwes = found.cwes(result);
        let is_secret = self.is_about_secrets(&cwes, found);
        if is_secret && cwes.is_empty() {
            cwes.push(798);
        }
        let titles = [found.title(), (!is_secret).then(|| message.clone()), Some(rule.clone())];
        let title = titles.into_iter().flatten().map(|title| excerpt::title(&title)).find(|t| !t.is_empty());
        // A secret in the open is bad unless the tool says otherwise.
        let unsaid = if is_secret { "error" } else { "warning" };
        let level = result.level.as_deref().or(found.level()).unwrap_or(unsaid);
        let severity = result.properties.security_severity.or(found.security_severity()).map(|s| s as f32);
        Ok(WeaknessFact {
            target: self.target.clone(),
            subject: self.subject(result),
            title: title.unwrap_or_default(),
            severity: severity.map_or_else(|| of_level(level), Severity::from_cvss),
            vulnerabilities: ids(std::iter::once(rule.as_str()).chain(found.tags()).chain(result.tags())),
            cwes,
            cvss_vector: None,
            cvss_score: None,
            exploit: None,
            remedy: found.remedy(result),
            fixed_version: None,
            controls: found.controls(result),
            detail: if is_secret { None } else { excerpt::detail(&message) },
            suppressed: result.is_suppressed(),
            rule,
        })
    }

    fn check(&self, kind: &str, result: &SarifResult, found: &Found<'_>) -> Result<CheckFact, String> {
        let outcome = match kind {
            "pass" => Outcome::Pass,
            "notApplicable" => Outcome::NotApplicable,
            "open" => Outcome::Unknown,
            "review" => Outcome::NotChecked,
            "informational" => Outcome::Informational,
            other => return Err(format!("the result kind \"{}\" is not known", text::line(other, 20))),
        };
        let is_secret = self.is_about_secrets(&found.cwes(result), found);
        let severity = found.security_severity().map(|score| Severity::from_cvss(score as f32));
        let rule = text::line(&found.id, 300);
        Ok(CheckFact {
            target: self.target.clone(),
            benchmark: self.tool.clone(),
            title: found.title().map_or_else(|| rule.clone(), |title| excerpt::title(&title)),
            outcome,
            severity: severity.unwrap_or_else(|| of_level(found.level().unwrap_or("warning"))),
            controls: found.controls(result),
            remedy: found.remedy(result),
            detail: if is_secret { None } else { excerpt::detail(&found.message(&result.message)) },
            rule,
        })
    }

    /// Messages about hard-coded credentials (CWE-259, 321, 798) often quote them.
    fn is_about_secrets(&self, cwes: &[u32], found: &Found<'_>) -> bool {
        let named = found.tags().any(|tag| tag.to_ascii_lowercase().contains("secret"));
        self.finds_secrets || named || cwes.iter().any(|cwe| matches!(cwe, 259 | 321 | 798))
    }

    fn quotes_secrets(&self, result: &SarifResult) -> bool {
        let found = self.rules.find(result);
        self.is_about_secrets(&found.cwes(result), &found)
    }

    fn subject(&self, result: &SarifResult) -> Subject {
        let first = result.locations.first();
        let file = first.and_then(|location| self.locations.path(&location.physical.artifact));
        if let Some(file) = file {
            let line = first.and_then(|location| location.physical.region.line).unwrap_or(0.0);
            return Subject::Code {
                file,
                line: line as u32,
                fingerprint: result.fingerprint().or_else(|| result.flow()),
            };
        }
        let named = first.and_then(|location| location.logical.iter().find_map(Outline::words));
        Subject::Resource { id: named.unwrap_or_else(|| self.target.clone()) }
    }
}

fn of_level(level: &str) -> Severity {
    match level {
        "error" => Severity::High,
        "warning" => Severity::Medium,
        "note" => Severity::Low,
        _ => Severity::None,
    }
}

#[cfg(test)]
mod tests;
