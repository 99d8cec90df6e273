//! Spellings of control and statement references: `AC-2 (1)`, `ac-2.1`, `AC-02(01)`, `AC-1 a 1 (a)`.

/// A control named in any usual spelling, with the items of its statement if the text goes that far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// OSCAL identifier of the control, e.g. `ac-2.1`.
    pub control: String,
    /// Items below the statement, e.g. `["a", "1"]`; empty when the control as a whole is meant.
    pub items: Vec<String>,
}

/// Gives the OSCAL identifier of a control of the 800-53 family, whatever the spelling.
///
/// `AC-2 (1)`, `AC-2(1)`, `AC-02(01)`, `ac-2.1` and `AC2(1)` all give `ac-2.1`. `None` when the text is not a
/// control, or names an item of its statement (use [`Reference::parse`]).
pub fn normalize_control_id(text: &str) -> Option<String> {
    let reference = Reference::parse(text)?;
    reference.items.is_empty().then_some(reference.control)
}

impl Reference {
    /// Reads a reference to a control or an item of its statement.
    pub fn parse(text: &str) -> Option<Reference> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let family_end = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (family, rest) = text.split_at(family_end);
        if !(2..=3).contains(&family.len()) {
            return None;
        }
        let rest = rest.trim_start_matches(['-', ' ', '\u{2010}', '\u{2011}', '\u{2013}']);
        let (base, rest) = digits(rest)?;
        let mut control = format!("{}-{base}", family.to_ascii_lowercase());
        let mut rest = rest;
        if let Some((enhancement, after)) = enhancement(rest) {
            control = format!("{control}.{enhancement}");
            rest = after;
        }
        let rest = rest.strip_prefix("_smt").unwrap_or(rest);
        Some(Reference { control, items: items(rest)? })
    }

    /// OSCAL identifier of the statement, e.g. `ac-1_smt.a.1`, by NIST's convention.
    pub fn statement_id(&self) -> String {
        let mut id = format!("{}_smt", self.control);
        for item in &self.items {
            id.push('.');
            id.push_str(item);
        }
        id
    }
}

const LONGEST: usize = 64;

/// Leading digits without leading zeros, and what follows.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.trim_start_matches('0');
    (!number.is_empty()).then_some((number, rest))
}

fn enhancement(text: &str) -> Option<(&str, &str)> {
    if let Some(dotted) = text.strip_prefix('.') {
        return digits(dotted);
    }
    let (number, rest) = digits(text.trim_start().strip_prefix('(')?.trim_start())?;
    Some((number, rest.trim_start().strip_prefix(')')?))
}

/// Items separated by blanks, dots or brackets; each is a number or one or two letters.
fn items(text: &str) -> Option<Vec<String>> {
    let mut items = Vec::new();
    for word in text.split([' ', '.', '(', ')', '[', ']']).filter(|w| !w.is_empty()) {
        let letters = word.len() <= 2 && word.chars().all(|c| c.is_ascii_alphabetic());
        let number = word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit());
        // `AC-1a1` and `AC-2d` run items together.
        if !letters && !number {
            let split = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at == 1)?;
            let (letter, number) = word.split_at(split);
            if !letter.chars().all(|c| c.is_ascii_alphabetic()) || !number.chars().all(|c| c.is_ascii_digit())
            {
                return None;
            }
            items.push(letter.to_ascii_lowercase());
            items.push(number.to_owned());
            continue;
        }
        items.push(word.to_ascii_lowercase());
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_spellings_give_one_identifier() {
        for text in ["AC-2 (1)", "AC-2(1)", "AC-02(01)", "ac-2.1", " ac-2.01 ", "AC2(1)", "AC\u{2013}2 ( 1 )"]
        {
            assert_eq!(normalize_control_id(text).as_deref(), Some("ac-2.1"), "{text}");
        }
        assert_eq!(normalize_control_id("SR-12").as_deref(), Some("sr-12"));
        for text in
            ["", "AC", "AC-", "AC-0", "access-2", "AC-2(1", "AC-2 foo", "AC-2a", "1-2", "AC-2 (1) (a)"]
        {
            assert_eq!(normalize_control_id(text), None, "{text}");
        }
    }

    #[test]
    fn items_of_a_statement() {
        for (text, id) in [
            ("AC-1 a 1 (a)", "ac-1_smt.a.1.a"),
            ("AC-2 (3) (b)", "ac-2.3_smt.b"),
            ("AC-2 (4) (b) (1)", "ac-2.4_smt.b.1"),
            ("AC-2d.1", "ac-2_smt.d.1"),
            ("AC-2d1", "ac-2_smt.d.1"),
            ("ac-2_smt.d.1", "ac-2_smt.d.1"),
            ("AC-6 (a)", "ac-6_smt.a"),
        ] {
            assert_eq!(Reference::parse(text).unwrap().statement_id(), id, "{text}");
        }
    }

    proptest! {
        #[test]
        fn normal_forms_are_fixed_points(family in "[a-z]{2}", base in 1u16..40, enhancement in 0u16..40) {
            let id = match enhancement {
                0 => format!("{family}-{base}"),
                e => format!("{family}-{base}.{e}"),
            };
            prop_assert_eq!(normalize_control_id(&id), Some(id.clone()));
            let label = match enhancement {
                0 => format!("{}-{base:02}", family.to_uppercase()),
                e => format!("{}-{base:02} ({e:02})", family.to_uppercase()),
            };
            prop_assert_eq!(normalize_control_id(&label), Some(id));
        }

        #[test]
        fn any_text_is_taken_without_panic(text in "\\PC{0,40}") {
            let _ = Reference::parse(&text);
        }
    }
}
