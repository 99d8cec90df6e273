//! What holds of the decisions on a risk scenario: one in force, one asked for, one that is over, or none.
//!
//! Must not know what the risk costs: whether it has outgrown what was decided is for those who price it.

use jiff::civil::Date;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::RiskTreatment;

/// What is decided about a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decided<'a> {
    /// An approved decision holds.
    InForce(&'a Record<RiskTreatment>),
    /// None holds; one waits for its approval.
    Asked(&'a Record<RiskTreatment>),
    /// None holds; the last one was over after this day.
    Expired(&'a Record<RiskTreatment>, Date),
    /// Nobody has decided or asked.
    Nothing,
}

/// What is decided about a scenario; `over` says whether a last day has passed. Of several the one that holds longest
/// counts, whatever the order they come in.
pub fn decided<'a>(
    scenario: &RecordId,
    treatments: &'a [Record<RiskTreatment>],
    over: impl Fn(Date) -> bool,
) -> Decided<'a> {
    let of_it = || treatments.iter().filter(|one| one.body.scenario == *scenario);
    let last = |one: &Record<RiskTreatment>| one.body.expires.unwrap_or(Date::MAX);
    let longest = |state: &str| {
        let found = of_it().filter(|one| one.body.state == state);
        found.max_by(|a, b| last(a).cmp(&last(b)).then_with(|| b.id.cmp(&a.id)))
    };
    let approved = longest("approved");
    match (approved, longest("requested")) {
        (Some(one), asked) => match (one.body.expires.filter(|day| over(*day)), asked) {
            (None, _) => Decided::InForce(one),
            (Some(_), Some(asked)) => Decided::Asked(asked),
            (Some(day), None) => Decided::Expired(one, day),
        },
        (None, Some(asked)) => Decided::Asked(asked),
        (None, None) => Decided::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn one(id: &str, state: &str, expires: &str) -> Record<RiskTreatment> {
        let body = RiskTreatment {
            scenario: RecordId("scen_1".to_owned()),
            state: state.to_owned(),
            expires: Some(expires.parse().unwrap()),
            ..RiskTreatment::default()
        };
        let at = Timestamp::UNIX_EPOCH;
        Record { id: RecordId(id.to_owned()), version: 1, created_at: at, updated_at: at, body }
    }

    #[test]
    fn the_decision_that_holds_longest_counts() {
        let today: Date = "2026-11-23".parse().unwrap();
        let over = |day: Date| day < today;
        let scenario = RecordId("scen_1".to_owned());
        let old = one("a", "approved", "2026-11-22");
        let new = one("b", "approved", "2027-11-22");
        let asked = one("c", "requested", "2028-01-01");
        let refused = one("d", "refused", "2029-01-01");
        let told = |list: &[Record<RiskTreatment>]| match decided(&scenario, list, over) {
            Decided::InForce(one) => format!("in force {}", one.id.as_str()),
            Decided::Asked(one) => format!("asked {}", one.id.as_str()),
            Decided::Expired(one, day) => format!("expired {} {day}", one.id.as_str()),
            Decided::Nothing => "nothing".to_owned(),
        };
        assert_eq!(told(&[]), "nothing");
        assert_eq!(told(std::slice::from_ref(&refused)), "nothing");
        assert_eq!(told(std::slice::from_ref(&old)), "expired a 2026-11-22");
        assert_eq!(told(&[old.clone(), asked.clone()]), "asked c");
        assert_eq!(told(&[old.clone(), asked.clone(), new.clone()]), "in force b");
        assert_eq!(told(&[new, refused, asked, old]), "in force b");
        assert_eq!(
            decided(&RecordId("scen_2".to_owned()), &[one("a", "approved", "2027-01-01")], over),
            Decided::Nothing
        );
    }
}
