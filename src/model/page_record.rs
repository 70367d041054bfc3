//! A page as it was read: its lines and blocks with what was made of them.

use super::{Area, ArticleId, Direction, Graft, Label, Line, PagePictureMap, PageSize, Shape, SourceKey, SourcePage};

/// A page in its reading order: what shows why it was cut as it was.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageRecord {
    /// What its articles share as their page key.
    pub page_key: String,
    /// The file.
    pub source: SourceKey,
    /// Number of the page in its file, from 1.
    pub number: u32,
    /// Its blocks, in reading order.
    pub blocks: Vec<PageRecordBlock>,
    /// Where its lines and pictures stand, if the source has boxes.
    pub plan: Option<PageGeometry>,
    /// Where its articles stand on the picture of the printed page, if the source is an index of it.
    pub picture: Option<PagePictureMap>,
    /// Probability that all its borders are right: that of the least sure block; 1 for a page without text.
    pub confidence: f32,
}

impl PageRecord {
    /// A page is doubtful below this confidence, and a block below this probability of its border.
    pub const SURE: f32 = 0.9;

    /// The blocks whose borders are less sure than `below`, the least sure first.
    pub fn doubts(&self, below: f32) -> Vec<&PageRecordBlock> {
        let mut doubts: Vec<&PageRecordBlock> = self.blocks.iter().filter(|block| block.border < below).collect();
        doubts.sort_by(|a, b| a.border.total_cmp(&b.border));
        doubts
    }
}

/// Where things stand on a page.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageGeometry {
    /// Size as the source states it.
    pub size: PageSize,
    /// Each line with its place.
    pub lines: Vec<LineGeometry>,
    /// Pictures, rules, frames, tables.
    pub shapes: Vec<Shape>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LineGeometry {
    /// Number of the line on the page, from 1.
    pub number: u32,
    /// The rectangle around it.
    pub area: Area,
    /// How its characters follow each other.
    pub direction: Direction,
}

impl PageGeometry {
    /// The plan of a source page; `None` where it has no boxes.
    pub fn from_page(page: &SourcePage) -> Option<Self> {
        let place =
            |line: &Line| Some(LineGeometry { number: line.number, area: line.area?, direction: line.direction });
        let lines: Vec<LineGeometry> = page.lines.iter().filter_map(place).collect();
        let size = page.size.filter(|_| !lines.is_empty())?;
        Some(Self { size, lines, shapes: page.shapes.clone() })
    }
}

/// A block with its label, its article and its joins.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageRecordBlock {
    /// Place in the reading order, from 1.
    pub number: u32,
    /// Numbers of its lines.
    pub lines: Vec<u32>,
    /// Line of the file that it begins in, from 1; 0 where the file has no lines.
    pub place: u64,
    /// Its text as printed.
    pub text: String,
    /// What it is.
    pub label: Label,
    /// Probability of the label, 0–1.
    pub score: f32,
    /// Whether an article begins with it.
    pub begins: bool,
    /// Probability that what is told of the border before it is right, 0–1.
    pub border: f32,
    /// Probability that what is told of the join to the block before is right, 0–1.
    pub join: f32,
    /// Features that spoke for the label, strongest first.
    pub features: Vec<String>,
    /// The article that it belongs to, if it belongs to one.
    pub article: Option<ArticleId>,
    /// Number of the block whose sentence goes on in this one.
    pub goes_on_from: Option<u32>,
    /// Runs that belong elsewhere, in code points of the text.
    pub grafts: Vec<Graft>,
}

/// The page key of a page, 16 hexadecimal digits: what stands for it in addresses. `name`: root and path of its file, or
/// what the items of a printed page share.
pub fn page_key(name: &str) -> String {
    ArticleId::of_item("page", name).to_string()
}
