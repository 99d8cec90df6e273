//! What is kept of a file that reports secrets holds none of them, and is the file all the same.

use crate::stores::{Fixture, on_both};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, Reader, recognise_among};
use warrant_model::hash::ContentHash;
use warrant_service::Actor;
use warrant_service::ServiceError;
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};

on_both!(
    no_secret_of_any_example_is_kept,
    no_known_secret_of_real_reports_is_kept,
    a_file_is_known_again_and_one_with_another_secret_is_not,
    secrets_in_an_archive_are_refused,
);

async fn import(fixture: &Fixture, name: &str, bytes: &[u8]) -> Result<ImportOutcome, ServiceError> {
    let file = ImportFile { name: name.into(), bytes: bytes.into() };
    let progress = Arc::new(Progress::default());
    fixture.service.import(&Actor::program(), file, Some("Shop"), Mode::Commit, progress).await
}

/// Everything that the store keeps by its hash.
fn blobs(fixture: &Fixture) -> Vec<Vec<u8>> {
    let blobs = fixture.service.store().blobs();
    let hashes = blobs.hashes().unwrap();
    hashes.iter().map(|hash| blobs.get(hash).unwrap()).collect()
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|part| part == secret.as_bytes())
}

fn line_ends(bytes: &[u8]) -> Vec<usize> {
    (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect()
}

fn gathered(reader: &dyn Reader, bytes: &[u8]) -> Gathered {
    let mut gathered = Gathered::default();
    reader.read(&Input { name: "example", bytes, limits: Limits::default() }, &mut gathered).unwrap();
    gathered
}

async fn no_secret_of_any_example_is_kept(fixture: Fixture) {
    fixture.system("Shop").await;
    let (mut files, mut secrets, mut told) = (0, 0, Vec::new());
    for reader in fixture.service.readers().to_vec() {
        let bytes = reader.example().bytes;
        let Ok(claims) = recognise_among(fixture.service.readers(), bytes) else { continue };
        let gathered = gathered(claims, bytes);
        if gathered.secrets.is_empty() {
            continue;
        }
        files += 1;
        told.push(reader.id());
        let done = import(&fixture, reader.id(), bytes).await.unwrap_or_else(|error| panic!("{error}"));
        let hash = ContentHash(done.evidence.clone());
        let kept = fixture.service.evidence_bytes(&Actor::program(), hash.as_str()).await.unwrap();
        assert_eq!((kept.len(), line_ends(&kept)), (bytes.len(), line_ends(bytes)), "{}", reader.id());
        if serde_json::from_slice::<serde_json::Value>(bytes).is_ok() {
            let json = serde_json::from_slice::<serde_json::Value>(&kept);
            assert!(json.is_ok(), "{}: {json:?}\n{}", reader.id(), String::from_utf8_lossy(&kept));
        }
        // Every fact stands in the line it stood in: that line is there, and lines without a secret are as they were.
        let row = fixture.service.evidence(&Actor::program(), hash.as_str()).await.unwrap().remove(0);
        assert!(row.problems.iter().any(|problem| problem.contains("masked")), "{:?}", row.problems);
        for fact in fixture.service.facts(&Actor::program(), &row, 0, 1_000).await.unwrap() {
            let shown =
                fixture.service.excerpt(&Actor::program(), hash.as_str(), fact.place.line, 0).await.unwrap();
            assert_eq!(shown.first, fact.place.line.max(1), "{}", reader.id());
            let before =
                String::from_utf8_lossy(bytes).lines().nth(shown.first as usize - 1).map(str::to_owned);
            let before = before.unwrap_or_default();
            if !gathered.secrets.iter().any(|secret| before.contains(secret)) {
                assert_eq!(shown.lines[0].trim_end(), before.trim_end(), "{}", reader.id());
            }
        }
        for secret in gathered.secrets.iter() {
            secrets += 1;
            // A secret of up to three letters counts where it stands alone.
            let is_kept = secret.len() > 3 && blobs(&fixture).iter().any(|blob| holds(blob, secret));
            assert!(!is_kept, "{}: {secret}\n{}", reader.id(), String::from_utf8_lossy(&kept));
        }
        let again = import(&fixture, "again", bytes).await.unwrap();
        assert!(again.already_known && again.evidence == done.evidence, "{}", reader.id());
    }
    println!("{files} examples with {secrets} secrets: {}", told.join(", "));
    assert!(files >= 12, "{told:?}");
}

fn corpus() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    std::env::var_os("WARRANT_CORPUS").map_or_else(beside, PathBuf::from).join("scans")
}

/// Secrets that stand in published reports, as their readers' tests know them.
async fn no_known_secret_of_real_reports_is_kept(fixture: Fixture) {
    let known = [
        ("gitleaks", "AKIAIOSFODNN7EXAMPLE"),
        ("trufflehog", "AKIAYVP4CIPPERUVIFXG"),
        ("trufflehog3", "964a1afa20dd4a3723002560124dd96f2a9e853f7ef5b"),
        ("whispers", "hardcoded0"),
        ("gitlab_secret_detection_report", "AKIAIOSFODNN7EXAMPLE"),
        ("hydra", "bill_is_broken"),
    ];
    fixture.system("Shop").await;
    let mut files = 0;
    for (folder, secret) in known {
        for path in std::fs::read_dir(corpus().join(folder)).into_iter().flatten().flatten() {
            let bytes = std::fs::read(path.path()).unwrap_or_default();
            if !holds(&bytes, secret) || import(&fixture, folder, &bytes).await.is_err() {
                continue;
            }
            files += 1;
            let is_kept = blobs(&fixture).iter().any(|blob| holds(blob, secret));
            assert!(!is_kept, "{secret} of {}", path.path().display());
        }
    }
    println!("{files} reports; corpus at {}", corpus().display());
    assert!(files > 0 || !corpus().is_dir());
}

/// A report with the secret in the clear and as a header has it behind `user:`.
fn report(secret: &str, header: &str) -> Vec<u8> {
    serde_json::json!([{"Description": "AWS", "StartLine": 2, "Match": format!("key = {secret};"), "Secret": secret,
        "File": "conf/main.tf", "Message": format!("Authorization: Basic {header}"), "RuleID": "aws"}])
    .to_string()
    .into_bytes()
}

async fn a_file_is_known_again_and_one_with_another_secret_is_not(fixture: Fixture) {
    fixture.system("Shop").await;
    let file = report("AKIAIOSFODNN7EXAMPLE", "dXNlcjpBS0lBSU9TRk9ETk43RVhBTVBMRQ==");
    let changed = report("AKIAIOSFODNN7EXAMPLF", "dXNlcjpBS0lBSU9TRk9ETk43RVhBTVBMRg==");
    let first = import(&fixture, "a.json", &file).await.unwrap();
    let same = import(&fixture, "b.json", &file).await.unwrap();
    let other = import(&fixture, "c.json", &changed).await.unwrap();
    assert_eq!((first.opened, same.already_known), (1, true));
    assert!(!other.already_known && other.evidence != first.evidence, "{other:?}");
    assert_ne!(first.evidence, ContentHash::of(&file).0);
    for blob in blobs(&fixture) {
        assert!(
            !holds(&blob, "AKIAIOSF") && !holds(&blob, "BS0lBSU9TRk9ETk4"),
            "{}",
            String::from_utf8_lossy(&blob)
        );
    }
    let verified = fixture.service.verify_ledger(&Actor::program()).await;
    assert!(verified.as_ref().is_ok_and(|verified| verified.problems.is_empty()), "{verified:?}");
}

async fn secrets_in_an_archive_are_refused(fixture: Fixture) {
    fixture.system("Shop").await;
    let example =
        fixture.service.readers().iter().find(|reader| reader.id() == "deepfence-findings").unwrap();
    let table = String::from_utf8(example.example().bytes.to_vec()).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(table.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell.trim_matches('"')).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let before = blobs(&fixture).len();
    let refused = import(&fixture, "findings.xlsx", &bytes).await.unwrap_err().to_string();
    assert!(refused.contains("findings.xlsx") && refused.contains("unpack it"), "{refused}");
    assert_eq!(blobs(&fixture).len(), before);
}
