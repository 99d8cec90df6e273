//! Where tiles and entry bundles live: C2SP tlog-tiles paths and widths, tile height 8.

use std::fmt;
use std::str::FromStr;

use crate::hash::Hash;

/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: usize = 256;

/// Levels of tiles that a tree of up to 2^64 − 1 leaves can have.
pub const LEVELS: u8 = 8;

/// What a file under `tile/` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Up to 256 entries with their lengths: `tile/entries/…`.
    Entries,
    /// Up to 256 hashes of level `0..LEVELS`: `tile/<level>/…`.
    Hashes(u8),
}

impl TileKind {
    /// Level of the hashes; bundles stand beside level 0.
    #[must_use]
    pub fn level(self) -> u8 {
        match self {
            TileKind::Entries => 0,
            TileKind::Hashes(level) => level,
        }
    }
}

/// Name of one immutable file: kind, index and width. Text form: `tile/<L>/<N>[.p/<W>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    /// Bundle or hash tile.
    pub kind: TileKind,
    /// Index within the level, from 0.
    pub index: u64,
    /// Hashes or entries in it: 1 to 255 for a partial, 256 for a full one.
    pub width: u16,
}

/// Why a text is no [`TilePath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a tile path (tile/<level or entries>/<index in groups of three>[.p/<width>])")]
pub struct TilePathError(pub String);

/// Why the bytes of a hash tile cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} bytes ({} hashes of 32), found {found}", expected / 32)]
pub struct TileLengthError {
    /// Bytes the width calls for.
    pub expected: usize,
    /// Bytes there are.
    pub found: usize,
}

impl TilePath {
    /// The widest version of tile `index` in a tree of `size` leaves; `None` when the tree has no such tile.
    #[must_use]
    pub fn at(kind: TileKind, index: u64, size: u64) -> Option<TilePath> {
        let hashes = size.checked_shr(8 * u32::from(kind.level())).unwrap_or(0);
        let width = match index.cmp(&(hashes >> 8)) {
            std::cmp::Ordering::Less => TILE_WIDTH as u16,
            std::cmp::Ordering::Equal => (hashes & 0xff) as u16,
            std::cmp::Ordering::Greater => 0,
        };
        (width > 0).then_some(TilePath { kind, index, width })
    }

    /// The same tile when complete.
    #[must_use]
    pub fn full(self) -> TilePath {
        TilePath { width: TILE_WIDTH as u16, ..self }
    }

    /// Whether the tile is complete.
    #[must_use]
    pub fn is_full(self) -> bool {
        usize::from(self.width) == TILE_WIDTH
    }

    /// Folder of the partial versions of this tile, relative to the log: `tile/<L>/<N>.p`.
    #[must_use]
    pub fn partial_folder(self) -> String {
        format!("{}.p", self.full())
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Entries => f.write_str("tile/entries/")?,
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        while groups.len() > 1 {
            write!(f, "x{:03}/", groups.pop().unwrap_or(0))?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

impl FromStr for TilePath {
    type Err = TilePathError;

    /// Accepts exactly what [`fmt::Display`] writes: one spelling a tile.
    fn from_str(text: &str) -> Result<TilePath, TilePathError> {
        read_path(text)
            .filter(|path| path.to_string() == text)
            .ok_or_else(|| TilePathError(text.chars().take(200).collect()))
    }
}

fn read_path(text: &str) -> Option<TilePath> {
    let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => TileKind::Entries,
        level => TileKind::Hashes(level.parse().ok().filter(|level| *level < LEVELS)?),
    };
    let (index_text, width) = match rest.split_once(".p/") {
        None => (rest, TILE_WIDTH as u16),
        Some((index, width)) => (index, width.parse().ok().filter(|w| (1..TILE_WIDTH as u16).contains(w))?),
    };
    let mut index = 0u64;
    for group in index_text.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let value: u64 = digits.parse().ok().filter(|_| digits.len() == 3)?;
        index = index.checked_mul(1000)?.checked_add(value)?;
    }
    Some(TilePath { kind, index, width })
}

/// The bytes of a hash tile.
#[must_use]
pub fn encode_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// Reads a hash tile of `width` hashes.
///
/// # Errors
/// Any length but `32 * width`.
pub fn decode_hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>, TileLengthError> {
    let expected = usize::from(width) * 32;
    let (hashes, rest) = bytes.as_chunks::<32>();
    if bytes.len() != expected || !rest.is_empty() {
        return Err(TileLengthError { expected, found: bytes.len() });
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_the_specification() {
        let path = |kind, index, width| TilePath { kind, index, width }.to_string();
        assert_eq!(path(TileKind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(TileKind::Hashes(2), 0, 17), "tile/2/000.p/17");
        assert_eq!(path(TileKind::Entries, 999, 256), "tile/entries/999");
        assert_eq!(path(TileKind::Entries, 1000, 1), "tile/entries/x001/000.p/1");
        assert_eq!(
            path(TileKind::Hashes(7), u64::MAX, 255),
            "tile/7/x018/x446/x744/x073/x709/x551/615.p/255"
        );
    }

    #[test]
    fn only_one_spelling_is_read() {
        for text in ["tile/0/000", "tile/entries/x001/x234/067.p/255", "tile/7/999"] {
            assert_eq!(text.parse::<TilePath>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "tile/0/",
            "tile/00/000",
            "tile/8/000",
            "tile/0/0000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/07",
            "tile/0/+12",
            "tile/0/../../checkpoint",
            "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/entries/000/",
        ] {
            assert!(text.parse::<TilePath>().is_err(), "{text}");
        }
    }

    #[test]
    fn widths_of_the_example_in_the_specification() {
        let width = |level, index, size| TilePath::at(TileKind::Hashes(level), index, size).map(|p| p.width);
        assert_eq!(width(0, 272, 70_000), Some(256));
        assert_eq!(width(0, 273, 70_000), Some(112));
        assert_eq!(width(0, 274, 70_000), None);
        assert_eq!((width(1, 0, 70_000), width(1, 1, 70_000)), (Some(256), Some(17)));
        assert_eq!((width(2, 0, 70_000), width(3, 0, 70_000)), (Some(1), None));
        assert_eq!((width(0, 0, 256), width(1, 0, 256)), (Some(256), Some(1)));
        assert_eq!((width(7, 0, u64::MAX), width(7, 1, u64::MAX)), (Some(255), None));
        assert_eq!(width(0, u64::MAX >> 8, u64::MAX), Some(255));
    }
}
