//! Titles: one short line that names what, where and when. Full names stay in grounds and reasons.

/// The length, in characters, that a title keeps to where it can.
const LONGEST: usize = 90;

/// What is left of a name however little room there is, in characters.
const LEAST: usize = 24;

/// A title of a name between two given parts; the name is cut so that the whole is no longer than 90 characters.
pub(crate) fn fit(before: &str, name: &str, after: &str) -> String {
    let given = before.chars().count() + after.chars().count();
    let room = LONGEST.saturating_sub(given).max(LEAST);
    let name = name.trim().trim_end_matches('.');
    let name = match known_as(name) {
        Some(short) if name.chars().count() > room => short,
        _ => name,
    };
    format!("{before}{}{after}", cut(name, room))
}

/// The proper name in parentheses at the end of a weakness's title: `Log4Shell`.
fn known_as(name: &str) -> Option<&str> {
    let (_, known) = name.strip_suffix(')')?.rsplit_once('(')?;
    let proper = known.starts_with(|first: char| first.is_ascii_uppercase());
    (proper && (4..=LEAST).contains(&known.len())).then_some(known)
}

/// `web1`, `web1 and web2`, `web1, web2 and 4 more`: targets by their short names.
pub(crate) fn place(targets: &[&str]) -> String {
    let names: Vec<_> = targets.iter().take(3).map(|target| short(target)).collect();
    match names.as_slice() {
        [one, two, _] => format!("{one}, {two} and {} more", targets.len() - 2),
        few => few.join(" and "),
    }
}

/// The first label of a host name and the last segment of an image's or a file's path; anything else as it is.
fn short(target: &str) -> &str {
    let last = target.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or(target);
    match last.split_once('.') {
        Some((host, domain)) if !host.is_empty() && is_domain(domain) => host,
        _ => last,
    }
}

/// Whether it is made of two or more labels that each begin with a letter, unlike a version or an address.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        label.starts_with(|first: char| first.is_ascii_alphabetic())
            && label.chars().all(|each| each.is_ascii_alphanumeric() || each == '-')
    };
    text.contains('.') && text.split('.').all(label)
}

/// At most so many characters, cut between words where possible.
fn cut(text: &str, room: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(room) else { return text.to_owned() };
    let shortened = &text[..text[..end].char_indices().next_back().map_or(0, |(at, _)| at)];
    let words = shortened.rsplit_once(' ').map(|(words, _)| words);
    let kept = words.filter(|words| words.len() * 2 > shortened.len()).unwrap_or(shortened);
    format!("{}\u{2026}", kept.trim_end_matches([' ', ',', ';', ':', '-', '(']))
}

#[cfg(test)]
mod tests {
    use super::{fit, place};

    #[test]
    fn hosts_and_images_are_shown_by_their_short_names() {
        assert_eq!(place(&["web1.example.org"]), "web1");
        assert_eq!(place(&["registry.example.org/shop/web:4.2.0"]), "web:4.2.0");
        assert_eq!(place(&["203.0.113.27", "billing-5.6.1"]), "203.0.113.27 and billing-5.6.1");
        assert_eq!(place(&["app.jar", "b.example.org", "c", "d"]), "app.jar, b and 2 more");
        assert_eq!(place(&["/"]), "/");
    }

    #[test]
    fn long_names_give_way_to_what_stands_around_them() {
        let after = " on web1 \u{2014} was due 2026-10-20";
        let title = fit("", &"a long weakness title ".repeat(9), after);
        assert!(title.chars().count() <= 90 && title.ends_with(after), "{title}");
        assert!(title.contains("weakness\u{2026} on") || title.contains("title\u{2026} on"), "{title}");
        let known = fit("", "Logging library looks up names from log text (Log4Shell)", after);
        assert_eq!(
            known,
            "Logging library looks up names from log text (Log4Shell) on web1 \u{2014} was due 2026-10-20"
        );
        let known = fit("", "Logging library looks up names from log text (Log4Shell)", &after.repeat(2));
        assert!(known.starts_with("Log4Shell on web1"), "{known}");
        assert_eq!(fit("", "Telnet is off.", " here"), "Telnet is off here");
        assert!(fit("", &"x".repeat(300), &"y".repeat(80)).contains(&"x".repeat(23)));
        assert!(fit("", &"\u{e9}".repeat(300), "").chars().count() <= 90);
    }
}
