//! Integration tests of the readers as a whole.

mod registry;
