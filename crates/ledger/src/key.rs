//! Keys that sign and verify notes, in the text forms of C2SP signed-note.
//!
//! Ed25519 (type 0x01) is what a log signs with. Witness cosignatures (0x04) are verified. An ML-DSA-44 line
//! (0x06) goes beside the Ed25519 one: implement [`NoteSigner`] for it and add its type to [`Algorithm`].

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::disk::{self, DiskError};
use crate::hash::Hash;

/// Longest key name accepted, in bytes.
pub const MAX_NAME: usize = 255;

const SECRET_PREFIX: &str = "PRIVATE+KEY+";
const MAX_KEY_FILE: usize = 4096;

/// Makes one signature line of a note.
pub trait NoteSigner {
    /// Key name on the signature line.
    fn name(&self) -> &str;
    /// Key id on the signature line.
    fn key_id(&self) -> [u8; 4];
    /// Signature of the note text (which ends in a newline), without the key id.
    ///
    /// # Errors
    /// [`KeyError::Signing`] when the cryptographic module refuses.
    fn sign(&self, text: &str) -> Result<Vec<u8>, KeyError>;
}

/// Signature types of C2SP signed-note that are verified here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// 0x01: Ed25519 over the note text.
    Ed25519,
    /// 0x04: a witness's timestamped Ed25519 cosignature (C2SP tlog-cosignature).
    Ed25519Cosignature,
}

/// A public key with its name; what a verifier trusts. Text form: `name+hex key id+base64(type || key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    algorithm: Algorithm,
    public: [u8; 32],
}

/// An Ed25519 key pair with its name.
pub struct SigningKey {
    verifier: VerifierKey,
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

/// Why a key cannot be made, read, stored or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Names are 1 to [`MAX_NAME`] bytes without spaces, plus signs or control characters.
    #[error("{0:?} is not a key name: 1 to {MAX_NAME} bytes without spaces, '+' or control characters")]
    Name(String),
    /// Not `name+hex+base64`.
    #[error("not a verifier key (name+8 hex digits+base64): {0}")]
    VerifierForm(&'static str),
    /// Not `PRIVATE+KEY+name+hex+base64`.
    #[error("not a signing key (PRIVATE+KEY+name+8 hex digits+base64): {0}")]
    SigningForm(&'static str),
    /// The key id does not belong to this name and key.
    #[error("key id {found} does not belong to the name and key, {expected} does")]
    Id {
        /// Id computed from name and key, hex.
        expected: String,
        /// Id in the text, hex.
        found: String,
    },
    /// A signature type this program does not know.
    #[error("signature type 0x{0:02x} is not supported (0x01 Ed25519, 0x04 Ed25519 cosignature)")]
    Algorithm(u8),
    /// The cryptographic module refused.
    #[error("the cryptographic module could not {0}")]
    Signing(&'static str),
    /// Others can read the file.
    #[error("{path} can be read by other users (mode {mode:o}); run: chmod 600 {path}")]
    Exposed {
        /// The key file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// The file cannot be read or written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl Algorithm {
    /// Its byte in key texts and key ids.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Algorithm::Ed25519 => 0x01,
            Algorithm::Ed25519Cosignature => 0x04,
        }
    }

    fn from_byte(byte: u8) -> Result<Algorithm, KeyError> {
        [Algorithm::Ed25519, Algorithm::Ed25519Cosignature]
            .into_iter()
            .find(|algorithm| algorithm.byte() == byte)
            .ok_or(KeyError::Algorithm(byte))
    }
}

impl VerifierKey {
    /// A key from its parts.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, algorithm: Algorithm, public: [u8; 32]) -> Result<VerifierKey, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name(name.chars().take(MAX_NAME).collect()));
        }
        let id = key_id(name, algorithm, &public);
        Ok(VerifierKey { name: name.to_owned(), id, algorithm, public })
    }

    /// Key name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First four bytes of SHA-256(name || 0x0A || type || key).
    #[must_use]
    pub fn key_id(&self) -> [u8; 4] {
        self.id
    }

    /// Signature type.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The 32 bytes of the public key (RFC 8032); equal bytes are one signer whatever its names.
    #[must_use]
    pub fn public_key(&self) -> &[u8; 32] {
        &self.public
    }

    /// Whether `signature` (without key id) is this key's over the note text.
    #[must_use]
    pub fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, &self.public);
        match self.algorithm {
            Algorithm::Ed25519 => key.verify(text.as_bytes(), signature).is_ok(),
            Algorithm::Ed25519Cosignature => {
                let Some((time, signature)) = signature.split_first_chunk::<8>() else { return false };
                let time = u64::from_be_bytes(*time);
                let message = format!("cosignature/v1\ntime {time}\n{text}");
                i64::try_from(time).is_ok() && key.verify(message.as_bytes(), signature).is_ok()
            }
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![self.algorithm.byte()];
        key.extend_from_slice(&self.public);
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id), STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::VerifierForm("it needs two plus signs"));
        };
        let bytes = STANDARD.decode(key).map_err(|_| KeyError::VerifierForm("the key is not base64"))?;
        let (byte, public) = bytes.split_first().ok_or(KeyError::VerifierForm("the key is empty"))?;
        let algorithm = Algorithm::from_byte(*byte)?;
        let public = public.try_into().map_err(|_| KeyError::VerifierForm("an Ed25519 key has 32 bytes"))?;
        let verifier = VerifierKey::new(name, algorithm, public)?;
        check_id(&verifier, id)?;
        Ok(verifier)
    }
}

impl SigningKey {
    /// A new key from the operating system's randomness.
    ///
    /// # Errors
    /// [`KeyError::Name`], [`KeyError::Signing`].
    pub fn generate(name: &str) -> Result<SigningKey, KeyError> {
        let mut seed = [0u8; 32];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| KeyError::Signing("draw a random seed"))?;
        SigningKey::from_seed(name, seed)
    }

    /// The key of an RFC 8032 seed.
    ///
    /// # Errors
    /// [`KeyError::Name`], [`KeyError::Signing`].
    pub fn from_seed(name: &str, seed: [u8; 32]) -> Result<SigningKey, KeyError> {
        let pair =
            Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| KeyError::Signing("load the seed"))?;
        let public = pair.public_key().as_ref();
        let public = public.try_into().map_err(|_| KeyError::Signing("give a public key of 32 bytes"))?;
        Ok(SigningKey { verifier: VerifierKey::new(name, Algorithm::Ed25519, public)?, seed, pair })
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Writes the key, in the text form of Go's `note` package, to a new file with mode 0600.
    ///
    /// # Errors
    /// [`KeyError::Disk`], also when the file exists: a key is never overwritten.
    pub fn store(&self, path: &Path) -> Result<(), KeyError> {
        let mut key = vec![Algorithm::Ed25519.byte()];
        key.extend_from_slice(&self.seed);
        let VerifierKey { name, id, .. } = &self.verifier;
        let text = format!("{SECRET_PREFIX}{name}+{}+{}\n", hex::encode(id), STANDARD.encode(key));
        Ok(disk::write_secret(path, text.as_bytes())?)
    }

    /// Reads what [`SigningKey::store`] wrote.
    ///
    /// # Errors
    /// [`KeyError::Exposed`] when group or others may read the file; form and id errors; [`KeyError::Disk`].
    pub fn load(path: &Path) -> Result<SigningKey, KeyError> {
        if let Some(mode) = disk::exposed_mode(path)? {
            return Err(KeyError::Exposed { path: path.display().to_string(), mode });
        }
        let bytes = disk::read(path, MAX_KEY_FILE)?;
        let text = str::from_utf8(&bytes).map_err(|_| KeyError::SigningForm("not UTF-8"))?;
        let rest = text.strip_suffix('\n').unwrap_or(text).strip_prefix(SECRET_PREFIX);
        let mut parts = rest.ok_or(KeyError::SigningForm("the prefix is missing"))?.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::SigningForm("it needs name, id and key"));
        };
        let key = STANDARD.decode(key).map_err(|_| KeyError::SigningForm("the key is not base64"))?;
        let (byte, seed) = key.split_first().ok_or(KeyError::SigningForm("the key is empty"))?;
        if *byte != Algorithm::Ed25519.byte() {
            return Err(KeyError::Algorithm(*byte));
        }
        let seed = seed.try_into().map_err(|_| KeyError::SigningForm("a seed has 32 bytes"))?;
        let signing = SigningKey::from_seed(name, seed)?;
        check_id(&signing.verifier, id)?;
        Ok(signing)
    }
}

impl NoteSigner for SigningKey {
    fn name(&self) -> &str {
        self.verifier.name()
    }

    fn key_id(&self) -> [u8; 4] {
        self.verifier.key_id()
    }

    fn sign(&self, text: &str) -> Result<Vec<u8>, KeyError> {
        let signature = self.pair.try_sign(text.as_bytes()).map_err(|_| KeyError::Signing("sign"))?;
        Ok(signature.as_ref().to_vec())
    }
}

impl fmt::Debug for SigningKey {
    /// Shows the public half only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

/// Whether `name` may stand on a signature line.
#[must_use]
pub fn is_key_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    !name.is_empty() && name.len() <= MAX_NAME && !name.contains(forbidden)
}

fn key_id(name: &str, algorithm: Algorithm, public: &[u8; 32]) -> [u8; 4] {
    let mut text = name.as_bytes().to_vec();
    text.extend_from_slice(&[b'\n', algorithm.byte()]);
    text.extend_from_slice(public);
    let [a, b, c, d, ..] = Hash::sha256(&text).0;
    [a, b, c, d]
}

fn check_id(verifier: &VerifierKey, found: &str) -> Result<(), KeyError> {
    let expected = hex::encode(verifier.id);
    if found == expected {
        Ok(())
    } else {
        Err(KeyError::Id { expected, found: found.chars().take(16).collect() })
    }
}
