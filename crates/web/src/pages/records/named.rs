//! What text fields may name by id: deficiencies, findings, files of evidence and checks. They are no links
//! between records, because most of what they name is computed; a form shows titles all the same.

use super::shown::{ids_in, resolve};
use crate::error::PageError;
use crate::look::figure::cut;
use crate::look::form::{Choice, Choices, named_key};
use crate::pages::sources::check_title;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds};
use serde_json::Value;
use std::collections::BTreeSet;
use warrant_model::field::{Field, FieldType};
use warrant_model::time::{day, from_micros};
use warrant_service::query::{DeficiencyQuery, EvidenceQuery, FindingQuery};

/// The most things offered beside what a record names already; the others are reached from their own pages,
/// whose verbs fill the form in.
const MOST: i64 = 60;

/// The most present values whose titles are looked up.
const MOST_PRESENT: usize = 100;

/// Adds what these fields may name, for a record of `system` (none: of the programme).
pub(super) async fn offer(
    app: &App,
    who: &Who,
    fields: &[Field],
    body: &Value,
    system: Option<&str>,
    choices: &mut Choices,
) -> Result<(), PageError> {
    for field in fields {
        if !matches!(field.value, FieldType::Text(_) | FieldType::List) {
            continue;
        }
        let mut offered = match field.name.as_str() {
            "about" | "deficiency" | "deficiencies" => deficiencies(app, who, system).await?,
            "finding" | "findings" => findings(app, who, system).await?,
            "evidence" => evidence(app, who, system).await?,
            "check" => checks(),
            _ => continue,
        };
        let present = ids_in(&body[&field.name]);
        let mut first = Vec::new();
        for id in present.into_iter().take(MOST_PRESENT) {
            match offered.iter().position(|choice| choice.value == id) {
                Some(at) => first.push(offered.remove(at)),
                None => first.push(stranger(app, who, &field.name, id).await?),
            }
        }
        first.extend(offered);
        choices.insert(named_key(&field.name), first);
    }
    Ok(())
}

/// A thing that is named but would not be offered: it has ended, or belongs elsewhere.
async fn stranger(app: &App, who: &Who, field: &str, id: &str) -> Result<Choice, PageError> {
    let title = match field {
        "check" => None,
        "evidence" => {
            let query = EvidenceQuery { hash: Some(id.to_owned()), limit: 1, ..EvidenceQuery::default() };
            app.service.list_evidence(&who.actor, &query).await?.rows.pop().map(|file| file.name)
        }
        _ => resolve(app, who, id).await?.map(|link| link.title),
    };
    let title = title.unwrap_or_else(|| Words::of("records-not-found").with("what", cut(id, 24)).said());
    Ok(Choice { value: id.to_owned(), title })
}

async fn deficiencies(app: &App, who: &Who, system: Option<&str>) -> Result<Vec<Choice>, PageError> {
    let system = Some(system.unwrap_or_default().to_owned());
    let query = DeficiencyQuery { system, limit: MOST, ..DeficiencyQuery::default() };
    let rows = app.service.queue(&who.actor, &query).await?.rows;
    let choice = |deficiency: warrant_model::posture::Deficiency| Choice {
        title: format!(
            "{} ({})",
            deficiency.title,
            kinds::choice("severity", deficiency.severity.word()).to_lowercase()
        ),
        value: deficiency.id,
    };
    Ok(rows.into_iter().map(|row| choice(row.deficiency)).collect())
}

async fn findings(app: &App, who: &Who, system: Option<&str>) -> Result<Vec<Choice>, PageError> {
    let Some(system) = system else { return Ok(Vec::new()) };
    let open = warrant_model::finding::FindingState::Open;
    let query = FindingQuery {
        system: Some(system.to_owned()),
        state: Some(open),
        limit: MOST,
        ..FindingQuery::default()
    };
    let rows = app.service.list_findings(&who.actor, &query).await?.rows;
    let choice = |finding: warrant_model::finding::Finding| Choice {
        title: Words::of("records-found-on")
            .with("title", &*finding.title)
            .with("target", &*finding.target)
            .with("severity", kinds::choice("severity", finding.severity.word()).to_lowercase())
            .said(),
        value: finding.id,
    };
    Ok(rows.into_iter().map(choice).collect())
}

async fn evidence(app: &App, who: &Who, system: Option<&str>) -> Result<Vec<Choice>, PageError> {
    let Some(system) = system else { return Ok(Vec::new()) };
    let query = EvidenceQuery { system: Some(system.to_owned()), limit: MOST, ..EvidenceQuery::default() };
    let rows = app.service.list_evidence(&who.actor, &query).await?.rows;
    let mut seen = BTreeSet::new();
    let rows = rows.into_iter().filter(|file| seen.insert(file.hash.clone()));
    let choice = |file: warrant_service::query::EvidenceRow| Choice {
        title: Words::of("records-seen")
            .with("name", &*file.name)
            .with("day", day(from_micros(file.observed_at)))
            .said(),
        value: file.hash.0,
    };
    Ok(rows.map(choice).collect())
}

fn checks() -> Vec<Choice> {
    let all = warrant_analysis::checks::CHECKS.iter().map(|check| check.about);
    let choice = |about: warrant_analysis::checks::About| Choice {
        value: about.id.to_owned(),
        title: check_title(about.id),
    };
    let mut choices: Vec<Choice> = all.map(choice).collect();
    choices.sort_by_cached_key(|choice| choice.title.to_lowercase());
    choices
}
