//! FedRAMP's profiles: thousands of real alterations and parameter settings.

use crate::corpus;
use std::collections::BTreeSet;
use warrant_catalog::oscal::{Catalog, Part, Profile, Remove};
use warrant_catalog::resolve::{Limits, MemoryLoader, Warning, join, resolve};

fn parts<'a>(list: &'a [Part], all: &mut Vec<&'a Part>) {
    for part in list {
        all.push(part);
        parts(&part.parts, all);
    }
}

/// NIST's HIGH baseline of release 5.1.1+u4 stands in for the complete catalogue; controls outside it are warned
/// about, and everything that FedRAMP changes on the others must be found in the result.
#[test]
fn every_setting_and_alteration_takes_effect() {
    let Some(corpus) = corpus::oscal() else { return };
    let high = "nist-800-53/r5.1.1u4/NIST_SP-800-53_rev5_HIGH-baseline-resolved-profile_catalog-min.json";
    let high = std::fs::read(corpus.join(high)).unwrap();
    for (level, present) in [("HIGH", 370), ("MODERATE", 290), ("LOW", 150), ("LI-SaaS", 150)] {
        let name = format!("FedRAMP_rev5_{level}-baseline_profile.json");
        let profile =
            Profile::from_json(&std::fs::read(corpus.join("fedramp-rev5").join(&name)).unwrap()).unwrap();
        let mut loader = MemoryLoader::default();
        let resources = profile.back_matter.iter().flat_map(|b| &b.resources);
        for link in resources.flat_map(|r| &r.rlinks).filter(|l| l.href.ends_with("_catalog.json")) {
            loader.insert(join(&name, &link.href), high.clone());
        }
        let resolved = resolve(&profile, &name, &loader, &Limits::default()).unwrap();
        let (mut params, mut props, mut controls) = (Vec::new(), 0, BTreeSet::new());
        let modify = profile.modify.as_ref().unwrap();
        let removes: Vec<(&String, &Remove)> =
            modify.alters.iter().flat_map(|a| a.removes.iter().map(move |r| (&a.control_id, r))).collect();
        let adds = modify.alters.iter().flat_map(|a| &a.adds);
        let added: BTreeSet<&Option<String>> = adds.flat_map(|a| &a.parts).map(|p| &p.id).collect();
        resolved.catalog.for_each_control(&mut |c| {
            controls.insert(c.id.clone());
            params.extend(c.params.iter());
            let mut all = Vec::new();
            parts(&c.parts, &mut all);
            props += all.iter().flat_map(|p| &p.props).filter(|p| p.name == "response-point").count();
            for remove in removes.iter().filter(|(id, _)| **id == c.id).map(|(_, remove)| remove) {
                let left = all.iter().find(|p| {
                    (remove.by_id.is_some() && remove.by_id == p.id)
                        || remove.by_name.as_ref() == Some(&p.name)
                });
                assert!(left.is_none_or(|p| added.contains(&p.id)), "{}: {remove:?}", c.id);
            }
        });
        assert!(controls.len() >= present, "{level}: {}", controls.len());
        let unknown = |w: &&Warning| matches!(w, Warning::UnknownControl { .. });
        let selected: BTreeSet<&String> =
            profile.imports[0].include_controls.iter().flatten().flat_map(|s| &s.with_ids).collect();
        assert_eq!(selected.len(), controls.len() + resolved.warnings.iter().filter(unknown).count());
        for set in &modify.set_parameters {
            for param in params.iter().filter(|p| p.id == set.param_id) {
                assert!(set.constraints.iter().all(|c| param.constraints.contains(c)), "{}", param.id);
            }
        }
        assert_eq!(level == "LI-SaaS", !removes.is_empty());
        assert!(level == "LI-SaaS" || props > 500, "{level}: {props} response points");
        let again = Catalog::from_json(&resolved.catalog.to_json().unwrap()).unwrap();
        assert_eq!(again, resolved.catalog);
    }
}
