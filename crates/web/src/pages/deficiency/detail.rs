//! What a deficiency's page needs to know.

use crate::error::PageError;
use crate::past::last_instant;
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use warrant_model::posture::Source;
use warrant_model::scope::Role;
use warrant_model::time::micros;
use warrant_service::evidence::Excerpt;
use warrant_service::query::{DeficiencyRow, RecordQuery, RecordRow};

/// Where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// On its own page.
    Page,
    /// Beside a list.
    Panel,
}

impl Shown {
    /// How many grounds show the lines they were read from.
    fn excerpts(self) -> usize {
        match self {
            Self::Page => 8,
            Self::Panel => 3,
        }
    }
}

/// The lines around a ground, and the name of their file.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub(super) name: String,
    pub(super) excerpt: Excerpt,
}

/// A deficiency with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Detail {
    pub(super) row: DeficiencyRow,
    pub(super) system: String,
    pub(super) owner: Option<String>,
    pub(super) poam_item: Option<RecordRow>,
    /// Exceptions asked for, granted, refused.
    pub(super) exceptions: Vec<RecordRow>,
    pub(super) notes: Vec<RecordRow>,
    pub(super) tasks: Vec<RecordRow>,
    /// By index of the ground.
    pub(super) lines: BTreeMap<usize, Lines>,
    /// Names of files by hash.
    pub(super) names: BTreeMap<String, String>,
    pub(super) shown: Shown,
    pub(super) now: Timestamp,
    /// The day it is shown as of; `None`: now.
    pub(super) as_of: Option<Date>,
    /// Whether the actor may write anywhere; the service decides again where.
    pub(super) writes: bool,
}

impl Detail {
    pub(super) async fn load(app: &App, who: &Who, id: &str, shown: Shown) -> Result<Self, PageError> {
        let service = &app.service;
        let row = service.deficiency(&who.actor, id).await?;
        let deficiency = &row.deficiency;
        let named: Vec<_> = deficiency.owner.iter().cloned().chain([row.system.clone()]).collect();
        let mut titles = service.titles_of(&who.actor, &named).await?;
        let poam_item = match &deficiency.poam_item {
            Some(item) => service.record(&who.actor, item).await.ok(),
            None => None,
        };
        let mut exceptions = about(app, who, "exception", "deficiency", id).await?;
        if let Some(excepted) = &deficiency.excepted
            && !exceptions.iter().any(|exception| exception.id == excepted.exception)
        {
            exceptions.extend(service.record(&who.actor, &excepted.exception).await.ok());
        }
        let mut detail = Self {
            system: titles.remove(&row.system).unwrap_or_default(),
            owner: deficiency.owner.as_ref().and_then(|owner| titles.remove(owner)),
            poam_item,
            exceptions,
            notes: about(app, who, "note", "about", id).await?,
            tasks: about(app, who, "task", "about", id).await?,
            lines: BTreeMap::new(),
            names: BTreeMap::new(),
            shown,
            now: service.now(),
            as_of: None,
            writes: who.actor.highest >= Some(Role::Engineer),
            row,
        };
        detail.load_lines(app, who).await?;
        Ok(detail)
    }

    /// A deficiency as it stood at the end of a day. What was said about it by then is shown; what its plan, exception
    /// and tasks say today is not.
    pub(super) async fn then(
        app: &App,
        who: &Who,
        (id, system): (&str, Option<String>),
        date: Date,
        shown: Shown,
    ) -> Result<Self, PageError> {
        let (service, at) = (&app.service, last_instant(date));
        let system = match system {
            Some(system) => system,
            None => service.deficiency(&who.actor, id).await?.system,
        };
        let row = service.deficiency_at(&who.actor, &system, id, at).await?;
        let named: Vec<_> = row.deficiency.owner.iter().cloned().chain([row.system.clone()]).collect();
        let mut titles = service.titles_of(&who.actor, &named).await?;
        let mut notes = about(app, who, "note", "about", id).await?;
        notes.retain(|note| note.created_at <= micros(at));
        let mut detail = Self {
            system: titles.remove(&row.system).unwrap_or_default(),
            owner: row.deficiency.owner.as_ref().and_then(|owner| titles.remove(owner)),
            poam_item: None,
            exceptions: Vec::new(),
            notes,
            tasks: Vec::new(),
            lines: BTreeMap::new(),
            names: BTreeMap::new(),
            shown,
            now: at,
            as_of: Some(date),
            writes: false,
            row,
        };
        detail.load_lines(app, who).await?;
        Ok(detail)
    }

    async fn load_lines(&mut self, app: &App, who: &Who) -> Result<(), PageError> {
        for (at, ground) in self.row.deficiency.grounds.iter().enumerate().take(self.shown.excerpts()) {
            let Source::Evidence { evidence, place } = &ground.source else { continue };
            let hash = evidence.as_str();
            if !self.names.contains_key(hash) {
                // A file accepted for a system the actor may not see stays unnamed and unquoted.
                let Ok(rows) = app.service.evidence(&who.actor, hash).await else { continue };
                let name = rows.first().map(|row| row.name.clone()).unwrap_or_default();
                self.names.insert(hash.to_owned(), name);
            }
            if place.line == 0 {
                continue;
            }
            let excerpt = app.service.excerpt(&who.actor, hash, place.line, 2).await?;
            let name = self.names.get(hash).cloned().unwrap_or_default();
            self.lines.insert(at, Lines { name, excerpt });
        }
        Ok(())
    }

    /// The system's name, or the programme.
    pub(super) fn where_it_is(&self) -> String {
        if self.row.system.is_empty() { say("place-programme") } else { self.system.clone() }
    }
}

/// Records of a kind that point to a deficiency, newest first.
async fn about(app: &App, who: &Who, kind: &str, field: &str, id: &str) -> Result<Vec<RecordRow>, PageError> {
    let query = RecordQuery {
        kind: kind.to_owned(),
        fields: vec![(field.to_owned(), id.to_owned())],
        order: warrant_service::query::RecordOrder::Updated,
        descending: true,
        limit: 50,
        ..RecordQuery::default()
    };
    Ok(app.service.list_records(&who.actor, &query).await?.rows)
}
