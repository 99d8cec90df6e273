//! Documents that ask for too much are refused with their reason, in bounded memory.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// How much address space the program gets, in kilobytes. The largest of the documents would fill that and more while
/// it is read; the allocator reserves part of it beforehand.
const SPACE: u32 = 1_900_000;

const GIGABYTE: u64 = 1 << 30;

/// Starts `warrant catalog` within the space.
fn start(folder: &Path, args: &str, input: Stdio) -> Child {
    let script = format!("ulimit -v {SPACE} && exec \"$0\" catalog {args}");
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", &script, env!("CARGO_BIN_EXE_warrant")]);
    command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Expects that the file cannot be read, for this reason.
fn refuses(child: Child, args: &str, reason: &str) {
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(2), "{args}: {said}");
    assert!(said.contains(reason), "{args}: {said}");
    assert!(said.len() < 10_000, "{args}: all of it is told again");
}

fn refused(folder: &Path, args: &str, reason: &str) {
    refuses(start(folder, args, Stdio::null()), args, reason);
}

#[test]
fn a_gigabyte_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let value = "the length of a value is over the limit of 67108864";
    for (name, reason) in [
        ("huge.json", "the number of bytes is over the limit of 268435456"),
        ("huge.xml", value),
        ("huge.yaml", value),
    ] {
        File::create(folder.path().join(name)).unwrap().set_len(GIGABYTE).unwrap();
        refused(folder.path(), &format!("validate {name}"), reason);
        refused(folder.path(), &format!("convert {name} --to json"), reason);
        refused(folder.path(), &format!("resolve {name}"), "has more than 67108864 bytes");
    }
}

#[test]
fn a_number_of_a_gigabyte_is_refused() {
    let mut child = start(Path::new("/"), "validate /dev/stdin", Stdio::piped());
    let mut pipe = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || {
        let digits = vec![b'7'; 1 << 20];
        let mut written = 0;
        let mut open = pipe.write_all(b"{\"catalog\": {\"uuid\": ").is_ok();
        while open && written < GIGABYTE {
            open = pipe.write_all(&digits).is_ok();
            written += digits.len() as u64;
        }
        written
    });
    refuses(child, "validate /dev/stdin", "line 1: the length of a number is over the limit of 400");
    assert!(writing.join().unwrap() < GIGABYTE / 100, "much of it was read");
}

#[test]
fn a_number_within_the_size_of_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    // Larger than what is held in memory without being looked over.
    let digits = "7".repeat(70 << 20);
    for (name, before) in
        [("number.json", "{\"catalog\": {\"uuid\": "), ("number.yaml", "catalog:\n  uuid: ")]
    {
        std::fs::write(folder.path().join(name), format!("{before}{digits}")).unwrap();
        let reason = match name {
            "number.json" => "the length of a number is over the limit of 400",
            _ => "the length of a value is over the limit of 67108864",
        };
        refused(folder.path(), &format!("validate {name}"), reason);
    }
}

#[test]
fn entities_and_depth_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let levels = 10_000;
    let entity = |n: usize| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    let bomb: String = (1..10).map(entity).collect();
    let xml = "<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'>";
    let files = [
        (
            "bomb.xml",
            format!("<!DOCTYPE c [<!ENTITY a0 \"x\">{bomb}]>{xml}&a9;</catalog>"),
            "entities are refused",
        ),
        ("bomb.yaml", "catalog:\n  uuid: &a [x, x]\n  groups: [*a, *a]\n".to_owned(), "refused in YAML"),
        ("deep.json", format!("{{\"catalog\": {}", "{\"groups\": [".repeat(levels)), "nesting depth"),
        ("deep.xml", format!("{xml}{}", "<group>".repeat(levels)), "nesting depth"),
        ("deep.yaml", format!("catalog:\n  groups: {}", "[".repeat(levels)), "recursion limit"),
        ("lists.yaml", format!("catalog:\n  groups: {}", "- ".repeat(levels)), "line 2"),
    ];
    for (name, text, reason) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
        refused(folder.path(), &format!("validate {name}"), reason);
    }
}
