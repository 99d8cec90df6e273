//! Every endpoint, once: the router and the OpenAPI document are made from this table.

use super::{evidence, findings, ledger, openapi, records, releases, search, systems};
use crate::server::App;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

/// An endpoint.
pub(super) struct Route {
    /// `get`, `post`, …
    pub(super) method: &'static str,
    /// Path below `/api/v1`; `{kind}` stands for every kind.
    pub(super) path: &'static str,
    /// Name in generated clients; `{Kind}` stands for the kind's name.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) summary: &'static str,
    /// Query parameters.
    pub(super) query: &'static [Parameter],
    /// What is sent.
    pub(super) sends: Sends,
    /// What comes back.
    pub(super) gives: Gives,
    /// What answers.
    pub(super) handler: fn() -> MethodRouter<App>,
}

/// A query parameter: its name, its JSON type or the words it knows, what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter(pub(super) &'static str, pub(super) Sort, pub(super) &'static str);

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Bool,
    /// A day or an instant.
    Instant,
}

/// What a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sends {
    /// Nothing.
    Nothing,
    /// The body of a record.
    Record,
    /// Some fields of a record.
    Fields,
    /// A state and fields.
    Step,
    /// The bytes of a file.
    File,
}

/// What an answer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// A record.
    Record,
    /// A new record (201).
    Created,
    /// A page of records.
    Records,
    /// A page of anything else.
    Page,
    /// A list.
    List,
    /// An object.
    Object,
    /// Nothing (204).
    Nothing,
}

const Q: Parameter = Parameter("q", Sort::Text, "Words that must all occur.");
const SYSTEM: Parameter = Parameter("system", Sort::Text, "Only of this system, by id or name.");
const LIMIT: Parameter =
    Parameter("limit", Sort::Integer, "Rows at most, 1 to 500; 50 when it is not given.");
const OFFSET: Parameter = Parameter("offset", Sort::Integer, "Rows to skip.");
const VERSION: Parameter =
    Parameter("version", Sort::Integer, "The version that was read; `If-Match` says the same.");
const STATE: Parameter = Parameter("state", Sort::Text, "Only in this state.");
const SEVERITY: Parameter =
    Parameter("severity", Sort::Text, "`critical`, `high`, `medium`, `low` or `none`.");
const AS_OF: Parameter = Parameter("as_of", Sort::Instant, "As it was then; now when it is not given.");

/// Every endpoint.
pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "get",
        path: "/kinds",
        name: "listKinds",
        summary: "Every kind of record with its fields, life cycle and JSON schema.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(records::kinds),
    },
    Route {
        method: "get",
        path: "/records/{kind}",
        name: "list{Kind}",
        summary: "Records of the kind; any field's name is a filter too.",
        query: &[
            Q,
            STATE,
            SYSTEM,
            Parameter("sort", Sort::Text, "`title`, `state` or `updated`; `-` before it turns it round."),
            LIMIT,
            OFFSET,
        ],
        sends: Sends::Nothing,
        gives: Gives::Records,
        handler: || get(records::list),
    },
    Route {
        method: "post",
        path: "/records/{kind}",
        name: "create{Kind}",
        summary: "Make a record.",
        query: &[],
        sends: Sends::Record,
        gives: Gives::Created,
        handler: || post(records::create),
    },
    Route {
        method: "get",
        path: "/records/{kind}/{id}",
        name: "get{Kind}",
        summary: "One record; the entity tag is its version.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Record,
        handler: || get(records::one),
    },
    Route {
        method: "put",
        path: "/records/{kind}/{id}",
        name: "replace{Kind}",
        summary: "Give a record a new body.",
        query: &[VERSION],
        sends: Sends::Record,
        gives: Gives::Record,
        handler: || put(records::replace),
    },
    Route {
        method: "patch",
        path: "/records/{kind}/{id}",
        name: "change{Kind}",
        summary: "Change some fields of a record; null empties one.",
        query: &[VERSION],
        sends: Sends::Fields,
        gives: Gives::Record,
        handler: || patch(records::patch),
    },
    Route {
        method: "delete",
        path: "/records/{kind}/{id}",
        name: "remove{Kind}",
        summary: "Remove a record; its history stays.",
        query: &[VERSION],
        sends: Sends::Nothing,
        gives: Gives::Nothing,
        handler: || delete(records::remove),
    },
    Route {
        method: "get",
        path: "/records/{kind}/{id}/history",
        name: "historyOf{Kind}",
        summary: "The versions of a record, newest first, with the ledger's leaf of each.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(records::history),
    },
    Route {
        method: "post",
        path: "/records/{kind}/{id}/state",
        name: "step{Kind}",
        summary: "Take a record to another state of its life cycle, filling in fields on the way.",
        query: &[],
        sends: Sends::Step,
        gives: Gives::Record,
        handler: || post(records::step),
    },
    Route {
        method: "get",
        path: "/systems",
        name: "listSystems",
        summary: "Every system with the summary of its posture, worst first.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(systems::list),
    },
    Route {
        method: "get",
        path: "/systems/{id}/posture",
        name: "getPosture",
        summary: "A system's posture: scorecard, controls, deficiencies with grounds and corrective actions.",
        query: &[AS_OF],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(systems::posture),
    },
    Route {
        method: "get",
        path: "/systems/{id}/controls",
        name: "listControls",
        summary: "A system's controls with status and grounds.",
        query: &[AS_OF],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(systems::controls),
    },
    Route {
        method: "get",
        path: "/systems/{id}/compare",
        name: "compareSystem",
        summary: "What is different between two instants.",
        query: &[
            Parameter("from", Sort::Instant, "The earlier instant; needed."),
            Parameter("to", Sort::Instant, "The later one; now when it is not given."),
        ],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(systems::compare),
    },
    Route {
        method: "get",
        path: "/deficiencies",
        name: "listDeficiencies",
        summary: "The queue, highest rank first.",
        query: &[
            Q,
            SYSTEM,
            Parameter("check", Sort::Text, "Only by this check."),
            SEVERITY,
            Parameter("owner", Sort::Text, "Only those that fall to this person, by id."),
            Parameter("planned", Sort::Bool, "Only planned or only unplanned ones."),
            Parameter("excepted", Sort::Bool, "Only excepted ones, or none of them."),
            Parameter("due_by", Sort::Text, "Only those due on this day or before."),
            LIMIT,
            OFFSET,
        ],
        sends: Sends::Nothing,
        gives: Gives::Page,
        handler: || get(findings::deficiencies),
    },
    Route {
        method: "get",
        path: "/deficiencies/{id}",
        name: "getDeficiency",
        summary: "One deficiency with grounds, corrective actions and rank.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(findings::one_deficiency),
    },
    Route {
        method: "get",
        path: "/findings",
        name: "listFindings",
        summary: "Findings, worst first, each with its priority while it is an open weakness.",
        query: &[
            Q,
            SYSTEM,
            STATE,
            SEVERITY,
            Parameter(
                "priority",
                Sort::Text,
                "Only those decided so: `immediate`, `out-of-cycle`, `scheduled` or `defer`.",
            ),
            Parameter(
                "order",
                Sort::Text,
                "`severity` (when it is not given) or `priority`, the worst first.",
            ),
            Parameter("target", Sort::Text, "Only of this host or artefact."),
            Parameter("tool", Sort::Text, "Only by this tool."),
            Parameter("control", Sort::Text, "Only those that bear on this control."),
            LIMIT,
            OFFSET,
        ],
        sends: Sends::Nothing,
        gives: Gives::Page,
        handler: || get(findings::findings),
    },
    Route {
        method: "get",
        path: "/findings/{id}",
        name: "getFinding",
        summary: "One finding with its priority, scores, changes of state and every sighting.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(findings::one_finding),
    },
    Route {
        method: "get",
        path: "/evidence",
        name: "listEvidence",
        summary: "Accepted files, newest first.",
        query: &[Q, SYSTEM, Parameter("format", Sort::Text, "Only of this reader."), LIMIT, OFFSET],
        sends: Sends::Nothing,
        gives: Gives::Page,
        handler: || get(evidence::list),
    },
    Route {
        method: "get",
        path: "/evidence/{hash}",
        name: "getEvidence",
        summary: "One file, once for every system it was accepted for.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(evidence::one),
    },
    Route {
        method: "post",
        path: "/import",
        name: "importEvidence",
        summary: "Take in one file of evidence; the body is its bytes.",
        query: &[
            SYSTEM,
            Parameter(
                "release",
                Sort::Text,
                "The release it is about: `portal 2.5.0`; a bill of materials says it itself.",
            ),
            Parameter("name", Sort::Text, "The file's name."),
            Parameter("dry_run", Sort::Bool, "Say what it would do and write nothing."),
        ],
        sends: Sends::File,
        gives: Gives::Object,
        handler: || post(evidence::import),
    },
    Route {
        method: "get",
        path: "/releases",
        name: "listReleases",
        summary: "Releases of every component, judged by the advisories in force, with the age of these.",
        query: &[SYSTEM],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::list),
    },
    Route {
        method: "get",
        path: "/releases/{system}/{component}",
        name: "getReleases",
        summary: "A component's releases in order, and the life of every vulnerability over them.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::line),
    },
    Route {
        method: "get",
        path: "/releases/{system}/{component}/compare",
        name: "compareReleases",
        summary: "What a later release introduces, fixes and leaves open.",
        query: &[
            Parameter("from", Sort::Text, "The earlier version; needed."),
            Parameter("to", Sort::Text, "The later one; needed."),
        ],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::compare),
    },
    Route {
        method: "get",
        path: "/releases/{system}/{component}/{version}",
        name: "getRelease",
        summary: "One release: safe to ship or not and why, what hits it, the smallest safe steps, what was not assessed.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::one),
    },
    Route {
        method: "get",
        path: "/advisories",
        name: "listAdvisories",
        summary: "Every vulnerability that hits a release in use, worst first.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::hitting),
    },
    Route {
        method: "get",
        path: "/advisories/feed",
        name: "getAdvisoryFeed",
        summary: "The advisories in force with the age of each source; null when there are none.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::feed),
    },
    Route {
        method: "put",
        path: "/advisories/feed",
        name: "loadAdvisories",
        summary: "Put a bundle or one file of advisories in force and judge every release by it; the body is its bytes.",
        query: &[Parameter("name", Sort::Text, "The file's name.")],
        sends: Sends::File,
        gives: Gives::Object,
        handler: || put(releases::load),
    },
    Route {
        method: "get",
        path: "/advisories/{id}",
        name: "whoIsHit",
        summary: "Who of ours a vulnerability hits, by any of its ids: which releases, since when, fixed in which.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(releases::who),
    },
    Route {
        method: "get",
        path: "/ledger",
        name: "getLedger",
        summary: "Size, checkpoint, key, and the newest entries that fit; at most 20,000 are gone through.",
        query: &[
            Parameter("before", Sort::Integer, "Only entries below this index: the `next` of an answer."),
            Parameter("who", Sort::Text, "What the name of who did it holds."),
            Parameter("action", Sort::Text, "What the word for what was done holds."),
            Parameter("on", Sort::Text, "What the instant begins with: `2026-11`."),
            Parameter("q", Sort::Text, "Words that occur in who, what was done or what it is about."),
            LIMIT,
        ],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(ledger::entries),
    },
    Route {
        method: "get",
        path: "/ledger/proof/{id}",
        name: "getProof",
        summary: "A proof that the newest change of a record or file is in the ledger.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(ledger::proof),
    },
    Route {
        method: "post",
        path: "/ledger/verify",
        name: "verifyLedger",
        summary: "Verify every row, leaf, tile, evidence byte and stored posture.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || post(ledger::verify),
    },
    Route {
        method: "get",
        path: "/search",
        name: "search",
        summary: "Hits among records, deficiencies, findings and evidence.",
        query: &[Q, LIMIT],
        sends: Sends::Nothing,
        gives: Gives::List,
        handler: || get(search::search),
    },
    Route {
        method: "get",
        path: "/openapi.json",
        name: "getOpenapi",
        summary: "This document.",
        query: &[],
        sends: Sends::Nothing,
        gives: Gives::Object,
        handler: || get(openapi::answer),
    },
];
