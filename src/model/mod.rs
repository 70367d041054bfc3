//! The values that cross stages: immutable, without I/O, and in the order of the flow.
//!
//! `source` (a file and what became of it) → `source_page` (lines, with boxes where there are any) → `page` (blocks with
//! labels) → `story` (what layout or a reader cuts out)
//! → `metadata` (inferred values with evidence) → `article` (story + metadata + id) → `indexed` (tokens and filters).
//!
//! Values derive serde for one purpose, the stored form inside an index; what a caller sees are the wire types of `http`.

mod amount;
mod article;
mod compact;
mod confidence;
mod correction;
mod cut_reason;
mod date;
mod date_parse;
mod field_mapping;
mod geometry;
mod holding;
mod id;
mod indexed;
mod metadata;
mod outcome;
mod page;
mod page_record;
mod picture_map;
mod problem;
mod relation;
mod review;
mod revision;
mod source;
mod source_page;
mod stated_facts;
mod story;

pub use amount::{Amount, Measure};
pub use article::{Article, ArticlePosition};
pub use confidence::{CONFIDENCE_UNIT, InferredField, ten_thousandths};
pub use correction::{AppliedCorrection, Correction, Corrections, Withdrawn};
pub use cut_reason::{CutCode, CutReason};
pub use date::{Date, DateSpan, Precision};
pub use date_parse::{DATE_FORMS, DateParseError};
pub use field_mapping::{FieldMapping, ItemField};
pub use geometry::{Area, LengthUnit, PAGE_WIDTH, PageSize, Point};
pub use holding::{Calendar, FormerName, Gap, GapKind, Holding, Publishing, Schedule};
pub use id::{ArticleId, IdParseError};
pub use indexed::{Facet, Facets, FieldTokens, IndexedArticle, TextField};
pub use metadata::{
    BestDay, BodyLevel, Byline, DateInfo, DateSource, EventDate, Evidence, Metadata, PaperInfo, RegionInfo,
    RegionMention, Role, TopicInfo, UnionBody,
};
pub use outcome::Outcome;
pub use page::{Block, BlockLabel, Graft, Label, Typography, page_name, page_number};
pub use page_record::{LineGeometry, PageGeometry, PageRecord, PageRecordBlock, page_key};
pub use picture_map::{PagePictureMap, PictureArea};
pub use problem::{Problem, ProblemCode};
pub use relation::{Relation, RelationKind};
pub use review::{
    BorderVerdict, FieldVerdict, PredictedByline, PredictedDate, PredictedRegion, PredictedTopic, Prediction,
    ReviewLabel, SampleReason, Verdict,
};
pub use revision::Revision;
pub use source::{
    CharacterAccount, FileFingerprint, IdOwner, PartialIngest, PrintedIssue, ReadOptions, SourceKey, SourceRecord,
};
pub use source_page::{Direction, Font, Line, Shape, ShapeKind, SourceHint, SourcePage};
pub use stated_facts::StatedFacts;
pub use story::{ArticleKind, Passage, SourceMetadata, Story};
