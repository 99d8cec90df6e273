//! Documents on demand: both formats are whole, every reference leads to a source, and what is not known is said so.

use crate::sample::{self, at, now, record};
use crate::well_formed::{docx_holds_together, elements, html_holds_together, parts, well_formed};
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_catalog::index::Index;
use warrant_model::RecordId;
use warrant_model::kinds::{
    Assessment, AssessmentMethod, AssessmentResult, Component, DataFlow, Implementation,
    ImplementationStatus, InformationType, Person, PoamItem,
};
use warrant_model::level::{Impact, Severity};
use warrant_model::posture::{ControlCounts, ControlStatus, Posture, SeverityCounts, Source, Status};
use warrant_model::snapshot::{Findings, Programme, SystemSnapshot};
use warrant_model::traceability::{Hole, Implemented, Requirement, TestResult, Traceability};
use warrant_report::documents::{
    Cover, DOCUMENTS, Document, DocumentKind, ExpiringFacts, MovedFacts, OverviewFacts, QueueFacts,
    RemedyFacts, RiskFacts, ScenarioFacts, StandingFacts, Syntax, SystemFacts, ToleratedFacts, Write,
    YearFacts, document_kind,
};
use warrant_report::tables::{DecisionRow, ParameterRow, TakenRow};

/// What a system's documents are made of.
struct Sample {
    snapshot: SystemSnapshot,
    posture: Posture,
    controls: Vec<ControlStatus>,
    traceability: Traceability,
    decisions: Vec<(RecordId, DecisionRow)>,
    parameters: Vec<(Option<RecordId>, ParameterRow)>,
    taken: Vec<(RecordId, TakenRow)>,
    originals: BTreeMap<RecordId, PoamItem>,
    name: String,
}

impl Sample {
    /// A small system, called as said, with something of everything.
    fn called(name: &str) -> Self {
        let mut system = sample::system();
        system.body.name = name.to_owned();
        let system_id = system.id.clone();
        let person = |id: &str, name: &str| {
            record(id, Person { name: name.into(), email: "a@example.org".into(), ..Person::default() })
        };
        let component = Component {
            system: system_id.clone(),
            name: format!("{name} database"),
            zone: Some("Inside".into()),
            ..Component::default()
        };
        let information = InformationType {
            system: system_id.clone(),
            name: format!("{name} readings"),
            integrity: Some(Impact::Moderate),
            ..InformationType::default()
        };
        let flow = DataFlow {
            system: system_id.clone(),
            name: format!("{name} flow"),
            source: Some("comp_1".into()),
            information_types: vec!["info_1".into()],
            ..DataFlow::default()
        };
        let implementation = Implementation {
            system: system_id.clone(),
            control: "ac-2_smt.a".into(),
            status: ImplementationStatus::Inherited,
            description: Some(format!("First line of {name}\nsecond line")),
            provider: Some("system_2".into()),
            ..Implementation::default()
        };
        let assessment = Assessment {
            system: system_id.clone(),
            control: "ac-2_smt.b".into(),
            result: Some(AssessmentResult::OtherThanSatisfied),
            assessed_on: Some(date(2026, 11, 2)),
            assessor: Some("person_1".into()),
            ..Assessment::default()
        };
        let mut findings = Findings::default();
        findings.push(&sample::finding());
        findings.settle();
        let programme = Programme {
            persons: vec![person("person_1", "Ada Okafor")],
            systems: vec![(system_id, name.to_owned()), ("system_2".into(), "Identity Platform".into())],
            ..Programme::default()
        };
        let snapshot = SystemSnapshot {
            as_of: now(),
            programme: Arc::new(programme),
            system,
            components: vec![record("comp_1", component)],
            information_types: vec![record("info_1", information)],
            data_flows: vec![record("flow_1", flow)],
            interconnections: Vec::new(),
            implementations: vec![record("impl_1", implementation)],
            assessments: vec![record("assess_1", assessment)],
            common_controls: Vec::new(),
            tailorings: Vec::new(),
            vulnerability_decisions: Vec::new(),
            poam_items: sample::poam_items(),
            exceptions: Vec::new(),
            scenarios: Vec::new(),
            risk_treatments: Vec::new(),
            tasks: Vec::new(),
            findings: Arc::new(findings),
            evidence: Arc::new(sample::evidence()),
            backups: Arc::default(),
            software: Arc::default(),
            settings: Arc::default(),
            services: Arc::default(),
            targets: Arc::default(),
            inherited: Arc::default(),
            signals: Arc::default(),
            releases: Arc::default(),
        };
        let mut controls = sample::controls();
        controls.push(ControlStatus {
            control: "au-6".into(),
            status: Status::NotAssessed { reason: format!("nothing in {name} bears on it") },
            implementation: "not stated".into(),
            statements: Vec::new(),
            evidence_at: None,
            open_findings: 0,
        });
        let decision = DecisionRow {
            control: "AC-18".into(),
            action: "not applicable".into(),
            layer: "this system".into(),
            effect: "holds".into(),
            rationale: format!("No radio in {name}"),
            ..DecisionRow::default()
        };
        let parameter = |set: bool| ParameterRow {
            id: "ac-2_prm_1".into(),
            control: "AC-2".into(),
            value: if set { "30 days".into() } else { String::new() },
            ..ParameterRow::default()
        };
        let taken = TakenRow { control: "AC-2a".into(), how: "inherited".into(), ..TakenRow::default() };
        let mut first = sample::poam_items()[0].body.clone();
        first.due = Some(date(2026, 10, 30));
        first.milestones[1].due = Some(date(2026, 10, 29));
        Self {
            snapshot,
            posture: sample::posture(),
            controls,
            traceability: traced(name),
            decisions: vec![("tail_1".into(), decision)],
            parameters: vec![(Some("tail_2".into()), parameter(true)), (None, parameter(false))],
            taken: vec![("impl_1".into(), taken)],
            originals: [("poam_1".into(), first)].into(),
            name: name.to_owned(),
        }
    }

    fn facts(&self) -> SystemFacts<'_> {
        SystemFacts {
            snapshot: &self.snapshot,
            posture: &self.posture,
            controls: &self.controls,
            traceability: &self.traceability,
            decisions: &self.decisions,
            parameters: &self.parameters,
            taken: &self.taken,
            originals: &self.originals,
            currency: "EUR",
        }
    }

    fn cover(&self) -> Cover {
        Cover {
            organisation: format!("House of {}", self.name),
            marking: Some(format!("TLP:AMBER {}", self.name)),
            subject: self.name.clone(),
            as_of: now(),
            made_by: format!("Ada of {}", self.name),
            ..Cover::default()
        }
    }

    fn risk(&self) -> RiskFacts {
        let scenario = ScenarioFacts {
            id: "scen_1".into(),
            version: (3, now()),
            title: format!("{} is extorted", self.name),
            system: self.name.clone(),
            expected: 90_000.0,
            bad: (500_000.0, 499_000.0, 501_000.0),
            bare: Some(400_000.0),
            controls: vec![("ac-6".into(), 177_000.0, 0.39, "half of it is in place".into())],
            findings: vec![(format!("Hole in {}.", self.name), "host".into(), 984.0)],
            deciding: "decided".into(),
            decision: Some(("treat_1".into(), format!("Accept for {}", self.name), (2, now()))),
            review_by: Some(date(2026, 11, 1)),
            ..ScenarioFacts::default()
        };
        RiskFacts {
            currency: "EUR".into(),
            as_of: now(),
            year: Some(YearFacts {
                expected: 120_000.0,
                bad: (600_000.0, 599_000.0, 601_000.0),
                curve: vec![(1e4, (0.5, 0.49, 0.51)), (1e6, (0.01, 0.009, 0.011))],
                tolerated: vec![ToleratedFacts {
                    loss: 250_000.0,
                    limit: 0.1,
                    found: (0.15, 0.149, 0.151),
                    verdict: "exceeded".into(),
                }],
                second: ((121_000.0, 119_000.0, 123_000.0), 100_000),
                ..YearFacts::default()
            }),
            scenarios: vec![scenario],
            left_out: vec![(format!("Draft of {}", self.name), self.name.clone(), "it is a draft".into())],
            moved: Some(MovedFacts {
                since: Some(date(2026, 10, 24)),
                before: 100_000.0,
                now: 120_000.0,
                causes: vec![("Findings opened".into(), 20_000.0, 1)],
                scenarios: vec![(format!("{} moved", self.name), self.name.clone(), 20_000.0)],
            }),
            remedies: vec![RemedyFacts { title: self.name.clone(), spares: 984.0, ..RemedyFacts::default() }],
            priors: "judgement".into(),
            priors_review_by: Some(date(2027, 11, 28)),
        }
    }

    fn overview(&self) -> OverviewFacts {
        let counts = SeverityCounts { critical: 2, high: 3, medium: 4, low: 5, none: 0 };
        OverviewFacts {
            as_of: now(),
            systems: vec![StandingFacts {
                name: self.name.clone(),
                unit: format!("Unit {}", self.name),
                operational: true,
                expires: Some(date(2027, 1, 23)),
                scorecard: [(None, None, 4.0), (None, Some(61.0), 80.0), (None, Some(100.0), 100.0)],
                controls: ControlCounts { satisfied: 120, not_assessed: 30, ..ControlCounts::default() },
                deficiencies: counts,
                ..StandingFacts::default()
            }],
            queue: QueueFacts {
                total: 14,
                overdue: 3,
                unplanned: Some(4),
                worst: Some((
                    format!("Worst of {}", self.name),
                    Severity::Critical,
                    at("2026-10-07T00:00:00Z"),
                )),
                ..QueueFacts::default()
            },
            trend: vec![(date(2026, 9, 1), [20, 9, 100]), (date(2026, 11, 23), [14, 5, 120])],
            expiring: vec![ExpiringFacts {
                on: date(2026, 12, 1),
                what: "plan falls due".into(),
                record: ("poam_item".into(), "poam_1".into()),
                title: format!("Plan of {}", self.name),
                system: self.name.clone(),
                version: (2, now()),
            }],
            days: 30,
            ..OverviewFacts::default()
        }
    }

    fn document(&self, kind: &DocumentKind) -> Document {
        let cover = self.cover();
        let content = match kind.write {
            Write::System(write) => write(&self.facts(), &cover),
            Write::Risk(write) => write(&self.risk(), &cover),
            Write::Overview(write) => write(&self.overview(), &cover),
        };
        Document::new(kind, &cover, content)
    }

    fn html(&self, kind: &str) -> String {
        let kind = document_kind(kind).unwrap();
        String::from_utf8(self.document(kind).written(Syntax::Html).unwrap()).unwrap()
    }
}

/// A statement with a result that rests on a file, one without anything, and an implementation of neither.
fn traced(name: &str) -> Traceability {
    let result = TestResult {
        id: "assess_1".into(),
        method: AssessmentMethod::Examine,
        says: format!("judged by {name}"),
        result: AssessmentResult::OtherThanSatisfied,
        at: at("2026-11-02T00:00:00Z"),
        fresh_until: None,
        source: Source::Record { kind: "assessment".into(), id: "assess_1".into() },
        evidence: vec![sample::scan().as_str().to_owned(), "0".repeat(64)],
    };
    let said = Implemented { id: "impl_1".into(), says: "inherited".into(), how: format!("as {name} does") };
    let requirement = |statement: &str, implementations, results, hole| Requirement {
        control: "ac-2".into(),
        statement: statement.into(),
        status: Status::OtherThanSatisfied,
        implementations,
        objectives: vec!["AC-02b.[01]".into()],
        results,
        holes: BTreeSet::from([hole]),
    };
    Traceability {
        requirements: vec![
            requirement("ac-2_smt.b", vec![said], vec![result], Hole::MissingEvidence),
            requirement("ac-2_smt.c", Vec::new(), Vec::new(), Hole::Result),
        ],
        evidence: sample::evidence(),
        stray: vec![("impl_1".into(), "ac-18".into())],
    }
}

#[test]
fn every_document_holds_together_in_both_formats() {
    let sample = Sample::called("Pump Station Historian");
    for kind in DOCUMENTS {
        let (html, docx) = (sample.html(kind.id), sample.document(kind).written(Syntax::Docx).unwrap());
        well_formed(&html);
        html_holds_together(kind.id, &html);
        let parts = parts(&docx);
        parts.iter().for_each(|(_, part)| drop(elements(part)));
        docx_holds_together(kind.id, &parts["word/document.xml"]);
        let styles: BTreeSet<String> = elements(&parts["word/styles.xml"])
            .into_iter()
            .filter_map(|(_, one)| one.get("w:styleId").cloned())
            .collect();
        for (name, attributes) in elements(&parts["word/document.xml"]) {
            if ["w:pStyle", "w:rStyle", "w:tblStyle"].contains(&name.as_str()) {
                assert!(styles.contains(&attributes["w:val"]), "{}: no style {attributes:?}", kind.id);
            }
        }
        assert!(
            parts["word/header1.xml"].contains("TLP:AMBER")
                && parts["word/footer1.xml"].contains("TLP:AMBER")
        );
        assert!(parts["word/footer1.xml"].contains(" NUMPAGES "), "pages are counted");
        assert!(
            html.contains("As of 2026-11-23 09:30 UTC") && html.contains("Ada of Pump Station Historian")
        );
        let again = Sample::called("Pump Station Historian");
        assert_eq!(html, again.html(kind.id), "{}: the same facts give the same bytes", kind.id);
        assert_eq!(docx, again.document(kind).written(Syntax::Docx).unwrap(), "{}", kind.id);
    }
}

#[test]
fn hostile_text_stays_text() {
    let name = "</td><script>alert(1)</script>\u{1}\"' & ]]> =cmd()";
    let sample = Sample::called(name);
    for kind in DOCUMENTS {
        let html = sample.html(kind.id);
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;alert(1)"), "{}", kind.id);
        well_formed(&html);
        html_holds_together(kind.id, &html);
        let parts = parts(&sample.document(kind).written(Syntax::Docx).unwrap());
        for part in parts.values() {
            assert!(!part.contains("<script") && !part.contains('\u{1}'), "{}", kind.id);
            elements(part);
        }
        docx_holds_together(kind.id, &parts["word/document.xml"]);
    }
}

#[test]
fn the_plan_tells_how_each_control_is_met() {
    let html = Sample::called("Historian").html("security-plan");
    for said in [
        "is held to the moderate baseline as tailored; it is authorized since 2024-01-23 until 2027-01-23",
        "AC-2a, the system as a whole: inherited from Identity Platform. First line of Historian<br>second line",
        "<strong>Not assessed</strong>: nothing in Historian bears on it",
        "How it is met is not stated.",
        "1 parameter has no value",
        "No interconnection is recorded.",
        "Historian readings",
        "not known",
        "No radio in Historian",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn the_report_leads_from_a_statement_to_its_evidence() {
    let mut sample = Sample::called("Historian");
    sample.posture.deficiencies[0].controls.push("ac-2".into());
    let html = sample.html("assessment-report");
    let file = format!("BLAKE3 {}", sample::scan());
    for said in [
        "1 statement is other than satisfied, of 1 control",
        "<strong>AC-2b: </strong>openssl 3.0.1 is open to CVE-2026-0001, 2026-11-20",
        ", line 214]</a>",
        file.as_str(),
        "<strong>Risk (critical): </strong>",
        "Update openssl to 3.0.19 (4 to 8 person-hours).",
        "Ada Okafor",
        "1 control</strong>",
        "since nothing in Historian bears on it: AU-6.",
        "is for the authorizing official to decide",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let mut empty = Sample::called("Historian");
    (empty.controls, empty.posture.baseline) = (Vec::new(), String::new());
    empty.posture.controls = ControlCounts::default();
    let html = empty.html("assessment-report");
    assert!(html.contains("has no baseline in force, so that its controls could not be assessed"));
}

#[test]
fn what_a_statement_lacks_comes_first() {
    let html = Sample::called("Historian").html("traceability");
    for said in [
        "0 of 2 statements are traced without a hole; 2 have one",
        "<strong>With evidence missing, 1: </strong>AC-2b",
        "inherited: as Historian does",
        "judged by Historian, 2026-11-02 (examine: other than satisfied)",
        "3 days old",
        " is not there",
        "Implementations of what the baseline does not hold: </strong>AC-18",
        "AC-02b.[01]",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn late_items_come_first_with_their_slips() {
    let html = Sample::called("Historian").html("plan-of-action");
    for said in [
        "1 item is open, 1 of them late",
        "2026-11-20 (first 2026-10-30) – late by 3 days",
        "1,251 EUR, 16 person-hours",
        "2026-10-29",
        "There is no other open item.",
        "Name an owner",
        "Every deficiency in force has a plan.",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn a_risk_without_scenarios_is_not_assessed() {
    let sample = Sample::called("Historian");
    let html = sample.html("risk-brief");
    for said in [
        "A year is expected to cost 120,000 EUR. One year in twenty costs more than 600,000 EUR",
        "1 of 1 points of the tolerance line are exceeded",
        "AC-6 keeps 177,000 away, performing at 39 %",
        "+20,000",
        "treat_1, version 2",
        "The estimates of 1 scenario should have been looked at again",
        "<svg",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let kind = document_kind("risk-brief").unwrap();
    let Write::Risk(write) = kind.write else { panic!("the brief is written from risk") };
    let none = RiskFacts { year: None, scenarios: Vec::new(), ..sample.risk() };
    let document = Document::new(kind, &sample.cover(), write(&none, &sample.cover()));
    let html = String::from_utf8(document.written(Syntax::Html).unwrap()).unwrap();
    assert!(html.contains("The risk of Historian is not assessed: no scenario in force is priced"), "{html}");
    assert!(html.contains("That is not the same as no risk.") && !html.contains("expected to cost"));
}

#[test]
fn the_one_pager_says_what_is_not_known() {
    let sample = Sample::called("Historian");
    let html = sample.html("executive-summary");
    for said in [
        "1 of 1 system may operate; the leave of none has ended, and none in operation never had one. The next to end is that of Historian, on 2027-01-23",
        "14 deficiencies are in force, 5 of them critical or high; 6 fewer than 30 days ago",
        "80 % of 150 controls are satisfied on fresh evidence, 20 % were not assessed",
        "10 deficiencies are planned, 0 excepted, 3 past their day",
        "2026-12-01 plan falls due: Plan of Historian (Historian)",
        ">n/a</text>",
    ] {
        assert!(html.contains(said), "{said}");
    }
    assert_eq!(html.matches("<svg").count(), 4, "four pictures");
}

#[test]
fn large_systems_stay_within_bounds_and_nothing_is_left_out_in_silence() {
    let mut sample = Sample::called("Historian");
    let index = Index::embedded();
    sample.controls = index
        .controls()
        .iter()
        .map(|facts| ControlStatus { control: facts.id.clone(), ..sample.controls[0].clone() })
        .collect();
    let requirement = |control: &ControlStatus| Requirement {
        control: control.control.clone(),
        statement: control.control.clone(),
        status: control.status.clone(),
        implementations: Vec::new(),
        objectives: Vec::new(),
        results: Vec::new(),
        holes: BTreeSet::new(),
    };
    sample.traceability.requirements = sample.controls.iter().map(requirement).collect();
    sample.posture.deficiencies = (0..10_000)
        .map(|nth| {
            let mut one = sample::deficiency(&format!("d{nth}"), Severity::High);
            one.poam_item = None;
            one
        })
        .collect();
    let all = sample.controls.len();
    assert!(all >= 1_189, "{all} controls");
    let plan = sample.html("security-plan");
    assert_eq!(plan.matches("<h4 ").count(), all, "every control has its heading");
    assert!(plan.len() < 2_000_000, "{} bytes", plan.len());
    let report = sample.html("assessment-report");
    assert!(report.contains("9,900 further deficiencies rank below these: 9900 high"));
    assert!(report.contains(&format!("{} further controls with statements other than satisfied", all - 300)));
    assert!(report.len() < 1_000_000, "{} bytes", report.len());
    let actions = sample.html("plan-of-action");
    assert!(actions.contains("9,900 further deficiencies without a plan rank below these"));
    assert!(actions.len() < 200_000, "{} bytes", actions.len());
}
