//! `warrant catalog map`: what a requirement is to those of another framework.

use crate::output::{OK, print, print_json, say};
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::process::ExitCode;
use warrant_catalog::crosswalk::{self, Relation, Way};
use warrant_catalog::frameworks::{self, Framework};
use warrant_catalog::index::normalize_control_id;
use warrant_catalog::suggest::nearest;

/// Prints one line per requirement of the other framework.
pub(super) fn run(id: &str, from: Option<&str>, to: &str, json: bool) -> anyhow::Result<ExitCode> {
    let target = framework(to)?;
    let (source, id) = source(id, from)?;
    let way = crosswalk::between(source, target)
        .with_context(|| format!("no crosswalk connects {source} and {target}; known are {}", listed()))?;
    let built_in = frameworks::find(to);
    let rows: Vec<(String, Relation, String)> = way
        .crosswalk
        .of(&id)
        .filter(|(other, _)| selects(built_in, other))
        .map(|(other, relation)| (other.to_owned(), relation, title(built_in, other)))
        .collect();
    if json {
        let mapped = rows.iter().map(|(id, relation, title)| {
            serde_json::json!({"id": id, "relationship": relation.name(), "title": title})
        });
        print_json(&serde_json::json!({"source": id, "from": source, "to": to, "along": way.along,
            "mapped": mapped.collect::<Vec<_>>()}))?;
        return Ok(ExitCode::from(OK));
    }
    for (other, relation, title) in &rows {
        print(&format!("{id}  {:<15}  {other}  {title}", relation.name()));
    }
    tell(&way, &id, rows.is_empty());
    Ok(ExitCode::from(OK))
}

fn tell(way: &Way, id: &str, nothing: bool) {
    let along = way.along.join(" → ");
    say(&match nothing {
        true => format!("nothing follows for {id} from the tables along {along}"),
        false => format!("from the tables along {along}"),
    });
}

/// Frameworks that a crosswalk knows.
fn known() -> BTreeSet<&'static str> {
    crosswalk::frameworks().collect()
}

fn listed() -> String {
    known().into_iter().collect::<Vec<_>>().join(", ")
}

/// The framework of crosswalks that a name means; a baseline stands for the framework it selects from.
fn framework(name: &str) -> anyhow::Result<&'static str> {
    let whole = name.split('/').next().unwrap_or(name);
    if let Some(found) = known().into_iter().find(|k| k.eq_ignore_ascii_case(whole)) {
        return Ok(found);
    }
    let near = nearest(whole, known().into_iter(), 1);
    let hint = near.first().map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
    bail!("no crosswalk leads to {name:?}{hint}; known are {}", listed())
}

/// The framework that a requirement belongs to, and its identifier there.
fn source(id: &str, from: Option<&str>) -> anyhow::Result<(&'static str, String)> {
    let names: Vec<&'static str> = match from {
        Some(from) => vec![framework(from)?],
        None => known().into_iter().collect(),
    };
    let found: Vec<(&'static str, String)> =
        names.into_iter().filter_map(|name| Some((name, identifier(name, id)?))).collect();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => bail!("{id:?} is in none of the frameworks with a crosswalk: {}", listed()),
        several => {
            let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
            bail!("{id:?} is in {}; say which with --from", names.join(" and in "))
        }
    }
}

/// The identifier of a requirement in a framework, from what people write.
fn identifier(framework: &str, id: &str) -> Option<String> {
    if framework == "cci" {
        let id = id.trim().to_ascii_uppercase();
        return (!warrant_catalog::cci::cci(&id).is_empty()).then_some(id);
    }
    if let Some(built_in) = frameworks::find(framework) {
        let index = built_in.index();
        let control = index.find(id).and_then(|no| index.control(no)).map(|c| c.id.clone());
        return control.or_else(|| index.statement_by_id(id).map(|_| id.to_owned()));
    }
    let id = normalize_control_id(id).unwrap_or_else(|| id.to_owned());
    let listed = crosswalk::CROSSWALKS.iter().filter(|l| l.from == framework);
    listed.map(|l| l.crosswalk()).any(|c| c.of(&id).next().is_some()).then_some(id)
}

/// Whether a baseline has the requirement; without baseline, every one.
fn selects(framework: Option<&Framework>, id: &str) -> bool {
    let Some((framework, baseline)) = framework.and_then(|f| Some((f, f.baseline?))) else { return true };
    let index = framework.index();
    let statement = index.statement_by_id(id).and_then(|no| index.statement(no)).map(|s| s.control);
    let control = index.by_id(id).or(statement).and_then(|no| index.control(no));
    control.is_some_and(|c| c.baselines.contains(baseline))
}

fn title(framework: Option<&Framework>, id: &str) -> String {
    let Some(index) = framework.map(Framework::index) else { return String::new() };
    index.by_id(id).and_then(|no| index.control(no)).map(|c| c.title.clone()).unwrap_or_default()
}
