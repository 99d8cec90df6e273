//! The one sentence: how it stands, and what presses most.

use super::{SystemBrief, counted};
use warrant_model::level::Severity;
use warrant_model::time::{day, days_between, start_of};

/// The sentence with its figures.
pub(super) fn sentence(brief: &SystemBrief<'_>) -> String {
    let posture = brief.posture;
    let mut in_force =
        posture.deficiencies.iter().filter(|deficiency| deficiency.excepted.is_none()).peekable();
    let worst = in_force.peek().map(|deficiency| deficiency.title.trim_end_matches('.').to_owned());
    let mut counts = warrant_model::posture::SeverityCounts::default();
    in_force.for_each(|deficiency| counts.add(deficiency.severity));

    let name = &brief.system.body.name;
    let total = counts.total() as usize;
    let mut text = if posture.controls.applicable() == 0 && posture.evidence_at.is_none() {
        format!("{name} has not been assessed: no baseline is in force and no evidence has come in")
    } else if total == 0 {
        format!("{name} has no deficiency in force")
    } else {
        let serious: Vec<_> = [Severity::Critical, Severity::High]
            .into_iter()
            .filter(|severity| counts.of(*severity) > 0)
            .map(|severity| format!("{} {severity}", counts.of(severity)))
            .collect();
        let serious = if serious.is_empty() { "none high".to_owned() } else { serious.join(" and ") };
        format!("{name} has {} in force, {serious}", counted(total, "deficiency", "deficiencies"))
    };
    text.push_str(&authorization(brief));
    text.push('.');
    if let Some(worst) = worst {
        text.push_str(&format!(" Most pressing: {worst}."));
    }
    text
}

fn authorization(brief: &SystemBrief<'_>) -> String {
    let Some(expires) = brief.system.body.authorization_expires else {
        return match brief.system.body.authorized_on {
            Some(on) => format!("; it is authorized since {on} with no day of expiry"),
            None => "; it is not authorized".into(),
        };
    };
    match days_between(start_of(day(brief.posture.as_of)), start_of(expires)) {
        days @ 1.. => format!("; its authorization expires in {}", counted(days as usize, "day", "days")),
        0 => "; its authorization expires today".into(),
        days => format!(
            "; its authorization expired {} ago",
            counted(days.unsigned_abs() as usize, "day", "days")
        ),
    }
}
