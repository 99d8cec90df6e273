//! From byte offsets to line numbers.

/// Finds the line of a byte offset; built once per file, answers by binary search.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<u64>,
    base: usize,
}

impl Lines {
    /// Indexes the line starts of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let newlines = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at as u64 + 1);
        Self { starts: std::iter::once(0).chain(newlines).collect(), base: bytes.as_ptr() as usize }
    }

    /// The 1-based line that holds the byte at `offset`.
    pub fn at(&self, offset: u64) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The 1-based line on which `part` starts, `part` being a slice borrowed from the same bytes (as
    /// `serde_json::value::RawValue` gives it). 0 when it is not.
    pub fn of_part(&self, part: &str) -> u32 {
        (part.as_ptr() as usize).checked_sub(self.base).map_or(0, |offset| self.at(offset as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_are_counted_from_one() {
        let text = "ab\ncd\n\nef";
        let lines = Lines::of(text.as_bytes());
        assert_eq!(lines.at(0), 1);
        assert_eq!(lines.at(2), 1);
        assert_eq!(lines.at(3), 2);
        assert_eq!(lines.of_part(&text[7..]), 4);
    }
}
