//! The only place that touches files: bounded reads, staged durable writes, directory walks, the writer lock.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Folder for files that are not complete yet, inside the log directory.
pub const STAGING: &str = ".staging";

/// The writer's lock file, inside the log directory.
pub const LOCK: &str = ".lock";

/// Files written before they are flushed together.
const BATCH: usize = 128;

/// Folders remembered as durable, so that their parents need no further flush.
const REMEMBERED: usize = 4096;

/// A file operation that failed.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The operating system refused.
    #[error("cannot {action} {path}: {cause}")]
    Io {
        /// What was tried: "read", "flush", …
        action: &'static str,
        /// The file or folder.
        path: String,
        /// The system's answer.
        cause: io::Error,
    },
    /// The file is larger than its format allows.
    #[error("{path} is larger than the {limit} bytes its format allows")]
    TooLarge {
        /// The file.
        path: String,
        /// Most bytes allowed.
        limit: usize,
    },
    /// A folder, pipe or device stands where a file should.
    #[error("{path} is not a regular file")]
    NotAFile {
        /// The path.
        path: String,
    },
    /// Another process writes this log.
    #[error("{path} is locked: another process writes this log; stop it or open the log for reading")]
    Locked {
        /// The lock file.
        path: String,
    },
}

impl DiskError {
    /// Whether the file does not exist.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, DiskError::Io { cause, .. } if cause.kind() == ErrorKind::NotFound)
    }
}

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// [`DiskError`].
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, DiskError> {
    let fault = |cause| failed("read", path, cause);
    // Opening a pipe would wait for its other end.
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(DiskError::NotAFile { path: path.display().to_string() });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fault)?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() > limit {
        return Err(DiskError::TooLarge { path: path.display().to_string(), limit });
    }
    Ok(bytes)
}

/// As [`read`], with `None` for a file that does not exist.
///
/// # Errors
/// [`DiskError`].
pub fn read_if_present(path: &Path, limit: usize) -> Result<Option<Vec<u8>>, DiskError> {
    match read(path, limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(fault) if fault.is_absent() => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether anything stands at `path`.
///
/// # Errors
/// [`DiskError`] when the system does not say.
pub fn exists(path: &Path) -> Result<bool, DiskError> {
    path.try_exists().map_err(|cause| failed("look for", path, cause))
}

/// Writes a new file that only its owner can read (mode 0600 on Unix), flushed to the disk.
///
/// # Errors
/// [`DiskError`], also when the file exists.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let fault = |cause| failed("create", path, cause);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault)?;
    sync_folder(path.parent().unwrap_or(path))
}

/// Permission bits of a file that group or others may read; `None` when only the owner can.
///
/// # Errors
/// [`DiskError`].
pub fn exposed_mode(path: &Path) -> Result<Option<u32>, DiskError> {
    let metadata = fs::metadata(path).map_err(|cause| failed("read", path, cause))?;
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    #[cfg(not(unix))]
    let mode = u32::from(metadata.permissions().readonly()) & 0;
    Ok((mode & 0o077 != 0).then_some(mode))
}

/// The right to write one log directory, held until dropped.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Creates the directory if needed, takes the lock and removes files an interrupted writer left staged.
    ///
    /// # Errors
    /// [`DiskError::Locked`], [`DiskError::Io`].
    pub fn take(root: &Path) -> Result<WriterLock, DiskError> {
        if !exists(root)? {
            fs::create_dir_all(root).map_err(|cause| failed("create", root, cause))?;
            sync_folder(root.parent().unwrap_or(root))?;
        }
        let path = root.join(LOCK);
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = opened.map_err(|cause| failed("create", &path, cause))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DiskError::Locked { path: path.display().to_string() });
            }
            Err(TryLockError::Error(cause)) => return Err(failed("lock", &path, cause)),
        }
        remove_folder(&root.join(STAGING))?;
        Ok(WriterLock { _file: file })
    }
}

/// Writes files so that each appears whole or not at all: staged, flushed in batches, renamed, then the
/// folders flushed. Nothing is promised before [`Writer::finish`] returns.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    staged: Vec<(File, PathBuf, PathBuf)>,
    folders: BTreeSet<PathBuf>,
    durable: BTreeSet<PathBuf>,
    counter: u64,
}

impl Writer {
    /// A writer below `root`, which must be locked by the caller.
    #[must_use]
    pub fn new(root: &Path) -> Writer {
        let (folders, durable) = (BTreeSet::new(), BTreeSet::new());
        Writer { root: root.to_owned(), staged: Vec::new(), folders, durable, counter: 0 }
    }

    /// Stages a file; `name` is relative to the root, with `/` between folders.
    ///
    /// # Errors
    /// [`DiskError`]; the writer must then be dropped.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let staging = self.root.join(STAGING);
        if self.counter == 0 {
            fs::create_dir_all(&staging).map_err(|cause| failed("create", &staging, cause))?;
        }
        self.counter += 1;
        let draft = staging.join(self.counter.to_string());
        let fault = |cause| failed("write", &draft, cause);
        let mut file = File::create(&draft).map_err(fault)?;
        file.write_all(bytes).map_err(fault)?;
        self.staged.push((file, draft, self.root.join(name)));
        if self.staged.len() >= BATCH { self.settle() } else { Ok(()) }
    }

    /// Makes everything staged durable under its final name.
    ///
    /// # Errors
    /// [`DiskError`]; after a failed flush nothing written since the last success may be relied on.
    pub fn finish(&mut self) -> Result<(), DiskError> {
        self.settle()?;
        // Deepest first: a folder's entry is flushed with its parent, after its content.
        while let Some(folder) = self.folders.pop_last() {
            sync_folder(&folder)?;
            if self.durable.len() >= REMEMBERED {
                self.durable.clear();
            }
            self.durable.insert(folder);
        }
        Ok(())
    }

    fn settle(&mut self) -> Result<(), DiskError> {
        for (file, draft, _) in &self.staged {
            file.sync_all().map_err(|cause| failed("flush", draft, cause))?;
        }
        for (file, draft, path) in std::mem::take(&mut self.staged) {
            drop(file);
            let folder = path.parent().unwrap_or(&self.root);
            if !self.folders.contains(folder) {
                fs::create_dir_all(folder).map_err(|cause| failed("create", folder, cause))?;
                // A folder this writer has not seen durable may itself be lost: flush its parents too.
                let mut above = Some(folder).filter(|folder| folder.starts_with(&self.root));
                while let Some(folder) = above {
                    self.folders.insert(folder.to_owned());
                    let known = self.durable.contains(folder) || folder == self.root;
                    above = folder.parent().filter(|_| !known);
                }
            }
            fs::rename(&draft, &path).map_err(|cause| failed("rename to", &path, cause))?;
        }
        Ok(())
    }
}

/// Removes a folder and what it holds; one that does not exist is fine.
///
/// # Errors
/// [`DiskError`].
pub fn remove_folder(folder: &Path) -> Result<(), DiskError> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(failed("remove", folder, cause)),
        _ => Ok(()),
    }
}

/// Removes a file; one that does not exist is fine.
///
/// # Errors
/// [`DiskError`].
pub fn remove_file(path: &Path) -> Result<(), DiskError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(failed("remove", path, cause)),
        _ => Ok(()),
    }
}

/// What a walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A regular file, with its name relative to the root.
    File(String),
    /// A link, device or name that is not UTF-8: nothing a log holds.
    Other(String),
}

/// Calls `visit` for every file below `root`, folder by folder in order of name; links are not followed.
///
/// # Errors
/// [`DiskError`] when a folder cannot be listed, or what `visit` returns.
pub fn walk<E: From<DiskError>>(
    root: &Path,
    visit: &mut impl FnMut(Found) -> Result<(), E>,
) -> Result<(), E> {
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        let mut names = Vec::new();
        let listing = match fs::read_dir(&path) {
            // A writer at work removes the folders of partial tiles.
            Err(cause) if cause.kind() == ErrorKind::NotFound && !folder.is_empty() => continue,
            listing => listing.map_err(|cause| failed("list", &path, cause))?,
        };
        for item in listing {
            let item = item.map_err(|cause| failed("list", &path, cause))?;
            let kind = item.file_type().map_err(|cause| failed("list", &path, cause))?;
            names.push((item.file_name(), kind));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        let mut inner = Vec::new();
        for (name, kind) in names {
            let text = name.to_string_lossy();
            let name = if folder.is_empty() { text.to_string() } else { format!("{folder}/{text}") };
            if text.contains('\u{fffd}') || !(kind.is_dir() || kind.is_file()) {
                visit(Found::Other(name))?;
            } else if kind.is_dir() {
                inner.push(name);
            } else {
                visit(Found::File(name))?;
            }
        }
        folders.extend(inner.into_iter().rev());
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> Result<(), DiskError> {
    if cfg!(unix) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)
            .and_then(|open| open.sync_all())
            .map_err(|cause| failed("flush", folder, cause))?;
    }
    Ok(())
}

fn failed(action: &'static str, path: &Path, cause: io::Error) -> DiskError {
    DiskError::Io { action, path: path.display().to_string(), cause }
}
