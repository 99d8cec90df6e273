//! Python packages: PEP 440, now the version specifiers page of the Python packaging user guide.

use crate::key;
use crate::version::VersionScheme;

/// Versions of Python packages.
pub(super) struct Pypi;

/// What follows the release numbers.
#[derive(Default)]
struct Suffixes<'a> {
    pre: Option<(u8, &'a str)>,
    post: Option<&'a str>,
    dev: Option<&'a str>,
}

impl VersionScheme for Pypi {
    fn id(&self) -> &'static str {
        "pypi"
    }

    fn source(&self) -> &'static str {
        "PEP 440"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return write(&text.to_ascii_lowercase(), out);
        }
        write(text, out)
    }
}

fn write(text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (public, local) = match text.split_once('+') {
        Some((public, local)) => (public, Some(local)),
        None => (text, None),
    };
    let (epoch, rest) = public.split_once('!').unwrap_or(("0", public));
    if !key::is_number(epoch) {
        return Err("the epoch is no number");
    }
    key::number(out, epoch);
    let rest = write_release(rest, out)?;
    let suffixes = read_suffixes(rest)?;
    match suffixes.pre {
        Some((stage, number)) => {
            out.push(stage);
            key::number(out, number);
        }
        // A development release of the release itself comes before its pre-releases.
        None if suffixes.dev.is_some() && suffixes.post.is_none() => out.push(0),
        None => out.push(4),
    }
    write_option(suffixes.post, 0, 1, out);
    write_option(suffixes.dev, 1, 0, out);
    write_local(local, out)
}

/// Writes the release numbers without trailing zeros and gives what follows them.
fn write_release<'a>(text: &'a str, out: &mut Vec<u8>) -> Result<&'a str, &'static str> {
    let (mut digits, mut rest) = key::leading_digits(text);
    if digits.is_empty() {
        return Err("it does not begin with a number");
    }
    let mut zeros = 0;
    loop {
        if digits.bytes().all(|byte| byte == b'0') {
            zeros += 1;
        } else {
            (0..zeros).for_each(|_| out.extend([1, 0]));
            zeros = 0;
            out.push(1);
            key::number(out, digits);
        }
        let Some(next) = rest.strip_prefix('.') else { break };
        let (more, after) = key::leading_digits(next);
        if more.is_empty() {
            break;
        }
        (digits, rest) = (more, after);
    }
    out.push(0);
    Ok(rest)
}

fn read_suffixes(mut rest: &str) -> Result<Suffixes<'_>, &'static str> {
    let mut found = Suffixes::default();
    while !rest.is_empty() {
        // `1.0-1` is an implicit post-release.
        if let Some((digits, after)) = rest.strip_prefix('-').map(key::leading_digits)
            && !digits.is_empty()
        {
            if found.post.is_some() || found.dev.is_some() {
                return Err("there is a second post-release, or one behind a development release");
            }
            found.post = Some(digits);
            rest = after;
            continue;
        }
        // The longest first: `preview` is not `pre`, and `postdev` is two.
        const WORDS: [&str; 12] =
            ["preview", "alpha", "beta", "post", "rev", "dev", "pre", "rc", "a", "b", "c", "r"];
        let unmarked = without_mark(rest);
        let word = WORDS.into_iter().find(|word| unmarked.starts_with(word)).unwrap_or_default();
        let after = &unmarked[word.len()..];
        let (number, after) = key::leading_digits(without_mark_before_digit(after));
        match word {
            "a" | "alpha" if found.is_before_pre() => found.pre = Some((1, number)),
            "b" | "beta" if found.is_before_pre() => found.pre = Some((2, number)),
            "c" | "rc" | "pre" | "preview" if found.is_before_pre() => found.pre = Some((3, number)),
            "post" | "rev" | "r" if found.post.is_none() && found.dev.is_none() => found.post = Some(number),
            "dev" if found.dev.is_none() => found.dev = Some(number),
            _ => return Err("what follows the release is no pre-, post- or development release"),
        }
        rest = after;
    }
    Ok(found)
}

impl Suffixes<'_> {
    fn is_before_pre(&self) -> bool {
        self.pre.is_none() && self.post.is_none() && self.dev.is_none()
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix(['.', '-', '_']).unwrap_or(text)
}

fn without_mark_before_digit(text: &str) -> &str {
    let bare = without_mark(text);
    if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { text }
}

fn write_option(number: Option<&str>, absent: u8, present: u8, out: &mut Vec<u8>) {
    match number {
        Some(number) => {
            out.push(present);
            key::number(out, number);
        }
        None => out.push(absent),
    }
}

/// The local version: numbers after words, absent first.
fn write_local(local: Option<&str>, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let Some(local) = local else {
        out.push(0);
        return Ok(());
    };
    for part in local.split(['.', '-', '_']) {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err("the local version holds a character that it may not");
        }
        if key::is_number(part) {
            out.push(2);
            key::number(out, part);
        } else {
            out.push(1);
            key::text(out, part);
        }
    }
    out.push(0);
    Ok(())
}
