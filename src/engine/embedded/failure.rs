//! tantivy's errors as those of engines.

use crate::engine::EngineError;
use tantivy::TantivyError;

impl From<TantivyError> for EngineError {
    fn from(error: TantivyError) -> Self {
        let passing = matches!(error, TantivyError::LockFailure(..));
        Self::Failed { message: error.to_string(), passing }
    }
}
