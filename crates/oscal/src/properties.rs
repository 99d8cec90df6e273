//! What an object of JSON and YAML holds, worked out once for both writers.

use crate::data_type::DataType;
use crate::schema::Shape;
use crate::tree::{Document, Kind, NodeId};

/// A property of an object.
pub(crate) enum Property {
    /// A flag, or the value of a field with flags.
    Scalar(&'static str, NodeId, DataType),
    /// A member that stands once.
    One(&'static str, NodeId),
    /// Siblings of one member that stand together: an array.
    Many(&'static str, Vec<NodeId>),
    /// Something that the model does not know.
    Unknown(NodeId),
}

impl Document {
    /// The properties of an assembly or of a field with flags, in the order of the source.
    pub(crate) fn properties(&self, id: NodeId) -> Vec<Property> {
        let groups = self.groups(id).into_iter();
        groups.filter_map(|group| Some(self.property(id, *group.first()?, group))).collect()
    }

    fn property(&self, id: NodeId, child: NodeId, group: Vec<NodeId>) -> Property {
        let node = &self.nodes[child];
        match (node.kind, self.member(child)) {
            (Kind::Flag, _) => {
                let data_type = self.schema.attributes[node.definition as usize].data_type;
                Property::Scalar(node.name, child, data_type)
            }
            (Kind::Value, _) => {
                let definition = self.definition(id);
                let data_type = definition.field.unwrap_or(DataType::String);
                Property::Scalar(definition.value_key.unwrap_or_default(), child, data_type)
            }
            (_, Some(member)) if member.shape != Shape::Array && group.len() == 1 => {
                Property::One(member.json, child)
            }
            (_, Some(member)) => Property::Many(member.json, group),
            (_, None) => Property::Unknown(child),
        }
    }
}
