//! Builds a tree from the values of JSON or YAML, led by the tables.

use crate::data_type::{DataType, JsonKind};
use crate::error::{Limits, ReadError};
use crate::problem::Finding;
use crate::schema::Shape;
use crate::tree::{Document, Kind, Node, NodeId, OUTSIDE, Span, Text};

/// A step through a document of objects and arrays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Object,
    ObjectEnd,
    Array,
    ArrayEnd,
    /// A property's name, with how it is written.
    Key(Text, Option<Box<str>>, Span),
    /// A value, with how it is written.
    Scalar(Scalar),
    End,
}

/// A value that is neither object nor array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// What it is; `None` for null.
    pub(crate) kind: Option<JsonKind>,
    /// Where the decoded text is; `Owned` means in `decoded`.
    pub(crate) text: Text,
    pub(crate) decoded: Option<Box<str>>,
    pub(crate) raw: Span,
}

/// Gives the tokens of a document, in order and well-nested.
pub(crate) trait Tokens {
    /// The next token and where it begins.
    fn next(&mut self) -> Result<(Token, u32), ReadError>;
    /// The end of the token given last.
    fn offset(&self) -> u32;
    /// What the source says between two offsets.
    fn source(&self, span: Span) -> &str;
}

pub(crate) struct Builder<'a, T> {
    pub(crate) tokens: T,
    pub(crate) document: Document,
    pub(crate) limits: &'a Limits,
}

/// What a value is built as.
#[derive(Clone, Copy)]
struct Slot {
    kind: Kind,
    slot: u16,
    definition: u32,
    name: &'static str,
}

impl<T: Tokens> Builder<'_, T> {
    /// Reads the outermost object: the model, and beside it at most `$schema`.
    pub(crate) fn root(mut self) -> Result<Document, ReadError> {
        let (token, at) = self.tokens.next()?;
        if token != Token::Object {
            return Err(self.no_model(at, "something that is not an object"));
        }
        self.document.head = at;
        loop {
            let (token, at) = self.tokens.next()?;
            match token {
                Token::Key(text, decoded, _) => {
                    let key = self.key(text, decoded.as_deref()).into_owned();
                    let schema = self.document.schema;
                    if let Some(model) = schema.model(&key) {
                        if !self.document.is_empty() {
                            return Err(ReadError::Malformed {
                                line: self.document.line(at),
                                message: "there are two models in one file; make two files".to_owned(),
                            });
                        }
                        let definition = u32::try_from(model.definition).unwrap_or(u32::MAX);
                        let slot = Slot { kind: Kind::Assembly, slot: 0, definition, name: model.name };
                        let (token, at) = self.tokens.next()?;
                        if token != Token::Object {
                            return Err(self.no_model(at, &key));
                        }
                        self.object(slot, OUTSIDE, at)?;
                    } else if key == "$schema" {
                        self.skip()?;
                        self.document.beside.push((at, self.tokens.offset()));
                    } else {
                        return Err(self.no_model(at, &key));
                    }
                }
                _ => break,
            }
        }
        let (token, at) = self.tokens.next()?;
        if token != Token::End {
            return Err(ReadError::Malformed {
                line: self.document.line(at),
                message: "something follows the end of the document".to_owned(),
            });
        }
        if self.document.is_empty() {
            return Err(self.no_model(0, "an empty object"));
        }
        Ok(self.document)
    }

    fn no_model(&self, at: u32, found: &str) -> ReadError {
        let models: Vec<&str> = self.document.schema.models.iter().map(|model| model.name).collect();
        ReadError::Model {
            line: self.document.line(at),
            found: found.chars().take(80).collect(),
            expected: models.join(", "),
        }
    }

    fn key<'s>(&'s self, text: Text, decoded: Option<&'s str>) -> std::borrow::Cow<'s, str> {
        match (text, decoded) {
            (_, Some(decoded)) => decoded.into(),
            (Text::Source(span), None) => self.tokens.source(span).into(),
            _ => "".into(),
        }
    }

    fn push(&mut self, slot: Slot, parent: u32, at: u32) -> Result<NodeId, ReadError> {
        let id = self.document.nodes.len();
        if id >= self.limits.nodes {
            let line = self.document.line(at);
            return Err(ReadError::Limit { line, what: "number of values", limit: self.limits.nodes });
        }
        self.document.nodes.push(Node {
            kind: slot.kind,
            slot: slot.slot,
            definition: slot.definition,
            parent,
            end: u32::try_from(id + 1).unwrap_or(u32::MAX),
            name: slot.name,
            raw: (at, at),
            text: Text::None,
            at,
        });
        Ok(id)
    }

    fn close(&mut self, id: NodeId) {
        self.document.nodes[id].end = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
    }

    fn problem(
        &mut self,
        id: NodeId,
        rule: &'static str,
        message: String,
        remedy: &str,
    ) -> Result<(), ReadError> {
        if self.document.findings.len() >= self.limits.problems {
            let line = self.document.line(self.document.nodes[id].at);
            return Err(ReadError::Limit { line, what: "number of problems", limit: self.limits.problems });
        }
        self.document.findings.push(Finding::error(id, rule, message, remedy));
        Ok(())
    }

    /// Keeps what the model does not know, from its key or its first character to its end.
    fn unknown(
        &mut self,
        parent: u32,
        label: &str,
        start: u32,
        rule: &'static str,
        message: String,
        remedy: &str,
    ) -> Result<(), ReadError> {
        let end = self.tokens.offset();
        let slot = Slot { kind: Kind::Unknown, slot: 0, definition: 0, name: "" };
        let id = self.push(slot, parent, start)?;
        let text = self.own(label);
        let node = &mut self.document.nodes[id];
        node.raw = (start, end);
        node.text = text;
        self.problem(id, rule, message, remedy)
    }

    /// Keeps the value of a member that is of the wrong kind.
    fn misfit(
        &mut self,
        slot: Slot,
        parent: u32,
        at: u32,
        message: String,
        remedy: &str,
    ) -> Result<(), ReadError> {
        let end = self.tokens.offset();
        let id = self.push(Slot { kind: Kind::Misfit, ..slot }, parent, at)?;
        let text = self.own(slot.name);
        let node = &mut self.document.nodes[id];
        node.raw = (at, end);
        node.text = text;
        self.problem(id, "wrong-kind", message, remedy)
    }

    fn own(&mut self, text: &str) -> Text {
        self.document.strings.push(text.into());
        Text::Owned(u32::try_from(self.document.strings.len() - 1).unwrap_or(u32::MAX))
    }

    /// An object of an assembly or of a field with flags; its `{` has been read.
    fn object(&mut self, slot: Slot, parent: u32, at: u32) -> Result<(), ReadError> {
        let id = self.push(slot, parent, at)?;
        let this = u32::try_from(id).unwrap_or(u32::MAX);
        let definition = &self.document.schema.definitions[slot.definition as usize];
        // Members and flags seen, so that a key that stands twice is found.
        let mut seen: u128 = 0;
        loop {
            let (token, at) = self.tokens.next()?;
            let Token::Key(text, decoded, _) = token else { break };
            let found = {
                let key = self.key(text, decoded.as_deref());
                find(definition, &key)
            };
            let Some(found) = found else {
                let key = self.key(text, decoded.as_deref()).into_owned();
                self.skip()?;
                let shown: String = key.chars().take(80).collect();
                let message = format!("{} has no property `{shown}`", definition.name);
                let remedy = "remove it, or mend its spelling; what it says may belong into props or remarks";
                self.unknown(this, &shown, at, "unknown-member", message, remedy)?;
                continue;
            };
            let bit = 1_u128 << (found.place().min(127));
            if seen & bit != 0 {
                let key = self.key(text, decoded.as_deref()).into_owned();
                self.skip()?;
                let message = format!("`{key}` stands twice in one object");
                self.unknown(this, &key, at, "duplicate-key", message, "keep one of the two")?;
                continue;
            }
            seen |= bit;
            match found {
                Found::Flag(place) => {
                    let attribute = definition.flags[place].attribute;
                    let attribute_of = &self.document.schema.attributes[attribute];
                    let slot = Slot {
                        kind: Kind::Flag,
                        slot: u16::try_from(place).unwrap_or(u16::MAX),
                        definition: u32::try_from(attribute).unwrap_or(u32::MAX),
                        name: definition.flags[place].name,
                    };
                    let (token, _) = self.tokens.next()?;
                    self.scalar(token, at, slot, this, attribute_of.data_type)?;
                }
                Found::Value => {
                    let slot =
                        Slot { kind: Kind::Value, slot: 0, definition: slot.definition, name: slot.name };
                    let (token, _) = self.tokens.next()?;
                    self.scalar(token, at, slot, this, definition.field.unwrap_or(DataType::String))?;
                }
                Found::Member(place) => self.members(id, place, at)?,
            }
        }
        self.document.nodes[id].raw = (at, self.tokens.offset());
        self.close(id);
        Ok(())
    }

    /// The value of a property that is a member: one thing or an array of things.
    fn members(&mut self, parent: NodeId, place: usize, key_at: u32) -> Result<(), ReadError> {
        let member = self.document.definition(parent).members[place];
        let definition = &self.document.schema.definitions[member.definition];
        let slot = Slot {
            kind: if definition.field.is_some() { Kind::Field } else { Kind::Assembly },
            slot: u16::try_from(place).unwrap_or(u16::MAX),
            definition: u32::try_from(member.definition).unwrap_or(u32::MAX),
            name: member.name,
        };
        let parent = u32::try_from(parent).unwrap_or(u32::MAX);
        let (token, at) = self.tokens.next()?;
        let is_array = token == Token::Array;
        if is_array == (member.shape == Shape::One) || (!is_array && member.shape == Shape::Array) {
            self.rest(token)?;
            let (message, remedy) = if is_array {
                (format!("`{}` is an array", member.json), "write the one value without brackets")
            } else {
                (format!("`{}` is not an array", member.json), "put the value into an array: [ … ]")
            };
            return self.unknown(parent, member.json, key_at, "wrong-kind", message, remedy);
        }
        if !is_array {
            return self.value(token, at, slot, parent);
        }
        let mut any = false;
        loop {
            let (token, at) = self.tokens.next()?;
            if token == Token::ArrayEnd {
                break;
            }
            any = true;
            self.value(token, at, slot, parent)?;
        }
        if any {
            return Ok(());
        }
        let message = format!("`{}` is an empty array", member.json);
        self.unknown(
            parent,
            member.json,
            key_at,
            "empty-array",
            message,
            "remove the property or fill the array",
        )
    }

    fn value(&mut self, token: Token, at: u32, slot: Slot, parent: u32) -> Result<(), ReadError> {
        let definition = &self.document.schema.definitions[slot.definition as usize];
        let is_object = definition.field.is_none() || definition.value_key.is_some();
        match (is_object, definition.field) {
            (true, _) if token == Token::Object => self.object(slot, parent, at),
            (true, _) => {
                self.rest(token)?;
                let message = format!("{} is not an object", slot.name);
                self.misfit(slot, parent, at, message, "write it as { … }")
            }
            (false, field) => self.scalar(token, at, slot, parent, field.unwrap_or(DataType::String)),
        }
    }

    fn scalar(
        &mut self,
        token: Token,
        at: u32,
        slot: Slot,
        parent: u32,
        data_type: DataType,
    ) -> Result<(), ReadError> {
        let scalar = match token {
            Token::Scalar(scalar) if scalar.kind == Some(data_type.json()) => scalar,
            other => {
                let written = match &other {
                    Token::Scalar(scalar) => self.tokens.source(scalar.raw).chars().take(40).collect(),
                    Token::Object => "an object".to_owned(),
                    _ => "an array".to_owned(),
                };
                self.rest(other)?;
                let kind = match data_type.json() {
                    JsonKind::String => "a string",
                    JsonKind::Number => "a number",
                    JsonKind::Boolean => "true or false",
                };
                let name = if slot.kind == Kind::Value { "the value" } else { slot.name };
                let message = format!("{name} must be {kind}, not {written}");
                let remedy = match data_type.json() {
                    JsonKind::String => "put it in quotes",
                    JsonKind::Number | JsonKind::Boolean => "write it without quotes",
                };
                if matches!(slot.kind, Kind::Flag | Kind::Value) {
                    return self.unknown(parent, name, at, "wrong-kind", message, remedy);
                }
                return self.misfit(slot, parent, at, message, remedy);
            }
        };
        let text = match scalar.decoded {
            Some(decoded) => {
                self.document.strings.push(decoded);
                Text::Owned(u32::try_from(self.document.strings.len() - 1).unwrap_or(u32::MAX))
            }
            None => scalar.text,
        };
        let id = self.push(slot, parent, at)?;
        let node = &mut self.document.nodes[id];
        node.raw = scalar.raw;
        node.text = text;
        Ok(())
    }

    /// Passes over a whole value.
    fn skip(&mut self) -> Result<(), ReadError> {
        let (token, _) = self.tokens.next()?;
        self.rest(token)
    }

    /// Passes over what is left of a value whose first token has been read.
    fn rest(&mut self, token: Token) -> Result<(), ReadError> {
        let mut open = i64::from(matches!(token, Token::Object | Token::Array));
        while open > 0 {
            match self.tokens.next()?.0 {
                Token::Object | Token::Array => open += 1,
                Token::ObjectEnd | Token::ArrayEnd => open -= 1,
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a property is.
#[derive(Clone, Copy)]
enum Found {
    Value,
    Flag(usize),
    Member(usize),
}

impl Found {
    /// A number of its own among the properties of a definition.
    fn place(self) -> usize {
        match self {
            Self::Value => 0,
            Self::Flag(place) => 1 + place,
            Self::Member(place) => 32 + place,
        }
    }
}

fn find(definition: &crate::schema::Definition, key: &str) -> Option<Found> {
    if let Some(place) = definition.flags.iter().position(|flag| flag.name == key) {
        return Some(Found::Flag(place));
    }
    if definition.value_key == Some(key) {
        return Some(Found::Value);
    }
    definition.members.iter().position(|member| member.json == key).map(Found::Member)
}
