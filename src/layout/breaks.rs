//! Whether a text without headline begins a story, and whether a caption stands for itself.

use super::set::Set;
use super::view::View;
use super::words::words;

/// What is known where a text without headline stands after a story.
pub(super) struct Spot<'a> {
    /// The block.
    pub(super) here: &'a View,
    /// The last block of running text before it in the story, if there is one.
    pub(super) before: Option<&'a View>,
    /// The next block that is no picture, if it is running text.
    pub(super) after: Option<&'a View>,
    /// Whether a headline, a mark or the end of the page comes next.
    pub(super) alone: bool,
    /// Whether the story before is over: signed, marked 下转, closed by its title.
    pub(super) ended: bool,
    /// Whether a picture that stands for itself came after the story before.
    pub(super) picture: bool,
    /// Whether the story before is an item of a digest whose last sentence is complete.
    pub(super) item: bool,
    /// Whether the story before has a headline.
    pub(super) titled: bool,
    /// Whether the sentence before goes on in this block (running text), or in the next one that is no picture.
    pub(super) joins: bool,
    /// Whether a word goes on as well.
    pub(super) seam: bool,
    /// Whether nearly all of the block stands elsewhere on the page as well.
    pub(super) copied: bool,
    /// Whether the first place that the block names stands in the story before; `None` where it names none.
    pub(super) place: Option<bool>,
    /// Share of the character pairs of this block that stand in the story before it.
    pub(super) share: f32,
}

/// A named sign for a break, or against one.
pub(super) type BreakSign = (&'static str, &'static str, fn(&Spot) -> bool);

/// Signs that running text begins a story; the points are in `tables/layout.toml`.
pub(super) const BREAKS: [BreakSign; 31] = [
    ("dateline", "以“本报讯”一类开头", |s| s.here.dateline),
    ("bullet", "以短讯符号开头", |s| s.here.bullet),
    ("from", "接其他版", |s| s.here.continued_from),
    ("answer", "是问答", |s| matches!(s.here.head(2), "答:" | "问:")),
    ("ended", "上一篇已署名收尾", |s| s.ended),
    ("after_picture", "上一块是图片", |s| s.picture),
    ("after_item", "上一条短讯已完", |s| s.item),
    ("lead", "像导语", |s| is_lead(s)),
    ("place", "以地名开头", |s| s.here.place_start),
    ("joins", "接上一块的句子", |s| s.joins),
    ("copied", "同样的一段别处也有", |s| s.copied),
    ("strange_named", "所说的地方上文没有", |s| s.place == Some(false)),
    ("known_named", "所说的地方上文也有", |s| s.place == Some(true)),
    ("joined_word", "与上一块合成一词", |s| s.seam),
    ("cut_before", "上一块没有说完而不相接", |s| !s.joins && s.before.is_some_and(|v| !v.closed)),
    ("nothing_shared", "与上文几乎没有相同的词", |s| s.share < 0.02),
    ("little_shared", "与上文少有相同的词", |s| s.share < 0.06),
    ("some_shared", "与上文有些相同的词", |s| s.share < 0.12),
    ("more_shared", "与上文不少词相同", |s| s.share >= 0.25),
    ("much_shared", "与上文多有相同的词", |s| s.share >= 0.4),
    ("strange_lead", "像导语而与上文少有相同的词", |s| is_lead(s) && s.share < 0.12),
    ("strange_place", "地名开头而与上文少有相同的词", |s| s.here.place_start && s.share < 0.12),
    ("strange_after_picture", "图片之后与上文少有相同的词", |s| s.picture && s.share < 0.12),
    ("signed_here", "有署名收尾", |s| s.here.signed),
    ("pictured", "像图片说明", |s| s.here.picture()),
    ("alone", "后面没有正文", |s| s.alone),
    ("untitled_before", "上一篇无题", |s| !s.titled),
    ("short", "不长", |s| s.here.len <= 150),
    ("quote", "以引语开头", |s| s.here.first == '“'),
    ("said", "开头是人说话", |s| s.here.head(8).contains('说')),
    ("letter", "是来信的称呼", |s| words().letters.start(&s.here.compact)),
];

fn is_lead(spot: &Spot) -> bool {
    spot.here.lead && !spot.here.dateline
}

/// Signs that a caption stands for itself; the points are in `tables/layout.toml`.
pub(super) const PICTURES: [BreakSign; 18] = [
    ("cut", "上文的句子在图片之后接着", |s| s.joins),
    ("cut_word", "上文的词在图片之后接着", |s| s.seam),
    ("followed", "后面接着正文", |s| s.after.is_some_and(|v| !v.dateline && !v.bullet)),
    ("lead_follows", "后面像导语", |s| s.after.is_some_and(|v| v.lead)),
    ("marked", "以“图为”一类开头", |s| s.here.caption_mark),
    ("nothing_shared", "与上文几乎没有相同的词", |s| s.share < 0.05),
    ("little_shared", "与上文少有相同的词", |s| s.share < 0.15),
    ("some_shared", "与上文有些相同的词", |s| s.share < 0.25),
    ("more_shared", "与上文不少词相同", |s| s.share >= 0.45),
    ("much_shared", "与上文多有相同的词", |s| s.share >= 0.6),
    ("place", "以地名开头", |s| s.here.place_start),
    ("lead", "像导语", |s| s.here.lead),
    ("strange_named", "所说的地方上文没有", |s| s.place == Some(false)),
    ("known_named", "所说的地方上文也有", |s| s.place == Some(true)),
    ("alone", "后面没有正文", |s| s.alone),
    ("alone_strange", "后面没有正文,与上文少有相同的词", |s| s.alone && s.share < 0.25),
    ("ended", "上一篇已署名收尾", |s| s.ended),
    ("after_picture", "上一块是图片", |s| s.picture),
];

/// The signs of a spot, as indices of a list.
pub(super) fn signs(list: &[BreakSign], spot: &Spot) -> Set {
    Set::of(list.len(), |sign| (list[sign].2)(spot))
}
