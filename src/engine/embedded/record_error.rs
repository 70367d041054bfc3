//! Why a record cannot be read.

/// Why a record cannot be read.
#[derive(Debug)]
pub(super) struct RecordReadError {
    /// The field at which it ends; empty where none can be named.
    pub(super) field: String,
    /// What is wrong.
    pub(super) reason: String,
}

impl RecordReadError {
    pub(super) fn because(reason: impl ToString) -> Self {
        Self { field: String::new(), reason: reason.to_string() }
    }

    pub(super) fn missing(field: &str) -> Self {
        Self { field: field.to_owned(), reason: "it is missing".to_owned() }
    }

    pub(super) fn too_long() -> Self {
        Self::because("it is longer than a record of its version")
    }
}
