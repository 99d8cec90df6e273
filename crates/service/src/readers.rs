//! The readers of a store: those that come with the program, and the mappings in its folder `readers`.

use crate::{Service, ServiceError};
use std::path::Path;
use warrant_intake::formats::{READERS, embedded, readers_with};
use warrant_intake::{Mapping, Reader};

/// The folder of a store's own mappings (`docs/readers.md`).
const FOLDER: &str = "readers";

/// The largest mapping: a hundred times the largest of ours.
const MOST_BYTES: u64 = 1 << 20;

/// Loads the mappings below a store's folder. One that cannot be used stops the program: without it, files that
/// it should read would go to another reader.
/// `None`: there are none, and ours need not be made ready before a file comes.
pub(crate) fn load(data: &Path) -> Result<Option<Vec<&'static dyn Reader>>, ServiceError> {
    let folder = data.join(FOLDER);
    let refused = |path: &Path, error: &dyn std::fmt::Display| {
        ServiceError::Refused(format!("{}: {error}; mend it or take it out of the folder", path.display()))
    };
    let mut paths = Vec::new();
    match std::fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(&folder, &error)),
        Ok(entries) => {
            for entry in entries {
                let path = entry.map_err(|error| refused(&folder, &error))?.path();
                if path.extension().is_some_and(|known| known == "toml") {
                    paths.push(path);
                }
            }
        }
    }
    paths.sort();
    let mut own = Vec::with_capacity(paths.len());
    for path in paths {
        let size = std::fs::metadata(&path).map_err(|error| refused(&path, &error))?.len();
        if size > MOST_BYTES {
            return Err(refused(&path, &format!("{size} bytes; a mapping has at most {MOST_BYTES}")));
        }
        let text = std::fs::read_to_string(&path).map_err(|error| refused(&path, &error))?;
        let mapping = Mapping::parse(&path.display().to_string(), &text);
        own.push(mapping.map_err(|error| ServiceError::Refused(format!("the mapping {error}")))?);
    }
    if own.is_empty() {
        return Ok(None);
    }
    Ok(Some(readers_with(embedded().filter_map(Result::ok).chain(own))))
}

/// What people call the formats that a store's readers know.
#[derive(Clone, Copy)]
pub struct FormatNames<'a>(&'a [&'static dyn Reader]);

impl FormatNames<'_> {
    /// What people call a format; its id when no reader knows it any more.
    pub fn title<'i>(&self, id: &'i str) -> &'i str {
        self.0.iter().find(|reader| reader.id() == id).map_or(id, |reader| reader.title())
    }

    /// The same without what stands in brackets, unless another format is called so too.
    pub fn short<'i>(&self, id: &'i str) -> &'i str {
        let short = |title: &'i str| title.split(" (").next().unwrap_or(title);
        let title = self.title(id);
        let alike = self.0.iter().filter(|reader| short(reader.title()) == short(title)).count();
        if alike > 1 { title } else { short(title) }
    }
}

impl Service {
    /// Every reader of this store, by id.
    pub fn readers(&self) -> &[&'static dyn Reader] {
        self.own_readers().unwrap_or(&READERS)
    }

    /// How many mappings the store has of its own.
    pub fn own_mappings(&self) -> usize {
        self.readers().len().saturating_sub(READERS.len())
    }

    /// What people call the formats of this store.
    pub fn formats(&self) -> FormatNames<'_> {
        FormatNames(self.readers())
    }
}
