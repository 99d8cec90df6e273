//! Which column of a roster holds what.

/// The columns' indexes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) email: usize,
    pub(super) course: usize,
    pub(super) completed: usize,
    pub(super) expires: Option<usize>,
    pub(super) score: Option<usize>,
    pub(super) status: Option<usize>,
}

const EMAIL: &[&str] = &[
    "email",
    "e mail",
    "mail",
    "email address",
    "e mail address",
    "mail address",
    "user email",
    "learner email",
    "employee email",
    "work email",
    "user e mail",
];
const COURSE: &[&str] = &[
    "course",
    "course name",
    "course title",
    "training",
    "training name",
    "training title",
    "training course",
    "module",
    "module name",
    "learning item",
    "class",
    "curriculum",
    "activity",
    "course code",
    "course id",
];
const COMPLETED: &[&str] = &[
    "completed",
    "completion date",
    "date completed",
    "completed date",
    "completed on",
    "completed at",
    "date of completion",
    "completion",
    "finished",
    "finish date",
    "date passed",
    "training date",
];
const EXPIRES: &[&str] = &[
    "expires",
    "expires on",
    "expiry",
    "expiry date",
    "expiration",
    "expiration date",
    "valid until",
    "valid to",
    "valid through",
    "renewal date",
    "date expires",
];
const SCORE: &[&str] =
    &["score", "final score", "grade", "score percent", "percentage", "percent", "test score"];
const STATUS: &[&str] = &[
    "status",
    "result",
    "outcome",
    "passed",
    "pass fail",
    "completion status",
    "course status",
    "training status",
];

impl Columns {
    /// The columns that the headers name; `None` unless e-mail, course and completion date are among them.
    pub(super) fn of(headers: &[String]) -> Option<Self> {
        let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
        // The synonyms are in order of preference: a title is better than a code.
        let find =
            |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|header| header == name));
        Some(Self {
            email: find(EMAIL)?,
            course: find(COURSE)?,
            completed: find(COMPLETED)?,
            expires: find(EXPIRES),
            score: find(SCORE),
            status: find(STATUS),
        })
    }
}

/// Lower case, one space for anything but letters and digits: `E-Mail_Address` → `e mail address`.
fn plain(header: &str) -> String {
    let spaced: String =
        header.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
