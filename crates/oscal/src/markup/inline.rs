//! Lines of Markdown: one pass with a stack of open delimiters, linear in the length of the text.

use super::{DEPTH, Inline, Style, is_space, tidy};

/// A style that is open: where its content begins and how it is written.
struct Open {
    style: Style,
    mark: &'static str,
    pieces: usize,
}

const MARKS: [(&str, Style); 7] = [
    ("**", Style::Strong),
    ("__", Style::Strong),
    ("*", Style::Emphasis),
    ("_", Style::Emphasis),
    ("~", Style::Subscript),
    ("^", Style::Superscript),
    ("\"", Style::Quote),
];

/// The pieces of a line of Markdown. Every text is one: what is no markup is text.
pub(crate) fn inline_of_markdown(text: &str) -> Vec<Inline> {
    tidy(pieces(text, 0))
}

fn pieces(text: &str, depth: usize) -> Vec<Inline> {
    let mut reader = Reader {
        text,
        at: 0,
        pieces: Vec::new(),
        open: Vec::new(),
        code_misses: 0,
        work: text.len() * 8 + 10_000,
        depth,
    };
    while reader.at < text.len() {
        reader.step();
    }
    while let Some(open) = reader.open.pop() {
        reader.literal(&open);
    }
    reader.pieces
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Inline>,
    open: Vec<Open>,
    /// Lengths of runs of backticks, as bits, that are known to be closed nowhere further on.
    code_misses: u64,
    /// How many bytes may still be looked ahead over, so that brackets without end cost no more than a few passes.
    work: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, text: &str) {
        let count = self.pieces.len();
        // Pieces before the content of an open style must stay apart from it.
        let joins = self.open.last().is_none_or(|open| open.pieces < count);
        match self.pieces.last_mut() {
            Some(Inline::Text(last)) if joins => {
                last.push_str(text);
            }
            _ => self.pieces.push(Inline::Text(text.to_owned())),
        }
    }

    fn step(&mut self) {
        let rest = self.rest();
        let special = rest.find(['\\', '`', '{', '!', '[', '<', '&', '*', '_', '~', '^', '"']);
        let plain = special.unwrap_or(rest.len());
        if plain > 0 {
            self.push(&rest[..plain]);
            self.at += plain;
            return;
        }
        let taken = match rest.as_bytes()[0] {
            b'\\' => self.escape(rest),
            b'`' => self.code(rest),
            b'{' => self.insert(rest),
            b'!' => self.image(rest),
            b'[' => self.link(rest),
            b'<' => self.line_break(rest),
            b'&' => self.entity(rest),
            _ => self.mark(rest),
        };
        if !taken {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            self.push(&rest[..first]);
            self.at += first;
        }
    }

    fn escape(&mut self, rest: &str) -> bool {
        let next = rest[1..].chars().next();
        let Some(next) = next.filter(char::is_ascii_punctuation) else { return false };
        self.push(next.encode_utf8(&mut [0; 4]));
        self.at += 2;
        true
    }

    fn code(&mut self, rest: &str) -> bool {
        let run = rest.bytes().take_while(|byte| *byte == b'`').count();
        let bit = 1_u64 << run.min(63);
        if self.code_misses & bit == 0 {
            let mut from = run;
            while let Some(found) = rest[from..].find('`') {
                let start = from + found;
                let length = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
                if length == run {
                    self.pieces.push(Inline::Code(rest[run..start].to_owned()));
                    self.at += start + length;
                    return true;
                }
                from = start + length;
            }
            self.code_misses |= bit;
        }
        self.push(&rest[..run]);
        self.at += run;
        true
    }

    /// `{{ insert: param, id }}`, and `{{ id }}` of earlier versions.
    fn insert(&mut self, rest: &str) -> bool {
        let Some(inside) = rest.strip_prefix("{{").filter(|_| self.work >= 400) else { return false };
        self.work -= 400;
        let near = &inside[..inside.char_indices().nth(400).map_or(inside.len(), |(at, _)| at)];
        let Some((inside, _)) = near.split_once("}}") else { return false };
        let length = inside.len() + 4;
        let word =
            |text: &str| !text.is_empty() && !text.contains(|c: char| is_space(c) || "{}\"<>&".contains(c));
        let (kind, id) = match inside.trim().strip_prefix("insert:") {
            Some(named) => match named.split_once(',') {
                Some((kind, id)) => (kind.trim(), id.trim()),
                None => return false,
            },
            None => ("param", inside.trim()),
        };
        if !word(kind) || !word(id) {
            return false;
        }
        self.pieces.push(Inline::Insert { kind: kind.to_owned(), id: id.to_owned() });
        self.at += length;
        true
    }

    fn image(&mut self, rest: &str) -> bool {
        let Some((label, href, title, length)) =
            rest.strip_prefix('!').and_then(|rest| bracketed(rest, &mut self.work))
        else {
            return false;
        };
        self.pieces.push(Inline::Image { src: href, alt: unescape(label), title });
        self.at += length + 1;
        true
    }

    fn link(&mut self, rest: &str) -> bool {
        if self.depth >= DEPTH {
            return false;
        }
        let Some((label, href, title, length)) = bracketed(rest, &mut self.work) else { return false };
        let content = pieces(label, self.depth + 1);
        self.pieces.push(Inline::Link { href, title, content });
        self.at += length;
        true
    }

    fn line_break(&mut self, rest: &str) -> bool {
        let Some(tag) = ["<br/>", "<br />", "<br>"].into_iter().find(|tag| rest.starts_with(tag)) else {
            return false;
        };
        self.pieces.push(Inline::Break);
        self.at += tag.len();
        true
    }

    fn entity(&mut self, rest: &str) -> bool {
        let known = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'")];
        let Some((entity, text)) = known.into_iter().find(|(entity, _)| rest.starts_with(entity)) else {
            return false;
        };
        self.push(text);
        self.at += entity.len();
        true
    }

    /// The delimiter that comes next. Of three in a row the first is the one that is open, or else a single one.
    fn next_mark(&self, rest: &str) -> Option<(&'static str, Style)> {
        let three = rest.starts_with("***") || rest.starts_with("___");
        if three {
            let wanted = match self.open.last() {
                Some(open) if open.mark.len() <= 2 && rest.starts_with(open.mark) => open.mark,
                _ => &rest[..1],
            };
            return MARKS.into_iter().find(|(mark, _)| *mark == wanted);
        }
        MARKS.into_iter().find(|(mark, _)| rest.starts_with(mark))
    }

    /// A delimiter: closes what is open, else opens, else is text.
    fn mark(&mut self, rest: &str) -> bool {
        let Some((mark, style)) = self.next_mark(rest) else { return false };
        let before = self.text[..self.at].chars().next_back();
        let after = rest[mark.len()..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let inside_word = mark.starts_with('_') && word(after);
        if !blank(before)
            && !inside_word
            && let Some(place) = self.open.iter().rposition(|open| open.mark == mark)
            && self.open[place].pieces < self.pieces.len()
        {
            // What was opened inside and never closed is text.
            while self.open.len() > place + 1 {
                if let Some(open) = self.open.pop() {
                    self.literal(&open);
                }
            }
            if let Some(open) = self.open.pop() {
                let content = self.pieces.split_off(open.pieces);
                self.pieces.push(Inline::Styled(open.style, content));
            }
            self.at += mark.len();
            return true;
        }
        let word_before = matches!(mark, "_" | "__" | "\"") && word(before);
        let is_open = self.open.iter().any(|open| open.mark == mark);
        if blank(after) || word_before || is_open || self.open.len() + self.depth >= DEPTH {
            self.push(mark);
        } else {
            self.open.push(Open { style, mark, pieces: self.pieces.len() });
        }
        self.at += mark.len();
        true
    }

    /// Turns a delimiter that is not closed into text.
    fn literal(&mut self, open: &Open) {
        self.pieces.insert(open.pieces, Inline::Text(open.mark.to_owned()));
    }
}

/// `[label](href "title")`: label, address, title and length.
fn bracketed<'t>(text: &'t str, work: &mut usize) -> Option<(&'t str, String, String, usize)> {
    /// Labels and addresses longer than this are text.
    const LONG: usize = 8_192;
    let bytes = text.as_bytes();
    let mut at = 1;
    let mut open = usize::from(bytes.first() == Some(&b'['));
    if open == 0 {
        return None;
    }
    while open > 0 {
        *work = work.checked_sub(1)?;
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'[' => open += 1,
            b']' => open -= 1,
            _ => {}
        }
        at += 1;
        if at > LONG {
            return None;
        }
    }
    let label = text.get(1..at - 1)?;
    let inside = text.get(at..)?.strip_prefix('(')?;
    let mut end = 0;
    let mut quoted = false;
    let mut nested = 0;
    let bytes = inside.as_bytes();
    loop {
        *work = work.checked_sub(1)?;
        match bytes.get(end)? {
            b'\\' => end += 1,
            b'"' => quoted = !quoted,
            b'(' if !quoted => nested += 1,
            b')' if !quoted && nested > 0 => nested -= 1,
            b')' if !quoted => break,
            b'\n' if !quoted => return None,
            _ => {}
        }
        end += 1;
        if end > LONG {
            return None;
        }
    }
    let target = inside.get(..end)?.trim();
    let (href, title) = match target.split_once(" \"") {
        Some((href, title)) => (href.trim(), title.strip_suffix('"')?),
        None => (target, ""),
    };
    let href = href.strip_prefix('<').and_then(|href| href.strip_suffix('>')).unwrap_or(href);
    if href.contains(char::is_whitespace) {
        return None;
    }
    Some((label, unescape(href), unescape(title), at + 2 + end))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match characters.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                out.push(*next);
                characters.next();
            }
            _ => out.push(c),
        }
    }
    out
}
