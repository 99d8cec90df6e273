//! What was read from a file: one line per fact, each with its place.

use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::pager::Pager;
use crate::look::table::{Column, Row, Table, Width, table};
use maud::{Markup, html};
use warrant_model::fact::Fact;
use warrant_service::query::{EvidenceRow, StoredFact};

/// The facts of a file, one page of them.
pub(super) fn facts(address: &ListAddress, file: &EvidenceRow, facts: &[StoredFact]) -> Markup {
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "facts".to_owned(),
        caption: "Facts".to_owned(),
        action: address.path.clone(),
        columns: vec![
            column("Line", Width::Figures),
            column("Kind", Width::Fit),
            column("Fact", Width::Fill),
            column("About", Width::Fit),
            column("Finding", Width::Fit),
        ],
        rows: facts.iter().map(|fact| row(file, fact)).collect(),
        pager: pager(address, facts.len(), file.facts),
        empty: Empty::of("facts-none"),
        ..Table::default()
    };
    table(&view)
}

fn pager(address: &ListAddress, shown: usize, total: i64) -> Pager {
    // The window of lines belongs to another part of the page.
    let system = match address.get("system") {
        "" => String::new(),
        system => format!("system={}&", encoded(system)),
    };
    let at = |page: i64| format!("{}?{system}page={}#facts", address.path, page + 1);
    let (page, last) = (address.page(), address.offset() + shown as i64);
    Pager {
        first: if shown == 0 { 0 } else { address.offset().unsigned_abs() + 1 },
        last: last.unsigned_abs(),
        total: Some(total.unsigned_abs()),
        previous: (page > 0).then(|| at(page - 1)),
        next: (shown as i64 == PAGE && last < total).then(|| at(page + 1)),
        rest: None,
    }
}

fn row(file: &EvidenceRow, fact: &StoredFact) -> Row {
    let (what, about) = said(&fact.fact);
    let line = fact.place.line;
    let href = match line {
        0 => format!("/evidence/{}", encoded(file.hash.as_str())),
        line => format!("/evidence/{}?line={line}#L{line}", encoded(file.hash.as_str())),
    };
    let place = if fact.place.pointer.is_empty() { String::new() } else { cut(&fact.place.pointer, 60) };
    Row {
        id: fact.ordinal.to_string(),
        title: what.clone(),
        cells: vec![
            html! { @if line > 0 { a href=(href) title=(place) { (thousands(i64::from(line))) } } @else { span.muted title=(place) { "–" } } },
            badge::tag(fact.fact.name()),
            html! { (cut(&what, 140)) },
            html! { span title=(about) { (cut(&about, 32)) } },
            html! { @if !fact.finding.is_empty() { a href=(format!("/findings/{}", encoded(&fact.finding))) { "finding" } } },
        ],
        href,
        ..Row::default()
    }
}

/// A fact in one line, and what it is about.
fn said(fact: &Fact) -> (String, String) {
    match fact {
        Fact::Asset(asset) => {
            let platform = asset.platform.clone().unwrap_or_else(|| "platform not said".to_owned());
            let login = match asset.authenticated {
                Some(true) => ", logged in",
                Some(false) => ", not logged in",
                None => "",
            };
            (format!("seen: {platform}{login}"), asset.name.clone())
        }
        Fact::Backup(backup) => {
            let act = format!("{:?}", backup.act).to_lowercase();
            let outcome = if backup.succeeded { "succeeded" } else { "failed" };
            (format!("{act} {outcome}: {}", backup.detail), backup.host.clone())
        }
        Fact::Check(check) => {
            (format!("{}: {} ({})", outcome(check.outcome), check.title, check.rule), check.target.clone())
        }
        Fact::Component(part) => {
            let version = part.version.as_deref().unwrap_or("no version");
            (format!("{} {version}", part.name), part.target.clone())
        }
        Fact::Service(service) => {
            let product = service.product.as_deref().unwrap_or_default();
            (
                format!("{}/{} {} {product}", service.port, service.protocol, service.name),
                service.target.clone(),
            )
        }
        Fact::Setting(setting) => {
            (format!("{} {} = {}", setting.area, setting.key, setting.value), setting.target.clone())
        }
        Fact::Training(training) => {
            let outcome = if training.passed { "passed" } else { "failed" };
            (format!("{outcome} {} on {}", training.course, training.completed), training.email.clone())
        }
        Fact::Weakness(weakness) => {
            let severity = badge::severity_word(weakness.severity);
            let subject = match weakness.subject.title() {
                none if none.is_empty() => none,
                some => format!(" ({some})"),
            };
            (format!("{severity}: {}{subject}", weakness.title), weakness.target.clone())
        }
    }
}

/// A result in words.
fn outcome(outcome: warrant_model::fact::Outcome) -> &'static str {
    use warrant_model::fact::Outcome;
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fixed => "fixed",
        Outcome::Fail => "fail",
        Outcome::Error => "error",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not applicable",
        Outcome::NotChecked => "not checked",
        Outcome::NotSelected => "not selected",
        Outcome::Informational => "informational",
    }
}
