//! npm: alternatives parted by `||`, hyphen ranges, `~`, `^` and `x`.
//!
//! A version that is not whole is filled up with zeros, also behind a comparator and alone (`2.1` is `2.1.0`), as the
//! `vers` suite has it. npm itself would read `2.1` as `2.1.x`; docs/vers-rulings.md has the whole story.

use super::Alternatives;
use crate::key;
use crate::vers::{Comparator, Constraint};

pub(super) fn read(text: &str) -> Result<Alternatives, &'static str> {
    text.split("||").map(alternative).collect()
}

fn alternative(text: &str) -> Result<Vec<Constraint>, &'static str> {
    let words = words(text);
    let mut constraints = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words.get(at + 1) == Some(&"-") {
            let to = words.get(at + 2).ok_or("a hyphen is not followed by a version")?;
            constraints.push(Constraint::new(Comparator::GreaterOrEqual, Partial::read(words[at])?.filled()));
            constraints.push(Constraint::new(Comparator::LessOrEqual, Partial::read(to)?.filled()));
            at += 3;
            continue;
        }
        let (operator, version) = split_operator(words[at]);
        let version = match version {
            "" => {
                at += 1;
                *words.get(at).ok_or("an operator has no version")?
            }
            version => version,
        };
        constraints.extend(one(operator, version)?);
        at += 1;
    }
    if constraints.is_empty() {
        constraints.push(Constraint::new(Comparator::Any, ""));
    }
    Ok(constraints)
}

/// Words between spaces; `<5.0.3>=5.0.0` without a space is two.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let mut start = 0;
        let mut in_operator = true;
        for (at, c) in word.char_indices() {
            let is_operator = "<>=~^".contains(c);
            if is_operator && !in_operator {
                words.push(&word[start..at]);
                start = at;
            }
            in_operator = is_operator;
        }
        words.push(&word[start..]);
    }
    words
}

fn split_operator(word: &str) -> (&str, &str) {
    let end = word.find(|c: char| !"<>=~^".contains(c)).unwrap_or(word.len());
    word.split_at(end)
}

fn one(operator: &str, version: &str) -> Result<Vec<Constraint>, &'static str> {
    let partial = Partial::read(version)?;
    if partial.wild && partial.numbers.is_empty() {
        return Ok(vec![Constraint::new(Comparator::Any, "")]);
    }
    let within = |upper: String| {
        vec![
            Constraint::new(Comparator::GreaterOrEqual, partial.filled()),
            Constraint::new(Comparator::Less, upper),
        ]
    };
    if partial.wild {
        return Ok(within(partial.raised(partial.numbers.len() - 1)));
    }
    Ok(match operator {
        "" | "=" | "==" => vec![Constraint::new(Comparator::Equal, partial.filled())],
        ">=" => vec![Constraint::new(Comparator::GreaterOrEqual, partial.filled())],
        "<=" => vec![Constraint::new(Comparator::LessOrEqual, partial.filled())],
        ">" => vec![Constraint::new(Comparator::Greater, partial.filled())],
        "<" => vec![Constraint::new(Comparator::Less, partial.filled())],
        "~" | "~>" => within(partial.raised(1.min(partial.numbers.len() - 1))),
        "^" => {
            let first = partial.numbers.iter().position(|number| number.bytes().any(|digit| digit != b'0'));
            within(partial.raised(first.unwrap_or(partial.numbers.len() - 1)))
        }
        _ => return Err("an operator is not known"),
    })
}

/// A version that may lack numbers.
struct Partial<'a> {
    numbers: Vec<&'a str>,
    wild: bool,
    rest: &'a str,
}

impl<'a> Partial<'a> {
    fn read(text: &'a str) -> Result<Self, &'static str> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let (main, rest) = text.split_at(end);
        let mut numbers = Vec::new();
        let mut wild = false;
        for part in main.split('.') {
            wild |= matches!(part, "x" | "X" | "*" | "");
            if !wild && !key::is_number(part) {
                return Err("a part of a version is no number");
            }
            if !wild {
                numbers.push(part);
            }
        }
        if numbers.len() > 3 {
            return Err("a version has too many numbers");
        }
        Ok(Self { numbers, wild, rest })
    }

    fn filled(&self) -> String {
        let mut numbers = self.numbers.clone();
        numbers.resize(3, "0");
        format!("{}{}", numbers.join("."), self.rest)
    }

    /// The first version beyond all that agree up to the number at `place`.
    fn raised(&self, place: usize) -> String {
        let mut numbers: Vec<String> =
            self.numbers.iter().take(place).map(|number| (*number).to_owned()).collect();
        numbers.push(raise(self.numbers.get(place).copied().unwrap_or("0")));
        numbers.resize(3, "0".into());
        numbers.join(".")
    }
}

/// The number after this one, whatever its length.
pub(super) fn raise(number: &str) -> String {
    let mut digits: Vec<u8> = number.bytes().collect();
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return String::from_utf8_lossy(&digits).into_owned();
        }
        *digit = b'0';
    }
    format!("1{}", String::from_utf8_lossy(&digits))
}
