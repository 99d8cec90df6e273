use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const KEY: [u8; 32] = [7; 32];

fn secrets(texts: &[&str]) -> Secrets {
    let mut secrets = Secrets::default();
    texts.iter().for_each(|text| secrets.add(text));
    secrets
}

fn mask(file: &str, texts: &[&str]) -> String {
    let kept = masked(file.as_bytes(), &secrets(texts), &KEY).unwrap().bytes;
    assert_eq!(kept.len(), file.len(), "{file}");
    String::from_utf8(kept).unwrap()
}

#[test]
fn a_secret_goes_and_everything_else_stays() {
    let kept = mask("key = \"AKIAIOSFODNN7EXAMPLE\"\nAKIAIOSFODNN7EXAMPL\n", &["AKIAIOSFODNN7EXAMPLE"]);
    assert!(kept.starts_with("key = \"*") && kept.ends_with("\"\nAKIAIOSFODNN7EXAMPL\n"), "{kept}");
    let mask = &kept[7..27];
    assert!(mask.bytes().all(|byte| SIGNS.contains(&byte)), "{mask}");
}

#[test]
fn the_same_file_is_masked_the_same_and_another_secret_otherwise() {
    let of = |secret: &str, key| masked(secret.as_bytes(), &secrets(&[secret]), key).unwrap().bytes;
    assert_eq!(of("hunter2x", &KEY), of("hunter2x", &KEY));
    assert_ne!(of("hunter2x", &KEY), of("hunter2y", &KEY));
    assert_ne!(of("hunter2x", &KEY), of("hunter2x", &[8; 32]));
}

#[test]
fn lines_stay_where_they_are() {
    let pem = "-----BEGIN KEY-----\r\nMIIEowIBAAKCAQEA\r\nfiebkc8sd7f\r\n-----END KEY-----";
    let file = format!("a\r\n{pem}\r\nMIIEowIBAAKCAQEA again\n");
    let kept = mask(&file, &[pem]);
    let ends = |text: &str| -> Vec<usize> { text.match_indices('\n').map(|(at, _)| at).collect() };
    assert_eq!(ends(&kept), ends(&file));
    assert!(!kept.contains("MIIE") && !kept.contains("fiebkc") && kept.ends_with(" again\n"), "{kept}");
}

#[test]
fn json_stays_json() {
    // An escape before, within and behind; a number; a name; a text that begins with the end of an escape.
    let file = r#"{"secret": "pa\"ss\\w\u00f6rd", "sec\u0072et2": 4711471, "note": "\n4711471\t", "line": 47114710,
        "4711471": "\u00e9fade", "deep": "{\"a\": \"pa\\\"ss\\\\wörd\"}", "odd": "\u0070a\"ss\\w\u00F6rd"}"#;
    let told: Value = serde_json::from_str(file).unwrap();
    let secret = told["secret"].as_str().unwrap();
    let kept = mask(file, &[secret, "4711471", "e9fade", "nothing\"here"]);
    let kept: Value = serde_json::from_str(&kept).unwrap_or_else(|error| panic!("{error}: {kept}"));
    assert!(
        !kept.to_string().contains("4711471\"") && !kept["secret"].as_str().unwrap().contains("ss"),
        "{kept}"
    );
    assert_eq!((&kept["secret2"], &kept["line"]), (&json!(1_111_111), &json!(47_114_710)));
    assert!(
        !kept["deep"].as_str().unwrap().contains("ss") && !kept["odd"].as_str().unwrap().contains("ss"),
        "{kept}"
    );
    assert!(
        kept["note"].as_str().unwrap().starts_with("\n*") || kept["note"].as_str().unwrap().starts_with('*')
    );
}

#[test]
fn little_secrets_count_only_where_they_stand_alone() {
    let kept =
        mask(r#"{"password": "abc", "port": 22, "name": "abcdef", "line": "user:\nabc"}"#, &["abc", "22"]);
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!((&kept["port"], &kept["name"]), (&json!(22), &json!("abcdef")));
    assert!(
        !kept["password"].as_str().unwrap().contains("abc")
            && !kept["line"].as_str().unwrap().contains("abc")
    );
}

#[test]
fn a_long_secret_goes_as_a_whole() {
    let secret: String =
        (0..20_000_u32).map(|number| char::from(b'a' + (number * number % 23) as u8)).collect();
    let kept = mask(&format!("[\"{secret}\"]"), &[&secret]);
    assert!(kept[2..kept.len() - 2].bytes().all(|byte| SIGNS.contains(&byte)));
}

#[test]
fn what_the_tool_masked_is_left_alone() {
    assert_eq!(mask("password: **** and **** again", &["****", "  ", ""]), "password: **** and **** again");
}

#[test]
fn wide_and_old_encodings_are_kept() {
    let wide: Vec<u8> = "\u{feff}{\"a\": \"pässword\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let kept = masked(&wide, &secrets(&["pässword"]), &KEY).unwrap().bytes;
    let units: Vec<u16> = kept.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    let kept = String::from_utf16(&units).unwrap();
    assert!(
        kept.starts_with("\u{feff}{\"a\": \"*") && kept.ends_with("\"}\n") && !kept.contains("word"),
        "{kept}"
    );
    let old = masked(b"login: p\xe4ssword\n", &secrets(&["pässword"]), &KEY).unwrap().bytes;
    assert!(old.starts_with(b"login: *") && !old.windows(4).any(|part| part == b"word"), "{old:?}");
}

#[test]
fn archives_and_too_many_secrets_are_refused() {
    let one = secrets(&["hunter2x"]);
    assert!(matches!(masked(b"PK\x03\x04rest", &one, &KEY), Err(ReadError::Malformed { .. })));
    let many: String = (0..1_300_000_u32).map(|number| format!("{number:07}")).collect();
    let many = secrets(&[&many]);
    assert!(matches!(masked(b"a", &many, &KEY), Err(ReadError::Limit { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the secrets are and however they are written, none is left in any text of the JSON, which is JSON
    /// still; and lines end where they ended.
    #[test]
    fn no_text_of_json_holds_a_secret(
        list in proptest::collection::vec("[ab\"\\\\/<é\n0-9u]{4,9}", 1..4),
        around in proptest::collection::vec("[ab\"\\\\/<é\n0-9u]{0,5}", 4),
        style in 0..4_u8,
    ) {
        let secrets = secrets(&list.iter().map(String::as_str).collect::<Vec<_>>());
        let texts: Vec<String> = list.iter().zip(around.iter().cycle())
            .map(|(secret, other)| format!("{other}{secret}{other}")).collect();
        let inner = serde_json::to_string(&texts).unwrap();
        let value = json!({"list": texts, "inner": inner, "other": around});
        let mut file = if style % 2 == 0 { value.to_string() } else { serde_json::to_string_pretty(&value).unwrap() };
        if style >= 2 {
            file = file.replace('é', "\\u00E9").replace('<', "\\u003C").replace('/', "\\/");
        }
        let kept = String::from_utf8(masked(file.as_bytes(), &secrets, &KEY).unwrap().bytes).unwrap();
        prop_assert_eq!(kept.lines().count(), file.lines().count());
        let value: Value = serde_json::from_str(&kept).map_err(|error| TestCaseError::fail(format!("{error}: {kept}")))?;
        let inner = value["inner"].as_str().unwrap_or_default();
        for secret in secrets.iter().filter(|secret| secret.chars().count() >= SHORTEST_INSIDE) {
            // Quotes and backslashes of the file itself may stand where the secret has its own.
            prop_assert!(secret.contains(['"', '\\']) || !kept.contains(secret), "{} in {}", secret, kept);
            for text in value["list"].as_array().unwrap().iter().chain(value["other"].as_array().unwrap()) {
                prop_assert!(!text.as_str().unwrap().contains(secret), "{secret:?} in {text}");
            }
            let inner = String::from_utf8(unescaped(inner.as_bytes())).unwrap();
            prop_assert!(!inner.contains(secret), "{secret:?} in {inner}");
        }
    }

    #[test]
    fn no_bytes_of_text_hold_a_secret(text in "[ab:= \r\n]{0,40}", secret in "[ab=]{4,6}") {
        let list = secrets(&[&secret]);
        let file = format!("{text}{secret}{text}");
        let kept = String::from_utf8(masked(file.as_bytes(), &list, &KEY).unwrap().bytes).unwrap();
        prop_assert!(list.is_empty() || !kept.contains(&secret), "{kept}");
        prop_assert_eq!(kept.len(), file.len());
    }
}
