//! Cell names and ranges (`B6`, `B6:AF50`), columns and rows counted from 1.

/// The last row of a sheet (ECMA-376 part 1 §18.3.1.73).
pub(super) const ROWS: u32 = 1_048_576;

/// The last column of a sheet.
pub(super) const COLUMNS: u32 = 16_384;

/// A rectangle of cells, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
}

impl Area {
    /// A range as written, dollar signs aside; `None` when it is none. Whole columns and rows span the sheet.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace('$', "");
        let (from, to) = text.split_once(':').unwrap_or((&text, &text));
        let (from, to) = (parts(from)?, parts(to)?);
        let area = Self {
            left: from.0.unwrap_or(1),
            top: from.1.unwrap_or(1),
            right: to.0.unwrap_or(COLUMNS),
            bottom: to.1.unwrap_or(ROWS),
        };
        (area.left <= area.right && area.top <= area.bottom).then_some(area)
    }

    /// Whether a cell lies inside.
    pub(super) fn holds(&self, column: u32, row: u32) -> bool {
        (self.left..=self.right).contains(&column) && (self.top..=self.bottom).contains(&row)
    }

    /// Whether the two share a cell.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    /// The smallest area that holds both.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// As it is written.
    pub(super) fn name(&self) -> String {
        let (from, to) = (cell_name(self.left, self.top), cell_name(self.right, self.bottom));
        if from == to { from } else { format!("{from}:{to}") }
    }
}

/// Column and row of a cell name; `None` when it is none.
pub(super) fn cell_of(name: &str) -> Option<(u32, u32)> {
    match parts(name)? {
        (Some(column), Some(row)) => Some((column, row)),
        _ => None,
    }
}

fn parts(name: &str) -> Option<(Option<u32>, Option<u32>)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at(letters);
    if letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = |byte: u8| u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |column, byte| column * 26 + value(byte));
    let row = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let fits = column <= COLUMNS && row <= ROWS && (column > 0 || row > 0);
    let some = |number: u32, given: &str| (!given.is_empty()).then_some(number);
    (fits && (digits.is_empty() || row > 0)).then(|| (some(column, letters), some(row, digits)))
}

/// The name of a cell: `AF6` for column 32 and row 6.
pub(super) fn cell_name(column: u32, row: u32) -> String {
    column_name(column) + &row.to_string()
}

/// The letters of a column: `AF` for 32.
pub(super) fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_agree() {
        for (name, cell) in
            [("A1", (1, 1)), ("Z9", (26, 9)), ("AA10", (27, 10)), ("XFD1048576", (COLUMNS, ROWS))]
        {
            assert_eq!(cell_of(name), Some(cell));
            assert_eq!(cell_name(cell.0, cell.1), name);
        }
        for name in ["", "A", "1", "A0", "XFE1", "A1048577", "1A", "A1:B2", "A-1", "ABCD1"] {
            assert_eq!(cell_of(name), None, "{name}");
        }
    }

    #[test]
    fn ranges_are_read_as_spreadsheets_write_them() {
        let area = Area::parse("$B$6:AF50").unwrap();
        assert_eq!((area.left, area.top, area.right, area.bottom), (2, 6, 32, 50));
        assert_eq!(area.name(), "B6:AF50");
        assert_eq!(Area::parse("C:C").unwrap(), Area { left: 3, top: 1, right: 3, bottom: ROWS });
        assert_eq!(Area::parse("B6").unwrap().name(), "B6");
        assert!(Area::parse("B6:A1").is_none() && Area::parse("x y").is_none());
        assert!(
            area.meets(&Area::parse("AF50:AG60").unwrap()) && !area.meets(&Area::parse("AG1:AH9").unwrap())
        );
    }
}
