//! The system security brief: where one system stands, on a few printed pages.
//!
//! For the authorizing official before a decision and the system owner before a meeting (SP 800-37r2 tasks
//! M-5, R-4). It says only what a posture, its grounds and authored records say; "not assessed" is never shown
//! as good.

mod answer;
mod changes;
mod deficiencies;
mod figures;
mod plan;
mod sources;

use super::page::{Frame, document};
use crate::tables::{TitleOf, state_title};
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::RecordId;
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::{PoamItem, System};
use warrant_model::posture::Posture;
use warrant_model::snapshot::EvidenceMeta;
use warrant_model::time::day;

/// What the brief is made of.
#[derive(Clone, Copy)]
pub struct SystemBrief<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// Classification or TLP marking.
    pub marking: Option<&'a str>,
    /// The system.
    pub system: &'a Record<System>,
    /// Its posture.
    pub posture: &'a Posture,
    /// Its posture at an earlier instant: gives the section on changes. `None` leaves the section out.
    pub before: Option<&'a Posture>,
    /// Its POA&M items, of every state.
    pub poam_items: &'a [Record<PoamItem>],
    /// The files its evidence consists of: gives hashes a name, tool and date.
    pub evidence: &'a [EvidenceMeta],
    /// Titles of linked records.
    pub title_of: &'a TitleOf<'a>,
}

impl std::fmt::Debug for SystemBrief<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SystemBrief").field("system", &self.system.id).finish_non_exhaustive()
    }
}

/// The brief as one self-contained HTML file. The same facts give the same bytes.
pub fn system_brief(brief: &SystemBrief<'_>) -> String {
    let posture = brief.posture;
    let frame = Frame {
        title: &format!("{}: security brief", brief.system.body.name),
        organisation: brief.organisation,
        marking: brief.marking,
        subtitle: html! {
            "As of " (minute(posture.as_of)) " UTC"
            @if let Some(newest) = posture.evidence_at { "; newest evidence " (day(newest)) } @else { "; no evidence yet" }
        },
        class: "",
    };
    let content = html! {
        p.answer { (answer::sentence(brief)) }
        (particulars(brief))
        (figures::scorecard(&posture.scorecard))
        (figures::counts(posture))
        (deficiencies::section(brief))
        (plan::section(brief))
        @if let Some(before) = brief.before { (changes::section(before, posture)) }
        (sources::section(brief))
    };
    document(&frame, content)
}

fn particulars(brief: &SystemBrief<'_>) -> Markup {
    let system = &brief.system.body;
    let person = |id: &Option<RecordId>| match id {
        Some(id) => (brief.title_of)("person", id.as_str()),
        None => "nobody named".into(),
    };
    let baseline = if brief.posture.baseline.is_empty() { "none" } else { brief.posture.baseline.as_str() };
    html! {
        dl {
            dt { "Owner" } dd { (person(&system.owner)) }
            dt { "Security officer" } dd { (person(&system.security_officer)) }
            dt { "Authorizing official" } dd { (person(&system.authorizing_official)) }
            @if let Some(unit) = &system.unit { dt { "Unit" } dd { ((brief.title_of)("unit", unit.as_str())) } }
            dt { "Phase" } dd { (state_title(&System::SPEC, &system.phase)) }
            dt { "Baseline" } dd { (baseline) }
            dt { "Authorized on" } dd { (day_or(system.authorized_on, "not authorized")) }
            dt { "Authorization expires" } dd { (day_or(system.authorization_expires, "no day set")) }
        }
    }
}

fn day_or(date: Option<Date>, otherwise: &str) -> String {
    date.map_or_else(|| otherwise.to_owned(), |date| date.to_string())
}

/// `2026-11-23 09:30`.
fn minute(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `1 deficiency`, `2 deficiencies`, with thousands separators.
fn counted(number: usize, one: &str, several: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { several })
}
