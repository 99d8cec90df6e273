//! The catalogue as rows: families, baselines, words that must occur.

use crate::list::ListAddress;
use crate::words::say;
use warrant_catalog::index::{Baseline, ControlFacts, Index};
use warrant_catalog::summary::summary;

/// The controls that an address asks for, in catalogue order. The family is left aside when `any` says so.
pub(super) fn controls(address: &ListAddress, family: Family) -> Vec<&'static ControlFacts> {
    let words: Vec<String> = address.get("q").to_lowercase().split_whitespace().map(str::to_owned).collect();
    let (baseline, wanted) = (baseline(address.get("baseline")), address.get("family"));
    let fits = |control: &&ControlFacts| {
        !control.withdrawn
            && (family == Family::Any || wanted.is_empty() || family_of(control) == wanted)
            && baseline.is_none_or(|baseline| control.baselines.contains(baseline))
            && (words.is_empty() || occurs(control, &words))
    };
    Index::embedded().controls().iter().filter(fits).collect()
}

/// Whether the family asked for counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// It does.
    Wanted,
    /// Every family, to count its chip.
    Any,
}

/// The family's identifier: `ac`.
pub(super) fn family_of(control: &ControlFacts) -> &str {
    control.id.split('-').next().unwrap_or_default()
}

/// The baseline of a word in an address.
fn baseline(word: &str) -> Option<Baseline> {
    Baseline::ALL.into_iter().find(|baseline| baseline_word(*baseline) == word)
}

/// The word in an address.
pub(super) fn baseline_word(baseline: Baseline) -> &'static str {
    match baseline {
        Baseline::Low => "low",
        Baseline::Moderate => "moderate",
        Baseline::High => "high",
        Baseline::Privacy => "privacy",
    }
}

/// What people read.
pub(super) fn baseline_title(baseline: Baseline) -> String {
    say(match baseline {
        Baseline::Low => "baseline-low",
        Baseline::Moderate => "baseline-moderate",
        Baseline::High => "baseline-high",
        Baseline::Privacy => "baseline-privacy",
    })
}

/// The baselines that hold a control, in words.
pub(super) fn baselines(control: &ControlFacts) -> String {
    let held = Baseline::ALL.into_iter().filter(|baseline| control.baselines.contains(*baseline));
    held.map(baseline_title).collect::<Vec<_>>().join(", ")
}

fn occurs(control: &ControlFacts, words: &[String]) -> bool {
    let about = summary(&control.id).map(|summary| summary.summary.as_str()).unwrap_or_default();
    let text = format!("{} {} {} {about}", control.id, control.label, control.title).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_found_by_label_title_and_meaning() {
        let one = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            Index::embedded().controls().iter().filter(|control| occurs(control, &words)).count()
        };
        assert_eq!(one(&["ac-2(1)"]), 1);
        assert!(one(&["account", "management"]) >= 1);
        assert_eq!(one(&["account", "xyzzy"]), 0);
    }

    #[test]
    fn the_low_baseline_is_smaller_than_the_high_one() {
        let all = ListAddress::default();
        assert!(controls(&all, Family::Wanted).len() > 1_000);
        assert_eq!(baseline("moderate"), Some(Baseline::Moderate));
        assert_eq!(baseline("secret"), None);
    }
}
