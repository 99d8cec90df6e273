//! A first look at a file: what its outermost structure is.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// What was seen at first sight.
#[derive(Clone, Debug)]
pub enum Probe<'a> {
    /// A JSON object with these members, strings with their value.
    Object(Vec<(String, Option<String>)>),
    /// A JSON array whose first element is an object with these members.
    Array(Vec<(String, Option<String>)>),
    /// No JSON; the beginning of the text.
    Text(&'a str),
}

/// The most members looked at.
const MEMBERS: usize = 200;

impl<'a> Probe<'a> {
    /// Looks at a text.
    pub fn of(text: &'a str) -> Self {
        let start = text.trim_start();
        if start.starts_with('{') {
            let members = members(start);
            if !members.is_empty() {
                return Self::Object(members);
            }
        }
        if start.starts_with('[')
            && let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(start)
        {
            return Self::Array(elements.first().map(|first| members(first.get())).unwrap_or_default());
        }
        let end = start.char_indices().nth(4096).map_or(start.len(), |(at, _)| at);
        Self::Text(&start[..end])
    }

    /// Whether it is an object that has all these members.
    pub fn has(&self, names: &[&str]) -> bool {
        let Self::Object(members) = self else { return false };
        names.iter().all(|name| members.iter().any(|(known, _)| known == name))
    }

    /// Whether it is an array whose first object has all these members.
    pub fn lists(&self, names: &[&str]) -> bool {
        let Self::Array(members) = self else { return false };
        names.iter().all(|name| members.iter().any(|(known, _)| known == name))
    }

    /// A text member of the object.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name)?.1.as_deref()
    }

    /// The beginning of a file that is no JSON.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The members of an object with their short texts, up to where the text is damaged.
fn members(text: &str) -> Vec<(String, Option<String>)> {
    let mut members = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    // A file cut short still shows what it was: its reader then says where it ends.
    let _damaged = Look(&mut members).deserialize(&mut reader);
    members
}

struct Look<'s>(&'s mut Vec<(String, Option<String>)>);

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            let keeps = self.0.len() < MEMBERS;
            if keeps {
                self.0.push((name, None));
            }
            let value = map.next_value::<&RawValue>()?.get();
            let short = keeps && value.starts_with('"') && value.len() <= 200;
            if let (true, Some((_, text))) = (short, self.0.last_mut()) {
                *text = serde_json::from_str(value).ok();
            }
        }
        Ok(())
    }
}
