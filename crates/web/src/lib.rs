//! Pages, REST API, sign-in and live progress.
//!
//! Translates requests into calls of `service` and answers into markup or JSON. Must not decide who may do
//! what, compute postures or touch the store: everything goes through [`warrant_service::Service`].

pub mod api;
pub mod assets;
pub mod backups;
pub mod edits;
pub mod error;
mod file;
mod grid;
pub mod guides;
pub mod imports;
pub mod language;
mod list;
pub mod look;
pub mod page;
pub mod pages;
mod past;
pub mod pending;
pub mod posted;
mod scope;
pub mod server;
pub mod session;
pub mod waiting;
pub mod words;

pub use server::{Settings, router, router_with, serve, serve_with};
