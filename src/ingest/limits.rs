//! What a run reads, and what it refuses to lose.

use crate::corpus::CorpusLimits;
use crate::readers::ReaderLimits;

/// Limits of a run; each is a key `limits.ingest.…` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IngestLimits {
    /// So many files of a folder may always be gone.
    pub missing_files: usize,
    /// A run is refused where a larger share of a folder's files is gone, in hundredths.
    pub missing_percent: usize,
}

impl Default for IngestLimits {
    fn default() -> Self {
        Self { missing_files: 4, missing_percent: 20 }
    }
}

/// Limits of what is read of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingLimits {
    /// Of files.
    pub corpus: CorpusLimits,
    /// Of what is in them.
    pub readers: ReaderLimits,
}

impl ReadingLimits {
    /// What distinguishes records of files that were read with other limits than the default ones; empty with those.
    pub(super) fn stamp(&self) -> String {
        if self.readers == ReaderLimits::default() {
            return String::new();
        }
        let hash = crate::corpus::hash(format!("{:?}", self.readers).as_bytes());
        format!("-{}", &hash[..8])
    }
}
