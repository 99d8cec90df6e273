//! Traceability: from each requirement to how it is met, how that is tested, what came out and what proves it.
//!
//! Source: SP 800-53Ar5 §3.2; SP 800-160v1r1 (traceability).

use crate::kinds::{AssessmentMethod, AssessmentResult};
use crate::posture::{Source, Status};
use crate::snapshot::EvidenceMeta;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// What a requirement lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hole {
    /// Nobody says how it is met.
    Implementation,
    /// Nothing is published that tests it.
    Procedure,
    /// It was not tested.
    Result,
    /// It was tested, and no result rests on a file.
    Evidence,
    /// A result names a file that is not there.
    MissingEvidence,
    /// Every result is older than it may be.
    Stale,
}

impl Hole {
    /// All of them, in the order of the chain.
    pub const ALL: [Self; 6] = [
        Self::Implementation,
        Self::Procedure,
        Self::Result,
        Self::Evidence,
        Self::MissingEvidence,
        Self::Stale,
    ];

    /// The word stored and shown in filters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Implementation => "implementation",
            Self::Procedure => "procedure",
            Self::Result => "result",
            Self::Evidence => "evidence",
            Self::MissingEvidence => "missing-evidence",
            Self::Stale => "stale",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Implementation => "No implementation",
            Self::Procedure => "No procedure",
            Self::Result => "No result",
            Self::Evidence => "No evidence",
            Self::MissingEvidence => "Evidence missing",
            Self::Stale => "Evidence too old",
        }
    }
}

/// What an implementation statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Implemented {
    /// Identifier of the record.
    pub id: String,
    /// What it says, in a few words.
    pub says: String,
    /// How, in the author's words; may be empty.
    pub how: String,
}

/// A result about a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestResult {
    /// Identifier of the record; for tools `tool` and its name.
    pub id: String,
    /// How it was found.
    pub method: AssessmentMethod,
    /// What it says, in one line.
    pub says: String,
    /// What came out.
    pub result: AssessmentResult,
    /// When.
    pub at: Timestamp,
    /// Until when it counts as fresh; what speaks against a statement does not grow old.
    pub fresh_until: Option<Timestamp>,
    /// Where it can be looked at.
    pub source: Source,
    /// Hashes of the files it rests on.
    pub evidence: Vec<String>,
}

/// A statement that must be met, with everything that is known about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requirement {
    /// The control.
    pub control: String,
    /// Statement id; the control's where it has no lettered parts.
    pub statement: String,
    /// The judgement.
    #[serde(flatten)]
    pub status: Status,
    /// How it is met.
    pub implementations: Vec<Implemented>,
    /// Labels of the assessment objectives that test it (SP 800-53Ar5).
    pub objectives: Vec<String>,
    /// What was found, the newest first.
    pub results: Vec<TestResult>,
    /// What is missing.
    pub holes: BTreeSet<Hole>,
}

/// The matrix of a system.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Traceability {
    /// Every statement of the tailored baseline that applies, in catalogue order.
    pub requirements: Vec<Requirement>,
    /// Files that results name and that are there, by hash.
    pub evidence: Vec<EvidenceMeta>,
    /// Implementation statements about what the baseline does not hold: record and control.
    pub stray: Vec<(String, String)>,
}

impl Traceability {
    /// How many requirements have a hole.
    pub fn with(&self, hole: Hole) -> usize {
        self.requirements.iter().filter(|one| one.holes.contains(&hole)).count()
    }

    /// How many requirements have none.
    pub fn closed(&self) -> usize {
        self.requirements.iter().filter(|one| one.holes.is_empty()).count()
    }

    /// The file of a hash, if it is there.
    pub fn file(&self, hash: &str) -> Option<&EvidenceMeta> {
        self.evidence.iter().find(|file| file.hash.as_str() == hash)
    }

    /// The requirements with what lacks most first, then in catalogue order.
    pub fn holes_first(&self) -> Vec<&Requirement> {
        let mut all: Vec<_> = self.requirements.iter().collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.holes.len()));
        all
    }
}
