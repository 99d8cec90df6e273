//! The scripted newcomer: a fresh store, and in one run everything somebody does in the first days. The time of each
//! step and the longest wait in it are printed; asserted is only that each does what it is for.

use crate::chromium::Browser;
use crate::plain::Client;
use crate::site::{OFFICER, Site, sample_path};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};
use thirtyfour::common::command::{Command as Request, ExtensionCommand};
use warrant_intake::Limits;
use warrant_intake::table::{Sheet, read_table};
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, ServiceError};

/// What is dropped: a scan, a checklist and a benchmark result, all of hosts that the newcomer named.
const FILES: [&str; 3] = ["portal-nessus-1.nessus", "portal-db1-baseline-1.ckl", "portal-web-baseline-1.xml"];

/// The hosts as a newcomer writes them down.
const HOSTS: &str = "portal-web1.northwater.example\nportal-web2.northwater.example\nportal-pay1.northwater.example\n\
    portal-app1.northwater.example\nportal-db1.northwater.example\nportal-db1";

/// The newcomer at work.
struct Newcomer {
    browser: Browser,
    site: Site,
    told: String,
    started: Instant,
    longest: Duration,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_scripted_newcomer() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::empty().await;
    let mut newcomer =
        Newcomer { browser, site, told: String::new(), started: Instant::now(), longest: Duration::ZERO };
    newcomer.takes_the_tour().await;
    newcomer.defines_a_system().await;
    newcomer.drops_three_files().await;
    newcomer.triages_ten_findings().await;
    newcomer.assesses_twenty_statements().await;
    newcomer.plans_excepts_and_closes().await;
    newcomer.compares_two_dates().await;
    newcomer.builds_and_shares_a_view().await;
    newcomer.prints_the_executive_page().await;
    newcomer.exports_the_poam().await;
    println!("{:<44} {:>9} {:>13}\n{}", "step", "ms", "longest wait", newcomer.told);
    assert_eq!(newcomer.browser.complaints().await, Vec::<String>::new());
}

impl Newcomer {
    fn begins(&mut self) {
        (self.started, self.longest) = (Instant::now(), Duration::ZERO);
    }

    fn did(&mut self, what: &str) {
        let (took, longest) = (self.started.elapsed().as_millis(), self.longest.as_millis());
        writeln!(self.told, "{what:<44} {took:>9} {longest:>13}").unwrap();
    }

    /// Waits for what an action brings about.
    async fn sees(&mut self, what: &str, expression: &str) {
        let since = Instant::now();
        self.browser.until(what, expression).await;
        self.longest = self.longest.max(since.elapsed());
    }

    async fn goes(&mut self, path: &str) {
        let since = Instant::now();
        self.browser.open(&format!("{}{path}", self.site.address)).await;
        self.longest = self.longest.max(since.elapsed());
    }

    /// Presses a key as a keyboard does.
    async fn presses(&self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            letter => (u32::from(letter.to_uppercase().as_bytes()[0]), letter),
        };
        let mut down = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
        if !text.is_empty() {
            down["text"] = json!(text);
        }
        self.browser.devtools("Input.dispatchKeyEvent", down).await;
        let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code });
        self.browser.devtools("Input.dispatchKeyEvent", up).await;
    }

    /// Puts values into the inputs of a form.
    async fn fills(&self, form: &str, fields: &[(&str, &str)]) {
        for (name, value) in fields {
            let script = "const form = document.querySelector(arguments[0]); const input = form.elements[arguments[1]]; \
                input.value = arguments[2]; input.dispatchEvent(new Event('input', { bubbles: true })); \
                return input.value";
            let given = vec![json!(form), json!(name), json!(value)];
            let found = self.browser.driver.execute(script, given).await.unwrap();
            assert_eq!(found.json(), value, "{form} {name}");
        }
    }

    async fn counts(&self, selector: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let found = self.browser.driver.execute(script, vec![json!(selector)]).await.unwrap();
        found.json().as_u64().unwrap()
    }

    async fn records(&self, kind: &str) -> Result<Vec<warrant_service::query::RecordRow>, ServiceError> {
        let query = RecordQuery { kind: kind.to_owned(), limit: 500, ..RecordQuery::default() };
        Ok(self.site.service.list_records(&Actor::program(), &query).await?.rows)
    }

    async fn takes_the_tour(&mut self) {
        self.begins();
        let link = self.site.link(OFFICER).await;
        self.browser.open(&link).await;
        self.browser.click("button.primary").await;
        self.sees("the store greets", "document.querySelectorAll('.ways > li').length === 3").await;
        self.browser.shot("newcomer-welcome").await;
        for place in ["/systems", "/programme", "/watch", "/record", "/"] {
            self.browser.click(&format!(".places > li > a[href='{place}']")).await;
            self.sees(
                place,
                &format!("location.pathname.startsWith('{place}') && document.querySelector('main h1')"),
            )
            .await;
            if self.counts(".bar a[href^='/help/']").await > 0 {
                self.browser.click(".bar a[href^='/help/']").await;
                self.sees("the guide opens", "document.querySelector('#panel-title')?.textContent").await;
                self.presses("Escape").await;
                self.sees("the guide closes", "document.querySelector('#panel').hidden").await;
            }
        }
        self.did("tour of five places with their guides");
    }

    async fn defines_a_system(&mut self) {
        self.begins();
        self.goes("/").await;
        self.browser.click("main a[href='/systems/new']").await;
        self.sees("the form opens", "document.querySelector('form#define')").await;
        let fields = [
            ("name", "Portal"),
            ("owner", "me"),
            ("information.0.name", "Customer accounts"),
            ("information.0.confidentiality", "moderate"),
            ("information.0.integrity", "moderate"),
            ("information.0.availability", "low"),
            ("hosts", HOSTS),
        ];
        self.fills("form#define", &fields).await;
        self.browser.click("form#define button.primary").await;
        self.sees("the system is there", "document.querySelector('h1')?.textContent === 'Portal'").await;
        assert_eq!(self.records("component").await.unwrap().len(), 6);
        self.browser.shot("newcomer-system").await;
        self.did("define a system");
    }

    async fn drops_three_files(&mut self) {
        self.begins();
        self.goes("/import").await;
        let files: Vec<Value> = FILES
            .map(|name| json!([name, std::fs::read_to_string(sample_path("evidence").join(name)).unwrap()]))
            .to_vec();
        let drop = "const form = document.querySelector('[data-drop]'); const dataTransfer = new DataTransfer(); \
            for (const [name, text] of arguments[0]) dataTransfer.items.add(new File([text], name)); \
            for (const name of ['dragover', 'drop']) form.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }))";
        self.browser.driver.execute(drop, vec![json!(files)]).await.unwrap();
        self.browser.until("the batch is there", "location.pathname.startsWith('/import/')").await;
        self.browser.until("the import has ended", "document.querySelector('#batch .flash')").await;
        let page = self.browser.text("main").await;
        assert_eq!(self.counts("#batch tbody tr").await, 3, "{page}");
        assert!(!page.contains("failed") && !page.contains("not imported"), "{page}");
        self.browser.shot("newcomer-import").await;
        self.did("import three files by drop (with progress)");
    }

    async fn triages_ten_findings(&mut self) {
        self.begins();
        self.goes("/findings").await;
        self.browser.ask("window.stayed = true").await;
        let before = self.records("poam_item").await.unwrap().len();
        // Seven one by one, then three as one item.
        for nth in 0..7 {
            self.presses("j").await;
            self.presses("p").await;
            self.sees("the plan's form opens", "document.querySelector('#panel form#record')").await;
            self.fills("#panel form#record", &[("due", "2027-01-31")]).await;
            self.browser.ask("document.querySelector('#panel form#record [name=title]').focus()").await;
            self.presses("Enter").await;
            self.sees(
                "the list is back",
                "document.querySelector('#panel').hidden && !document.querySelector('#panel form')",
            )
            .await;
            assert_eq!(self.records("poam_item").await.unwrap().len(), before + nth + 1);
        }
        for _ in 0..3 {
            self.presses("j").await;
            self.presses("x").await;
        }
        assert!(self.browser.text("#findings .bulk-count").await.contains("3 rows"));
        assert_eq!(self.browser.ask("return window.stayed").await, json!(true), "the list was never left");
        self.browser.shot("newcomer-triage").await;
        self.presses("p").await;
        self.sees("the form for three opens", "location.pathname === '/records/poam_item/new'").await;
        self.fills("form#record", &[("due", "2027-02-28")]).await;
        self.browser.ask("document.querySelector('form#record [name=title]').focus()").await;
        self.presses("Enter").await;
        self.sees("the list is back", "location.pathname === '/findings'").await;
        let items = self.records("poam_item").await.unwrap();
        let named: usize = items.iter().map(|row| row.body["findings"].as_array().map_or(0, Vec::len)).sum();
        assert_eq!((items.len(), named), (before + 8, 10));
        self.did("triage ten findings by keyboard");
    }

    async fn assesses_twenty_statements(&mut self) {
        self.begins();
        let system = self.site.system("Portal").await;
        self.goes(&format!("/systems/{system}/controls?view=statements&status=not-assessed")).await;
        for nth in 0..20 {
            self.presses("n").await;
            self.presses(if nth % 4 == 3 { "o" } else { "s" }).await;
            let word = if nth % 4 == 3 { "other than satisfied" } else { "judged satisfied" };
            let row =
                self.browser.ask("return document.querySelector('#controls tr.current').dataset.row").await;
            let told = format!(
                "document.querySelector('#controls-said').textContent.includes('{word}') && \
                 !document.querySelector('#controls tr.current .state-unknown') && \
                 document.querySelector('#controls tr.current').dataset.row === {row}"
            );
            self.sees("the verdict is told", &told).await;
        }
        assert_eq!(self.records("assessment").await.unwrap().len(), 20);
        self.browser.shot("newcomer-assessed").await;
        self.did("assess twenty statements by keyboard");
    }

    async fn plans_excepts_and_closes(&mut self) {
        self.begins();
        self.goes("/?plan=unplanned").await;
        let before = self.records("poam_item").await.unwrap().len();
        // Planned from the queue, by keyboard.
        self.presses("j").await;
        while self.counts("#queue tr.current [data-key=p]").await == 0 {
            self.presses("j").await;
        }
        self.presses("p").await;
        self.sees("the plan's form opens", "document.querySelector('#panel form#record')").await;
        self.fills("#panel form#record", &[("due", "2027-03-31")]).await;
        self.browser.ask("document.querySelector('#panel form#record [name=title]').focus()").await;
        self.presses("Enter").await;
        self.sees("the queue is back", "document.querySelector('#panel').hidden").await;
        assert_eq!(self.records("poam_item").await.unwrap().len(), before + 1);
        // Excepted from the queue.
        self.goes("/?plan=unplanned").await;
        self.presses("j").await;
        while self.counts("#queue tr.current [data-key=e]").await == 0 {
            self.presses("j").await;
        }
        self.presses("e").await;
        self.sees("the exception's form opens", "document.querySelector('#panel form#record')").await;
        let fields =
            [("justification", "Only reachable from the management network"), ("expires", "2027-06-30")];
        self.fills("#panel form#record", &fields).await;
        self.browser.ask("document.querySelector('#panel form#record [name=title]').focus()").await;
        self.presses("Enter").await;
        self.sees("the queue is back", "document.querySelector('#panel').hidden").await;
        assert_eq!(self.records("exception").await.unwrap().len(), 1);
        // Closed: each step asks for what it needs.
        self.goes("/poam").await;
        self.presses("j").await;
        self.presses("Enter").await;
        self.sees("the item opens", "document.querySelector('#panel-title')").await;
        let owner = self.records("person").await.unwrap()[0].id.clone();
        for (to, fields) in [
            ("planned", vec![("owner", owner.as_str())]),
            ("ongoing", vec![]),
            ("validating", vec![("validation", "Scan of 2026-11-23 no longer shows it")]),
            ("closed", vec![]),
        ] {
            let form = format!("#panel #step-{to}");
            if !fields.is_empty() {
                self.browser.click(&format!("#panel details:has(#step-{to}) summary")).await;
                self.fills(&form, &fields).await;
            }
            self.browser.click(&format!("{form} button")).await;
            self.sees(&format!("the item is {to}"), &format!("!document.querySelector('{form}')")).await;
        }
        // What the list behind the panel says follows: closed, it is no longer among the open ones.
        let gone = "!document.querySelector('#poam tbody').textContent.includes('Awaiting validation')";
        self.sees("the list follows", gone).await;
        let closed =
            self.records("poam_item").await.unwrap().iter().filter(|row| row.state == "closed").count();
        assert_eq!(closed, 1);
        self.browser.shot("newcomer-closed").await;
        self.did("plan, except and close items");
    }

    async fn compares_two_dates(&mut self) {
        self.begins();
        // A day goes by; a session that is used stays alive.
        for hour in ["2026-11-23T20:00:00Z", "2026-11-24T06:00:00Z"] {
            self.site.service.clock().set(warrant_model::time::parse(hour).unwrap());
            self.goes("/account").await;
        }
        let system = self.site.system("Portal").await;
        self.goes(&format!("/systems/{system}/compare?from=2026-11-23")).await;
        let same = self.browser.text("main").await;
        assert!(same.contains("From 2026-11-23") && same.contains("to now"), "{same}");
        self.browser.shot("newcomer-compare").await;
        self.did("compare two dates");
    }

    async fn builds_and_shares_a_view(&mut self) {
        self.begins();
        self.goes("/findings").await;
        self.browser.click("#findings-toolbar nav[aria-label=Severity] a.chip").await;
        self.sees("the filter is set", "new URLSearchParams(location.search).get('severity')").await;
        self.browser.click("#findings .columns-menu summary").await;
        self.browser.click("#findings .columns-menu input[value=controls]").await;
        self.browser.click("#findings .columns-menu button.primary").await;
        self.sees(
            "the column is gone",
            "new URLSearchParams(location.search).get('cols')?.startsWith('severity,')",
        )
        .await;
        let columns = "![...document.querySelectorAll('#findings thead th')].some((th) => th.textContent.includes('Controls'))";
        self.sees("the column is gone", columns).await;
        self.browser.click("#findings .views-menu summary").await;
        self.browser.shot("newcomer-views").await;
        self.browser.click("#findings .views-menu a.save").await;
        self.sees("the form opens", "document.querySelector('#panel #view-name')").await;
        self.fills("#panel form", &[("name", "Worst of all"), ("shared", "*")]).await;
        self.browser.click("#panel form button.primary").await;
        self.sees(
            "the view has its name",
            "document.querySelector('.views-menu summary')?.textContent.includes('Worst of all')",
        )
        .await;
        let colleague = self.site.service.actor(OFFICER).await.unwrap();
        let views = self.site.service.views(&colleague, Some("/findings")).await.unwrap();
        assert_eq!(views.len(), 1);
        assert!(
            views[0].query.contains("severity=") && views[0].query.contains("cols="),
            "{}",
            views[0].query
        );
        self.did("build and share a view");
    }

    async fn prints_the_executive_page(&mut self) {
        self.begins();
        self.goes("/overview").await;
        let since = Instant::now();
        let command = Print(
            json!({ "cmd": "Page.printToPDF", "params": { "paperWidth": 8.27, "paperHeight": 11.69 } }),
        );
        let answer =
            self.browser.driver.handle().cmd(Request::ExtensionCommand(Box::new(command))).await.unwrap();
        let data = answer.value_json().unwrap()["data"].as_str().unwrap().to_owned();
        self.longest = self.longest.max(since.elapsed());
        assert!(data.starts_with("JVBERi"), "a PDF begins with %PDF");
        assert!(data.len() > 20_000, "the page has something on it: {} characters", data.len());
        self.browser.shot("newcomer-overview").await;
        self.did("print the executive page");
    }

    async fn exports_the_poam(&mut self) {
        self.begins();
        self.goes("/poam?state=all").await;
        let link =
            "return document.querySelector('nav.exports a[href*=\"/poam.xlsx\"]').getAttribute('href')";
        let link = self.browser.ask(link).await;
        let cookie = self.browser.driver.get_named_cookie("warrant_session").await.unwrap();
        let since = Instant::now();
        let reply = Client::with_cookie(&self.site.service, &cookie.value).get(link.as_str().unwrap()).await;
        self.longest = self.longest.max(since.elapsed());
        let table = read_table(&reply.body, Sheet::First, &Limits::default()).unwrap();
        assert_eq!(table.rows.len(), self.records("poam_item").await.unwrap().len());
        assert_eq!(table.headers[..2], ["Severity", "Weakness"], "the columns are those of the list");
        self.did("export the POA&M");
    }
}

/// A DevTools command whose answer is wanted.
#[derive(Debug)]
struct Print(Value);

impl ExtensionCommand for Print {
    fn parameters_json(&self) -> Option<Value> {
        Some(self.0.clone())
    }

    fn method(&self) -> axum::http::Method {
        axum::http::Method::POST
    }

    fn endpoint(&self) -> std::sync::Arc<str> {
        "/goog/cdp/execute".into()
    }
}
