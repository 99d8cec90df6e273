//! Test procedures of real catalogues, and a matrix over a whole baseline.

use crate::corpus;
use std::collections::BTreeSet;
use warrant_catalog::index::Index;
use warrant_catalog::oscal::Catalog;
use warrant_catalog::trace::{Gap, ProcedureKind, Sources, matrix, procedures};

const HIGH: &str = "nist-800-53/r5.1.1u4/NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json";

#[test]
fn procedures_of_published_catalogues_are_found_and_lead_to_statements() {
    let Some(corpus) = corpus::oscal() else { return };
    for (file, objectives, methods) in [
        (HIGH, 1463, 1056),
        ("nist-800-171r3/NIST_SP800-171_rev3_catalog_2026-05.json", 422, 281),
        ("nist-800-53/draft-53A/NIST_SP-800-53_rev5-800-53A-draft_catalog-min.json", 2724, 2908),
    ] {
        let catalog = Catalog::from_json(&std::fs::read(corpus.join(file)).unwrap()).unwrap();
        let index = Index::from_catalog(&catalog).unwrap();
        let found = procedures(&catalog);
        let objective = found.iter().filter(|p| p.kind == ProcedureKind::Objective).count();
        assert_eq!((objective, found.len() - objective), (objectives, methods), "{file}");
        for procedure in &found {
            let id = &procedure.requirement;
            assert!(index.by_id(id).is_some() || index.statement_by_id(id).is_some(), "{file}: {id}");
        }
        let ids: BTreeSet<&str> = found.iter().map(|p| p.id.as_str()).collect();
        println!("{file}: {} of {} identifiers are distinct", ids.len(), found.len());
    }
}

/// With nothing implemented, every statement of HIGH that 53A determines something about has its rows, all
/// open.
#[test]
fn a_whole_baseline_is_laid_out() {
    let Some(corpus) = corpus::oscal() else { return };
    let catalog = Catalog::from_json(&std::fs::read(corpus.join(HIGH)).unwrap()).unwrap();
    let index = Index::from_catalog(&catalog).unwrap();
    let requirements: Vec<String> = index.all_statements().iter().map(|s| s.id.clone()).collect();
    let procedures = procedures(&catalog);
    let sources = Sources {
        requirements: &requirements,
        implementations: &[],
        procedures: &procedures,
        results: &[],
        evidence: &BTreeSet::new(),
    };
    let matrix = matrix(sources);
    let listed: BTreeSet<&str> = matrix.rows.iter().filter_map(|r| r.procedure.as_deref()).collect();
    assert!(procedures.iter().all(|p| listed.contains(p.id.as_str())));
    assert!(matrix.rows.iter().all(|r| r.gaps[0] == Gap::Implementation && r.gaps.len() == 2));
    assert!(!matrix.rows.iter().any(|r| r.gaps.contains(&Gap::Procedure)));
}
