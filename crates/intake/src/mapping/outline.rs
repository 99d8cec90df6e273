//! A mapping in outline: what tells its format from others and what people are told of it. A store meets a dozen of
//! the formats that are known, so the rest of a mapping is read when a file of its format comes.

use super::definition::{Format, Recognise};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// The part of a mapping file that is needed before a file of its format comes. Other keys are passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Outline {
    /// Stable id of the format.
    pub(super) id: String,
    /// What people call it.
    pub(super) title: String,
    /// The documentation followed.
    #[serde(default)]
    pub(super) source: Option<String>,
    /// The language of the document.
    #[serde(default)]
    pub(super) format: Format,
    /// How the format is told from others.
    pub(super) recognise: Vec<Recognise>,
    #[serde(default)]
    supported: Versions,
    #[serde(default)]
    weakness: There,
    #[serde(default)]
    check: There,
    #[serde(default)]
    component: There,
    #[serde(default)]
    asset: There,
    #[serde(default)]
    service: There,
}

/// The versions of a format that can be read.
#[derive(Debug, Default, Deserialize)]
struct Versions {
    #[serde(default)]
    versions: Vec<String>,
}

/// Whether there are rules of a kind.
#[derive(Clone, Copy, Debug, Default)]
struct There(bool);

impl<'de> Deserialize<'de> for There {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::<IgnoredAny>::deserialize(from).map(|rules| Self(!rules.is_empty()))
    }
}

impl Outline {
    /// What reading a file of this format gives, in words.
    pub(super) fn yields(&self) -> String {
        let kinds = [
            (self.weakness, "weaknesses"),
            (self.check, "check results"),
            (self.component, "components"),
            (self.asset, "assets"),
            (self.service, "services"),
        ];
        let named: Vec<&str> = kinds.iter().filter(|(there, _)| there.0).map(|(_, name)| *name).collect();
        named.join(", ")
    }

    /// The versions that can be read, in words; empty when any can.
    pub(super) fn versions(&self) -> String {
        self.supported.versions.join(", ")
    }
}
