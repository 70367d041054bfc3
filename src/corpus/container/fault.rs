//! Why a container, or the rest of one, is not read.

/// Why a container, or the rest of one, is not read.
#[derive(Debug, thiserror::Error)]
pub enum ContainerFault {
    /// The operating system refused.
    #[error("cannot be read: {0}; check its permissions")]
    Io(std::io::Error),
    /// It has more entries than are read.
    #[error(
        "has more than {0} entries; what comes after them is left out: divide it, or raise limits.corpus.container_entries"
    )]
    Entries(u64),
    /// It unpacks to more bytes than are read.
    #[error(
        "unpacks to more than {0} bytes; what comes after them is left out: divide it, or raise limits.corpus.container_bytes"
    )]
    Bytes(u64),
    /// It unpacks to so many times its size that it may be made to fill the disk.
    #[error(
        "unpacks to more than {0} times its size; what comes after that is left out: if it is sound, pack it anew, or raise limits.corpus.container_ratio"
    )]
    Ratio(u64),
    /// It is cut off or damaged.
    #[error("is damaged: {0}; what could be read is kept: get the file again from where it came from")]
    Damaged(String),
}

impl From<std::io::Error> for ContainerFault {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
        let damaged = matches!(error.kind(), InvalidData | InvalidInput | Other | UnexpectedEof);
        let inner = error.get_ref().is_some_and(|inner| inner.is::<Self>());
        if inner {
            let whole = error.into_inner().and_then(|inner| inner.downcast::<Self>().ok());
            return whole.map_or_else(|| Self::Damaged("unknown".to_owned()), |fault| *fault);
        }
        if damaged { Self::Damaged(error.to_string()) } else { Self::Io(error) }
    }
}

impl From<ContainerFault> for std::io::Error {
    fn from(fault: ContainerFault) -> Self {
        Self::other(fault)
    }
}
