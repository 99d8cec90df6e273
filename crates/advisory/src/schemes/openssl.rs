//! OpenSSL: before 3.0 a letter counts patches (`1.0.2zf`), from 3.0 on semantic versions.

use super::semver::{write_numbers, write_prerelease};
use crate::key;
use crate::version::VersionScheme;

/// Versions of OpenSSL.
pub(super) struct Openssl;

impl VersionScheme for Openssl {
    fn id(&self) -> &'static str {
        "openssl"
    }

    fn source(&self) -> &'static str {
        "OpenSSL, Release strategy and versioning"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim().to_ascii_lowercase();
        let end = text.bytes().position(|byte| byte != b'.' && !byte.is_ascii_digit()).unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        write_numbers(numbers, 3, out)?;
        let (letters, after) = key::leading_letters(rest);
        let stage = ["alpha", "beta", "dev", "pre", "rc"].iter().find(|stage| letters.starts_with(**stage));
        if stage.is_some() {
            // `1.0.2beta1` and `1.0.2-beta1` are the same.
            return write_stage(rest, out);
        }
        if let Some(stage) = after.strip_prefix('-').filter(|_| letters.is_empty()) {
            return write_stage(stage, out);
        }
        if !after.is_empty() && !after.starts_with('-') {
            return Err("there is more behind the patch letter");
        }
        write_prerelease(None, out)?;
        // `z` is followed by `za`: a beginning sorts first.
        key::text(out, letters);
        Ok(())
    }
}

/// `beta1` as a word and a number, so that `beta10` comes behind `beta2`.
fn write_stage(stage: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let (word, rest) = key::leading_letters(stage);
    let (number, behind) = key::leading_digits(rest.trim_start_matches(['.', '-']));
    match (word, number, behind) {
        ("", _, _) => write_prerelease(Some(stage), out),
        (word, "", "") => write_prerelease(Some(word), out),
        (word, number, "") => write_prerelease(Some(&format!("{word}.{number}")), out),
        (word, number, behind) => {
            let behind = behind.trim_start_matches(['-', '.']);
            write_prerelease(Some(&format!("{word}.{number}.{behind}")), out)
        }
    }
}
