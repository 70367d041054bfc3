//! What is cut out of a page or read from an item, before anything is inferred.

use super::cut_reason::CutReason;
use super::{DateSpan, Graft, Relation};

/// The kind of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    /// News 消息.
    News,
    /// Brief 短讯.
    Brief,
    /// Photo news 图片新闻.
    Photo,
    /// Opinion 言论.
    Opinion,
    /// Feature 通讯.
    Feature,
    /// Speech 讲话.
    Speech,
    /// Continuation 转版 of a story that begins on another page.
    Continuation,
}

impl ArticleKind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::News, Self::Brief, Self::Photo, Self::Opinion, Self::Feature, Self::Speech, Self::Continuation];

    /// The name in JSON and in filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Brief => "brief",
            Self::Photo => "photo",
            Self::Opinion => "opinion",
            Self::Feature => "feature",
            Self::Speech => "speech",
            Self::Continuation => "continuation",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A paragraph, subhead or caption: text as printed, and the blocks it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Passage {
    /// The text of its blocks, joined as printed.
    pub text: String,
    /// Block numbers, in reading order; empty for items that have no blocks.
    pub blocks: Vec<u32>,
    /// Whether it is a heading inside the story.
    pub subhead: bool,
    /// Parts of the text that belong elsewhere: kept and shown, but neither searched nor weighed.
    pub grafts: Vec<Graft>,
}

impl Passage {
    /// A passage of one block, or of none for items that have none.
    pub fn new(text: impl Into<String>, blocks: Vec<u32>) -> Self {
        Self { text: text.into(), blocks, subhead: false, grafts: Vec::new() }
    }

    /// The text in parts, each with the block that owns it where it is a graft.
    pub fn parts(&self) -> Vec<(&str, Option<u32>)> {
        Graft::split(&self.text, &self.grafts)
    }

    /// The parts of the text outside its grafts, in order; the whole text where it has none.
    pub fn own_parts(&self) -> Vec<&str> {
        if self.grafts.is_empty() {
            return if self.text.trim().is_empty() { Vec::new() } else { vec![self.text.as_str()] };
        }
        let own = self.parts().into_iter().filter(|(text, owner)| owner.is_none() && !text.trim().is_empty());
        own.map(|(text, _)| text).collect()
    }
}

/// One item of a newspaper as it was cut out, with the reason for each cut.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Story {
    /// What it is.
    pub kind: ArticleKind,
    /// Column label 栏目, or empty.
    pub column: String,
    /// The title over several stories, this one among them, or empty.
    pub group: String,
    /// Kicker 肩题, or empty.
    pub kicker: String,
    /// Title 主题, or empty.
    pub title: String,
    /// Subtitle 副题, or empty.
    pub subtitle: String,
    /// Byline as printed on lines of its own, or empty.
    pub byline: String,
    /// Blocks used as column, kicker, title, subtitle, byline line or subhead.
    pub head_blocks: Vec<u32>,
    /// Paragraphs and subheads, in reading order.
    pub body: Vec<Passage>,
    /// Captions, in order.
    pub captions: Vec<Passage>,
    /// Why it begins, ends and joins as it does.
    pub reasons: Vec<CutReason>,
    /// How sure the cut is, 0–1.
    pub confidence: f32,
    /// What binds it to other pages and stories.
    pub relations: Vec<Relation>,
    /// Values that the source states.
    pub given: SourceMetadata,
}

impl Story {
    /// A story of a kind, with nothing in it.
    pub fn new(kind: ArticleKind) -> Self {
        Self {
            kind,
            column: String::new(),
            group: String::new(),
            kicker: String::new(),
            title: String::new(),
            subtitle: String::new(),
            byline: String::new(),
            head_blocks: Vec::new(),
            body: Vec::new(),
            captions: Vec::new(),
            reasons: Vec::new(),
            confidence: 1.0,
            relations: Vec::new(),
            given: SourceMetadata::default(),
        }
    }

    /// The lowest block number it uses; 0 for items without blocks.
    pub fn first_block(&self) -> u32 {
        let passages = self.body.iter().chain(&self.captions).flat_map(|passage| &passage.blocks);
        self.head_blocks.iter().chain(passages).copied().min().unwrap_or(0)
    }

    /// Kicker, title and subtitle, those that are there, a line each.
    pub fn headline(&self) -> String {
        let lines = [&self.kicker, &self.title, &self.subtitle];
        let present: Vec<&str> = lines.into_iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        present.join("\n")
    }
}

/// Values that a source states itself (a JSON Lines item), all optional.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SourceMetadata {
    /// The item's own id.
    pub id: Option<String>,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Newspaper, by name or slug.
    pub paper: Option<String>,
    /// Page 版.
    pub page: Option<String>,
    /// Region, by code or name.
    pub region: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Where the item was taken from.
    pub source: Option<String>,
    /// Address of the item.
    pub url: Option<String>,
    /// Who holds the rights, and what may be done with the text.
    pub rights: Option<String>,
    /// Fields that baoku does not know, kept as they are (name, JSON text).
    pub extra: Vec<(String, String)>,
    /// Line of the file, from 1.
    pub line: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_grafted_in_is_not_its_own() {
        let graft = |start, end| Graft { start, end, owner: 9 };
        let passage =
            Passage { grafts: vec![graft(2, 4), graft(5, 9)], ..Passage::new("甲乙丙丁戊己庚", vec![1]) };
        assert_eq!(passage.own_parts(), ["甲乙", "戊"]);
        assert_eq!(Passage::new("甲", vec![1]).own_parts(), ["甲"]);
        assert!(Passage { grafts: vec![graft(0, 1)], ..Passage::new("甲", vec![1]) }.own_parts().is_empty());
    }
}
