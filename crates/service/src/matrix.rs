//! One control across systems: how every control stands in every system the actor may see.
//!
//! What is kept between requests is one word per control and system (some 1 KB per system), with the marks of the
//! state it was made from and the instant until which it holds.

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_analysis::framework::Framework;
use warrant_analysis::{Word, control, words};
use warrant_model::posture::{ControlCounts, ControlStatus};
use warrant_store::evidence;

type Words = Arc<Vec<(u16, Word)>>;

/// Words of controls by system.
#[derive(Default)]
pub(crate) struct Matrix {
    held: Mutex<HashMap<String, Held>>,
}

struct Held {
    marks: [(i64, i64); 2],
    until: Timestamp,
    words: Words,
}

/// The most systems judged anew for one request; the others follow with the next.
pub const MOST_JUDGED: usize = 200;

/// How controls stand across systems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ControlMatrix {
    /// By control id: in how many systems it is in each state. Systems whose baseline does not hold the control
    /// are not among them.
    pub counts: BTreeMap<String, ControlCounts>,
    /// Systems counted.
    pub systems: usize,
    /// Systems still to be judged: the store has changed, and there are more than [`MOST_JUDGED`] of them.
    pub waiting: usize,
}

impl Service {
    /// How every control stands across the systems the actor may see.
    pub async fn control_matrix(&self, actor: &Actor) -> Result<ControlMatrix, ServiceError> {
        let framework = Framework::embedded();
        let mut matrix = ControlMatrix::default();
        let mut judged = 0;
        let systems = self.system_names(actor).await?;
        let clocks = evidence::clocks(&mut self.store().db()).await?;
        let mark = |system: &str| clocks.get(system).copied().unwrap_or_default();
        for system in systems.into_keys() {
            let marks = [mark(""), mark(&system)];
            let Some((words, made)) = self.control_words(&system, marks, MOST_JUDGED - judged).await? else {
                matrix.waiting += 1;
                continue;
            };
            judged += made;
            matrix.systems += 1;
            for (number, word) in words.iter() {
                let Some(control) = framework.controls().get(usize::from(*number)) else { continue };
                let counts = matrix.counts.entry(control.id.clone()).or_default();
                *match word {
                    Word::Satisfied => &mut counts.satisfied,
                    Word::OtherThanSatisfied => &mut counts.other_than_satisfied,
                    Word::Stale => &mut counts.stale,
                    Word::NotAssessed => &mut counts.not_assessed,
                    Word::NotApplicable => &mut counts.not_applicable,
                } += 1;
            }
        }
        Ok(matrix)
    }

    /// The words of a system at these marks of the programme and of itself, and how many systems were judged for it (0
    /// or 1); `None` when that would be one more than `allowed`. Marks read before a write only make it be judged again.
    async fn control_words(
        &self,
        system: &str,
        marks: [(i64, i64); 2],
        allowed: usize,
    ) -> Result<Option<(Words, usize)>, ServiceError> {
        let now = self.now();
        {
            let held = self.matrix().held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(held) = held.get(system).filter(|held| held.marks == marks && now < held.until) {
                return Ok(Some((held.words.clone(), 0)));
            }
        }
        if allowed == 0 {
            return Ok(None);
        }
        let Some(snapshot) = self.system_now(&mut self.store().db(), system).await? else { return Ok(None) };
        let (words, until) = words(&snapshot, self.policy());
        let words: Words = Arc::new(words);
        let kept = Held { marks, until, words: words.clone() };
        self.matrix().held.lock().unwrap_or_else(PoisonError::into_inner).insert(system.to_owned(), kept);
        Ok(Some((words, 1)))
    }

    /// One control in these systems, as far as the actor may see them: its status with grounds, or `None` where
    /// the system's baseline does not hold it.
    pub async fn control_in_systems(
        &self,
        actor: &Actor,
        id: &str,
        systems: &[String],
    ) -> Result<Vec<(String, Option<ControlStatus>)>, ServiceError> {
        let mut found = Vec::with_capacity(systems.len());
        for system in systems {
            let snapshot = self.snapshot(actor, system, None).await?;
            found.push((system.clone(), control(&snapshot, self.policy(), id)));
        }
        Ok(found)
    }
}
