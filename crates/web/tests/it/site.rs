//! The server under test: a store of its own, the real router on a loopback port.

use crate::chromium::Browser;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use warrant_model::Registry;
use warrant_service::demo::{Files, Script, play};
use warrant_service::{Actor, Clock, Service, ServiceOptions, StoreOptions};

/// The officer of the sample organisation.
pub(crate) const OFFICER: &str = "ines.calder@northwater.example";

/// When every test takes place: the day the sample organisation is told of.
pub(crate) const NOW: &str = "2026-11-23T09:00:00Z";

/// A running server; it ends with the value.
pub(crate) struct Site {
    pub(crate) service: Service,
    /// `http://127.0.0.1:PORT`.
    pub(crate) address: String,
    serving: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Site {
    /// Serves a copy of the sample organisation.
    pub(crate) async fn sample() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&played().await, folder.path());
        Self::over(folder).await
    }

    /// Serves an organisation with an officer and nothing else.
    pub(crate) async fn empty() -> Self {
        let site = Self::over(tempfile::tempdir().unwrap()).await;
        site.service.initialise("Test Utilities", 0).await.unwrap();
        let role = (warrant_model::scope::Role::Officer, "");
        site.service.create_account(&Actor::program(), OFFICER, "Ines Calder", None, role).await.unwrap();
        site
    }

    async fn over(folder: tempfile::TempDir) -> Self {
        let service = open(folder.path()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let served = warrant_web::serve(service.clone(), listener, std::future::pending());
        let serving = tokio::spawn(async move { served.await.unwrap() });
        Self { service, address, serving, _folder: folder }
    }

    /// The identifier of a system.
    pub(crate) async fn system(&self, name: &str) -> String {
        self.service.system_row(&Actor::program(), name).await.unwrap().id
    }

    /// Signs the officer in and waits for the queue.
    pub(crate) async fn sign_in(&self, browser: &Browser) {
        self.sign_in_anywhere(browser).await;
        browser.until("the queue is there", "document.querySelector('#queue')").await;
    }

    /// Signs the officer in, whatever the first page shows.
    pub(crate) async fn sign_in_anywhere(&self, browser: &Browser) {
        browser.open(&self.link(OFFICER).await).await;
        browser.click("button.primary").await;
        browser.until("somebody is signed in", "document.querySelector('.rail')").await;
    }

    /// The address of a one-time sign-in link.
    pub(crate) async fn link(&self, email: &str) -> String {
        let token = self.service.one_time_link(&Actor::program(), email).await.unwrap();
        format!("{}/sign-in/{token}", self.address)
    }
}

async fn open(folder: &Path) -> Service {
    let clock = Clock::at(warrant_model::time::parse(NOW).unwrap());
    let registry = Registry::standard();
    let options =
        ServiceOptions { clock, registry, ..ServiceOptions::standard(StoreOptions::folder(folder)) };
    Service::open(options).await.unwrap()
}

/// A file of the sample organisation.
pub(crate) fn sample_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northwater").join(name)
}

struct Folder;

impl Files for Folder {
    fn content(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(sample_path(name)).ok()
    }
}

/// The folder with the sample organisation, played once for all tests of one build of this binary: each test
/// is a process of its own.
async fn played() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("northwater");
    fs::create_dir_all(&root).unwrap();
    let lock = File::create(root.join("lock")).unwrap();
    lock.lock().unwrap();
    let built = fs::metadata(std::env::current_exe().unwrap()).unwrap().modified().unwrap();
    let mark = built.duration_since(UNIX_EPOCH).unwrap().as_nanos().to_string();
    let (store, done) = (root.join("store"), root.join("done"));
    if fs::read_to_string(&done).is_ok_and(|found| found == mark) {
        return store;
    }
    fs::remove_file(&done).ok();
    fs::remove_dir_all(&store).ok();
    let service = open(&store).await;
    let script = fs::read_to_string(sample_path("demo.toml")).unwrap();
    let script = Script::parse(&script).unwrap();
    let until = warrant_model::time::parse(NOW).unwrap();
    play(&service, &script, &Folder, until, &|_, _, _| ()).await.unwrap();
    service.close().await.unwrap();
    fs::write(done, mark).unwrap();
    store
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
