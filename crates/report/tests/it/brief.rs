//! The system security brief, as a file.

use crate::sample::{deficiency, evidence, poam_items, posture, posture_before, scan, system, title_of};
use jiff::civil::date;
use warrant_model::level::Severity;
use warrant_report::documents::{SystemBrief, system_brief};

/// One element per line, without the style, so that a change can be read in the snapshot.
fn lines(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let mut text = format!("{head}{body}");
    for tag in [
        "<h1", "<h2", "<h3", "<p", "<tr", "<td", "<th ", "<th>", "<li", "<dt", "<div", "<article", "<main",
        "<body",
    ] {
        text = text.replace(tag, &format!("\n{tag}"));
    }
    text
}

#[test]
fn brief() {
    let (system, posture, before) = (system(), posture(), posture_before());
    let (poam_items, evidence) = (poam_items(), evidence());
    let facts = SystemBrief {
        organisation: "Northwater",
        marking: Some("TLP:AMBER"),
        system: &system,
        posture: &posture,
        before: Some(&before),
        poam_items: &poam_items,
        evidence: &evidence,
        title_of: &title_of,
    };
    let html = system_brief(&facts);
    assert_eq!(html, system_brief(&facts));
    assert!(html.contains(scan().as_str()), "full hash of the evidence");
    insta::assert_snapshot!(lines(&html));
}

fn answer_of(
    change: impl FnOnce(&mut warrant_model::kinds::System, &mut warrant_model::posture::Posture),
) -> String {
    let (mut system, mut posture) = (system(), posture());
    change(&mut system.body, &mut posture);
    let html = system_brief(&SystemBrief {
        organisation: "Northwater",
        marking: None,
        system: &system,
        posture: &posture,
        before: None,
        poam_items: &[],
        evidence: &[],
        title_of: &title_of,
    });
    assert!(!html.contains("What changed"));
    html.split("<p class=\"answer\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned()
}

#[test]
fn the_answer_says_how_it_stands() {
    let usual = answer_of(|_, _| {});
    assert_eq!(
        usual,
        "Pump Station Historian has 1 deficiency in force, 1 critical; its authorization expires in 61 days. \
         Most pressing: Deficiency d1 of the historian."
    );
    let late = answer_of(|system, posture| {
        system.authorization_expires = Some(date(2026, 11, 22));
        posture.deficiencies = vec![deficiency("x", Severity::Low)];
    });
    assert!(late.contains("none high; its authorization expired 1 day ago"), "{late}");
    let new = answer_of(|system, posture| {
        system.authorization_expires = None;
        system.authorized_on = None;
        posture.deficiencies.clear();
        posture.controls = Default::default();
        posture.evidence_at = None;
    });
    assert!(new.contains("has not been assessed") && new.ends_with("it is not authorized."), "{new}");
}

#[test]
fn text_stays_text() {
    let hostile = "<script>alert(1)</script><svg/onload=alert(1)>{{7*7}}\"'&";
    let (mut system, mut posture, mut poam_items, mut evidence) =
        (system(), posture(), poam_items(), evidence());
    system.body.name = hostile.into();
    system.body.phase = hostile.into();
    evidence[0].name = hostile.into();
    evidence[0].tool = hostile.into();
    poam_items[0].body.title = hostile.into();
    poam_items[0].body.milestones[1].title = hostile.into();
    posture.baseline = hostile.into();
    posture.scorecard.0[0].reason = hostile.into();
    let first = &mut posture.deficiencies[0];
    (first.title, first.why, first.grounds[0].says) = (hostile.into(), hostile.into(), hostile.into());
    first.controls = vec![hostile.into()];
    first.actions[0].title = hostile.into();
    let facts = SystemBrief {
        organisation: hostile,
        marking: Some(hostile),
        system: &system,
        posture: &posture,
        before: Some(&posture),
        poam_items: &poam_items,
        evidence: &evidence,
        title_of: &|_, _| hostile.into(),
    };
    let html = system_brief(&facts);
    assert!(!html.contains("<script") && !html.contains("<svg/"));
    assert!(html.matches("{{7*7}}").count() > 15);
}
