//! One release: safe to ship or not and why, what hits it, the way out, what could not be assessed.

use super::words::{self, advisory_href, counted, decide_href, line_href, release_href};
use super::{in_use, open};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::empty::{Empty, none};
use crate::look::facts::{Fact, facts};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Action, Chip, Column, Facet, Row, Table, Width, table};
use crate::look::{Link, badge, when};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_model::scope::Role;
use warrant_service::releases::{
    Disagreement, Found, Line, Reason, ReleaseView, Side, Step, Verdict, Witnesses,
};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path((system, component, version)): Path<(String, String, String)>,
    address: ListAddress,
) -> Answer {
    let (feed, line, at) = app.service.release(&who.actor, (&system, &component, &version)).await?;
    let witnesses = app.service.witnesses(&who.actor, (&system, &component, &version)).await?;
    let (release, now) = (&line.releases[at], app.service.now());
    let edits = who.actor.highest >= Some(Role::Engineer);
    let over = [
        Link::new("Releases", "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let title = format!("{} {}", line.component, release.version);
    let main = html! {
        (shell::heading(&over, &title, lead(&line, release), neighbours(&line, at)))
        (words::feed(feed.as_ref(), now))
        div.columns {
            (section("Safe to ship?", words::verdict(release), reasons(release)))
            (section("Smallest safe steps", html! { (release.steps.len()) }, steps(&release.steps)))
        }
        (section("What hits it", html! { (release.found.len()) }, found(&line, release, &address, edits)))
        @if let Some(witnesses) = &witnesses { (section("Advisories and scanners", html! { (witnesses.agreed) " told of by both" }, beside(witnesses, now))) }
        @if !release.cleared.is_empty() { (section("What statements set aside", html! { (release.cleared.len()) }, cleared(release))) }
        @if !release.notices.is_empty() { (section("Notices", html! { (release.notices.len()) }, notices(release))) }
        @if !release.unassessed.is_empty() { (section("Not assessed", html! { (release.not_assessed) " parts" }, words::unassessed(&release.unassessed))) }
        (section("What it is known by", html! {}, known_by(&line, release, now)))
    };
    Page::new(&title, Place::Watch, "/watch/releases").with(&app, &who, main).await
}

fn lead(line: &Line, release: &ReleaseView) -> Markup {
    let vulnerabilities = release.ship.reasons.iter().filter(|reason| reason.id.is_some()).count();
    html! {
        @match release.ship.verdict {
            Verdict::Ship => { strong { "It is safe to ship" } " by the policy in force" }
            Verdict::Hold if vulnerabilities > 0 => {
                strong { (counted(vulnerabilities, "vulnerability holds", "vulnerabilities hold")) " it back" }
            }
            Verdict::Hold => { strong { "Nothing is known against it, but it is not wholly assessed" } }
        }
        ": of " (counted(release.components, "part", "parts")) " "
        (release.affected) " hit, " (release.not_affected) " not affected, " (release.not_assessed) " not assessed."
        @if !release.ship.decided.is_empty() {
            " " (counted(release.ship.decided.len(), "decision sets", "decisions set")) " aside what would hold it."
        }
        @if let Some(newest) = line.releases.last().filter(|newest| newest.version != release.version) {
            " The newest release is " a href=(safe(&release_href(&line.system, &line.component, &newest.version))) { (newest.version) } "."
        }
    }
}

fn neighbours(line: &Line, at: usize) -> Markup {
    let here = encoded(&line.releases[at].version);
    html! {
        @if let Some(before) = at.checked_sub(1).map(|before| &line.releases[before]) {
            a.button href=(safe(&format!("{}/compare?from={}&to={here}", line_href(&line.system, &line.component), encoded(&before.version)))) { "Compare with " (before.version) }
        }
        a.button href=(safe(&line_href(&line.system, &line.component))) { "Timeline" }
    }
}

fn reasons(release: &ReleaseView) -> Markup {
    const SHOWN: usize = 12;
    let (held, decided) = (&release.ship.reasons, &release.ship.decided);
    html! {
        @if held.is_empty() { p { "Nothing holds it back." } }
        @else {
            (told(&held[..held.len().min(SHOWN)]))
            @if held.len() > SHOWN { p.muted { "and " (held.len() - SHOWN) " more, all of them below" } }
        }
        @if !decided.is_empty() {
            p.muted { "Would hold it back, but for a decision:" }
            (told(decided))
        }
    }
}

fn told(reasons: &[Reason]) -> Markup {
    html! {
        div.scroll {
            table {
                tbody {
                    @for reason in reasons {
                        tr {
                            th.fit scope="row" { @if let Some(id) = &reason.id { a href=(safe(&advisory_href(id))) { (id) } } }
                            td.anywhere { (reason.because) span.muted { " " (reason.component) } }
                        }
                    }
                }
            }
        }
    }
}

fn steps(steps: &[Step]) -> Markup {
    html! {
        @if steps.is_empty() { (none("release-no-steps")) }
        @else {
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Package" }
                        th scope="col" { "Step" }
                        th.figures scope="col" { "Ends" }
                        th scope="col" { "Leaves open" }
                    } }
                    tbody {
                        @for step in steps {
                            tr {
                                th scope="row" { (words::short(&step.package)) " " span.muted { (step.package.ecosystem) } }
                                td { (words::step(step)) }
                                td.figures title=(step.removes.join(", ")) { (step.removes.len()) }
                                td { @if step.leaves.is_empty() { span.muted { "nothing" } } @else { (step.leaves.join(", ")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn fits(found: &Found, address: &ListAddress, without: &str) -> bool {
    let text = format!(
        "{} {} {} {} {}",
        found.hit.id,
        found.hit.ids.join(" "),
        found.hit.summary,
        found.package.name,
        found.version
    )
    .to_lowercase();
    let severity = found.hit.severity.map_or("none", Severity::word);
    (without == "severity" || address.some("severity").is_none_or(|wanted| wanted == severity))
        && (without == "state" || address.some("state").is_none_or(|wanted| wanted == state(found)))
        && address.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn state(found: &Found) -> &'static str {
    if found.is_open() { "open" } else { "decided" }
}

fn found(line: &Line, release: &ReleaseView, address: &ListAddress, edits: bool) -> Markup {
    let shown: Vec<&Found> = release.found.iter().filter(|found| fits(found, address, "")).collect();
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "found".to_owned(),
        caption: "Vulnerabilities".to_owned(),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(release, address),
        columns: vec![
            column("Vulnerability", Width::Fit),
            column("Severity", Width::Fit),
            column("Package", Width::Fit),
            column("What it is", Width::Fill),
            column("Fixed in", Width::Fit),
            column("Decision", Width::Fit),
        ],
        rows: shown.iter().map(|found| row(line, found, &address.path, edits)).collect(),
        empty: nothing(release, address),
        ..Table::default()
    };
    table(&view)
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
            if severity == Severity::None { "Not rated".to_owned() } else { badge::severity_word(severity) };
        let chip = Chip { title, shape: Some(badge::severity_shape(severity)), count, href, chosen };
        (count > 0 || chosen == crate::look::table::Chosen::Yes).then_some(chip)
    });
    let states = [("open", "To deal with"), ("decided", "Decided")].map(|(value, title)| {
        let of = |found: &&Found| fits(found, address, "state") && state(found) == value;
        let (chosen, href) = address.toggle("state", value);
        let count = release.found.iter().filter(of).count() as u64;
        Chip { title: title.to_owned(), shape: None, count, href, chosen }
    });
    vec![
        Facet { title: "Severity".to_owned(), chips: severities.collect() },
        Facet { title: "State".to_owned(), chips: states.to_vec() },
    ]
}

fn row(line: &Line, found: &Found, here: &str, edits: bool) -> Row {
    let href = advisory_href(&found.hit.id);
    let decide = decide_href(&line.system, (&found.hit, &found.package, &found.version), here);
    Row {
        id: format!("{}/{}/{}", found.hit.id, found.package.name, found.version),
        title: format!("{} in {}", found.hit.id, found.package.name),
        href: href.clone(),
        cells: vec![
            Link::new(&found.hit.id, href).anchor(),
            words::severity(&found.hit),
            html! { (words::short(&found.package)) " " (found.version) },
            html! { (found.hit.summary) },
            html! { @if found.hit.fixed.is_empty() { span.muted { "no fix known" } } @else { (found.hit.fixed.join(", ")) } },
            html! { @if let Some(decision) = &found.decision { (words::decision(decision)) } },
        ],
        actions: if edits && found.is_open() {
            vec![Action { verb: "Decide".to_owned(), href: decide, key: None }]
        } else {
            Vec::new()
        },
        ..Row::default()
    }
}

/// Where advisories and scanners differ.
fn beside(witnesses: &Witnesses, now: Timestamp) -> Markup {
    html! {
        p {
            @if witnesses.looks.is_empty() { "No scanner reports packages of what is in use." }
            @for (nth, (tool, at)) in witnesses.looks.iter().enumerate() {
                @if nth > 0 { ", " } (tool) " looked " (when::when(*at, now))
            }
        }
        @if witnesses.disagreements.is_empty() {
            p.muted { "They do not differ." }
        } @else {
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Only told of by" }
                        th scope="col" { "Vulnerability" }
                        th scope="col" { "Severity" }
                        th scope="col" { "Package" }
                        th scope="col" { "Likely right" }
                        th scope="col" { "Because" }
                    } }
                    tbody { @for one in &witnesses.disagreements { (disagreement(one)) } }
                }
            }
        }
    }
}

fn disagreement(one: &Disagreement) -> Markup {
    let likely = match one.likely {
        Side::Advisories => "the advisories",
        Side::Scanner => "the scanner",
        Side::Neither => "cannot be told",
    };
    html! {
        tr {
            td {
                @match &one.finding {
                    Some(finding) => a href=(safe(&format!("/findings/{}", encoded(finding)))) { (one.tools.join(", ")) },
                    None => "advisories",
                }
            }
            th.fit scope="row" { a href=(safe(&advisory_href(&one.id))) { (one.id) } }
            td.fit { (badge::severity(one.severity)) }
            td { (one.package) }
            td { (likely) }
            td { (one.because) }
        }
    }
}

fn cleared(release: &ReleaseView) -> Markup {
    html! {
        ul {
            @for cleared in &release.cleared {
                li {
                    a href=(safe(&advisory_href(&cleared.id))) { (cleared.id) } " in " (cleared.package.name) " " (cleared.version) ": "
                    (cleared.status) ", says " (cleared.document)
                    @if !cleared.because.is_empty() { span.muted { " (" (cleared.because.replace('_', " ")) ")" } }
                }
            }
        }
    }
}

fn notices(release: &ReleaseView) -> Markup {
    html! {
        ul {
            @for notice in &release.notices {
                li {
                    a href=(safe(&advisory_href(&notice.hit.id))) { (notice.hit.id) } " " (notice.package.name) " " (notice.version) ": "
                    (notice.hit.informational.as_deref().unwrap_or("notice")) span.muted { " " (notice.hit.summary) }
                }
            }
        }
    }
}

fn known_by(line: &Line, release: &ReleaseView, now: Timestamp) -> Markup {
    let bills = html! {
        @for file in &release.files {
            p { a href=(safe(&format!("/evidence/{}", encoded(&file.evidence)))) { (file.target) } " of " (when::when(file.at, now)) }
        }
        @if release.superseded > 0 { p.muted { (counted(release.superseded, "older bill", "older bills")) " of the same" } }
    };
    facts(&[
        Fact::markup("System", Link::new(&line.system_name, record_href("system", &line.system)).anchor()),
        Fact::markup("Made", when::when(release.at, now)),
        Fact::markup(
            "Use",
            html! { (in_use(release)) @if !release.current { span.muted { "not the one in use" } } },
        ),
        Fact::markup("Bills of materials", bills),
        Fact::text("To deal with", counted(open(release), "vulnerability", "vulnerabilities")),
    ])
}
