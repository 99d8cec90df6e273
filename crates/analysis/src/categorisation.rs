//! Categorisation: a system's impact levels from what it handles (FIPS 199 §3, SP 800-60v1 §4).
//!
//! The high-water mark over information types, unless an adjusted level was decided. Must not know of controls.

use warrant_model::kind::Record;
use warrant_model::kinds::{InformationType, System};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::{Impact, Objective};

/// A system's impact level for each objective; `None` where nothing says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Categorisation {
    levels: [Option<Impact>; 3],
}

impl Categorisation {
    /// The categorisation of a system.
    pub fn of(snapshot: &SystemSnapshot) -> Self {
        Self::of_records(&snapshot.system.body, &snapshot.information_types)
    }

    /// The categorisation of a system that handles these information types.
    pub fn of_records(system: &System, types: &[Record<InformationType>]) -> Self {
        let adjusted =
            [system.confidentiality_adjusted, system.integrity_adjusted, system.availability_adjusted];
        let mut levels = [None; 3];
        for (at, objective) in Objective::ALL.into_iter().enumerate() {
            let mark = types.iter().filter_map(|kind| level_of(&kind.body, objective)).max();
            // A system, unlike an information type, is of low impact at least.
            levels[at] = adjusted[at].or(mark).map(|level| level.max(Impact::Low));
        }
        Self { levels }
    }

    /// The level for an objective.
    pub fn level(&self, objective: Objective) -> Option<Impact> {
        self.levels[objective as usize]
    }

    /// The level of the system as a whole, which chooses the baseline (FIPS 200 §3): the highest of the three.
    /// `None`: not categorised.
    pub fn baseline(&self) -> Option<Impact> {
        self.levels.iter().copied().flatten().max()
    }

    /// The highest level among some objectives, or of the system when none is named.
    pub fn highest(&self, objectives: &[Objective]) -> Option<Impact> {
        if objectives.is_empty() {
            return self.baseline();
        }
        objectives.iter().filter_map(|objective| self.level(*objective)).max()
    }
}

/// The level an information type gives for an objective.
pub(crate) fn level_of(kind: &InformationType, objective: Objective) -> Option<Impact> {
    match objective {
        Objective::Confidentiality => kind.confidentiality,
        Objective::Integrity => kind.integrity,
        Objective::Availability => kind.availability,
    }
}
