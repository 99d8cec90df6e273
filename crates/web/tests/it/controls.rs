//! What a system's controls rest on, on pages and in tables: traceability, tailoring, parameters, inheritance.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};
use warrant_model::traceability::Hole;
use warrant_service::Actor;

async fn page(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.text()
}

/// Rows of a table of comma-separated values: lines outside quotation marks, without the head and what stands above.
async fn rows(client: &Client, path: &str, head: &str) -> Vec<String> {
    let text = page(client, path).await;
    let (mut rows, mut open) = (vec![String::new()], false);
    for c in text.chars() {
        open ^= c == '"';
        match c {
            '\n' if !open => rows.push(String::new()),
            _ => rows.last_mut().unwrap().push(c),
        }
    }
    let at = rows.iter().position(|row| row.contains(head)).unwrap_or_else(|| panic!("{path}: {text:.400}"));
    rows.into_iter().skip(at + 1).filter(|row| !row.trim().is_empty()).collect()
}

#[tokio::test]
async fn holes_of_the_matrix_are_counted_filtered_and_exported() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let snapshot = site.service.snapshot(&Actor::program(), &portal, None).await.unwrap();
    let matrix = site.service.traceability(&Actor::program(), &snapshot).await.unwrap();
    let base = format!("/systems/{portal}/controls/trace");
    let told = words(&page(&client, &base).await);
    let all = matrix.requirements.len();
    assert!(
        told.contains(&format!("{} of {all} statements traced without a hole", matrix.closed())),
        "{told:.600}"
    );
    for hole in [Hole::Implementation, Hole::Result, Hole::Stale] {
        assert!(matrix.with(hole) > 0);
        let list =
            rows(&client, &format!("{base}.csv?hole={}", hole.word()), "Control,Statement,Status").await;
        let expected: usize = matrix
            .requirements
            .iter()
            .filter(|one| one.holes.contains(&hole))
            .map(|one| one.results.len().max(1))
            .sum();
        assert_eq!(list.len(), expected, "{hole:?}");
        assert!(list.iter().all(|row| row.contains(hole.title())), "{hole:?}");
    }
    let workbook = client.get(&format!("{base}.xlsx?q=ac-2")).await;
    assert!(workbook.body.starts_with(b"PK"));
    let document = client.get(&format!("{base}/document")).await;
    assert!(document.header("content-disposition").contains("traceability"));
    assert!(document.text().contains("What is missing") && document.text().contains("AC-02a.[01]"));
    assert!(
        words(&page(&client, &format!("{base}?q=nothing-like-it")).await).contains("No statement matches")
    );
}

#[tokio::test]
async fn decisions_of_every_layer_are_shown_with_their_effect() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let scada = site.system("SCADA Control Network").await;
    let told = words(&page(&client, &format!("/systems/{scada}/controls/tailoring")).await);
    assert!(told.contains("controls must be met") && told.contains("1 compensated"), "{told:.900}");
    assert!(told.contains("House rules") && told.contains("Control rooms"), "{told:.900}");
    assert!(told.contains("compensated by PE-3, PE-6"), "{told}");
    assert!(told.contains("overruled"), "the control room's limit goes before the house's: {told}");
    let set =
        rows(&client, &format!("/systems/{scada}/controls/parameters.csv?set=yes"), "Control,Parameter")
            .await;
    let limit = set.iter().find(|row| row.contains("ac-7_prm_1")).unwrap();
    assert!(limit.contains("no limit at operator stations") && limit.contains("Control rooms"), "{limit}");
    assert!(limit.contains(OFFICER), "who set it is told: {limit}");
    let unset =
        rows(&client, &format!("/systems/{scada}/controls/parameters.csv?set=no"), "Control,Parameter").await;
    assert!(!unset.is_empty() && !unset.iter().any(|row| row.contains("ac-7_prm_1")));
    let clinic = site.system("HR Suite").await;
    let removed = words(&page(&client, &format!("/systems/{clinic}/controls/tailoring?action=remove")).await);
    assert!(removed.contains("PE-13") && removed.contains("covered by the assurance report"), "{removed}");
    assert!(removed.contains("Ines Calder"), "who approved it: {removed}");
}

#[tokio::test]
async fn both_sides_of_an_inherited_control_are_shown() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let taken = words(&page(&client, &format!("/systems/{portal}/controls/inheritance")).await);
    assert!(taken.contains("taken from others") && taken.contains("Identity Platform"), "{taken:.900}");
    let list =
        rows(&client, &format!("/systems/{portal}/controls/inheritance.csv"), "Control,How,From").await;
    assert!(list.iter().any(|row| row.starts_with("AC-6,shared,Identity Platform,Shared")), "{list:?}");
    let platform = site.system("Identity Platform").await;
    let given = words(&page(&client, &format!("/systems/{platform}/controls/inheritance")).await);
    assert!(given.contains("rely on this one") && given.contains("Offered to others"), "{given:.900}");
    assert!(given.contains("Customer Portal"), "{given}");
}

#[tokio::test]
async fn what_may_not_be_seen_is_not_there() {
    let site = Site::sample().await;
    let portal = site.system("Customer Portal").await;
    let unit = site.service.system_row(&Actor::program(), "HR Suite").await.unwrap().unit;
    let role = (warrant_model::scope::Role::Reader, unit.as_str());
    let program = Actor::program();
    site.service.create_account(&program, "reader@northwater.example", "R", None, role).await.unwrap();
    let reader = Client::signed_in(&site.service, "reader@northwater.example").await;
    for view in ["trace", "tailoring", "parameters", "inheritance"] {
        for path in [view.to_owned(), format!("{view}.csv"), format!("{view}.xlsx")] {
            let path = format!("/systems/{portal}/controls/{path}");
            assert_eq!(reader.get(&path).await.status, 404, "{path}");
        }
    }
}
