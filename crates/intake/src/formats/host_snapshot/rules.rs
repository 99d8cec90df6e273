//! The rules over host settings: data in `content/host-rules.toml`, applied here.

use crate::text;
use serde::Deserialize;
use std::sync::LazyLock;
use warrant_model::fact::{CheckFact, Outcome};
use warrant_model::level::Severity;

/// The benchmark that the rules make up.
pub const BENCHMARK: &str = "warrant-host";

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `warrant-host/…`.
    pub id: String,
    /// `sshd` or `sysctl`.
    pub area: String,
    /// The setting's key, lower case for sshd.
    pub key: String,
    /// What must hold.
    pub expect: Expectation,
    /// The program's value when the key is not set.
    #[serde(default)]
    pub default: Option<String>,
    /// How bad a failure is.
    pub severity: Severity,
    /// NIST SP 800-53 controls.
    pub controls: Vec<String>,
    /// What holds when the rule is met.
    pub title: String,
    /// How to put a failure right.
    pub remedy: String,
}

/// What a value must satisfy: everything that is named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expectation {
    /// The value, without regard to case.
    pub equals: Option<String>,
    /// One of these values.
    pub one_of: Vec<String>,
    /// None of these values.
    pub none_of: Vec<String>,
    /// A whole number not below this.
    pub at_least: Option<i64>,
    /// A whole number not above this.
    pub at_most: Option<i64>,
    /// A comma-separated list without any element like these (`*` is any text).
    pub contains_none: Vec<String>,
    /// A comma-separated list with at least one element like these.
    pub contains_one: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

static BUILT_IN: LazyLock<Result<Vec<Rule>, String>> =
    LazyLock::new(|| parse(include_str!("../../../../../content/host-rules.toml")));

/// The rules that come with the program.
///
/// # Errors
/// Why `content/host-rules.toml` could not be read when the program was built with it.
pub fn built_in() -> Result<&'static [Rule], String> {
    BUILT_IN.as_deref().map_err(|error| error.clone())
}

/// Reads a rule file.
///
/// # Errors
/// What is wrong with it and where.
pub fn parse(text: &str) -> Result<Vec<Rule>, String> {
    toml::from_str::<File>(text).map(|file| file.rule).map_err(|error| format!("host rules: {error}"))
}

impl Rule {
    /// The check result on a host, given whether the rule's area was collected and the value found.
    pub fn apply(&self, host: &str, collected: bool, value: Option<&str>) -> CheckFact {
        let shown = |value: &str| text::line(value, 200);
        let (outcome, detail) = match (collected, value.or(self.default.as_deref())) {
            (false, _) => (Outcome::NotChecked, format!("the snapshot holds no {} settings", self.area)),
            (true, None) => (Outcome::NotChecked, format!("{} was not collected", self.key)),
            (true, Some(used)) => {
                let outcome = self.outcome(used);
                let by_default = if value.is_none() { " by default" } else { "" };
                let wanted = if outcome == Outcome::Fail {
                    format!("; {}", self.expect.words())
                } else {
                    String::new()
                };
                (outcome, format!("{} is \"{}\"{by_default}{wanted}", self.key, shown(used)))
            }
        };
        CheckFact {
            target: host.to_owned(),
            benchmark: BENCHMARK.to_owned(),
            rule: self.id.clone(),
            title: self.title.clone(),
            outcome,
            severity: self.severity,
            controls: self.controls.clone(),
            remedy: Some(self.remedy.clone()),
            detail: Some(detail),
        }
    }

    fn outcome(&self, value: &str) -> Outcome {
        match self.expect.holds(value) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Unknown,
        }
    }
}

impl Expectation {
    /// Whether a value satisfies it; `None` when a number is expected and the value is none.
    pub fn holds(&self, value: &str) -> Option<bool> {
        let value = value.trim();
        let is = |wanted: &String| wanted.eq_ignore_ascii_case(value);
        let number = || value.parse::<i64>().ok();
        let elements = || value.split([',', ' ']).map(str::trim).filter(|element| !element.is_empty());
        let like =
            |patterns: &[String]| elements().any(|element| patterns.iter().any(|p| matches(p, element)));
        let least = self.at_least.map_or(Some(true), |least| number().map(|number| number >= least))?;
        let most = self.at_most.map_or(Some(true), |most| number().map(|number| number <= most))?;
        Some(
            least
                && most
                && self.equals.as_ref().is_none_or(is)
                && (self.one_of.is_empty() || self.one_of.iter().any(is))
                && !self.none_of.iter().any(is)
                && !like(&self.contains_none)
                && (self.contains_one.is_empty() || like(&self.contains_one)),
        )
    }

    /// What is wanted, in words.
    pub fn words(&self) -> String {
        let lists = [
            ("one of", &self.one_of),
            ("none of", &self.none_of),
            ("no element like", &self.contains_none),
            ("an element like", &self.contains_one),
        ];
        let bounds = [("at least", self.at_least), ("at most", self.at_most)];
        let mut parts: Vec<String> = self.equals.iter().map(|value| format!("\"{value}\"")).collect();
        parts.extend(bounds.into_iter().filter_map(|(word, bound)| Some(format!("{word} {}", bound?))));
        parts.extend(
            lists
                .into_iter()
                .filter(|(_, list)| !list.is_empty())
                .map(|(word, list)| format!("{word} {}", list.join(", "))),
        );
        format!("wanted: {}", parts.join(", "))
    }
}

/// Whether a text matches a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_rules_are_sound() {
        let rules = built_in().unwrap();
        let ids: HashSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids.len(), rules.len());
        for rule in rules {
            assert!(rule.id.starts_with(&format!("{BENCHMARK}/{}-", rule.area)), "{}", rule.id);
            assert!(matches!(rule.area.as_str(), "sshd" | "sysctl"), "{}", rule.id);
            assert!(rule.area == "sshd" || rule.default.is_none(), "{}: distributions differ", rule.id);
            assert!(rule.expect.words().len() > "wanted: ".len(), "{} expects nothing", rule.id);
            assert!(
                !rule.controls.is_empty() && !rule.title.is_empty() && !rule.remedy.is_empty(),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn expectations_hold_or_not() {
        let expect = |text: &str| toml::from_str::<Expectation>(text).unwrap();
        assert_eq!(expect("equals = 'no'").holds("NO"), Some(true));
        assert_eq!(expect("at_least = 1\nat_most = 60").holds("0"), Some(false));
        assert_eq!(expect("at_least = 1\nat_most = 60").holds("60"), Some(true));
        assert_eq!(expect("at_most = 60").holds("2m"), None);
        assert_eq!(expect("none_of = ['none']").holds("none"), Some(false));
        assert_eq!(expect("contains_none = ['*-cbc']").holds("aes128-ctr,AES128-CBC"), Some(false));
        assert_eq!(expect("contains_none = ['ssh-rsa']").holds("rsa-sha2-512"), Some(true));
        assert_eq!(expect("contains_one = ['a*c*e']").holds("x,abcde"), Some(true));
        assert_eq!(expect("contains_one = ['a*c*e']").holds("x,abcdef"), Some(false));
    }
}
