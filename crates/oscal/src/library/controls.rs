//! The controls that stand behind a document: those of its catalogues, and those its profiles select.

use super::{DEPTH, Library};
use crate::tree::{Document, Kind, NodeId};
use std::collections::{HashMap, HashSet};

/// How many documents are taken in for one question; the same one counts each time it is imported.
const STEPS: usize = 256;

/// Controls behind a document.
#[derive(Debug, Default)]
pub(crate) struct Controls<'a> {
    /// Every control of the catalogues: its document and node.
    pub(crate) known: HashMap<&'a str, (&'a Document, NodeId)>,
    /// Those that the profiles select, in order.
    pub(crate) selected: Vec<&'a str>,
    /// Parameters of the catalogues, wherever they stand.
    pub(crate) parameters: HashSet<&'a str>,
    /// Ids of parts of controls.
    parts: HashSet<&'a str>,
    /// How many documents were taken in so far.
    steps: usize,
    /// Addresses that led nowhere: what they hold is not known.
    pub(crate) missing: Vec<&'a str>,
}

impl<'a> Controls<'a> {
    /// What an address leads to, seen from the document at `from`.
    pub(crate) fn behind(library: &'a Library, from: usize, href: &'a str) -> Self {
        let mut controls = Self::default();
        let mut path = vec![from];
        controls.follow(library, from, href, &mut path);
        controls.selected = distinct(std::mem::take(&mut controls.selected));
        controls
    }

    /// Nothing, since an address led nowhere.
    pub(crate) fn missing(href: &'a str) -> Self {
        Self { missing: vec![href], ..Self::default() }
    }

    /// Whether all of it is at hand, so that what is not found does not exist.
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether a control has a part with this id.
    pub(crate) fn has_part(&self, control: &str, part: &str) -> bool {
        let Some((document, id)) = self.known.get(control) else { return false };
        let below = *id..document.nodes[*id].end as usize;
        below
            .into_iter()
            .any(|id| document.nodes[id].name == "part" && document.flag_text(id, "id") == Some(part))
    }

    /// Whether any control has a part with this id.
    pub(crate) fn has_any_part(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// Takes in what another knows.
    pub(crate) fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
        self.parameters.extend(other.parameters);
        self.parts.extend(other.parts);
        self.missing.extend(other.missing);
    }

    fn follow(&mut self, library: &'a Library, from: usize, href: &'a str, path: &mut Vec<usize>) {
        let Some((at, document)) = library.find(from, href).and_then(|at| Some((at, library.document(at)?)))
        else {
            self.missing.push(href);
            return;
        };
        // A cycle selects nothing new.
        if path.contains(&at) || path.len() > DEPTH {
            return;
        }
        self.steps += 1;
        if self.steps > STEPS {
            self.missing.push(href);
            return;
        }
        path.push(at);
        match document.model() {
            "catalog" => {
                let ids = self.catalogue(document);
                self.selected.extend(ids);
            }
            "profile" => self.profile(library, at, document, path),
            _ => self.missing.push(href),
        }
        path.pop();
    }

    /// Takes in a catalogue and gives its controls' ids.
    fn catalogue(&mut self, document: &'a Document) -> Vec<&'a str> {
        let mut ids = Vec::new();
        for (id, node) in document.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Assembly) {
            let Some(name) = (match node.name {
                "control" | "param" | "part" => document.flag_text(id, "id"),
                _ => None,
            }) else {
                continue;
            };
            match node.name {
                "control" => {
                    self.known.insert(name, (document, id));
                    ids.push(name);
                }
                "param" => drop(self.parameters.insert(name)),
                _ => drop(self.parts.insert(name)),
            }
        }
        ids
    }

    fn profile(&mut self, library: &'a Library, at: usize, document: &'a Document, path: &mut Vec<usize>) {
        for import in document.named(0, "import") {
            let Some(href) = document.flag_text(import, "href") else { continue };
            let outer = std::mem::take(&mut self.selected);
            self.follow(library, at, href, path);
            let offered = std::mem::replace(&mut self.selected, outer);
            let chosen = self.chosen(document, import, &offered);
            self.selected.extend(chosen);
        }
    }

    /// The controls that an import takes of those offered.
    fn chosen(&self, document: &'a Document, import: NodeId, offered: &[&'a str]) -> Vec<&'a str> {
        let picks = |name: &str| -> HashSet<&'a str> {
            let mut ids = HashSet::new();
            for selection in document.named(import, name) {
                let mut found: Vec<&str> =
                    document.named(selection, "with-id").map(|id| document.text(id)).collect();
                for matching in document.named(selection, "matching") {
                    let pattern = document.flag_text(matching, "pattern").unwrap_or_default();
                    found.extend(offered.iter().filter(|id| glob(pattern, id)));
                }
                if document.flag_text(selection, "with-child-controls") == Some("yes") {
                    let parents: HashSet<&str> = found.iter().copied().collect();
                    found.extend(offered.iter().filter(|id| self.is_below(id, &parents)));
                }
                let found: HashSet<&str> = found.into_iter().collect();
                ids.extend(offered.iter().filter(|id| found.contains(**id)));
            }
            ids
        };
        let included = picks("include-controls");
        let excluded = picks("exclude-controls");
        // An import that names no control takes all of them.
        let all = document.named(import, "include-controls").next().is_none();
        let wanted = |id: &&&'a str| (all || included.contains(**id)) && !excluded.contains(**id);
        offered.iter().filter(wanted).copied().collect()
    }

    /// Whether a control lies below one of these.
    fn is_below(&self, id: &str, parents: &HashSet<&str>) -> bool {
        let Some((document, mut node)) = self.known.get(id).copied() else { return false };
        while let Some(parent) = document.nodes.get(node).map(|node| node.parent as usize)
            && let Some(above) = document.nodes.get(parent)
        {
            if above.name == "control"
                && document.flag_text(parent, "id").is_some_and(|id| parents.contains(id))
            {
                return true;
            }
            node = parent;
        }
        false
    }
}

/// Each once, in the order of the first.
fn distinct(ids: Vec<&str>) -> Vec<&str> {
    let mut seen = HashSet::new();
    ids.into_iter().filter(|id| seen.insert(*id)).collect()
}

/// A pattern with `*` and `?`, as profiles use it.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}
