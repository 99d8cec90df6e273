//! What was read from a file: one line per fact, each with its place.

use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::pager::Pager;
use crate::look::table::{Column, Row, Table, Width, table};
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::fact::{BackupAct, Fact};
use warrant_service::query::{EvidenceRow, StoredFact};

/// The facts of a file, one page of them.
pub(super) fn facts(address: &ListAddress, file: &EvidenceRow, facts: &[StoredFact]) -> Markup {
    let column = |name, width| Column::plain(&say(name), width);
    let view = Table {
        id: "facts".to_owned(),
        caption: say("evidence-facts"),
        action: address.path.clone(),
        columns: vec![
            column("column-line", Width::Figures),
            column("column-kind", Width::Fit),
            column("facts-fact", Width::Fill),
            column("facts-about", Width::Fit),
            column("column-finding", Width::Fit),
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
            html! { @if !fact.finding.is_empty() { a href=(format!("/findings/{}", encoded(&fact.finding))) { (say("facts-finding")) } } },
        ],
        href,
        ..Row::default()
    }
}

/// A fact in one line, and what it is about.
fn said(fact: &Fact) -> (String, String) {
    match fact {
        Fact::Asset(asset) => {
            let platform = asset.platform.clone().unwrap_or_else(|| say("fact-no-platform"));
            let seen = Words::of(match asset.authenticated {
                Some(true) => "fact-seen-in",
                Some(false) => "fact-seen-out",
                None => "fact-seen",
            });
            (seen.with("platform", platform).said(), asset.name.clone())
        }
        Fact::Backup(backup) => {
            let name = if backup.succeeded { "fact-backup-succeeded" } else { "fact-backup-failed" };
            let said = Words::of(name).with("act", say(act(backup.act))).with("detail", &backup.detail);
            (said.said(), backup.host.clone())
        }
        Fact::Check(check) => {
            let said = Words::of("fact-check")
                .with("outcome", say(outcome(check.outcome)))
                .with("title", &check.title)
                .with("rule", &check.rule);
            (said.said(), check.target.clone())
        }
        Fact::Component(part) => {
            let said = match &part.version {
                Some(version) => format!("{} {version}", part.name),
                None => Words::of("fact-no-version").with("name", &part.name).said(),
            };
            (said, part.target.clone())
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
            let name = if training.passed { "fact-training-passed" } else { "fact-training-failed" };
            let said =
                Words::of(name).with("course", &training.course).with("day", training.completed.to_string());
            (said.said(), training.email.clone())
        }
        Fact::Weakness(weakness) => {
            let severity = badge::severity_word(weakness.severity);
            let subject = match weakness.subject.title() {
                none if none.is_empty() => none,
                some => format!(" ({some})"),
            };
            let said = Words::of("fact-weakness")
                .with("severity", severity)
                .with("title", format!("{}{subject}", weakness.title));
            (said.said(), weakness.target.clone())
        }
    }
}

/// What was done with a backup.
fn act(act: BackupAct) -> &'static str {
    match act {
        BackupAct::Snapshot => "backup-snapshot",
        BackupAct::StructureCheck => "backup-structure-check",
        BackupAct::DataCheck => "backup-data-check",
        BackupAct::Restore => "backup-restore",
    }
}

/// A result in words.
fn outcome(outcome: warrant_model::fact::Outcome) -> &'static str {
    use warrant_model::fact::Outcome;
    match outcome {
        Outcome::Pass => "outcome-pass",
        Outcome::Fixed => "outcome-fixed",
        Outcome::Fail => "outcome-fail",
        Outcome::Error => "outcome-error",
        Outcome::Unknown => "outcome-unknown",
        Outcome::NotApplicable => "outcome-not-applicable",
        Outcome::NotChecked => "outcome-not-checked",
        Outcome::NotSelected => "outcome-not-selected",
        Outcome::Informational => "outcome-informational",
    }
}
