//! Risk on pages: what closing findings spares, what moved, what a budget buys, the register; and nonsense refused.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};

async fn page(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.text()
}

/// The first address on a page that begins like this.
fn link<'h>(html: &'h str, begins: &str) -> &'h str {
    let at = html.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("{begins} in {html}"));
    let rest = &html[at + 6..];
    &rest[..rest.find('"').unwrap()]
}

/// The id of a unit that the page offers to narrow to.
fn unit_of<'h>(html: &'h str, name: &str) -> &'h str {
    let end = html.find(&format!(">{name} (")).unwrap_or_else(|| panic!("{name} in {html}"));
    let start = html[..end].rfind("unit_").unwrap();
    let rest = &html[start..];
    &rest[..rest.find('"').unwrap()]
}

#[tokio::test]
async fn closing_a_finding_is_priced_from_scenario_to_organisation() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let overview = page(&client, "/risk").await;
    assert!(words(&overview).contains("is to be expected from 7 scenarios in force"), "{overview}");
    let scenario = page(&client, link(&overview, "/risk/scen_")).await;
    assert!(words(&scenario).contains("open findings bear on its controls"), "{scenario}");
    let what_if = words(&page(&client, link(&scenario, "/risk/what-if?finding=")).await);
    for whose in ["The organisation", "Digital Services", "Customer Portal", "scenario"] {
        assert!(what_if.contains(whose), "{whose} in {what_if}");
    }
    assert!(what_if.contains("would perform") && what_if.contains("If closed"), "{what_if}");
    // A finding's own page leads there too.
    let finding = page(&client, link(&scenario, "/findings/")).await;
    assert!(finding.contains("/risk/what-if?finding="), "{finding}");
    let (beside, without) = (unit_of(&overview, "Digital Services"), unit_of(&overview, "Human Resources"));
    let with_line = words(&page(&client, &format!("/risk?unit={beside}")).await);
    assert!(with_line.starts_with("Risk of Digital Services"), "{with_line}");
    assert!(with_line.contains("Beside what is tolerated"), "it has a line of its own: {with_line}");
    let of_unit = words(&page(&client, &format!("/risk?unit={without}")).await);
    assert!(of_unit.starts_with("Risk of Human Resources"), "{of_unit}");
    assert!(!of_unit.contains("Beside what is tolerated"), "it has no line of its own: {of_unit}");
    let moved = words(&page(&client, "/risk/moved").await);
    assert!(moved.contains("With the controls as they stood on") && moved.contains("SC-7"), "{moved}");
    let csv = client.get("/risk.csv?q=portal").await.text();
    assert!(csv.contains("Customer accounts are read through a flaw of the portal"), "{csv}");
    assert!(!csv.contains("Pumps"), "the filter holds for the export: {csv}");
}

#[tokio::test]
async fn a_budget_is_planned_and_its_proof_can_be_taken_along() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let offered = words(&page(&client, "/risk/portfolio").await);
    assert!(offered.contains("pieces of work would make a year cheaper"), "{offered}");
    let planned = page(&client, "/risk/portfolio?budget=2%20000&hours=30").await;
    let text = words(&planned);
    assert!(text.contains("bring a year from") && text.contains("that is proved"), "{text}");
    assert!(text.contains("Loss that remains for what is spent"), "{text}");
    let plan = client.get(link(&planned, "/risk/portfolio/plan.json")).await.text();
    let input = client.get(link(&planned, "/risk/portfolio/portfolio.toml")).await.text();
    let plan: warrant_risk::Plan = serde_json::from_str(&plan).unwrap();
    let input = warrant_risk::RiskFile::read("portfolio.toml", &input).unwrap();
    warrant_risk::verify(&plan, &input).unwrap();
    assert!(plan.cost <= 2_000.0 && plan.hours <= 30.0 && !plan.chosen.is_empty(), "{plan:?}");
    for nonsense in ["budget=abc", "budget=-5", "budget=1e400", "budget=5&hours=NaN"] {
        let refused = client.get(&format!("/risk/portfolio?{nonsense}")).await;
        assert!(refused.status.is_client_error(), "{nonsense}: {}", refused.status);
        assert!(refused.text().contains("give a number such as 50000"), "{nonsense}: {}", refused.text());
    }
}

#[tokio::test]
async fn the_register_shows_every_scenario_on_the_matrix() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let register = page(&client, "/risk/register").await;
    let text = words(&register);
    assert!(text.contains("of 7 risks are high or very high"), "{text}");
    assert!(text.contains("Likelihood and impact") && text.contains("1–7 of 7"), "{text}");
    // A cell of the matrix filters the table.
    let cell = link(&register, "/risk/register?at=").replace("&amp;", "&");
    let filtered = words(&page(&client, &cell).await);
    assert!(!filtered.contains("1–7 of 7"), "{filtered}");
    let csv = client.get("/risk/register.csv").await.text();
    assert_eq!(
        csv.lines().filter(|line| line.contains("Very low") || line.contains("Low")).count(),
        7,
        "{csv}"
    );
    let empty = Site::empty().await;
    let client = Client::signed_in(&empty.service, OFFICER).await;
    for path in ["/risk", "/risk/register", "/risk/portfolio", "/risk/moved"] {
        let text = words(&page(&client, path).await);
        assert!(!text.contains("NaN") && text.len() > 40, "{path}: {text}");
    }
}
