//! Labels: what a person says of what the program found out about an article.

use super::{Article, ArticleId, Date, DateInfo, DateSource, DateSpan, Role, SourceKey};

/// Why an article was given to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleReason {
    /// At random, each article as probable as any other: accuracy is told from these.
    Random,
    /// Because the program was not sure of it. Harder than most articles, so nothing is told of the others from it.
    LeastSure,
}

impl SampleReason {
    /// The name in the file of labels.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::LeastSure => "least_sure",
        }
    }
}

/// The date that the program states.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PredictedDate {
    /// The days within which it lies; `None` for an undated article.
    pub span: Option<DateSpan>,
    /// Stated confidence that it lies within them.
    pub confidence: f32,
    /// The year, where one is stated.
    pub year: Option<i16>,
    /// Stated confidence of the year.
    pub year_confidence: f32,
    /// What it was taken from.
    pub source: DateSource,
}

impl PredictedDate {
    /// What a date says of span and year, and how surely. The one place where labels read a date.
    fn from_date(date: &DateInfo) -> Self {
        let best = date.best.as_ref().filter(|_| date.span.is_some());
        Self {
            span: date.span,
            confidence: date.confidence,
            year: best.map(|best| best.day.year()),
            year_confidence: best.map_or(0.0, |best| best.p_year),
            source: date.source,
        }
    }

    /// Whether it follows from what the text says, and is stated by no path, option, item, masthead or editor.
    pub fn is_inferred(&self) -> bool {
        matches!(self.source, DateSource::Folder | DateSource::Page | DateSource::Article | DateSource::None)
    }
}

/// A place that the program states.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PredictedRegion {
    /// GB/T 2260 code, as valid in the article's year.
    pub code: String,
    /// Names from the province down.
    pub path: Vec<String>,
    /// Stated confidence.
    pub confidence: f32,
}

/// A topic that the program states.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PredictedTopic {
    /// Its id in the topic table.
    pub id: String,
    /// Stated confidence.
    pub confidence: f32,
}

/// A name and its role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct PredictedByline {
    /// The role.
    pub role: Role,
    /// The name, without the spaces that set it apart.
    pub name: String,
}

/// What the program says of an article.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Prediction {
    /// Date of the issue.
    pub date: PredictedDate,
    /// The place it is about; `None` for the whole country, several places or none.
    pub region: Option<PredictedRegion>,
    /// Topics, best first.
    pub topics: Vec<PredictedTopic>,
    /// Names in the byline.
    pub bylines: Vec<PredictedByline>,
    /// Stated confidence that it is one whole article.
    pub border: f32,
    /// Fields that an editor stated, so that they are not the program's: `date`, `region`, `topics`.
    pub corrected: Vec<String>,
}

impl Prediction {
    /// What an article says of itself.
    pub fn from_article(article: &Article) -> Self {
        let metadata = &article.metadata;
        let region = metadata.regions.first().map(|region| PredictedRegion {
            code: region.code.clone(),
            path: region.path.clone(),
            confidence: region.confidence,
        });
        let topics = metadata.topics.iter();
        let bylines = metadata.bylines.iter();
        Self {
            date: PredictedDate::from_date(&metadata.date),
            region,
            topics: topics.map(|one| PredictedTopic { id: one.id.clone(), confidence: one.confidence }).collect(),
            bylines: bylines.map(|one| PredictedByline { role: one.role, name: one.name.clone() }).collect(),
            border: article.story.confidence,
            corrected: metadata.corrected.iter().map(|corrected| corrected.field.clone()).collect(),
        }
    }
}

/// A person's answer on one field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldVerdict<T> {
    /// What the program says is right.
    Right,
    /// It is this instead.
    Is(T),
}

/// A person's answer on where an article was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BorderVerdict {
    /// One whole article, and nothing of another.
    Whole,
    /// A part is missing, or it is only a part.
    Cut,
    /// Something of another article is in it.
    Joined,
}

impl BorderVerdict {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Cut, Self::Joined];

    /// The name in the file of labels and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Cut => "cut",
            Self::Joined => "joined",
        }
    }
}

/// What a person says; a field that is `None` could not be told.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Verdict {
    /// Date of the issue. `Right` on an undated article: the person cannot tell it either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<FieldVerdict<DateSpan>>,
    /// Code of the place it is about; empty for the whole country, several places or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<FieldVerdict<String>>,
    /// Topics, best first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topics: Option<FieldVerdict<Vec<String>>>,
    /// Names in the byline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bylines: Option<FieldVerdict<Vec<PredictedByline>>>,
    /// Where it was cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub border: Option<BorderVerdict>,
}

/// A label: one article, what the program said of it, and what a person said.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ReviewLabel {
    /// The article.
    pub article: ArticleId,
    /// The file that it stood in.
    pub source: SourceKey,
    /// SHA-256 of its text, hexadecimal ([`Article::text_to_hash`]): whether it still reads as it did.
    pub text: String,
    /// Why it was given to the person.
    pub drawn: SampleReason,
    /// What the program said.
    pub said: Prediction,
    /// What the person said; nothing where the article was skipped.
    pub verdict: Verdict,
    /// Who said it, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When.
    pub on: Option<Date>,
    /// Version of the program.
    pub program: String,
}

impl ReviewLabel {
    /// Whether the person said nothing.
    pub fn is_skipped(&self) -> bool {
        self.verdict == Verdict::default()
    }
}
