//! The files of a hand-in by name, and all of them as one.

use super::{HandIn, HandInError};
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

impl HandIn {
    /// Its files with names that differ, each with an ending.
    pub fn named(&self, ending: &str) -> Vec<(String, &[u8])> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut named = Vec::new();
        for (name, bytes) in &self.files {
            let name = if name.is_empty() { "report" } else { name };
            let mut file = format!("{name}.{ending}");
            let mut nth = 2;
            while taken.contains(&file) {
                file = format!("{name}-{nth}.{ending}");
                nth += 1;
            }
            taken.insert(file.clone());
            named.push((file, bytes.as_slice()));
        }
        named
    }

    /// All its files in one ZIP file. The same files give the same bytes.
    ///
    /// # Errors
    /// When the ZIP format can not hold them: a name is too long, or together they are too large.
    pub fn archive(&self, ending: &str) -> Result<Vec<u8>, HandInError> {
        let method = CompressionMethod::Deflated;
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in self.named(ending) {
            let plain = |c: char| if matches!(c, '/' | '\\' | ':') || c.is_control() { '-' } else { c };
            let name: String = name.chars().map(plain).collect();
            archive.start_file(name.trim_start_matches('.'), options)?;
            archive.write_all(bytes).map_err(zip::result::ZipError::from)?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn files_of_one_name_are_told_apart_and_come_back() {
        let files =
            vec![("a".into(), b"1".to_vec()), ("a".into(), b"2".to_vec()), ("../b".into(), b"3".to_vec())];
        let made = HandIn { files, ..HandIn::default() };
        let mut archive = zip::ZipArchive::new(Cursor::new(made.archive("ckl").unwrap())).unwrap();
        let mut found = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            found.push((file.name().unwrap().into_owned(), text));
        }
        let expected = [("a.ckl", "1"), ("a-2.ckl", "2"), ("-b.ckl", "3")];
        assert_eq!(found, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(made.archive("ckl").unwrap(), made.archive("ckl").unwrap());
    }
}
