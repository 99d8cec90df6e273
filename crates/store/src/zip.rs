//! Compressing, with what a thread needs for it kept between calls: for a few kilobytes, making it takes longer than
//! using it.

use std::cell::RefCell;
use std::io;
use zstd::bulk::Compressor;

thread_local! {
    static KEPT: RefCell<[Option<(i32, Compressor<'static>)>; 2]> = const { RefCell::new([None, None]) };
}

/// The bytes as one zstd frame of a level.
pub(crate) fn zip(bytes: &[u8], level: i32) -> io::Result<Vec<u8>> {
    let mut zipped = roomy(bytes, level)?;
    zipped.shrink_to_fit();
    Ok(zipped)
}

fn roomy(bytes: &[u8], level: i32) -> io::Result<Vec<u8>> {
    KEPT.with_borrow_mut(|kept| {
        let at = kept.iter().position(|kept| kept.as_ref().is_some_and(|(known, _)| *known == level));
        if let Some((_, compressor)) = at.and_then(|at| kept[at].as_mut()) {
            return compressor.compress(bytes);
        }
        let mut compressor = Compressor::new(level)?;
        let packed = compressor.compress(bytes);
        kept.rotate_right(1);
        kept[0] = Some((level, compressor));
        packed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_zipped_on_whatever_level_comes_back() {
        for level in [1, 3, 1, 9, 3] {
            for bytes in [&b""[..], b"evidence", &[7; 100_000]] {
                assert_eq!(zstd::decode_all(zip(bytes, level).unwrap().as_slice()).unwrap(), bytes);
            }
        }
    }
}
