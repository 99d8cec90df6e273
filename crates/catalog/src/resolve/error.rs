//! What can go wrong in a resolution, and what is merely worth a look.

use super::LoadError;
use crate::oscal::ReadError;

/// Why a profile was not resolved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// A profile imports itself, directly or through others.
    #[error("circular import: {}", path.join(" -> "))]
    Circular {
        /// Locations from the first occurrence of the profile to its repetition.
        path: Vec<String>,
    },
    /// Nothing was found at the address.
    #[error("{from}: import {href:?} was not found (tried {})", tried.join(", "))]
    NotFound {
        /// Location of the importing profile.
        from: String,
        /// The reference as written.
        href: String,
        /// Addresses tried.
        tried: Vec<String>,
    },
    /// The import points to a resource that the back matter does not have.
    #[error("{from}: import {href:?} names no resource of the back matter")]
    MissingResource {
        /// Location of the importing profile.
        from: String,
        /// The reference as written.
        href: String,
    },
    /// The resource has no link or content that could be read.
    #[error("{from}: resource {uuid} has neither an rlink nor embedded content; give it one")]
    EmptyResource {
        /// Location of the importing profile.
        from: String,
        /// The resource.
        uuid: String,
    },
    /// The embedded content of a resource is not base 64.
    #[error("{from}: resource {uuid}: the embedded content is not base 64 ({reason}); embed it again")]
    BadBase64 {
        /// Location of the importing profile.
        from: String,
        /// The resource.
        uuid: String,
        /// What is wrong, with the position.
        reason: String,
    },
    /// The loader refused or failed.
    #[error("{from}: import {href:?}: {reason}")]
    Load {
        /// Location of the importing profile.
        from: String,
        /// The reference as written.
        href: String,
        /// What the loader says.
        reason: LoadError,
    },
    /// The document is not an OSCAL catalogue or profile.
    #[error("{location}: {reason}")]
    Read {
        /// Location of the document.
        location: String,
        /// What is wrong with it.
        reason: ReadError,
    },
    /// More than one of `flat`, `as-is` and `custom` is asked for.
    #[error("{location}: merge has more than one of flat, as-is and custom; keep one")]
    TwoStructures {
        /// Location of the profile.
        location: String,
    },
    /// A keyword is not one that OSCAL knows.
    #[error("{location}: {field} has the value {value:?}; use one of {}", allowed.join(", "))]
    UnknownKeyword {
        /// Location of the profile.
        location: String,
        /// The field.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        allowed: &'static [&'static str],
    },
    /// Documents of different major OSCAL versions can not be combined.
    #[error("{location}: OSCAL version {version:?} can not be resolved together with version 1")]
    OtherMajorVersion {
        /// Location of the document.
        location: String,
        /// Its `oscal-version`.
        version: String,
    },
    /// A limit of [`super::Limits`] is reached.
    #[error("{location}: more than {limit} {what}; the profile is refused")]
    LimitReached {
        /// Location of the profile being resolved.
        location: String,
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
}

/// Something the author of a profile should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Warning {
    /// The result has no controls.
    #[error("the profile selects no controls")]
    NothingSelected,
    /// An identifier of `with-ids` is not in the imported document.
    #[error("{location}: control {id:?} is not in {href:?}")]
    UnknownControl {
        /// Location of the profile.
        location: String,
        /// The import.
        href: String,
        /// The identifier.
        id: String,
    },
    /// Two controls with one identifier are in the result, which makes it invalid.
    #[error("control {id:?} is included more than once; set merge.combine.method to use-first")]
    DuplicateControl {
        /// The identifier.
        id: String,
    },
    /// `combine` with method `merge` is deprecated and not defined by the specification.
    #[error("{location}: merge.combine.method `merge` is deprecated; contents of equal controls are united")]
    DeprecatedMerge {
        /// Location of the profile.
        location: String,
    },
    /// A setting names a parameter that is not in the result.
    #[error("{location}: set-parameter {id:?} matches no parameter")]
    UnknownParameter {
        /// Location of the profile.
        location: String,
        /// The parameter.
        id: String,
    },
    /// An alteration names a control that is not in the result.
    #[error("{location}: alter {id:?} matches no control")]
    AlterWithoutControl {
        /// Location of the profile.
        location: String,
        /// The control.
        id: String,
    },
    /// An addition names an object that the control does not have; it is ignored, as the specification says.
    #[error("{location}: alter {control:?}: add by-id {id:?} matches nothing")]
    AddWithoutTarget {
        /// Location of the profile.
        location: String,
        /// The control.
        control: String,
        /// The object.
        id: String,
    },
    /// Additions name their own control by `by-id`, which the specification calls inoperative; they are
    /// applied to the control nevertheless, because nothing else can be meant.
    #[error(
        "{location}: {count} alters add to their own control by-id; applied, but other resolvers may ignore \
         them: leave by-id out"
    )]
    AddNamesItsControl {
        /// Location of the profile.
        location: String,
        /// Number of alterations that do so.
        count: usize,
    },
    /// An import names neither `include-all` nor `include-controls` and so selects nothing.
    #[error("{location}: import {href:?} has neither include-all nor include-controls and selects nothing")]
    EmptyImport {
        /// Location of the profile.
        location: String,
        /// The import.
        href: String,
    },
    /// An insertion point of a custom structure selects nothing; it is ignored.
    #[error("{location}: an insert-controls selects none of the imported controls")]
    EmptyInsertion {
        /// Location of the profile.
        location: String,
    },
}
