//! What the tabs of a system share: the system loaded for an instant, its heading, its tabs, and the way to
//! another day.

use crate::error::{Answer, PageError};
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::day::Day;
use crate::look::shell::{self, Flash, Here, Place, Tab};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;
use warrant_model::kind::{Ended, Kind};
use warrant_model::kinds::{PoamItem, System};
use warrant_model::posture::Posture;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::{day, end_of, from_micros, micros};
use warrant_service::ServiceError;

/// A tab of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Summary,
    Boundary,
    Controls,
    Findings,
    Releases,
    Poam,
    Risk,
    Recovery,
    Evidence,
    Documents,
    History,
    Compare,
}

impl At {
    const ALL: [Self; 12] = [
        Self::Summary,
        Self::Boundary,
        Self::Controls,
        Self::Findings,
        Self::Releases,
        Self::Poam,
        Self::Risk,
        Self::Recovery,
        Self::Evidence,
        Self::Documents,
        Self::History,
        Self::Compare,
    ];

    fn title(self) -> String {
        say(match self {
            Self::Summary => "system-tab-summary",
            Self::Boundary => "system-tab-boundary",
            Self::Controls => "column-controls",
            Self::Findings => "places-findings",
            Self::Releases => "places-releases",
            Self::Poam => "system-tab-poam",
            Self::Risk => "risk-title",
            Self::Recovery => "system-tab-recovery",
            Self::Evidence => "places-evidence",
            Self::Documents => "system-tab-documents",
            Self::History => "section-history",
            Self::Compare => "system-tab-compare",
        })
    }

    fn segment(self) -> &'static str {
        match self {
            Self::Summary => "",
            Self::Boundary => "/boundary",
            Self::Controls => "/controls",
            Self::Findings => "/findings",
            Self::Releases => "/releases",
            Self::Poam => "/poam",
            Self::Risk => "/risk",
            Self::Recovery => "/recovery",
            Self::Evidence => "/evidence",
            Self::Documents => "/documents",
            Self::History => "/history",
            Self::Compare => "/compare",
        }
    }
}

/// A system, loaded for the page that was asked for.
pub(super) struct Frame {
    /// Its identifier.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// The day it is shown as of; `None`: now.
    pub(super) as_of: Option<Date>,
    /// The present.
    pub(super) now: Timestamp,
    /// The system at that instant.
    pub(super) snapshot: Arc<SystemSnapshot>,
    /// Its posture at that instant.
    pub(super) posture: Posture,
    since: Date,
    problem: Option<Words>,
}

impl Frame {
    /// The system of an id or name, as of the day that the address names.
    pub(super) async fn load(
        app: &App,
        who: &Who,
        id: &str,
        address: &ListAddress,
    ) -> Result<Self, PageError> {
        let row = app.service.system_row(&who.actor, id).await?;
        let now = app.service.now();
        let wanted = address.get("as_of");
        let (mut as_of, mut problem) = match wanted.parse::<Date>() {
            Ok(date) => (Some(date).filter(|date| *date < day(now)), None),
            Err(_) if wanted.is_empty() => (None, None),
            Err(_) => (None, Some(Words::of("error-no-day").with("day", wanted))),
        };
        let then = match as_of.map(last_instant) {
            Some(at) => if_there(app.service.snapshot(&who.actor, &row.id, Some(at)).await)?,
            None => None,
        };
        if let (Some(date), None) = (as_of, &then) {
            problem = Some(Words::of("system-not-then").with("system", &row.title).with("day", date));
            as_of = None;
        }
        let snapshot = match then {
            Some(snapshot) => snapshot,
            None => app.service.snapshot(&who.actor, &row.id, None).await?,
        };
        let posture = app.service.posture_of(&snapshot);
        let since = day(from_micros(row.created_at));
        Ok(Self { id: row.id, name: row.title, as_of, now, snapshot, posture, since, problem })
    }

    /// The instant the system is shown as of.
    pub(super) fn at(&self) -> Timestamp {
        self.snapshot.as_of
    }

    /// The day the system is shown as of.
    pub(super) fn today(&self) -> Date {
        day(self.at())
    }

    /// Whether the page shows the present, which can be changed.
    pub(super) fn is_now(&self) -> bool {
        self.as_of.is_none()
    }

    /// Address of one of the system's pages, as of the same day: `href("/controls", &[("status", "stale")])`.
    pub(super) fn href(&self, below: &str, pairs: &[(&str, &str)]) -> String {
        let as_of = self.as_of.map(|date| date.to_string());
        let day = as_of.iter().map(|date| ("as_of", date.as_str()));
        let pairs: Vec<_> = pairs
            .iter()
            .copied()
            .chain(day)
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let path = format!("/systems/{}{below}", encoded(&self.id));
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
    }

    /// Address of a control of the system.
    pub(super) fn control_href(&self, control: &str) -> String {
        self.href(&format!("/controls/{}", encoded(control)), &[])
    }

    /// Address of a form for a new record of the system, which leads back to `tab`.
    pub(super) fn new_href(&self, kind: &str, tab: At) -> String {
        let next = format!("/systems/{}{}", encoded(&self.id), tab.segment());
        format!("/records/{kind}/new?system={}&next={}", encoded(&self.id), encoded(&next))
    }

    /// The page: heading with the tab's sentence, tabs, and the tab's content.
    pub(super) async fn page(
        &self,
        app: &App,
        who: &Who,
        tab: At,
        (lead, actions): (Markup, Markup),
        main: Markup,
    ) -> Answer {
        let files = self.snapshot.evidence.len();
        let content = html! {
            (shell::heading(&[Link::new(say("place-systems"), "/systems")], &self.name, lead, actions))
            (shell::tabs(&self.name, &self.tabs(tab, files)))
            (main)
        };
        let title =
            if tab == At::Summary { self.name.clone() } else { format!("{} · {}", tab.title(), self.name) };
        let mut page = Page::new(&title, Place::Systems, "/systems").in_the_chosen_language();
        page.day = self.day(tab);
        page.guide = format!("system{}", tab.segment());
        if let Some(words) = &self.problem {
            page.flashes.push(Flash::problem(words.clone()));
        }
        page.with(app, who, content).await
    }

    fn tabs(&self, here: At, files: usize) -> Vec<Tab> {
        let snapshot = &self.snapshot;
        let count = |tab| match tab {
            At::Summary | At::Releases | At::Recovery | At::Documents | At::History | At::Compare => None,
            At::Risk => {
                Some(snapshot.scenarios.iter().filter(|one| is_in_force(&one.body.state)).count() as u64)
            }
            At::Boundary => Some(snapshot.components.len() as u64),
            At::Controls => Some(u64::from(self.posture.controls.applicable())),
            At::Findings => Some(u64::from(self.posture.open_findings.total())),
            At::Poam => Some(snapshot.poam_items.iter().filter(|item| is_open(&item.body)).count() as u64),
            At::Evidence => Some(files as u64),
        };
        let tab = |tab: At| Tab {
            title: tab.title(),
            href: self.href(tab.segment(), &[]),
            count: count(tab),
            here: if tab == here { Here::Yes } else { Here::No },
        };
        At::ALL.into_iter().map(tab).collect()
    }

    /// The way to another day. The comparison chooses its two days itself.
    fn day(&self, tab: At) -> Option<Day> {
        (tab != At::Compare).then(|| Day {
            action: self.path(tab),
            as_of: self.as_of,
            since: self.since,
            today: day(self.now),
        })
    }

    fn path(&self, tab: At) -> String {
        format!("/systems/{}{}", encoded(&self.id), tab.segment())
    }
}

/// The last instant of a day.
pub(super) fn last_instant(date: Date) -> Timestamp {
    from_micros(micros(end_of(date)) - 1)
}

/// Whether a POA&M item still asks for work.
pub(super) fn is_open(item: &PoamItem) -> bool {
    let state = PoamItem::SPEC.workflow.and_then(|workflow| workflow.state(&item.state).copied());
    state.is_none_or(|state| state.ended == Ended::Open)
}

/// Whether a scenario counts: it is neither a draft nor retired.
fn is_in_force(state: &str) -> bool {
    !matches!(state, "draft" | "retired")
}

/// What people read for a phase.
pub(super) fn phase_title(phase: &str) -> String {
    kinds::stage_named(&System::SPEC, phase)
}

/// `None` when the system was not there yet, so that a page can say so.
pub(super) fn if_there<T>(found: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(ServiceError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
