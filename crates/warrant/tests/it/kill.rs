//! Killed at any moment, an import leaves whole files or nothing, and nothing it acknowledged is lost.
//!
//! `WARRANT_KILLS` says how often to kill (10 if not said).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn warrant(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warrant"));
    command.arg("--store").arg(store).env_remove("WARRANT_STORE").env_remove("WARRANT_AS");
    command
}

fn run(store: &Path, arguments: &[&str]) -> (bool, String) {
    let output = warrant(store).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text + &String::from_utf8_lossy(&output.stderr))
}

/// A store with the sample's systems and components, and a folder with its Nessus files.
fn prepare(folder: &Path) -> usize {
    let northwater = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northwater");
    let store = folder.join("store");
    assert!(run(&store, &["init", "--name", "Killed", "--officer", "a@example.org"]).0);
    let systems = "name\nFirst\n";
    std::fs::write(folder.join("systems.csv"), systems).unwrap();
    let table = folder.join("systems.csv").display().to_string();
    assert!(run(&store, &["records", "system", "import", &table]).0);
    let scans = folder.join("scans");
    std::fs::create_dir(&scans).unwrap();
    let mut count = 0;
    let mut folders = vec![northwater.join("evidence")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "nessus" || ending == "ckl") {
                std::fs::copy(&path, scans.join(path.file_name().unwrap())).unwrap();
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
    count
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// Names of the files the program said were imported before it was killed.
fn import_and_kill(store: &Path, scans: &str, after: Duration) -> BTreeSet<String> {
    let mut child = warrant(store)
        .args(["import", scans, "--system", "First"])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let told = std::thread::spawn(move || {
        let lines = stderr.lines().map_while(Result::ok);
        lines.filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect::<BTreeSet<_>>()
    });
    let begun = Instant::now();
    while begun.elapsed() < after && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let _ = child.kill();
    child.wait().unwrap();
    told.join().unwrap()
}

/// What the store holds, apart from when it came in.
fn state(store: &Path) -> String {
    let (_, text) = run(store, &["deficiencies", "--limit", "100000", "--json"]);
    let ids: BTreeSet<_> = text.lines().filter(|line| line.contains("\"id\":")).map(str::to_owned).collect();
    ids.into_iter().collect()
}

#[test]
fn nothing_acknowledged_is_lost_when_killed() {
    let folder = tempfile::tempdir().unwrap();
    let count = prepare(folder.path());
    let (fresh, scans) = (folder.path().join("store"), folder.path().join("scans").display().to_string());
    let whole = folder.path().join("whole");
    copy(&fresh, &whole);
    let begun = Instant::now();
    assert!(run(&whole, &["import", &scans, "--system", "First"]).0);
    let length = begun.elapsed();
    let expected = state(&whole);
    let kills: u32 = std::env::var("WARRANT_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let mut seed = 0x2026_1123_u64;
    for nth in 0..kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let after = length.mul_f64((seed % 1_000) as f64 / 1_000.0);
        let store = folder.path().join(format!("killed-{nth}"));
        copy(&fresh, &store);
        let acknowledged = import_and_kill(&store, &scans, after);
        let (intact, report) = run(&store, &["ledger", "verify"]);
        assert!(intact, "kill {nth} after {after:?}: {report}");
        let (_, again) = run(&store, &["import", &scans, "--system", "First"]);
        let known: BTreeSet<_> = again
            .lines()
            .filter(|l| l.contains("imported before"))
            .filter_map(|l| l.split_once(": "))
            .map(|(n, _)| n.to_owned())
            .collect();
        let lost: Vec<_> = acknowledged.difference(&known).collect();
        assert!(lost.is_empty(), "kill {nth} after {after:?}: acknowledged but lost: {lost:?}\n{again}");
        assert!(known.len() <= acknowledged.len() + 1, "kill {nth}: {known:?} beside {acknowledged:?}");
        assert_eq!(
            again.lines().filter(|line| line.contains(" facts, ")).count() + known.len(),
            count,
            "{again}"
        );
        assert!(run(&store, &["ledger", "verify"]).0, "kill {nth}");
        assert_eq!(state(&store), expected, "kill {nth}: the same files give the same posture");
        std::fs::remove_dir_all(&store).unwrap();
    }
}
