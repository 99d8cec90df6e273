//! Maven: nested lists of numbers and qualifiers, compared item by item.
//!
//! The order is not that of any byte string (`1-sp` lies after `1`, a list before a number, and whether a list lies
//! before nothing depends on what it holds), so the key is the list itself and is compared by walking it.

use crate::key;
use crate::version::VersionScheme;
use std::cmp::Ordering;

/// Versions of Maven artefacts.
pub(super) struct Maven;

const NUMBER: u8 = 1;
const QUALIFIER: u8 = 2;
const LIST: u8 = 3;

/// Qualifiers with a place of their own; `""` is the release. All others come behind, by name.
const QUALIFIERS: [&str; 7] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const RELEASE: u8 = 5;

enum Item {
    Number(String),
    Qualifier(String),
    List,
}

impl Item {
    fn is_null(&self) -> bool {
        match self {
            Self::Number(digits) => digits.bytes().all(|byte| byte == b'0'),
            Self::Qualifier(name) => name.is_empty(),
            Self::List => false,
        }
    }
}

impl VersionScheme for Maven {
    fn id(&self) -> &'static str {
        "maven"
    }

    fn source(&self) -> &'static str {
        "Maven POM reference, Version order specification (Maven 3)"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        if text.is_empty() || text.bytes().any(|byte| byte.is_ascii_control()) {
            return Err("it holds nothing, or a control character");
        }
        for item in items(&text.to_lowercase()) {
            match item {
                Item::Number(digits) => {
                    out.push(NUMBER);
                    key::number(out, &digits);
                }
                Item::Qualifier(name) => {
                    out.push(QUALIFIER);
                    match QUALIFIERS.iter().position(|known| *known == name) {
                        Some(place) => out.push(place as u8),
                        None => {
                            out.push(QUALIFIERS.len() as u8);
                            key::text(out, &name);
                        }
                    }
                }
                Item::List => out.push(LIST),
            }
        }
        Ok(())
    }

    fn compare(&self, a: &[u8], b: &[u8]) -> Ordering {
        let (mut a, mut b) = (a, b);
        loop {
            let order = match (split_item(a), split_item(b)) {
                (None, None) => return Ordering::Equal,
                (Some((item, rest)), None) => {
                    a = rest;
                    against_nothing(item)
                }
                (None, Some((item, rest))) => {
                    b = rest;
                    against_nothing(item).reverse()
                }
                (Some((left, a_rest)), Some((right, b_rest))) => {
                    (a, b) = (a_rest, b_rest);
                    // Qualifiers come before lists, lists before numbers.
                    let rank = |item: &[u8]| match item[0] {
                        QUALIFIER => 0,
                        LIST => 1,
                        _ => 2,
                    };
                    rank(left).cmp(&rank(right)).then_with(|| left.cmp(right))
                }
            };
            if order != Ordering::Equal {
                return order;
            }
        }
    }
}

/// The first item of a key and the rest. The end of the key is `None`.
fn split_item(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match (key.first()?, key.get(1)) {
        (&NUMBER, Some(&u8::MAX)) => {
            let size = key.get(2..6).and_then(|size| size.try_into().ok()).map_or(0, u32::from_be_bytes);
            6 + size as usize
        }
        (&NUMBER, Some(&size)) => 2 + usize::from(size),
        (&QUALIFIER, Some(&place)) if usize::from(place) < QUALIFIERS.len() => 2,
        (&QUALIFIER, _) => key.iter().skip(2).position(|byte| *byte == 0).map_or(key.len(), |at| at + 3),
        _ => 1,
    };
    Some(key.split_at(length.min(key.len())))
}

/// The order of an item and nothing. A list says nothing by itself: its items follow.
fn against_nothing(item: &[u8]) -> Ordering {
    match item {
        [NUMBER, 0] | [LIST] => Ordering::Equal,
        [QUALIFIER, place, ..] => place.cmp(&RELEASE),
        _ => Ordering::Greater,
    }
}

/// The items in order. A list is always the last item of the list it lies in, so a mark for its beginning is enough.
fn items(version: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut start, mut in_digits) = (0, false);
    for (at, c) in version.char_indices() {
        match c {
            '.' | '-' => {
                let part = &version[start..at];
                items.push(if part.is_empty() { Item::Number("0".into()) } else { item(in_digits, part) });
                start = at + 1;
                if c == '-' {
                    items.push(Item::List);
                }
                in_digits = false;
            }
            '0'..='9' => {
                if !in_digits && at > start {
                    items.push(qualifier(&version[start..at], Followed::ByDigit));
                    items.push(Item::List);
                    start = at;
                }
                in_digits = true;
            }
            _ => {
                if in_digits && at > start {
                    items.push(item(true, &version[start..at]));
                    items.push(Item::List);
                    start = at;
                }
                in_digits = false;
            }
        }
    }
    if start < version.len() {
        items.push(item(in_digits, &version[start..]));
    }
    normalise(items)
}

fn item(in_digits: bool, part: &str) -> Item {
    if in_digits { Item::Number(part.to_owned()) } else { qualifier(part, Followed::ByOther) }
}

#[derive(PartialEq)]
enum Followed {
    ByDigit,
    ByOther,
}

fn qualifier(name: &str, followed: Followed) -> Item {
    let name = match name {
        "a" if followed == Followed::ByDigit => "alpha",
        "b" if followed == Followed::ByDigit => "beta",
        "m" if followed == Followed::ByDigit => "milestone",
        "ga" | "final" | "release" => "",
        "cr" => "rc",
        other => other,
    };
    Item::Qualifier(name.to_owned())
}

/// Removes what says nothing at the end of each list: zeros, releases and empty lists, innermost list first; those
/// in front of a list too.
fn normalise(items: Vec<Item>) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::new();
    // From the back: `open` while only lists lie between here and the end of this list.
    let mut open = true;
    let mut list_is_empty = true;
    for item in items.into_iter().rev() {
        match item {
            Item::List => {
                if !list_is_empty {
                    kept.push(Item::List);
                }
                open = true;
                list_is_empty = kept.is_empty();
            }
            null if open && null.is_null() => {}
            other => {
                open = false;
                list_is_empty = false;
                kept.push(other);
            }
        }
    }
    kept.reverse();
    kept
}
