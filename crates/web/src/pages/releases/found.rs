//! What hits a release, the smallest safe steps out of it, and where advisories and scanners differ.

use super::files::Rows;
use super::words::{self, advisory_href, decide_href};
use crate::language;
use crate::list::{ListAddress, encoded};
use crate::look::empty::{Empty, none};
use crate::look::link::safe;
use crate::look::table::{Action, Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::{Link, badge, when};
use crate::words::{Words, say};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_report::table::{Cell, ColumnKind};
use warrant_service::releases::{Disagreement, Found, Line, ReleaseView, Side, Step, Target, Witnesses};

/// Rows of a table that stands beside others; its file has them all.
const FEW: usize = 12;

/// What stands below a table that does not show all its rows.
pub(super) fn others(shown: usize, all: usize, (file, query): (&str, &str)) -> Markup {
    html! {
        @if all > shown {
            p.muted {
                (Words::of("more-in-files").with("count", all - shown)) " "
                a href=(safe(&format!("{file}.csv{query}"))) { "CSV" } " "
                a href=(safe(&format!("{file}.xlsx{query}"))) { "XLSX" }
            }
        }
    }
}

fn fits(found: &Found, address: &ListAddress, without: &str) -> bool {
    let severity = found.hit.severity.map_or("none", Severity::word);
    let text = || {
        let ids = found.hit.ids.join(" ");
        let (hit, package) = (&found.hit, &found.package);
        format!("{} {ids} {} {} {}", hit.id, hit.summary, package.name, found.version)
    };
    (without == "severity" || address.some("severity").is_none_or(|wanted| wanted == severity))
        && (without == "state" || address.some("state").is_none_or(|wanted| wanted == state(found)))
        && (address.get("q").is_empty() || address.found_in(&text()))
}

fn state(found: &Found) -> &'static str {
    if found.is_open() { "open" } else { "decided" }
}

/// What fits, in the order asked for; worst first else.
fn chosen<'r>(release: &'r ReleaseView, address: &ListAddress) -> Vec<&'r Found> {
    let mut all: Vec<&Found> = release.found.iter().filter(|found| fits(found, address, "")).collect();
    let (column, descending) = address.sorted();
    match column {
        "id" => all.sort_by(|a, b| a.hit.id.cmp(&b.hit.id)),
        "package" => all.sort_by(|a, b| (&a.package.name, &a.version).cmp(&(&b.package.name, &b.version))),
        "severity" => all.sort_by(|a, b| {
            let rank = |found: &Found| (found.hit.severity, found.hit.score.unwrap_or(-1.0));
            let ((a, a_score), (b, b_score)) = (rank(a), rank(b));
            a.cmp(&b).then(a_score.total_cmp(&b_score))
        }),
        _ => {}
    }
    if descending {
        all.reverse();
    }
    all
}

/// What hits the release, to be worked through.
pub(super) fn grid(line: &Line, release: &ReleaseView, address: &ListAddress, edits: bool) -> Markup {
    let (shown, pager) = address.page_of(chosen(release, address));
    table(&Table {
        id: "found".to_owned(),
        caption: say("changes-vulnerabilities"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(release, address),
        columns: vec![
            address.column(&say("column-vulnerability"), Width::Fit, "id"),
            address.column(&say("column-severity"), Width::Fit, "severity"),
            address.column(&say("column-package"), Width::Fit, "package"),
            Column::plain(&say("changes-what-it-is"), Width::Fill),
            Column::plain(&say("lives-fixed-in"), Width::Fit),
            Column::plain(&say("column-decision"), Width::Fit),
        ],
        rows: shown.into_iter().map(|found| row(line, found, &address.path, edits)).collect(),
        pager,
        exports: if release.found.is_empty() {
            Vec::new()
        } else {
            address.exports(&format!("{}/found", address.path))
        },
        empty: nothing(release, address),
        ..Table::default()
    })
}

/// The same as a file.
pub(super) fn file(release: &ReleaseView, address: &ListAddress) -> Rows {
    use ColumnKind::{Number, Text};
    let columns = vec![
        ("Vulnerability", Text),
        ("Other ids", Text),
        ("Severity", Text),
        ("Score", Number),
        ("Exploited", Text),
        ("Package", Text),
        ("Version", Text),
        ("What it is", Text),
        ("Fixed in", Text),
        ("Decision", Text),
    ];
    let cells = |found: &Found| {
        vec![
            Cell::text(&found.hit.id),
            Cell::text(found.hit.ids.join("; ")),
            Cell::text_if(found.hit.severity.map(Severity::word)),
            Cell::number_if(found.hit.score),
            Cell::Bool(found.hit.exploited),
            Cell::text(format!("{} {}", found.package.ecosystem, found.package.name)),
            Cell::text(&found.version),
            Cell::text(&found.hit.summary),
            Cell::text(found.hit.fixed.join("; ")),
            Cell::text_if(found.decision.as_ref().map(|decision| decision.because.as_str())),
        ]
    };
    (columns, chosen(release, address).into_iter().map(cells).collect())
}

fn nothing(release: &ReleaseView, address: &ListAddress) -> Empty {
    match (release.found.is_empty(), release.not_assessed) {
        (true, 0) => Empty::of("release-none"),
        (true, _) => Empty::of("release-none-assessed"),
        (false, _) => Empty::of("release-none-fit").first(&address.path),
    }
}

fn facets(release: &ReleaseView, address: &ListAddress) -> Vec<Facet> {
    let severities = Severity::DESCENDING.into_iter().filter_map(|severity| {
        let of = |found: &&Found| {
            fits(found, address, "severity") && found.hit.severity.unwrap_or(Severity::None) == severity
        };
        let count = release.found.iter().filter(of).count() as u64;
        let (chosen, href) = address.toggle("severity", severity.word());
        let title =
            if severity == Severity::None { say("found-not-rated") } else { badge::severity_word(severity) };
        let chip = Chip { title, shape: Some(badge::severity_shape(severity)), count, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    });
    let states = [("open", "to-deal-with"), ("decided", "decided")].map(|(value, title)| {
        let of = |found: &&Found| fits(found, address, "state") && state(found) == value;
        let (chosen, href) = address.toggle("state", value);
        let count = release.found.iter().filter(of).count() as u64;
        Chip { title: say(title), shape: None, count, href, chosen }
    });
    vec![
        Facet { title: say("column-severity"), chips: severities.collect() },
        Facet { title: say("column-state"), chips: states.to_vec() },
    ]
}

fn row(line: &Line, found: &Found, here: &str, edits: bool) -> Row {
    let href = advisory_href(&found.hit.id);
    let decide = decide_href(&line.system, (&found.hit, &found.package, &found.version), here);
    Row {
        id: format!("{}/{}/{}", found.hit.id, found.package.name, found.version),
        title: Words::of("changes-in").with("id", &found.hit.id).with("package", &found.package.name).said(),
        href: href.clone(),
        cells: vec![
            Link::new(&found.hit.id, href).anchor(),
            words::severity(&found.hit),
            html! { (words::short(&found.package)) " " (found.version) },
            html! { (found.hit.summary) },
            html! { @if found.hit.fixed.is_empty() { span.muted { (say("found-no-fix")) } } @else { (found.hit.fixed.join(", ")) } },
            html! { @if let Some(decision) = &found.decision { (words::decision(decision)) } },
        ],
        actions: if edits && found.is_open() {
            vec![Action { verb: say("found-decide"), href: decide, key: None }]
        } else {
            Vec::new()
        },
        ..Row::default()
    }
}

/// The smallest safe steps, the first of them.
pub(super) fn steps(steps: &[Step], here: &str) -> Markup {
    html! {
        @if steps.is_empty() { (none("release-no-steps")) }
        @else {
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { (say("column-package")) }
                        th scope="col" { (say("steps-step")) }
                        th.figures scope="col" { (say("steps-ends")) }
                        th scope="col" { (say("steps-leaves")) }
                    } }
                    tbody {
                        @for step in steps.iter().take(FEW) {
                            tr {
                                th scope="row" { (words::short(&step.package)) " " span.muted { (step.package.ecosystem) } }
                                td { (words::step(step)) }
                                td.figures title=(step.removes.join(", ")) { (step.removes.len()) }
                                td { @if step.leaves.is_empty() { span.muted { (say("nothing")) } } @else { (step.leaves.join(", ")) } }
                            }
                        }
                    }
                }
            }
            (others(FEW, steps.len(), (&format!("{here}/steps"), "")))
        }
    }
}

/// All of them as a file.
pub(super) fn steps_file(release: &ReleaseView) -> Rows {
    use ColumnKind::Text;
    let columns =
        vec![("Package", Text), ("From", Text), ("To", Text), ("Ends", Text), ("Leaves open", Text)];
    let cells = |step: &Step| {
        let to = match &step.to {
            Target::Version(version) => version.clone(),
            Target::After(version) => format!("later than {version}"),
            Target::None => String::new(),
        };
        vec![
            Cell::text(format!("{} {}", step.package.ecosystem, step.package.name)),
            Cell::text(&step.from),
            Cell::text(to),
            Cell::text(step.removes.join("; ")),
            Cell::text(step.leaves.join("; ")),
        ]
    };
    (columns, release.steps.iter().map(cells).collect())
}

/// Where advisories and scanners differ.
pub(super) fn beside(witnesses: &Witnesses, here: &str, now: Timestamp) -> Markup {
    html! {
        p {
            @if witnesses.looks.is_empty() { (say("beside-none")) }
            @for (nth, (tool, at)) in witnesses.looks.iter().enumerate() {
                @if nth > 0 { ", " } (Words::of("beside-looked").with("tool", tool).around("when", when::when(*at, now)))
            }
        }
        @if witnesses.disagreements.is_empty() {
            p.muted { (say("beside-same")) }
        } @else {
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { (say("beside-only")) }
                        th scope="col" { (say("column-vulnerability")) }
                        th scope="col" { (say("column-severity")) }
                        th scope="col" { (say("column-package")) }
                        th scope="col" { (say("beside-likely")) }
                        th scope="col" { (say("because")) }
                    } }
                    tbody { @for one in witnesses.disagreements.iter().take(FEW) { (disagreement(one)) } }
                }
            }
            (others(FEW, witnesses.disagreements.len(), (&format!("{here}/beside"), "")))
        }
    }
}

fn likely(side: Side) -> &'static str {
    match side {
        Side::Advisories => "the advisories",
        Side::Scanner => "the scanner",
        Side::Neither => "cannot be told",
    }
}

/// The same on a page; files stay English.
fn said(side: Side) -> String {
    say(match side {
        Side::Advisories => "beside-the-advisories",
        Side::Scanner => "beside-the-scanner",
        Side::Neither => "lives-cannot-tell",
    })
}

/// Who tells of it.
fn told_by(one: &Disagreement) -> String {
    if one.finding.is_some() { one.tools.join(", ") } else { "advisories".to_owned() }
}

fn disagreement(one: &Disagreement) -> Markup {
    html! {
        tr {
            td {
                @match &one.finding {
                    Some(finding) => a href=(safe(&format!("/findings/{}", encoded(finding)))) { (told_by(one)) },
                    None => (say("beside-advisories")),
                }
            }
            th.fit scope="row" { a href=(safe(&advisory_href(&one.id))) { (one.id) } }
            td.fit { (badge::severity(one.severity)) }
            td { (one.package) }
            td { (said(one.likely)) }
            td lang=[language::of_english()] { (one.because) }
        }
    }
}

/// All of them as a file.
pub(super) fn beside_file(witnesses: Option<&Witnesses>) -> Rows {
    use ColumnKind::Text;
    let columns = vec![
        ("Only told of by", Text),
        ("Vulnerability", Text),
        ("Severity", Text),
        ("Package", Text),
        ("Likely right", Text),
        ("Because", Text),
    ];
    let cells = |one: &Disagreement| {
        vec![
            Cell::text(told_by(one)),
            Cell::text(&one.id),
            Cell::text(one.severity.word()),
            Cell::text(&one.package),
            Cell::text(likely(one.likely)),
            Cell::text(&one.because),
        ]
    };
    (columns, witnesses.iter().flat_map(|all| &all.disagreements).map(cells).collect())
}
