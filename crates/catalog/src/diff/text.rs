//! The words of a statement in a form that does not change with white space, typography or emphasis.

/// Words of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    /// For people: white space collapsed, insertions as `{parameter}`.
    pub(super) shown: String,
    /// For comparison, lower case, without punctuation.
    pub(super) words: Vec<String>,
    /// For comparison: like `shown`, with plain signs and without emphasis and the connective at the end.
    plain: String,
}

/// What stands for an insertion among the words.
pub(super) const PARAMETER: &str = "{parameter}";

/// Words of one statement that are looked at for similarity; more are compared for equality only.
const MOST_WORDS: usize = 400;

impl Text {
    /// The words of a prose, and the identifiers of the parameters it inserts, in order.
    pub(super) fn of(prose: &str) -> (Text, Vec<String>) {
        let mut parameters = Vec::new();
        let mut text = String::with_capacity(prose.len());
        let mut rest = prose;
        while let Some(start) = rest.find("{{") {
            let after = &rest[start + 2..];
            let Some(end) = after.find("}}") else { break };
            text.push_str(&rest[..start]);
            match after[..end].trim().strip_prefix("insert:").and_then(|i| i.split_once(',')) {
                Some((_, id)) => {
                    parameters.push(id.trim().to_owned());
                    text.push_str(PARAMETER);
                }
                None => text.push_str(&rest[start..start + end + 4]),
            }
            rest = &after[end + 2..];
        }
        text.push_str(rest);
        let shown = collapsed(&text);
        let plain = plain(&shown);
        let words = plain.split(' ').map(word).filter(|w| !w.is_empty()).collect();
        (Text { shown, words, plain }, parameters)
    }

    /// The same for a title, in which letter case is no wording.
    pub(super) fn of_title(title: &str) -> (Text, Vec<String>) {
        let (mut text, parameters) = Text::of(title);
        text.plain = text.plain.to_lowercase();
        (text, parameters)
    }

    /// Whether two statements say the same in the same words.
    pub(super) fn same(&self, other: &Text) -> bool {
        self.plain == other.plain
    }

    /// What is equal for equal statements.
    pub(super) fn key(&self) -> &str {
        &self.plain
    }
}

/// White space collapsed, none before a closing sign.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let closes = word.starts_with([',', ';', '.', ':', ')']);
        if !out.is_empty() && !closes {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn plain(shown: &str) -> String {
    let signs: String = shown
        .chars()
        .filter(|c| !matches!(c, '*' | '_' | '`' | '\u{ad}' | '\u{200b}'))
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}'..='\u{2015}' => '-',
            other => other,
        })
        .collect();
    let mut end = signs.trim_end();
    // A list item ends with "; and" or "." depending on its neighbours; "; or" says something about all of
    // them.
    end = end.strip_suffix(" and").unwrap_or(end);
    end.trim_end_matches([' ', ';', ',', '.']).to_owned()
}

fn word(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '{' && c != '}').to_lowercase()
}

/// Similarity of two statements from 0 to 1: twice the length of the longest common sequence of words, over
/// the sum of both lengths. Letter case and punctuation do not count, order does.
pub(super) fn similarity(a: &Text, b: &Text) -> f64 {
    let (a, b) = (&a.words[..a.words.len().min(MOST_WORDS)], &b.words[..b.words.len().min(MOST_WORDS)]);
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let mut lengths = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = lengths[at + 1];
            lengths[at + 1] = if x == y { diagonal + 1 } else { above.max(lengths[at]) };
            diagonal = above;
        }
    }
    2.0 * lengths[b.len()] as f64 / (a.len() + b.len()) as f64
}

/// The most that [`similarity`] can be, from sorted words.
pub(super) fn at_most(a: &[&str], b: &[&str]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

/// The words that count for similarity, sorted.
pub(super) fn sorted(text: &Text) -> Vec<&str> {
    let mut words: Vec<&str> = text.words.iter().take(MOST_WORDS).map(String::as_str).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(prose: &str) -> Text {
        Text::of(prose).0
    }

    #[test]
    fn form_is_no_change() {
        for (a, b) in [
            ("Policy {{ insert: param, a }} ; and", "Policy {{insert: param, b}}."),
            ("the  *system’s*\n boundary –", "the system's boundary -"),
            ("Logs,", "Logs, and"),
        ] {
            assert!(text(a).same(&text(b)), "{a} / {b}: {:?} {:?}", text(a), text(b));
        }
        for (a, b) in [("Logs; or", "Logs; and"), ("May log", "may log"), ("a b", "ab"), ("Log", "Log all")] {
            assert!(!text(a).same(&text(b)), "{a} / {b}");
        }
    }

    #[test]
    fn insertions_are_taken_out_in_order() {
        let (text, parameters) =
            Text::of("x {{ insert: param, p-1 }}, {{ other }} and {{insert:param,p-2}}{{ open");
        assert_eq!(parameters, ["p-1", "p-2"]);
        assert_eq!(text.shown, "x {parameter}, {{ other }} and {parameter}{{ open");
    }

    #[test]
    fn similarity_counts_words_in_order() {
        let close = |a: &str, b: &str, expected: f64| {
            let found = similarity(&text(a), &text(b));
            assert!((found - expected).abs() < 1e-9, "{a} / {b}: {found}");
        };
        close("one two three four", "one two three four", 1.0);
        close("one two three four", "one three four", 6.0 / 7.0);
        close("one two", "two one", 0.5);
        close("one", "two", 0.0);
        close("", "", 1.0);
    }

    proptest! {
        #[test]
        fn similarity_is_symmetric_and_below_its_bound(a in "[abc ]{0,20}", b in "[abc ]{0,20}") {
            let (a, b) = (text(&a), text(&b));
            let found = similarity(&a, &b);
            prop_assert_eq!(found, similarity(&b, &a));
            prop_assert!((0.0..=1.0).contains(&found));
            prop_assert!(found <= at_most(&sorted(&a), &sorted(&b)) + 1e-12);
            if a.words == b.words {
                prop_assert_eq!(found, 1.0);
            }
        }
    }
}
