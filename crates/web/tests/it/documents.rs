//! The Documents tab: every format has a form, and each form gives what it promises.

use crate::hygiene::tags;
use crate::plain::Client;
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, header};
use warrant_service::Actor;
use warrant_service::documents::DOCUMENTS;
use warrant_service::hand_in::{Sort, formats};

/// Links of a page that download a document.
fn downloads(page: &str) -> Vec<String> {
    let tags = tags(page);
    let links = tags.iter().filter(|tag| tag.name == "a" && tag.get("download").is_some());
    let links = links.filter_map(|tag| tag.get("href")).map(|href| href.replace("&amp;", "&"));
    links.filter(|href| href.contains("/document")).collect()
}

#[tokio::test]
async fn documents_to_read_are_downloaded_from_where_they_belong() {
    let site = Site::sample().await;
    let own = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let unit = site.service.record(&Actor::program(), &system).await.unwrap().unit;
    let kinds = DOCUMENTS.iter().filter(|kind| kind.is_of_a_system()).count();
    for (page, count) in [
        (format!("/systems/{system}/documents"), 2 * kinds),
        (format!("/systems/{system}/documents?as_of=2026-11-10"), 2 * (kinds - 1)),
        ("/overview".to_owned(), 2),
        ("/overview?as_of=2026-11-10".to_owned(), 2),
        ("/risk".to_owned(), 2),
        (format!("/risk?unit={unit}"), 2),
        (format!("/risk?system={system}"), 2),
    ] {
        let shown = own.get(&page).await;
        let links = downloads(&shown.text());
        assert_eq!(links.len(), count, "{page}: {links:?}");
        for link in links {
            let reply = own.get(&link).await;
            assert_eq!(reply.status, 200, "{link}: {}", reply.text());
            let (name, policy) =
                (reply.header("content-disposition"), reply.header("content-security-policy"));
            assert!(name.starts_with("attachment;") && policy.contains("sandbox"), "{link}: {name} {policy}");
            let path = link.split('?').next().unwrap();
            if path.ends_with(".docx") {
                assert!(name.ends_with(".docx\"") && reply.body.starts_with(b"PK"), "{link}: {name}");
                continue;
            }
            let html = reply.text();
            assert!(name.ends_with(".html\"") && html.contains("<h1>"), "{link}: {name}");
            // Documents are mailed: they lead nowhere but into themselves.
            let mut hrefs = tags(&html).into_iter().filter_map(|tag| tag.get("href").map(str::to_owned));
            assert!(hrefs.all(|href| href.starts_with('#')), "{link} leads outward");
            let day = if link.contains("as_of=2026-11-10") {
                "As of 2026-11-10 23:59 UTC"
            } else {
                "As of 2026-11-23"
            };
            assert!(html.contains(day), "{link}: {day}");
        }
    }
    let base = format!("/systems/{system}/documents");
    for (path, status) in [
        (format!("{base}/security-plan.pdf"), 404),
        (format!("{base}/executive-summary.html"), 409),
        (format!("{base}/risk-brief.html?as_of=2026-11-10"), 422),
        ("/risk/document.html?unit=unit_of_nobody".to_owned(), 404),
    ] {
        assert_eq!(own.get(&path).await.status, status, "{path}");
    }
    let stranger = Client::stranger(&site.service);
    for path in [
        format!("{base}/security-plan.html"),
        "/overview/document.html".to_owned(),
        "/risk/document.docx".to_owned(),
    ] {
        assert_ne!(stranger.get(&path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn every_document_is_made_from_its_form() {
    let site = Site::sample().await;
    let own = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let base = format!("/systems/{system}/documents");
    let page = own.get(&base).await.text();
    let forms: Vec<String> = tags(&page)
        .iter()
        .filter(|tag| tag.name == "form")
        .filter_map(|tag| tag.get("action")?.strip_prefix(&format!("{base}/")).map(str::to_owned))
        .filter(|action| !action.ends_with("/back"))
        .collect();
    let formats = formats().unwrap();
    let twice = formats.iter().find(|one| DOCUMENTS.iter().any(|kind| kind.id == one.id));
    assert_eq!(twice.map(|one| &one.id), None, "a name is a document's or a format's");
    assert_eq!(forms, formats.iter().map(|one| one.id.clone()).collect::<Vec<_>>());
    let mut made = 0;
    for format in formats.iter().filter(|one| one.sort != Sort::Workbook) {
        let package = "?package=https%3A%2F%2Ftrust.example.org%2Fpackage.json";
        let query = if format.sort == Sort::Package { package } else { "" };
        let reply = own.get(&format!("{base}/{}{query}", format.id)).await;
        assert_eq!(reply.status, 200, "{}: {}", format.id, reply.text());
        let name = reply.header("content-disposition");
        let ending = if format.sort == Sort::PerTarget { "zip" } else { format.ending };
        assert!(name.ends_with(&format!(".{ending}\"")), "{}: {name}", format.id);
        made += 1;
    }
    assert!(made > 8, "{made}");
    let plan = own.get(&format!("{base}/oscal-ssp?as=xml")).await;
    assert_eq!(plan.header("content-disposition"), "attachment; filename=\"portal-oscal-ssp.xml\"");
    assert!(plan.text().contains("<system-security-plan"));
    let one = own.get(&format!("{base}/cklb?target=portal-web1.northwater.example")).await;
    assert!(one.header("content-disposition").ends_with(".cklb\""), "{}", one.header("content-disposition"));

    for (path, status) in
        [("oscal-ssp?as=pdf", 422), ("hdf?as=xml", 422), ("nothing", 404), ("fedramp-history", 422)]
    {
        assert_eq!(own.get(&format!("{base}/{path}")).await.status, status, "{path}");
    }
    let broken = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\nTOKEN\r\n--x\r\nContent-Disposition: \
        form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nno workbook\r\n--x--\r\n";
    for (token, status) in [(own.token().await, 422), ("other".to_owned(), 403)] {
        let body = Body::from(broken.replace("TOKEN", &token));
        let request = Request::post(format!("{base}/fedramp-poam"));
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(body);
        let reply = own.send(request.unwrap()).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
    }
    let stranger = Client::stranger(&site.service);
    assert_ne!(stranger.get(&format!("{base}/oscal-ssp")).await.status, 200);
}

/// A form with a file in it, as a browser sends it.
async fn sent(own: &Client, path: &str, bytes: &[u8]) -> crate::plain::Reply {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"filled.xlsx\"\r\n\r\n",
        own.token().await
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    own.send(request.body(Body::from(body)).unwrap()).await
}

/// A test-result workbook with one row.
fn results(cci: &str, status: &str) -> Vec<u8> {
    let columns = [
        ("Control Acronym", ""),
        ("AP Acronym", ""),
        ("CCI", cci),
        ("Compliance Status", status),
        ("Date Tested", "02-Nov-2026"),
        ("Tested By", "<b>Bo & Co</b>"),
        ("Test Results", ""),
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Test Results").unwrap();
    for (at, (header, text)) in (0..).zip(columns) {
        sheet.write_string(0, at, header).unwrap();
        sheet.write_string(1, at, text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_filled_workbook_is_shown_first_and_taken_on_a_yes() {
    let site = Site::sample().await;
    let own = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let back = format!("/systems/{system}/documents/emass-test-results/back");
    assert!(
        own.get(&format!("/systems/{system}/documents")).await.text().contains(&format!("action=\"{back}\""))
    );
    let size = site.service.ledger_size().await.unwrap();

    let page = sent(&own, &back, &results("CCI-000010", "Non-Compliant")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("CCI-000010") && text.contains("Other than satisfied"), "{text}");
    assert!(text.contains("&lt;b&gt;Bo &amp; Co") && !text.contains("<b>Bo"), "{text}");
    assert_eq!(site.service.ledger_size().await.unwrap(), size, "looking writes nothing");
    let yes = tags(&text).iter().find_map(|tag| {
        let action = tag.get("action")?;
        (tag.name == "form" && action.starts_with(&format!("{back}/"))).then(|| action.to_owned())
    });
    let yes = yes.expect("a form that says yes");
    let done = own.post(&yes, &format!("_csrf={}", own.token().await)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let list = own.get(done.header("location")).await.text();
    assert!(list.contains("Undo"), "{list}");
    assert_eq!(site.service.ledger_size().await.unwrap(), size + 1);
    assert_eq!(
        own.post(&yes, &format!("_csrf={}", own.token().await)).await.status,
        409,
        "a workbook is taken once"
    );
    let control = own.get(&format!("/systems/{system}/controls/ac-2")).await.text();
    assert!(control.contains("Bo &amp; Co") && !control.contains("<b>Bo"), "{control}");

    let bad = sent(&own, &back, &results("CCI-000010", "Perhaps")).await;
    assert_eq!(bad.status, 422);
    let says = "sheet &quot;Test Results&quot; row 2, column D (Compliance Status): `Perhaps` is none of";
    assert!(bad.text().contains(says), "{}", bad.text());
    let other = format!("/systems/{system}/documents/hdf/back");
    assert_eq!(sent(&own, &other, b"x").await.status, 422, "only workbooks are taken back");
}

/// A POA&M workbook of eMASS with one row, which is new.
fn poam(description: &str, office: &str) -> Vec<u8> {
    let layout = warrant_report::hand_in::layout("emass-poam").unwrap().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("POA&M").unwrap();
    for (at, column) in (0..).zip(&layout.columns) {
        sheet.write_string(0, at, &column.header).unwrap();
        let text = match column.field.as_deref() {
            Some("description") => description,
            Some("status") => "Ongoing",
            Some("office") => office,
            _ => "",
        };
        sheet.write_string(1, at, text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn items_of_a_workbook_are_shown_with_what_is_not_taken() {
    let site = Site::sample().await;
    let own = Client::signed_in(&site.service, OFFICER).await;
    let system = site.system("Customer Portal").await;
    let back = format!("/systems/{system}/documents/emass-poam/back");
    let page = sent(&own, &back, &poam("<i>Nobody</i> has read the log of the gateway", "Elsewhere")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    for says in [
        "would record 1 POA&amp;M item",
        "lost the mark of its export",
        "&lt;i&gt;Nobody&lt;/i&gt; has read the log of the gateway",
        "derived from the system's unit",
        "without a row: they stay",
    ] {
        assert!(text.contains(says), "{says} in {text}");
    }
    let yes = tags(&text).iter().find_map(|tag| {
        let action = tag.get("action")?;
        (tag.name == "form" && action.starts_with(&format!("{back}/"))).then(|| action.to_owned())
    });
    let done = own.post(&yes.expect("a form that says yes"), &format!("_csrf={}", own.token().await)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(done.header("location").starts_with("/records/poam_item?"), "{}", done.header("location"));
    let list = own.get(done.header("location")).await.text();
    assert!(list.contains("has read the log of the gateway") && list.contains("Undo"), "{list}");
    let nothing = sent(&own, &back, &poam("", "Elsewhere")).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("a new item needs a description"), "{}", nothing.text());
}
