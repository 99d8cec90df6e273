//! The risk brief: what a year may cost, which scenarios weigh most and why, what moved, what is decided, what it would
//! take.
//!
//! For whoever accepts the risk (SP 800-30r1 appendix K: what was assessed, results, how sure they are). Where no scenario
//! is priced the brief says that the risk is not assessed, which is not the same as none.

mod scenarios;

use super::block::{Blocks, Table};
use super::drawings::exceedance;
use super::facts::{Cover, MovedFacts, RiskFacts, YearFacts};
use super::figures::{counted, money, percent, range};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::Sources;
use super::words::{Cite, Words};

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "risk-brief",
    title: "Risk brief",
    about: "Loss in an expected and a bad year with brackets, the scenarios that weigh most and why, what moved, what is decided and what it would take.",
    source: "SP 800-30r1 appendix K",
    write: Write::Risk(write),
};

/// The most rows of one table.
const MOST: usize = 200;

fn write(facts: &RiskFacts, cover: &Cover) -> Content {
    let mut sources = Sources::new();
    let mut blocks = Blocks::default();
    match &facts.year {
        Some(year) => {
            let cite = loss(facts, year, &mut sources);
            lead(&mut blocks, facts, year, &cite);
            year_of(&mut blocks, facts, year, &cite);
            scenarios::heaviest(&mut blocks, facts, year, &mut sources);
            moved(&mut blocks, facts, &mut sources);
            scenarios::decided(&mut blocks, facts, &mut sources);
            takes(&mut blocks, facts, &mut sources);
            left_out(&mut blocks, facts);
            sure(&mut blocks, facts, year, &cite);
        }
        None => {
            let cite = sources.computed(
                "Risk scenarios in force",
                "all scenario records: none is in force",
                facts.as_of,
            );
            blocks.lead(
                Words::from(format!(
                    "The risk of {} is not assessed: no scenario in force is priced",
                    cover.subject
                ))
                .cite(cite)
                .and(". That is not the same as no risk."),
            );
            left_out(&mut blocks, facts);
        }
    }
    blocks.quiet("Risk is computed of the present alone: scenarios, decisions and controls are those of the instant above.");
    Content::new(Layout::Brief, blocks, sources)
}

/// What every amount of the year rests on.
fn loss(facts: &RiskFacts, year: &YearFacts, sources: &mut Sources<'_>) -> Cite {
    let from = format!(
        "{}, with controls as their posture shows them; exact calculation, beside {} simulated years",
        counted(facts.scenarios.len(), "scenario in force", "scenarios in force"),
        super::figures::thousands(year.second.1 as u64)
    );
    sources.computed("Loss of a year", &from, facts.as_of)
}

fn lead(blocks: &mut Blocks, facts: &RiskFacts, year: &YearFacts, cite: &Cite) {
    let currency = &facts.currency;
    let beyond = year.tolerated.iter().filter(|point| point.found.1 > point.limit).count();
    let tolerated = match (year.tolerated.len(), beyond) {
        (0, _) => " No line of what is tolerated is drawn.".to_owned(),
        (_, 0) => " No point of the tolerance line is shown to be exceeded.".to_owned(),
        (all, beyond) => format!(" {beyond} of {all} points of the tolerance line are exceeded."),
    };
    blocks.lead(
        Words::from(format!(
            "A year is expected to cost {} {currency}. One year in twenty costs more than {} {currency}, and those years {} {currency} on average",
            money(year.expected),
            money(year.bad.0),
            money(year.beyond.0)
        ))
        .cite(cite.clone())
        .and(".")
        .and(tolerated),
    );
}

fn year_of(blocks: &mut Blocks, facts: &RiskFacts, year: &YearFacts, cite: &Cite) {
    blocks.chapter("What a year may cost");
    let points: Vec<_> = year.tolerated.iter().map(|point| (point.loss, point.limit)).collect();
    blocks.drawing(exceedance(&year.curve, &points, &facts.currency));
    let mut table = Table::new(&["A year", &format!("{} (bracket)", facts.currency)]);
    for (name, value) in [
        ("Expected loss", money(year.expected)),
        ("Not exceeded in 19 of 20 years", range(year.bad)),
        ("Not exceeded in 99 of 100 years", range(year.worse)),
        ("Mean of the worst 1 in 20 years", range(year.beyond)),
        ("Probability of any loss", percent(year.any_loss)),
    ] {
        table.rows.push(vec![Words::from(name), Words::from(value).cite(cite.clone())]);
    }
    blocks.table(table);
    if !year.tolerated.is_empty() {
        blocks.part("Beside what is tolerated");
        let mut table =
            Table::new(&["A year that costs", "May be so likely", "Is so likely (bracket)", "Verdict"]);
        for point in &year.tolerated {
            let (estimate, low, high) = point.found;
            let found = format!("{} ({} – {})", percent(estimate), percent(low), percent(high));
            table.rows.push(vec![
                format!("{} {} or more", money(point.loss), facts.currency).into(),
                percent(point.limit).into(),
                Words::from(found).cite(cite.clone()),
                point.verdict.as_str().into(),
            ]);
        }
        blocks.table(table);
    }
    blocks.part("The curve in figures");
    let shown: Vec<_> = year.curve.iter().filter(|(loss, p)| *loss > 0.0 && p.0 >= 1e-4).collect();
    let every = shown.len().div_ceil(10).max(1);
    let mut table = Table::new(&["A year that costs", "Probability", "Bracket"]);
    for (loss, (estimate, low, high)) in shown.into_iter().step_by(every) {
        table.rows.push(vec![
            format!("{} {} or more", money(*loss), facts.currency).into(),
            Words::from(percent(*estimate)).cite(cite.clone()),
            format!("{} – {}", percent(*low), percent(*high)).into(),
        ]);
    }
    blocks.table(table);
}

/// An amount with its sign.
fn signed(amount: f64) -> String {
    if amount >= 0.5 { format!("+{}", money(amount)) } else { money(amount) }
}

fn moved(blocks: &mut Blocks, facts: &RiskFacts, sources: &mut Sources<'_>) {
    blocks.chapter("What moved");
    let Some(MovedFacts { since: Some(since), before, now, causes, scenarios }) = &facts.moved else {
        blocks.text("Nothing was priced a month ago that could be compared.");
        return;
    };
    let cite = sources.computed(
        "What moved the expected loss",
        &format!(
            "scenarios and controls at the end of {since} and now, the difference shared out among its causes"
        ),
        facts.as_of,
    );
    let change = now - before;
    let said = match change {
        change if change.abs() < 0.5 => "is as it was".to_owned(),
        change => format!("moved by {} {} from {}", signed(change), facts.currency, money(*before)),
    };
    blocks.text(Words::from(format!("Since {since} the expected loss {said}")).cite(cite.clone()).and("."));
    let mut table = Table::new(&["Cause", &facts.currency, "Scenarios"]);
    for (cause, amount, count) in causes {
        table.rows.push(vec![
            cause.as_str().into(),
            Words::from(signed(*amount)).cite(cite.clone()),
            count.to_string().into(),
        ]);
    }
    blocks.table(table);
    let mut table = Table::new(&["Scenarios that moved most", "System", &facts.currency]);
    for (title, system, amount) in scenarios.iter().take(5) {
        table.rows.push(vec![
            title.as_str().into(),
            system.as_str().into(),
            Words::from(signed(*amount)).cite(cite.clone()),
        ]);
    }
    blocks.table(table);
}

fn takes(blocks: &mut Blocks, facts: &RiskFacts, sources: &mut Sources<'_>) {
    blocks.chapter("What it would take");
    if facts.remedies.is_empty() {
        blocks.text("No open finding on the way of the heaviest scenarios would make a year cheaper if it were closed. What is left is a matter of controls, treatment or acceptance.");
        return;
    }
    let cite = sources.computed(
        "What closing a finding spares",
        "the expected loss with the finding open and closed, each alone",
        facts.as_of,
    );
    let mut table =
        Table::new(&["Close", "Where", "System", &format!("A year costs less by ({})", facts.currency)]);
    for remedy in &facts.remedies {
        table.rows.push(vec![
            remedy.title.as_str().into(),
            remedy.target.as_str().into(),
            remedy.system.as_str().into(),
            Words::from(money(remedy.spares)).cite(cite.clone()),
        ]);
    }
    blocks.table(table);
    blocks.quiet("Each amount is for that finding alone; together they spare another sum. What money and hours buy first is told by the portfolio.");
}

fn left_out(blocks: &mut Blocks, facts: &RiskFacts) {
    if facts.left_out.is_empty() {
        return;
    }
    blocks.chapter("What is not counted");
    let point =
        |(title, system, why): &(String, String, String)| Words::from(format!("{title} ({system}): {why}."));
    blocks.list(facts.left_out.iter().take(MOST).map(point).collect());
    blocks.rest(facts.left_out.len().saturating_sub(MOST), "scenarios", "the Risk page has them");
}

fn sure(blocks: &mut Blocks, facts: &RiskFacts, year: &YearFacts, cite: &Cite) {
    let ((mean, low, high), years) = year.second;
    blocks.chapter("How sure this is");
    let mut points = vec![
        Words::from(
            "Brackets bound the calculation. They say nothing of whether rates and amounts are estimated right; each scenario tells where its estimates come from.",
        ),
        Words::from(format!(
            "An independent simulation of {} years has a mean of {} ({} – {}) beside the exact {}",
            super::figures::thousands(years as u64),
            money(mean),
            money(low),
            money(high),
            money(year.expected)
        ))
        .cite(cite.clone())
        .and("."),
        Words::from(format!(
            "How well controls stop attacks where they work: {}.",
            facts.priors.trim_end_matches('.')
        )),
    ];
    if let Some(day) = facts.priors_review_by {
        points.push(format!("That is to be looked at again by {day}.").into());
    }
    let late = facts
        .scenarios
        .iter()
        .filter(|one| one.review_by.is_some_and(|by| by < warrant_model::time::day(facts.as_of)));
    let late = late.count();
    if late > 0 {
        points.push(
            format!(
                "The estimates of {} should have been looked at again.",
                counted(late, "scenario", "scenarios")
            )
            .into(),
        );
    }
    blocks.list(points);
}
