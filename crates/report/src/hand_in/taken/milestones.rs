//! Milestones as lines of a cell: `1. Title, 01/31/2027 (done 01/20/2027)`.

use super::sight::day_of;
use crate::hand_in::poam::milestone_line;
use crate::template::as_kept;
use jiff::civil::Date;
use warrant_model::kinds::Milestone;

/// The milestones of a cell. Lines that read as before are the milestones they were; a line without number goes on with
/// the one above it where lines are numbered.
///
/// # Errors
/// What in it looks like a day and is none.
pub(super) fn parsed(text: &str, before: &[Milestone], pattern: &str) -> Result<Vec<Milestone>, String> {
    let mut lines: Vec<String> = Vec::new();
    let numbered = text.lines().any(|line| bare(line).is_some());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (bare(line), lines.last_mut()) {
            (Some(title), _) => lines.push(title.to_owned()),
            (None, Some(last)) if numbered => {
                last.push('\n');
                last.push_str(line);
            }
            (None, _) => lines.push(line.to_owned()),
        }
    }
    let mut left: Vec<&Milestone> = before.iter().collect();
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let is = |one: &&Milestone| as_kept(&milestone_line(one, pattern)) == line;
        found.push(match left.iter().position(is) {
            Some(at) => left.remove(at).clone(),
            None => milestone(&line, pattern)?,
        });
    }
    Ok(found)
}

/// A line without its number; `None` when it has none.
fn bare(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (number, rest) = line.split_once(['.', ')'])?;
    let is_number =
        !number.is_empty() && number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && rest.starts_with(' ')).then(|| rest.trim())
}

fn milestone(line: &str, pattern: &str) -> Result<Milestone, String> {
    let mut milestone = Milestone::default();
    let mut rest = line.trim();
    if let Some(open) = rest.strip_suffix(')')
        && let Some((before, on)) = open.rsplit_once('(')
        && let Some(on) = on.trim().strip_prefix("done ")
    {
        let none = || format!("`{on}` is no day; write `(done {})`", example(pattern));
        milestone.done = Some(day_of(pattern, on).ok_or_else(none)?);
        rest = before.trim_end();
    }
    if let Some((before, on)) = rest.rsplit_once(',') {
        match day_of(pattern, on) {
            Some(due) => {
                milestone.due = Some(due);
                rest = before.trim_end();
            }
            None if looks_like_a_day(on) => {
                return Err(format!("`{}` is no day; write it as {}", on.trim(), example(pattern)));
            }
            None => {}
        }
    }
    milestone.title = rest.to_owned();
    Ok(milestone)
}

fn looks_like_a_day(text: &str) -> bool {
    let text = text.trim();
    let marks = text.bytes().filter(|byte| matches!(byte, b'/' | b'-' | b'.')).count();
    marks == 2 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'))
}

fn example(pattern: &str) -> String {
    Date::constant(2026, 3, 5).strftime(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const PATTERN: &str = "%m/%d/%Y";

    fn milestone(title: &str, due: Option<Date>, done: Option<Date>) -> Milestone {
        Milestone { title: title.to_owned(), due, done }
    }

    #[test]
    fn lines_are_milestones_and_those_unchanged_stay_as_they_are() {
        let before = [
            milestone("Order parts, by post", Some(date(2027, 1, 31)), None),
            milestone("Fit them\n(done by night)", None, None),
        ];
        let written: Vec<String> = before
            .iter()
            .zip(1..)
            .map(|(one, nth)| format!("{nth}. {}", milestone_line(one, PATTERN)))
            .collect();
        assert_eq!(parsed(&written.join("\n"), &before, PATTERN).unwrap(), before);
        let text =
            "1. Order parts, by post, 2027-02-28 (done 02/01/2027)\n2. Fit them\n(done by night)\n3. Test";
        let [first, second, third] = &parsed(text, &before, PATTERN).unwrap()[..] else { panic!() };
        let due = Some(date(2027, 2, 28));
        assert_eq!(*first, milestone("Order parts, by post", due, Some(date(2027, 2, 1))));
        assert_eq!((second, third), (&before[1], &milestone("Test", None, None)));
        assert_eq!(parsed("Look\nDo, 01/31/2027", &[], PATTERN).unwrap().len(), 2);
        assert_eq!(parsed("", &before, PATTERN).unwrap(), []);
    }

    #[test]
    fn what_looks_like_a_day_and_is_none_is_told() {
        for (text, says) in
            [("1. Fit, 31/31/2027", "`31/31/2027` is no day"), ("Fit (done soon)", "`soon` is no day")]
        {
            let error = parsed(text, &[], PATTERN).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
