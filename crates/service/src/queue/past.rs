//! The queue as it stood at an instant that has passed: every posture computed anew from what is on record of that time.

use super::{Counted, DeficiencyQuery, DeficiencyRow, QueueFigures, QueuePage, Wanted, counted, in_figures};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_analysis::{posture, programme_posture};
use warrant_model::posture::{Deficiency, Posture};
use warrant_model::time::{day, micros, plus_days, start_of};
use warrant_store::briefs::Brief;
use warrant_store::snapshots::AsOf;
use warrant_store::{evidence, postures};

/// The most systems whose postures of one instant are computed for a page.
const MOST_SYSTEMS: usize = 60;

/// Past postures kept in memory: two instants of as many systems as a page asks for.
const MOST_KEPT: usize = 2 * (MOST_SYSTEMS + 1);

/// The queue of an instant that has passed.
#[derive(Debug)]
pub enum QueueThen {
    /// Its figures and the page.
    Told(Box<(QueueFigures, QueuePage)>),
    /// Too many systems to compute: deficiencies in force then, as they were counted, and systems; narrowing to one helps.
    Narrow(i64, usize),
}

/// Past postures, each with the marks of its system and of the programme that hold as long as no history is added.
#[derive(Default)]
pub(crate) struct PastPostures {
    held: Mutex<Vec<Kept>>,
}

struct Kept {
    system: String,
    at: Timestamp,
    marks: [(i64, i64); 2],
    posture: Arc<Posture>,
}

impl Service {
    /// What [`Service::queue_figures`] and [`Service::queue`] would have answered at an instant. Who may see what is
    /// decided by roles as they are; hours that work roles lacked are not known of the past.
    pub async fn queue_at(
        &self,
        actor: &Actor,
        query: &DeficiencyQuery,
        days: i64,
        at: Timestamp,
    ) -> Result<QueueThen, ServiceError> {
        let summaries = self.summaries_at(actor, at).await?;
        let named = |system: &String| query.system.as_ref().is_none_or(|wanted| wanted == system);
        let systems: Vec<&String> = summaries.keys().filter(|system| named(system)).collect();
        if systems.len() > MOST_SYSTEMS {
            let all = summaries.values().map(|summary| i64::from(summary.deficiencies.total())).sum();
            return Ok(QueueThen::Narrow(all, systems.len()));
        }
        let mut found = Vec::with_capacity(systems.len());
        for system in systems {
            if let Some(posture) = self.posture_then(system, at).await? {
                let briefs: Vec<_> = posture.deficiencies.iter().map(Brief::uncounted).collect();
                found.push((system.as_str(), briefs, posture));
            }
        }
        let held = || found.iter().map(|(system, briefs, _)| (*system, briefs.as_slice()));
        let of: BTreeMap<&str, (&str, &Deficiency)> = found
            .iter()
            .flat_map(|(system, _, posture)| {
                posture.deficiencies.iter().map(move |one| (one.id.as_str(), (*system, one)))
            })
            .collect();
        let row = |id: &String| {
            let (system, deficiency) = of.get(id.as_str())?;
            Some(DeficiencyRow { system: (*system).to_owned(), deficiency: (*deficiency).clone() })
        };
        let starts = |days| micros(start_of(day(plus_days(at, days))));
        let (mut figures, worst) = in_figures(held(), starts(0), starts(days));
        figures.worst = worst.as_ref().and_then(row);
        let matching = (!query.text.trim().is_empty()).then(|| matching(&of, &query.text));
        let Counted { ids, page } = counted(held(), &Wanted::new(query, matching.as_ref()));
        let page = QueuePage { rows: ids.iter().filter_map(row).collect(), ..page };
        Ok(QueueThen::Told(Box::new((figures, page))))
    }

    /// One deficiency of a system (or, with an empty id, of the programme) as it stood at an instant.
    pub async fn deficiency_at(
        &self,
        actor: &Actor,
        system: &str,
        id: &str,
        at: Timestamp,
    ) -> Result<DeficiencyRow, ServiceError> {
        let absent = || ServiceError::NotFound { what: "deficiency", name: id.to_owned() };
        // Also tells whether the actor may see it.
        if !self.summaries_at(actor, at).await?.contains_key(system) {
            return Err(absent());
        }
        let posture = self.posture_then(system, at).await?.ok_or_else(absent)?;
        let deficiency = posture.deficiencies.iter().find(|one| one.id == id).ok_or_else(absent)?;
        Ok(DeficiencyRow { system: system.to_owned(), deficiency: deficiency.clone() })
    }

    /// A posture at an instant that has passed; `None` when the system was not there.
    async fn posture_then(&self, system: &str, at: Timestamp) -> Result<Option<Arc<Posture>>, ServiceError> {
        let mut db = self.store().db();
        let marks = [evidence::clock(&mut db, system).await?, evidence::clock(&mut db, "").await?];
        let kept = {
            let held = self.past_postures().held.lock().unwrap_or_else(PoisonError::into_inner);
            let fits = |kept: &&Kept| kept.system == system && kept.at == at && kept.marks == marks;
            held.iter().find(fits).map(|kept| kept.posture.clone())
        };
        if kept.is_some() {
            return Ok(kept);
        }
        let programme = self.programme_at(&mut db, at).await?;
        let made = match system {
            "" => programme_posture(&programme, at, self.policy()),
            system => match self.loaded_anew(&mut db, system, AsOf::Past(at), programme).await? {
                Some(snapshot) => posture(&snapshot, self.policy()),
                None => return Ok(None),
            },
        };
        let made = Arc::new(made);
        let mut held = self.past_postures().held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|kept| kept.system != system || kept.at != at);
        if held.len() >= MOST_KEPT {
            held.remove(0);
        }
        held.push(Kept { system: system.to_owned(), at, marks, posture: made.clone() });
        Ok(Some(made))
    }
}

/// Ids of those in which all words of a text occur.
fn matching(of: &BTreeMap<&str, (&str, &Deficiency)>, text: &str) -> HashSet<String> {
    let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |deficiency: &Deficiency| {
        let said = postures::search_text(deficiency);
        words.iter().all(|word| said.contains(word))
    };
    of.iter().filter(|(_, (_, one))| fits(one)).map(|(id, _)| (*id).to_owned()).collect()
}
