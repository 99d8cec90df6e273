//! Every language has words for every kind, field, choice, state and step that there is, and for no other.

use super::*;
use crate::language::{ENGLISH, LANGUAGES, Language, speaking};
use std::collections::BTreeSet;
use warrant_model::field::FieldType;
use warrant_model::registry::{KindEntry, Registry};

/// What begins the names of messages that English has no file for.
pub(crate) const OF_KINDS: [&str; 5] = ["kind-", "field-", "choice-", "stage-", "step-"];

fn others() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.into_iter().filter(|language| *language != &ENGLISH)
}

/// The names of messages that have words of kinds, with their parts.
fn written(language: &Language) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut name = String::new();
    for line in language.words.lines() {
        let Some((head, text)) = line.split_once('=') else { continue };
        if let Some(part) = head.trim().strip_prefix('.') {
            found.insert((name.clone(), part.trim().to_owned()));
        } else if !line.starts_with([' ', '#']) {
            name = head.trim().to_owned();
            if !text.trim().is_empty() {
                found.insert((name.clone(), String::new()));
            }
        }
    }
    found.retain(|(name, _)| OF_KINDS.iter().any(|start| name.starts_with(start)));
    found
}

/// What a kind asks words for: names of which the first that is written counts, and the part.
fn asked(kind: &KindEntry) -> Vec<(Vec<String>, &'static str)> {
    fn of_fields(of: &str, fields: &[Field], asked: &mut Vec<(Vec<String>, &'static str)>) {
        for field in fields {
            asked.push((names_of_field(of, &field.name).to_vec(), ""));
            asked.push((names_of_field(of, &field.name).to_vec(), "help"));
            match &field.value {
                FieldType::Choice(words) | FieldType::Choices(words) => {
                    asked.extend(words.iter().map(|word| {
                        (vec![format!("choice-{}-{word}", field.name), format!("choice-{word}")], "")
                    }));
                }
                FieldType::Rows(fields) => of_fields(&within(of, &field.name), fields, asked),
                _ => {}
            }
        }
    }
    let name = kind.spec.name;
    let mut asked: Vec<_> =
        ["", "several", "about"].map(|part| (vec![format!("kind-{name}")], part)).to_vec();
    of_fields(name, &kind.fields, &mut asked);
    if let Some(workflow) = kind.spec.workflow {
        let either =
            |start: &str, word: &str| vec![format!("{start}-{name}-{word}"), format!("{start}-{word}")];
        asked.extend(workflow.states.iter().map(|state| (either("stage", state.name), "")));
        asked.extend(workflow.transitions.iter().map(|step| (either("step", &slug(step.verb)), "")));
    }
    asked
}

#[test]
fn every_kind_field_and_choice_has_words_in_every_language() {
    let registry = Registry::standard();
    for language in others() {
        let written = written(language);
        let mut said = BTreeSet::new();
        let mut missing = BTreeSet::new();
        for (names, part) in registry.kinds().flat_map(asked) {
            let mut known = names.iter().map(|name| (name.clone(), part.to_owned()));
            match known.find(|name| written.contains(name)) {
                Some(name) => drop(said.insert(name)),
                None => drop(missing.insert((names.last().cloned(), part))),
            }
        }
        assert!(missing.is_empty(), "{} has no words for {missing:?}", language.tag);
        let unused: Vec<_> = written.difference(&said).collect();
        assert!(unused.is_empty(), "{}: no kind asks for {unused:?}", language.tag);
    }
}

#[test]
fn english_is_what_the_kinds_say() {
    assert!(written(&ENGLISH).is_empty());
    let registry = Registry::standard();
    let kind = registry.kind("poam_item").unwrap();
    let due = kind.field("due").unwrap();
    let said = || {
        let step = kind.spec.workflow.unwrap().transitions[0].verb;
        [
            one(&kind.spec).into_owned(),
            label("poam_item", due).into_owned(),
            choice("severity", "high"),
            choice("exposure", "not-applicable"),
            stage_named(&kind.spec, "validating"),
            step_named(step),
        ]
    };
    fn step_named(verb: &'static str) -> String {
        step("poam_item", verb).into_owned()
    }
    assert_eq!(said(), ["POA&M item", "Due", "High", "Not applicable", "Awaiting validation", "Plan"]);
    let french = LANGUAGES.into_iter().find(|language| language.tag == "fr").unwrap();
    let expected = ["Action du plan (POA&M)", "Échéance", "Élevée", "Sans objet", "À valider", "Planifier"];
    assert_eq!(speaking(french, said), expected);
}
