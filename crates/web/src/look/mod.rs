//! The look: components that turn plain view structs into markup.
//!
//! Owns what things look like on screen and on paper. Must not know of the service, of requests or of the
//! clock: a component gets everything it shows as a value, and every text it is given is escaped by maud.
//! No component writes a `style` attribute or a script, because the content security policy forbids both;
//! widths and colours come from SVG attributes and classes.

pub mod badge;
pub mod chart;
pub mod day;
pub mod diagram;
pub mod dialog;
pub mod diff;
pub mod drop;
pub mod empty;
pub mod facts;
pub mod failure;
pub mod figure;
pub mod form;
pub mod icons;
pub mod link;
pub mod pager;
pub mod panel;
pub mod progress;
pub mod scorecard;
mod script;
pub mod sheet;
pub mod shell;
pub mod source;
pub mod sparkline;
pub mod table;
pub mod timeline;
pub mod when;
pub mod words;

pub use link::Link;
