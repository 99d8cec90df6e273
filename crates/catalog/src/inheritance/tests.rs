use super::*;
use proptest::prelude::*;

fn inherits(landscape: &mut Landscape, system: &str, provider: &str) {
    landscape.states(system, "ac-2", Stance::InheritedFrom(provider.into()));
}

#[test]
fn chains_are_followed_to_whoever_does_it() {
    let mut landscape = Landscape::default();
    inherits(&mut landscape, "portal", "platform");
    landscape.offers("platform", "ac-2", Responsibility::Provider);
    inherits(&mut landscape, "platform", "cloud");
    landscape.offers("cloud", "ac-2", Responsibility::Shared);
    landscape.states("cloud", "ac-2", Stance::Own);
    let answer = landscape.answer("portal", "ac-2_smt.a");
    assert_eq!(answer.chain, ["portal", "platform", "cloud"]);
    assert_eq!(answer.done_by, ["cloud"]);
    let holes: Vec<String> = answer.holes.iter().map(ToString::to_string).collect();
    assert_eq!(holes, ["cloud does only a part of ac-2_smt.a; platform must do and state the rest"]);
    landscape.states("platform", "ac-2_smt.a", Stance::SharedWith("cloud".into()));
    let answer = landscape.answer("portal", "ac-2_smt.a");
    assert_eq!((answer.done_by, answer.holes), (vec!["platform".to_owned(), "cloud".to_owned()], vec![]));
}

#[test]
fn every_hole_is_named() {
    let mut landscape = Landscape::default();
    landscape.system("empty");
    for (system, stance) in [
        ("part", Stance::OwnPart),
        ("unknown", Stance::InheritedFrom("nobody".into())),
        ("unoffered", Stance::InheritedFrom("empty".into())),
        ("left", Stance::InheritedFrom("cloud".into())),
        ("left-part", Stance::SharedWith("cloud".into())),
        ("round", Stance::InheritedFrom("other".into())),
        ("other", Stance::InheritedFrom("round".into())),
        ("hollow", Stance::InheritedFrom("silent".into())),
    ] {
        landscape.states(system, "ac-2", stance);
    }
    landscape.offers("cloud", "ac-2", Responsibility::Customer);
    for provider in ["round", "other", "silent"] {
        landscape.offers(provider, "ac-2", Responsibility::Provider);
    }
    for (system, hole) in [
        ("empty", "empty says nothing about ac-2"),
        ("nowhere", "nowhere says nothing about ac-2"),
        ("part", "part does a part of ac-2; nobody does the rest"),
        ("unknown", "unknown inherits ac-2 from nobody, which is not known"),
        ("unoffered", "unoffered inherits ac-2 from empty, which does not offer it"),
        ("left", "cloud leaves ac-2 to its customers, and left does not do it"),
        ("left-part", "left-part does a part of ac-2; nobody does the rest"),
        ("round", "ac-2 is inherited in a circle: round → other → round"),
        ("hollow", "silent says nothing about ac-2"),
    ] {
        let holes: Vec<String> =
            landscape.answer(system, "ac-2").holes.iter().map(ToString::to_string).collect();
        assert_eq!(holes, [hole]);
    }
}

#[test]
fn the_nearest_word_holds() {
    let mut landscape = Landscape::default();
    landscape.states("s", "ac-2", Stance::Own);
    landscape.states("s", "ac-2_smt.d", Stance::OwnPart);
    assert!(landscape.answer("s", "ac-2_smt.a").holes.is_empty());
    assert!(!landscape.answer("s", "ac-2_smt.d.1").holes.is_empty());
    assert!(landscape.answer("s", "ac-2_smt").holes.is_empty());
    assert!(!landscape.answer("s", "ac-20_smt").holes.is_empty());
    assert_eq!(landscape.answers("s", ["ac-2_smt.a", "ac-3"]).len(), 2);
}

#[test]
fn long_chains_end() {
    let mut landscape = Landscape::default();
    for n in 0..100 {
        inherits(&mut landscape, &format!("s{n}"), &format!("s{}", n + 1));
        landscape.offers(&format!("s{}", n + 1), "ac-2", Responsibility::Provider);
    }
    let answer = landscape.answer("s0", "ac-2");
    assert!(matches!(answer.holes.as_slice(), [Hole::TooLong { .. }]));
}

proptest! {
    /// Without hole, the last of the chain does it itself, and everybody before it was offered what it takes.
    #[test]
    fn an_answer_without_hole_ends_at_a_doer(
        stances in prop::collection::vec((0usize..4, 0usize..5), 5),
        offers in prop::collection::vec(prop::option::of(0usize..3), 5),
    ) {
        let mut landscape = Landscape::default();
        for (at, ((kind, provider), offer)) in stances.iter().zip(&offers).enumerate() {
            let provider = provider.to_string();
            let stance = match kind {
                0 => Stance::Own,
                1 => Stance::OwnPart,
                2 => Stance::InheritedFrom(provider),
                _ => Stance::SharedWith(provider),
            };
            landscape.states(&at.to_string(), "x-1", stance);
            if let Some(offer) = offer {
                let all = [Responsibility::Provider, Responsibility::Customer, Responsibility::Shared];
                landscape.offers(&at.to_string(), "x-1", all[*offer]);
            }
        }
        for system in 0..5usize {
            let answer = landscape.answer(&system.to_string(), "x-1");
            let at = |s: &str| s.parse::<usize>().unwrap();
            prop_assert_eq!(at(&answer.chain[0]), system);
            prop_assert!(answer.chain.len() <= 5);
            let last = at(answer.chain.last().unwrap());
            if answer.holes.is_empty() {
                prop_assert_eq!(stances[last].0, 0);
                prop_assert_eq!(answer.done_by.last().map(|s| at(s)), Some(last));
                for provider in &answer.chain[1..] {
                    prop_assert!(matches!(offers[at(provider)], Some(0 | 2)));
                }
            }
        }
    }
}
