//! What is read of files.

/// Limits of files; each is a key `limits.corpus.…` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorpusLimits {
    /// Files of more bytes are not read.
    pub file_bytes: u64,
    /// Files of corrections or publishing days with more bytes are refused.
    pub stated_bytes: u64,
    /// Containers in containers are opened to this depth; 1 opens none in another.
    pub container_depth: usize,
    /// The most entries of a container, those of containers in it included.
    pub container_entries: u64,
    /// The most bytes that a container unpacks to.
    pub container_bytes: u64,
    /// How many times its size a container may unpack to, beside 100 MB.
    pub container_ratio: u64,
}

impl Default for CorpusLimits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            stated_bytes: 16_000_000,
            container_depth: 4,
            container_entries: 500_000,
            container_bytes: 64 << 30,
            container_ratio: 200,
        }
    }
}
