use super::*;
use crate::hand_in::assets::AssetField;
use crate::hand_in::poam::PoamField;
use crate::hand_in::results::ResultField;
use crate::hand_in::written::fields;
use crate::template::folded;
use std::collections::BTreeSet;
use warrant_model::level::Severity;

fn layouts() -> Vec<Layout> {
    WORKBOOKS.iter().map(|(id, _)| layout(id).unwrap().unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn every_file_of_the_folder_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/workbooks");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    assert_eq!(files, WORKBOOKS.iter().map(|(id, _)| (*id).to_owned()).collect());
}

#[test]
fn every_layout_is_whole() {
    for layout in layouts() {
        assert!(!layout.title.is_empty() && !layout.about.is_empty() && !layout.source.is_empty());
        let known = |rows: Rows| match rows {
            Rows::PoamOpen | Rows::PoamClosed | Rows::Poam => fields::<PoamField>(&layout).map(drop),
            Rows::Assets => fields::<AssetField>(&layout).map(drop),
            Rows::Results => fields::<ResultField>(&layout).map(drop),
        };
        for sheet in &layout.sheets {
            known(sheet.rows).unwrap_or_else(|error| panic!("{error}"));
            assert!(!sheet.names.is_empty());
        }
        assert!(jiff::civil::date(2026, 1, 2).strftime(&layout.day_pattern).to_string().contains("2026"));
        assert!(WORKBOOKS.iter().any(|(id, _)| *id == layout.id), "{}", layout.id);
    }
}

#[test]
fn no_two_columns_answer_to_one_name() {
    for layout in layouts() {
        let mut seen = BTreeSet::new();
        for column in &layout.columns {
            for name in std::iter::once(&column.header).chain(&column.aliases) {
                assert!(seen.insert((folded(name), &column.under)), "{}: {name} twice", layout.id);
            }
        }
    }
}

#[test]
fn words_are_allowed_values_and_ours_are_all_known() {
    let severities = Severity::DESCENDING.map(|severity| severity.word());
    let ours = ["yes", "no", "open", "closed", "accepted", "met", "not-applicable"];
    for layout in layouts() {
        for column in &layout.columns {
            let at = format!("{}: {}", layout.id, column.header);
            for (word, theirs) in &column.words {
                assert!(column.values.contains(theirs), "{at}: {theirs} is no allowed value");
                assert!(severities.contains(&word.as_str()) || ours.contains(&word.as_str()), "{at}: {word}");
            }
            assert!(column.words.is_empty() || column.field.is_some(), "{at}: words for nothing");
            let severity = column.field.as_deref().is_some_and(|field| field.ends_with("severity"));
            assert!(
                !severity || ["high", "medium", "low"].iter().all(|w| column.words.contains_key(*w)),
                "{at}"
            );
        }
    }
}

/// How many columns the templates have, counted by others (see the sources in the files).
#[test]
fn templates_have_as_many_columns_as_published() {
    let count = |id: &str| layout(id).unwrap().unwrap().columns.len();
    assert_eq!(count("fedramp-poam"), 31);
    assert_eq!(count("fedramp-inventory"), 25);
    assert_eq!(count("emass-poam"), 21);
    assert_eq!(count("emass-poam-navy"), 26);
    // Of 19, four are the latest results, which eMASS fills.
    assert_eq!(count("emass-test-results"), 15);
}
