//! The modules of a metaschema and how a name leads to its definition.

use super::GenerateError;
use super::dom::{self, Element};

/// One metaschema file.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) file: String,
    pub(super) root: Element,
    imports: Vec<usize>,
}

/// All modules, the one asked for first.
#[derive(Debug)]
pub(super) struct Modules {
    pub(super) list: Vec<Module>,
}

/// Where a definition stands: its module and its place among the module's children.
pub(super) type Place = (usize, usize);

pub(super) fn read(entry: &str, load: &dyn Fn(&str) -> Option<String>) -> Result<Modules, GenerateError> {
    let mut list: Vec<Module> = Vec::new();
    let mut waiting = vec![entry.to_owned()];
    while let Some(file) = waiting.pop() {
        if list.iter().any(|module| module.file == file) {
            continue;
        }
        let text = load(&file).ok_or_else(|| GenerateError::Missing { file: file.clone() })?;
        let root = dom::parse(&file, &text, load)?;
        let imports = root.all("import").filter_map(|import| import.attribute("href"));
        waiting.extend(imports.map(str::to_owned));
        list.push(Module { file, root, imports: Vec::new() });
    }
    for at in 0..list.len() {
        let hrefs: Vec<String> = list[at]
            .root
            .all("import")
            .filter_map(|import| import.attribute("href"))
            .map(str::to_owned)
            .collect();
        list[at].imports =
            hrefs.iter().filter_map(|href| list.iter().position(|module| module.file == *href)).collect();
    }
    Ok(Modules { list })
}

impl Modules {
    /// The definition that a name means in a module: its own first, then what its imports export.
    pub(super) fn lookup(
        &self,
        module: usize,
        kind: &'static str,
        name: &str,
    ) -> Result<Place, GenerateError> {
        let tag = format!("define-{kind}");
        let own = |at: usize, exported: Exported| {
            self.list[at].root.children.iter().position(|child| {
                let local = child.attribute("scope") == Some("local");
                let visible = matches!(exported, Exported::All) || !local;
                child.name == tag && visible && child.attribute("name") == Some(name)
            })
        };
        if let Some(place) = own(module, Exported::All) {
            return Ok((module, place));
        }
        let mut seen = vec![module];
        let mut waiting = self.list[module].imports.clone();
        while let Some(at) = waiting.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            if let Some(place) = own(at, Exported::Global) {
                return Ok((at, place));
            }
            waiting.extend(&self.list[at].imports);
        }
        Err(GenerateError::Undefined { file: self.list[module].file.clone(), kind, name: name.to_owned() })
    }

    /// The element at a place.
    pub(super) fn definition(&self, place: Place) -> &Element {
        &self.list[place.0].root.children[place.1]
    }
}

/// Which definitions of a module are seen.
#[derive(Clone, Copy)]
enum Exported {
    /// From inside the module: all.
    All,
    /// From outside: those not marked local.
    Global,
}
