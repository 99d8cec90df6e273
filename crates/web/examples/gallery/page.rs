//! The gallery's page: every component once, with made-up content. `hostile` is appended to every text and
//! address, so that a test can see whether anything slips through.

// The tests take this file in by its path, so where the other lies is said.
#[path = "boundary.rs"]
mod boundary;

#[allow(unused_imports, reason = "the example does not use what the test does")]
pub(crate) use boundary::diagram_golden;

use boundary::diagram_sample;
use maud::{Markup, html};
use serde_json::json;
use std::collections::BTreeMap;
use warrant_model::kind::FieldProblem;
use warrant_model::{Registry, Severity};
use warrant_web::error::Told;
use warrant_web::look::badge::{self, Progress};
use warrant_web::look::chart::{self, Bar, Bars, BurnDown, Colour, Day, Drawn, Part, Series, Stacked, Trend};
use warrant_web::look::diagram::diagram;
use warrant_web::look::dialog::{Confirm, confirm};
use warrant_web::look::diff::{Change, diff};
use warrant_web::look::drop::{Drop, drop};
use warrant_web::look::empty::{Empty, empty};
use warrant_web::look::facts::{Fact, Figure, facts, figures};
use warrant_web::look::form::{Choice, Choices, Form, form};
use warrant_web::look::link::Link;
use warrant_web::look::pager::Pager;
use warrant_web::look::panel::{Panel, panel, section};
use warrant_web::look::progress::{Work, meter, work};
use warrant_web::look::scorecard::{Indicator, Scorecard, scorecard, scorecard_full};
use warrant_web::look::shell::{self, Account, Flash, Here, Place, Shell, Spoken, Tab, Tone};
use warrant_web::look::source::{Excerpt, source};
use warrant_web::look::sparkline::sparkline;
use warrant_web::look::table::{
    Action, Arrangement, Bulk, Chip, Chosen, Column, ColumnFilter, Facet, Offer, Row, Sorted, Table, Then,
    Verb, View, Whole, Width, table,
};
use warrant_web::look::timeline::{Event, timeline};

/// Text that does harm wherever it is not escaped.
pub(crate) const HOSTILE: &str =
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)><i style=\"color:red\">{{7*7}}</i>";

/// Appends the hostile text to what is shown.
struct Text<'a>(&'a str);

impl Text<'_> {
    fn t(&self, text: &str) -> String {
        format!("{text}{}", self.0)
    }

    /// An address; hostile ones try to run a script.
    fn h(&self, address: &str) -> String {
        if self.0.is_empty() { address.to_owned() } else { format!("javascript:alert('{address}')") }
    }

    fn link(&self, title: &str, address: &str) -> Link {
        Link::new(self.t(title), self.h(address))
    }
}

/// The whole page.
pub(crate) fn gallery(hostile: &str) -> Markup {
    let x = Text(hostile);
    shell::page(
        &shell_sample(&x),
        html! {
            (shell::heading(
                &[x.link("Systems", "/systems")],
                x.t("Customer Portal"),
                html! { strong { "61 days from re-authorisation" } "; three things stand in the way: " a href="#findings" { "two critical findings" } ", no restore test since March, and 41 controls that nobody has assessed. " (x.t("")) },
                html! { a.button href="#form" { "Edit" } (confirm(&confirm_sample(&x))) a.button.primary href="#plan" { "Plan" } },
            ))
            (shell::tabs(&x.t("Customer Portal"), &tabs(&x)))
            (figures(&figure_samples(&x)))
            (table(&queue(&x)))
            (section("Systems", html! { "5 of 48" }, table(&systems(&x))))
            (section("Posture", html! { "as of 2026-11-23" }, posture(&x)))
            (section("Boundary", html! { a href="#" { "Components" } }, diagram(&diagram_sample(&x))))
            (section("What is known", html! {}, known(&x)))
            (section("Change", html! {}, form_sample(&x)))
            (section("Bring in evidence", html! {}, html! {
                div.columns {
                    (drop(&Drop { id: "import".into(), action: x.h("/import"), csrf: x.t("token"), name: x.t("file"), accepts: x.t("Nessus, SARIF, CycloneDX, SPDX, XCCDF, CKL, CSV and 30 more; up to 2 GB each"), hidden: vec![(x.t("system"), x.t("portal"))], fields: html! {}, target: x.t("import") }))
                    div.stack-gap {
                        (work(&Work { id: "job-7".into(), title: x.t("Import of scan-2026-11.nessus"), note: x.t("reading 14 of 32 hosts"), share: Some(0.44), events: x.h("/jobs/7/events"), href: x.h("/jobs/7"), cancel: Some((x.h("/jobs/7/stop"), x.t("token"))), ..Work::default() }))
                        (work(&Work { id: "job-8".into(), title: "Recomputing the posture".into(), ..Work::default() }))
                        (empty(&Empty::of("records-none").with("several", x.t("exercises")).with("one", x.t("exercise")).with("about", x.t("An exercise shows whether the recovery targets are met.")).first(x.h("/exercises/new")).second(x.h("/import"))))
                    }
                }
            }))
            (section("Nothing here", html! {}, table(&Table { id: "nothing".into(), caption: x.t("Exceptions"), filter: Some(("q".into(), x.t("vpn"))), empty: Empty::of("findings-none-fit"), ..Table::default() })))
        },
    )
}

fn shell_sample(x: &Text<'_>) -> Shell {
    let tab = |title: &str, count, here| Tab { title: x.t(title), href: x.h("/systems"), count, here };
    Shell {
        spoken: Spoken::English,
        title: x.t("Customer Portal"),
        organisation: x.t("Northwater Utilities"),
        place: Some(Place::Systems),
        links: vec![
            tab("All systems", Some(48), Here::No),
            tab("Customer Portal", None, Here::Yes),
            tab("Findings", Some(1_189), Here::No),
            tab("POA&M", Some(37), Here::No),
            tab("Risk", None, Here::No),
        ],
        scope: Some(shell::scope_switch(
            &x.t("Retail Services"),
            &x.h("/scope?here=/systems"),
            Some(&x.h("/systems?scope=all")),
        )),
        news: 3,
        query: x.t(""),
        account: Some(Account {
            name: x.t("Ilse Varga"),
            about: x.t("Security officer, Retail"),
            links: vec![x.link("Settings", "/account")],
            csrf: x.t("token"),
        }),
        marking: Some(x.t("TLP:AMBER")),
        day: Some(warrant_web::look::day::Day {
            action: x.h("/systems/one"),
            as_of: Some(jiff::civil::date(2026, 10, 1)),
            since: jiff::civil::date(2026, 8, 23),
            today: jiff::civil::date(2026, 11, 23),
        }),
        guide: Some(x.h("/help/today")),
        flashes: vec![
            Flash {
                tone: Tone::Done,
                text: x.t("Three findings were added to POA&M item 2026-014."),
                link: Some(x.link("Undo", "/undo")),
                ..Flash::default()
            },
            Flash {
                link: Some(x.link("Assign them", "/components")),
                ..Flash::problem(Told::because(
                    "nothing-changed",
                    x.t("The scan of 2026-11-20 names two hosts that are in no boundary."),
                ))
            },
        ],
        version: x.t("0.1.0"),
        position: x.t("ledger 18,402"),
        ..Shell::default()
    }
}

fn tabs(x: &Text<'_>) -> Vec<Tab> {
    ["Summary", "Boundary", "Controls", "Findings", "Risk", "Recovery", "Changes", "Documents", "History"]
        .iter()
        .enumerate()
        .map(|(index, title)| Tab {
            title: x.t(title),
            href: x.h("/systems/portal"),
            count: (index == 3).then_some(128),
            here: if index == 0 { Here::Yes } else { Here::No },
        })
        .collect()
}

fn figure_samples(x: &Text<'_>) -> Vec<Figure> {
    [
        ("Deficiencies", "128", "12 fewer than a month ago"),
        ("Expected yearly loss", "€ 412 k", "€ 180 k to € 1.1 M, 90 %"),
        ("Controls met", "243 of 325", "41 not assessed"),
        ("Authorisation ends", "61 days", "2027-01-23"),
        ("Overdue milestones", "4", "oldest 19 days"),
    ]
    .iter()
    .map(|(caption, value, note)| Figure {
        value: x.t(value),
        caption: x.t(caption),
        note: x.t(note),
        href: Some(x.h("#")),
    })
    .collect()
}

/// Severity, what, control, where, state, its drawing, due, yearly loss.
type Sample =
    (Severity, &'static str, &'static str, &'static str, &'static str, Progress, &'static str, &'static str);

const QUEUE: [Sample; 9] = [
    (
        Severity::Critical,
        "Deserialisation flaw in the message broker lets anyone run code",
        "activemq 5.15.9",
        "portal-mq-01",
        "Open",
        Progress::Open,
        "2026-11-26",
        "€ 96 k",
    ),
    (
        Severity::Critical,
        "Backup of the customer database was never restored",
        "CP-9(1)",
        "portal-db",
        "Not assessed",
        Progress::Unknown,
        "2026-11-30",
        "€ 74 k",
    ),
    (
        Severity::High,
        "TLS 1.0 accepted by the partner gateway",
        "SC-8",
        "gateway.northwater.example",
        "Planned",
        Progress::Underway,
        "2026-12-04",
        "€ 31 k",
    ),
    (
        Severity::High,
        "Fourteen accounts without a second factor, two of them administrators",
        "IA-2(1)",
        "Identity service",
        "Planned",
        Progress::Underway,
        "2026-12-12",
        "€ 28 k",
    ),
    (
        Severity::High,
        "Log source silent for nine days",
        "AU-6",
        "portal-web-02",
        "Failed",
        Progress::Failed,
        "2026-11-24",
        "€ 12 k",
    ),
    (
        Severity::Medium,
        "Policy on removable media is past its review",
        "MP-1",
        "Organisation",
        "Open",
        Progress::Open,
        "2027-01-15",
        "€ 4 k",
    ),
    (
        Severity::Medium,
        "Interconnection agreement with the payment provider lapses in 40 days and names a signatory who has left",
        "CA-3",
        "Payments",
        "Excepted",
        Progress::Aside,
        "2027-01-02",
        "€ 3 k",
    ),
    (
        Severity::Low,
        "Certificate uses a 2048-bit RSA key",
        "SC-13",
        "gateway",
        "Planned",
        Progress::Underway,
        "2027-06-30",
        "€ 900",
    ),
    (
        Severity::None,
        "Component without an owner",
        "CM-8",
        "report-worker",
        "Closed",
        Progress::Done,
        "2026-11-20",
        "€ 0",
    ),
];

fn queue(x: &Text<'_>) -> Table {
    let column = |title: &str, width, sort: Option<&str>, sorted, filter| Column {
        title: x.t(title),
        width,
        sort: sort.map(|s| x.h(s)),
        sorted,
        filter,
    };
    let states = Some(ColumnFilter {
        name: x.t("state"),
        value: x.t("open"),
        choices: vec![("open".into(), x.t("Open")), ("planned".into(), x.t("Planned"))],
    });
    let text = Some(ColumnFilter { name: x.t("where"), value: x.t(""), choices: vec![] });
    let rows = QUEUE.iter().enumerate().map(
        |(index, (severity, title, control, place, state, progress, due, money))| Row {
            id: x.t(&format!("def_{index}")),
            title: x.t(title),
            href: x.h("/?panel"),
            cells: vec![
                badge::severity(*severity),
                html! { (x.t(title)) small { (x.t(control)) } },
                html! { (x.t(place)) },
                badge::state(&x.t(state), *progress),
                html! { (x.t(money)) },
                html! { (x.t(due)) },
            ],
            actions: vec![
                Action { verb: x.t("Assign"), href: x.h("/?panel"), key: Some('a') },
                Action { verb: x.t("Plan"), href: x.h("/?panel"), key: Some('p') },
            ],
            edits: vec![None, None, None, None, None, Some(x.h("/records/poam_item/1/cell/due"))],
            chosen: if index == 2 || index == 3 { Chosen::Yes } else { Chosen::No },
        },
    );
    let offer = |title: &str, shown| Offer { key: x.t("key"), title: x.t(title), shown };
    let arrangement = Arrangement {
        csrf: x.t("token"),
        page: x.h("/"),
        here: x.h("/?severity=high"),
        save: x.h("/grid/views/new"),
        columns: vec![offer("Severity", Chosen::Yes), offer("Due", Chosen::No)],
        views: vec![View {
            name: x.t("Worst first"),
            href: x.h("/?severity=critical"),
            about: x.t("by Ines Calder"),
            here: Chosen::No,
            forget: Some(x.h("/grid/views/1/forget")),
        }],
        whole: vec![x.link("CSV", "/findings.csv")],
    };
    Table {
        said: Some(html! { p.flash { span { (x.t("2 controls judged satisfied")) } } }),
        arrangement: Some(arrangement),
        whole: Some(Whole { count: 128, list: x.h("/?severity=high") }),
        tree: None,
        id: "findings".into(),
        caption: x.t("Deficiencies of Customer Portal"),
        action: x.h("/"),
        keep: vec![(x.t("scope"), x.t("retail"))],
        filter: Some((x.t("q"), x.t(""))),
        facets: vec![Facet {
            title: x.t("Severity"),
            chips: Severity::DESCENDING.iter().zip([12, 31, 64, 20, 1]).map(|(severity, count)| Chip {
                title: x.t(severity.word()),
                shape: Some(html! { span class=(format!("badge sev-{}", severity.word())) { (badge::severity_shape(*severity)) } }),
                count,
                href: x.h("?severity=high"),
                chosen: if *severity == Severity::High { Chosen::Yes } else { Chosen::No },
            }).collect(),
        }],
        views: vec![(x.link("My queue", "/"), Chosen::Yes), (x.link("Due this month", "?view=due"), Chosen::No), (x.link("Without an owner", "?view=orphans"), Chosen::No)],
        columns: vec![
            column("Severity", Width::Fit, Some("?sort=severity"), Sorted::Descending, None),
            column("What", Width::Fill, Some("?sort=title"), Sorted::No, None),
            column("Where", Width::Fit, None, Sorted::No, text),
            column("State", Width::Fit, None, Sorted::No, states),
            column("Yearly loss", Width::Figures, Some("?sort=loss"), Sorted::No, None),
            column("Due", Width::Fit, Some("?sort=due"), Sorted::No, None),
        ],
        rows: rows.collect(),
        bulk: Some(Bulk { action: x.h("/bulk"), csrf: x.t("token"), verbs: vec![Verb::new(x.t("assign"), x.t("Assign…")).on('g'), Verb::new(x.t("plan"), x.t("Plan…")), Verb::new(x.t("except"), x.t("Accept until…"))], then: Then::Stays }),
        exports: vec![x.link("CSV", "/findings.csv"), x.link("XLSX", "/findings.xlsx")],
        pager: Pager { first: 1, last: 9, total: Some(1_189), previous: None, next: Some(x.h("?page=2")), rest: None },
        empty: Empty::default(),
    }
}

fn systems(x: &Text<'_>) -> Table {
    let names = ["Customer Portal", "Metering", "Work Orders", "Treatment Control", "Geographic Information"];
    let column = |title: &str, width| Column { title: x.t(title), width, ..Column::default() };
    let rows = names.iter().enumerate().map(|(index, name)| Row {
        id: x.t(&format!("system_{index}")),
        title: x.t(name),
        href: x.h("/systems/1"),
        cells: vec![
            html! { (x.t(name)) },
            html! { (x.t(["Retail Services", "Operations"][index % 2])) },
            scorecard(&score(x, index)),
            badge::state(
                &x.t(["Authorised", "In assessment", "Lapsed"][index % 3]),
                [Progress::Done, Progress::Underway, Progress::Failed][index % 3],
            ),
            badge::severity(Severity::DESCENDING[index % 5]),
            sparkline(
                &[9.0, 8.0, 9.5 - index as f64, 6.0, 5.0 + index as f64, 4.0, 4.5],
                &x.t("Open findings"),
            ),
            html! { (128 - index * 21) },
        ],
        ..Row::default()
    });
    Table {
        id: "systems".into(),
        caption: x.t("Systems"),
        columns: vec![
            column("System", Width::Fill),
            column("Unit", Width::Fit),
            column("C/I/A", Width::Fit),
            column("Authorisation", Width::Fit),
            column("Worst", Width::Fit),
            column("Nine months", Width::Fit),
            column("Open", Width::Figures),
        ],
        rows: rows.collect(),
        pager: Pager { first: 1, last: 5, total: Some(5), ..Pager::default() },
        ..Table::default()
    }
}

fn score(x: &Text<'_>, index: usize) -> Scorecard {
    let share = |by: usize| Indicator::Assessed(((index * 17 + by * 29) % 60) as f64 / 100.0 + 0.35);
    let availability =
        if index % 4 == 1 { Indicator::NotAssessed(x.t("no restore test on record")) } else { share(2) };
    Scorecard { confidentiality: share(0), integrity: share(1), availability }
}

fn posture(x: &Text<'_>) -> Markup {
    let months = [
        "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10",
        "2026-11",
    ];
    let values = |list: [f64; 10]| list.to_vec();
    let part = |title: &str, count, severity| Part {
        title: x.t(title),
        count,
        colour: Colour::Severity(severity),
        href: Some(x.h("#")),
    };
    let bar = |title: &str, value: f64| Bar {
        title: x.t(title),
        value,
        bracket: Some((value * 0.55, value * 1.6)),
        href: Some(x.h("#")),
        colour: Colour::Accent,
    };
    html! {
        div.columns {
            (chart::stacked(&Stacked { title: x.t("Open findings by severity"), parts: vec![part("Critical", 12, Severity::Critical), part("High", 31, Severity::High), part("Medium", 64, Severity::Medium), part("Low", 20, Severity::Low), part("None", 9, Severity::None)] }))
            (chart::stacked(&Stacked { title: x.t("Controls by result"), parts: vec![
                Part { title: x.t("Met"), count: 243, colour: Colour::Accent, href: None },
                Part { title: x.t("Partly met"), count: 41, colour: Colour::Soft, href: None },
                Part { title: x.t("Not assessed"), count: 41, colour: Colour::Grey, href: None },
            ] }))
            (chart::trend(&Trend { title: x.t("Open deficiencies"), unit: x.t("deficiencies"), times: months.iter().map(|m| x.t(m)).collect(), series: vec![
                Series { title: x.t("All"), values: values([210.0, 205.0, 188.0, 190.0, 176.0, 160.0, 158.0, 149.0, 140.0, 128.0]), drawn: Drawn::Area, ..Series::default() },
                Series { title: x.t("Critical"), values: values([30.0, 28.0, 33.0, 25.0, 24.0, 18.0, 19.0, 14.0, 13.0, 12.0]), colour: Colour::Severity(Severity::Critical), ..Series::default() },
                Series { title: x.t("High"), values: values([50.0, 48.0, 44.0, 47.0, 39.0, 36.0, 35.0, 30.0, 33.0, 31.0]), colour: Colour::Severity(Severity::High), ..Series::default() },
            ] }))
            (chart::burndown(&BurnDown { title: x.t("Milestones left before re-authorisation"), unit: x.t("milestones"), days: (0..10).map(|week: i8| {
                let rest = 40.0 - f64::from(week) * 4.4;
                Day { day: jiff::civil::date(2026, 10, 1 + week * 3), planned: rest, left: (week < 6).then(|| rest + f64::from(week) * 1.1), forecast: (week >= 5).then(|| { let likely = rest + 5.5; let spread = f64::from(week - 5) * 2.0; (likely - spread, likely, likely + spread) }) }
            }).collect() }))
            (chart::bars(&Bars { title: x.t("Expected yearly loss by scenario"), unit: x.t("k€"), bars: vec![bar("Ransomware through a supplier", 182.0), bar("Theft of customer records", 121.0), bar("Outage of the payment link", 64.0), bar("Insider alters tariffs", 21.0), bar("Defacement", 3.5)] }))
            div.stack-gap {
                h3 { "Scorecard" }
                (scorecard_full(&score(x, 1)))
                (chart::bars(&Bars { title: x.t("No bars"), ..Bars::default() }))
            }
        }
    }
}

fn known(x: &Text<'_>) -> Markup {
    html! {
        div.columns {
            div.stack-gap {
                (facts(&[
                    Fact::text(x.t("Owner"), x.t("Miro Anders")),
                    Fact::text(x.t("Security officer"), x.t("Ilse Varga")),
                    Fact::missing(x.t("Authorising official")),
                    Fact::markup(x.t("Severity"), badge::severity(Severity::High)),
                    Fact::markup(x.t("Phase"), badge::state(&x.t("In operation"), Progress::Done)),
                    Fact::markup(x.t("Evidence fresh"), meter(0.74, &x.t("Evidence fresh"))),
                    Fact::markup(x.t("Frameworks"), html! { (badge::tag(&x.t("800-53r5 moderate"))) " " (badge::tag(&x.t("ISO 27001"))) }),
                    Fact::text(x.t("Findings"), x.t("1,189")),
                ]))
                (source(&Excerpt { name: x.t("etc/ssh/sshd_config"), first: 41, lines: ["# Authentication", "LoginGraceTime 2m", "PermitRootLogin yes", "StrictModes yes", "MaxAuthTries 6", "AuthorizedKeysCommand /usr/bin/lookup --realm northwater.example --attribute sshPublicKey --cache /var/cache/keys --timeout 3 %u"].iter().map(|line| x.t(line)).collect(), highlight: Some(43), href: Some(x.h("/evidence/1")) }))
            }
            (timeline(&[
                Event { when: x.t("2026-11-23 09:14"), datetime: x.t("2026-11-23T09:14:00Z"), age: x.t("2 hours ago"), actor: x.t("Ilse Varga"), what: html! { (x.t("changed the plan of")) " " a href="#" { "POA&M 2026-014" } }, detail: Some(diff(&[
                    Change { field: x.t("Due"), before: Some(x.t("2026-11-30")), after: Some(x.t("2026-12-12")) },
                    Change { field: x.t("Owner"), before: None, after: Some(x.t("Miro Anders")) },
                    Change { field: x.t("Validation"), before: Some(x.t("Screenshot")), after: None },
                ])) },
                Event { when: x.t("2026-11-22 16:02"), datetime: x.t("2026-11-22T16:02:00Z"), age: x.t("yesterday"), actor: x.t("scan-2026-11.nessus"), what: html! { (x.t("closed 12 findings and opened 3")) }, detail: None },
                Event { when: x.t("2026-11-19 11:40"), datetime: x.t("2026-11-19T11:40:00Z"), age: x.t("4 days ago"), actor: x.t("Miro Anders"), what: html! { (x.t("accepted the risk of")) " " a href="#" { "CA-3" } " until 2027-01-02" }, detail: None },
            ]))
        }
    }
}

fn form_sample(x: &Text<'_>) -> Markup {
    let registry = Registry::standard();
    let choice = |value: &str, title: &str| Choice { value: x.t(value), title: x.t(title) };
    let mut choices: Choices = BTreeMap::new();
    choices
        .insert("system".into(), vec![choice("system_1", "Customer Portal"), choice("system_2", "Metering")]);
    choices
        .insert("person".into(), vec![choice("person_1", "Ilse Varga"), choice("person_2", "Miro Anders")]);
    choices.insert(
        "control".into(),
        vec![choice("ia-2.1", "Multi-factor authentication"), choice("sc-8", "Transmission protection")],
    );
    let types: Vec<Choice> = [
        "Customer records",
        "Payments",
        "Tariffs",
        "Meter readings",
        "Work orders",
        "Personnel",
        "Contracts",
        "Maps",
        "Logs",
        "Keys",
        "Credentials",
        "Correspondence",
    ]
    .iter()
    .map(|t| choice(t, t))
    .collect();
    choices.insert("information_type".into(), types);
    let body = json!({
        "system": x.t("system_1"), "title": x.t("Two administrators sign in without a second factor"),
        "description": x.t("Enrol both in the key programme; then forbid sign-in by password alone."),
        "state": "planned", "severity": "high", "controls": [x.t("ia-2.1")], "owner": x.t("person_2"), "due": "2026-12-12",
        "milestones": [{"title": x.t("Order keys"), "due": "2026-11-28", "done": "2026-11-21"}, {"title": x.t("Enrol"), "due": "2026-12-05"}],
        "cost": 1200.0, "hours": 16.0,
    });
    let problems = [
        FieldProblem::new(
            "due",
            x.t("The due date lies before the last milestone; choose 2026-12-05 or later"),
        ),
        FieldProblem::new("milestones.1.title", x.t("Say what is enrolled")),
    ];
    let component = json!({"system": x.t("system_2"), "name": x.t("portal-db"), "component_type": "data-store", "hostnames": [x.t("db1")], "stores": [x.t("Payments"), x.t("gone")], "encrypted_at_rest": true});
    let fields = |kind: &str| registry.kind(kind).map(|entry| entry.fields.clone()).unwrap_or_default();
    html! {
        (form(&Form { kind: "poam_item", id: "poam", action: &x.h("/poam/1"), csrf: &x.t("token"), version: Some(7), fields: &fields("poam_item"), body: &body, problems: &problems, choices: &choices, verb: &x.t("Save"), cancel: Some(x.link("Cancel", "/poam/1")), target: None }))
        hr;
        (form(&Form { kind: "component", id: "component", action: &x.h("/components"), csrf: &x.t("token"), version: None, fields: &fields("component"), body: &component, problems: &[], choices: &choices, verb: &x.t("Add"), cancel: None, target: None }))
    }
}

fn confirm_sample(x: &Text<'_>) -> Confirm {
    Confirm {
        id: x.t("withdraw"),
        verb: x.t("Withdraw"),
        question: x.t("Withdraw the authorisation of Customer Portal?"),
        consequence: x.t(
            "The system may not be operated from today. The decision stays on record and can be given anew.",
        ),
        action: x.h("/withdraw"),
        csrf: x.t("token"),
    }
}

/// The side panel.
pub(crate) fn panel_sample(hostile: &str) -> Markup {
    let x = Text(hostile);
    panel(&Panel {
        spoken: Spoken::English,
        title: x.t("TLS 1.0 accepted by the partner gateway"),
        over: x.t("Deficiency · SC-8"),
        href: x.h("/deficiencies/3"),
        body: html! {
            p { (badge::severity(Severity::High)) " " (badge::state(&x.t("Planned"), Progress::Underway)) }
            p { "Ranks third: € 31 k of yearly loss depend on it, and an exploit is public." (x.t("")) }
            (facts(&[Fact::text("Where", x.t("gateway.northwater.example:443")), Fact::text("Since", x.t("2026-09-02, 82 days")), Fact::missing("Owner")]))
            (scorecard_full(&score(&x, 2)))
            (source(&Excerpt { name: x.t("scan.json"), first: 9, lines: vec![x.t("\"protocol\": \"TLSv1.0\","), x.t("\"accepted\": true")], highlight: Some(9), href: None }))
        },
        actions: html! { a.button.primary href="#plan" { "Plan" } a.button href="#assign" { "Assign" } a.button href="#except" { "Accept until…" } },
    })
}
