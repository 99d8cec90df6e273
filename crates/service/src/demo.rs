//! The sample organisation: played through the real readers, step by step, on a clock that starts in its past.

use crate::import::{ImportFile, Mode, Progress};
use crate::{Actor, Clock, Service, ServiceError};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use std::sync::Arc;
use warrant_model::scope::Role;
use warrant_model::time::{day, days_between, plus_days, start_of};

/// The script of a sample organisation (`demo.toml`).
#[derive(Clone, Debug, Deserialize)]
pub struct Script {
    /// The day that becomes today.
    pub anchor: Date,
    /// Name of the organisation.
    pub organisation: String,
    /// E-mail of the officer that the demo signs in.
    pub officer: String,
    /// What happens, in order of time.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One file coming in, or several that make one bundle of advisories.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Who brings it.
    pub by: String,
    /// The file, relative to the script; of advisories the name of their bundle.
    pub file: String,
    /// Files of advisories that are put in force together.
    #[serde(default)]
    pub advisories: Vec<String>,
    /// The kind of record, for tables of records.
    pub kind: Option<String>,
    /// The system, for evidence.
    pub system: Option<String>,
}

/// Where the files of a script come from.
pub trait Files: Sync {
    /// The content of a file, `None` when there is none of that name.
    fn content(&self, name: &str) -> Option<Vec<u8>>;
}

/// What playing a script did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Tables of records.
    pub tables: usize,
    /// Records made.
    pub records: usize,
    /// Files of evidence.
    pub files: usize,
    /// Facts read.
    pub facts: usize,
}

impl Script {
    /// Reads a script.
    pub fn parse(text: &str) -> Result<Self, ServiceError> {
        toml::from_str(text).map_err(|error| ServiceError::Refused(format!("demo.toml: {error}")))
    }
}

/// How many days everything is moved so that the anchor becomes `today`.
pub fn shift_of(script: &Script, today: Timestamp) -> i64 {
    days_between(start_of(script.anchor), start_of(day(today)))
}

/// Plays a script into a new store. `service` must run on a hand-set clock; it is left at `until`.
pub async fn play(
    service: &Service,
    script: &Script,
    files: &dyn Files,
    until: Timestamp,
    told: &(dyn Fn(usize, usize, &str) + Sync),
) -> Result<Played, ServiceError> {
    let Clock::Set(_) = service.clock() else {
        return Err(ServiceError::Refused("a script is played on a hand-set clock".to_owned()));
    };
    let days = shift_of(script, until);
    if let Some(first) = script.steps.first() {
        service.clock().set(plus_days(first.at, days));
    }
    service.initialise(&script.organisation, days).await?;
    let officer = script.officer.as_str();
    let role = (Role::Officer, "");
    service.create_account(&Actor::program(), officer, &name_of(officer), None, role).await?;
    let mut played = Played::default();
    for (nth, step) in script.steps.iter().enumerate() {
        told(nth, script.steps.len(), &step.file);
        let at = plus_days(step.at, days).min(until);
        // What is shown of a past day is how it ended.
        if day(at) != day(service.now()) {
            service.catch_up().await?;
        }
        service.postpone_postures();
        service.clock().set(at);
        let actor = Actor { email: step.by.clone(), ..Actor::program() };
        let content = |name: &str| {
            let absent = || ServiceError::NotFound { what: "sample file", name: name.to_owned() };
            Ok::<_, ServiceError>(shift_dates(files.content(name).ok_or_else(absent)?, days))
        };
        if !step.advisories.is_empty() {
            let file = |name: &String| {
                Ok::<_, ServiceError>(ImportFile { name: base_name(name), bytes: content(name)?.into() })
            };
            let files = step.advisories.iter().map(file).collect::<Result<Vec<_>, _>>()?;
            service.load_advisory_files(&actor, &step.file, files).await?;
            continue;
        }
        let bytes = content(&step.file)?;
        if let Some(kind) = &step.kind {
            let outcome = service.import_table(&actor, kind, (&step.file, &bytes), Mode::Commit).await?;
            played.tables += 1;
            played.records += outcome.created;
        } else {
            let file = ImportFile { name: base_name(&step.file), bytes: bytes.into() };
            let progress = Arc::new(Progress::default());
            let system = step.system.as_deref();
            let outcome = service.import(&actor, file, system, Mode::Commit, progress).await?;
            played.files += 1;
            played.facts += outcome.facts;
        }
    }
    service.catch_up().await?;
    service.clock().set(until);
    service.rebuild().await?;
    Ok(played)
}

fn base_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// `ines.calder@…` → `Ines Calder`.
fn name_of(email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let words = local.split(['.', '_', '-']).map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Moves every ISO date (2020 to 2099) and every ten-digit epoch second starting with 17 or 18 in a text by
/// whole days. Files that are not text (workbooks) stay as they are: sample workbooks hold no dates.
pub fn shift_dates(bytes: Vec<u8>, days: i64) -> Vec<u8> {
    if days == 0 {
        return bytes;
    }
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let source = text.as_bytes();
    let mut shifted = Vec::with_capacity(source.len());
    let mut at = 0;
    while at < source.len() {
        let begins = at == 0 || !source[at - 1].is_ascii_digit();
        if begins && let Some((moved, length)) = shifted_at(&source[at..], days) {
            shifted.extend_from_slice(moved.as_bytes());
            at += length;
        } else {
            shifted.push(source[at]);
            at += 1;
        }
    }
    shifted
}

fn shifted_at(rest: &[u8], days: i64) -> Option<(String, usize)> {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 10 && rest[0] == b'1' && matches!(rest[1], b'7' | b'8') {
        let seconds: i64 = std::str::from_utf8(&rest[..10]).ok()?.parse().ok()?;
        return Some(((seconds + days * 86_400).to_string(), 10));
    }
    if digits != 4 || !rest.starts_with(b"20") || rest.get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(rest.get(..10)?).ok()?;
    let date: Date = text.parse().ok()?;
    let span = jiff::Span::new().try_days(days).ok()?;
    Some((date.checked_add(span).ok()?.to_string(), 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_epochs_move_and_nothing_else_does() {
        let text =
            "seen 2026-11-23T08:00:00Z, epoch 1795000000, CVE-2024-3094, 12026-11-23, 2026-13-01, 20261123";
        let moved = String::from_utf8(shift_dates(text.as_bytes().to_vec(), 10)).unwrap();
        assert_eq!(
            moved,
            "seen 2026-12-03T08:00:00Z, epoch 1795864000, CVE-2024-3094, 12026-11-23, 2026-13-01, 20261123"
        );
        assert_eq!(shift_dates(vec![0xff, b'2'], 5), vec![0xff, b'2']);
    }

    #[test]
    fn names_come_from_addresses() {
        assert_eq!(name_of("ines.calder@northwater.example"), "Ines Calder");
    }
}
