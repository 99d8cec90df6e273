//! Findings of one system in columns, with every text kept once.

use crate::fact::Place;
use crate::finding::{Finding, FindingSort, FindingState};
use crate::hash::ContentHash;
use crate::level::Severity;
use crate::strings::{Strings, Symbol};
use crate::time::{from_micros, micros};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Findings in columns; row `i` of every column is the same finding. Rows are ordered by id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Interned text of this table.
    pub strings: Strings,
    /// Keys.
    pub id: Vec<Symbol>,
    /// Weakness or check.
    pub sort: Vec<FindingSort>,
    /// State.
    pub state: Vec<FindingState>,
    /// Severity.
    pub severity: Vec<Severity>,
    /// Suppressed by the tool or its user.
    pub suppressed: Vec<bool>,
    /// Tool.
    pub tool: Vec<Symbol>,
    /// Host or artefact.
    pub target: Vec<Symbol>,
    /// Rule or plugin.
    pub rule: Vec<Symbol>,
    /// Benchmark.
    pub benchmark: Vec<Symbol>,
    /// Title.
    pub title: Vec<Symbol>,
    /// Subject line.
    pub subject: Vec<Symbol>,
    /// Comma-separated CVE and other ids.
    pub vulnerabilities: Vec<Symbol>,
    /// Space-separated control and statement ids.
    pub controls: Vec<Symbol>,
    /// Remedy.
    pub remedy: Vec<Symbol>,
    /// First fixed version.
    pub fixed_version: Vec<Symbol>,
    /// CVSS base score; NaN when unknown.
    #[serde(with = "scores")]
    pub cvss_score: Vec<f32>,
    /// Public exploit: 0 unknown, 1 no, 2 yes.
    pub exploit: Vec<u8>,
    /// Whether attacks can be automated: 0 unknown, 1 no, 2 yes.
    pub automatable: Vec<u8>,
    /// First seen, microseconds.
    pub first_seen: Vec<i64>,
    /// Last seen, microseconds.
    pub last_seen: Vec<i64>,
    /// In the present state since, microseconds.
    pub state_since: Vec<i64>,
    /// Evidence hash.
    pub evidence: Vec<Symbol>,
    /// Line in the evidence.
    pub line: Vec<u32>,
    /// Pointer in the evidence.
    pub pointer: Vec<Symbol>,
    /// Comma-separated CWE numbers.
    pub cwes: Vec<Symbol>,
    /// The finding that goes on with it, for those that moved; else empty.
    pub moved_to: Vec<Symbol>,
    /// How often it came back.
    pub reopened: Vec<u32>,
    /// For every row the row that stands for its weakness; empty when each stands for itself.
    stands: Vec<u32>,
    /// Other rows that a row is known as: those it stands for, and those that moved there.
    known_as: BTreeMap<u32, Vec<u32>>,
}

/// Equal when they tell the same of the same rows, whatever numbers their texts have.
impl PartialEq for Findings {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.known_as == other.known_as
            && (0..self.len()).all(|row| self.finding(row, "") == other.finding(row, ""))
    }
}

/// Scores are written with nothing in place of NaN, which JSON cannot say.
mod scores {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(scores: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(scores.iter().map(|score| (!score.is_nan()).then_some(*score)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
        let scores = Vec::<Option<f32>>::deserialize(deserializer)?;
        Ok(scores.into_iter().map(|score| score.unwrap_or(f32::NAN)).collect())
    }
}

impl Findings {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// Rows in a state.
    pub fn in_state(&self, state: FindingState) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(move |row| self.state[*row] == state)
    }

    /// Rows that count: open, not suppressed, and no second witness of a weakness.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        self.in_state(FindingState::Open).filter(|row| !self.suppressed[*row] && !self.is_second(*row))
    }

    /// Whether another row stands for the weakness that this row tells of.
    pub fn is_second(&self, row: usize) -> bool {
        self.stands.get(row).is_some_and(|first| *first as usize != row)
    }

    /// Rows that are the same weakness as `row`: what other tools tell of it, and where it was before it moved.
    pub fn known_as(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.known_as.get(&(row as u32)).into_iter().flatten().map(|other| *other as usize)
    }

    /// Works out which rows are one weakness. To be called when all rows are there.
    pub fn settle(&mut self) {
        self.stands = crate::witnesses::standing_for(self);
        self.known_as.clear();
        for (row, first) in self.stands.iter().enumerate().filter(|(row, first)| **first as usize != *row) {
            self.known_as.entry(*first).or_default().push(row as u32);
        }
        let moved = self.in_state(FindingState::Moved);
        for (row, end) in moved.filter_map(|row| Some((row, self.end_of(row)?))).collect::<Vec<_>>() {
            let first = self.stands.get(end).map_or(end as u32, |first| *first);
            self.known_as.entry(first).or_default().push(row as u32);
        }
    }

    /// The row at which the moves of a row end.
    fn end_of(&self, row: usize) -> Option<usize> {
        let mut at = row;
        // A chain is no longer than there are rows.
        for _ in 0..self.len() {
            if self.state[at] != FindingState::Moved {
                return Some(at);
            }
            at = self.row_of(self.text(self.moved_to[at]))?;
        }
        None
    }

    /// The row of an id.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        self.id.binary_search_by(|symbol| self.text(*symbol).cmp(id)).ok()
    }

    /// The text of a symbol of this table.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.strings.text(symbol)
    }

    /// Control and statement ids of a row.
    pub fn controls_of(&self, row: usize) -> impl Iterator<Item = &str> {
        self.text(self.controls[row]).split(' ').filter(|id| !id.is_empty())
    }

    /// Adds a row. Callers keep the order by id.
    pub fn push(&mut self, finding: &Finding) {
        let strings = &mut self.strings;
        self.id.push(strings.intern(&finding.id));
        self.sort.push(finding.sort);
        self.state.push(finding.state);
        self.severity.push(finding.severity);
        self.suppressed.push(finding.suppressed);
        self.tool.push(strings.intern(&finding.tool));
        self.target.push(strings.intern(&finding.target));
        self.rule.push(strings.intern(&finding.rule));
        self.benchmark.push(strings.intern(&finding.benchmark));
        self.title.push(strings.intern(&finding.title));
        self.subject.push(strings.intern(&finding.subject));
        self.vulnerabilities.push(strings.intern(&finding.vulnerabilities.join(",")));
        self.controls.push(strings.intern(&finding.controls.join(" ")));
        self.remedy.push(strings.intern(finding.remedy.as_deref().unwrap_or_default()));
        self.fixed_version.push(strings.intern(finding.fixed_version.as_deref().unwrap_or_default()));
        self.cvss_score.push(finding.cvss_score.unwrap_or(f32::NAN));
        self.exploit.push(finding.exploit.map_or(0, |known| 1 + u8::from(known)));
        self.automatable.push(finding.automatable.map_or(0, |can| 1 + u8::from(can)));
        self.first_seen.push(micros(finding.first_seen));
        self.last_seen.push(micros(finding.last_seen));
        self.state_since.push(micros(finding.state_since));
        self.evidence.push(strings.intern(finding.evidence.as_str()));
        self.line.push(finding.place.line);
        self.pointer.push(strings.intern(&finding.place.pointer));
        let cwes: Vec<_> = finding.cwes.iter().map(u32::to_string).collect();
        self.cwes.push(strings.intern(&cwes.join(",")));
        self.moved_to.push(strings.intern(finding.moved_to.as_deref().unwrap_or_default()));
        self.reopened.push(finding.reopened);
    }

    /// The finding of a row, of the system whose findings these are.
    pub fn finding(&self, row: usize, system: &str) -> Finding {
        let text = |symbol: Symbol| self.text(symbol).to_owned();
        let some = |symbol: Symbol| Some(text(symbol)).filter(|text| !text.is_empty());
        let words = |symbol: Symbol, by: char| {
            self.text(symbol).split(by).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        Finding {
            id: text(self.id[row]),
            system: system.to_owned(),
            sort: self.sort[row],
            tool: text(self.tool[row]),
            target: text(self.target[row]),
            rule: text(self.rule[row]),
            benchmark: text(self.benchmark[row]),
            title: text(self.title[row]),
            subject: text(self.subject[row]),
            severity: self.severity[row],
            state: self.state[row],
            suppressed: self.suppressed[row],
            vulnerabilities: words(self.vulnerabilities[row], ','),
            cwes: self.text(self.cwes[row]).split(',').filter_map(|number| number.parse().ok()).collect(),
            controls: words(self.controls[row], ' '),
            cvss_score: Some(self.cvss_score[row]).filter(|score| !score.is_nan()),
            exploit: self.exploit[row].checked_sub(1).map(|known| known != 0),
            automatable: self.automatable[row].checked_sub(1).map(|can| can != 0),
            remedy: some(self.remedy[row]),
            fixed_version: some(self.fixed_version[row]),
            first_seen: from_micros(self.first_seen[row]),
            last_seen: from_micros(self.last_seen[row]),
            state_since: from_micros(self.state_since[row]),
            reopened: self.reopened[row],
            evidence: ContentHash(text(self.evidence[row])),
            place: Place::new(self.line[row], text(self.pointer[row])),
            moved_to: some(self.moved_to[row]),
            second: self.is_second(row),
            decision: None,
        }
    }

    /// These findings with some as they are now and some that are new, settled. `changed` come in the order of their
    /// ids, each once.
    pub fn with<'f>(&self, changed: impl IntoIterator<Item = &'f Finding>) -> Self {
        let strings = Strings::with_room(self.strings.len());
        let mut after = Self { strings, ..Self::default() };
        let mut carried = vec![None; self.strings.len()];
        let mut row = 0;
        for finding in changed {
            while row < self.len() {
                match self.text(self.id[row]).cmp(&finding.id) {
                    Ordering::Less => after.carry(self, row, &mut carried),
                    Ordering::Equal => {}
                    Ordering::Greater => break,
                }
                row += 1;
            }
            after.push(finding);
        }
        (row..self.len()).for_each(|row| after.carry(self, row, &mut carried));
        after.settle();
        after
    }

    /// Adds a row of another table. `carried` are the numbers here of texts met before, by their numbers there.
    fn carry(&mut self, from: &Self, row: usize, carried: &mut [Option<Symbol>]) {
        let strings = &mut self.strings;
        let mut text = |symbol: Symbol| match carried.get_mut(symbol.0 as usize) {
            Some(Some(known)) => *known,
            Some(unknown) => *unknown.insert(strings.take(&from.strings, symbol)),
            None => Symbol::default(),
        };
        self.id.push(text(from.id[row]));
        self.tool.push(text(from.tool[row]));
        self.target.push(text(from.target[row]));
        self.rule.push(text(from.rule[row]));
        self.benchmark.push(text(from.benchmark[row]));
        self.title.push(text(from.title[row]));
        self.subject.push(text(from.subject[row]));
        self.vulnerabilities.push(text(from.vulnerabilities[row]));
        self.controls.push(text(from.controls[row]));
        self.remedy.push(text(from.remedy[row]));
        self.fixed_version.push(text(from.fixed_version[row]));
        self.evidence.push(text(from.evidence[row]));
        self.pointer.push(text(from.pointer[row]));
        self.cwes.push(text(from.cwes[row]));
        self.moved_to.push(text(from.moved_to[row]));
        self.sort.push(from.sort[row]);
        self.state.push(from.state[row]);
        self.severity.push(from.severity[row]);
        self.suppressed.push(from.suppressed[row]);
        self.cvss_score.push(from.cvss_score[row]);
        self.exploit.push(from.exploit[row]);
        self.automatable.push(from.automatable[row]);
        self.first_seen.push(from.first_seen[row]);
        self.last_seen.push(from.last_seen[row]);
        self.state_since.push(from.state_since[row]);
        self.line.push(from.line[row]);
        self.reopened.push(from.reopened[row]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn finding(id: &str, tool: &str) -> Finding {
        let at = |second| Timestamp::from_second(second).unwrap();
        Finding {
            id: id.into(),
            system: "s".into(),
            sort: FindingSort::Weakness,
            tool: tool.into(),
            target: "web".into(),
            rule: "CVE-2025-1".into(),
            benchmark: String::new(),
            title: "Overflow".into(),
            subject: format!("{id} 1.0"),
            severity: Severity::High,
            state: FindingState::Open,
            suppressed: false,
            vulnerabilities: vec!["CVE-2025-1".into(), "GHSA-1".into()],
            cwes: vec![79, 89],
            controls: vec!["si-2".into(), "ra-5".into()],
            cvss_score: None,
            exploit: Some(false),
            automatable: Some(true),
            remedy: None,
            fixed_version: Some("1.1".into()),
            first_seen: at(1),
            last_seen: at(3),
            state_since: at(2),
            reopened: 4,
            evidence: ContentHash::of(tool.as_bytes()),
            place: Place::new(7, "/a/b"),
            moved_to: None,
            second: false,
            decision: None,
        }
    }

    fn table(findings: &[Finding]) -> Findings {
        Findings::default().with(findings)
    }

    #[test]
    fn a_finding_comes_out_as_it_went_in() {
        let scored = Finding { cvss_score: Some(9.8), exploit: None, ..finding("b", "t") };
        let moved = Finding { state: FindingState::Moved, moved_to: Some("b".into()), ..finding("c", "t") };
        let all = [finding("a", "t"), scored, moved];
        let columns = table(&all);
        let back: Vec<_> = (0..columns.len()).map(|row| columns.finding(row, "s")).collect();
        assert_eq!(back, all);
    }

    #[test]
    fn some_changed_and_some_new_is_as_made_from_nothing() {
        let named = |ids: &str| ids.chars().map(|id| finding(&id.to_string(), "t")).collect::<Vec<_>>();
        for changed in ["", "a", "c", "ace", "bdf", "z", "acegz"] {
            let closed = |one: Finding| Finding { state: FindingState::Closed, ..one };
            let changed: Vec<_> = named(changed).into_iter().map(closed).collect();
            let mut all: BTreeMap<_, _> =
                named("bcde").into_iter().map(|one| (one.id.clone(), one)).collect();
            all.extend(changed.iter().map(|one| (one.id.clone(), one.clone())));
            let all: Vec<_> = all.into_values().collect();
            assert_eq!(table(&named("bcde")).with(&changed), table(&all));
        }
    }

    #[test]
    fn what_stands_for_another_is_part_of_what_is_told() {
        let same = |tool: &str, id: &str| Finding { subject: "openssl 3.0".into(), ..finding(id, tool) };
        let two = table(&[same("one", "a"), same("two", "b")]);
        assert!(two.is_second(1) && two.finding(1, "s").second);
        let mut unsettled = two.clone();
        unsettled.stands.clear();
        unsettled.known_as.clear();
        assert_ne!(two, unsettled);
        let gone = Finding { state: FindingState::Closed, ..same("one", "a") };
        assert!(two.with([&gone]).is_second(0), "who still tells of it stands for it");
    }
}
