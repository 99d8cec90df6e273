//! POA&M items as they come back: which field of an item each column changes.

use super::milestones::parsed;
use super::register::{Line, Register, Taking, Told, Untaken};
use super::sight::RowField;
use crate::hand_in::layout::{Layout, Rows};
use crate::hand_in::poam::PoamField;
use crate::hand_in::subject::{Subject, control_shown};
use jiff::civil::Date;
use warrant_catalog::index::{Index, normalize_control_id};
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Person, PoamItem};
use warrant_model::level::Severity;

/// The longest title that is made of a description.
const TITLE: usize = 120;

impl RowField for PoamField {
    fn is_day(self) -> bool {
        matches!(self, Self::Detected | Self::Due | Self::Changed)
    }
}

/// The POA&M items of a system.
pub(super) struct Items<'a> {
    subject: Subject<'a>,
    pattern: String,
    /// Where it says what shows that an item is done.
    shown: &'static str,
}

impl<'a> Items<'a> {
    pub(super) fn of(subject: &Subject<'a>, layout: &Layout) -> Self {
        let has = layout.columns.iter().any(|column| column.field.as_deref() == Some("validation"));
        let shown = match has {
            true => "what is done needs something that shows it; name it under Supporting Documents",
            false => {
                "what is done needs something that shows it, for which this workbook has no column; write it into the \
                 item's field Validation in Warrant first"
            }
        };
        Self { subject: *subject, pattern: layout.day_pattern.clone(), shown }
    }
}

impl<'a> Register<'a> for Items<'a> {
    type Field = PoamField;
    type Body = PoamItem;
    const ID: Option<PoamField> = Some(PoamField::Id);
    const NAMES: &'static [PoamField] = &[PoamField::Weakness];
    const UNIQUE: bool = false;
    const ABOUT: Option<PoamField> = Some(PoamField::Description);
    const LAST: &'static [PoamField] = &[PoamField::Status];

    fn records(&self) -> &'a [Record<PoamItem>] {
        &self.subject.snapshot.poam_items
    }

    fn blank(&self) -> PoamItem {
        PoamItem {
            system: self.subject.snapshot.system.id.clone(),
            state: "draft".to_owned(),
            ..PoamItem::default()
        }
    }

    fn take(
        &self,
        draft: &mut PoamItem,
        field: PoamField,
        told: &Told<'_>,
        line: &Line<'_, PoamField>,
        before: Option<&Record<PoamItem>>,
    ) -> Taking {
        let says = told.says;
        let text = || (!says.is_empty()).then(|| says.to_owned());
        match field {
            PoamField::Weakness if says.is_empty() => return wrong("a weakness needs a name; write one"),
            PoamField::Weakness => draft.title = says.to_owned(),
            PoamField::Description if says.is_empty() => match before {
                Some(item) if item.body.description.is_none() && line.has(PoamField::Weakness) => {
                    return left("it shows the weakness name while there is no description");
                }
                _ if !line.has(PoamField::Weakness) => {
                    return wrong("a weakness needs its description; write one");
                }
                _ => draft.description = None,
            },
            PoamField::Description => draft.description = text(),
            PoamField::Controls => draft.controls = controls(says, &draft.controls)?,
            PoamField::Control => {
                let first = draft.controls.first().map(|id| control_shown(id));
                let mut new = controls(says, &[])?;
                let rest = draft.controls.iter().filter(|id| Some(control_shown(id)) != first);
                new.extend(rest.cloned());
                let mut seen = std::collections::BTreeSet::new();
                new.retain(|id| seen.insert(id.clone()));
                draft.controls = new;
            }
            PoamField::Owner => draft.owner = person(&self.subject.snapshot.programme.persons, says)?,
            PoamField::Resources => (draft.hours, draft.cost) = resources(says)?,
            PoamField::Detected => draft.identified = date(says),
            PoamField::Due => draft.due = date(says),
            PoamField::Milestones => {
                draft.milestones = parsed(says, &draft.milestones, &self.pattern).map_err(Untaken::Wrong)?;
            }
            PoamField::Severity => draft.severity = severity(told, draft.severity)?,
            PoamField::OriginalSeverity if before.is_none() => {
                let adjusted =
                    [PoamField::AdjustedSeverity, PoamField::Severity].map(|field| line.says(field));
                if adjusted.iter().any(|now| !now.is_empty() && *now != "N/A") {
                    return left("a new item begins with the rating it has now; earlier ones are not kept");
                }
                draft.severity = severity(told, None)?;
            }
            PoamField::AdjustedSeverity if matches!(says, "" | "N/A") => match (told.was, before) {
                // Neither says that it was adjusted.
                ("" | "N/A", _) | (_, None) => {}
                (_, Some(item)) => {
                    let first = self.subject.originals.get(&item.id);
                    draft.severity = first.and_then(|first| first.severity).or(draft.severity);
                }
            },
            PoamField::AdjustedSeverity => draft.severity = severity(told, draft.severity)?,
            PoamField::Validation => draft.validation = text(),
            PoamField::Comments => draft.comments = text(),
            PoamField::SourceIdentifiers | PoamField::Vulnerabilities if before.is_none() => {
                for name in says.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
                    if !draft.findings.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                        draft.findings.push(name.to_owned());
                    }
                }
            }
            PoamField::Status => return self.status(draft, told, before),
            _ => return left(derived(field)),
        }
        Ok(())
    }

    fn place(&self, draft: &mut PoamItem, on: Rows, before: Option<&Record<PoamItem>>) -> Taking {
        match on {
            Rows::PoamClosed => self.close(draft, before),
            _ if before.is_some_and(|item| item.body.state == "closed") => reopen(draft),
            _ => Ok(()),
        }
    }

    fn complete(&self, draft: &mut PoamItem, line: &Line<'_, PoamField>) -> Vec<(PoamField, String)> {
        let mut lacks = Vec::new();
        if draft.title.is_empty() && line.has(PoamField::Weakness) {
            lacks.push((
                PoamField::Weakness,
                "a new item needs the name of its weakness; write it".to_owned(),
            ));
        } else if draft.title.is_empty() {
            let described = draft.description.clone().unwrap_or_default();
            let first = described.lines().next().unwrap_or_default().trim();
            draft.title = first.chars().take(TITLE).collect();
            if draft.title == described {
                draft.description = None;
            }
            if draft.title.is_empty() {
                lacks.push((PoamField::Description, "a new item needs a description; write it".to_owned()));
            }
        }
        if line.has(PoamField::Status) && line.says(PoamField::Status).is_empty() {
            lacks.push((PoamField::Status, "a new item needs its status; choose one".to_owned()));
        }
        if draft.state == "draft" && draft.owner.is_some() && draft.due.is_some() {
            draft.state = "planned".to_owned();
        }
        lacks
    }
}

impl Items<'_> {
    fn status(&self, draft: &mut PoamItem, told: &Told<'_>, before: Option<&Record<PoamItem>>) -> Taking {
        match told.ours.first().copied() {
            _ if told.says.is_empty() => wrong("an item needs its status; choose one"),
            Some("closed") => self.close(draft, before),
            Some("accepted") => {
                left("a risk is accepted by an exception with its reason and day; make one in Warrant")
            }
            Some(_) if before.is_some_and(|item| item.body.state == "closed") => reopen(draft),
            Some(_) if before.is_some() => {
                left("the risk is accepted by an exception; end that one in Warrant")
            }
            Some(_) => Ok(()),
            None => left("Warrant has no such state; cancel the item there, with the reason"),
        }
    }

    /// One step towards closed: what is under way is reported done, and an officer accepts that.
    fn close(&self, draft: &mut PoamItem, before: Option<&Record<PoamItem>>) -> Taking {
        let to = match before.map(|item| item.body.state.as_str()) {
            Some("closed") => return Ok(()),
            Some("draft") => {
                return wrong(
                    "the item is a draft and has no plan yet; plan it with an owner and a day before it is done",
                );
            }
            Some("validating") | None => "closed",
            Some(_) => "validating",
        };
        if draft.validation.as_ref().is_none_or(|shown| shown.trim().is_empty()) {
            return wrong(self.shown);
        }
        draft.state = to.to_owned();
        Ok(())
    }
}

fn reopen(draft: &mut PoamItem) -> Taking {
    if draft.comments.as_ref().is_none_or(|said| said.trim().is_empty()) {
        return wrong("a closed item is opened again with a reason; write it under Comments");
    }
    draft.state = "ongoing".to_owned();
    Ok(())
}

fn left(why: &str) -> Taking {
    Err(Untaken::Left(why.to_owned()))
}

fn wrong(message: &str) -> Taking {
    Err(Untaken::Wrong(message.to_owned()))
}

/// Where a column that is not taken comes from.
fn derived(field: PoamField) -> &'static str {
    match field {
        PoamField::Detectors | PoamField::SourceIdentifiers | PoamField::Targets => {
            "derived from the findings it plans to end; import what the tools saw"
        }
        PoamField::Remedies => {
            "derived from what tools advise about its findings; say it in the description or as a milestone"
        }
        PoamField::Vulnerabilities => {
            "derived from the findings it plans to end; name more in the item's field Findings"
        }
        PoamField::Office => "derived from the system's unit",
        PoamField::MilestoneChanges => "derived from how the plan changed; change the milestones themselves",
        PoamField::Changed => "derived from when the item changed last",
        PoamField::OriginalSeverity => {
            "derived from the first version of the item; adjust the rating instead"
        }
        PoamField::RiskAdjusted => "derived from the ratings at first and now",
        PoamField::Deviation | PoamField::Mitigations => {
            "derived from exceptions in force; change the exception"
        }
        _ => "derived from the item",
    }
}

fn date(says: &str) -> Option<Date> {
    says.parse().ok()
}

/// The severity that the template's word stands for: the one it is where several have one word, else the least of them.
fn severity(told: &Told<'_>, now: Option<Severity>) -> Result<Option<Severity>, Untaken> {
    if told.says.is_empty() {
        return Ok(None);
    }
    let meant: Vec<Severity> = told.ours.iter().filter_map(|word| Severity::from_word(word)).collect();
    if let Some(now) = now.filter(|now| meant.contains(now)) {
        return Ok(Some(now));
    }
    let none = || Untaken::Left("Warrant has no rating of that name".to_owned());
    meant.into_iter().min().map(Some).ok_or_else(none)
}

/// Controls as catalogues print them. A control that was there stays as it was, with the statements it names.
fn controls(says: &str, before: &[String]) -> Result<Vec<String>, Untaken> {
    let mut ids: Vec<String> = Vec::new();
    for named in says.split([',', ';', '\n']).map(str::trim).filter(|named| !named.is_empty()) {
        let known = before.iter().filter(|id| control_shown(id).eq_ignore_ascii_case(named));
        let known: Vec<String> = known.cloned().collect();
        if !known.is_empty() {
            ids.extend(known);
            continue;
        }
        let index = Index::embedded();
        let id = normalize_control_id(named).filter(|id| index.by_id(id).is_some());
        let none = || {
            Untaken::Wrong(format!("`{named}` is no control of SP 800-53; write it as in AC-2 or AC-2(1)"))
        };
        ids.push(id.ok_or_else(none)?);
    }
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    Ok(ids)
}

/// The only person on record of a name or e-mail address; nobody for nothing.
pub(super) fn person(persons: &[Record<Person>], says: &str) -> Result<Option<RecordId>, Untaken> {
    let named = says.trim().to_lowercase();
    if named.is_empty() {
        return Ok(None);
    }
    let is = |person: &&Record<Person>| {
        [&person.body.name, &person.body.email].iter().any(|one| one.trim().to_lowercase() == named)
    };
    let mut found = persons.iter().filter(is);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(Some(only.id.clone())),
        (None, _) => Err(Untaken::Wrong(format!(
            "nobody on record is called `{says}`; record the person first, or write somebody's name or e-mail address"
        ))),
        _ => Err(Untaken::Wrong(format!("several people are called `{says}`; write the e-mail address"))),
    }
}

/// Hours and cost, as in `40 person-hours; cost 1200.00`.
fn resources(says: &str) -> Result<(Option<f64>, Option<f64>), Untaken> {
    let (mut hours, mut cost) = (None, None);
    for piece in says.split([';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let lower = piece.to_lowercase();
        let number = |text: &str| {
            let plain = text.trim().trim_start_matches(['$', '€', '£', ':']).replace(',', "");
            plain.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)
        };
        let slot = if let Some(amount) = lower.strip_prefix("cost") {
            cost = number(amount);
            cost
        } else {
            let units = ["person-hours", "person hours", "hours", "hour", "h"];
            hours = units.iter().find_map(|unit| lower.strip_suffix(unit)).and_then(number);
            hours
        };
        if slot.is_none() {
            let form = "Warrant keeps hours and cost; write them as `40 person-hours; cost 1200.00`";
            return Err(Untaken::Left(form.to_owned()));
        }
    }
    Ok((hours, cost))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_hours_and_cost_or_nothing() {
        let read = |text: &str| resources(text).ok();
        assert_eq!(read("40 person-hours; cost 1200.00"), Some((Some(40.0), Some(1200.0))));
        assert_eq!(read("cost $1,200.50\n2.5 hours"), Some((Some(2.5), Some(1200.5))));
        assert_eq!(read(""), Some((None, None)));
        for text in ["two people", "40", "cost much", "-3 hours", "NaN hours"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn controls_keep_the_statements_they_were() {
        let before = ["ac-2_smt.a".to_owned(), "ac-2_smt.d".to_owned(), "si-2".to_owned()];
        let read = |text: &str| controls(text, &before).ok();
        assert_eq!(read("AC-2, SI-2").unwrap(), before);
        assert_eq!(read("SI-2; ac-2(1)").unwrap(), ["si-2", "ac-2.1"]);
        assert_eq!(read("SI-2, XX-9"), None);
    }
}
