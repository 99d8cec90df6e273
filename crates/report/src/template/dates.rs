//! Days as numbers: which cell styles show one, and the number of a day.

use super::TemplateError;
use super::scan::{Piece, Scan};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Which styles show dates, and from when days are counted.
#[derive(Debug, Default)]
pub(super) struct Dates {
    styles: BTreeSet<usize>,
    from_1904: bool,
}

impl Dates {
    /// Reads the part with the styles.
    pub(super) fn read(styles: Option<(&str, &str)>, from_1904: bool) -> Result<Self, TemplateError> {
        let mut found = Self { from_1904, ..Self::default() };
        let Some((text, part)) = styles else { return Ok(found) };
        let mut custom = BTreeSet::new();
        let mut inside = false;
        let mut nth = 0;
        let mut scan = Scan::new(text, part);
        while let Some(piece) = scan.next()? {
            let Piece::Start(tag) = piece else { continue };
            match tag.name() {
                "numFmt" => {
                    let code = tag.attribute("formatCode").unwrap_or_default();
                    if let Some(id) = tag.attribute("numFmtId").filter(|_| shows_days(&code)) {
                        custom.insert(id);
                    }
                }
                "xf" if inside => {
                    let id = tag.attribute("numFmtId").unwrap_or_default();
                    // Built-in formats (ECMA-376 part 1 §18.8.30).
                    let built_in =
                        id.parse::<u32>().is_ok_and(|id| matches!(id, 14..=17 | 22 | 27..=36 | 50..=58));
                    if built_in || custom.contains(&id) {
                        found.styles.insert(nth);
                    }
                    nth += 1;
                }
                name if tag.depth == 2 => inside = name == "cellXfs",
                _ => {}
            }
        }
        Ok(found)
    }

    /// Whether cells of this style show a number as a day.
    pub(super) fn shown_by(&self, style: Option<&str>) -> bool {
        style.and_then(|style| style.parse().ok()).is_some_and(|style| self.styles.contains(&style))
    }

    /// The number of a day; `None` before the first that spreadsheets agree on (1 March 1900).
    pub(super) fn number(&self, day: Date) -> Option<i64> {
        let (zero, first) = if self.from_1904 {
            (Date::constant(1904, 1, 1), Date::constant(1904, 1, 1))
        } else {
            // Day 60 is 29 February 1900, which never was: from then on counting from this day is right.
            (Date::constant(1899, 12, 30), Date::constant(1900, 3, 1))
        };
        let days = day.duration_since(zero).as_hours() / 24;
        (day >= first && day.year() <= 9999).then_some(days)
    }

    /// The day of a number, its time aside; `None` where spreadsheets do not agree, or it is none.
    pub(super) fn day(&self, number: f64) -> Option<Date> {
        let first = if self.from_1904 { 0.0 } else { 61.0 };
        if !(first..2_958_466.0).contains(&number) {
            return None;
        }
        let zero = if self.from_1904 { Date::constant(1904, 1, 1) } else { Date::constant(1899, 12, 30) };
        zero.checked_add(jiff::Span::new().days(number.floor() as i64)).ok()
    }
}

/// Whether a format code shows days, months or years: quoted, bracketed and escaped characters aside.
fn shows_days(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => letters.by_ref().take_while(|c| *c != '"').for_each(drop),
            '[' => letters.by_ref().take_while(|c| *c != ']').for_each(drop),
            '\\' | '_' | '*' => drop(letters.next()),
            'd' | 'D' | 'y' | 'Y' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn formats_with_days_are_told_from_others() {
        for code in ["mm/dd/yyyy", "[$-409]d\\-mmm\\-yy;@", "yyyy", "dddd"] {
            assert!(shows_days(code), "{code}");
        }
        for code in ["General", "0.00", "[Red]0", "\"days\" 0", "0\\d", "h:mm", "@", "#,##0_d"] {
            assert!(!shows_days(code), "{code}");
        }
    }

    #[test]
    fn days_have_the_numbers_that_spreadsheets_give_them() {
        let dates = Dates::default();
        assert_eq!(dates.number(date(1900, 3, 1)), Some(61));
        assert_eq!(dates.number(date(2026, 3, 5)), Some(46086));
        assert_eq!(dates.number(date(1900, 2, 28)), None);
        assert_eq!(dates.day(61.0), Some(date(1900, 3, 1)));
        assert_eq!(dates.day(46086.75), Some(date(2026, 3, 5)));
        for number in [60.9, -1.0, f64::NAN, 1e300] {
            assert_eq!(dates.day(number), None, "{number}");
        }
        let mac = Dates { from_1904: true, ..Dates::default() };
        assert_eq!(mac.number(date(2026, 3, 5)), Some(46086 - 1462));
        assert_eq!(mac.day(46086.0 - 1462.0), Some(date(2026, 3, 5)));
    }

    #[test]
    fn the_styles_of_cells_are_counted_not_those_they_build_on() {
        let text = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd-mmm-yyyy\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"><alignment/></xf><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
        let dates = Dates::read(Some((text, "styles")), false).unwrap();
        assert!(!dates.shown_by(None) && !dates.shown_by(Some("0")));
        assert!(dates.shown_by(Some("1")) && dates.shown_by(Some("2")));
    }
}
