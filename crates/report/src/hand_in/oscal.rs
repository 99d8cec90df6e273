//! OSCAL documents of a system (OSCAL 1.2, all in JSON, XML or YAML): its profile, security plan, assessment plan,
//! assessment results and plan of action.
//!
//! Identifiers follow from those of records and findings, and times from what was recorded, so that the same facts
//! give the same bytes. What the model requires and nobody recorded is said to be unrecorded; everything else that is
//! unknown is left out.

mod activities;
mod catalogue;
mod components;
mod evidence;
mod findings;
mod identity;
mod inventory;
mod metadata;
mod observations;
mod plan;
mod poam;
mod profile;
mod requirements;
mod results;
mod risks;
mod shape;
mod view;

use super::format::{Document, Made, Options, Sort};
use super::subject::Subject;
use super::{HandIn, HandInError};
use serde_json::{Value, json};
use view::View;
use warrant_oscal::validate::validate;
use warrant_oscal::{Document as OscalDocument, Format, Limits};

const SOURCE: &str = "NIST OSCAL 1.2.2";

/// The documents, in the order in which each builds on the one before.
pub(super) static DOCUMENTS: [Document; 5] = [
    Document {
        id: "oscal-profile",
        title: "OSCAL profile",
        about: "the baseline of SP 800-53 as tailored for the system: added controls and parameters",
        source: SOURCE,
        sort: Sort::Oscal,
        ending: "json",
        make: profile::make,
    },
    Document {
        id: "oscal-ssp",
        title: "OSCAL system security plan (SSP)",
        about: "characteristics, components, inventory and how each control is implemented",
        source: SOURCE,
        sort: Sort::Oscal,
        ending: "json",
        make: plan::make,
    },
    Document {
        id: "oscal-ap",
        title: "OSCAL assessment plan (AP)",
        about: "controls to assess, what to look at, subjects, tools, and what is due",
        source: SOURCE,
        sort: Sort::Oscal,
        ending: "json",
        make: activities::make,
    },
    Document {
        id: "oscal-ar",
        title: "OSCAL assessment results (AR)",
        about: "observations of tools and people with their evidence, findings by statement, risks",
        source: SOURCE,
        sort: Sort::Oscal,
        ending: "json",
        make: results::make,
    },
    Document {
        id: "oscal-poam",
        title: "OSCAL plan of action and milestones (POA&M)",
        about: "items with milestones, the risks they end, and the observations behind them",
        source: SOURCE,
        sort: Sort::Oscal,
        ending: "json",
        make: poam::make,
    },
];

/// What a document is made of, and what the person who hands it in must know.
#[derive(Default)]
struct Draft {
    left_empty: Vec<String>,
    notes: Vec<String>,
}

impl Draft {
    /// Writes the document of a model in the format that was asked for.
    fn write(mut self, view: &View<'_>, kind: &str, model: &str, body: Value) -> Made {
        let body = serde_json::to_vec(&json!({ model: shape::pruned(body) }))?;
        let document = OscalDocument::read(&body, Format::Json, &Limits::default())?;
        let problems = validate(&document);
        let wrong = problems.iter().filter(|problem| problem.level == warrant_oscal::schema::Level::Error);
        self.notes.extend(wrong.take(MOST_PROBLEMS).map(|problem| {
            format!("not valid OSCAL at {}: {}; {}", problem.place, problem.message, problem.remedy)
        }));
        let text = document.write(view.syntax())?;
        Ok(HandIn {
            files: vec![(view.file_stem(kind), text.into_bytes())],
            left_empty: self.left_empty,
            notes: self.notes,
            ..HandIn::default()
        })
    }
}

/// How many problems of a document are told.
const MOST_PROBLEMS: usize = 10;

/// The controls of the system, or why there is nothing to say about them.
fn need_controls(subject: &Subject<'_>) -> Result<(), HandInError> {
    if subject.controls.is_empty() {
        return Err(HandInError::Nothing("controls (categorise its information types first)"));
    }
    Ok(())
}

/// What was asked for, as the format's own.
fn syntax(options: &Options<'_>) -> Format {
    options.syntax.unwrap_or(Format::Json)
}
