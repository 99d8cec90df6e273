use super::*;
use crate::tailor::Tailoring;
use proptest::prelude::*;

fn decision(target: &str, action: Action) -> Tailoring {
    Tailoring {
        target: target.into(),
        action,
        rationale: "because".into(),
        by: "me".into(),
        at: "2026-01-01".into(),
    }
}

fn set(target: &str, id: &str, value: &str) -> Tailoring {
    decision(target, Action::Parameter { id: id.into(), value: value.into() })
}

fn layer(name: &str, decisions: Vec<Tailoring>) -> Layer {
    Layer { name: name.into(), decisions }
}

#[test]
fn later_layers_build_on_earlier_ones() {
    let index = Index::embedded();
    let layers = [
        layer("Organisation", vec![set("ac-1", "ac-1_prm_4", "every year"), decision("ac-2.1", Action::Add)]),
        layer("Empty", vec![]),
        layer(
            "System",
            vec![decision("ac-2.1", Action::NotApplicable), set("ac-1", "ac-1_prm_4", "every quarter")],
        ),
    ];
    let result = overlay(index, Baseline::Low, &layers).unwrap();
    let added = index.by_id("ac-2.1").unwrap();
    assert!(!result.tailored.contains(added) && result.tailored.not_applicable.contains(&added));
    let decisions = &result.tailored.provenance(added).unwrap().decisions;
    let places: Vec<Place> = decisions.iter().map(|d| result.place(*d)).collect();
    assert_eq!(places, [Place { layer: 0, decision: 1 }, Place { layer: 2, decision: 0 }]);
    let parameter = result.parameters.iter().find(|p| p.id == "ac-1_prm_4").unwrap();
    assert_eq!(parameter.value(), Some("every quarter"));
    assert_eq!(
        parameter.settings[0],
        Setting { place: Place { layer: 0, decision: 0 }, value: "every year".into() }
    );
    assert_eq!(parameter.settings[1].place, Place { layer: 2, decision: 1 });
    let unfilled: Vec<&str> = result.unfilled().take(3).map(|p| p.id.as_str()).collect();
    assert_eq!(unfilled, ["ac-1_prm_1", "ac-1_prm_2", "ac-1_prm_3"]);
    assert_eq!(result.unfilled().count() + 1, result.parameters.len());
}

#[test]
fn errors_name_the_layer() {
    let layers =
        [layer("A", vec![]), layer("B", vec![decision("ac-1", Action::Add), decision("zz-1", Action::Add)])];
    let errors = overlay(Index::embedded(), Baseline::Low, &layers).unwrap_err();
    let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(text[0], "layer \"B\", decision 1: ac-1 is in the baseline already");
    assert!(text[1].starts_with("layer \"B\", decision 2: \"zz-1\" is not in the catalogue"), "{}", text[1]);
}

proptest! {
    /// However decisions are cut into layers, the result is that of all decisions in a row.
    #[test]
    fn layers_are_decisions_in_a_row(
        kinds in prop::collection::vec((0usize..6, 0usize..3), 0..12),
        cuts in prop::collection::vec(0usize..12, 0..4),
    ) {
        let index = Index::embedded();
        let ids = ["ac-1", "ac-2", "ac-2.1", "au-2", "si-4", "zz-9"];
        let actions = [Action::Add, Action::Remove, Action::NotApplicable];
        let decisions: Vec<Tailoring> = kinds
            .iter()
            .map(|(id, action)| decision(ids[*id], actions[*action].clone()))
            .collect();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(decisions.len())).collect();
        cuts.sort_unstable();
        let mut layers = Vec::new();
        let mut start = 0;
        for end in cuts.into_iter().chain([decisions.len()]) {
            layers.push(layer("L", decisions[start..end].to_vec()));
            start = end;
        }
        match (overlay(index, Baseline::Low, &layers), tailor(index, Baseline::Low, &decisions)) {
            (Ok(overlaid), Ok(tailored)) => {
                for (position, decision) in decisions.iter().enumerate() {
                    let place = overlaid.place(position);
                    prop_assert_eq!(&layers[place.layer].decisions[place.decision], decision);
                }
                prop_assert_eq!(overlaid.tailored, tailored);
            }
            (Err(errors), Err(expected)) => {
                let found: Vec<TailorError> = errors.iter().map(|e| e.error.clone()).collect();
                prop_assert_eq!(found, expected);
                for error in &errors {
                    let found = &layers[error.place.layer].decisions[error.place.decision];
                    prop_assert_eq!(found, &decisions[error.error.decision()]);
                }
            }
            (a, b) => return Err(TestCaseError::fail(format!("{a:?} {b:?}"))),
        }
    }
}
