//! From a bill of materials to the release it tells of.

use serde::{Deserialize, Serialize};
use warrant_advisory::judge::Component;
use warrant_model::fact::ComponentFact;
use warrant_store::evidence::EvidenceRow;
use warrant_store::releases::ReleaseRow;

/// What a bill lists, as advisories are asked about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parts {
    /// What statements may name as the product: the release, the subject, its package URL.
    pub(crate) product: Vec<String>,
    /// The parts.
    pub(crate) components: Vec<Component>,
}

/// Whether a reader's files are bills of materials.
pub(crate) fn is_bill(format: &str) -> bool {
    format.starts_with("cyclonedx") || format.starts_with("spdx")
}

/// Component and version as somebody named them: `portal 2.5.0`, or `2.5.0` alone for the bill's own subject.
pub(crate) fn named(given: &str, subject: Option<&str>) -> String {
    let given = given.split_whitespace().collect::<Vec<_>>().join(" ");
    match (given.contains(' '), subject) {
        (false, Some(subject)) => format!("{subject} {given}"),
        _ => given,
    }
}

fn name_of(fact: &ComponentFact) -> String {
    match &fact.group {
        Some(group) => format!("{group}/{}", fact.name),
        None => fact.name.clone(),
    }
}

/// The release that an accepted bill is of, with its parts. `None`: it is no bill, names no version, or lists nothing.
pub(crate) fn release_of<'f>(
    evidence: &EvidenceRow,
    facts: impl Iterator<Item = &'f ComponentFact>,
) -> Option<(ReleaseRow, Parts)> {
    let label = evidence.release.as_deref().filter(|_| is_bill(&evidence.format))?;
    let mut parts = Parts::default();
    let (mut target, mut purl, mut own_version) = (None, None, None);
    for fact in facts {
        let name = name_of(fact);
        target.get_or_insert_with(|| fact.target.clone());
        let is_subject = name == fact.target;
        if is_subject {
            purl = purl.or_else(|| fact.purl.clone());
            own_version = own_version.or_else(|| fact.version.clone());
        }
        // The bill's own subject is what its parts are judged for; advisories know it only by a package URL.
        if is_subject && fact.purl.is_none() {
            continue;
        }
        let (purl, version) = (fact.purl.clone(), fact.version.clone());
        parts.components.push(Component { purl, ecosystem: None, name, version });
    }
    let target = target.filter(|_| !parts.components.is_empty())?;
    let by_subject = own_version.as_deref().and_then(|version| {
        let component = label.strip_suffix(version)?.strip_suffix(' ')?;
        Some((component.to_owned(), version.to_owned()))
    });
    let split = || label.rsplit_once(' ').map(|(name, version)| (name.to_owned(), version.to_owned()));
    let (component, version) = by_subject.or_else(split)?;
    parts.product.extend([label.to_owned(), target.clone()]);
    parts.product.extend(purl.clone());
    let row = ReleaseRow {
        system: evidence.system.clone(),
        hash: evidence.hash.clone(),
        component,
        version,
        target,
        purl,
        observed_at: evidence.observed_at,
        parts: parts.components.len() as i64,
    };
    Some((row, parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::hash::ContentHash;

    fn evidence(release: Option<&str>, format: &str) -> EvidenceRow {
        EvidenceRow {
            hash: ContentHash::of(b"bill"),
            system: "sys_1".into(),
            name: "bill.json".into(),
            format: format.into(),
            tool: "syft".into(),
            tool_version: None,
            release: release.map(str::to_owned),
            size: 4,
            observed_at: 7,
            received_at: 8,
            actor: String::new(),
            facts: 2,
            problems: Vec::new(),
            leaf: 0,
        }
    }

    fn fact(name: &str, version: &str, purl: Option<&str>) -> ComponentFact {
        ComponentFact {
            target: "portal".into(),
            name: name.into(),
            version: Some(version.into()),
            purl: purl.map(str::to_owned),
            ..ComponentFact::default()
        }
    }

    #[test]
    fn the_subject_names_the_release_and_is_no_part_unless_it_is_a_package() {
        let facts = [fact("portal", "2.5.0 beta", None), fact("lib", "1", Some("pkg:npm/lib@1"))];
        let (row, parts) =
            release_of(&evidence(Some("portal 2.5.0 beta"), "cyclonedx"), facts.iter()).unwrap();
        assert_eq!((row.component.as_str(), row.version.as_str(), row.parts), ("portal", "2.5.0 beta", 1));
        assert_eq!(parts.product, ["portal 2.5.0 beta", "portal"]);
        let facts = [fact("portal", "2.5.0", Some("pkg:npm/portal@2.5.0")), facts[1].clone()];
        let (row, parts) = release_of(&evidence(Some("Portal site 2.5"), "spdx-json"), facts.iter()).unwrap();
        assert_eq!((row.component.as_str(), row.version.as_str(), row.parts), ("Portal site", "2.5", 2));
        assert_eq!(parts.product[2], "pkg:npm/portal@2.5.0");
    }

    #[test]
    fn what_says_no_version_or_lists_nothing_is_no_release() {
        let lib = [fact("lib", "1", Some("pkg:npm/lib@1"))];
        assert!(release_of(&evidence(None, "cyclonedx"), lib.iter()).is_none());
        assert!(release_of(&evidence(Some("portal 1"), "trivy"), lib.iter()).is_none());
        let alone = [fact("portal", "1", None)];
        assert!(release_of(&evidence(Some("portal 1"), "cyclonedx"), alone.iter()).is_none());
    }

    #[test]
    fn a_version_alone_is_of_the_bills_subject() {
        assert_eq!(named("2.5.0", Some("portal")), "portal 2.5.0");
        assert_eq!(named(" web  2.5.0 ", Some("portal")), "web 2.5.0");
    }
}
