//! Validation: the structure of a document, all constraints of its model, and how documents fit together.

mod constraints;
mod structure;

use crate::place::Places;
use crate::problem::{Finding, Problem};
use crate::schema::Level;
use crate::tree::Document;

/// The most problems that are told; what is beyond is counted only.
pub const PROBLEMS: usize = 10_000;

/// Problems in the making.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    /// How many were found beyond [`PROBLEMS`].
    pub(crate) beyond: usize,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.list.len() < PROBLEMS {
            self.list.push(finding);
        } else {
            self.beyond += 1;
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= PROBLEMS
    }

    /// Problems in the order of the document.
    pub(crate) fn settle(mut self, document: &Document) -> Vec<Problem> {
        self.list.sort_by_key(|finding| finding.node);
        let mut places = Places::new(document);
        let mut told: Vec<Problem> =
            self.list.into_iter().map(|finding| problem(document, &mut places, finding)).collect();
        if self.beyond > 0 {
            told.push(Problem {
                level: Level::Note,
                rule: "more-problems".to_owned(),
                place: format!("/{}", document.model()),
                line: 1,
                message: format!("{} more problems were found", self.beyond),
                remedy: "mend these first and validate again".to_owned(),
            });
        }
        told
    }
}

fn problem(document: &Document, places: &mut Places<'_>, finding: Finding) -> Problem {
    Problem {
        level: finding.level,
        rule: finding.rule.to_owned(),
        place: places.of(finding.node),
        line: document.line(document.nodes[finding.node].at),
        message: finding.message,
        remedy: finding.remedy,
    }
}

/// What is wrong with a document by itself, in the order of the document.
pub fn validate(document: &Document) -> Vec<Problem> {
    validate_among(document, &|_, _| None)
}

/// Like [`validate`], with the documents that `doc()` in constraints may ask for.
pub fn validate_among<'a>(
    document: &'a Document,
    documents: &'a (dyn Fn(&Document, &str) -> Option<&'a Document> + 'a),
) -> Vec<Problem> {
    let mut findings = Findings::default();
    for finding in &document.findings {
        findings.push(finding.clone());
    }
    structure::check(document, &mut findings);
    constraints::check(document, documents, &mut findings);
    findings.settle(document)
}
