//! Files read up to a limit, so that a huge one costs no memory.

use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// The bytes of a file of at most `most` bytes.
///
/// # Errors
/// When it cannot be read, or is larger: a regular file is then not read at all, a pipe no further than that.
pub(crate) fn read(path: &Path, most: usize) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let told = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if told > most {
        return Err(too_large(most));
    }
    let mut bytes = Vec::with_capacity(told + 1);
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// From this many bytes on a file is looked over before it is held in memory.
const LARGE: u64 = 8 << 20;

/// How much of a file is looked at at once.
const PIECE: usize = 64 << 10;

/// [`read`], after `pass` has let every piece of a large file by: what is refused there costs no memory. A pipe is
/// looked over as it comes.
pub(crate) fn read_watched(
    path: &Path,
    most: usize,
    watch: impl FnOnce(&[u8]) -> Watch,
) -> anyhow::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && metadata.len() <= LARGE {
        return Ok(read(path, most)?);
    }
    let mut piece = vec![0; PIECE];
    let mut held = Vec::new();
    let mut length = file.read(&mut piece)?;
    let mut watch = watch(&piece[..length]);
    let mut passed = 0;
    while length > 0 {
        watch(&piece[..length])?;
        passed += length;
        if passed > most {
            return Err(too_large(most).into());
        }
        if !metadata.is_file() {
            held.extend_from_slice(&piece[..length]);
        }
        length = file.read(&mut piece)?;
    }
    drop(piece);
    if metadata.is_file() { Ok(read(path, most)?) } else { Ok(held) }
}

/// Looks at piece after piece, and refuses one.
pub(crate) type Watch = Box<dyn FnMut(&[u8]) -> anyhow::Result<()>>;

fn too_large(most: usize) -> Error {
    let message = format!("has more than {most} bytes; at most so many are read, so split it");
    Error::new(ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "12345").unwrap();
        assert_eq!(read(file.path(), 5).unwrap(), b"12345");
        assert_eq!(read(file.path(), 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
