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
    assert!(moved.contains("Most was moved by controls in place") && moved.contains("SC-7"), "{moved}");
    let csv = client.get("/risk.csv?q=portal").await.text();
    assert!(csv.contains("Customer accounts are read through a flaw of the portal"), "{csv}");
    assert!(!csv.contains("Pumps"), "the filter holds for the export: {csv}");
}

#[tokio::test]
async fn alternatives_stand_side_by_side_and_say_what_is_not_decided() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let none = words(&page(&client, "/risk/compare").await);
    assert!(none.contains("No alternative is named") && none.contains("Supported products only"), "{none}");
    let added = client.get("/risk/compare?budget=3000&sets=budget~1000").await;
    assert_eq!(added.status, 303, "a form's answer has an address of its own");
    let both = "/risk/compare?sets=budget~1000%3Bbudget~3000%3Binitiative~Supported%20products%20only";
    let html = page(&client, both).await;
    let told = words(&html);
    for what in [
        "Best for 1 k",
        "Best for 3 k",
        "Supported products only",
        "Systems Administration (IO-WRL-005)",
        "Due within a year, done",
        "Best for 1 k against Best for 3 k",
        "Dearest scenarios left",
        "Due within a year and left",
    ] {
        assert!(told.contains(what), "{what} in {told}");
    }
    let csv = client.get(link(&html, "/risk/compare.csv")).await.text();
    assert_eq!(csv.lines().filter(|line| line.starts_with("Best for")).count(), 2, "{csv}");
    assert!(csv.contains("nothing done") && csv.contains("better, low (90 %)"), "{csv}");
    // What is selected in the portfolio becomes one more set, under a name that can be changed.
    let portfolio = page(&client, "/risk/portfolio?sets=budget~1000").await;
    let box_at = portfolio.find("name=\"row\"").unwrap();
    let at = box_at + portfolio[box_at..].find(" value=\"").unwrap() + 8;
    let id = &portfolio[at..at + portfolio[at..].find('"').unwrap()];
    let sent = client
        .post("/risk/compare?sets=budget~1000", &format!("_csrf={}&row={id}", client.token().await))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let chosen = format!("/risk/compare?sets=budget~1000%3BChoice%201~{id}");
    assert!(words(&page(&client, &chosen).await).contains("Choice 1 against doing nothing"));
    let renamed = client.get(&format!("{chosen}&rename=2&name=Quick%3Bwin")).await;
    assert_eq!(renamed.status, 303);
    for nonsense in
        ["sets=budget~-1", "sets=budget~NaN", "sets=initiative~Nothing", "sets=a~1;b~1;c~1;d~1;e~1;f~1"]
    {
        let refused = client.get(&format!("/risk/compare?{nonsense}")).await;
        assert!(refused.status.is_client_error(), "{nonsense}: {}", refused.status);
        assert!(!refused.text().contains("NaN,"), "{nonsense}");
    }
}

#[tokio::test]
async fn a_browser_is_told_that_a_page_is_being_worked_out() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    // Whatever it takes here, the answer is the page or one that follows it, and asking again gets there.
    for _ in 0..200 {
        let html = client.get_accepting("/risk", "text/html").await.text();
        if !html.contains("data-events=\"/waiting/") {
            assert!(words(&html).contains("is to be expected from 7 scenarios in force"), "{html}");
            return;
        }
        assert!(html.contains("data-whole") && words(&html).contains("This is being worked out"), "{html}");
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("it never came");
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
        assert!(refused.text().contains("Give a number such as 50000"), "{nonsense}: {}", refused.text());
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

#[tokio::test]
async fn money_people_and_time_stand_on_one_page_and_in_a_request() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let html = page(&client, "/budget").await;
    let text = words(&html);
    assert!(text.contains("granted is paid or promised") && text.contains("hours are missing"), "{text}");
    for said in
        ["New process historian", "Systems Administration", "Supported products only", "Scanner licences"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    let csv = client.get("/budget.csv?q=gateway").await.text();
    assert!(csv.contains("Mail gateway") && !csv.contains("Billing database"), "{csv}");
    assert!(client.get("/budget/staffing.csv").await.text().contains("IO-WRL-005"));
    // The next period has lines that are asked for; its request is offered as two files.
    let option = html.split("<option value=\"").find(|part| part.contains("asked for)")).unwrap();
    let day = &option[..option.find('"').unwrap()];
    let next = page(&client, &format!("/budget?on={day}")).await;
    let request = client.get(link(&next, "/budget/request.html")).await;
    assert!(
        words(&request.text()).contains("With the work done, a year is expected to cost"),
        "{}",
        request.text()
    );
    let docx = client.get(link(&next, "/budget/request.docx")).await;
    assert_eq!(docx.status, 200);
    let refused = client.get("/budget?on=tomorrow").await;
    assert!(
        refused.status.is_client_error() && refused.text().contains("Days are written"),
        "{}",
        refused.text()
    );
    let empty = Site::empty().await;
    let client = Client::signed_in(&empty.service, OFFICER).await;
    for path in ["/budget", "/risk/calibration", "/risk/editor"] {
        assert!(!page(&client, path).await.contains("NaN"), "{path}");
    }
}

#[tokio::test]
async fn what_does_not_decide_says_what_to_find_out() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let text = words(&page(&client, "/risk").await);
    assert!(text.contains("Does what is known decide?") && text.contains("does not decide"), "{text}");
    assert!(text.contains("To decide about 250 k EUR, find out first: how often"), "{text}");
    let planned = words(&page(&client, "/risk/portfolio?budget=2000&hours=30").await);
    assert!(planned.contains("The plan against") && planned.contains("doing nothing"), "{planned}");
    let calibration = words(&page(&client, "/risk/calibration").await);
    assert!(
        calibration.contains("Priya Nambiar says 90 %, is right 33 % (2 of 6): too narrow"),
        "{calibration}"
    );
    let register = page(&client, "/risk/register").await;
    let cell = link(&register, "/risk/register?owasp=").replace("&amp;", "&");
    assert!(words(&register).contains("How the OWASP rating follows from money"), "{register}");
    assert!(!words(&page(&client, &cell).await).contains("1–7 of 7"), "a cell of its matrix filters too");
}

#[tokio::test]
async fn a_scenario_is_written_beside_its_curve() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let overview = page(&client, "/risk").await;
    let id = link(&overview, "/risk/scen_").trim_start_matches("/risk/").to_owned();
    let path = format!("/risk/editor/{id}");
    let html = page(&client, &path).await;
    assert!(words(&html).contains("is to be expected; some loss comes in"), "{html}");
    let record = site.service.record(&warrant_service::Actor::program(), &id).await.unwrap();
    let version = record.version.to_string();
    let (token, system) = (client.token().await, record.system.clone());
    let tries = |number: &str, verb: &str| {
        format!(
            "_csrf={token}&_version={version}&verb={verb}&system={system}&title=Portal+is+hit&state=in-force&basis=a+test\
             &tries={number}&losses.0.form=response&losses.0.low=1000&losses.0.high=9000"
        )
    };
    let preview = client.post(&path, &tries("2", "preview")).await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    assert!(words(&preview.text()).contains("than as it is recorded"), "{}", preview.text());
    let wrong = client.post(&path, &tries("-2", "save")).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert!(wrong.text().contains("id=\"live-tries\""), "{}", wrong.text());
    assert!(words(&wrong.text()).contains("give 0 to 100,000"), "{}", wrong.text());
    let saved = client.post(&path, &tries("2", "save")).await;
    assert!(saved.status.is_redirection(), "{}", saved.text());
    let record = site.service.record(&warrant_service::Actor::program(), &id).await.unwrap();
    assert_eq!(record.body["tries"], 2.0);
}
