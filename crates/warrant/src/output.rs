//! How the command line speaks: data on stdout, words on stderr, exit codes.

use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;
use warrant_service::ServiceError;

/// Everything went well.
pub(crate) const OK: u8 = 0;
/// The answer is "no": problems were found, differences exist, a file was refused.
pub(crate) const FOUND: u8 = 1;
/// The question could not be asked: wrong arguments, unreadable file, no store.
pub(crate) const TROUBLE: u8 = 2;

/// Prints an error with its remedy and gives the exit code.
pub(crate) fn failed(error: &anyhow::Error) -> ExitCode {
    say(&format!("error: {error:#}"));
    if let Some(error) = error.downcast_ref::<ServiceError>() {
        let (_, _, remedy) = error.code();
        say(&format!("\nhint: {remedy}"));
    }
    ExitCode::from(TROUBLE)
}

/// Words for people.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", plain(text));
}

/// Data. A closed pipe is the reader's choice, not an error.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Data as JSON.
pub(crate) fn print_json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Bytes to a file, or to stdout for `-` or nothing.
pub(crate) fn write_to(path: Option<&std::path::Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match path {
        Some(path) if path.as_os_str() != "-" => {
            std::fs::write(path, bytes).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
        }
        _ => Ok(std::io::stdout().write_all(bytes)?),
    }
}

/// Text from outside with control characters made visible, so that a name cannot play tricks on a terminal.
pub(crate) fn plain(text: &str) -> String {
    let visible = |c: char| match c {
        '\n' | '\t' => c,
        c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => '\u{fffd}',
        c => c,
    };
    text.chars().map(visible).collect()
}

/// Rows in aligned columns under a header.
pub(crate) fn print_table(header: &[&str], rows: &[Vec<String>]) {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| plain(cell).replace('\n', " ")).collect()).collect();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
        cells.chain([header[at].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..header.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).map(|(cell, width)| {
            let gap = width.saturating_sub(cell.chars().count());
            format!("{cell}{}", " ".repeat(gap))
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    print(&line(&mut header.iter().copied()));
    for row in &rows {
        print(&line(&mut row.iter().map(String::as_str)));
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_cannot_play_tricks_on_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mred\u{202e}"), "a\u{fffd}[31mred\u{fffd}");
    }
}
