//! FedRAMP's constraint documents: where a rule of FedRAMP is one of OSCAL too, we agree with the name of the file.

use crate::corpus::{self, read};
use std::collections::BTreeSet;
use warrant_oscal::schema::Level;
use warrant_oscal::validate::validate;

/// Files whose INVALID is a rule of OSCAL, with that rule. The other files break rules of FedRAMP alone, such as
/// "a boundary diagram has a caption", which OSCAL does not have.
const SHARED: [(&str, &str); 14] = [
    ("ssp-cloud-service-model-INVALID.xml", "oscal-system-characteristics-prop-cloud-service-model-values"),
    ("ssp-deployment-model-INVALID.xml", "oscal-system-characteristics-prop-cloud-deployment-model-values"),
    ("ssp-data-center-us-INVALID.xml", "oscal-metadata-location-address-country-regex"),
    (
        "ssp-has-authorization-boundary-diagram-link-href-target-INVALID.xml",
        "oscal-diagram-index-back-matter-resource-link-rel",
    ),
    (
        "ssp-has-data-flow-diagram-link-href-target-INVALID.xml",
        "oscal-diagram-index-back-matter-resource-link-rel",
    ),
    (
        "ssp-has-network-architecture-diagram-link-href-target-INVALID.xml",
        "oscal-diagram-index-back-matter-resource-link-rel",
    ),
    (
        "ssp-inventory-item-allows-authenticated-scan-INVALID.xml",
        "oscal-component-inventory-item-allows-authenticated-scan-values",
    ),
    (
        "ssp-leveraged-authorization-nature-of-agreement-INVALID.xml",
        "oscal-system-implementation-component-prop-leveraged-authorization-uuid-index",
    ),
    ("ssp-missing-response-components-INVALID.xml", "oscal-implemented-requirement-by-component-cardinality"),
    (
        "ssp-network-component-has-implementation-point-INVALID-2.xml",
        "oscal-component-prop-implementation-point-values",
    ),
    ("ssp-responsible-party-prepared-by-INVALID.xml", "oscal-index-metadata-party-uuid"),
    ("ssp-role-defined-prepared-by-INVALID.xml", "oscal-index-metadata-party-uuid"),
    (
        "ssp-statement-has-this-system-component-INVALID.xml",
        "oscal-implemented-requirement-by-component-cardinality",
    ),
    ("ssp-user-type-INVALID.xml", "oscal-user-prop-type-values"),
];

/// Files that are VALID for the one rule of FedRAMP they are about and still break rules of OSCAL 1.2.2.
const VALID_ELSEWHERE: [(&str, &[&str], &str); 7] = [
    (
        "ssp-has-authorization-boundary-diagram-link-href-target-VALID-1.xml",
        &["oscal-metadata-responsible-party-index-metadata-role-id"],
        "a responsible party has a role that metadata does not define",
    ),
    (
        "ssp-has-data-flow-diagram-link-href-target-VALID-1.xml",
        &["oscal-metadata-responsible-party-index-metadata-role-id"],
        "a responsible party has a role that metadata does not define",
    ),
    (
        "ssp-import-profile-resolves-to-fedramp-content-VALID-1.xml",
        &["oscal-user-prop-privilege-level-values"],
        "the privilege level read-write is not one of OSCAL's",
    ),
    (
        "ssp-import-profile-resolves-to-fedramp-content-VALID-2.xml",
        &["oscal-user-prop-privilege-level-values"],
        "the privilege level read-write is not one of OSCAL's",
    ),
    (
        "ssp-import-profile-resolves-to-fedramp-content-VALID-3.xml",
        &["oscal-user-prop-privilege-level-values"],
        "the privilege level read-write is not one of OSCAL's",
    ),
    (
        "ssp-responsible-party-prepared-by-location-valid-VALID-1.xml",
        &[
            "oscal-index-metadata-party-organizations-uuid",
            "oscal-metadata-responsible-party-index-metadata-role-id",
        ],
        "a person belongs to an organisation that is not there",
    ),
    (
        "ssp-responsible-party-prepared-for-location-valid-VALID-1.xml",
        &["oscal-metadata-responsible-party-index-metadata-role-id"],
        "a responsible party has a role that metadata does not define",
    ),
];

#[test]
fn names_and_verdicts_agree() {
    let Some(oscal) = corpus::oscal() else { return };
    let (mut files, mut whole) = (0, 0);
    let mut met = 0;
    for path in corpus::files(&oscal.join("fedramp-constraints/content")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let errors: BTreeSet<String> = validate(&read(&path))
            .into_iter()
            .filter(|problem| problem.level == Level::Error)
            .map(|problem| problem.rule)
            .collect();
        if let Some((_, rule)) = SHARED.iter().find(|(file, _)| *file == name) {
            assert!(errors.contains(*rule), "{name} breaks {rule}, and we say {errors:?}");
            met += 1;
        }
        if name.contains("-VALID") {
            // Most documents are the part that one rule is about, so what is missing is no news.
            let told: BTreeSet<&str> =
                errors.iter().map(String::as_str).filter(|rule| *rule != "missing-member").collect();
            let known = VALID_ELSEWHERE.iter().find(|(file, ..)| *file == name);
            let saas = name == "ssp-saas-has-leveraged-authorization-VALID.xml";
            let expected: BTreeSet<&str> = match known {
                Some((_, rules, _)) => rules.iter().copied().collect(),
                None if saas => BTreeSet::from(["oscal-metadata-responsible-party-index-metadata-role-id"]),
                None => BTreeSet::new(),
            };
            assert_eq!(told, expected, "{name}");
            whole += 1;
        }
        files += 1;
    }
    println!(
        "{files} documents of FedRAMP, {whole} of them VALID, {met} INVALID by a rule that OSCAL has too"
    );
    assert_eq!((files, met), (151, SHARED.len()));
}
