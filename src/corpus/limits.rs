//! What is read of files.

/// Limits of files; each is a key `limits.corpus.…` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorpusLimits {
    /// Files of more bytes are not read.
    pub file_bytes: u64,
}

impl Default for CorpusLimits {
    fn default() -> Self {
        Self { file_bytes: 1 << 30 }
    }
}
