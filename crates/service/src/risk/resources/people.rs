//! Hours needed by open actions beside hours that posts have, by NICE work role. Pure functions of records.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_analysis::{Work, hours_of_post, work_roles};
use warrant_model::kind::Record;
use warrant_model::kinds::{Person, Staffing};

/// Days looked ahead: a year.
pub(super) const AHEAD: i64 = 365;

/// A work role: what is needed of it and what there is.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct RoleView {
    /// NICE work role id; empty for work that names neither role nor an owner who has one.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Hours that open actions due within a year take.
    pub needed: f64,
    /// Actions with hours.
    pub actions: usize,
    /// Open actions of the role that do not say how long they take.
    pub untold: usize,
    /// Hours that filled posts have in that year.
    pub available: f64,
    /// Hours that vacant posts would add.
    pub vacant: f64,
    /// Posts filled.
    pub posts: usize,
    /// The first day by which the work due exceeds the hours there are by then; `None` when it never does.
    pub short_from: Option<Date>,
}

impl RoleView {
    /// Hours missing in the year.
    pub fn missing(&self) -> f64 {
        (self.needed - self.available).max(0.0)
    }
}

/// Each role with work or posts, the one that lacks most first.
pub(super) fn by_role(
    work: &[Work<'_>],
    posts: &[Record<Staffing>],
    people: &[Record<Person>],
    today: Date,
) -> Vec<RoleView> {
    let end = today.checked_add(jiff::Span::new().days(AHEAD - 1)).unwrap_or(Date::MAX);
    let names = work_roles();
    let stays = people.iter().filter(|person| person.body.left.is_none_or(|left| left >= today));
    let stays: BTreeSet<&str> = stays.map(|person| person.id.as_str()).collect();
    let here = |post: &Staffing| post.person.as_ref().is_some_and(|id| stays.contains(id.as_str()));
    let mut found: BTreeMap<&str, RoleView> = BTreeMap::new();
    for one in work {
        let role = found.entry(one.role).or_default();
        match one.hours.filter(|hours| hours.is_finite() && *hours >= 0.0) {
            // What is due later is not this year's work; what is late or without a day is.
            Some(hours) if one.due.is_none_or(|due| due <= end) => {
                role.needed += hours;
                role.actions += 1;
            }
            Some(_) => {}
            None => role.untold += 1,
        }
    }
    for post in posts {
        let body = &post.body;
        let hours = hours_of_post(body, today, end);
        let role = found.entry(body.work_role.as_str()).or_default();
        if here(body) {
            role.available += hours;
            role.posts += 1;
        } else {
            role.vacant += hours;
        }
    }
    let mut told: Vec<RoleView> = found
        .into_iter()
        .map(|(id, role)| {
            let of_it: Vec<_> = work.iter().filter(|one| one.role == id).collect();
            let posts = posts.iter().filter(|post| post.body.work_role == id && here(&post.body));
            let posts: Vec<_> = posts.map(|post| &post.body).collect();
            RoleView {
                role: id.to_owned(),
                name: names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned()),
                short_from: short_from(&of_it, &posts, today, end),
                ..role
            }
        })
        .collect();
    told.retain(|role| role.needed + role.available + role.vacant > 0.0 || role.untold > 0);
    told.sort_by(|a, b| b.missing().total_cmp(&a.missing()).then_with(|| a.role.cmp(&b.role)));
    told
}

/// The first due day by which the work due until then exceeds the hours until then. Late work is due today.
fn short_from(work: &[&Work<'_>], posts: &[&Staffing], today: Date, end: Date) -> Option<Date> {
    let mut due: Vec<(Date, f64)> = work
        .iter()
        .filter_map(|one| {
            Some((one.due.unwrap_or(end).max(today), one.hours.filter(|h| h.is_finite() && *h > 0.0)?))
        })
        .filter(|(day, _)| *day <= end)
        .collect();
    due.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
    let by = |day: Date| -> f64 { posts.iter().map(|post| hours_of_post(post, today, day)).sum() };
    let mut sum = 0.0;
    let sums: Vec<(Date, f64)> = due
        .iter()
        .map(|(day, hours)| {
            sum += hours;
            (*day, sum)
        })
        .collect();
    sums.into_iter().find(|(day, sum)| *sum > by(*day) + 1e-9).map(|(day, _)| day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use warrant_analysis::open_work;
    use warrant_model::RecordId;
    use warrant_model::kinds::PoamItem;
    use warrant_model::kinds::is_work_role;

    fn record<T>(id: &str, body: T) -> Record<T> {
        let at = Timestamp::UNIX_EPOCH;
        Record { id: RecordId(id.to_owned()), version: 1, created_at: at, updated_at: at, body }
    }

    #[test]
    fn the_framework_has_41_roles() {
        let roles = work_roles();
        assert_eq!(roles.len(), 41);
        assert!(roles.keys().all(|id| is_work_role(id)));
        assert_eq!(roles["PD-WRL-007"], "Vulnerability Analysis");
    }

    #[test]
    fn hours_are_set_beside_those_of_filled_posts_in_time() {
        let today: Date = "2026-11-23".parse().unwrap();
        let day = |text: &str| text.parse::<Date>().ok();
        let person = |id: &str, left: Option<&str>| {
            let body = Person {
                work_roles: vec!["IO-WRL-005".into()],
                left: left.and_then(|day| day.parse().ok()),
                ..Person::default()
            };
            record(id, body)
        };
        let people = [person("p", None), person("gone", Some("2026-11-01"))];
        let post = |person: Option<&str>, hours: f64, until: Option<&str>| {
            let body = Staffing {
                work_role: "IO-WRL-005".into(),
                person: person.map(|id| RecordId(id.to_owned())),
                hours_a_year: Some(hours),
                until: until.and_then(|day| day.parse().ok()),
                ..Staffing::default()
            };
            record("post", body)
        };
        // A year of the first, 73 of 365 days of the second; the third is vacant, the fourth's holder left.
        let posts = [
            post(Some("p"), 365.0, None),
            post(Some("p"), 365.0, Some("2027-02-03")),
            post(None, 100.0, None),
            post(Some("gone"), 50.0, None),
        ];
        let item = |state: &str, hours: Option<f64>, due: &str, role: Option<&str>| {
            let body = PoamItem {
                state: state.into(),
                hours,
                due: day(due),
                owner: Some(RecordId("p".into())),
                work_role: role.map(str::to_owned),
                ..PoamItem::default()
            };
            record("item", body)
        };
        let items = [
            item("ongoing", Some(3.0), "2026-11-01", None),
            item("planned", Some(400.0), "2027-03-01", None),
            item("planned", Some(900.0), "2028-03-01", None),
            item("validating", Some(70.0), "2026-12-01", None),
            item("draft", None, "2026-12-01", None),
            item("planned", Some(8.0), "2026-12-01", Some("PD-WRL-007")),
        ];
        let told = by_role(&open_work(&items, &[], &people), &posts, &people, today);
        assert_eq!(told.len(), 2);
        let admin = told.iter().find(|role| role.role == "IO-WRL-005").unwrap();
        assert_eq!((admin.needed, admin.actions, admin.untold), (403.0, 2, 1));
        assert_eq!((admin.available, admin.vacant, admin.posts), (365.0 + 73.0, 150.0, 2));
        // Late work needs 3 hours today; both posts have two hours a day.
        assert_eq!(admin.short_from, Some(today));
        assert_eq!(admin.missing(), 0.0);
        let analyst = told.iter().find(|role| role.role == "PD-WRL-007").unwrap();
        assert_eq!((analyst.missing(), analyst.name.as_str()), (8.0, "Vulnerability Analysis"));
        assert_eq!(analyst.short_from, day("2026-12-01"));
        assert_eq!(told[0].role, "PD-WRL-007", "the role that lacks most comes first");
    }
}
