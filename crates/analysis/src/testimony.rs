//! Tools that do not agree on a weakness: who is likely right, and why.

use jiff::Timestamp;

/// What one tool says of a weakness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Testimony<'a> {
    /// The tool.
    pub tool: &'a str,
    /// Its newest look at the target.
    pub looked: Timestamp,
    /// What it says.
    pub says: Says,
    /// The version of the package it saw; empty when unknown.
    pub version: &'a str,
}

/// What a tool says of a weakness on a target it looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is there, first seen then.
    There(Timestamp),
    /// It was there and is no longer.
    Gone(Timestamp),
    /// It never reported it, though it reports others of the same package or file.
    NeverHere,
    /// It never named the package or file at all.
    Blind,
}

/// Who is likely right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The tool; `None`: it cannot be told.
    pub likely: Option<String>,
    /// Why, in one sentence.
    pub because: String,
}

/// Weighs what tools say of one weakness. `None`: no tool contradicts another.
pub fn weigh(testimonies: &[Testimony<'_>]) -> Option<Verdict> {
    let there = |one: &&Testimony<'_>| matches!(one.says, Says::There(_));
    let newest = |one: &&Testimony<'_>| one.looked;
    let reporter = testimonies.iter().filter(there).max_by_key(newest)?;
    let Says::There(first) =
        testimonies.iter().filter(there).map(|one| one.says).min_by_key(|says| match says {
            Says::There(at) => *at,
            _ => Timestamp::MAX,
        })?
    else {
        return None;
    };
    // Who has not looked since it was first seen contradicts nobody.
    let contradicts = |one: &&Testimony<'_>| !there(one) && one.looked >= first;
    let denier = testimonies.iter().filter(contradicts).max_by_key(newest)?;
    let (who, other) = (reporter.tool, denier.tool);
    let likely = |tool: &str, because: String| Some(Verdict { likely: Some(tool.to_owned()), because });
    if !reporter.version.is_empty() && !denier.version.is_empty() && reporter.version != denier.version {
        let because = format!(
            "{who} saw version {}, {other} saw {}: they looked at different builds",
            reporter.version, denier.version
        );
        return Some(Verdict { likely: None, because });
    }
    let day = |at: Timestamp| at.strftime("%F").to_string();
    match denier.says {
        Says::Gone(since) if since > reporter.looked => likely(
            other,
            format!(
                "{other} no longer saw it on {}, and {who} has not looked since {}",
                day(since),
                day(reporter.looked)
            ),
        ),
        Says::Gone(since) => likely(
            who,
            format!(
                "{who} still saw it on {}, after {other} had reported it gone on {}",
                day(reporter.looked),
                day(since)
            ),
        ),
        Says::Blind => {
            likely(who, format!("{other} has never named this package or file, so its silence says nothing"))
        }
        _ => Some(Verdict {
            likely: None,
            because: format!(
                "{other} reads the same package or file and does not report it: the two go by different sources; look at what {who} cites"
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(nth: i64) -> Timestamp {
        Timestamp::from_second(nth * 86_400).unwrap()
    }

    fn told(tool: &'static str, looked: i64, says: Says) -> Testimony<'static> {
        Testimony { tool, looked: day(looked), says, version: "1.0" }
    }

    fn likely(testimonies: &[Testimony<'_>]) -> Option<Option<String>> {
        weigh(testimonies).map(|verdict| verdict.likely)
    }

    #[test]
    fn who_looked_last_is_believed_about_what_was_seen_before() {
        let trivy = told("trivy", 3, Says::There(day(1)));
        assert_eq!(
            likely(&[trivy.clone(), told("grype", 5, Says::Gone(day(5)))]),
            Some(Some("grype".into()))
        );
        assert_eq!(
            likely(&[told("trivy", 7, Says::There(day(1))), told("grype", 5, Says::Gone(day(5)))]),
            Some(Some("trivy".into()))
        );
    }

    #[test]
    fn silence_counts_only_of_who_reads_such_things_and_has_looked() {
        let trivy = told("trivy", 3, Says::There(day(2)));
        assert_eq!(likely(&[trivy.clone(), told("grype", 3, Says::Blind)]), Some(Some("trivy".into())));
        assert_eq!(likely(&[trivy.clone(), told("grype", 3, Says::NeverHere)]), Some(None));
        assert_eq!(
            likely(&[trivy.clone(), told("grype", 1, Says::NeverHere)]),
            None,
            "it has not looked since"
        );
    }

    #[test]
    fn different_builds_are_said_and_agreement_is_no_verdict() {
        let trivy = told("trivy", 3, Says::There(day(2)));
        let other = Testimony { version: "1.1", ..told("grype", 4, Says::Gone(day(4))) };
        assert_eq!(likely(&[trivy.clone(), other]), Some(None));
        assert_eq!(likely(&[trivy.clone(), told("grype", 4, Says::There(day(4)))]), None);
        assert_eq!(likely(&[told("grype", 4, Says::Gone(day(4)))]), None);
    }
}
