//! The changes of state that a file brought about.

use super::read_event;
use crate::ORG;
use crate::db::{Reader, Row};
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::Sql;
use std::collections::HashSet;
use warrant_model::fact::Place;
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::level::Severity;
use warrant_model::lifecycle::Event;
use warrant_model::time::micros;

/// A change of state that a file brought about, with the finding's system and title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownChange {
    /// The change.
    pub event: Event,
    /// The system.
    pub system: String,
    /// The finding's title.
    pub title: String,
    /// Host or artefact.
    pub target: String,
    /// How bad.
    pub severity: Severity,
    /// Whether the finding was in another state before.
    pub first: bool,
}

/// The changes of state that a file brought about, worst first, and how many there are of each state.
pub async fn changed_by(
    reader: &mut (impl Reader + Send),
    evidence: &ContentHash,
    sight: &Sight,
    limit: i64,
) -> Result<(Vec<ShownChange>, Vec<(FindingState, i64)>), StoreError> {
    let from = " FROM finding_event v JOIN finding f ON f.org = v.org AND f.id = v.finding_id WHERE v.org = ";
    let narrowed = |statement: &mut Sql| {
        statement.push(from).bind(ORG).push(" AND v.hash = ").bind(evidence.as_str());
        sight.and_system(statement, "f.system_id");
    };
    let mut statement = Sql::new(
        "SELECT v.finding_id, v.at, v.state, v.hash, v.line, v.pointer, f.system_id, f.title, f.target, f.severity, f.first_seen",
    );
    narrowed(&mut statement);
    statement.push(" ORDER BY f.severity DESC, v.state, f.title, v.finding_id LIMIT ").bind(limit);
    let shown = |row: &Row| -> Result<ShownChange, StoreError> {
        let event = read_event(row)?;
        let first = micros(event.at) == row.int(10)?;
        let (system, title, target) = (row.text(6)?, row.text(7)?, row.text(8)?);
        Ok(ShownChange {
            event,
            system,
            title,
            target,
            severity: Severity::from_rank(row.int(9)? as u8),
            first,
        })
    };
    let mut changes: Vec<ShownChange> =
        reader.rows(&statement).await?.iter().map(shown).collect::<Result<_, _>>()?;
    let mut statement = Sql::new("SELECT v.state, COUNT(*)");
    narrowed(&mut statement);
    statement.push(" GROUP BY v.state ORDER BY v.state");
    let unknown = || StoreError::Damaged("event with unknown state".to_owned());
    let counted = |row: &Row| Ok((FindingState::from_word(&row.text(0)?).ok_or_else(unknown)?, row.int(1)?));
    let mut counts: Vec<(FindingState, i64)> =
        reader.rows(&statement).await?.iter().map(counted).collect::<Result<_, StoreError>>()?;
    let moved = counts.iter().find(|(state, _)| *state == FindingState::Moved).map_or(0, |(_, count)| *count);
    if moved > 0 {
        // What moved neither ended nor began: it is told once, of where it is now.
        let mut statement = Sql::new("SELECT line, pointer FROM finding_event WHERE org = ");
        statement.bind(ORG).push(" AND hash = ").bind(evidence.as_str()).push(" AND state = 'moved'");
        let places = reader.rows(&statement).await?;
        let places = places.iter().map(|row| Ok(Place::new(row.int(0)? as u32, row.text(1)?)));
        let places = places.collect::<Result<HashSet<Place>, StoreError>>()?;
        changes.retain(|change| change.event.state != FindingState::Moved);
        for change in &mut changes {
            if change.event.state == FindingState::Open && places.contains(&change.event.place) {
                change.event.state = FindingState::Moved;
            }
        }
        if let Some((_, opened)) = counts.iter_mut().find(|(state, _)| *state == FindingState::Open) {
            *opened -= moved;
        }
    }
    Ok((changes, counts))
}
