//! What is kept of a secret that a scanner found: never the secret.
//!
//! With the store's key a secret becomes a keyed hash, by which the same secret is known again and which
//! nobody without the key can test guesses against. Without a key only its length and first letters are told.

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
    for line in secret.lines().map(str::trim).filter(|line| line.chars().count() >= 12) {
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
