//! The funding request: what money is asked for, what it will cost, what it buys, and what people it takes.
//!
//! For whoever grants it (SP 800-53r5 PM-3): a year's losses as things stand beside a year with the work done, as a curve
//! and as figures. One content, written as HTML and as DOCX.

mod curve;

use super::block::{Block, docx, html};
use super::page::{Frame, document};
use jiff::civil::Date;
use maud::{PreEscaped, html as markup};

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

/// `1250000` → `1,250,000`.
fn money(amount: f64) -> String {
    if !amount.is_finite() {
        return "–".to_owned();
    }
    let digits = format!("{:.0}", amount.abs());
    let mut text = String::from(if amount <= -0.5 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn range((likely, low, high): (f64, f64, f64)) -> String {
    if low >= high {
        return money(likely);
    }
    format!("{} ({} – {})", money(likely), money(low), money(high))
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

impl FundingRequest {
    fn asked(&self) -> f64 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The content, the same for every format.
    fn blocks(&self) -> Vec<Block> {
        let currency = &self.currency;
        let spares = self.now.expected - self.then.expected;
        let asked = self.asked();
        let mut blocks = vec![
            Block::Lead(format!(
                "{} {currency} are asked for, {}. With the work done, a year is expected to cost {} {currency} instead of {}: {} less.",
                money(asked),
                self.period,
                money(self.then.expected),
                money(self.now.expected),
                money(spares)
            )),
            Block::Heading("What is asked for".to_owned()),
            Block::Table {
                headings: [
                    "What it pays for",
                    "Unit",
                    "Amount",
                    "Likely cost (90 % range)",
                    "A year costs less by",
                ]
                .map(str::to_owned)
                .to_vec(),
                rows: self
                    .lines
                    .iter()
                    .map(|line| {
                        let (low, likely, high) = line.forecast;
                        vec![
                            line.title.clone(),
                            line.unit.clone(),
                            money(line.amount),
                            range((likely, low, high)),
                            if line.actions.is_empty() {
                                "no action named".to_owned()
                            } else if line.spares < 0.5 {
                                "nothing that is priced".to_owned()
                            } else {
                                money(line.spares)
                            },
                        ]
                    })
                    .collect(),
            },
        ];
        for line in &self.lines {
            let mut said = Vec::new();
            if !line.reason.trim().is_empty() {
                said.push(line.reason.trim().to_owned());
            }
            if !line.actions.is_empty() {
                said.push(format!("It pays for: {}.", line.actions.join("; ")));
            }
            if !said.is_empty() {
                blocks.push(Block::Text(format!("{}. {}", line.title, said.join(" "))));
            }
        }
        blocks.push(Block::Text(
            "Savings of single lines are each for that line alone; work on one target helps more together than apart, so that they need not add up to the whole. What spares nothing that is priced bears on no risk scenario in force; it may be owed all the same."
                .to_owned(),
        ));
        blocks.push(Block::Heading("A year as it is, and with the work done".to_owned()));
        blocks.push(Block::Drawing(curve::drawing(&self.now.curve, &self.then.curve, currency)));
        let figure =
            |name: &str, of: fn(&YearFigures) -> String| vec![name.to_owned(), of(&self.now), of(&self.then)];
        blocks.push(Block::Table {
            headings: vec![currency.clone(), "as it is".to_owned(), "with the work done".to_owned()],
            rows: vec![
                figure("Expected loss of a year", |year| money(year.expected)),
                figure("Not exceeded in 19 of 20 years (bracket)", |year| range(year.bad)),
                figure("Mean of the worst 1 in 20 years (bracket)", |year| range(year.beyond)),
            ],
        });
        blocks.push(Block::Table {
            headings: ["A year that costs", "as it is", "bracket", "with the work done", "bracket"]
                .map(str::to_owned)
                .to_vec(),
            rows: curve::beside(&self.now.curve, &self.then.curve)
                .into_iter()
                .map(|(loss, now, then)| {
                    let bracket =
                        |(_, low, high): (f64, f64, f64)| format!("{} – {}", percent(low), percent(high));
                    vec![
                        format!("{} or more", money(loss)),
                        percent(now.0),
                        bracket(now),
                        percent(then.0),
                        bracket(then),
                    ]
                })
                .collect(),
        });
        if !self.roles.is_empty() {
            blocks.push(Block::Heading("People it takes".to_owned()));
            blocks.push(Block::Table {
                headings: ["Work role", "Hours needed", "Hours there are", "Missing"]
                    .map(str::to_owned)
                    .to_vec(),
                rows: self
                    .roles
                    .iter()
                    .map(|role| {
                        let missing = (role.needed - role.available).max(0.0);
                        vec![role.role.clone(), money(role.needed), money(role.available), money(missing)]
                    })
                    .collect(),
            });
        }
        blocks.push(Block::Heading("Where the figures come from".to_owned()));
        blocks.extend(self.sources.iter().cloned().map(Block::Text));
        blocks
    }

    fn title(&self) -> String {
        format!("{}: funding request {}", self.of, self.period)
    }

    fn subtitle(&self) -> String {
        self.today.map_or_else(String::new, |today| format!("As of {today}"))
    }

    /// One self-contained HTML file. The same facts give the same bytes.
    pub fn html(&self) -> String {
        let frame = Frame {
            title: &self.title(),
            organisation: &self.organisation,
            marking: self.marking.as_deref(),
            subtitle: markup! { (self.subtitle()) },
        };
        document(&frame, PreEscaped(self.blocks().iter().map(html).map(|part| part.into_string()).collect()))
    }

    /// A DOCX file; drawings are left to the tables beside them. The same facts give the same bytes.
    ///
    /// # Errors
    /// When the file cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, zip::result::ZipError> {
        docx(&self.title(), &self.organisation, &self.subtitle(), self.marking.as_deref(), &self.blocks())
    }
}
