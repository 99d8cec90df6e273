//! Handing systems in: what goes out is what came in, valid where a schema says what is valid, seen by those who may.

use crate::stores::{Fixture, on_both, sample};
use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use warrant_intake::reader::Gathered;
use warrant_intake::table::{Sheet, read_table};
use warrant_intake::{Input, Limits, recognise};
use warrant_model::fact::{Fact, Outcome};
use warrant_model::finding::{FindingSort, FindingState};
use warrant_report::hand_in::{Layout, Rows, WORKBOOKS, layout};
use warrant_service::demo::{Files, Script, play};
use warrant_service::hand_in::{Asked, HandIn, HandInError, Sort, formats};
use warrant_service::{Actor, Service, ServiceError};

on_both!(checklists_come_back_as_they_came, the_sample_organisation_is_handed_in);

fn asked(format: &str, system: &str) -> Asked {
    Asked {
        format: format.to_owned(),
        system: system.to_owned(),
        package: Some("https://trust.example.org/package.json".to_owned()),
        from: Some(crate::stores::at("2026-10-23")),
        ..Asked::default()
    }
}

fn facts(bytes: &[u8]) -> Vec<Fact> {
    let mut gathered = Gathered::default();
    let input = Input { name: "test", bytes, limits: Limits::default() };
    recognise(bytes).unwrap().read(&input, &mut gathered).unwrap();
    assert_eq!(gathered.problems, []);
    let mut facts: Vec<Fact> = gathered.facts.into_iter().map(|(_, fact)| fact).collect();
    facts.sort_by_key(|fact| serde_json::to_string(fact).unwrap());
    facts
}

async fn checklists_come_back_as_they_came(fixture: Fixture) {
    let actor = Actor::program();
    for file in ["bill-app1-baseline-2.ckl", "net-core1-baseline-2.cklb", "scada-like.ckl"] {
        let system = fixture.system(file).await;
        let bytes = match file {
            "scada-like.ckl" => instance_of_a_database(),
            _ => sample(&format!("evidence/{file}")),
        };
        let progress = std::sync::Arc::new(warrant_service::import::Progress::default());
        let import = warrant_service::import::ImportFile { name: file.into(), bytes: bytes.clone().into() };
        let mode = warrant_service::import::Mode::Commit;
        fixture.service.import(&actor, import, Some(&system.id), mode, progress).await.unwrap();
        for format in ["ckl", "cklb"] {
            let made = fixture.service.hand_in(&actor, asked(format, file)).await.unwrap();
            assert_eq!(made.files.len(), 1, "{format} of {file}");
            assert_eq!(facts(&made.files[0].1), facts(&bytes), "{format} of {file}");
            let again = fixture.service.hand_in(&actor, asked(format, file)).await.unwrap();
            assert_eq!(made, again, "{format} of {file} differs from itself");
        }
    }
    let nobody =
        Actor { account: "account_of_nobody".into(), everywhere: None, highest: None, ..Actor::program() };
    let stranger = fixture.service.hand_in(&nobody, asked("ckl", "scada-like.ckl")).await;
    assert!(matches!(stranger, Err(ServiceError::NotFound { what: "system", .. })), "{stranger:?}");
}

/// A checklist of a database instance, with text that XML must escape.
fn instance_of_a_database() -> Vec<u8> {
    let rule = |id: &str, status: &str| {
        let data =
            [("Vuln_Num", ""), ("Severity", "high"), ("Rule_ID", id), ("Rule_Title", "Say <no> & \"yes\"")];
        let data = data.map(|(name, value)| {
            let value = value.replace('&', "&amp;").replace('<', "&lt;");
            format!("<STIG_DATA><VULN_ATTRIBUTE>{name}</VULN_ATTRIBUTE><ATTRIBUTE_DATA>{value}</ATTRIBUTE_DATA></STIG_DATA>")
        });
        let cci = "<STIG_DATA><VULN_ATTRIBUTE>CCI_REF</VULN_ATTRIBUTE><ATTRIBUTE_DATA>CCI-000366</ATTRIBUTE_DATA></STIG_DATA>";
        format!(
            "<VULN>{}{cci}<STATUS>{status}</STATUS><FINDING_DETAILS>line one\nline &amp; two</FINDING_DETAILS></VULN>",
            data.concat()
        )
    };
    let rules = [
        ("SV-230221r1_rule", "Open"),
        ("SV-230222r1_rule", "Not_Reviewed"),
        ("SV-86473r3_rule", "Not_Applicable"),
    ];
    let rules: String = rules.iter().map(|(id, status)| rule(id, status)).collect();
    format!(
        "<CHECKLIST><ASSET><HOST_NAME>db1</HOST_NAME><HOST_IP>192.0.2.7</HOST_IP><HOST_FQDN>db1.example.org</HOST_FQDN>\
         <WEB_DB_SITE>prod</WEB_DB_SITE><WEB_DB_INSTANCE>main</WEB_DB_INSTANCE></ASSET><STIGS><iSTIG><STIG_INFO><SI_DATA>\
         <SID_NAME>stigid</SID_NAME><SID_DATA>Database_STIG</SID_DATA></SI_DATA></STIG_INFO>{rules}</iSTIG></STIGS></CHECKLIST>"
    )
    .into_bytes()
}

struct Folder;

impl Files for Folder {
    fn content(&self, name: &str) -> Option<Vec<u8>> {
        Some(sample(name))
    }
}

async fn the_sample_organisation_is_handed_in(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let script = Script::parse(std::str::from_utf8(&sample("demo.toml")).unwrap()).unwrap();
    let until = crate::stores::at("2026-11-23T09:00:00Z");
    play(service, &script, &Folder, until, &|_, _, _| ()).await.unwrap();
    except_a_weakness(&fixture, "Customer Portal").await;
    let mut made = BTreeMap::new();
    for system in service.system_names(&actor).await.unwrap().into_values() {
        for format in formats().unwrap() {
            let asked = match format.sort {
                Sort::Workbook => {
                    let layout = layout(&format.id).unwrap().unwrap();
                    Asked { template: Some(template(&layout, 6)), ..asked(&format.id, &system) }
                }
                _ => asked(&format.id, &system),
            };
            match service.hand_in(&actor, asked).await {
                Ok(hand_in) => {
                    made.insert((format.id.clone(), system.clone()), hand_in);
                }
                Err(ServiceError::HandIn(HandInError::Nothing(_))) => {}
                Err(error) => panic!("{} of {system}: {error}", format.id),
            }
        }
    }
    for format in formats().unwrap() {
        let systems = made.keys().filter(|(id, _)| *id == format.id).count();
        println!("{}: {systems} systems", format.id);
        assert!(systems > 0, "no system has anything to hand in as {}", format.id);
    }
    for ((format, system), hand_in) in &made {
        match format.as_str() {
            "ckl" | "cklb" => checklists_hold_the_findings(service, system, hand_in).await,
            "hdf" => hdf_holds_the_findings(service, system, hand_in).await,
            _ => {}
        }
    }
    fedramp_documents_are_valid(&made);
    crate::oscal::documents_are_valid_and_whole(service, &made).await;
    nothing_open_is_lost(service, &made).await;
    a_workbook_comes_back_as_it_left(service, &made).await;
    crate::taken_records::they_come_back_as_they_left(&fixture, &made).await;
}

/// Lives with the first open weakness of a system for a time.
async fn except_a_weakness(fixture: &Fixture, system: &str) {
    let (service, actor) = (&fixture.service, Actor::program());
    let row = service.system_row(&actor, system).await.unwrap();
    let posture = service.posture(&actor, system, None).await.unwrap();
    let weakness = posture.deficiencies.iter().find(|one| one.check == "vulnerability-open").unwrap();
    let body = json!({"system": row.id, "title": "Until the vendor mends it", "deficiency": weakness.id,
        "justification": "no fix exists; the port is closed"});
    let exception = fixture.make("exception", body).await;
    let approver = fixture.make("person", json!({"name": "Ada", "email": "ada.approves@example.org"})).await;
    let fields = [("approver".to_owned(), json!(approver.id)), ("expires".to_owned(), json!("2026-12-31"))];
    service.transition(&actor, &exception.id, "approved", &fields).await.unwrap();
}

async fn checklists_hold_the_findings(service: &Service, system: &str, hand_in: &HandIn) {
    let snapshot = service.snapshot(&Actor::program(), system, None).await.unwrap();
    let table = &snapshot.findings;
    let mut expected: BTreeMap<(String, String, String), FindingState> = BTreeMap::new();
    for row in (0..table.len()).filter(|row| table.sort[*row] == FindingSort::Check) {
        let key = [table.target[row], table.benchmark[row], table.rule[row]]
            .map(|text| table.text(text).to_owned());
        expected.insert(key.into(), table.state[row]);
    }
    let mut found = BTreeMap::new();
    for fact in hand_in.files.iter().flat_map(|(_, bytes)| facts(bytes)) {
        let Fact::Check(check) = fact else { continue };
        found.insert((check.target, check.benchmark, check.rule), check.outcome);
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{system}");
    for (key, state) in expected {
        let says = match found[&key] {
            Outcome::Fail => FindingState::Open,
            Outcome::NotApplicable => FindingState::NotApplicable,
            Outcome::NotChecked => FindingState::NotChecked,
            _ => FindingState::Met,
        };
        let state = if state == FindingState::Closed { FindingState::Met } else { state };
        assert_eq!(says, state, "{system}: {key:?}");
    }
}

async fn hdf_holds_the_findings(service: &Service, system: &str, hand_in: &HandIn) {
    let snapshot = service.snapshot(&Actor::program(), system, None).await.unwrap();
    let document: Value = serde_json::from_slice(&hand_in.files[0].1).unwrap();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for profile in document["profiles"].as_array().unwrap() {
        for key in ["name", "supports", "attributes", "groups", "sha256", "controls"] {
            assert!(!profile[key].is_null(), "{system}: a profile has no {key}");
        }
        for control in profile["controls"].as_array().unwrap() {
            assert!(control["tags"]["nist"].is_array() && control["impact"].is_number(), "{control}");
            for result in control["results"].as_array().unwrap() {
                assert!(result["code_desc"].is_string() && result["start_time"].is_string(), "{result}");
                *statuses.entry(result["status"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
    }
    assert_eq!(statuses.values().sum::<usize>(), snapshot.findings.len(), "{system}: {statuses:?}");
    // Tool by tool: second witnesses of a weakness are told as well.
    let open =
        snapshot.findings.in_state(FindingState::Open).filter(|row| !snapshot.findings.suppressed[*row]);
    assert_eq!(statuses.get("failed").copied().unwrap_or(0), open.count(), "{system}");
}

/// FedRAMP's own schemas, which the corpus holds.
fn schemas() -> Option<BTreeMap<String, Value>> {
    let folder = crate::oscal::folder::oscal()?.join("fedramp-cr26");
    let mut schemas = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with("schema-2026-06-24.json") {
            schemas.insert(name, serde_json::from_slice(&std::fs::read(entry.path()).unwrap()).unwrap());
        }
    }
    if schemas.is_empty() {
        println!("skipped: no FedRAMP schemas at {}", folder.display());
        return None;
    }
    Some(schemas)
}

fn fedramp_documents_are_valid(made: &BTreeMap<(String, String), HandIn>) {
    let Some(schemas) = schemas() else { return };
    let mut registry = jsonschema::Registry::new();
    for schema in schemas.values() {
        let id = schema["$id"].as_str().unwrap();
        registry = registry.add(id, schema.clone()).unwrap();
        // The published schemas name shared definitions by a path below the document, without the `#` of a fragment.
        for name in schema["$defs"].as_object().into_iter().flat_map(|defs| defs.keys()) {
            let meant = json!({"$ref": format!("{id}#/$defs/{name}")});
            registry = registry.add(format!("{id}/$defs/{name}"), meant).unwrap();
        }
    }
    let registry = registry.prepare().unwrap();
    let mut checked = 0;
    for (format, name) in [
        ("fedramp-vulnerabilities", "fedramp-vulnerability-detail-report"),
        ("fedramp-accepted", "fedramp-accepted-vulnerability-info"),
        ("fedramp-history", "fedramp-historical-ver-activity"),
        ("fedramp-decisions", "fedramp-security-decision-record"),
    ] {
        let schema = &schemas[&format!("{name}-schema-2026-06-24.json")];
        let options = jsonschema::options().with_registry(&registry).should_validate_formats(true);
        let validator = options.build(schema).unwrap();
        assert!(!validator.is_valid(&json!({"reportPeriod": 1})), "{name} takes anything");
        for ((_, system), hand_in) in made.iter().filter(|((id, _), _)| id == format) {
            let document: Value = serde_json::from_slice(&hand_in.files[0].1).unwrap();
            let errors: Vec<_> =
                validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert_eq!(errors, Vec::<String>::new(), "{format} of {system}");
            checked += 1;
        }
    }
    println!("{checked} FedRAMP documents are valid");
    assert!(checked > 40);
}

/// Every open finding is in the detail report or in the accepted info, none in both.
async fn nothing_open_is_lost(service: &Service, made: &BTreeMap<(String, String), HandIn>) {
    let mut accepted_in_all = 0;
    for system in service.system_names(&Actor::program()).await.unwrap().into_values() {
        let snapshot = service.snapshot(&Actor::program(), &system, None).await.unwrap();
        let ids = |format: &str, list: &str, inner: &str| -> BTreeSet<String> {
            let hand_in = &made[&(format.to_owned(), system.clone())];
            let document: Value = serde_json::from_slice(&hand_in.files[0].1).unwrap();
            let open = |one: &&Value| one.pointer(&format!("{inner}/finalDisposition")).is_none();
            let id = |one: &Value| {
                one.pointer(&format!("{inner}/providerTrackingId")).unwrap().as_str().unwrap().to_owned()
            };
            document[list].as_array().unwrap().iter().filter(open).map(id).collect()
        };
        let active = ids("fedramp-vulnerabilities", "vulnerabilities", "");
        let accepted = ids("fedramp-accepted", "acceptedVulnerabilities", "/vulnerabilityDetail");
        let table = &snapshot.findings;
        let open: BTreeSet<String> = table.open().map(|row| table.text(table.id[row]).to_owned()).collect();
        assert_eq!(active.union(&accepted).cloned().collect::<BTreeSet<_>>(), open, "{system}");
        assert!(active.is_disjoint(&accepted), "{system}");
        accepted_in_all += accepted.len();
    }
    assert!(accepted_in_all > 0, "no exception of the sample organisation covers a finding");
}

/// A template of a layout as its publisher might make it: a cover, a banner, headers in the given row (from 0) in
/// another order with a column more, a prepared first row.
pub(crate) fn template(layout: &Layout, header: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    book.add_worksheet().set_name("Read me").unwrap().write_string(0, 0, "How to fill this in").unwrap();
    for part in &layout.sheets {
        let sheet = book.add_worksheet().set_name(&part.names[0]).unwrap();
        if header > 1 {
            sheet.merge_range(0, 1, 0, 4, "Banner", &bold).unwrap();
        }
        sheet.write_string(header, 0, "Reserved").unwrap();
        for (nth, column) in layout.columns.iter().rev().enumerate() {
            let text = column.header.replacen(' ', "\n", 1);
            sheet.write_string_with_format(header, nth as u16 + 1, text, &bold).unwrap();
            let dated = column.header.contains("Date") && nth % 2 == 0;
            let format = if dated { Format::new().set_num_format("yyyy-mm-dd") } else { bold.clone() };
            sheet.write_blank(header + 1, nth as u16 + 1, &format).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Rows of a filled workbook by header, read by calamine.
fn rows(bytes: &[u8], sheet: &str) -> Vec<BTreeMap<String, String>> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    assert_eq!(book.sheet_names()[0], "Read me");
    let range = book.worksheet_range(sheet).unwrap();
    let mut rows = range.rows().skip_while(|row| row[0] != "Reserved");
    let headers: Vec<String> =
        rows.next().unwrap().iter().map(|cell| cell.to_string().replace('\n', " ")).collect();
    let filled = rows.map(|row| headers.iter().cloned().zip(row.iter().map(ToString::to_string)).collect());
    filled.filter(|row: &BTreeMap<String, String>| row.values().any(|text| !text.is_empty())).collect()
}

async fn a_workbook_comes_back_as_it_left(service: &Service, made: &BTreeMap<(String, String), HandIn>) {
    let actor = Actor::program();
    for (id, _) in WORKBOOKS {
        let layout = layout(id).unwrap().unwrap();
        for ((_, system), hand_in) in made.iter().filter(|((format, _), _)| format == id) {
            for row in layout.sheets.iter().flat_map(|sheet| rows(&hand_in.files[0].1, &sheet.names[0])) {
                for column in layout.columns.iter().filter(|column| !column.values.is_empty()) {
                    let text = row.get(&column.header).cloned().unwrap_or_default();
                    let allowed = text.is_empty() || column.values.contains(&text);
                    assert!(allowed, "{id} of {system}: {} holds {text:?}", column.header);
                }
            }
        }
    }
    let mut items = 0;
    for system in service.system_names(&actor).await.unwrap().into_values() {
        let snapshot = service.snapshot(&actor, &system, None).await.unwrap();
        let of = |sort: Rows| {
            let held = snapshot.poam_items.iter().filter(move |item| match item.body.state.as_str() {
                "cancelled" => false,
                "closed" => sort != Rows::PoamOpen,
                _ => sort != Rows::PoamClosed,
            });
            held.map(|item| (item.id.as_str().to_owned(), item.body.title.clone())).collect::<BTreeSet<_>>()
        };
        let bytes = &made[&("fedramp-poam".to_owned(), system.clone())].files[0].1;
        for (sheet, sort) in [("Open POA&M Items", Rows::PoamOpen), ("Closed POA&M Items", Rows::PoamClosed)]
        {
            let found: BTreeSet<_> = rows(bytes, sheet)
                .into_iter()
                .map(|row| (row["POAM ID"].clone(), row["Weakness Name"].clone()))
                .collect();
            assert_eq!(found, of(sort), "{system}, {sheet}");
            items += found.len();
        }
        // With the headers in the first row our own reader of tables takes the sheet as it is.
        let layout = layout("fedramp-poam").unwrap().unwrap();
        let flat = Asked { template: Some(template(&layout, 0)), ..asked("fedramp-poam", &system) };
        let flat = service.hand_in(&actor, flat).await.unwrap();
        let sheet = Sheet::Named("Open POA&M Items");
        let expected = of(Rows::PoamOpen);
        match read_table(&flat.files[0].1, sheet, &Limits::default()) {
            Ok(table) => {
                let at = |name: &str| {
                    let plain = |text: &String| text.replace('\n', " ") == name;
                    table.headers.iter().position(plain).unwrap()
                };
                let (id, title) = (at("POAM ID"), at("Weakness Name"));
                let read = table.rows.iter().map(|row| (row.cells[id].clone(), row.cells[title].clone()));
                assert_eq!(read.collect::<BTreeSet<_>>(), expected, "{system}");
            }
            Err(error) => assert!(expected.is_empty(), "{system}: {error}"),
        }
    }
    assert!(items > 20, "{items} items");
}
