//! HTML as scanners write it into descriptions and reports: a lenient tokeniser and the plain text of markup.

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A start tag; names are lower case.
    Open {
        /// The element.
        name: String,
        /// Its attributes, entities resolved.
        attributes: Vec<(String, String)>,
        /// Whether it ends in `/>`.
        closed: bool,
    },
    /// An end tag.
    Close {
        /// The element, lower case.
        name: String,
    },
    /// Text with entities resolved.
    Text(String),
}

/// The tokens of some HTML, each with its byte offset. Comments, declarations, scripts and styles are left
/// out. Anything is HTML: what makes no tag is text.
pub fn tokens(source: &str) -> impl Iterator<Item = (usize, Token)> + '_ {
    Tokens { source, at: 0 }
}

/// The text of a piece of markup: tags gone, blocks on lines of their own, entities resolved. A text without
/// markup stays as it is.
pub fn plain(markup: &str) -> Cow<'_, str> {
    if !markup.contains(['<', '&']) {
        return Cow::Borrowed(markup);
    }
    let mut out = String::new();
    for (_, token) in tokens(markup) {
        match token {
            Token::Text(text) => out.push_str(&text),
            Token::Open { name, .. } | Token::Close { name } => match name.as_str() {
                "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "table"
                | "pre" => {
                    out.push('\n');
                }
                "td" | "th" => out.push(' '),
                _ => {}
            },
        }
    }
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join("\n"))
}

struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = (usize, Token);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
            let offset = self.at;
            if let Some(tag) = rest.strip_prefix('<') {
                match tag.as_bytes().first() {
                    Some(b'!') | Some(b'?') => {
                        let end = if tag.starts_with("!--") { "-->" } else { ">" };
                        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
                        continue;
                    }
                    Some(b'/') => {
                        let end = rest.find('>').unwrap_or(rest.len());
                        self.at += (end + 1).min(rest.len());
                        let name = rest[2..end.max(2)].trim().to_ascii_lowercase();
                        return Some((offset, Token::Close { name }));
                    }
                    Some(byte) if byte.is_ascii_alphabetic() => {
                        let (token, length) = open(rest);
                        self.at += length;
                        self.pass_over_script(&token);
                        return Some((offset, token));
                    }
                    _ => {}
                }
            }
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
            self.at += end;
            return Some((offset, Token::Text(entities(&rest[..end]))));
        }
    }
}

impl Tokens<'_> {
    /// The content of scripts and styles is no text of the document.
    fn pass_over_script(&mut self, token: &Token) {
        let Token::Open { name, closed: false, .. } = token else { return };
        if name == "script" || name == "style" {
            let rest = &self.source[self.at..];
            let end = format!("</{name}");
            self.at += find_ignoring_case(rest, &end).unwrap_or(rest.len());
        }
    }
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let wanted = wanted.as_bytes();
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}

/// A start tag at the beginning of `text`, and its length.
fn open(text: &str) -> (Token, usize) {
    let bytes = text.as_bytes();
    let name_end = |from: usize| {
        let stop = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=');
        bytes[from..].iter().position(stop).map_or(bytes.len(), |at| from + at)
    };
    let mut at = name_end(1);
    let name = text[1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut closed = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return (Token::Open { name, attributes, closed }, at + 1),
            b'/' => {
                closed = true;
                at += 1;
            }
            b'=' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                closed = false;
                let end = name_end(at);
                let attribute = text.get(at..end).unwrap_or_default().to_ascii_lowercase();
                at = end;
                let (value, next) = value(text, at);
                at = next;
                if attributes.len() < 64 {
                    attributes.push((attribute, entities(value)));
                }
            }
        }
    }
    (Token::Open { name, attributes, closed }, text.len())
}

/// The value behind `=` at `at`, if there is one, and where it ends.
fn value(text: &str, at: usize) -> (&str, usize) {
    let skip = |from: usize| text[from..].len() - text[from..].trim_start().len() + from;
    let equals = skip(at);
    if text.as_bytes().get(equals) != Some(&b'=') {
        return ("", at);
    }
    let start = skip(equals + 1);
    match text.as_bytes().get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let end = text[start + 1..].find(*quote as char).map_or(text.len(), |end| start + 1 + end);
            (&text[start + 1..end], (end + 1).min(text.len()))
        }
        _ => {
            let stop = |c: char| c.is_whitespace() || c == '>';
            let end = text[start..].find(stop).map_or(text.len(), |end| start + end);
            (&text[start..end], end)
        }
    }
}

/// The text with its character references resolved: the predefined ones, a few that reports use, and numbers.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((letter, end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "rsquo" | "lsquo" => '\'',
        "rdquo" | "ldquo" => '"',
        "bull" => '•',
        "copy" => '©',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| *letter != '\0')?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            plain("<p>Use <b>TLS</b> &amp; pin.</p><ul><li>one<li>two</ul>"),
            "Use TLS & pin.\none\ntwo"
        );
        assert_eq!(plain("1 < 2 and no markup"), "1 < 2 and no markup");
        assert_eq!(plain("a<script>alert('<b>')</script>b&#x41;&unknown;"), "abA&unknown;");
    }

    #[test]
    fn attributes_are_read_in_all_their_spellings() {
        let found: Vec<Token> = tokens("<A Href='x&amp;y' b=1 c><br/>").map(|(_, token)| token).collect();
        let attributes = [("href", "x&y"), ("b", "1"), ("c", "")];
        let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let br = Token::Open { name: "br".to_owned(), attributes: Vec::new(), closed: true };
        assert_eq!(found, [Token::Open { name: "a".to_owned(), attributes, closed: false }, br]);
    }

    #[test]
    fn broken_markup_does_not_panic() {
        for text in
            ["<", "<a", "<a b", "<a b=", "<a b='", "</", "<!--", "<ü>", "&#xffffffff;", "a<é", "<a é='ö"]
        {
            let _ = plain(text);
        }
    }
}
