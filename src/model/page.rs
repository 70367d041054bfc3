//! Blocks of a page and their labels.

/// One paragraph, headline, caption …: the unit that splitting works on. One or more lines of a source page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Place in the reading order of the page, from 1.
    pub number: u32,
    /// Numbers of its lines, in reading order; at least one.
    pub lines: Vec<u32>,
    /// Line of the file that its first line stands in, from 1; 0 where the file has no lines.
    pub place: u64,
    /// The text of its lines, joined as printed.
    pub text: String,
    /// How it is set, where the source tells.
    pub setting: Typography,
}

/// How a block is set, against the usual text of its page. All zero where the source has no boxes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Typography {
    /// Height of its type over that of usual text; 0 where it is unknown.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether its lines run the other way than most lines of the page.
    pub turned: bool,
    /// Text columns that it covers; 0 where it is unknown.
    pub span: u8,
    /// Whether it begins a region of the page: a column, a box, a headline.
    pub new_region: bool,
    /// Whether the gap above it is wider than between lines.
    pub gap: bool,
    /// Whether it is centred in its column.
    pub centred: bool,
    /// Whether it stands beside or under a picture.
    pub near_picture: bool,
}

/// The page that a path part or mark names: `02` → `2`, `a02` → `A2`; `None` for what is no page number.
pub fn page_number(text: &str) -> Option<String> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &text[..text.len() - digits.len()];
    let number: u32 = digits.parse().ok()?;
    let real = (1..=200).contains(&number) && letters.len() <= 1 && digits.len() <= 5;
    real.then(|| format!("{}{number}", letters.to_ascii_uppercase()))
}

/// A stated page without leading zeros (第02版 → `2`); what is no page number stays as it is.
pub fn page_name(text: &str) -> String {
    let bare = text.trim().trim_start_matches('第').trim_end_matches('版');
    page_number(bare).unwrap_or_else(|| text.trim().to_owned())
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Masthead, page slogan, editors, weather: belongs to the page, not to an article.
    Furniture,
    /// Column label 栏目.
    Column,
    /// Kicker 肩题 or 引题: the smaller line above the title.
    Kicker,
    /// Title 主题.
    Title,
    /// Subtitle 副题: the smaller line below the title.
    Subtitle,
    /// A line of authors.
    Byline,
    /// A heading inside a story.
    Subhead,
    /// Running text.
    Body,
    /// The text of a picture.
    Caption,
    /// The photographer's line alone.
    Credit,
    /// 上接第1版, 下转第3版.
    Continuation,
}

impl Label {
    /// All labels, in a fixed order.
    pub const ALL: [Self; 11] = [
        Self::Furniture,
        Self::Column,
        Self::Kicker,
        Self::Title,
        Self::Subtitle,
        Self::Byline,
        Self::Subhead,
        Self::Body,
        Self::Caption,
        Self::Credit,
        Self::Continuation,
    ];

    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Column => "column",
            Self::Kicker => "kicker",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Byline => "byline",
            Self::Subhead => "subhead",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Continuation => "continuation",
        }
    }
}

/// The label of a block, with what spoke for it.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockLabel {
    /// The label.
    pub label: Label,
    /// Whether an article begins with the block.
    pub begins: bool,
    /// Whether the block goes on with the last one of its kind.
    pub goes_on: bool,
    /// Probability of the label, 0–1.
    pub score: f32,
    /// Probability that what is told of the border is right: that an article begins here, or that none does; 0–1.
    pub border: f32,
    /// Probability that what is told of the join is right: that the block goes on with another, or that it does not; 0–1.
    pub join: f32,
    /// Features that spoke for the label, strongest first.
    pub features: Vec<String>,
}

/// A run of text that was copied into a place from elsewhere on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Graft {
    /// First code point of the block or passage that holds it.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// Number of the block that it belongs to.
    pub owner: u32,
}

impl Graft {
    /// A text in parts, each with the block that owns it where it is a graft. `grafts`: in order; what of one overlaps the
    /// one before, or lies outside, is left out.
    pub fn split<'a>(text: &'a str, grafts: &[Self]) -> Vec<(&'a str, Option<u32>)> {
        let mut parts = Vec::new();
        let (mut rest, mut at) = (text, 0);
        let mut take = |point: usize, owner: Option<u32>| {
            let count = point.saturating_sub(at);
            let byte = rest.char_indices().nth(count).map_or(rest.len(), |(byte, _)| byte);
            let (part, after) = rest.split_at(byte);
            if !part.is_empty() {
                parts.push((part, owner));
            }
            (rest, at) = (after, at.max(point));
        };
        for graft in grafts {
            take(graft.start, None);
            take(graft.end, Some(graft.owner));
        }
        take(usize::MAX, None);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_at_its_grafts() {
        let graft = |start, end| Graft { start, end, owner: 9 };
        let split = |grafts: &[Graft]| Graft::split("甲乙丙丁戊己庚", grafts);
        assert_eq!(split(&[]), [("甲乙丙丁戊己庚", None)]);
        let parts = [("甲乙", None), ("丙丁", Some(9)), ("戊", None), ("己庚", Some(9))];
        assert_eq!(split(&[graft(2, 4), graft(5, 9)]), parts);
        assert_eq!(split(&[graft(0, 4), graft(2, 6)]), [("甲乙丙丁", Some(9)), ("戊己", Some(9)), ("庚", None)]);
        assert!(Graft::split("", &[graft(0, 1)]).is_empty());
    }
}
