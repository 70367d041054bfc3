//! The shape of a stored record: which fields stand in it, in which order. Records are stored without names, so one of an
//! earlier version is read by the shape that it was written in, as a JSON value.

use super::record_error::RecordReadError;
use serde::de::DeserializeSeed;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use serde_reflection::json_converter::{DeserializationContext, EmptyEnvironment, SerializationContext};
use serde_reflection::{ContainerFormat, Format, Registry};

/// A shape: the outermost type, and all types that are named in it.
#[derive(serde::Deserialize)]
pub(super) struct RecordShape(pub(super) Format, pub(super) Registry);

impl RecordShape {
    /// Reads the text of a shape, as `records/` holds it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The record in some bytes, all of which it must take.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<Value, RecordReadError> {
        let mut reader = postcard::Deserializer::from_bytes(bytes);
        let context =
            DeserializationContext { format: self.0.clone(), registry: &self.1, environment: &EmptyEnvironment };
        let value = context.deserialize(&mut reader).map_err(RecordReadError::because)?;
        match reader.finalize() {
            Ok([]) => Ok(value),
            _ => Err(RecordReadError::too_long()),
        }
    }

    /// The bytes of a record.
    pub(super) fn encode(&self, value: &Value) -> Result<Vec<u8>, RecordReadError> {
        let (format, registry) = (&self.0, &self.1);
        let context = SerializationContext { value, format, registry, environment: &EmptyEnvironment };
        postcard::to_allocvec(&context).map_err(RecordReadError::because)
    }

    /// The name of a place in a record: `metadata.topics[0].confidence`.
    pub(super) fn field(&self, path: &Path) -> String {
        let mut name = String::new();
        let mut format = Some(&self.0);
        for index in path.iter().filter_map(index_of) {
            let (part, inner) = format.map_or((format!("[{index}]"), None), |format| self.part(format, index));
            let dot = if name.is_empty() || part.starts_with('[') { "" } else { "." };
            name = name + dot + &part;
            format = inner;
        }
        name
    }

    /// The name and the shape of a part.
    fn part<'a>(&'a self, format: &'a Format, index: usize) -> (String, Option<&'a Format>) {
        let number = || format!("[{index}]");
        match format {
            Format::Option(inner) => self.part(inner, index),
            Format::Seq(inner) | Format::TupleArray { content: inner, .. } => (number(), Some(inner)),
            Format::Tuple(parts) => (number(), parts.get(index)),
            Format::TypeName(name) => match self.1.get(name) {
                Some(ContainerFormat::NewTypeStruct(inner)) => self.part(inner, index),
                Some(ContainerFormat::Struct(fields)) => {
                    let field = fields.get(index);
                    (field.map_or_else(number, |field| field.name.clone()), field.map(|field| &field.value))
                }
                _ => (number(), None),
            },
            _ => (number(), None),
        }
    }
}

fn index_of(segment: &Segment) -> Option<usize> {
    match segment {
        Segment::Seq { index } => Some(*index),
        _ => None,
    }
}
