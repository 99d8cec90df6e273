//! Loss distributions as tables for people.

use crate::output::{plain, print};
use warrant_risk::{Bracket, Exceedance, Figures, Report, RiskFile, SecondOpinion, ToleranceAnswer, Verdict};

/// The report of a file.
pub(super) fn report(file: &RiskFile, report: &Report) {
    titled(if file.title.is_empty() { "Loss scenarios" } else { &file.title }, report);
}

/// A whole report under a title.
pub(super) fn titled(title: &str, report: &Report) {
    let (count, currency) = (report.scenarios.len().max(1), &report.currency);
    let scenarios = if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") };
    print(&format!("{}: {scenarios}, amounts in {currency} for one year", plain(title)));
    print("");
    by_scenario(report);
    print("");
    levels(&report.total);
    print("");
    curve(&report.curve);
    if !report.tolerance.is_empty() {
        print("");
        tolerance(&report.tolerance);
    }
    print("");
    second_opinion(&report.second_opinion, &report.total);
    print(&format!(
        "Low and high bound the model's figure ({} lattice points of {} {currency}). They say nothing \
         about whether the inputs are right.",
        report.points,
        money(report.step),
    ));
}

/// Expected loss, likelihood and bad years of each scenario and of all together.
fn by_scenario(report: &Report) {
    let mut rows = vec![row_of(&[
        "SCENARIO",
        "EXPECTED",
        "SHARE",
        "ANY LOSS",
        "1 YEAR IN 20",
        "1 YEAR IN 100",
        "MEAN BEYOND",
    ])];
    let at = |figures: &Figures, level: f64| figures.levels.iter().find(|l| l.level == level).copied();
    let mut add = |name: &str, figures: &Figures| {
        let share = if report.total.ale > 0.0 { figures.ale / report.total.ale } else { 0.0 };
        let worst = at(figures, 0.99);
        rows.push(vec![
            plain(name),
            money(figures.ale),
            percent(share),
            percent(figures.any_loss),
            at(figures, 0.95).map_or_else(String::new, |level| money(level.var.estimate)),
            worst.map_or_else(String::new, |level| money(level.var.estimate)),
            worst.map_or_else(String::new, |level| money(level.tvar.estimate)),
        ]);
    };
    let mut sorted: Vec<_> = report.scenarios.iter().collect();
    sorted.sort_by(|a, b| b.figures.ale.total_cmp(&a.figures.ale));
    for scenario in sorted {
        add(if scenario.title.is_empty() { &scenario.id } else { &scenario.title }, &scenario.figures);
    }
    add("all together", &report.total);
    table(&rows, 1, Last::Figures);
}

fn levels(total: &Figures) {
    print(&format!(
        "All together: expected {}, standard deviation {}, any loss in {} of years (all three exact)",
        money(total.ale),
        money(total.sd),
        percent(total.any_loss),
    ));
    let mut rows = vec![row_of(&["NOT EXCEEDED IN", "VaR", "LOW", "HIGH", "TVaR", "LOW", "HIGH"])];
    for level in &total.levels {
        let mut row = vec![format!("{} of years", percent(level.level))];
        for bracket in [level.var, level.tvar] {
            row.extend([bracket.estimate, bracket.low, bracket.high].map(money));
        }
        rows.push(row);
    }
    table(&rows, 1, Last::Figures);
}

/// About a dozen points of the exceedance curve.
fn curve(curve: &[Exceedance]) {
    let mut rows = vec![row_of(&["LOSS OF AT LEAST", "CHANCE A YEAR", "LOW", "HIGH", ""])];
    let step = curve.len().div_ceil(14).max(1);
    for point in curve.iter().step_by(step) {
        let chance = point.probability;
        let bar = "#".repeat((40.0 * chance.estimate).round() as usize);
        let mut row = vec![money(point.loss)];
        row.extend([chance.estimate, chance.low, chance.high].map(percent));
        row.push(bar);
        rows.push(row);
    }
    table(&rows, 0, Last::Words);
}

fn tolerance(answers: &[ToleranceAnswer]) {
    let mut rows = vec![row_of(&["TOLERANCE: LOSS OF", "AT MOST", "FOUND", "LOW", "HIGH", "ANSWER"])];
    for answer in answers {
        let mut row = vec![money(answer.tolerance.loss), percent(answer.tolerance.probability)];
        row.extend([answer.found.estimate, answer.found.low, answer.found.high].map(percent));
        row.push(
            match answer.verdict {
                Verdict::Within => "within",
                Verdict::Exceeds => "exceeded",
                Verdict::DoesNotDecide => "does not decide: more --points narrow the bracket",
            }
            .to_owned(),
        );
        rows.push(row);
    }
    table(&rows, 0, Last::Words);
}

fn second_opinion(opinion: &SecondOpinion, total: &Figures) {
    let between = |bracket: Bracket| format!("{} to {}", money(bracket.low), money(bracket.high));
    print(&format!(
        "Second opinion: {} years played through (seed {}) agree in all {} comparisons; the largest distance is {} of \
         what would be an error.",
        grouped(opinion.years as f64),
        opinion.seed,
        opinion.compared,
        percent(opinion.distance),
    ));
    print(&format!(
        "  Played mean {} (95 %: {}), computed {}.",
        money(opinion.mean.estimate),
        between(opinion.mean),
        money(total.ale),
    ));
    for (played, computed) in opinion.levels.iter().zip(&total.levels).filter(|(l, _)| l.level == 0.99) {
        print(&format!(
            "  Played VaR {} {} (95 %: {}), computed {}.",
            percent(played.level),
            money(played.var.estimate),
            between(played.var),
            money(computed.var.estimate),
        ));
    }
}

/// Whole units of the currency in groups of three; small amounts with the digits that matter.
pub(super) fn money(amount: f64) -> String {
    if amount != 0.0 && amount.abs() < 100.0 { format!("{amount:.2}") } else { grouped(amount.round()) }
}

/// Person-hours, whole where they are.
pub(super) fn hours(amount: f64) -> String {
    let tenths = (10.0 * amount).round() / 10.0;
    if tenths.fract() == 0.0 { grouped(tenths) } else { format!("{tenths:.1}") }
}

fn grouped(whole: f64) -> String {
    let digits = format!("{:.0}", whole.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if whole < 0.0 && digits != "0" { format!("-{text}") } else { text }
}

/// Three digits at least, and never 0 for what is not.
pub(super) fn percent(share: f64) -> String {
    let hundredths = 100.0 * share;
    if hundredths == 0.0 {
        "0 %".to_owned()
    } else if hundredths < 1e-4 {
        "<0.0001 %".to_owned()
    } else {
        let digits = (2 - hundredths.log10().floor() as i32).clamp(0, 6) as usize;
        let text = format!("{hundredths:.digits$}");
        let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        format!("{short} %")
    }
}

pub(super) fn row_of(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// What the last column of a table holds.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Last {
    Figures,
    Words,
}

/// Aligned columns: the first `left` and, if it holds words, the last to the left; figures to the right.
pub(super) fn table(rows: &[Vec<String>], left: usize, last: Last) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::from("  ");
        for (at, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[at] - cell.chars().count());
            let words = at < left || (at + 1 == columns && last == Last::Words);
            line += &if words { format!("{cell}{gap}  ") } else { format!("{gap}{cell}  ") };
        }
        print(line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::{hours, money, percent};

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([0.0, 12.345, 999.6, 1234567.0].map(money), ["0", "12.35", "1,000", "1,234,567"]);
        assert_eq!([0.0, 80.0, 12.34, 1510.0].map(hours), ["0", "80", "12.3", "1,510"]);
        let shares = [0.0, 1e-9, 0.00468, 0.0951626, 0.5, 0.99999, 1.0].map(percent);
        assert_eq!(shares, ["0 %", "<0.0001 %", "0.468 %", "9.52 %", "50 %", "100 %", "100 %"]);
    }
}
