//! Pages, REST API, sign-in and live progress.

pub mod assets;
pub mod look;
