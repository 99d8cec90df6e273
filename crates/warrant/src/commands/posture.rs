//! `warrant posture`, `warrant compare`, `warrant deficiencies`.

use super::instant;
use crate::cli::{Compare, Deficiencies, Posture};
use crate::output::{FOUND, OK, print, print_json, print_table};
use std::process::ExitCode;
use std::sync::Arc;
use warrant_model::posture::{PostureSummary, Scorecard};
use warrant_model::time::day;
use warrant_service::query::DeficiencyQuery;
use warrant_service::{Actor, Service};

/// One system, or a line per system.
pub(crate) async fn posture(
    service: &Service,
    actor: &Actor,
    args: &Posture,
    json: bool,
) -> anyhow::Result<()> {
    let as_of = args.as_of.as_deref().map(instant).transpose()?;
    if let Some(system) = &args.system {
        let posture = service.posture(actor, system, as_of).await?;
        if json {
            return print_json(&posture);
        }
        let name = service.system_row(actor, system).await?.title;
        print(&format!("{name} as of {}", day(posture.as_of)));
        print_summary(&posture.summary());
        for deficiency in posture.deficiencies.iter().take(20) {
            print(&format!(
                "{:>6.0}  {:<8}  {}",
                deficiency.rank.score,
                deficiency.severity.word(),
                deficiency.title
            ));
        }
        return Ok(());
    }
    let names = service.system_names(actor).await?;
    let mut summaries = service.summaries(actor).await?;
    if let Some(at) = as_of {
        summaries.clear();
        for id in names.keys() {
            if let Ok(posture) = service.posture(actor, id, Some(at)).await {
                summaries.push(Arc::new(posture.summary()));
            }
        }
    }
    if json {
        return print_json(&summaries.iter().map(Arc::as_ref).collect::<Vec<_>>());
    }
    let rows: Vec<_> = summaries
        .iter()
        .map(|summary| {
            let mut row =
                vec![names.get(&summary.system).cloned().unwrap_or_else(|| "(programme)".to_owned())];
            row.push(summary.baseline.clone());
            row.extend(bars(&summary.scorecard));
            row.push(summary.deficiencies.total().to_string());
            row.push(summary.open_findings.total().to_string());
            row.push(summary.worst.as_ref().map(|(_, title)| title.clone()).unwrap_or_default());
            row
        })
        .collect();
    print_table(&["system", "baseline", "C", "I", "A", "deficiencies", "open findings", "worst"], &rows);
    Ok(())
}

fn bars(scorecard: &Scorecard) -> [String; 3] {
    scorecard.0.clone().map(|indicator| match indicator.score {
        Some(score) => format!("{score:.0}"),
        None => "not assessed".to_owned(),
    })
}

fn print_summary(summary: &PostureSummary) {
    let [c, i, a] = bars(&summary.scorecard);
    print(&format!("confidentiality {c}, integrity {i}, availability {a}"));
    let controls = summary.controls;
    print(&format!(
        "controls ({}): {} satisfied, {} not, {} stale, {} not assessed",
        summary.baseline,
        controls.satisfied,
        controls.other_than_satisfied,
        controls.stale,
        controls.not_assessed
    ));
    print(&format!(
        "{} deficiencies ({} excepted), {} open findings",
        summary.deficiencies.total(),
        summary.excepted,
        summary.open_findings.total()
    ));
}

/// What changed between two times. Exit 1 when something did.
pub(crate) async fn compare(
    service: &Service,
    actor: &Actor,
    args: &Compare,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let from = instant(&args.from)?;
    let to = args.to.as_deref().map(instant).transpose()?;
    let delta = service.compare(actor, &args.system, from, to).await?;
    let code = ExitCode::from(if delta.is_empty() { OK } else { FOUND });
    if json {
        print_json(&delta)?;
        return Ok(code);
    }
    for (word, deficiencies) in [("opened", &delta.opened), ("ended", &delta.ended)] {
        for deficiency in deficiencies {
            print(&format!("{word:<9} {:<8}  {}", deficiency.severity.word(), deficiency.title));
        }
    }
    for (word, changes) in [("worsened", &delta.worsened), ("eased", &delta.eased)] {
        for change in changes {
            print(&format!("{word:<9} {:<8}  {}", change.after.severity.word(), change.after.title));
        }
    }
    Ok(code)
}

/// The queue.
pub(crate) async fn deficiencies(
    service: &Service,
    actor: &Actor,
    args: &Deficiencies,
    json: bool,
) -> anyhow::Result<()> {
    let system = match &args.system {
        Some(system) => Some(service.system_row(actor, system).await?.id),
        None => None,
    };
    let query = DeficiencyQuery {
        text: args.text.clone(),
        system,
        check: args.check.clone(),
        limit: args.limit,
        ..DeficiencyQuery::default()
    };
    let page = service.queue(actor, &query).await?;
    if json {
        let rows: Vec<_> = page
            .rows
            .iter()
            .map(|row| serde_json::json!({"system": row.system, "deficiency": row.deficiency}))
            .collect();
        return print_json(&rows);
    }
    let names = service.system_names(actor).await?;
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            let d = &row.deficiency;
            vec![
                format!("{:.0}", d.rank.score),
                d.severity.word().to_owned(),
                names.get(&row.system).cloned().unwrap_or_else(|| "(programme)".to_owned()),
                d.title.clone(),
                d.due.map(|due| due.to_string()).unwrap_or_default(),
                d.id.clone(),
            ]
        })
        .collect();
    print_table(&["rank", "severity", "system", "what", "due", "id"], &rows);
    if page.total > page.rows.len() as i64 {
        crate::output::say(&format!("{} of {} shown", page.rows.len(), page.total));
    }
    Ok(())
}
