//! What became of an input, as data.

/// The one outcome of a source file in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its articles are in the index.
    Indexed,
    /// As in the run before; nothing was done.
    Unchanged,
    /// Read well, but there is no article in it.
    NoArticles,
    /// The file is empty or holds white space only.
    Empty,
    /// The content is not text.
    Binary,
    /// The encoding could not be told.
    UnknownEncoding,
    /// No reader takes this kind of file.
    UnknownFormat,
    /// Its reader knows the format, but the file is damaged or of a version that is not known.
    Broken,
    /// The file or a line is over the limit.
    TooLarge,
    /// The operating system refused to read it.
    Unreadable,
    /// It is no regular file, or it is hidden.
    Skipped,
    /// It was there in an earlier run and is gone; its articles were taken out.
    Withdrawn,
    /// It is a container; its members are files of their own.
    Container,
    /// It was being written while it was read; the next run reads it.
    Changing,
}

impl Outcome {
    /// All outcomes, in the order of the report.
    pub const ALL: [Self; 14] = [
        Self::Indexed,
        Self::Unchanged,
        Self::NoArticles,
        Self::Empty,
        Self::Binary,
        Self::UnknownEncoding,
        Self::UnknownFormat,
        Self::Broken,
        Self::TooLarge,
        Self::Unreadable,
        Self::Skipped,
        Self::Withdrawn,
        Self::Container,
        Self::Changing,
    ];

    /// Whether a file of this outcome was to be read and was not.
    pub fn leaves_out(self) -> bool {
        match self {
            Self::Indexed
            | Self::Unchanged
            | Self::NoArticles
            | Self::Empty
            | Self::Skipped
            | Self::Withdrawn
            | Self::Container => false,
            Self::Binary
            | Self::UnknownEncoding
            | Self::UnknownFormat
            | Self::Broken
            | Self::TooLarge
            | Self::Unreadable
            | Self::Changing => true,
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indexed => "indexed",
            Self::Unchanged => "unchanged",
            Self::NoArticles => "no_articles",
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::UnknownEncoding => "unknown_encoding",
            Self::UnknownFormat => "unknown_format",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
            Self::Unreadable => "unreadable",
            Self::Skipped => "skipped",
            Self::Withdrawn => "withdrawn",
            Self::Container => "container",
            Self::Changing => "changing",
        }
    }
}
