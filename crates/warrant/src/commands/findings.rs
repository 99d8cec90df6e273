//! `warrant findings`: what tools report, and how fast to act on it.

use crate::cli::Findings;
use crate::output::{print, print_json, print_table};
use anyhow::{Context, bail};
use warrant_model::finding::FindingState;
use warrant_model::level::Severity;
use warrant_model::priority::Decision;
use warrant_service::query::{FindingOrder, FindingQuery};
use warrant_service::{Actor, Service};

/// A line per finding, the most urgent first; or one finding with its reasons.
pub(crate) async fn run(service: &Service, actor: &Actor, args: &Findings, json: bool) -> anyhow::Result<()> {
    if let Some(id) = &args.show {
        return show(service, actor, id, json).await;
    }
    let page = service.list_findings(actor, &query(service, actor, args).await?).await?;
    if json {
        let rows: Vec<_> = page
            .rows
            .iter()
            .map(|row| serde_json::json!({ "finding": row, "priority": page.priorities.get(&row.id) }))
            .collect();
        return print_json(&rows);
    }
    let names = service.system_names(actor).await?;
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            let told = page.priorities.get(&row.id);
            vec![
                told.map_or("-", |told| told.decision.word()).to_owned(),
                told.map_or_else(|| "-".to_owned(), |told| told.due.to_string()),
                row.severity.word().to_owned(),
                names.get(&row.system).cloned().unwrap_or_else(|| row.system.clone()),
                row.target.clone(),
                row.title.clone(),
                row.id.clone(),
            ]
        })
        .collect();
    print_table(&["priority", "due", "severity", "system", "target", "finding", "id"], &rows);
    if page.total > rows.len() as i64 {
        print(&format!("{} of {}; --limit shows more", rows.len(), page.total));
    }
    Ok(())
}

async fn query(service: &Service, actor: &Actor, args: &Findings) -> anyhow::Result<FindingQuery> {
    let system = match &args.system {
        Some(system) => Some(service.system_row(actor, system).await?.id),
        None => None,
    };
    let state = match args.state.as_str() {
        "all" => None,
        word => Some(FindingState::from_word(word).with_context(|| {
            format!("--state {word}: give open, closed, met, not_checked, not_applicable or all")
        })?),
    };
    let severity = |word: &String| {
        let known = Severity::DESCENDING.into_iter().find(|severity| severity.word() == word);
        known.with_context(|| format!("--severity {word}: give critical, high, medium, low or none"))
    };
    let decision = |word: &String| {
        Decision::from_word(word)
            .with_context(|| format!("--priority {word}: give immediate, out-of-cycle, scheduled or defer"))
    };
    if args.limit < 1 {
        bail!("--limit {}: give a number from 1 on", args.limit);
    }
    Ok(FindingQuery {
        text: args.text.to_lowercase(),
        system,
        state,
        severity: args.severity.as_ref().map(severity).transpose()?,
        decision: args.priority.as_ref().map(decision).transpose()?,
        order: FindingOrder::Decision,
        descending: true,
        limit: args.limit,
        ..FindingQuery::default()
    })
}

async fn show(service: &Service, actor: &Actor, id: &str, json: bool) -> anyhow::Result<()> {
    let detail = service.finding(actor, id).await?;
    if json {
        return print_json(&serde_json::json!({
            "finding": detail.finding,
            "priority": detail.priority,
            "scores": detail.scores,
        }));
    }
    let finding = &detail.finding;
    print(&format!("{} on {} ({})", finding.title, finding.target, finding.state.word()));
    match &detail.priority {
        Some(told) => {
            print(&told.sentence);
            let rows: Vec<_> = told
                .answers
                .iter()
                .map(|reason| {
                    let from = if reason.known { reason.from } else { "assumed" };
                    vec![
                        reason.question.to_owned(),
                        reason.answer.to_owned(),
                        reason.says.clone(),
                        from.to_owned(),
                    ]
                })
                .collect();
            print_table(&["question", "answer", "because", "says"], &rows);
        }
        None => print("It is no open weakness: nothing is decided about it."),
    }
    Ok(())
}
