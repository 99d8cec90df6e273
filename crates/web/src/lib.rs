//! Pages, REST API, sign-in and live progress.
