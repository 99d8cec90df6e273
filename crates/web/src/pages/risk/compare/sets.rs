//! The sets of an address: `budget~50000;initiative~Patch%20round;Quick%20wins~id.id`.

use crate::error::PageError;
use crate::list::ListAddress;
use crate::words::{Words, say};
use warrant_service::risk::{MOST_SETS, SetOf};

/// The parameter that holds them.
pub(in crate::pages::risk) const PARAMETER: &str = "sets";

/// Pieces of work chosen by hand in one set, at most: an address has an end.
const MOST_CHOSEN: usize = 200;

/// The longest name of a set.
const LONGEST: usize = 60;

/// The sets that an address names; nonsense is told with its remedy.
pub(super) fn read(list: &ListAddress) -> Result<Vec<SetOf>, PageError> {
    let sets = list.get(PARAMETER).split(';').filter_map(|set| set.split_once('~'));
    let sets = sets
        .map(|(name, what)| match name {
            "budget" => Ok(SetOf::Budget(amount(what)?)),
            "initiative" => Ok(SetOf::Initiative(what.to_owned())),
            name => {
                let ids: Vec<String> =
                    what.split('.').filter(|id| !id.is_empty()).map(str::to_owned).collect();
                few(ids.len(), MOST_CHOSEN)?;
                Ok(SetOf::Named { name: called(name, &say("compare-choice")), ids })
            }
        })
        .collect::<Result<Vec<_>, PageError>>()?;
    few(sets.len(), MOST_SETS)?;
    Ok(sets)
}

/// The sets with what a form of the page adds or calls otherwise.
pub(super) fn changed(list: &ListAddress, mut sets: Vec<SetOf>) -> Result<Vec<SetOf>, PageError> {
    if let Some(budget) = list.some("budget") {
        sets.push(SetOf::Budget(amount(&budget)?));
    }
    if let Some(initiative) = list.some("initiative") {
        sets.push(SetOf::Initiative(plain(&initiative)));
    }
    let nth = list.get("rename").parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    if let Some(SetOf::Named { name, .. }) = nth.and_then(|nth| sets.get_mut(nth)) {
        *name = called(list.get("name"), name);
    }
    few(sets.len(), MOST_SETS)?;
    Ok(sets)
}

/// The sets with one more of rows that were selected.
pub(super) fn with_rows(mut sets: Vec<SetOf>, rows: Vec<String>) -> Result<Vec<SetOf>, PageError> {
    few(rows.len(), MOST_CHOSEN)?;
    if !rows.is_empty() {
        let count = sets.iter().filter(|set| matches!(set, SetOf::Named { .. })).count();
        sets.push(SetOf::Named {
            name: Words::of("compare-choice-nth").with("nth", count + 1).said(),
            ids: rows,
        });
    }
    few(sets.len(), MOST_SETS)?;
    Ok(sets)
}

/// The sets as an address holds them.
pub(super) fn written(sets: &[SetOf]) -> String {
    let one = |set: &SetOf| match set {
        SetOf::Budget(budget) => format!("budget~{budget}"),
        SetOf::Initiative(name) => format!("initiative~{}", plain(name)),
        SetOf::Named { name, ids } => format!("{}~{}", plain(name), ids.join(".")),
    };
    sets.iter().map(one).collect::<Vec<_>>().join(";")
}

/// Without what parts sets.
fn plain(name: &str) -> String {
    name.replace([';', '~'], " ")
}

/// A name that can stand in an address, or another in its place.
fn called(name: &str, other: &str) -> String {
    let name: String = plain(name).trim().chars().take(LONGEST).collect();
    if name.is_empty() || name == "budget" || name == "initiative" { other.to_owned() } else { name }
}

fn few(count: usize, most: usize) -> Result<(), PageError> {
    if count <= most {
        return Ok(());
    }
    Err(PageError::Refused(Words::of("error-too-many").with("count", count).with("most", most)))
}

/// Money as people write it.
fn amount(text: &str) -> Result<f64, PageError> {
    match text.replace([' ', ',', '_', '\u{a0}'], "").parse::<f64>() {
        Ok(amount) if (0.0..=1e15).contains(&amount) => Ok(amount),
        _ => Err(PageError::Refused(
            Words::of("error-no-amount").with("field", say("portfolio-budget-field")).with("amount", text),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(value: &str) -> Vec<SetOf> {
        read(&ListAddress::bare("/risk/compare").set(PARAMETER, value)).unwrap()
    }

    #[test]
    fn sets_are_read_as_they_are_written() {
        let all = [
            SetOf::Budget(50_000.0),
            SetOf::Initiative("Patch round".to_owned()),
            SetOf::Named { name: "Quick wins".to_owned(), ids: vec!["a".to_owned(), "b_1".to_owned()] },
        ];
        let text = written(&all);
        assert_eq!(text, "budget~50000;initiative~Patch round;Quick wins~a.b_1");
        assert_eq!(sets(&text), all);
        assert!(sets("").is_empty());
    }

    #[test]
    fn names_that_would_part_an_address_are_mended() {
        let list = ListAddress::bare("/risk/compare").set("rename", "1").set("name", "a;b~c");
        let named = vec![SetOf::Named { name: "Choice 1".to_owned(), ids: vec!["x".to_owned()] }];
        let called = changed(&list, named.clone()).unwrap();
        assert_eq!(written(&called), "a b c~x");
        let list = ListAddress::bare("/risk/compare").set("rename", "1").set("name", "budget");
        assert_eq!(changed(&list, named).unwrap(), sets("Choice 1~x"));
    }

    #[test]
    fn too_many_sets_and_nonsense_are_refused() {
        let list = |value: &str| ListAddress::bare("/risk/compare").set(PARAMETER, value);
        for bad in ["budget~-1", "budget~NaN", "budget~1e99", "a~1;b~1;c~1;d~1;e~1;f~1"] {
            assert!(read(&list(bad)).is_err(), "{bad}");
        }
        assert!(with_rows(Vec::new(), vec!["x".to_owned(); 201]).is_err());
    }
}
