//! Running text of a document: plain words, stressed words, and references to sources.

/// Text with references.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) Vec<Piece>);

/// A part of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain words.
    Plain(String),
    /// Words that stand out.
    Strong(String),
    /// A reference to a source.
    Cite(Cite),
}

/// A reference: `[3]`, or `[3, line 14]` for a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cite {
    /// The number of the source, from 1.
    pub(super) number: usize,
    /// The place in it; empty for the whole.
    pub(super) place: String,
}

impl Cite {
    /// As it is printed.
    pub(super) fn shown(&self) -> String {
        match self.place.is_empty() {
            true => format!("[{}]", self.number),
            false => format!("[{}, {}]", self.number, self.place),
        }
    }
}

impl Words {
    /// With more plain words.
    #[must_use]
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Plain(text.into()));
        self
    }

    /// With words that stand out.
    #[must_use]
    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(text.into()));
        self
    }

    /// With a reference, set off by a blank.
    #[must_use]
    pub(super) fn cite(mut self, cite: Cite) -> Self {
        // One that says the same as the reference before it says nothing.
        if self.0.last() == Some(&Piece::Cite(cite.clone())) {
            return self;
        }
        if !self.0.is_empty() {
            self.0.push(Piece::Plain(" ".to_owned()));
        }
        self.0.push(Piece::Cite(cite));
        self
    }

    /// With what other words say.
    #[must_use]
    pub(super) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The words without references.
    pub(super) fn told(&self) -> String {
        let mut told = String::new();
        for piece in &self.0 {
            if let Piece::Plain(text) | Piece::Strong(text) = piece {
                told.push_str(text);
            }
        }
        told.truncate(told.trim_end().len());
        told
    }

    /// The words without their marks, as they are measured and looked through.
    pub(super) fn plain(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) | Piece::Strong(text) => text.clone(),
            Piece::Cite(cite) => cite.shown(),
        };
        self.0.iter().map(piece).collect()
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        Self::default().and(text)
    }
}
