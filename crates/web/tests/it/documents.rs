//! The Documents tab: every format has a form, and each form gives what it promises.

use crate::hygiene::tags;
use crate::plain::Client;
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, header};
use warrant_service::hand_in::{Sort, formats};

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
        .collect();
    let formats = formats().unwrap();
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
