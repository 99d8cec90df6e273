//! What expressions are evaluated in: the tree, the joins, and a bound on the work.

use super::definition::Join;
use crate::ReadError;
use crate::tree::{NodeId, Tree};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

/// The tree and what helps to look things up in it.
pub struct Scope<'t> {
    /// The document.
    pub tree: &'t Tree<'t>,
    joins: &'t BTreeMap<String, Join>,
    indexes: RefCell<HashMap<String, HashMap<String, NodeId>>>,
    memory: RefCell<HashMap<usize, (NodeId, Vec<NodeId>)>>,
    work: Cell<u64>,
}

/// Steps through the tree that are allowed besides those for each node.
const WORK: u64 = 5_000_000;

/// Steps through the tree that are allowed for each node.
const WORK_PER_NODE: u64 = 200;

impl<'t> Scope<'t> {
    /// A scope over a tree.
    pub fn new(tree: &'t Tree<'t>, joins: &'t BTreeMap<String, Join>) -> Self {
        let work = WORK + WORK_PER_NODE * tree.len() as u64;
        Self { tree, joins, indexes: RefCell::default(), memory: RefCell::default(), work: Cell::new(work) }
    }

    /// Counts a step; `false` when the allowance is used up.
    pub(super) fn may_go_on(&self) -> bool {
        let left = self.work.get();
        self.work.set(left.saturating_sub(1));
        left > 0
    }

    /// Declares the allowance used up.
    pub(super) fn give_up(&self) {
        self.work.set(0);
    }

    /// An error when a file made the mapping go round for too long.
    ///
    /// # Errors
    /// [`ReadError::Limit`].
    pub fn check(&self, record: NodeId) -> Result<(), ReadError> {
        match self.work.get() {
            0 => Err(ReadError::Limit {
                what: "work for one file",
                limit: WORK + WORK_PER_NODE * self.tree.len() as u64,
                line: self.tree.line(record),
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn remembered(&self, path: usize, from: NodeId) -> Option<Vec<NodeId>> {
        let memory = self.memory.borrow();
        memory.get(&path).filter(|(base, _)| *base == from).map(|(_, nodes)| nodes.clone())
    }

    pub(super) fn remember(&self, path: usize, from: NodeId, found: &[NodeId]) {
        self.memory.borrow_mut().insert(path, (from, found.to_vec()));
    }

    /// The record's partner in a join.
    pub(super) fn partner(&self, name: &str, record: NodeId) -> Option<NodeId> {
        let join = self.joins.get(name)?;
        if !self.indexes.borrow().contains_key(name) {
            let mut index = HashMap::new();
            for partner in join.within.iter().flat_map(|path| path.records(self, NodeId::ROOT)) {
                for key in join.key.all(self, partner) {
                    index.entry(key).or_insert(partner);
                }
            }
            self.indexes.borrow_mut().insert(name.to_owned(), index);
        }
        let wanted = join.by.first(self, record)?;
        self.indexes.borrow().get(name)?.get(&wanted).copied()
    }
}
