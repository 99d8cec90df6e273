//! Weaknesses in code that moved: lines were added above them, or their file got another name.
//!
//! A finding is known by its rule and place, so one that moved would look like one that was mended and another that is
//! new. What vanished and what appeared in the same look is therefore compared, strictest evidence first: the same
//! rule and title nearby in the same file, then a whole file that got another name. (A weakness whose data takes the same
//! way as before is the same by its key: [`crate::fact::flow_print`].) What is not certain stays apart: a
//! new weakness must not take over the decisions on an old one.
//!
//! Only what one look says is compared, so the outcome does not depend on the order in which files come in.

use crate::finding::{Finding, FindingState};
use crate::lifecycle::{Effect, Event, Look, Sighting, advance};
use std::collections::{BTreeMap, BTreeSet};

/// The farthest a weakness is followed within its file, in lines.
pub const FARTHEST: u32 = 100;

/// What a look did to one finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<'a> {
    /// The finding before.
    pub before: Option<&'a Finding>,
    /// What the look says of it; nothing: it looked and did not see it.
    pub sighting: Option<&'a Sighting>,
    /// The finding after.
    pub finding: Finding,
    /// The change of its state.
    pub event: Option<Event>,
    /// In the words people use.
    pub effect: Effect,
}

impl<'a> Step<'a> {
    /// What a look does to a finding by itself; see [`advance`].
    pub fn of(before: Option<&'a Finding>, look: &Look, sighting: Option<&'a Sighting>) -> Option<Self> {
        let (finding, event, effect) = advance(before, look, sighting)?;
        Some(Self { before, sighting, finding, event, effect })
    }

    /// File and line of one that the look no longer saw.
    fn vanished(&self) -> Option<(&str, u32)> {
        let gone = self.sighting.is_none() && self.effect == Effect::Closed;
        place(&self.finding).filter(|_| gone)
    }

    /// File and line of one that was not open before.
    fn appeared(&self) -> Option<(&str, u32)> {
        let new = matches!(self.effect, Effect::Opened | Effect::Reopened);
        let in_code = self.sighting.is_some_and(|sighting| sighting.anchor.is_some());
        place(&self.finding).filter(|_| new && in_code)
    }

    /// Whether the tool itself tells such findings apart, by more than their line.
    fn has_print(&self) -> bool {
        self.sighting.and_then(|sighting| sighting.anchor).is_some_and(|anchor| anchor.has_print)
    }
}

/// File and line of a finding in code, as its subject names them.
fn place(finding: &Finding) -> Option<(&str, u32)> {
    let (file, line) = finding.subject.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

/// Places of what vanished and of what appeared, by position among the steps.
#[derive(Default)]
struct Sides<'s> {
    vanished: Vec<(&'s str, u32, usize)>,
    appeared: Vec<(&'s str, u32, usize)>,
}

/// Joins what moved, among everything that one look did to the findings of a tool. What vanished becomes
/// [`FindingState::Moved`]; what appeared takes over its times.
pub fn follow(steps: &mut [Step<'_>]) {
    let mut pairs = nearby(steps);
    let taken: BTreeSet<usize> = pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    pairs.extend(renamed(steps, &taken));
    for (from, to) in pairs {
        join(steps, from, to);
    }
}

/// The same rule and title within one file, nearest first.
fn nearby(steps: &[Step<'_>]) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<(&str, &str, &str, &str), Sides<'_>> = BTreeMap::new();
    for (nth, step) in steps.iter().enumerate() {
        let about = &step.finding;
        if let Some((file, line)) = step.vanished() {
            let sides = alike.entry((&about.target, &about.rule, &about.title, file)).or_default();
            sides.vanished.push((file, line, nth));
        } else if let Some((file, line)) = step.appeared().filter(|_| !step.has_print()) {
            let sides = alike.entry((&about.target, &about.rule, &about.title, file)).or_default();
            sides.appeared.push((file, line, nth));
        }
    }
    alike.into_values().flat_map(|sides| nearest(&sides)).collect()
}

/// Pairs of places no farther apart than [`FARTHEST`], none of which cross: order within a file is kept by edits.
fn nearest(Sides { vanished, appeared }: &Sides<'_>) -> Vec<(usize, usize)> {
    let sorted = |side: &[(&str, u32, usize)]| {
        let mut lines: Vec<_> = side.iter().map(|(_, line, nth)| (*line, *nth)).collect();
        lines.sort_unstable();
        lines
    };
    let (vanished, appeared) = (sorted(vanished), sorted(appeared));
    // Lines ascend on both sides, so only a window of either is near the other: no more is ever compared.
    let mut near: Vec<(u32, usize, usize)> = Vec::new();
    let mut first = 0;
    for (from, (line, _)) in vanished.iter().enumerate() {
        while appeared.get(first).is_some_and(|(other, _)| other + FARTHEST < *line) {
            first += 1;
        }
        let window =
            appeared[first..].iter().take_while(|(other, _)| *other <= line.saturating_add(FARTHEST));
        near.extend(window.enumerate().map(|(nth, (other, _))| (line.abs_diff(*other), from, first + nth)));
    }
    near.sort_unstable();
    let (mut by_from, mut by_to) = (BTreeMap::new(), BTreeMap::new());
    for (_, from, to) in near {
        let free = !by_from.contains_key(&from) && !by_to.contains_key(&to);
        let before = by_from.range(..from).next_back().is_none_or(|(_, other)| *other < to);
        let after = by_from.range(from..).next().is_none_or(|(_, other)| *other > to);
        if free && before && after {
            by_from.insert(from, to);
            by_to.insert(to, from);
        }
    }
    by_from.into_iter().map(|(from, to)| (vanished[from].1, appeared[to].1)).collect()
}

/// What was seen in a file: rule, line, title, and the position among the steps.
type Content<'s> = Vec<(&'s str, u32, &'s str, usize)>;

fn in_order<'s>(content: &Content<'s>) -> Content<'s> {
    let mut content = content.clone();
    content.sort_unstable();
    content
}

/// What is compared of two files.
fn plain<'s>(content: &Content<'s>) -> Vec<(&'s str, u32, &'s str)> {
    in_order(content).into_iter().map(|(rule, line, title, _)| (rule, line, title)).collect()
}

/// A file that is gone and one that was not there, with the very same rules at the very same lines, where no other
/// file would do as well. A single weakness is followed only when the file kept its name and went to another folder.
fn renamed(steps: &[Step<'_>], taken: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let (mut gone, mut come): (BTreeMap<_, Content<'_>>, BTreeMap<_, Content<'_>>) = Default::default();
    let mut stayed: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (nth, step) in steps.iter().enumerate() {
        let about = &step.finding;
        let side = match (step.vanished(), step.appeared()) {
            _ if taken.contains(&nth) => None,
            (Some((file, line)), _) => Some((&mut gone, file, line)),
            (_, Some((file, line))) => Some((&mut come, file, line)),
            _ => None,
        };
        match side {
            Some((side, file, line)) => side.entry((about.target.as_str(), file)).or_default().push((
                &about.rule,
                line,
                &about.title,
                nth,
            )),
            // A file of which something was seen before and after did not get another name.
            None => stayed.extend(place(about).map(|(file, _)| (about.target.as_str(), file))),
        }
    }
    let mut by_content: BTreeMap<_, (Vec<_>, Vec<_>)> = BTreeMap::new();
    for (nth, side) in [&gone, &come].into_iter().enumerate() {
        for ((target, file), content) in side.iter().filter(|(key, _)| !stayed.contains(*key)) {
            let files = by_content.entry((*target, plain(content))).or_default();
            let files = if nth == 0 { &mut files.0 } else { &mut files.1 };
            files.push((*file, content));
        }
    }
    let base = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut pairs = Vec::new();
    for ((_, plain), (from, to)) in by_content {
        let ([(from, gone)], [(to, come)]) = (from.as_slice(), to.as_slice()) else { continue };
        if plain.len() < 2 && base(from) != base(to) {
            continue;
        }
        let positions = in_order(gone).into_iter().zip(in_order(come));
        pairs.extend(positions.map(|((.., from), (.., to))| (from, to)));
    }
    pairs
}

fn join(steps: &mut [Step<'_>], from: usize, to: usize) {
    let Some(before) = steps[from].before.cloned() else { return };
    let (moved_to, place) = (steps[to].finding.id.clone(), steps[to].finding.place.clone());
    let gone = &mut steps[from];
    gone.effect = Effect::Other;
    gone.finding.state = FindingState::Moved;
    gone.finding.moved_to = Some(moved_to);
    // Where it is seen now is what shows that it moved; both events name that place.
    gone.finding.place = place.clone();
    if let Some(event) = &mut gone.event {
        event.state = FindingState::Moved;
        event.place = place;
    }
    let come = &mut steps[to];
    come.effect = Effect::Moved;
    come.finding.first_seen = before.first_seen;
    come.finding.state_since = before.state_since;
    come.finding.reopened = before.reopened;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Place, Subject, WeaknessFact};
    use crate::finding::weakness_key;
    use crate::hash::ContentHash;
    use crate::lifecycle::{Origin, sighting_of_weakness};
    use jiff::Timestamp;

    fn look(day: i64) -> Look {
        let at = Timestamp::from_second(day * 86_400).unwrap();
        Look { at, evidence: ContentHash::of(&day.to_le_bytes()) }
    }

    fn seen(look: &Look, (rule, file, line): (&str, &str, u32)) -> Sighting {
        let fact = WeaknessFact {
            target: "shop".into(),
            subject: Subject::Code { file: file.into(), line, fingerprint: None },
            rule: rule.into(),
            title: format!("title of {rule}"),
            severity: crate::Severity::High,
            vulnerabilities: vec![],
            cwes: vec![],
            cvss_vector: None,
            cvss_score: None,
            exploit: None,
            remedy: None,
            fixed_version: None,
            controls: vec![],
            detail: None,
            suppressed: false,
        };
        let origin = Origin { system: "s", tool: "semgrep", evidence: &look.evidence, at: look.at };
        let id = weakness_key("s", "semgrep", &fact, 0);
        sighting_of_weakness(origin, id, &fact, vec![], Place::new(line, ""))
    }

    /// Folds looks, each with the places it sees, and gives what is left by place.
    fn after(looks: &[&[(&'static str, &'static str, u32)]]) -> BTreeMap<String, (Finding, Effect)> {
        let mut known: BTreeMap<String, (Finding, Effect)> = BTreeMap::new();
        for (day, places) in looks.iter().enumerate() {
            let look = look(day as i64 + 1);
            let sightings: BTreeMap<String, Sighting> = places
                .iter()
                .map(|place| seen(&look, *place))
                .map(|sighting| (sighting.finding.id.clone(), sighting))
                .collect();
            let ids: BTreeSet<String> = known.keys().chain(sightings.keys()).cloned().collect();
            let before = known.clone();
            let step = |id: &String| Step::of(before.get(id).map(|(f, _)| f), &look, sightings.get(id));
            let mut steps: Vec<_> = ids.iter().filter_map(step).collect();
            follow(&mut steps);
            for Step { finding, effect, .. } in steps {
                known.insert(finding.id.clone(), (finding, effect));
            }
        }
        known.into_values().map(|(f, e)| (format!("{} {}", f.rule, f.subject), (f, e))).collect()
    }

    #[test]
    fn lines_added_above_keep_the_age_of_what_is_below() {
        let after = after(&[
            &[("sqli", "a.py", 10), ("sqli", "a.py", 40)],
            &[("sqli", "a.py", 17), ("sqli", "a.py", 47)],
        ]);
        for (from, to) in [("sqli a.py:10", "sqli a.py:17"), ("sqli a.py:40", "sqli a.py:47")] {
            assert_eq!(after[from].0.state, FindingState::Moved);
            assert_eq!(after[from].0.moved_to.as_deref(), Some(after[to].0.id.as_str()));
            assert_eq!((after[to].0.state, after[to].1), (FindingState::Open, Effect::Moved));
            assert_eq!(after[to].0.first_seen, look(1).at);
            assert_eq!(after[to].0.state_since, look(1).at);
        }
    }

    #[test]
    fn another_rule_and_a_far_line_are_not_the_same() {
        let after = after(&[
            &[("sqli", "a.py", 10), ("xss", "b.py", 5)],
            &[("xss", "a.py", 10), ("xss", "b.py", 206)],
        ]);
        assert_eq!(after["sqli a.py:10"].0.state, FindingState::Closed);
        assert_eq!(after["xss a.py:10"].1, Effect::Opened);
        assert_eq!(after["xss b.py:5"].0.state, FindingState::Closed);
        assert_eq!(after["xss b.py:206"].0.first_seen, look(2).at);
    }

    #[test]
    fn pairs_do_not_cross_and_what_is_left_over_opens_or_closes() {
        let after = after(&[
            &[("sqli", "a.py", 10), ("sqli", "a.py", 20)],
            &[("sqli", "a.py", 12), ("sqli", "a.py", 22), ("sqli", "a.py", 60)],
        ]);
        assert_eq!(after["sqli a.py:10"].0.moved_to.as_ref(), Some(&after["sqli a.py:12"].0.id));
        assert_eq!(after["sqli a.py:20"].0.moved_to.as_ref(), Some(&after["sqli a.py:22"].0.id));
        assert_eq!(after["sqli a.py:60"].1, Effect::Opened);
    }

    #[test]
    fn a_file_with_another_name_keeps_its_weaknesses_when_no_other_would_do() {
        let moved = after(&[
            &[("sqli", "old.py", 3), ("xss", "old.py", 9)],
            &[("sqli", "new.py", 3), ("xss", "new.py", 9)],
        ]);
        assert_eq!(moved["xss new.py:9"].0.first_seen, look(1).at);
        let twice = after(&[
            &[("sqli", "old.py", 3), ("xss", "old.py", 9)],
            &[("sqli", "new.py", 3), ("xss", "new.py", 9), ("sqli", "copy.py", 3), ("xss", "copy.py", 9)],
        ]);
        assert_eq!(twice["xss old.py:9"].0.state, FindingState::Closed, "two files would do");
        let single = after(&[&[("sqli", "old.py", 3)], &[("sqli", "new.py", 3)]]);
        assert_eq!(single["sqli old.py:3"].0.state, FindingState::Closed, "one weakness proves no new name");
        let folder = after(&[&[("sqli", "src/old.py", 3)], &[("sqli", "lib/old.py", 3)]]);
        assert_eq!(folder["sqli src/old.py:3"].0.state, FindingState::Moved);
    }

    #[test]
    fn there_and_back_again_is_one_weakness_that_never_reopened() {
        let after = after(&[&[("sqli", "a.py", 10)], &[("sqli", "a.py", 17)], &[("sqli", "a.py", 10)]]);
        let back = &after["sqli a.py:10"].0;
        assert_eq!((back.state, back.reopened, back.first_seen), (FindingState::Open, 0, look(1).at));
        assert_eq!(back.moved_to, None);
        assert_eq!(after["sqli a.py:17"].0.moved_to.as_ref(), Some(&back.id));
    }

    #[test]
    fn where_something_moved_away_from_a_new_weakness_is_new() {
        let after = after(&[
            &[("sqli", "a.py", 10)],
            &[("sqli", "a.py", 17)],
            &[("sqli", "a.py", 10), ("sqli", "a.py", 17)],
        ]);
        assert_eq!(after["sqli a.py:10"].1, Effect::Opened);
        assert_eq!(after["sqli a.py:10"].0.first_seen, look(3).at);
    }
}
