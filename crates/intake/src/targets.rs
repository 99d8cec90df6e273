//! The names of what was looked at, in order and each once, however many there are.

use std::collections::HashSet;

/// Target names being gathered.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    names: Vec<String>,
    known: HashSet<String>,
}

impl Targets {
    /// Adds a name unless it is empty or known.
    pub fn add(&mut self, name: &str) {
        if !name.is_empty() && !self.known.contains(name) {
            self.known.insert(name.to_owned());
            self.names.push(name.to_owned());
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names in the order in which they came.
    pub fn into_names(self) -> Vec<String> {
        self.names
    }
}

#[cfg(test)]
mod tests {
    use super::Targets;

    #[test]
    fn names_keep_their_order_and_come_once() {
        let mut targets = Targets::default();
        ["b", "a", "", "b"].iter().for_each(|name| targets.add(name));
        assert!(!targets.is_empty());
        assert_eq!(targets.into_names(), ["b", "a"]);
    }
}
