//! Check results sorted into checklists: one for each target, or for each web site or database instance on it.

use super::subject::{Checked, Subject};
use super::{HandInError, Options};
use std::collections::BTreeMap;
use std::net::IpAddr;
use warrant_model::fact::Outcome;
use warrant_model::hash::key_of;
use warrant_model::level::Severity;

/// A checklist.
pub(super) struct Checklist<'a> {
    /// The target.
    pub(super) target: &'a str,
    /// Other names of it.
    pub(super) aliases: Vec<&'a str>,
    /// The web site or database that was checked; empty when it was the target as such.
    pub(super) site: &'a str,
    /// The instance of it.
    pub(super) instance: &'a str,
    /// Results by benchmark.
    pub(super) stigs: BTreeMap<&'a str, Vec<&'a Checked>>,
}

/// The checklists of a system, or those of one target. Rules that were not selected say nothing and are left out.
pub(super) fn checklists<'a>(
    subject: &Subject<'a>,
    options: &Options<'_>,
) -> Result<Vec<Checklist<'a>>, HandInError> {
    let mut lists: BTreeMap<(&str, &str), Checklist<'_>> = BTreeMap::new();
    for check in subject.checks {
        let fact = &check.fact;
        let wanted = options.target.is_none_or(|target| fact.target.eq_ignore_ascii_case(target.trim()));
        if !wanted || matches!(fact.outcome, Outcome::NotSelected | Outcome::Informational) {
            continue;
        }
        let (benchmark, part) = parts(&fact.benchmark);
        let (site, instance) = part.split_once('/').unwrap_or((part, ""));
        let list = lists.entry((&fact.target, part)).or_insert_with(|| Checklist {
            target: &fact.target,
            aliases: aliases(subject, &fact.target),
            site,
            instance,
            stigs: BTreeMap::new(),
        });
        list.stigs.entry(benchmark).or_default().push(check);
    }
    if lists.is_empty() {
        return Err(HandInError::Nothing(match options.target {
            Some(_) => "check results for that target",
            None => "check results",
        }));
    }
    Ok(lists.into_values().collect())
}

/// A benchmark and, in brackets behind it, the site and instance it was applied to.
fn parts(benchmark: &str) -> (&str, &str) {
    let inside = benchmark.strip_suffix(']').and_then(|rest| rest.rsplit_once(" ["));
    inside.unwrap_or((benchmark, ""))
}

fn aliases<'a>(subject: &Subject<'a>, target: &str) -> Vec<&'a str> {
    let facts = subject.assets.iter().filter(|fact| fact.name == target);
    let names = facts.flat_map(|fact| fact.aliases.iter().map(String::as_str));
    super::subject::distinct(names.filter(|alias| *alias != target))
}

impl Checklist<'_> {
    /// A name for its file.
    pub(super) fn name(&self) -> String {
        let parts = [self.target, self.site, self.instance];
        let named: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
        named.join("_").chars().map(plain).collect::<String>().trim_start_matches('.').to_owned()
    }

    /// Host name, fully qualified name and address, each empty when it is not known.
    pub(super) fn host(&self) -> (&str, &str, &str) {
        let is_address = |name: &str| name.parse::<IpAddr>().is_ok();
        if is_address(self.target) {
            // A reader takes the first of the three for the target's name.
            return ("", "", self.target);
        }
        let alias = |wanted: &dyn Fn(&str) -> bool| self.aliases.iter().copied().find(|name| wanted(name));
        let qualified = alias(&|name| !is_address(name) && name.contains('.')).unwrap_or_default();
        (self.target, qualified, alias(&is_address).unwrap_or_default())
    }
}

/// How a checklist says a result; what nobody could tell was not reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListStatus {
    /// The rule is met.
    NotAFinding,
    /// It is not.
    Open,
    /// It does not apply.
    NotApplicable,
    /// Nobody looked, or nobody could tell.
    NotReviewed,
}

impl ListStatus {
    pub(super) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass | Outcome::Fixed => Self::NotAFinding,
            Outcome::Fail => Self::Open,
            Outcome::NotApplicable => Self::NotApplicable,
            _ => Self::NotReviewed,
        }
    }
}

/// The word of a STIG category: checklists know three.
pub(super) fn category(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low | Severity::None => "low",
    }
}

/// The group of a rule (`V-230221` for `SV-230221`): since the identifiers were renewed in 2020, from 200,000 on, a
/// rule and its group have one number. Empty when it can not be told.
pub(super) fn group(rule: &str) -> String {
    if rule.starts_with("V-") {
        return rule.to_owned();
    }
    let number = rule.strip_prefix("SV-").and_then(|digits| digits.parse::<u32>().ok());
    number.filter(|number| *number >= 200_000).map(|number| format!("V-{number}")).unwrap_or_default()
}

/// A UUID that follows from what it stands for (RFC 9562 §5.8, version 8), so that the same facts give the same file.
pub(super) fn uuid(parts: &[&str]) -> String {
    let key = key_of(parts);
    format!("{}-{}-8{}-a{}-{}", &key[..8], &key[8..12], &key[13..16], &key[17..20], &key[20..])
}

/// What checklists can not say as it is.
pub(super) fn rounded(subject: &Subject<'_>) -> Vec<String> {
    let count =
        |wanted: &dyn Fn(&Checked) -> bool| subject.checks.iter().filter(|check| wanted(check)).count();
    let untold = count(&|check| matches!(check.fact.outcome, Outcome::Error | Outcome::Unknown));
    let others = count(&|check| matches!(check.fact.severity, Severity::Critical | Severity::None));
    let mut notes = Vec::new();
    if untold > 0 {
        notes.push(format!("{untold} results that ended in an error or unknown are given as not reviewed"));
    }
    if others > 0 {
        notes.push(format!("{others} rules of severity critical or informational are given as high or low"));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_only_where_they_follow() {
        assert_eq!(group("SV-230221"), "V-230221");
        assert_eq!(group("V-71849"), "V-71849");
        assert_eq!(group("SV-86473"), "");
        assert_eq!(group("no_empty_passwords"), "");
    }

    #[test]
    fn instances_stand_behind_the_benchmark() {
        assert_eq!(parts("MS_SQL [db1/prod]"), ("MS_SQL", "db1/prod"));
        assert_eq!(parts("RHEL_8_STIG"), ("RHEL_8_STIG", ""));
        assert_eq!(uuid(&["a"]).len(), 36);
    }
}
