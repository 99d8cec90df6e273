//! `warrant risk budget` and `funding-request`: money, people and time.

use super::show::{Last, money, row_of, table};
use crate::cli::Cli;
use crate::output::{FOUND, OK, plain, print, print_json, write_to};
use clap::Args;
use jiff::civil::Date;
use std::path::Path;
use std::process::ExitCode;
use warrant_service::risk::{Forecast, Overrun, ResourcesAsk, ResourcesView};

#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Budget lines whose period holds this day; today if not said
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Only this unit with all below it, by its record id
    #[arg(long, value_name = "ID")]
    unit: Option<String>,
}

impl Asked {
    fn ask(&self) -> ResourcesAsk {
        ResourcesAsk { unit: self.unit.clone(), on: self.on }
    }
}

pub(super) async fn budget(cli: &Cli, asked: &Asked) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let view = service.resources(&actor, &asked.ask()).await?;
    service.close().await?;
    let granted = view.lines.iter().filter(|line| line.state == "granted");
    let short = granted.clone().any(|line| line.overrun() == Overrun::Certain)
        || view.roles.iter().any(|role| role.missing() > 0.5);
    let code = ExitCode::from(if short { FOUND } else { OK });
    if cli.json {
        return print_json(&view).map(|()| code);
    }
    told(&view);
    Ok(code)
}

fn range(forecast: &Forecast) -> String {
    match forecast.low < forecast.high {
        true => format!("{} ({} - {})", money(forecast.likely), money(forecast.low), money(forecast.high)),
        false => money(forecast.likely),
    }
}

fn told(view: &ResourcesView) {
    print(&format!("Budget lines of {}, in {}", view.on, view.currency));
    let mut rows =
        vec![row_of(&["LINE", "UNIT", "STATE", "AMOUNT", "PAID", "PROMISED", "FREE", "WILL COST (90 %)"])];
    for line in &view.lines {
        rows.push(vec![
            plain(&line.title),
            plain(&line.unit_name),
            line.state.clone(),
            money(line.amount),
            money(line.paid),
            money(line.promised),
            money(line.free()),
            range(&line.forecast),
        ]);
    }
    table(&rows, 3, Last::Figures);
    print("");
    let mut rows = vec![row_of(&["WORK ROLE", "ID", "HOURS NEEDED", "THERE ARE", "MISSING", "SHORT FROM"])];
    for role in &view.roles {
        let name = if role.role.is_empty() { "no role told" } else { &role.name };
        let short = role.short_from.map_or_else(|| "never".to_owned(), |day| day.to_string());
        let hours = |amount: f64| format!("{amount:.0}");
        rows.push(vec![
            plain(name),
            plain(&role.role),
            hours(role.needed),
            hours(role.available),
            hours(role.missing()),
            short,
        ]);
    }
    table(&rows, 2, Last::Figures);
    print("");
    let mut rows = vec![row_of(&["FOR", "BY", "AMOUNT", "WILL COST (90 %)", "SPARES A YEAR"])];
    for one in &view.benefits {
        let spares = if one.actions == 0 { "no action".to_owned() } else { money(one.spares) };
        rows.push(vec![
            plain(&one.name),
            one.by.word().to_owned(),
            money(one.amount),
            range(&one.forecast),
            spares,
        ]);
    }
    table(&rows, 2, Last::Figures);
    print("");
    let mut rows = vec![row_of(&["CONTRACT", "SUPPLIER", "A YEAR", "NOTICE BY", "ENDS"])];
    for one in &view.contracts {
        let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        rows.push(vec![
            plain(&one.title),
            plain(&one.supplier),
            money(one.yearly),
            day(one.notice_by),
            day(one.ends),
        ]);
    }
    table(&rows, 2, Last::Figures);
}

pub(super) async fn funding_request(cli: &Cli, asked: &Asked, output: &Path) -> anyhow::Result<ExitCode> {
    let (service, actor) = crate::commands::enter(cli).await?;
    let request = service.funding_request(&actor, &asked.ask()).await?;
    service.close().await?;
    let word = output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"));
    let bytes = if word { request.docx()? } else { request.html().into_bytes() };
    write_to(Some(output), &bytes)?;
    Ok(ExitCode::from(OK))
}
