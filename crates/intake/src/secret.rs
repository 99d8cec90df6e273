//! What is kept of a secret that a scanner found: never the secret.
//!
//! With the store's key a secret becomes a keyed hash, by which the same secret is known again and which
//! nobody without the key can test guesses against. Without a key only its length and first letters are told.

mod mask;
mod spelling;

pub use mask::{Masked, masked};

use std::collections::BTreeSet;

/// The most bytes of secrets that are gathered from one file.
const MOST_BYTES: usize = 8 << 20;

/// The most bytes looked for in one piece; a longer secret is looked for in pieces of equal length.
const LONGEST_PIECE: usize = 4096;

/// The shortest line of a secret of several lines that counts by itself.
const SHORTEST_LINE: usize = 12;

/// The secrets that a reader met in a file: held while it is read, so that they can be masked in what is kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    texts: BTreeSet<String>,
    bytes: usize,
}

impl Secrets {
    /// Takes a secret, and its lines if it has several: they may be cited one by one. What has neither letter nor
    /// digit was masked by the tool.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        self.take(secret);
        if secret.contains('\n') {
            let lines = secret.lines().map(str::trim);
            lines.filter(|line| line.chars().count() >= SHORTEST_LINE).for_each(|line| self.take(line));
        }
    }

    fn take(&mut self, text: &str) {
        let pieces = text.len().div_ceil(LONGEST_PIECE);
        let mut rest = text;
        for left in (1..=pieces).rev() {
            let (piece, after) = rest.split_at(rest.ceil_char_boundary(rest.len() / left));
            rest = after;
            let is_said = piece.chars().any(char::is_alphanumeric);
            if is_said && !self.is_over() && self.texts.insert(piece.to_owned()) {
                self.bytes += piece.len();
            }
        }
    }

    /// The secrets, their longer lines, and the pieces of what is too long for one, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether there were more than can be held.
    fn is_over(&self) -> bool {
        self.bytes > MOST_BYTES
    }
}

/// How many there are, and nothing of them.
impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} secrets", self.texts.len())
    }
}

/// The most letters of a secret that are shown, and only of one several times as long.
const SHOWN: usize = 4;

/// The fingerprint of a secret under a key (BLAKE3 keyed hash, 128 bits, hexadecimal).
pub fn fingerprint(key: &[u8; 32], secret: &str) -> String {
    let hash = blake3::keyed_hash(key, secret.trim().as_bytes());
    format!("secret:{}", &hash.to_hex()[..32])
}

/// A secret in words: `AKIA… (20 characters)`.
pub fn redacted(secret: &str) -> String {
    let secret = secret.trim();
    let length = secret.chars().count();
    let shown: String = secret.chars().take(if length >= 4 * SHOWN { SHOWN } else { 0 }).collect();
    format!("{shown}… ({length} characters)")
}

/// A text without the secret in it.
pub fn without(text: &str, secret: &str) -> String {
    let secret = secret.trim();
    if secret.chars().count() < 4 {
        return text.to_owned();
    }
    let mut text = text.replace(secret, "[redacted]");
    // A key or certificate of several lines may be cited line by line.
    for line in secret.lines().map(str::trim).filter(|line| line.chars().count() >= SHORTEST_LINE) {
        text = text.replace(line, "[redacted]");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_again_only_under_its_key() {
        let (one, other) = ([1; 32], [2; 32]);
        assert_eq!(fingerprint(&one, "hunter2"), fingerprint(&one, "hunter2 "));
        assert_ne!(fingerprint(&one, "hunter2"), fingerprint(&other, "hunter2"));
        assert_ne!(fingerprint(&one, "hunter2"), fingerprint(&one, "hunter3"));
    }

    #[test]
    fn little_of_it_is_shown() {
        assert_eq!(redacted("AKIAIOSFODNN7EXAMPLE"), "AKIA… (20 characters)");
        assert_eq!(redacted("hunter2"), "… (7 characters)");
        assert_eq!(without("password = hunter2;", "hunter2"), "password = [redacted];");
    }
}
