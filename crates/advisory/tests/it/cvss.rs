//! Published CVSS vectors.

use crate::corpus;
use warrant_advisory::cvss::{Requirement, Requirements, Vector};
use warrant_model::Severity;

/// The numbers in `(9.3, 8.9, None)` or `7.3`.
fn expected(text: &str) -> Vec<Option<f64>> {
    let inside = text.trim().trim_start_matches('(').trim_end_matches(')');
    inside.split(',').map(|number| number.trim().parse().ok()).collect()
}

#[test]
fn every_vector_scores_as_published() {
    let Some(folder) = corpus::folder("cvss/vectors") else { return };
    let (mut all, mut failed) = (0, Vec::new());
    for path in corpus::files(&folder) {
        let (mut here, before) = (0, failed.len());
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let Some((text, scores)) = line.split_once(" - ") else { continue };
            here += 1;
            let expected = expected(scores);
            match Vector::parse(text) {
                Ok(vector) => {
                    let scores = vector.scores();
                    let right = match expected.as_slice() {
                        [Some(one)] => scores.environmental == *one,
                        three => [scores.base, scores.temporal, scores.environmental]
                            .iter()
                            .zip(three)
                            .all(|(score, expected)| expected.is_none_or(|expected| expected == *score)),
                    };
                    if !right {
                        failed.push(format!("{text}: {scores:?}, expected {expected:?}"));
                    }
                }
                Err(error) => failed.push(error.to_string()),
            }
        }
        let name = path.file_name().unwrap().display().to_string();
        println!("{name:<24} {} of {here} pass", here - (failed.len() - before));
        all += here;
    }
    println!("{all} vectors");
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn the_requirements_of_a_system_move_the_score() {
    let vector = Vector::parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N").unwrap();
    assert_eq!(vector.scores().base, 7.5);
    let low = Requirements {
        confidentiality: Requirement::Low,
        integrity: Requirement::High,
        availability: Requirement::High,
    };
    let high = Requirements { confidentiality: Requirement::High, ..low };
    assert_eq!(vector.with_requirements(low).scores().environmental, 5.7);
    assert_eq!(vector.with_requirements(high).scores().environmental, 9.3);
    assert_eq!(vector.with_requirements(high).scores().severity(), Severity::Critical);
    assert_eq!(vector.with_requirements(low).scores().base, 7.5, "the base score stays");
}

#[test]
fn a_vector_that_is_none_is_refused() {
    for text in ["", "AV:N", "CVSS:3.1/AV:N/AV:N", "CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "high"] {
        assert!(Vector::parse(text).is_err(), "{text}");
    }
}
