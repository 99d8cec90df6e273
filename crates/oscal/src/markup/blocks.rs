//! Blocks of Markdown: paragraphs, headings, lists, quotes, tables and fenced code.

use super::{Align, Block, Cell, DEPTH, Head, Ordered, inline_of_markdown};

/// The blocks of a Markdown text. Every text has some, if only a paragraph.
pub(crate) fn blocks_of_markdown(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines, 0)
}

fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.trim().is_empty() {
            at += 1;
        } else if let Some(fence) = fence(line) {
            let body: Vec<&str> =
                lines[at + 1..].iter().copied().take_while(|line| !closes(line, fence)).collect();
            at += body.len() + 2;
            let indent = line.len() - line.trim_start().len();
            let body: Vec<&str> = body.iter().map(|line| strip(line, indent)).collect();
            out.push(Block::Pre(body.join("\n")));
        } else if let Some((level, text)) = heading(line) {
            out.push(Block::Heading(level, inline_of_markdown(text)));
            at += 1;
        } else if depth < DEPTH && line.trim_start().starts_with('>') {
            let quoted: Vec<&str> = lines[at..]
                .iter()
                .copied()
                .take_while(|line| line.trim_start().starts_with('>'))
                .map(|line| line.trim_start()[1..].strip_prefix(' ').unwrap_or(&line.trim_start()[1..]))
                .collect();
            at += quoted.len();
            let inner = blocks(&quoted, depth + 1);
            if !inner.is_empty() {
                out.push(Block::Quote(inner));
            }
        } else if depth < DEPTH && marker(line).is_some() {
            let (list, used) = list(&lines[at..], depth);
            out.push(list);
            at += used;
        } else if let Some((table, used)) = table(&lines[at..]) {
            out.push(table);
            at += used;
        } else {
            let mut used = 1;
            while lines.get(at + used).is_some_and(|line| !interrupts(line)) {
                used += 1;
            }
            out.push(Block::Paragraph(inline_of_markdown(&lines[at..at + used].join("\n"))));
            at += used;
        }
    }
    out
}

/// Whether a line ends the paragraph before it.
fn interrupts(line: &str) -> bool {
    line.trim().is_empty()
        || fence(line).is_some()
        || heading(line).is_some()
        || line.trim_start().starts_with('>')
        || marker(line).is_some()
}

fn fence(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let length = text.bytes().take_while(|byte| *byte == b'`').count();
    (length >= 3 && !text[length..].contains('`')).then(|| &text[..length])
}

fn closes(line: &str, fence: &str) -> bool {
    let text = line.trim();
    text.len() >= fence.len() && text.bytes().all(|byte| byte == b'`')
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = text[level..].strip_prefix(' ')?;
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    Some((level, rest.trim()))
}

/// A list item's mark: its kind, its indentation, and where its content begins.
fn marker(line: &str) -> Option<(Ordered, usize, usize)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let text = &line[indent..];
    let bullet = text.starts_with(['-', '*', '+']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (ordered, width) = if bullet {
        (Ordered::No, 1)
    } else if (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) {
        (Ordered::Yes, digits + 1)
    } else {
        return None;
    };
    let after = &text[width..];
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let is_item = spaces > 0 && !after.trim().is_empty();
    is_item.then_some((ordered, indent, indent + width + spaces))
}

/// A list and how many lines it takes.
fn list(lines: &[&str], depth: usize) -> (Block, usize) {
    let (ordered, base, _) = marker(lines[0]).unwrap_or((Ordered::No, 0, 0));
    let mut items: Vec<Vec<&str>> = Vec::new();
    let mut content = 0;
    let mut loose = false;
    let mut blank = false;
    let mut used = 0;
    for line in lines {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line.trim().is_empty() {
            blank = true;
            if let Some(item) = items.last_mut() {
                item.push("");
            }
        } else if let Some((kind, at, start)) = marker(line).filter(|(_, at, _)| *at < content.max(base + 1))
        {
            if at < base || kind != ordered {
                break;
            }
            loose |= blank && !items.is_empty();
            blank = false;
            content = start;
            items.push(vec![&line[start..]]);
        } else if indent >= content || (indent > base && blank) {
            blank = false;
            if let Some(item) = items.last_mut() {
                item.push(strip(line, content));
            }
        } else if blank || interrupts(line) {
            break;
        } else if let Some(item) = items.last_mut() {
            // A paragraph that goes on without indentation.
            item.push(line.trim_start());
        }
        used += 1;
    }
    let items = items.iter().map(|lines| blocks(lines, depth + 1));
    let items = if loose { items.collect() } else { items.map(tight).collect() };
    (Block::List { ordered, items }, used)
}

/// An item of a list without blank lines between its items: its first line is no paragraph.
fn tight(mut blocks: Vec<Block>) -> Vec<Block> {
    if let Some(first) = blocks.first_mut()
        && let Block::Paragraph(text) = first
    {
        *first = Block::Plain(std::mem::take(text));
    }
    blocks
}

/// A line without up to `indent` leading spaces.
fn strip(line: &str, indent: usize) -> &str {
    let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
    &line[spaces.min(indent)..]
}

/// A table: a row of heads, a row of dashes, rows.
fn table(lines: &[&str]) -> Option<(Block, usize)> {
    let head = lines.first().filter(|line| line.trim_start().starts_with('|'))?;
    let dashes = cells(lines.get(1)?);
    let is_rule = |cell: &String| {
        let inner = cell.trim_matches(':');
        !inner.is_empty() && inner.bytes().all(|byte| byte == b'-')
    };
    if dashes.is_empty() || !dashes.iter().all(is_rule) {
        return None;
    }
    let aligns: Vec<Align> = dashes
        .iter()
        .map(|cell| match (cell.starts_with(':'), cell.ends_with(':')) {
            (true, true) => Align::Center,
            (true, false) => Align::Left,
            (false, true) => Align::Right,
            (false, false) => Align::None,
        })
        .collect();
    let row = |line: &str, head: Head| -> Vec<Cell> {
        let texts = cells(line).into_iter().enumerate();
        let align = |at: usize| aligns.get(at).copied().unwrap_or(Align::None);
        texts.map(|(at, text)| Cell { head, align: align(at), content: inline_of_markdown(&text) }).collect()
    };
    let body: Vec<&&str> = lines[2..].iter().take_while(|line| line.trim_start().starts_with('|')).collect();
    let used = body.len() + 2;
    let first = row(head, Head::Yes);
    let mut rows = Vec::new();
    if first.iter().any(|cell| !cell.content.is_empty()) {
        rows.push(first);
    }
    rows.extend(body.into_iter().map(|line| row(line, Head::No)));
    Some((Block::Table(rows), used))
}

/// The texts between the bars of a line.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let Some(inside) = line.strip_prefix('|') else { return Vec::new() };
    let mut out = vec![String::new()];
    let mut characters = inside.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if characters.peek() == Some(&'|') => {
                characters.next();
                if let Some(cell) = out.last_mut() {
                    cell.push('|');
                }
            }
            '|' => out.push(String::new()),
            c => {
                if let Some(cell) = out.last_mut() {
                    cell.push(c);
                    // A backslash keeps the next character from being read as anything else.
                    if c == '\\'
                        && let Some(next) = characters.next()
                    {
                        cell.push(next);
                    }
                }
            }
        }
    }
    if out.last().is_some_and(|cell| cell.trim().is_empty()) {
        out.pop();
    }
    out.iter().map(|cell| cell.trim().to_owned()).collect()
}
