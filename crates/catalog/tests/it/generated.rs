//! Generated content equals what the generators write from the corpus.

use crate::corpus;
use crate::xml;
use warrant_catalog::oscal::Catalog;

#[path = "../../examples/generate_cci.rs"]
#[expect(dead_code, reason = "the program's main is not called here")]
mod generate_cci;
#[path = "../../examples/generate_crosswalk.rs"]
#[expect(dead_code, reason = "the program's main is not called here")]
mod generate_crosswalk;
#[path = "../../examples/generate_framework.rs"]
#[expect(dead_code, reason = "the program's main is not called here")]
mod generate_framework;
#[path = "../../examples/generate_index.rs"]
#[expect(dead_code, reason = "the program's main is not called here")]
mod generate_index;
#[path = "../../examples/generate_procedures.rs"]
#[expect(dead_code, reason = "the program's main is not called here")]
mod generate_procedures;

#[test]
fn embedded_index_is_what_the_generator_writes() {
    let Some(corpus) = corpus::oscal() else { return };
    let written = generate_index::generate(&corpus.join("nist-800-53/v1.0.0")).unwrap();
    let embedded = include_str!("../../../../content/catalog/800-53r5.tsv");
    assert!(written == embedded, "run the example generate_index");
}

#[test]
fn embedded_correlation_identifiers_are_what_the_generator_writes() {
    let Some(corpus) = corpus::oscal() else { return };
    let list = std::fs::read_to_string(corpus.join("disa-cci/U_CCI_List_2023-06-07.xml")).unwrap();
    let embedded = include_str!("../../../../content/catalog/cci.tsv");
    assert!(generate_cci::generate(&list).unwrap() == embedded, "run the example generate_cci");
}

#[test]
fn embedded_frameworks_are_what_the_generator_writes() {
    let Some(corpus) = corpus::oscal() else { return };
    for (file, embedded) in [
        (
            "nist-800-171r3/NIST_SP800-171_rev3_catalog_2026-05.json",
            include_str!("../../../../content/catalog/800-171r3.tsv"),
        ),
        (
            "nist-800-172r3/NIST_SP800-172_rev3_catalog_2026-05.json",
            include_str!("../../../../content/catalog/800-172r3.tsv"),
        ),
    ] {
        let catalog = Catalog::from_json(&std::fs::read(corpus.join(file)).unwrap()).unwrap();
        assert!(
            generate_framework::facts(catalog).unwrap() == embedded,
            "run the example generate_framework"
        );
    }
    let csf = std::fs::read_to_string(corpus.join("nist-csf2/NIST_CSF_v2.0_catalog.xml")).unwrap();
    let csf = Catalog::from_json(xml::to_json(&csf).unwrap().to_string().as_bytes()).unwrap();
    let embedded = include_str!("../../../../content/catalog/csf2.tsv");
    assert!(generate_framework::csf(csf).unwrap() == embedded, "run the example generate_csf");
}

#[test]
fn embedded_crosswalks_are_what_the_generator_writes() {
    let Some(corpus) = corpus::oscal() else { return };
    for (file, embedded) in [
        (
            "nist-800-171r3/NIST_SP800-171_rev3_catalog_2026-05.json",
            include_str!("../../../../content/crosswalks/800-171r3-800-53r5.tsv"),
        ),
        (
            "nist-800-172r3/NIST_SP800-172_rev3_catalog_2026-05.json",
            include_str!("../../../../content/crosswalks/800-172r3-800-53r5.tsv"),
        ),
    ] {
        let catalog = Catalog::from_json(&std::fs::read(corpus.join(file)).unwrap()).unwrap();
        assert!(generate_crosswalk::table(&catalog) == embedded, "run the example generate_crosswalk");
    }
}

#[test]
fn embedded_procedures_are_what_the_generator_writes() {
    let Some(corpus) = corpus::oscal() else { return };
    let read = |file: &str| {
        Catalog::from_json(&std::fs::read(corpus.join("nist-800-53").join(file)).unwrap()).unwrap()
    };
    let resolved = |baseline: &str| {
        read(&format!("r5.1.1u4/NIST_SP-800-53_rev5_{baseline}-baseline-resolved-profile_catalog-min.json"))
    };
    let draft = read("draft-53A/NIST_SP-800-53_rev5-800-53A-draft_catalog-min.json");
    let written = generate_procedures::generate([&resolved("HIGH"), &resolved("PRIVACY")], &draft).unwrap();
    let embedded = include_str!("../../../../content/catalog/800-53ar5.tsv");
    assert!(written == embedded, "run the example generate_procedures");
}
