//! Which documents are valid, and by which rules the others fail.

use crate::corpus::{self, read};
use std::collections::{BTreeMap, BTreeSet};
use warrant_oscal::schema::Level;
use warrant_oscal::validate::validate;

/// Invalid documents by the end of their path, each with every rule it breaks.
const INVALID: &[(&str, &[&str])] = &[
    (
        "fedramp-awesome-cloud/awesome-cloud/xml/AwesomeCloudSAR.xml",
        &["oscal-finding-target-status-state-values", "oscal-finding-target-values"],
    ),
    (
        "fedramp-awesome-cloud/awesome-cloud/xml/AwesomeCloudSAR2.xml",
        &["oscal-finding-target-status-state-values", "oscal-finding-target-values"],
    ),
    ("fedramp-awesome-cloud/awesome-cloud/xml/AwesomeCloudSSP1.xml", AWESOME),
    ("fedramp-awesome-cloud/awesome-cloud/xml/AwesomeCloudSSP2.xml", AWESOME),
    (
        "fedramp-awesome-cloud/rev5/examples/ssp/xml/fedramp-ssp-example.oscal.xml",
        &["oscal-system-implementation-validation-index"],
    ),
    (
        "fedramp-rev5/FedRAMP-POAM-OSCAL-Template.json",
        &["oscal-back-matter-resource-prop-name-values", "oscal-index-metadata-party-uuid"],
    ),
    (
        "fedramp-rev5/FedRAMP-SAP-OSCAL-Template.json",
        &[
            "data-type",
            "oscal-assesment-part-objective-cardinality",
            "oscal-assessment-method-cardinality",
            "oscal-assessment-method-id-cardinality",
            "oscal-assessment-objects-cardinality",
            "oscal-back-matter-resource-prop-name-values",
            "oscal-index-metadata-party-uuid",
            "oscal-part-prop-name",
            "oscal-unique-metadata-responsible-party",
        ],
    ),
    (
        "fedramp-rev5/FedRAMP-SAR-OSCAL-Template.json",
        &[
            "data-type",
            "oscal-activity-type-cardinality",
            "oscal-assesment-part-objective-cardinality",
            "oscal-back-matter-resource-prop-name-values",
            "oscal-index-metadata-party-uuid",
            "oscal-part-prop-name",
        ],
    ),
    (
        "fedramp-rev5/FedRAMP-SSP-OSCAL-Template.json",
        &[
            "oscal-back-matter-resource-prop-name-values",
            "oscal-component-prop-name-values",
            "oscal-index-metadata-property-uuid",
            "oscal-system-implementation-component-uuid-index",
            "oscal-system-implementation-validation-index",
        ],
    ),
    // The documents of oscal-cli lack what their model requires: reviewed-controls, results, a group's title, a
    // component's flags, poam-items, imports, and the three large parts of a plan.
    ("oscal-cli-examples/example_ap_invalid.json", MISSING),
    ("oscal-cli-examples/example_ap_invalid.xml", MISSING),
    ("oscal-cli-examples/example_ap_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_ar_invalid.json", MISSING),
    ("oscal-cli-examples/example_ar_invalid.xml", MISSING),
    ("oscal-cli-examples/example_ar_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_catalog_invalid.json", MISSING),
    ("oscal-cli-examples/example_catalog_invalid.xml", MISSING),
    ("oscal-cli-examples/example_catalog_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_component-definition_invalid.json", &["empty-array"]),
    ("oscal-cli-examples/example_component-definition_invalid.xml", MISSING),
    ("oscal-cli-examples/example_component-definition_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_poam_invalid.json", MISSING),
    ("oscal-cli-examples/example_poam_invalid.xml", MISSING),
    ("oscal-cli-examples/example_poam_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_profile_invalid.json", MISSING),
    ("oscal-cli-examples/example_profile_invalid.xml", MISSING),
    ("oscal-cli-examples/example_profile_invalid.yaml", MISSING),
    ("oscal-cli-examples/example_ssp_invalid.json", MISSING),
    ("oscal-cli-examples/example_ssp_invalid.xml", MISSING),
    ("oscal-cli-examples/example_ssp_invalid.yaml", MISSING),
    ("oscal-cli-examples/quietly_failing_ssp.xml", AWESOME),
];

const MISSING: &[&str] = &["missing-member"];

/// A plan that names one user twice, uses one UUID for many by-components, and properties that are not OSCAL's.
const AWESOME: &[&str] = &[
    "oscal-component-prop-name-values",
    "oscal-inventory-item-prop-name-values",
    "oscal-ssp-by-component-uuid-index",
    "oscal-unique-ssp-system-implementation-user",
];

#[test]
fn valid_documents_are_valid_and_invalid_ones_fail_for_their_reason() {
    let Some(oscal) = corpus::oscal() else { return };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let paths = corpus::documents(&oscal);
    for path in &paths {
        let problems = validate(&read(path));
        let errors = problems.into_iter().filter(|problem| problem.level == Level::Error);
        let rules: BTreeSet<String> = errors.map(|problem| problem.rule).collect();
        if !rules.is_empty() {
            let name = path.strip_prefix(&oscal).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(name, rules);
        }
    }
    let expected: BTreeMap<String, BTreeSet<String>> = INVALID
        .iter()
        .map(|(name, rules)| ((*name).to_owned(), rules.iter().map(|rule| (*rule).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected, "{found:#?}");
    println!("{} documents: {} valid, {} invalid", paths.len(), paths.len() - found.len(), found.len());
}
