//! Signed notes (C2SP signed-note): a text and signature lines, read strictly.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{KeyError, NoteSigner, VerifierKey, is_key_name};

/// Most bytes a note may have.
pub const MAX_NOTE: usize = 1 << 20;

/// Most signature lines a note may have (C2SP asks for at least 16).
pub const MAX_SIGNATURES: usize = 64;

/// A text with signatures. Reading one checks its form only; trust comes from [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Name of the key.
    pub name: String,
    /// Id of the key.
    pub key_id: [u8; 4],
    /// The signature itself, at least one byte.
    pub bytes: Vec<u8>,
}

/// Why a note cannot be read or trusted.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// Over [`MAX_NOTE`].
    #[error("a note of {0} bytes is over the limit of {MAX_NOTE}")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the note is not UTF-8 from byte {0}")]
    NotUtf8(usize),
    /// A control character other than newline.
    #[error("the note has control character U+{character:04X} at byte {offset}")]
    Control {
        /// The character.
        character: u32,
        /// Where it stands.
        offset: usize,
    },
    /// No text, empty line and signatures.
    #[error("the note has no {0}")]
    Missing(&'static str),
    /// Over [`MAX_SIGNATURES`].
    #[error("the note has {0} signatures, over the limit of {MAX_SIGNATURES}")]
    TooManySignatures(usize),
    /// A signature line of another form.
    #[error("signature line {line} is malformed: {reason}")]
    Line {
        /// Number among the signature lines, from 1.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// A signature by a known key does not verify.
    #[error("the signature of {0} does not verify")]
    BadSignature(String),
    /// Two trusted keys share name and id.
    #[error("two different trusted keys are named {0} with the same id")]
    AmbiguousKey(String),
    /// Too few distinct trusted keys signed.
    #[error("{found} of the required {required} trusted keys signed the note")]
    Quorum {
        /// Distinct public keys that signed.
        found: usize,
        /// Distinct public keys that had to.
        required: usize,
    },
    /// The signer failed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Note {
    /// Signs `text`, which must be non-empty, end in a newline and hold no other control character.
    ///
    /// # Errors
    /// Form errors of the text, [`NoteError::Key`] from a signer.
    pub fn sign(text: &str, signers: &[&dyn NoteSigner]) -> Result<Note, NoteError> {
        check_characters(text)?;
        if text.len() < 2 || !text.ends_with('\n') {
            return Err(NoteError::Missing("text ending in a newline"));
        }
        let mut note = Note { text: text.to_owned(), signatures: Vec::new() };
        for signer in signers {
            let bytes = signer.sign(text)?;
            note.signatures.push(Signature {
                name: signer.name().to_owned(),
                key_id: signer.key_id(),
                bytes,
            });
        }
        Ok(note)
    }

    /// Reads a note.
    ///
    /// # Errors
    /// The first rule of the format that the bytes break.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MAX_NOTE {
            return Err(NoteError::TooLong(bytes.len()));
        }
        let text = str::from_utf8(bytes).map_err(|fault| NoteError::NotUtf8(fault.valid_up_to()))?;
        check_characters(text)?;
        let blank = text.rfind("\n\n").ok_or(NoteError::Missing("empty line before signatures"))?;
        let (body, lines) = (&text[..=blank], &text[blank + 2..]);
        if body.len() < 2 {
            return Err(NoteError::Missing("text"));
        }
        let lines = match lines.strip_suffix('\n') {
            Some(lines) => lines,
            None if lines.is_empty() => return Err(NoteError::Missing("signatures")),
            None => return Err(NoteError::Missing("newline at its end")),
        };
        let count = lines.split('\n').count();
        if count > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures(count));
        }
        let signatures = lines
            .split('\n')
            .enumerate()
            .map(|(n, line)| parse_line(line).map_err(|reason| NoteError::Line { line: n + 1, reason }))
            .collect::<Result<_, _>>()?;
        Ok(Note { text: body.to_owned(), signatures })
    }

    /// The text, with its final newline. Untrusted until [`Note::verify`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in order.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The note as it is stored.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.text);
        for Signature { name, key_id, bytes } in &self.signatures {
            let line = STANDARD.encode([key_id.as_slice(), bytes].concat());
            text.push_str(&format!("\u{2014} {name} {line}\n"));
        }
        text
    }

    /// Checks that at least one of `keys` signed; returns those that did, each public key once.
    ///
    /// # Errors
    /// See [`Note::verify_quorum`].
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        self.verify_quorum(keys, 1)
    }

    /// Checks that at least `required` (raised to 1) distinct public keys among `keys` signed. Signatures of
    /// unknown keys are ignored; a key that signs twice, or is trusted under two names, counts once.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] when any signature of a known key fails, [`NoteError::AmbiguousKey`],
    /// [`NoteError::Quorum`].
    pub fn verify_quorum<'k>(
        &self,
        keys: &'k [VerifierKey],
        required: usize,
    ) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signed: Vec<&VerifierKey> = Vec::new();
        for signature in &self.signatures {
            let mut known =
                keys.iter().filter(|key| key.name() == signature.name && key.key_id() == signature.key_id);
            let Some(key) = known.next() else { continue };
            if known.any(|other| other != key) {
                return Err(NoteError::AmbiguousKey(key.name().to_owned()));
            }
            if !key.verifies(&self.text, &signature.bytes) {
                return Err(NoteError::BadSignature(key.name().to_owned()));
            }
            if !signed.iter().any(|before| before.public_key() == key.public_key()) {
                signed.push(key);
            }
        }
        let required = required.max(1);
        if signed.len() < required {
            return Err(NoteError::Quorum { found: signed.len(), required });
        }
        Ok(signed)
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    match text.char_indices().find(|(_, c)| *c < ' ' && *c != '\n') {
        None => Ok(()),
        Some((offset, character)) => Err(NoteError::Control { character: character.into(), offset }),
    }
}

fn parse_line(line: &str) -> Result<Signature, &'static str> {
    let rest = line.strip_prefix("\u{2014} ").ok_or("it does not start with an em dash and a space")?;
    let (name, base64) = rest.split_once(' ').ok_or("it has no signature after the name")?;
    if !is_key_name(name) {
        return Err("the key name is empty, too long or has a space, plus sign or control character");
    }
    let bytes = STANDARD.decode(base64).map_err(|_| "the signature is not padded base64")?;
    match bytes.split_first_chunk::<4>() {
        Some((key_id, signature)) if !signature.is_empty() => {
            Ok(Signature { name: name.to_owned(), key_id: *key_id, bytes: signature.to_vec() })
        }
        _ => Err("the signature is shorter than five bytes"),
    }
}
