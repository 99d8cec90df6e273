//! `warrant controls tailoring`, `parameters` and `tailor`: what is decided about a system's baseline.

use crate::output::{print_json, print_table, say, write_to};
use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use warrant_catalog::index::Index;
use warrant_model::kinds::TailoringAction;
use warrant_service::tailored::{Decided, Effect, Parameter, Setting, layer_says};
use warrant_service::{Actor, Service};

#[derive(Debug, Args)]
pub(crate) struct Tailoring {
    /// Name or id of the system
    system: String,
    /// Only decisions that do this: add, remove, not-applicable, compensate, parameter
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Only decisions with this effect: holds, overruled, nothing
    #[arg(long, value_name = "EFFECT")]
    effect: Option<String>,
    /// A day or instant in the past
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// Write them: .csv, .xlsx or .json by the name's ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Parameters {
    /// Name or id of the system
    system: String,
    /// Only those that nobody has set
    #[arg(long)]
    unset: bool,
    /// A day or instant in the past
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// Write them: .csv, .xlsx or .json by the name's ending
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Tailor {
    /// Name or id of the system
    system: String,
    /// Control or statement, in any usual way of writing
    control: String,
    /// add, remove, not-applicable, compensate, or parameter for `PARAMETER=VALUE`
    action: String,
    /// What is set (PARAMETER=VALUE), or the controls that stand in
    what: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// Who approved it: e-mail address or id; needed to remove a control or to let others stand in
    #[arg(long, value_name = "PERSON")]
    approver: Option<String>,
}

/// Lists or writes decisions.
pub(super) async fn list(
    service: &Service,
    actor: &Actor,
    args: &Tailoring,
    as_json: bool,
) -> anyhow::Result<()> {
    let action = args.action.as_deref().map(action_of).transpose()?;
    if let Some(effect) = args.effect.as_deref()
        && !Effect::WORDS.iter().any(|(word, _)| *word == effect)
    {
        bail!("`{effect}` is no effect; holds, overruled and nothing are");
    }
    let as_of = args.as_of.as_deref().map(super::super::instant).transpose()?;
    let snapshot = service.snapshot(actor, &args.system, as_of).await?;
    let tailored = service.tailored(&snapshot);
    let wanted = |one: &&Decided| {
        action.is_none_or(|action| one.decision.body.action == action)
            && args.effect.as_deref().is_none_or(|effect| one.effect.word() == effect)
    };
    let shown: Vec<&Decided> = tailored.decisions.iter().filter(wanted).collect();
    let by = service.tailored_by(actor, &snapshot).await?;
    if let Some(path) = &args.output {
        let bytes = service.tailoring_file(&snapshot, &shown, &by, super::table_format(path)?)?;
        return write_to(Some(path), &bytes);
    }
    if as_json {
        let value = |one: &&Decided| {
            json!({
                "decision": one.decision.body, "id": one.decision.id, "layer": layer_says(&one.layer),
                "effect": one.effect.word(), "says": one.effect.says(), "updated_at": one.decision.updated_at,
                "updated_by": by.get(one.decision.id.as_str()),
            })
        };
        return print_json(&shown.iter().map(value).collect::<Vec<_>>());
    }
    let cells = |one: &&Decided| {
        vec![
            label(&one.decision.body.control),
            one.says(),
            layer_says(&one.layer).to_owned(),
            one.effect.says().to_owned(),
            one.decision.body.rationale.clone(),
        ]
    };
    let header = ["control", "decision", "layer", "effect", "why"];
    print_table(&header, &shown.iter().map(cells).collect::<Vec<_>>());
    say(&format!(
        "{} controls must be met, {} of {} parameters are unset",
        tailored.controls.len(),
        tailored.unset(),
        tailored.parameters.len()
    ));
    Ok(())
}

/// Lists or writes organisation-defined parameters.
pub(super) async fn parameters(
    service: &Service,
    actor: &Actor,
    args: &Parameters,
    as_json: bool,
) -> anyhow::Result<()> {
    let as_of = args.as_of.as_deref().map(super::super::instant).transpose()?;
    let snapshot = service.snapshot(actor, &args.system, as_of).await?;
    let tailored = service.tailored(&snapshot);
    let shown: Vec<&Parameter> =
        tailored.parameters.iter().filter(|one| !args.unset || one.set.is_none()).collect();
    if let Some(path) = &args.output {
        let by = service.tailored_by(actor, &snapshot).await?;
        let bytes = service.parameters_file(&snapshot, &shown, &by, super::table_format(path)?)?;
        return write_to(Some(path), &bytes);
    }
    let value = |set: &Setting| json!({"value": set.value, "record": set.record, "layer": layer_says(&set.layer), "at": set.at});
    if as_json {
        let one = |one: &&Parameter| json!({"id": one.id, "control": one.control, "label": one.label, "set": one.set.as_ref().map(value)});
        return print_json(&shown.iter().map(one).collect::<Vec<_>>());
    }
    let cells = |one: &&Parameter| {
        let set = one.set.as_ref();
        vec![
            label(&one.control),
            one.id.clone(),
            set.map_or("unset".to_owned(), |set| set.value.clone()),
            set.map_or(String::new(), |set| layer_says(&set.layer).to_owned()),
            one.label.clone(),
        ]
    };
    let header = ["control", "parameter", "value", "layer", "asks for"];
    print_table(&header, &shown.iter().map(cells).collect::<Vec<_>>());
    say(&format!("{} of {} parameters are unset", tailored.unset(), tailored.parameters.len()));
    Ok(())
}

/// Writes a decision: one that the system made before about the same is changed.
pub(super) async fn decide(
    service: &Service,
    actor: &Actor,
    args: &Tailor,
    as_json: bool,
) -> anyhow::Result<()> {
    let action = action_of(&args.action)?;
    let snapshot = service.snapshot(actor, &args.system, None).await?;
    let control = super::control_id(&args.control)?;
    let mut body = json!({"system": snapshot.system.id, "control": control, "action": action.word(), "rationale": args.because});
    match (action, args.what.as_slice()) {
        (TailoringAction::Parameter, [set]) => {
            let (parameter, value) = set.split_once('=').context("a parameter is set as PARAMETER=VALUE")?;
            body["parameter"] = Value::from(parameter.trim());
            body["value"] = Value::from(value.trim());
        }
        (TailoringAction::Parameter, _) => bail!("a parameter is set as PARAMETER=VALUE, one at a time"),
        (TailoringAction::Compensate, others) => body["compensated_by"] = json!(others),
        (_, []) => {}
        (_, [first, ..]) => bail!("`{first}` is too much: only `compensate` and `parameter` say with what"),
    }
    if let Some(person) = &args.approver {
        body["approver"] = Value::from(super::person(service, actor, person).await?);
    }
    let parameter = body["parameter"].as_str();
    let before = snapshot.tailorings.iter().find(|one| {
        !warrant_analysis::overlays::of_overlay(one)
            && (one.body.control.as_str(), one.body.action, one.body.parameter.as_deref())
                == (control.as_str(), action, parameter)
    });
    let before = before.map(|record| (record.id.0.clone(), record.version));
    super::write(service, actor, "tailoring", (before, body), as_json).await
}

fn action_of(word: &str) -> anyhow::Result<TailoringAction> {
    let words = || TailoringAction::ALL.map(|(action, _)| action.word()).join(", ");
    TailoringAction::from_word(word).with_context(|| format!("`{word}` is no decision; {} are", words()))
}

fn label(id: &str) -> String {
    Index::embedded().label_of(id)
}
