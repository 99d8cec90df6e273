//! Components as they come back from an inventory: which field of a component each column changes.

use super::poam::person;
use super::register::{Line, Register, Taking, Told, Untaken};
use super::sight::RowField;
use crate::hand_in::assets::{AssetField, sort_shown};
use crate::hand_in::layout::Rows;
use crate::hand_in::subject::Subject;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType};

/// What components may be in an inventory.
const SORTS: [ComponentType; 6] = [
    ComponentType::Host,
    ComponentType::Device,
    ComponentType::Network,
    ComponentType::DataStore,
    ComponentType::Service,
    ComponentType::Software,
];

impl RowField for AssetField {
    fn is_day(self) -> bool {
        self == Self::EndOfSupport
    }
}

/// The components of a system.
pub(super) struct Assets<'a> {
    subject: Subject<'a>,
}

impl<'a> Assets<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        Self { subject: *subject }
    }
}

impl<'a> Register<'a> for Assets<'a> {
    type Field = AssetField;
    type Body = Component;
    const ID: Option<AssetField> = None;
    const NAMES: &'static [AssetField] = &[AssetField::Identifier, AssetField::Label];
    const UNIQUE: bool = true;
    const ABOUT: Option<AssetField> = None;
    const LAST: &'static [AssetField] = &[AssetField::Software, AssetField::SoftwareVendor];

    fn records(&self) -> &'a [Record<Component>] {
        &self.subject.snapshot.components
    }

    fn blank(&self) -> Component {
        Component { system: self.subject.snapshot.system.id.clone(), ..Component::default() }
    }

    fn take(
        &self,
        draft: &mut Component,
        field: AssetField,
        told: &Told<'_>,
        line: &Line<'_, AssetField>,
        before: Option<&Record<Component>>,
    ) -> Taking {
        let says = told.says;
        let is_software = |draft: &Component| draft.component_type == ComponentType::Software;
        match field {
            AssetField::Identifier if says.is_empty() => {
                return Err(Untaken::Wrong("an asset needs its identifier; write one".to_owned()));
            }
            AssetField::Identifier => {
                // A new component is called so, unless it has a label.
                if before.is_some() || !line.says(AssetField::Label).is_empty() {
                    renamed(draft, told, line, Front::Yes)?;
                }
            }
            AssetField::Addresses | AssetField::Names => renamed(draft, told, line, Front::No)?,
            AssetField::Sort => draft.component_type = sort(says)?,
            AssetField::Label if says.is_empty() => {
                return Err(Untaken::Wrong("a component needs its name; write it as the label".to_owned()));
            }
            AssetField::Label => draft.name = says.to_owned(),
            AssetField::Owner => draft.owner = person(&self.subject.snapshot.programme.persons, says)?,
            AssetField::EndOfSupport => draft.end_of_support = says.parse().ok(),
            AssetField::SoftwareVendor if is_software(draft) => {
                draft.vendor = (!says.is_empty()).then(|| says.to_owned());
            }
            AssetField::Software if is_software(draft) => {
                let name =
                    if draft.name.is_empty() { line.says(AssetField::Identifier) } else { &draft.name };
                let Some(version) =
                    says.strip_prefix(name).filter(|rest| rest.is_empty() || rest.starts_with(' '))
                else {
                    let why = "the name is the label; write the label followed by the version";
                    return Err(Untaken::Left(why.to_owned()));
                };
                draft.product_version = Some(version.trim().to_owned()).filter(|version| !version.is_empty());
            }
            AssetField::SoftwareVendor | AssetField::Software => {
                let why =
                    "it is said of software only; what runs on this asset comes from bills of materials";
                return Err(Untaken::Left(why.to_owned()));
            }
            AssetField::Authenticated
            | AssetField::Benchmarks
            | AssetField::Platform
            | AssetField::Scanned => {
                return Err(Untaken::Left("derived from what tools saw; import that".to_owned()));
            }
        }
        Ok(())
    }

    fn place(&self, _: &mut Component, _: Rows, _: Option<&Record<Component>>) -> Taking {
        Ok(())
    }

    fn complete(&self, draft: &mut Component, line: &Line<'_, AssetField>) -> Vec<(AssetField, String)> {
        let mut lacks = Vec::new();
        if draft.name.is_empty() {
            draft.name = line.says(AssetField::Identifier).to_owned();
        }
        draft.hostnames.retain(|name| !name.eq_ignore_ascii_case(&draft.name));
        if line.says(AssetField::Identifier).is_empty() {
            lacks.push((AssetField::Identifier, "a new asset needs its identifier; write it".to_owned()));
        }
        if line.says(AssetField::Sort).is_empty() {
            let message = format!("a new asset needs its type; write one of {}", sorts());
            lacks.push((AssetField::Sort, message));
        }
        let called = |record: &&Record<Component>| record.body.name.eq_ignore_ascii_case(&draft.name);
        if let Some(other) = self.records().iter().find(called) {
            let message =
                format!("there is a component `{}` already; give this one another name", other.body.name);
            lacks.push((AssetField::Label, message));
        }
        lacks
    }
}

/// Whether a new name goes first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Front {
    Yes,
    No,
}

/// Names that were added or struck out in a cell. A name that still stands in another column of the row stays.
fn renamed(draft: &mut Component, told: &Told<'_>, line: &Line<'_, AssetField>, front: Front) -> Taking {
    let names = |text: &str| -> Vec<String> {
        let parts = text.split([';', ',', '\n']).map(str::trim).filter(|name| !name.is_empty());
        parts.map(str::to_owned).collect()
    };
    let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    let (was, says) = (names(told.was), names(told.says));
    let columns = [AssetField::Identifier, AssetField::Addresses, AssetField::Names];
    let all: Vec<String> = columns.iter().flat_map(|field| names(line.says(*field))).collect();
    let own = draft.name.clone();
    for name in was.iter().filter(|name| !all.iter().any(|kept| is(kept, name)) && !is(name, &own)) {
        let before = draft.hostnames.len();
        draft.hostnames.retain(|known| !is(known, name));
        if draft.hostnames.len() == before {
            return Err(Untaken::Left(format!(
                "`{name}` is a name that scans report; it goes when they no longer do"
            )));
        }
    }
    let known =
        |draft: &Component, name: &str| is(name, &own) || draft.hostnames.iter().any(|known| is(known, name));
    let new: Vec<String> = says
        .iter()
        .filter(|name| !was.iter().any(|old| is(old, name)) && !known(draft, name))
        .cloned()
        .collect();
    if front == Front::Yes {
        draft.hostnames.splice(0..0, new);
    } else {
        draft.hostnames.extend(new);
    }
    Ok(())
}

fn sort(says: &str) -> Result<ComponentType, Untaken> {
    let is = |sort: &&ComponentType| sort_shown(**sort).eq_ignore_ascii_case(says.trim());
    let none = || Untaken::Wrong(format!("`{says}` is no type that Warrant knows; write one of {}", sorts()));
    SORTS.iter().find(is).copied().ok_or_else(none)
}

fn sorts() -> String {
    SORTS.map(sort_shown).join(", ")
}
