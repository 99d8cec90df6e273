//! The rows and columns of the list of findings.

use super::shown::{self, Aside};
use crate::language::of_english;
use crate::list::{ListAddress, encoded};
use crate::look::badge;
use crate::look::figure::{cut, thousands};
use crate::look::table::{Action, Column, ColumnFilter, Row, Width};
use crate::look::when;
use crate::look::words::english;
use crate::past;
use crate::words::{Words, say};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::html;
use std::collections::BTreeMap;
use warrant_model::finding::Finding;
use warrant_service::findings::FindingPage;
use warrant_service::query::FindingQuery;

/// The columns' names, and the titles of the export's columns that hold what each shows; the first eight are shown
/// at first.
pub(super) const COLUMNS: [(&str, &[&str]); 15] = [
    ("severity", &["Severity"]),
    ("priority", &["Priority", "Due", "Why"]),
    ("finding", &["Title", "Vulnerabilities", "Subject"]),
    ("system", &["System"]),
    ("target", &["Target"]),
    ("tool", &["Tool"]),
    ("controls", &["Controls"]),
    ("first", &["First seen"]),
    ("state", &["State"]),
    ("last", &["Last seen"]),
    ("rule", &["Rule"]),
    ("vulnerabilities", &["Vulnerabilities"]),
    ("score", &["CVSS score"]),
    ("fixed", &["Fixed version"]),
    ("remedy", &["Remedy"]),
];
/// How many of them are shown at first.
pub(super) const SHOWN: usize = 7;

/// More systems than this are named by typing, not chosen from a list.
const MOST_CHOICES: usize = 100;

type Names = BTreeMap<String, String>;

/// What rows and columns need to know.
pub(super) struct Shown<'a> {
    pub(super) names: &'a Names,
    pub(super) query: &'a FindingQuery,
    pub(super) found: &'a FindingPage,
    pub(super) now: Timestamp,
    pub(super) here: &'a str,
    pub(super) as_of: Option<Date>,
}

impl Shown<'_> {
    /// Whether what was decided is known, and all can be put in order by it and by when it was last seen.
    fn is_decided(&self) -> bool {
        self.as_of.is_none() || self.query.system.is_some()
    }
}

pub(super) fn columns(address: &ListAddress, view: &Shown<'_>) -> Vec<Column> {
    let Shown { names, query, found, .. } = view;
    let whole = |sort| Some(sort).filter(|_| view.is_decided());
    let column = |title: &str, width, sort: Option<&str>, filter: Option<(&str, Vec<(String, String)>)>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        let filter = filter.map(|(name, choices)| ColumnFilter {
            name: name.to_owned(),
            value: address.get(name).to_owned(),
            choices,
        });
        Column { title: title.to_owned(), width, sort: href, sorted: sorted.unwrap_or_default(), filter }
    };
    let mut systems: Vec<_> = names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    systems.sort_by(|a, b| a.1.cmp(&b.1));
    if systems.len() > MOST_CHOICES {
        systems.clear();
    }
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for counted in &found.breakdown {
        let fits = shown::fits(query, counted, Aside::Tool);
        *counts.entry(&counted.tool).or_default() += if fits { counted.count.unsigned_abs() } else { 0 };
    }
    let counted = |(tool, count): (&str, u64)| {
        let count = thousands(i64::try_from(count).unwrap_or(i64::MAX));
        (tool.to_owned(), format!("{tool} ({count})"))
    };
    let tools = counts.into_iter().map(counted).collect();
    vec![
        column(&say("column-severity"), Width::Fit, Some("severity"), None),
        column(&say("column-priority"), Width::Fit, whole("priority"), None),
        column(&say("column-finding"), Width::Fill, Some("title"), None),
        column(&say("column-system"), Width::Fit, None, Some(("system", systems))),
        column(&say("column-target"), Width::Fit, Some("target"), Some(("target", Vec::new()))),
        column(&say("column-tool"), Width::Fit, None, Some(("tool", tools))),
        column(&say("column-controls"), Width::Fit, None, Some(("control", Vec::new()))),
        column(&say("column-first-seen"), Width::Fit, Some("first"), None),
        column(&say("column-state"), Width::Fit, None, None),
        column(&say("column-last-seen"), Width::Fit, whole("last"), None),
        column(&say("column-rule"), Width::Fit, None, None),
        column(&say("column-vulnerabilities"), Width::Fit, None, None),
        column(&say("column-cvss"), Width::Figures, None, None),
        column(&say("column-fixed-in"), Width::Fit, None, None),
        column(&say("column-remedy"), Width::Fit, None, None),
    ]
}

pub(super) fn row(finding: &Finding, view: &Shown<'_>) -> Row {
    let Shown { names, query, found, now, here, as_of } = *view;
    let name = names.get(&finding.system).cloned().unwrap_or_else(|| finding.system.clone());
    let more = finding.vulnerabilities.len().saturating_sub(1);
    let plan = Action { verb: say("button-plan"), href: super::plan::way(&finding.id, here), key: Some('p') };
    Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![
            badge::severity(finding.severity),
            html! {
                @if view.is_decided() { (shown::priority(found.priorities.get(&finding.id))) }
                @else { span.muted title=(say("findings-not-known")) { "–" } }
            },
            html! {
                (english(&finding.title))
                // A list of one state need not repeat it.
                @if query.state.is_none() { " " (shown::state(finding.state)) }
                @if finding.reopened > 0 { " " (badge::tag(&say("finding-reopened"))) }
                @if let Some(id) = finding.vulnerabilities.first() { small { (id) @if more > 0 { " +" (more) } } }
                @if !finding.subject.is_empty() { small { (cut(&finding.subject, 60)) } }
            },
            html! { a href=(past::href(&format!("/systems/{}/findings", encoded(&finding.system)), as_of)) { (cut(&name, 20)) } },
            html! { span title=(finding.target) { (cut(&finding.target, 16)) } },
            html! { (cut(&finding.tool, 14)) " " (shown::also(found.also.get(&finding.id))) },
            shown::controls(&finding.system, &finding.controls, 1),
            html! {
                span title=(Words::of("finding-last-seen").with("age", when::age(finding.last_seen, now))) { (when::time(finding.first_seen)) }
            },
            shown::state(finding.state),
            html! { span title=(when::age(finding.last_seen, now)) { (when::time(finding.last_seen)) } },
            html! { span title=(finding.rule) { (cut(&finding.rule, 24)) } },
            html! { (cut(&finding.vulnerabilities.join(", "), 40)) },
            html! { @match finding.cvss_score { Some(score) => (format!("{score:.1}")), None => span.muted { "–" } } },
            html! { (finding.fixed_version.as_deref().unwrap_or_default()) },
            html! { span lang=[of_english()] title=(finding.remedy.as_deref().unwrap_or_default()) { (cut(finding.remedy.as_deref().unwrap_or_default(), 40)) } },
        ],
        actions: if as_of.is_none() { vec![plan] } else { Vec::new() },
        ..Row::default()
    }
}
