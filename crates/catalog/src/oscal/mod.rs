//! The OSCAL catalogue and profile models in their JSON form, tolerant to OSCAL 1.0.0 to 1.2.x.
//!
//! Fields we do not name are kept in `rest` and written back, so a document survives reading and writing.
//! Source: NIST OSCAL metaschema 1.2.2, models *catalog* and *profile*.

mod catalog;
mod elements;
mod metadata;
mod profile;
mod read;

pub use catalog::{Catalog, Control, Group};
pub use elements::{Constraint, Guideline, Link, Param, Part, Prop, Select};
pub(crate) use elements::{OSCAL_NS, SUCCESSION, keeps_always, label_below, linked_controls, plain_label};
pub use metadata::{BackMatter, Base64, Metadata, Resource, ResourceLink};
pub use profile::{
    Add, Alter, Combine, Custom, CustomGroup, Import, InsertControls, Matching, Merge, Modify, Profile,
    Remove, SelectControls, SetParameter,
};
pub use read::{Document, MAX_BYTES, MAX_DEPTH, ReadError};

/// Fields of an object that this model does not name, kept in their order.
pub type Rest = serde_json::Map<String, serde_json::Value>;
