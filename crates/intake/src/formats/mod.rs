//! The list of formats: one file each, one line each.

use crate::Reader;

/// Every reader. To add one, write its file and add its line.
pub const READERS: &[&dyn Reader] = &[];
