//! A real browser: chromedriver on a port of its own, Chromium with a profile of its own, both gone at the end.

use axum::http::Method;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use thirtyfour::common::command::{Command as Request, ExtensionCommand};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

/// The longest wait for something to appear.
const PATIENCE: Duration = Duration::from_secs(15);

/// A browser with one window.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    shots: Option<PathBuf>,
    // Fields are dropped in order: the session closes Chromium, then what it lived on may go.
    _chromedriver: Ended,
    _profile: tempfile::TempDir,
}

/// How wide the window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// 1,400 × 1,000.
    Desk,
    /// 390 × 844.
    Phone,
    /// 320 × 800: a desk at 400 %.
    Magnified,
}

/// Where a program is: named by the environment, else on the path.
fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable).filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|file| file.is_file())
}

impl Browser {
    /// Starts one; `None` (with a line on why) where there is none to start.
    pub(crate) async fn start() -> Option<Self> {
        let driver = program("CHROMEDRIVER", &["chromedriver"]);
        let chromium = program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]);
        let (Some(driver), Some(chromium)) = (driver, chromium) else {
            println!("skipped: no chromedriver");
            return None;
        };
        let mut child = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let port = port_of(&mut child);
        let chromedriver = Ended(child);
        let profile = tempfile::tempdir().unwrap();
        let capabilities = capabilities(&chromium, profile.path());
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.unwrap();
        let shots = std::env::var_os("WARRANT_SHOTS").map(PathBuf::from);
        shots.iter().for_each(|folder| std::fs::create_dir_all(folder).unwrap());
        let browser = Self { driver, shots, _chromedriver: chromedriver, _profile: profile };
        browser.screen(Screen::Desk).await;
        Some(browser)
    }

    /// Goes to an address and waits until it is loaded.
    pub(crate) async fn open(&self, address: &str) {
        self.driver.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// What a script of the test's own finds in the page.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::<Value>::new()).await.unwrap().json().clone()
    }

    /// The text of the first element that matches, when there is one.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let found = self.driver.execute(script, vec![json!(selector)]).await.unwrap();
        found.json().as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first element that matches.
    pub(crate) async fn one(&self, selector: &str) -> WebElement {
        let found = self.driver.find(By::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Clicks the first element that matches, wherever it is on the page.
    pub(crate) async fn click(&self, selector: &str) {
        let element = self.one(selector).await;
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Waits until a script's expression is true; `what` says what was waited for.
    pub(crate) async fn until(&self, what: &str, expression: &str) {
        let started = Instant::now();
        let script = format!("return document.readyState === 'complete' && Boolean({expression})");
        loop {
            // While a page is being left there is no document to ask.
            let found = self.driver.execute(script.as_str(), Vec::<Value>::new()).await;
            if found.is_ok_and(|found| *found.json() == Value::Bool(true)) {
                return;
            }
            if started.elapsed() > PATIENCE {
                let page = self.text("main").await;
                panic!(
                    "waited in vain until {what}; the page says: {}",
                    page.chars().take(600).collect::<String>()
                );
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Errors of scripts, refused loads and violations of the policy since the last time this was asked.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.driver.handle().browser_log().await.unwrap();
        let told = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.message.contains("Security Policy"));
        told.map(|entry| entry.message).collect()
    }

    /// Sets the size of the window.
    pub(crate) async fn screen(&self, screen: Screen) {
        let (width, height, mobile) = match screen {
            Screen::Desk => (1_400, 1_000, false),
            Screen::Phone => (390, 844, true),
            Screen::Magnified => (320, 800, false),
        };
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Says which colours the person likes: `light` or `dark`.
    pub(crate) async fn prefer(&self, colours: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": colours }] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Keeps a picture of the window when `WARRANT_SHOTS` names a folder for them.
    pub(crate) async fn shot(&self, name: &str) {
        if let Some(folder) = &self.shots {
            self.driver.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
        }
    }

    /// Whether pictures are wanted.
    pub(crate) fn takes_shots(&self) -> bool {
        self.shots.is_some()
    }

    pub(crate) async fn devtools(&self, command: &str, parameters: Value) {
        let command = DevTools { command: command.to_owned(), parameters };
        let request = Request::ExtensionCommand(Box::new(command));
        self.driver.handle().cmd(request).await.unwrap();
    }
}

fn capabilities(chromium: &std::path::Path, profile: &std::path::Path) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&chromium.to_string_lossy()).unwrap();
    let profile = format!("--user-data-dir={}", profile.display());
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--disable-component-update",
        "--no-first-run",
        "--hide-scrollbars",
        "--window-size=1400,1100",
        // A desk has a mouse; without a screen Chromium believes there is none.
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    ];
    for flag in flags.into_iter().chain([profile.as_str()]) {
        capabilities.add_arg(flag).unwrap();
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
    capabilities
}

/// Chromedriver chooses a free port and tells it on its output.
fn port_of(child: &mut Child) -> u16 {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.trim_end_matches('.').rsplit_once("started successfully on port ")?;
        port.parse().ok()
    });
    // Whatever else it says is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    told.expect("chromedriver tells its port")
}

/// Chromedriver, ended whatever becomes of the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A command of the DevTools protocol, through chromedriver.
#[derive(Debug)]
struct DevTools {
    command: String,
    parameters: Value,
}

impl ExtensionCommand for DevTools {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "cmd": self.command, "params": self.parameters }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/goog/cdp/execute".into()
    }
}
