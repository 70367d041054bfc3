//! Inferred values: each with precision, confidence, source and evidence. Never a bare guess.

use super::{Amount, AppliedCorrection, Date, DateSpan, Precision};

/// Why a value was inferred: the rule, and the text it saw.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// Name of the rule.
    pub rule: String,
    /// The text that the rule saw, as printed.
    pub quote: String,
    /// Block in which it stands, from 1; `None` outside a page (path, option, item).
    pub block: Option<u32>,
}

impl Evidence {
    /// Evidence outside a page.
    pub fn new(rule: &str, quote: impl Into<String>) -> Self {
        Self { rule: rule.into(), quote: quote.into(), block: None }
    }

    /// Evidence in a block.
    pub fn in_block(rule: &str, quote: impl Into<String>, block: Option<u32>) -> Self {
        Self { rule: rule.into(), quote: quote.into(), block }
    }

    /// The evidence as one line, for JSON and the page.
    pub fn line(&self) -> String {
        match self.block {
            Some(block) => format!("{}: {} (block {block})", self.rule, self.quote),
            None => format!("{}: {}", self.rule, self.quote),
        }
    }
}

/// What a date was taken from, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// An editor's correction.
    Editor,
    /// An option of the run.
    Flag,
    /// A field of the item.
    Item,
    /// A manifest of its folder.
    Manifest,
    /// The path of the file.
    Path,
    /// Masthead or footer in the text.
    Masthead,
    /// The pages around in the folder of the file, which are dated.
    Folder,
    /// The text of the whole page.
    Page,
    /// The text of the article alone.
    Article,
    /// No source.
    None,
}

impl DateSource {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Flag => "flag",
            Self::Item => "item",
            Self::Manifest => "manifest",
            Self::Path => "path",
            Self::Masthead => "masthead",
            Self::Folder => "folder",
            Self::Page => "page",
            Self::Article => "article",
            Self::None => "none",
        }
    }
}

/// The date of the issue in which an article stands.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DateInfo {
    /// The shortest span that holds the day with 90 %, or what is stated; `None` for an undated article.
    pub span: Option<DateSpan>,
    /// The most probable day; `None` for an undated article.
    pub best: Option<BestDay>,
    /// What it was taken from.
    pub source: DateSource,
    /// Probability of the unit that `precision` names, 0–1; of the year where it names none.
    pub confidence: f32,
    /// Why, the deciding evidence first; contradicting evidence follows with rule `conflict`.
    pub evidence: Vec<Evidence>,
}

/// The most probable day of an issue.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BestDay {
    /// The day.
    pub day: Date,
    /// Probability of the day.
    pub p_day: f32,
    /// Probability of its month.
    pub p_month: f32,
    /// Probability of its year.
    pub p_year: f32,
    /// Days that hold much of the probability, with theirs, most probable first.
    pub candidates: Vec<(Date, f32)>,
}

impl BestDay {
    /// The first day of a span that is stated, with a probability for the span: all its days alike.
    fn of_stated(span: DateSpan, confidence: f32) -> Self {
        let share = |from: Date, to: Date| to.min(span.latest).days_since(from.max(span.earliest)) + 1;
        let (day, length) = (span.earliest, share(span.earliest, span.latest) as f32);
        let month = share(day, day.month_end()) as f32;
        let year = Date::new(day.year(), 12, 31).map_or(length, |end| share(day, end) as f32);
        let p_day = confidence / length;
        let candidates = if length == 1.0 { vec![(day, p_day)] } else { Vec::new() };
        Self { day, p_day, p_month: confidence * month / length, p_year: confidence * year / length, candidates }
    }
}

impl DateInfo {
    /// The date of an article about whose date nothing is known.
    pub fn undated() -> Self {
        Self { span: None, best: None, source: DateSource::None, confidence: 0.0, evidence: Vec::new() }
    }

    /// A date that is stated, all days of its span alike.
    pub fn stated(span: DateSpan, source: DateSource, confidence: f32, evidence: Vec<Evidence>) -> Self {
        Self { span: Some(span), best: Some(BestDay::of_stated(span, confidence)), source, confidence, evidence }
    }

    /// The most probable day; `None` for an undated article.
    pub fn best_day(&self) -> Option<Date> {
        self.best.as_ref().filter(|_| self.span.is_some()).map(|best| best.day)
    }

    /// The precision; unknown for an undated article.
    pub fn precision(&self) -> Precision {
        self.span.map_or(Precision::Unknown, |span| span.precision)
    }
}

/// A day or month that an article tells of, kept apart from the date of its issue.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventDate {
    /// The day or month. A day printed without year has that of the issue, or the one before.
    pub span: DateSpan,
    /// As printed.
    pub quote: String,
    /// Block in which it stands, from 1; `None` in an item.
    pub block: Option<u32>,
}

/// A place an article is about.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RegionInfo {
    /// GB/T 2260 code, as valid in the article's year.
    pub code: String,
    /// Names from the province down, as valid in the article's year.
    pub path: Vec<String>,
    /// This code and those of its ancestors, and the same of today's successors: what a region filter looks up.
    pub codes: Vec<String>,
    /// Today's unit and its ancestors from the province down, for facets and splits.
    pub today: Vec<String>,
    /// 0–1.
    pub confidence: f32,
    /// Why.
    pub evidence: Vec<Evidence>,
}

impl RegionInfo {
    /// The codes of the printed path, province first.
    pub fn own_codes(&self) -> Vec<String> {
        self.codes.iter().take(self.path.len()).cloned().collect()
    }
}

/// A place that an article names and is not about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RegionMention {
    /// GB/T 2260 code, as valid in the article's year.
    pub code: String,
    /// Names from the province down.
    pub path: Vec<String>,
    /// The first place where it is named.
    pub evidence: Evidence,
}

/// What a union body is the union of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyLevel {
    /// The whole country: 全总.
    National,
    /// A province: 省总.
    Province,
    /// A prefecture: 市总.
    Prefecture,
    /// A county: 县总, 区总.
    County,
    /// An industry: 产业工会.
    Industry,
    /// An enterprise, an institution, a street: 基层工会.
    Grassroots,
}

impl BodyLevel {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Industry => "industry",
            Self::Grassroots => "grassroots",
        }
    }
}

/// A union body that an article names.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UnionBody {
    /// Full name; a relative one (市总工会) is resolved.
    pub name: String,
    /// What it is the union of.
    pub level: BodyLevel,
    /// GB/T 2260 code of its region; empty where it is national or not known.
    pub code: String,
    /// Where it is named first.
    pub evidence: Evidence,
}

/// A field of union work an article is about.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TopicInfo {
    /// One of the ids of the topic table.
    pub id: String,
    /// 0–1.
    pub confidence: f32,
    /// The terms that decided.
    pub evidence: Vec<Evidence>,
}

/// What a named person or office did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reporter 记者, also 见习 and 特约.
    Reporter,
    /// Correspondent 通讯员.
    Correspondent,
    /// Photographer 摄.
    Photographer,
    /// Author of a signed piece.
    Author,
    /// Who drew a cartoon, an illustration or a chart 绘.
    Illustrator,
    /// Translator 译.
    Translator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::Reporter, Self::Correspondent, Self::Photographer, Self::Author, Self::Illustrator, Self::Translator];

    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Correspondent => "correspondent",
            Self::Photographer => "photographer",
            Self::Author => "author",
            Self::Illustrator => "illustrator",
            Self::Translator => "translator",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A name with its role.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Byline {
    /// The name, without the spaces that set it apart (陈 豪 → 陈豪).
    pub name: String,
    /// The role.
    pub role: Role,
    /// Whether it is an office (西工办), not a person.
    pub office: bool,
    /// The form that was recognised.
    pub evidence: Evidence,
}

/// The newspaper, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PaperInfo {
    /// Slug of the paper table, or the given name where the table has none; empty when unknown.
    pub id: String,
    /// Printed name; empty when unknown.
    pub name: String,
    /// Home region code; empty for a national or unknown paper.
    pub home: String,
}

/// All that was found out about an article.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Metadata {
    /// Newspaper.
    pub paper: PaperInfo,
    /// Page 版 as a number where it is one (`1`, `A02`), or empty.
    pub page: String,
    /// Date of the issue.
    pub date: DateInfo,
    /// Days and months that the text tells of.
    pub event_dates: Vec<EventDate>,
    /// Places, the main one first; empty = national.
    pub regions: Vec<RegionInfo>,
    /// Why it has no main place: the rule, and the words that tell it; `None` where it has one.
    pub no_place: Option<Evidence>,
    /// Other places that the text names, in order.
    pub mentions: Vec<RegionMention>,
    /// Union bodies that it names, in order.
    pub bodies: Vec<UnionBody>,
    /// Money, people and households that it counts, in order.
    pub amounts: Vec<Amount>,
    /// What an editor corrected.
    pub corrected: Vec<AppliedCorrection>,
    /// Topics, best first, at most three.
    pub topics: Vec<TopicInfo>,
    /// Bylines, in printed order.
    pub bylines: Vec<Byline>,
}
