//! Running the real binary.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `warrant` in a folder; nothing of the caller's settings reaches it.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warrant"));
    for name in ["WARRANT_STORE", "WARRANT_DATA", "WARRANT_AS", "WARRANT_LOG"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(args).output().unwrap()
}

/// Runs `warrant`, expects an exit code and gives what was written to stdout.
pub(crate) fn expect(folder: &Path, code: i32, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(code), "warrant {args:?}: {}", words(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `warrant … --json`, expects success and gives the JSON.
pub(crate) fn json(folder: &Path, args: &[&str]) -> Value {
    let with_json = [args, &["--json"]].concat();
    let text = expect(folder, 0, &with_json);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{args:?}: {error} in {text}"))
}

/// What was written to stderr.
pub(crate) fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
