//! Reading of expressions.

use super::{Comparison, Term};
use thiserror::Error;

/// How deep parentheses and predicates may nest.
const DEPTH: u32 = 32;

/// Why a text is no expression.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{message} at byte {at}")]
pub struct ExpressionError {
    /// Byte offset in the expression.
    pub at: usize,
    /// What was met or missed.
    pub message: String,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

type Parsed = Result<Term, ExpressionError>;

pub(super) fn expression(text: &str) -> Parsed {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let term = parser.or()?;
    parser.blank();
    if parser.at < text.len() { Err(parser.error("unexpected text")) } else { Ok(term) }
}

impl<'a> Parser<'a> {
    fn error(&self, message: impl Into<String>) -> ExpressionError {
        ExpressionError { at: self.at, message: message.into() }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.blank();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), ExpressionError> {
        if self.eat(token) { Ok(()) } else { Err(self.error(format!("`{token}` is missing"))) }
    }

    /// A word that is not the beginning of a longer name.
    fn eat_word(&mut self, word: &str) -> bool {
        self.blank();
        let follows = self.rest().strip_prefix(word).map(|after| after.chars().next());
        let found = matches!(follows, Some(next) if !next.is_some_and(in_name));
        if found {
            self.at += word.len();
        }
        found
    }

    fn name(&mut self) -> Option<&'a str> {
        self.blank();
        let rest = self.rest();
        let starts = rest.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let end = rest.find(|c: char| !in_name(c)).unwrap_or(rest.len());
        if !starts {
            return None;
        }
        self.at += end;
        Some(&rest[..end])
    }

    fn or(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("the expression nests too deep"));
        }
        let mut left = self.and()?;
        while self.eat_word("or") {
            left = Term::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.comparison()?;
        while self.eat_word("and") {
            left = Term::And(Box::new(left), Box::new(self.comparison()?));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Parsed {
        const OPERATORS: [(&str, Comparison); 6] = [
            ("!=", Comparison::Unequal),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("=", Comparison::Equal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let left = self.union()?;
        for (token, comparison) in OPERATORS {
            if self.eat(token) {
                return Ok(Term::Compare(comparison, Box::new(left), Box::new(self.union()?)));
            }
        }
        Ok(left)
    }

    fn union(&mut self) -> Parsed {
        let first = self.path()?;
        let mut all = vec![first];
        while self.eat("|") {
            all.push(self.path()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Term::Union(all) })
    }

    fn path(&mut self) -> Parsed {
        let mut left = if self.eat("//") {
            Term::Step(Box::new(Term::Descend(Box::new(Term::Root))), Box::new(self.step()?))
        } else if self.eat("/") {
            Term::Step(Box::new(Term::Root), Box::new(self.step()?))
        } else {
            self.step()?
        };
        loop {
            if self.eat("//") {
                left = Term::Step(Box::new(Term::Descend(Box::new(left))), Box::new(self.step()?));
            } else if self.eat("/") {
                left = Term::Step(Box::new(left), Box::new(self.step()?));
            } else {
                return Ok(left);
            }
        }
    }

    fn step(&mut self) -> Parsed {
        let mut term = self.primary()?;
        while self.eat("[") {
            let condition = self.or()?;
            self.expect("]")?;
            term = Term::Filter(Box::new(term), Box::new(condition));
        }
        Ok(term)
    }

    fn primary(&mut self) -> Parsed {
        self.blank();
        let rest = self.rest();
        match rest.chars().next() {
            None => Err(self.error("the expression ends too early")),
            Some(quote @ ('\'' | '"')) => {
                let inside = &rest[1..];
                let end = inside.find(quote).ok_or_else(|| self.error("a quote is not closed"))?;
                self.at += end + 2;
                Ok(Term::Text(inside[..end].into()))
            }
            Some(c) if c.is_ascii_digit() => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                let number = rest[..end].parse().map_err(|_| self.error("the number is too large"))?;
                self.at += end;
                Ok(Term::Number(number))
            }
            Some('(') => {
                self.at += 1;
                let mut all = vec![self.or()?];
                while self.eat(",") {
                    all.push(self.or()?);
                }
                self.expect(")")?;
                Ok(if all.len() == 1 { all.remove(0) } else { Term::Union(all) })
            }
            Some('.') if !rest.starts_with("..") => {
                self.at += 1;
                Ok(Term::Here)
            }
            Some('*') => {
                self.at += 1;
                Ok(Term::Child(None))
            }
            Some('@') => {
                self.at += 1;
                let name = self.name().ok_or_else(|| self.error("a flag's name is missing"))?;
                Ok(Term::Flag(name.into()))
            }
            Some(_) => {
                let name = self.name().ok_or_else(|| self.error("not supported"))?;
                if self.eat("(") { self.call(name) } else { Ok(Term::Child(Some(name.into()))) }
            }
        }
    }

    fn call(&mut self, name: &str) -> Parsed {
        let first = Box::new(self.or()?);
        let term = match name {
            "not" => Term::Not(first),
            "exists" => Term::Exists(first),
            "doc" => Term::Document(first),
            "has-oscal-namespace" => Term::Namespace(first),
            "starts-with" => {
                self.expect(",")?;
                Term::StartsWith(first, Box::new(self.or()?))
            }
            other => return Err(self.error(format!("the function {other} is not supported"))),
        };
        self.expect(")")?;
        Ok(term)
    }
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    #[test]
    fn what_oscal_uses_is_read() {
        for text in [
            ".",
            "@uuid",
            "//(control|group|part)",
            ".[@rel=('reference') and not(starts-with(@href,'#'))]/@href",
            "(.|statement|.//by-component)/prop[has-oscal-namespace('x') and @name='y']/@value",
            "not(@start > @end)",
            "a//b|doc(c/link[@rel='d']/@href)/e",
        ] {
            assert!(Expression::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in ["", "a[", "'open", "matches(a, 'b')", "..", "a b", "99999999999999999999", "@", "a/"] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
        assert!(Expression::parse(&"(".repeat(10_000)).is_err());
        assert!(Expression::parse(&"a[".repeat(10_000)).is_err());
    }
}
