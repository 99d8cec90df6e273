//! What became of each file of a batch.

use crate::error::Told;
use crate::imports::{Batch, FileResult, Unplaced};
use crate::language;
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::{cut, thousands};
use crate::look::icons::{Icon, icon};
use crate::pages::evidence::ask;
use crate::session::Who;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::import::{ImportOutcome, Mode};
use warrant_service::readers::FormatNames;
use warrant_service::tables::TableOutcome;

/// The most problems of a file shown here; the file's own page has all.
const MOST_PROBLEMS: usize = 10;

/// How far a batch is, as a badge.
pub(super) fn state(batch: &Batch) -> Markup {
    let failed =
        batch.files.iter().filter(|file| matches!(file.result(), Some(FileResult::Failed { .. }))).count();
    let rehearsed = batch.order.mode == Mode::DryRun;
    match (batch.is_finished(), failed) {
        (false, _) => badge::state(&say("import-under-way"), Progress::Underway),
        (true, 0) if rehearsed => badge::state(&say("import-rehearsed"), Progress::Aside),
        (true, 0) => badge::state(&say("import-imported"), Progress::Done),
        (true, failed) => {
            let words = Words::of("import-failed").with("count", failed);
            badge::state(&words.said(), Progress::Failed)
        }
    }
}

/// One sentence over all files.
pub(super) fn finished(batch: &Batch) -> Markup {
    let (mut facts, mut opened, mut closed, mut reopened) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut known, mut failed) = (0_usize, 0_usize);
    for file in &batch.files {
        match file.result() {
            Some(FileResult::Done(outcome)) if outcome.already_known => known += 1,
            Some(FileResult::Done(outcome)) => {
                facts += outcome.facts;
                opened += outcome.opened;
                closed += outcome.closed;
                reopened += outcome.reopened;
            }
            Some(FileResult::Failed { .. }) => failed += 1,
            _ => {}
        }
    }
    let mut parts = Vec::new();
    if batch.order.kind.is_none() {
        let read = Words::of("import-done-facts").with("facts", facts).with("opened", opened);
        parts.push(read.with("closed", closed).with("reopened", reopened).said());
        if known > 0 {
            parts.push(Words::of("import-done-known").with("count", known).said());
        }
    } else {
        parts.push(Words::of("import-done-tables").with("count", batch.files.len() - failed).said());
    }
    if failed > 0 {
        parts.push(Words::of("import-done-failed").with("count", failed).said());
    }
    let name = if batch.order.mode == Mode::DryRun { "import-would" } else { "import-done" };
    let said = Words::of(name).with("what", parts.join(&say("semicolon")));
    html! {
        p.flash.problem[failed > 0] role="status" {
            (icon(if failed > 0 { Icon::Warning } else { Icon::Check }))
            span { (said) }
        }
    }
}

/// What is counted of each file.
const FIGURES: [&str; 5] =
    ["import-facts", "import-opened", "import-still-open", "import-closed", "import-reopened"];

/// A table with a row per file.
pub(super) fn results(batch: &Batch, formats: FormatNames<'_>, who: &Who) -> Markup {
    html! {
        div.scroll {
            table {
                caption.sr { (say("column-files")) }
                thead {
                    tr {
                        th scope="col" { (say("import-file")) }
                        th scope="col" { (say("column-format")) }
                        th scope="col" { (say("column-system")) }
                        @for heading in FIGURES { th.figures scope="col" { (say(heading)) } }
                    }
                }
                tbody {
                    @for (at, file) in batch.files.iter().enumerate() {
                        @match file.result() {
                            Some(FileResult::Done(outcome)) => (evidence(&outcome, batch.order.mode, formats, who)),
                            Some(FileResult::Table(outcome)) => (records(&file.name, &outcome, batch)),
                            Some(FileResult::Failed { told, unplaced }) => {
                                (failure(&file.name, &told, unplaced.map(|waiting| ways(batch, at, &waiting, &who.csrf))))
                            },
                            None => tr { th scope="row" { (file.name) } td colspan="7" { (badge::state(&say("import-waiting"), Progress::Open)) } },
                        }
                    }
                }
            }
        }
    }
}

fn evidence(outcome: &ImportOutcome, mode: Mode, formats: FormatNames<'_>, who: &Who) -> Markup {
    let findings = |state: &str, count: usize| {
        let href = format!(
            "/findings?system={}&tool={}&state={state}",
            encoded(&outcome.system),
            encoded(&outcome.tool)
        );
        let linked = count > 0 && mode == Mode::Commit && !outcome.system.is_empty();
        html! { td.figures { @if linked { a href=(href) { (thousands(count as i64)) } } @else { (thousands(count as i64)) } } }
    };
    let kept = mode == Mode::Commit || outcome.already_known;
    html! {
        tr {
            th scope="row" {
                @if kept { a href=(format!("/evidence/{}", encoded(&outcome.evidence))) { (outcome.file) } } @else { (outcome.file) }
                @if outcome.already_known { br; span.muted { (say("import-before")) } }
                (problems(&outcome.problems))
                @if mode == Mode::Commit && !outcome.already_known { (ask(who, (&outcome.evidence, &outcome.file), (&outcome.system, &outcome.system_name))) }
            }
            td.fit { (formats.title(&outcome.format)) }
            td {
                @if outcome.system.is_empty() { (say("organisation")) }
                @else { a href=(format!("/systems/{}", encoded(&outcome.system))) { (outcome.system_name) } }
                @if let Some(because) = &outcome.placed_because { br; span.muted lang=[language::of_english()] { (because) } }
            }
            td.figures { (thousands(outcome.facts as i64)) }
            (findings("open", outcome.opened))
            (findings("open", outcome.still_open))
            (findings("closed", outcome.closed))
            (findings("open", outcome.reopened))
        }
    }
}

fn problems(problems: &[String]) -> Markup {
    html! {
        @if !problems.is_empty() {
            details {
                summary { (Words::of("import-problems").with("count", problems.len())) }
                ul { @for problem in problems.iter().take(MOST_PROBLEMS) { li lang=[language::of_english()] { (cut(problem, 300)) } } }
                @if problems.len() > MOST_PROBLEMS { p.muted { (Words::of("provenance-more").with("count", problems.len() - MOST_PROBLEMS)) } }
            }
        }
    }
}

fn records(name: &str, outcome: &TableOutcome, batch: &Batch) -> Markup {
    let kind = batch.order.kind.as_deref().unwrap_or_default();
    html! {
        tr {
            th scope="row" { (name) }
            td.fit { (say("import-table")) }
            td colspan="6" {
                (Words::of("import-table-done")
                    .with("created", outcome.created)
                    .with("updated", outcome.updated)
                    .with("unchanged", outcome.unchanged)
                    .link(&format!("/records/{}", encoded(kind))))
            }
        }
    }
}

/// The most hosts that a new system is started with.
const MOST_HOSTS: usize = 40;

/// Where a file may belong, each with a button that imports it there, and the way to a new system.
fn ways(batch: &Batch, at: usize, waiting: &Unplaced, csrf: &str) -> Markup {
    let kept = !batch.kept().is_empty();
    let hosts = waiting.targets.iter().take(MOST_HOSTS).cloned().collect::<Vec<_>>().join("\n");
    html! {
        ul.proposals {
            @for proposal in &waiting.proposals {
                li {
                    @if kept {
                        form.buttons method="post" action=(format!("/import/{}/place", encoded(&batch.id))) {
                            input type="hidden" name="_csrf" value=(csrf);
                            input type="hidden" name="file" value=(at);
                            input type="hidden" name="system" value=(proposal.system);
                            button.small { (Words::of("import-for").with("system", &proposal.name)) }
                            span.muted lang=[language::of_english()] { (proposal.why) }
                        }
                    } @else { strong { (proposal.name) } " " span.muted lang=[language::of_english()] { (proposal.why) } }
                }
            }
            li {
                a.button.small href=(format!("/systems/new?hosts={}", encoded(&hosts))) { (say("import-define")) }
                " " span.muted { (say("import-then-again")) }
            }
        }
    }
}

fn failure(name: &str, told: &Told, ways: Option<Markup>) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td colspan="7" {
                span lang=[language::of_chosen()] { (badge::state(&say("not-imported"), Progress::Failed)) " " (told.words) }
                @if !told.detail.is_empty() { span lang=[language::of_english()] { @for part in told.detail.split("; ") { br; (cut(part, 400)) } } }
                @if let Some(text) = told.words.part("text") { br; span.muted lang=[language::of_chosen()] { (text) } }
                @if let Some(ways) = ways { (ways) }
            }
        }
    }
}
