//! Hostile text in every field of every kind, in file names and in what scanners report: shown everywhere,
//! run nowhere.

use crate::chromium::Browser;
use crate::crawl::crawl;
use crate::plain::Client;
use crate::site::{OFFICER, Site};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use warrant_model::field::{Field, FieldType, Many, TextLength};
use warrant_model::registry::KindEntry;
use warrant_service::import::{ImportFile, Mode};
use warrant_service::{Actor, ServiceError};

/// Markup for every context it may end in: text, quoted attribute, address, script, SVG, MathML, template.
const PAYLOAD: &str = "</title></textarea></script><script>window.pwned=1</script>\"'><img src=x onerror=window.pwned=1><svg/onload=window.pwned=1><math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.pwned=1&gt;\">' autofocus onfocus=window.pwned=1 onmouseover=window.pwned=1 x='{{7*7}}${7*7}&lt;b&gt;";

/// The same for addresses.
const ADDRESS: &str = "javascript:window.pwned=1//https://example.org";

/// The most pages looked at.
const PAGES: usize = 260;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_attack_on_our_own_pages() {
    let site = Site::empty().await;
    let records = hostile_records(&site).await;
    let system = records.get("system").unwrap().clone();
    hostile_files(&site, &system).await;
    let role = (warrant_model::scope::Role::Reader, "");
    let program = Actor::program();
    site.service.create_account(&program, "x@attack.example", PAYLOAD, None, role).await.unwrap();

    let client = Client::signed_in(&site.service, OFFICER).await;
    let mut start: Vec<String> =
        ["/", "/systems", "/programme", "/watch", "/record", "/admin", "/account"].map(str::to_owned).into();
    let payload = encoded(PAYLOAD);
    start.push(format!("/search?q={payload}"));
    start.extend(
        ["/", "/findings", "/poam", "/evidence", "/records/unit"]
            .map(|path| format!("{path}?q={payload}&sort={payload}&page={payload}")),
    );
    let tabs = [
        "",
        "/boundary",
        "/controls",
        "/findings",
        "/poam",
        "/risk",
        "/recovery",
        "/evidence",
        "/documents",
        "/history",
        "/compare",
    ];
    start.extend(tabs.map(|tab| format!("/systems/{system}{tab}")));
    for (kind, id) in &records {
        start.push(format!("/records/{kind}/{id}"));
        start.push(format!("/records/{kind}/{id}/edit?next={payload}"));
        start.push(format!("/records/{kind}/new?title={payload}&name={payload}&next={}", encoded(ADDRESS)));
    }
    let found = crawl(&client, &start, PAGES, |path| path.contains("pwned")).await;
    let shown =
        found.iter().filter(|page| page.reply.text().contains("&lt;script&gt;window.pwned=1")).count();
    assert!(shown > 60, "only {shown} of {} pages show the hostile text", found.len());
    for page in found.iter().filter(|page| page.reply.is_html()) {
        let html = page.reply.text();
        for raw in
            ["<script>window", "<img", "<svg/onload", "<math", "href=\"javascript:", "href='javascript:"]
        {
            assert!(!html.contains(raw), "{}: {raw} in the page", page.path);
        }
    }

    let Some(browser) = Browser::start().await else { return };
    browser.open(&site.link(OFFICER).await).await;
    browser.click("button.primary").await;
    browser.until("the queue is there", "document.querySelector('#queue')").await;
    let errors = [
        format!("/{payload}"),
        format!("/records/{payload}"),
        format!("/systems/{payload}"),
        format!("/api/v1/{payload}"),
    ];
    let pages = found.iter().filter(|page| page.is_first && page.reply.is_html()).map(|page| &page.path);
    for path in pages.chain(&errors) {
        browser.open(&format!("{}{path}", site.address)).await;
        untouched(&browser, path).await;
    }
    panels_and_palette(&browser, &site).await;
    strings_do_not_become_markup(&browser, &site).await;
}

/// Nothing ran, nothing was refused: refusal would mean that hostile markup got into the page.
async fn untouched(browser: &Browser, path: &str) {
    assert_eq!(browser.ask("return typeof window.pwned").await, "undefined", "{path}");
    let complaints = browser.complaints().await;
    // An answer that says "not found" is told by the browser too.
    let own: Vec<_> =
        complaints.iter().filter(|complaint| !complaint.contains("Failed to load resource")).collect();
    assert!(own.is_empty(), "{path}: {own:?}");
}

async fn panels_and_palette(browser: &Browser, site: &Site) {
    for path in [
        "/",
        "/systems",
        "/findings",
        "/poam",
        "/evidence",
        "/records/person",
        "/records/component",
        "/records/note",
    ] {
        browser.open(&format!("{}{path}", site.address)).await;
        if browser.ask("return Boolean(document.querySelector('.row-link'))").await == true {
            browser.click(".row-link").await;
            let opened = "location.pathname !== arguments[0] || !document.querySelector('#panel')?.hidden";
            browser.until("the row opens", &opened.replace("arguments[0]", &json!(path).to_string())).await;
            untouched(browser, path).await;
        }
    }
    browser.open(&format!("{}/", site.address)).await;
    browser.ask("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))").await;
    browser.until("the palette opens", "document.querySelector('dialog#palette[open]')").await;
    browser.one("dialog#palette input[type=search]").await.send_keys("pwned").await.unwrap();
    browser.until("something is found", "document.querySelector('#palette-results a')").await;
    untouched(browser, "the palette").await;
}

/// The last line: were a script of ours to use text as markup, the browser would refuse. And it is seen here.
async fn strings_do_not_become_markup(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/systems", site.address)).await;
    let attempts = [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x>')",
        "document.body.setAttribute('onclick', 'window.pwned = 1')",
        "document.createElement('script').text = 'window.pwned = 1'",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
        "trustedTypes.createPolicy('another', { createHTML: (text) => text })",
        "trustedTypes.createPolicy('fragment', { createHTML: (text) => text })",
    ];
    for attempt in attempts {
        let script = format!("try {{ {attempt}; return 'taken' }} catch (error) {{ return error.name }}");
        assert_eq!(browser.ask(&script).await, "TypeError", "{attempt}");
    }
    let complaints = browser.complaints().await;
    assert!(complaints.len() >= attempts.len(), "the browser reports what it refuses: {complaints:?}");
}

/// A record of every kind; the identifier of each.
async fn hostile_records(site: &Site) -> BTreeMap<String, String> {
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    // A kind may need records of a kind that comes later.
    for _ in 0..4 {
        for kind in site.service.registry().kinds() {
            let name = kind.spec.name;
            if !made.contains_key(name)
                && let Some(id) = hostile_record(site, kind, &made).await
            {
                made.insert(name.to_owned(), id);
            }
        }
    }
    let missing: Vec<_> = site
        .service
        .registry()
        .kinds()
        .map(|kind| kind.spec.name)
        .filter(|name| !made.contains_key(*name))
        .collect();
    assert!(missing.is_empty(), "no record was made of {missing:?}");
    made
}

/// Fields that accept no free text (addresses, identifiers) refuse it, and are left out then.
async fn hostile_record(site: &Site, kind: &KindEntry, made: &BTreeMap<String, String>) -> Option<String> {
    let mut body = hostile(&kind.fields, made);
    for _ in 0..8 {
        match site.service.create(&Actor::program(), kind.spec.name, Value::Object(body.clone())).await {
            Ok(row) => return Some(row.id),
            Err(ServiceError::Invalid(problems)) => {
                for problem in problems {
                    let field = problem.field.split(['.', '[']).next().unwrap_or_default().to_owned();
                    match body.get(&field) {
                        Some(Value::String(text)) if text == PAYLOAD => {
                            drop(body.insert(field, json!("x@attack.example")))
                        }
                        Some(Value::String(text)) if text == "x@attack.example" => {
                            drop(body.insert(field, json!("PD-WRL-007")))
                        }
                        _ => drop(body.remove(&field)),
                    }
                }
            }
            Err(error) => assert_eq!(error.code().0, "invalid", "{}: {error}", kind.spec.name),
        }
    }
    None
}

fn hostile(fields: &[Field], made: &BTreeMap<String, String>) -> Map<String, Value> {
    let value = |field: &Field| match &field.value {
        FieldType::Text(TextLength::Line) if field.name.contains("url") || field.name.contains("link") => {
            Some(json!(ADDRESS))
        }
        FieldType::Text(_) => Some(json!(PAYLOAD)),
        FieldType::List => Some(json!([PAYLOAD, ADDRESS])),
        FieldType::Bool => Some(json!(true)),
        FieldType::Choice(words) => words.first().map(|word| json!(word)),
        FieldType::Choices(words) => Some(json!(words.iter().take(1).collect::<Vec<_>>())),
        FieldType::Control(Many::One) => Some(json!("ac-2")),
        FieldType::Control(Many::Several) => Some(json!(["ac-2", "si-2"])),
        FieldType::Date => Some(json!("2026-12-01")),
        FieldType::Integer => Some(json!(3)),
        FieldType::Money | FieldType::Number => Some(json!(10.5)),
        FieldType::Link(kind, many) => made.get(kind).map(|id| match many {
            Many::One => json!(id),
            Many::Several => json!([id]),
        }),
        FieldType::Rows(inner) => Some(json!([hostile(inner, made)])),
        FieldType::State(_) => None,
    };
    fields.iter().filter_map(|field| Some((field.name.clone(), value(field)?))).collect()
}

/// What tools report is as hostile as what people write.
async fn hostile_files(site: &Site, system: &str) {
    let text = PAYLOAD.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let nessus = format!(
        "<?xml version=\"1.0\"?>\n<NessusClientData_v2>\n<Policy><policyName>{text}</policyName></Policy>\n<Report name=\"{text}\">\n\
         <ReportHost name=\"{text}\"><HostProperties><tag name=\"HOST_END\">Sun Nov 22 09:00:00 2026</tag><tag name=\"operating-system\">{text}</tag></HostProperties>\n\
         <ReportItem port=\"443\" svc_name=\"{text}\" protocol=\"tcp\" severity=\"4\" pluginID=\"77\" pluginName=\"{text}\" pluginFamily=\"{text}\"><description>{text}</description><solution>{text}</solution><see_also>{ADDRESS}</see_also><plugin_output>{text}</plugin_output></ReportItem>\n\
         </ReportHost></Report></NessusClientData_v2>\n"
    );
    let vulnerability = json!({"VulnerabilityID": "CVE-2021-44228", "PkgName": PAYLOAD, "InstalledVersion": PAYLOAD,
        "FixedVersion": PAYLOAD, "PrimaryURL": ADDRESS, "Severity": "CRITICAL", "Title": PAYLOAD, "Description": PAYLOAD});
    let trivy = json!({"SchemaVersion": 2, "CreatedAt": "2026-11-20T09:00:00Z", "ArtifactName": PAYLOAD, "ArtifactType": "container_image",
        "Results": [{"Target": PAYLOAD, "Class": "lang-pkgs", "Type": "jar", "Vulnerabilities": [vulnerability]}]});
    let trivy = serde_json::to_string_pretty(&trivy).unwrap();
    for (name, text) in [(format!("{PAYLOAD}.nessus"), nessus), (format!("{PAYLOAD}.json"), trivy)] {
        let file = ImportFile { name, bytes: text.into_bytes().into() };
        let outcome = site
            .service
            .import(&Actor::program(), file, Some(system), Mode::Commit, Default::default())
            .await;
        assert!(outcome.unwrap().opened > 0);
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}
