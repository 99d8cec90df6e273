//! Clocks: the day by which a weakness must be gone is the earliest that any of them gives.

use super::answers::Answers;
use super::ssvc::HumanImpact;
use super::vdr::{AgencyImpact, Likelihood, VdrClass, hours};
use super::{Judge, Weakness};
use crate::policy::{DaysFor, Exploit, Row, Vdr};
use jiff::Timestamp;
use jiff::civil::Date;
use warrant_model::Severity;
use warrant_model::kinds::Exposure;
use warrant_model::priority::{Decision, Exploitation};
use warrant_model::time::{day, from_micros, micros, plus_days, start_of};

/// What sets a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The list of exploited vulnerabilities.
    Listed,
    /// A row of the organisation's days.
    Row(Row, u32),
    /// FedRAMP's clock of a class, for an impact.
    Vdr(VdrClass, AgencyImpact, u32),
}

/// A day and what set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day.
    pub day: Date,
    /// What set it.
    pub clock: Clock,
}

impl Judge<'_> {
    /// The day by which a failed benchmark rule must be met: by the organisation's days alone.
    pub fn rule_due(&self, severity: Severity, open_since: Timestamp) -> Due {
        let of = DaysFor {
            severity,
            exploit: Exploit::Unknown,
            decision: None,
            exposure: self.setting.exposure,
            level: self.setting.level,
        };
        self.earliest(of, (open_since, open_since))
    }

    /// The day by which a weakness must be gone.
    pub(super) fn due(
        &self,
        weakness: &Weakness,
        exploit: Exploit,
        (decision, answers): (Decision, &Answers),
    ) -> Due {
        let of = DaysFor {
            severity: weakness.severity,
            exploit,
            decision: Some(decision),
            exposure: self.setting.exposure,
            level: self.setting.level,
        };
        let opened = weakness.open_since;
        let listed = weakness.signal.listed;
        // What follows from its being listed begins on the day it was.
        let since = listed.and_then(|listed| listed.since);
        let known = since.map_or(opened, |day| opened.max(start_of(day)));
        let mut due = self.earliest(of, (opened, known));
        if let Some(vdr) = self.vdr(weakness.severity, answers, opened).filter(|vdr| vdr.day < due.day) {
            due = vdr;
        }
        // A date that lay behind when the weakness was found asks for it on the day it was.
        let listed = listed.and_then(|listed| listed.due).map(|date| date.max(day(opened)));
        match listed.filter(|date| *date <= due.day) {
            Some(date) => Due { day: date, clock: Clock::Listed },
            None => due,
        }
    }

    fn earliest(&self, of: DaysFor, (opened, known): (Timestamp, Timestamp)) -> Due {
        let remediation = &self.policy.remediation;
        let ends = remediation.rows_for(of).map(|(row, days)| {
            let decided = match row {
                Row::Rule(nth) => remediation.rule.get(nth).is_some_and(|rule| rule.decision.is_some()),
                Row::Exploited => true,
                Row::General | Row::Internet => false,
            };
            let from = if decided { known } else { opened };
            Due { day: day(plus_days(from, i64::from(days))), clock: Clock::Row(row, days) }
        });
        let general = Row::General;
        let days = remediation.days.of(of.severity);
        let start = Due { day: day(plus_days(opened, i64::from(days))), clock: Clock::Row(general, days) };
        ends.fold(start, |first, next| if next.day < first.day { next } else { first })
    }

    /// FedRAMP's day. Counted from when the weakness was found, since it is evaluated as soon as it is read.
    fn vdr(&self, severity: Severity, answers: &Answers, opened: Timestamp) -> Option<Due> {
        let vdr @ Vdr { class: Some(class), .. } = self.policy.remediation.vdr else { return None };
        let impact = agency_impact(severity, answers.impact, vdr);
        let hours = hours(class, impact, self.likelihood(answers))?;
        let end = from_micros(micros(opened).saturating_add(i64::from(hours) * 3_600_000_000));
        Some(Due { day: day(end), clock: Clock::Vdr(class, impact, hours) })
    }

    /// Likely exploitable is what is used or has a public exploit, and, from the internet, whatever can be attacked
    /// automatically; that it can is assumed unless it is known otherwise (VER-EVA-AIA).
    fn likelihood(&self, answers: &Answers) -> Likelihood {
        let reachable = matches!(self.setting.exposure, Some(Exposure::Internet) | None);
        let usable = answers.exploitation().answer() >= Exploitation::Poc;
        match (reachable, usable || answers.automatable.answer()) {
            (true, true) => Likelihood::Reachable,
            (false, _) if usable => Likelihood::Likely,
            _ => Likelihood::Unlikely,
        }
    }
}

/// The rating by what the mission loses: a crippled mission cripples the agencies that use it.
fn agency_impact(severity: Severity, impact: HumanImpact, vdr: Vdr) -> AgencyImpact {
    match (impact, vdr.several_agencies) {
        _ if severity == Severity::None => AgencyImpact::N1,
        (HumanImpact::VeryHigh | HumanImpact::High, true) => AgencyImpact::N5,
        (HumanImpact::VeryHigh | HumanImpact::High, false) | (HumanImpact::Medium, true) => AgencyImpact::N4,
        (HumanImpact::Medium, false) => AgencyImpact::N3,
        (HumanImpact::Low, _) => AgencyImpact::N2,
    }
}
