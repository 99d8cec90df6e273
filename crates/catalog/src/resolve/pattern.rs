//! Glob patterns over control identifiers: `*` for any characters, `?` for one.

/// A compiled glob pattern. Matching takes time proportional to pattern length × text length at worst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Any,
    One,
    Char(char),
}

impl Pattern {
    /// Compiles a pattern. Every text is a pattern; an empty one matches nothing
    /// (OSCAL Profile Resolution, requirement *req-include-by-match-empty*).
    pub fn new(pattern: &str) -> Self {
        let mut tokens = Vec::new();
        for c in pattern.chars() {
            match c {
                '*' if tokens.last() == Some(&Token::Any) => {}
                '*' => tokens.push(Token::Any),
                '?' => tokens.push(Token::One),
                other => tokens.push(Token::Char(other)),
            }
        }
        Pattern { tokens }
    }

    /// Number of wildcards and characters.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        if self.tokens.is_empty() {
            return false;
        }
        let text: Vec<char> = text.chars().collect();
        let (mut t, mut p) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while t < text.len() {
            match self.tokens.get(p) {
                Some(Token::Any) => {
                    retry = Some((p + 1, t));
                    p += 1;
                    continue;
                }
                Some(Token::One) => {
                    (t, p) = (t + 1, p + 1);
                    continue;
                }
                Some(Token::Char(c)) if *c == text[t] => {
                    (t, p) = (t + 1, p + 1);
                    continue;
                }
                _ => {}
            }
            match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (t, p) = (from + 1, after);
                }
                None => return false,
            }
        }
        self.tokens[p..].iter().all(|token| *token == Token::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, written as plainly as possible.
    fn oracle(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) if oracle(rest, text) => true,
            (Some(('*', _)), Some((_, tail))) => oracle(pattern, tail),
            (Some(('?', rest)), Some((_, tail))) => oracle(rest, tail),
            (Some((p, rest)), Some((t, tail))) if p == t => oracle(rest, tail),
            _ => false,
        }
    }

    #[test]
    fn examples() {
        assert!(Pattern::new("ac-*").matches("ac-2.1"));
        assert!(Pattern::new("?1").matches("b1"));
        assert!(!Pattern::new("?1").matches("b11"));
        assert!(!Pattern::new("").matches(""));
        assert!(Pattern::new("*").matches(""));
        assert!(!Pattern::new("ac-2.?").matches("ac-2.10"));
    }

    #[test]
    fn many_stars_stay_fast() {
        let pattern = Pattern::new(&"a*".repeat(2000));
        assert!(!pattern.matches(&format!("{}b", "a".repeat(1000))));
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab.?*]{1,8}", text in "[ab.]{0,10}") {
            let expected = oracle(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            prop_assert_eq!(Pattern::new(&pattern).matches(&text), expected);
        }
    }
}
