//! Problems as people and programs read them: text, JSON, SARIF 2.1.0.

mod sarif;

use crate::problem::Problem;
use crate::schema::Level;
use serde_json::{Value, json};

pub use sarif::sarif;

/// What was found about one file.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file as it was named.
    pub file: String,
    /// Its model, such as `catalog`; empty when it could not be read.
    pub model: &'static str,
    /// Why it could not be read.
    pub unreadable: Option<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether the file was read and no problem is an error.
    pub fn is_valid(&self) -> bool {
        self.unreadable.is_none() && !self.problems.iter().any(|problem| problem.level == Level::Error)
    }

    fn count(&self, level: Level) -> usize {
        self.problems.iter().filter(|problem| problem.level == level).count()
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// One line for each problem, one for its remedy, one for each file.
pub fn text(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        if let Some(reason) = &report.unreadable {
            out.push_str(&format!("{}: cannot be read: {reason}\n", report.file));
            continue;
        }
        for problem in &report.problems {
            out.push_str(&format!(
                "{}:{}: {}[{}] {}: {}\n    remedy: {}\n",
                report.file,
                problem.line,
                word(problem.level),
                problem.rule,
                problem.place,
                problem.message,
                problem.remedy
            ));
        }
        let verdict = if report.is_valid() { "valid" } else { "invalid" };
        out.push_str(&format!(
            "{}: {verdict} {} ({} errors, {} warnings, {} notes)\n",
            report.file,
            report.model,
            report.count(Level::Error),
            report.count(Level::Warning),
            report.count(Level::Note)
        ));
    }
    out
}

/// One object for each file.
pub fn json(reports: &[Report]) -> Value {
    let files = reports.iter().map(|report| {
        let problems = report.problems.iter().map(|problem| {
            json!({
                "level": word(problem.level),
                "rule": problem.rule,
                "place": problem.place,
                "line": problem.line,
                "message": problem.message,
                "remedy": problem.remedy,
            })
        });
        json!({
            "file": report.file,
            "model": if report.model.is_empty() { Value::Null } else { report.model.into() },
            "valid": report.is_valid(),
            "unreadable": report.unreadable,
            "problems": problems.collect::<Vec<_>>(),
        })
    });
    Value::Array(files.collect())
}
