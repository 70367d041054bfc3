//! What is read of files.

/// Limits of files; each is a key `limits.corpus.…` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorpusLimits {
    /// Files of more bytes are not read.
    pub file_bytes: u64,
    /// Files of corrections or publishing days with more bytes are refused.
    pub stated_bytes: u64,
}

impl Default for CorpusLimits {
    fn default() -> Self {
        Self { file_bytes: 1 << 30, stated_bytes: 16_000_000 }
    }
}
