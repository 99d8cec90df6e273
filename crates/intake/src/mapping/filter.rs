//! What can be done with texts on their way from the record to the fact.

use super::pattern::{Ends, Pattern};
use crate::html;

/// A filter: texts in, texts out.
#[derive(Debug)]
pub enum Filter {
    /// Every match of a pattern: its first group, or all of it.
    Match(Pattern),
    /// Parts between a separator.
    Split(String),
    /// What follows the first occurrence of some words; texts without them are dropped.
    After(String),
    /// What follows the last occurrence.
    AfterLast(String),
    /// What stands before the first occurrence; a text without it stays whole.
    Before(String),
    /// What stands before the last occurrence; a text without it stays whole.
    BeforeLast(String),
    /// The n-th text, counted from 1.
    Nth(usize),
    /// The last text.
    Last,
    /// Lower case.
    Lower,
    /// Upper case.
    Upper,
    /// Markup as plain text.
    Html,
    /// All texts in one.
    Join(String),
    /// Words for words; `*` stands for every other word, without which a word not listed is dropped.
    Map(Vec<(String, String)>),
    /// Words for numbers: the first bound, from the top, that the number reaches.
    Scale(Vec<(f64, String)>),
    /// Texts that are none of these words, letter case aside.
    Not(Vec<String>),
    /// Replaced words.
    Replace(String, String),
    /// The host of an address.
    Host,
    /// The port of an address, or that of its scheme.
    Port,
    /// Everything but letters, digits and `.-_~/` percent-encoded, as package URLs want their names.
    Encode,
    /// A number added: lines that are counted from 0.
    Add(i64),
    /// A reference to a control of SP 800-53 as the catalogue writes it: `ac_17_2` becomes `AC-17(2)`.
    Control,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, operand) = text.trim_start().split_once(' ').unwrap_or((text.trim(), ""));
        let trimmed = operand.trim();
        let separator = || match trimmed {
            "" => Err(format!("`{name}` needs words to look for")),
            "space" => Ok(" ".to_owned()),
            "line" => Ok("\n".to_owned()),
            "tab" => Ok("\t".to_owned()),
            "bar" => Ok("|".to_owned()),
            words => Ok(words.to_owned()),
        };
        let pairs = || {
            trimmed.split(';').map(|pair| {
                let (key, value) =
                    pair.split_once('=').ok_or_else(|| format!("`{pair}` is not `key=value`"))?;
                Ok::<_, String>((key.trim().to_owned(), value.trim().to_owned()))
            })
        };
        Ok(match name {
            "match" => Self::Match(Pattern::parse(trimmed, Ends::OfText)?),
            "split" => Self::Split(separator()?),
            "after" => Self::After(separator()?),
            "after-last" => Self::AfterLast(separator()?),
            "before" => Self::Before(separator()?),
            "before-last" => Self::BeforeLast(separator()?),
            "nth" => Self::Nth(trimmed.parse().map_err(|_| format!("`nth {trimmed}` needs a number"))?),
            "last" => Self::Last,
            "lower" => Self::Lower,
            "upper" => Self::Upper,
            "html" => Self::Html,
            "join" => Self::Join(separator().unwrap_or_else(|_| " ".to_owned())),
            "map" => Self::Map(pairs().collect::<Result<_, _>>()?),
            "scale" => {
                let mut bounds = Vec::new();
                for pair in pairs() {
                    let (bound, word) = pair?;
                    bounds.push((bound.parse().map_err(|_| format!("`{bound}` is not a number"))?, word));
                }
                bounds.sort_by(|(a, _): &(f64, String), (b, _)| b.total_cmp(a));
                Self::Scale(bounds)
            }
            "cvss" => Self::Scale(
                [(9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low"), (0.0, "none")]
                    .map(|(bound, word)| (bound, word.to_owned()))
                    .to_vec(),
            ),
            "not" => Self::Not(trimmed.split(';').map(|word| word.trim().to_owned()).collect()),
            "replace" => {
                let (from, to) =
                    trimmed.split_once("=>").ok_or("`replace` is written `replace this => that`")?;
                let to = if to.trim() == "space" { " " } else { to.trim() };
                Self::Replace(from.trim().to_owned(), to.to_owned())
            }
            "host" => Self::Host,
            "port" => Self::Port,
            "encode" => Self::Encode,
            "control" => Self::Control,
            "add" => Self::Add(trimmed.parse().map_err(|_| format!("`add {trimmed}` needs a number"))?),
            other => return Err(format!("there is no filter `{other}`; docs/readers.md lists them")),
        })
    }

    /// Applies it.
    pub fn apply(&self, texts: Vec<String>) -> Vec<String> {
        let each = |change: &dyn Fn(&str) -> Option<String>| {
            texts.iter().filter_map(|text| change(text)).collect::<Vec<_>>()
        };
        match self {
            Self::Match(pattern) => pattern
                .regex()
                .into_iter()
                .flat_map(|regex| texts.iter().flat_map(|text| regex.captures_iter(text)))
                .filter_map(|found| found.iter().skip(1).flatten().next().or_else(|| found.get(0)))
                .map(|found| found.as_str().to_owned())
                .collect(),
            Self::Split(by) => {
                let parts = texts.iter().flat_map(|text| text.split(by.as_str()));
                parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
            }
            Self::After(words) => each(&|text| text.split_once(words).map(|(_, rest)| rest.to_owned())),
            Self::AfterLast(words) => {
                each(&|text| Some(text.rsplit_once(words).map_or(text, |(_, rest)| rest).to_owned()))
            }
            Self::Before(words) => {
                each(&|text| Some(text.split_once(words).map_or(text, |(rest, _)| rest).to_owned()))
            }
            Self::BeforeLast(words) => {
                each(&|text| Some(text.rsplit_once(words).map_or(text, |(rest, _)| rest).to_owned()))
            }
            Self::Nth(number) => texts.into_iter().nth(number.saturating_sub(1)).into_iter().collect(),
            Self::Last => texts.into_iter().next_back().into_iter().collect(),
            Self::Lower => each(&|text| Some(text.to_lowercase())),
            Self::Upper => each(&|text| Some(text.to_uppercase())),
            Self::Html => each(&|text| Some(html::plain(text).into_owned())),
            Self::Join(by) if texts.is_empty() => vec![by.clone()].into_iter().skip(1).collect(),
            Self::Join(by) => vec![texts.join(by)],
            Self::Map(words) => each(&|text| {
                let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
                let other = || words.iter().find(|(word, _)| word == "*");
                known.or_else(other).map(|(_, to)| if to == "*" { text.to_owned() } else { to.clone() })
            }),
            Self::Scale(bounds) => each(&|text| {
                let number: f64 = text.trim().trim_end_matches('%').parse().ok()?;
                bounds.iter().find(|(bound, _)| number >= *bound).map(|(_, word)| word.clone())
            }),
            Self::Not(words) => each(&|text| {
                let said = words.iter().all(|word| !word.eq_ignore_ascii_case(text.trim()));
                said.then(|| text.to_owned())
            }),
            Self::Replace(from, to) => each(&|text| Some(text.replace(from.as_str(), to))),
            Self::Host => each(&|text| address(text).map(|(host, _)| host.to_owned())),
            Self::Port => each(&|text| address(text).and_then(|(_, port)| port)),
            Self::Encode => each(&|text| Some(encoded(text))),
            Self::Control => each(&|text| Some(control(text))),
            Self::Add(number) => each(&|text| {
                let sum = text.trim().parse::<i64>().ok()?.saturating_add(*number);
                Some(sum.to_string())
            }),
        }
    }
}

/// Host and port of an address (`https://host:8443/path`, `host:443`, `[::1]:80`).
fn address(text: &str) -> Option<(&str, Option<String>)> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, port.strip_prefix(':'))
        }
        None => match authority.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') => (host, Some(port)),
            _ => (authority, None),
        },
    };
    let known = match scheme {
        "http" => Some("80"),
        "https" => Some("443"),
        _ => None,
    };
    let port = port.filter(|port| port.parse::<u16>().is_ok()).or(known).map(str::to_owned);
    (!host.is_empty()).then_some((host, port))
}

fn control(text: &str) -> String {
    let upper = text.trim().to_uppercase().replace('_', "-");
    let parts: Vec<&str> = upper.split('-').collect();
    match parts[..] {
        [family, number, enhancement] if enhancement.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{family}-{number}({enhancement})")
        }
        _ => upper,
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_~/".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(filter: &str, texts: &[&str]) -> Vec<String> {
        Filter::parse(filter).unwrap().apply(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn filters_do_what_the_documentation_says() {
        for (filter, texts, expected) in [
            ("match CWE-\\d+", &["a CWE-79, CWE-80"][..], &["CWE-79", "CWE-80"][..]),
            ("match v(\\d+)", &["v12", "x"], &["12"]),
            ("split ,", &["a, b,,c"], &["a", "b", "c"]),
            ("before :", &["a:b:c", "d"], &["a", "d"]),
            ("after :", &["a:b:c", "d"], &["b:c"]),
            ("before-last :", &["a:b:c"], &["a:b"]),
            ("after-last /", &["a/b/c", "d"], &["c", "d"]),
            ("nth 2", &["a", "b"], &["b"]),
            ("last", &["a", "b"], &["b"]),
            ("join ,", &["a", "b"], &["a,b"]),
            ("join ,", &[], &[]),
            ("map a=b; *=*", &["A", "z"], &["b", "z"]),
            ("map a=b", &["a", "z"], &["b"]),
            ("scale 9=critical; 5=medium", &["9.1", "7", "1", "x"], &["critical", "medium"]),
            ("cvss", &["0", "3.9", "10"], &["none", "low", "critical"]),
            ("not a; b", &["A", "c"], &["c"]),
            ("replace _ => space", &["a_b"], &["a b"]),
            ("html", &["<p>a</p>"], &["a"]),
            ("host", &["https://u:p@h.example:8443/x", "h:1", "[::1]:80"], &["h.example", "h", "::1"]),
            ("port", &["https://h/x", "h:81", "h"], &["443", "81"]),
            ("encode", &["@scope/a b"], &["%40scope/a%20b"]),
            ("add -1", &["5", "x"], &["4"]),
            ("control", &["ac_17_2", "sc-7", "AU-2"], &["AC-17(2)", "SC-7", "AU-2"]),
        ] {
            assert_eq!(filtered(filter, texts), expected, "{filter} {texts:?}");
        }
    }
}
