//! Why a story begins, joins or ends where it does: codes with what they are about.

/// A reason of a cut. The code is stored by its name, so that a new one changes no record; the words are in
/// [`crate::messages`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CutReason {
    /// The name of a [`CutCode`].
    pub code: String,
    /// What it is about, in the order that the code says.
    pub arguments: Vec<String>,
}

/// What kind of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutCode {
    /// A line is one whole article: its number.
    WholeLine,
    /// A page of the web is one article: its family, the source of its body.
    WholePage,
    /// A headline stands over several stories: its text, their number.
    GroupTitle,
    /// A block looks like a headline: its number, the names of the features that say so.
    Headline,
    /// A block goes on from another page: its number, features.
    Continuation,
    /// A block is a caption: its number, features.
    Caption,
    /// A story begins without a headline: the number of its first block, features.
    Untitled,
    /// A run of a block is a copy of another block's text: the block, the characters, the other block.
    Copy,
    /// A word is parted by the border of a column: the block before, the block after.
    WordSplit,
    /// A sentence goes on: the block before, the block after.
    SentenceSplit,
    /// Two parts are one story: the first blocks of both.
    SameStory,
    /// The name of a column stands behind its text.
    ColumnBelow,
    /// A sentence of an earlier program.
    AsTold,
}

impl CutCode {
    /// All codes.
    pub const ALL: [Self; 13] = [
        Self::WholeLine,
        Self::WholePage,
        Self::GroupTitle,
        Self::Headline,
        Self::Continuation,
        Self::Caption,
        Self::Untitled,
        Self::Copy,
        Self::WordSplit,
        Self::SentenceSplit,
        Self::SameStory,
        Self::ColumnBelow,
        Self::AsTold,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::WholeLine => "whole_line",
            Self::WholePage => "whole_page",
            Self::GroupTitle => "group_title",
            Self::Headline => "headline",
            Self::Continuation => "continuation",
            Self::Caption => "caption",
            Self::Untitled => "untitled",
            Self::Copy => "copy",
            Self::WordSplit => "word_split",
            Self::SentenceSplit => "sentence_split",
            Self::SameStory => "same_story",
            Self::ColumnBelow => "column_below",
            Self::AsTold => "as_told",
        }
    }

    /// The code of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

impl CutReason {
    /// A reason with what it is about.
    pub fn new(code: CutCode, arguments: impl IntoIterator<Item = impl ToString>) -> Self {
        let arguments = arguments.into_iter().map(|argument| argument.to_string()).collect();
        Self { code: code.name().to_owned(), arguments }
    }
}
