//! Dates as workbooks store them: days since an epoch, told from numbers by the cell's number format.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

/// The day that serial numbers are counted from (ECMA-376 part 1 §18.17.4.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Serial 1 is 1 January 1900, and a 29 February 1900 is counted that never was.
    #[default]
    Windows1900,
    /// Serial 0 is 1 January 1904.
    Mac1904,
}

/// A serial number as `2026-03-05`, `2026-03-05T10:20:30`, or `10:20:30` when it is less than a day. `None` when
/// it is no date.
pub(super) fn shown(serial: f64, epoch: Epoch) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if days == 0 && epoch == Epoch::Windows1900 {
        return Some(time);
    }
    let (start, days) = match epoch {
        Epoch::Mac1904 => (Date::constant(1904, 1, 1), days),
        Epoch::Windows1900 if days < 60 => (Date::constant(1899, 12, 31), days),
        Epoch::Windows1900 => (Date::constant(1899, 12, 30), days),
    };
    let passed: Span = Span::try_days(0.days(), days).ok()?;
    let date = start.checked_add(passed).ok()?;
    Some(if second == 0 { date.to_string() } else { format!("{date}T{time}") })
}

/// Whether a built-in number format shows a date or time (ECMA-376 part 1 §18.8.30, East Asian ones included).
pub(super) fn is_builtin_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45 | 47 | 50..=58)
}

/// Whether a format code shows a date or time. Text in quotation marks, escaped characters and brackets
/// (colours, locales) do not count; elapsed hours such as `[h]:mm` are amounts, not dates.
pub(super) fn is_date_format(code: &str) -> bool {
    let mut letters = code.chars();
    let mut found = false;
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            '"' => while letters.next().is_some_and(|inner| inner != '"') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inner: String = letters.by_ref().take_while(|inner| *inner != ']').collect();
                if matches!(inner.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return false;
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' => found = true,
            // The second section is for negative numbers.
            ';' => break,
            _ => {}
        }
    }
    // `General` has none of these letters.
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_dates() {
        let cases = [
            (46086.0, "2026-03-05"),
            (46086.5, "2026-03-05T12:00:00"),
            (46_086.999_999, "2026-03-06"),
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (0.25, "06:00:00"),
            (2_958_465.0, "9999-12-31"),
        ];
        for (serial, expected) in cases {
            assert_eq!(shown(serial, Epoch::Windows1900).as_deref(), Some(expected), "{serial}");
        }
        assert_eq!(shown(44624.0, Epoch::Mac1904).as_deref(), Some("2026-03-05"));
        for serial in [-1.0, f64::NAN, 1e300] {
            assert_eq!(shown(serial, Epoch::Windows1900), None);
        }
    }

    #[test]
    fn date_formats_are_told_from_numbers() {
        for code in ["yyyy-mm-dd", "[$-409]d\\-mmm\\-yy;@", "h:mm AM/PM", "m/d/yy"] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"days\"", "[Red]0", "[h]:mm", "0\\d", "0;\"m\"", "@"] {
            assert!(!is_date_format(code), "{code}");
        }
    }
}
