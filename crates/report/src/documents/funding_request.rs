//! The funding request: what money is asked for, what it will cost, what it buys, and what people it takes.
//!
//! For whoever grants it (SP 800-53r5 PM-3): a year's losses as things stand beside a year with the work done, as a curve
//! and as figures. One content, written as HTML and as DOCX.

mod curve;

use super::block::{Blocks, Table};
use super::figures::{money, percent, range};
use super::printed::{Layout, Printed};
use super::words::Words;
use super::{docx, html};
use jiff::civil::Date;

/// A budget line that is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestedLine {
    /// What it pays for.
    pub title: String,
    /// Unit name.
    pub unit: String,
    /// Why.
    pub reason: String,
    /// The amount asked for.
    pub amount: f64,
    /// What it will cost: low, likely, high (90 % sure).
    pub forecast: (f64, f64, f64),
    /// POA&M items it pays for, by title.
    pub actions: Vec<String>,
    /// What a year costs less with these items done, this line alone.
    pub spares: f64,
}

/// A point of both curves: the probability of a year that costs so much or more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CurvePoint {
    /// A year's loss.
    pub loss: f64,
    /// How likely it is, with its bracket: estimate, low, high.
    pub probability: (f64, f64, f64),
}

/// A year's figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YearFigures {
    /// Expected loss.
    pub expected: f64,
    /// The loss that 19 of 20 years do not exceed, with its bracket.
    pub bad: (f64, f64, f64),
    /// The mean of the years beyond, with its bracket.
    pub beyond: (f64, f64, f64),
    /// The curve.
    pub curve: Vec<CurvePoint>,
}

/// Hours of a work role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleHours {
    /// NICE work role id and name.
    pub role: String,
    /// Hours needed by open actions due within a year.
    pub needed: f64,
    /// Hours that filled posts have.
    pub available: f64,
}

/// What the request is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FundingRequest {
    /// The organisation's name.
    pub organisation: String,
    /// Classification or TLP marking.
    pub marking: Option<String>,
    /// For whom: the organisation or a unit.
    pub of: String,
    /// The period: `2027`, or its first and last day.
    pub period: String,
    /// As of when.
    pub today: Option<Date>,
    /// Currency of every amount.
    pub currency: String,
    /// Lines, the largest first.
    pub lines: Vec<RequestedLine>,
    /// A year as things stand.
    pub now: YearFigures,
    /// A year with all of the lines' actions done.
    pub then: YearFigures,
    /// Work roles that lack hours.
    pub roles: Vec<RoleHours>,
    /// Where figures come from.
    pub sources: Vec<String>,
}

impl FundingRequest {
    fn asked(&self) -> f64 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The content, the same for every format.
    fn blocks(&self) -> Blocks {
        let currency = &self.currency;
        let spares = self.now.expected - self.then.expected;
        let asked = self.asked();
        let mut blocks = Blocks::default();
        blocks.lead(format!(
            "{} {currency} are asked for, {}. With the work done, a year is expected to cost {} {currency} instead of {}: {} less.",
            money(asked),
            self.period,
            money(self.then.expected),
            money(self.now.expected),
            money(spares)
        ));
        blocks.chapter("What is asked for");
        let mut lines = Table::new(&[
            "What it pays for",
            "Unit",
            "Amount",
            "Likely cost (90 % range)",
            "A year costs less by",
        ]);
        for line in &self.lines {
            let (low, likely, high) = line.forecast;
            let spares = if line.actions.is_empty() {
                "no action named".to_owned()
            } else if line.spares < 0.5 {
                "nothing that is priced".to_owned()
            } else {
                money(line.spares)
            };
            let cells = [
                line.title.clone(),
                line.unit.clone(),
                money(line.amount),
                range((likely, low, high)),
                spares,
            ];
            lines.rows.push(cells.map(Words::from).to_vec());
        }
        blocks.table(lines);
        for line in &self.lines {
            let mut said = Vec::new();
            if !line.reason.trim().is_empty() {
                said.push(line.reason.trim().to_owned());
            }
            if !line.actions.is_empty() {
                said.push(format!("It pays for: {}.", line.actions.join("; ")));
            }
            if !said.is_empty() {
                blocks.text(format!("{}. {}", line.title, said.join(" ")));
            }
        }
        blocks.text("Savings of single lines are each for that line alone; work on one target helps more together than apart, so that they need not add up to the whole. What spares nothing that is priced bears on no risk scenario in force; it may be owed all the same.");
        blocks.chapter("A year as it is, and with the work done");
        blocks.drawing(curve::drawing(&self.now.curve, &self.then.curve, currency));
        let mut years = Table::new(&[currency, "as it is", "with the work done"]);
        let mut figure = |name: &str, of: fn(&YearFigures) -> String| {
            let cells = [name.to_owned(), of(&self.now), of(&self.then)];
            years.rows.push(cells.map(Words::from).to_vec());
        };
        figure("Expected loss of a year", |year| money(year.expected));
        figure("Not exceeded in 19 of 20 years (bracket)", |year| range(year.bad));
        figure("Mean of the worst 1 in 20 years (bracket)", |year| range(year.beyond));
        blocks.table(years);
        let mut beside =
            Table::new(&["A year that costs", "as it is", "bracket", "with the work done", "bracket"]);
        for (loss, now, then) in curve::beside(&self.now.curve, &self.then.curve) {
            let bracket = |(_, low, high): (f64, f64, f64)| format!("{} – {}", percent(low), percent(high));
            let cells = [
                format!("{} or more", money(loss)),
                percent(now.0),
                bracket(now),
                percent(then.0),
                bracket(then),
            ];
            beside.rows.push(cells.map(Words::from).to_vec());
        }
        blocks.table(beside);
        if !self.roles.is_empty() {
            blocks.chapter("People it takes");
            let mut roles = Table::new(&["Work role", "Hours needed", "Hours there are", "Missing"]);
            for role in &self.roles {
                let missing = (role.needed - role.available).max(0.0);
                let cells = [role.role.clone(), money(role.needed), money(role.available), money(missing)];
                roles.rows.push(cells.map(Words::from).to_vec());
            }
            blocks.table(roles);
        }
        blocks.chapter("Where the figures come from");
        self.sources.iter().for_each(|source| blocks.text(source.as_str()));
        blocks
    }

    fn printed(&self) -> Printed {
        Printed {
            title: format!("{}: funding request {}", self.of, self.period),
            organisation: self.organisation.clone(),
            subtitle: self.today.map_or_else(String::new, |today| format!("As of {today}")),
            marking: self.marking.clone(),
            made_by: String::new(),
            particulars: Vec::new(),
            layout: Layout::Brief,
            blocks: self.blocks().0,
            sources: Vec::new(),
        }
    }

    /// One self-contained HTML file. The same facts give the same bytes.
    pub fn html(&self) -> String {
        html::written(&self.printed())
    }

    /// A DOCX file; drawings are left to the tables beside them. The same facts give the same bytes.
    ///
    /// # Errors
    /// When the file cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, zip::result::ZipError> {
        docx::packed(&self.printed())
    }
}
