//! From records to facts.

use super::definition::Definition;
use super::expression::Expression;
use super::rules::{AssetRule, CheckRule, ComponentRule, ProblemRule, Selection, ServiceRule, WeaknessRule};
use super::scope::Scope;
use super::words;
use crate::targets::Targets;
use crate::tree::NodeId;
use crate::vulnerability::{Rating, best, cwes, headline, nearest_fix};
use crate::{ReadError, Sink, excerpt, secret, text, vulnerability};
use warrant_model::fact::{
    AssetFact, CheckFact, ComponentFact, Fact, Outcome, Place, ServiceFact, Subject, WeaknessFact, flow_print,
};
use warrant_model::level::Severity;

/// The longest text of a name, path or address in a fact, in characters.
const NAME: usize = 500;

/// Makes the facts of one document.
pub(super) struct Facts<'m, 't> {
    /// The mapping.
    pub(super) definition: &'m Definition,
    /// What is looked at.
    pub(super) scope: &'t Scope<'t>,
    /// Under which secrets are hashed.
    pub(super) key: Option<[u8; 32]>,
    /// All that was looked at.
    pub(super) targets: Targets,
    /// Secrets of the record at hand.
    pub(super) secrets: Vec<String>,
}

impl Facts<'_, '_> {
    /// Hands all facts to `sink`: rule by rule, in the order of the document.
    ///
    /// # Errors
    /// What `sink` returns, and [`ReadError::Limit`] when the document makes too much work.
    pub(super) fn emit(&mut self, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let definition = self.definition;
        definition.asset.iter().try_for_each(|rule| self.each(rule, sink, Self::asset))?;
        definition.component.iter().try_for_each(|rule| self.each(rule, sink, Self::component))?;
        definition.service.iter().try_for_each(|rule| self.each(rule, sink, Self::service))?;
        definition.weakness.iter().try_for_each(|rule| self.each(rule, sink, Self::weakness))?;
        definition.check.iter().try_for_each(|rule| self.each(rule, sink, Self::check))?;
        definition.problem.iter().try_for_each(|rule| self.each(rule, sink, Self::problem))
    }

    fn each<R: Selection>(
        &mut self,
        rule: &R,
        sink: &mut dyn Sink,
        make: impl Fn(&mut Self, &R, NodeId) -> Result<Option<Fact>, String>,
    ) -> Result<(), ReadError> {
        let scope = self.scope;
        for path in rule.each().iter() {
            for record in path.records(scope, NodeId::ROOT) {
                scope.check(record)?;
                if !rule.when().all(scope, record) || rule.skip().any(scope, record) {
                    continue;
                }
                let place = Place::new(scope.tree.line(record), scope.tree.pointer(record));
                let made = make(self, rule, record);
                self.secrets.drain(..).for_each(|secret| sink.secret(&secret));
                match made {
                    Ok(Some(fact)) => sink.fact(place, fact)?,
                    Ok(None) => {}
                    Err(message) => sink.problem(place, message),
                }
            }
        }
        Ok(())
    }

    fn target(&mut self, own: &Expression, record: NodeId) -> String {
        let whole = || self.definition.target.first(self.scope, NodeId::ROOT);
        let target = own.first(self.scope, record).or_else(whole);
        let target = target.map_or_else(|| "source".to_owned(), |target| text::line(&target, NAME));
        self.targets.add(&target);
        target
    }

    fn one(&self, from: &Expression, record: NodeId) -> Option<String> {
        from.first(self.scope, record).map(|value| text::line(&value, NAME))
    }

    fn words(&self, from: &Expression, record: NodeId) -> Option<String> {
        excerpt::detail(&from.texts(self.scope, record).join("\n"))
    }

    fn weakness(&mut self, rule: &WeaknessRule, record: NodeId) -> Result<Option<Fact>, String> {
        let scope = self.scope;
        let secrets = rule.secret.candidates(scope, record);
        self.secrets.extend_from_slice(&secrets);
        let clean = |text: String| secrets.iter().fold(text, |text, secret| secret::without(&text, secret));
        let detail = self.words(&rule.detail, record).map(clean);
        let id = self.one(&rule.rule, record).map(clean);
        let title = rule.title.first(scope, record).map(clean).filter(|title| excerpt::said(title).is_some());
        let Some(name) = id.clone().or_else(|| title.clone()) else {
            return Err("the record has neither a rule nor a title; it is left out".to_owned());
        };
        let ids = found_ids(&rule.vulnerabilities.all(scope, record));
        let rating = self.rating(rule, record);
        let severity = rule.severity.candidates(scope, record).iter().find_map(|word| words::severity(word));
        let title = title
            .map(|title| excerpt::title(&title))
            .or_else(|| detail.as_deref().map(headline).filter(|title| !title.is_empty()))
            .unwrap_or_else(|| name.clone());
        let subject = self.subject(rule, record, &secrets);
        let installed = match &subject {
            Subject::Package { version, .. } => version.clone(),
            _ => String::new(),
        };
        let fixes = rule.fixed.candidates(scope, record);
        let remedy = self.words(&rule.remedy, record).map(clean);
        let told = secrets.first().map(|secret| format!("Secret: {}", secret::redacted(secret)));
        let exploit = rule.exploit.any(scope, record);
        Ok(Some(Fact::Weakness(WeaknessFact {
            target: self.target(&rule.target, record),
            subject,
            rule: name,
            title,
            severity: severity.or(rating.severity()).unwrap_or(Severity::None),
            vulnerabilities: ids,
            cwes: cwes(rule.cwes.all(scope, record).iter().flat_map(|text| cwe_parts(text))),
            cvss_vector: rating.vector,
            cvss_score: rating.score,
            exploit: exploit.then_some(true),
            remedy,
            fixed_version: nearest_fix(&installed, fixes.iter().map(String::as_str))
                .map(|fix| text::line(&fix, NAME)),
            controls: rule.controls.all(scope, record).iter().map(|one| text::line(one, 100)).collect(),
            detail: match (detail, told) {
                (Some(detail), Some(told)) => excerpt::detail(&format!("{told}\n{detail}")),
                (detail, told) => detail.or(told),
            },
            suppressed: rule.suppressed.any(scope, record),
        })))
    }

    fn rating(&self, rule: &WeaknessRule, record: NodeId) -> Rating {
        let vectors = rule.vector.candidates(self.scope, record);
        let vectors = vectors.iter().map(|vector| Rating::new("", Some(bare(vector)), None, None));
        let mut kept = best(vectors.collect());
        let scores = rule.score.candidates(self.scope, record);
        let score = scores.iter().find_map(|score| {
            score
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|score| (0.0..=10.0).contains(score))
                .map(|score| score as f32)
        });
        kept.score = kept.score.or(score);
        kept
    }

    fn subject(&self, rule: &WeaknessRule, record: NodeId, secrets: &[String]) -> Subject {
        let one = |from: &Expression| {
            let value = self.one(from, record)?;
            Some(secrets.iter().fold(value, |value, secret| secret::without(&value, secret)))
        };
        let (package, purl) = (one(&rule.package), one(&rule.purl));
        if package.is_some() || purl.is_some() {
            let purl = purl.unwrap_or_default();
            return Subject::Package {
                name: package.unwrap_or_else(|| purl_name(&purl)),
                version: one(&rule.installed).unwrap_or_default(),
                location: one(&rule.location).unwrap_or_default(),
                purl,
            };
        }
        if let Some(file) = one(&rule.file) {
            let hashed = self.key.as_ref().zip(secrets.first());
            return Subject::Code {
                file,
                line: one(&rule.line).as_deref().and_then(number).unwrap_or(0),
                fingerprint: hashed
                    .map(|(key, secret)| secret::fingerprint(key, secret))
                    .or_else(|| one(&rule.fingerprint))
                    .or_else(|| flow_print(rule.flow.all(self.scope, record).iter().map(String::as_str))),
            };
        }
        if let Some(id) = one(&rule.resource) {
            return Subject::Resource { id };
        }
        let port = one(&rule.port).as_deref().and_then(number).and_then(|port| u16::try_from(port).ok());
        let port = port.unwrap_or(0);
        let protocol = one(&rule.protocol).map_or_else(String::new, |protocol| protocol.to_lowercase());
        Subject::Host { port, protocol: if port == 0 { String::new() } else { protocol } }
    }

    fn check(&mut self, rule: &CheckRule, record: NodeId) -> Result<Option<Fact>, String> {
        let scope = self.scope;
        let title = rule.title.first(scope, record);
        let Some(id) = self.one(&rule.rule, record).or_else(|| title.clone()) else {
            return Err("the record names no rule; it is left out".to_owned());
        };
        let said = rule.outcome.first(scope, record).unwrap_or_default();
        let severity = rule.severity.candidates(scope, record).iter().find_map(|word| words::severity(word));
        Ok(Some(Fact::Check(CheckFact {
            target: self.target(&rule.target, record),
            benchmark: self.one(&rule.benchmark, record).unwrap_or_else(|| self.definition.id.clone()),
            title: title.map_or_else(|| id.clone(), |title| excerpt::title(&title)),
            rule: id,
            outcome: words::outcome(&said).unwrap_or(Outcome::Unknown),
            severity: severity.unwrap_or(Severity::Medium),
            controls: rule.controls.all(scope, record).iter().map(|one| text::line(one, 100)).collect(),
            remedy: self.words(&rule.remedy, record),
            detail: self.words(&rule.detail, record),
        })))
    }

    fn component(&mut self, rule: &ComponentRule, record: NodeId) -> Result<Option<Fact>, String> {
        let one = |from: &Expression| self.one(from, record);
        let (name, purl) = (one(&rule.name), one(&rule.purl));
        let Some(name) = name.or_else(|| purl.as_deref().map(purl_name)) else {
            return Err("the record names no component; it is left out".to_owned());
        };
        let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let fact = ComponentFact {
            target: String::new(),
            purl,
            cpe: one(&rule.cpe),
            group: one(&rule.group),
            name,
            version: one(&rule.version),
            supplier: one(&rule.supplier),
            licenses: rule.licenses.all(self.scope, record).iter().map(|one| text::line(one, NAME)).collect(),
            class: one(&rule.class),
            sha256: one(&rule.sha256).map(|hash| hash.to_lowercase()).filter(is_hash),
        };
        Ok(Some(Fact::Component(ComponentFact { target: self.target(&rule.target, record), ..fact })))
    }

    fn asset(&mut self, rule: &AssetRule, record: NodeId) -> Result<Option<Fact>, String> {
        let name = self.one(&rule.name, record);
        let name = name.or_else(|| self.definition.target.first(self.scope, NodeId::ROOT));
        let Some(name) = name.map(|name| text::line(&name, NAME)) else {
            return Err("the record names no host; it is left out".to_owned());
        };
        self.targets.add(&name);
        let mut aliases: Vec<String> =
            rule.aliases.all(self.scope, record).iter().map(|one| text::line(one, NAME)).collect();
        aliases.retain(|alias| *alias != name);
        Ok(Some(Fact::Asset(AssetFact {
            aliases,
            platform: self.one(&rule.platform, record),
            authenticated: (!rule.authenticated.is_empty())
                .then(|| rule.authenticated.any(self.scope, record)),
            name,
        })))
    }

    fn service(&mut self, rule: &ServiceRule, record: NodeId) -> Result<Option<Fact>, String> {
        let port = self.one(&rule.port, record);
        let port = port.as_deref().and_then(number).and_then(|port| u16::try_from(port).ok());
        let Some(port) = port.filter(|port| *port > 0) else {
            return Err("the record names no port; it is left out".to_owned());
        };
        let protocol = self.one(&rule.protocol, record).unwrap_or_else(|| "tcp".to_owned());
        Ok(Some(Fact::Service(ServiceFact {
            port,
            protocol: protocol.to_lowercase(),
            name: self.one(&rule.name, record).unwrap_or_default(),
            product: self.one(&rule.product, record),
            tls: rule.tls.any(self.scope, record).then_some(true),
            target: self.target(&rule.target, record),
        })))
    }

    fn problem(&mut self, rule: &ProblemRule, record: NodeId) -> Result<Option<Fact>, String> {
        match rule.message.first(self.scope, record) {
            Some(message) => Err(text::line(&message, NAME)),
            None => Ok(None),
        }
    }
}

/// All vulnerability ids in some texts.
fn found_ids(texts: &[String]) -> Vec<String> {
    let apart = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '|' | '(' | ')' | '[' | ']' | '"' | '\'' | '/' | '=')
    };
    let words = texts.iter().flat_map(|text| text.split(apart));
    let words = words.map(|word| word.trim_end_matches(['.', ':']));
    let upper: Vec<String> = words
        .map(|word| match word.get(..4) {
            Some(start) if start.eq_ignore_ascii_case("cve-") => word.to_ascii_uppercase(),
            _ => word.to_owned(),
        })
        .collect();
    vulnerability::ids(upper.iter().map(String::as_str))
}

/// The parts of a text that may each hold a CWE number; the text itself when it is one number.
fn cwe_parts(text: &str) -> Vec<&str> {
    text.split([',', ';', '|', '\n', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A vector without brackets and words around it.
fn bare(vector: &str) -> &str {
    let vector = vector.trim().trim_matches(['(', ')', '[', ']', '"']);
    vector.find("AV:").map_or(vector, |at| {
        let start = vector[..at].rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |space| space + 1);
        let rest = &vector[start..];
        rest.split(|c: char| c.is_whitespace() || c == ')').next().unwrap_or(rest)
    })
}

/// The number at the start of a text, letters before it passed over: `35-41`, `L12`, `443/tcp`.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// The name in a package URL.
fn purl_name(purl: &str) -> String {
    let bare = purl.split(['?', '#']).next().unwrap_or(purl);
    let bare = bare.rsplit_once('@').map_or(bare, |(name, _)| name);
    bare.rsplit('/').next().unwrap_or(bare).to_owned()
}
