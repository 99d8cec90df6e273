//! Catalogues other than 800-53 give an index of the same kind.

use crate::corpus;
use warrant_catalog::index::Index;
use warrant_catalog::oscal::Catalog;

#[test]
fn any_published_catalogue_is_indexed() {
    let Some(corpus) = corpus::oscal() else { return };
    for (file, controls, some_id) in [
        ("nist-800-171r3/NIST_SP800-171_rev3_catalog_2026-05.json", 130, "SP_800_171_03.01.01"),
        ("nist-800-53/draft-53A/NIST_SP-800-53_rev5-800-53A-draft_catalog-min.json", 1189, "ac-2.1"),
        ("oscal-examples/catalog/json/basic-catalog.json", 4, "s1.1.1"),
    ] {
        let catalog = Catalog::from_json(&std::fs::read(corpus.join(file)).unwrap()).unwrap();
        let index = Index::from_catalog(&catalog).unwrap();
        assert_eq!(index.controls().len(), controls, "{file}");
        let no = index.by_id(some_id).unwrap_or_else(|| panic!("{file}: {:?}", index.controls()[0]));
        let control = index.control(no).unwrap();
        assert_eq!(index.find(&control.label), Some(no), "{file}");
        let again = Index::from_facts(&index.to_facts()).unwrap();
        let ids = |i: &Index| i.controls().iter().map(|c| (c.id.clone(), c.parent)).collect::<Vec<_>>();
        assert_eq!(ids(&again), ids(&index), "{file}");
    }
}
