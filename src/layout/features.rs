//! Named features of a block and its neighbours, from which its label is told.

use super::set::Set;
use super::view::{SHORT, Seam, View};
use super::words::{List, words};
use crate::tables::layout;
use crate::text::{CharClass, class};

/// A block between its neighbours.
pub(super) struct Place<'a> {
    page: &'a [View],
    at: usize,
}

impl<'a> Place<'a> {
    fn here(&self) -> &'a View {
        &self.page[self.at]
    }

    fn near(&self, step: isize) -> Option<&'a View> {
        self.page.get(self.at.checked_add_signed(step)?)
    }

    fn is(&self, step: isize, test: impl Fn(&View) -> bool) -> bool {
        self.near(step).is_some_and(test)
    }

    fn next_is(&self, test: impl Fn(&View) -> bool) -> bool {
        self.is(1, test)
    }

    fn prev_is(&self, test: impl Fn(&View) -> bool) -> bool {
        self.is(-1, test)
    }

    fn near_top(&self) -> bool {
        self.at < 4
    }

    fn near_end(&self) -> bool {
        self.at + 3 > self.page.len()
    }

    fn short(&self) -> bool {
        self.here().len <= 40
    }

    /// Whether another short line of the same shape is near: subheads come in series.
    fn has_sibling(&self) -> bool {
        let here = self.here();
        let shape = |v: &View| (v.first == '“', v.numbered);
        let near = if shape(here) == (false, false) { 4 } else { 8 };
        let range = self.at.saturating_sub(7)..(self.at + 8).min(self.page.len());
        self.short()
            && range.filter(|&at| at != self.at).any(|at| {
                let other = Place { page: self.page, at };
                let view = other.here();
                view.len <= 30
                    && !view.ends_stop()
                    && !view.byline
                    && shape(view) == shape(here)
                    && view.len.abs_diff(here.len) <= near
                    && other.heads_plain()
            })
    }

    /// Whether plain text follows, no beginning of a story.
    fn heads_plain(&self) -> bool {
        self.next_is(|v| v.len > 30 && !v.lead && !v.bullet && !v.caption_mark)
    }
}

/// A named test, and what it says in a reason.
pub(super) type Feature = (&'static str, &'static str, fn(&Place) -> bool);

/// How many features may hold for a block of any length; they stand first.
const OF_ANY: usize = 34;

/// All features; the weights are in `tables/layout.toml`.
#[rustfmt::skip]
pub(super) const FEATURES: &[Feature] = &[
    ("long", "成段", |p| p.here().len > 60),
    ("ends_stop", "以句末标点收尾", |p| p.here().ends_stop()),
    ("open_end", "句末无标点", |p| !p.here().closed && !p.here().ends_stop()),
    ("inner_stop", "中间有句号", |p| p.here().inner_stop),
    ("commas", "有多个逗号", |p| p.here().commas >= 2),
    ("dateline", "以“本报讯”一类开头", |p| p.here().dateline),
    ("lead", "像导语", |p| p.here().lead && !p.here().dateline),
    ("caption_mark", "以“图为”一类开头", |p| p.here().caption_mark),
    ("caption_inside", "含“图为”一类", |p| caption_inside(p.here())),
    ("caption_talk", "说的是画面", |p| p.here().len <= 200 && p.here().lists.has(List::CaptionTalk)),
    ("credit_end", "以摄影署名收尾", |p| p.here().len > 14 && p.here().credit_end),
    ("bullet", "以短讯符号开头", |p| p.here().bullet && p.here().len > 20),
    ("dash", "以破折号开头", |p| p.here().first == '—'),
    ("answer", "是问答", |p| matches!(p.here().head(2), "问:" | "答:")),
    ("letter", "是来信的称呼", |p| words().letters.start(&p.here().compact)),
    ("place_start", "以地名开头", |p| p.here().place_start),
    ("next_dateline", "下一块以“本报讯”开头", |p| p.next_is(|v| v.dateline)),
    ("next_byline", "下一块是署名", |p| p.next_is(|v| v.byline && !v.credit_end)),
    ("next_dash", "下一块是破折号副题", |p| p.next_is(|v| v.first == '—')),
    ("next_lead", "下一块像导语", |p| p.next_is(|v| v.lead && !v.dateline)),
    ("next_plain", "下一块是一般正文", |p| p.heads_plain()),
    ("next_short", "下一块也短", |p| p.next_is(head_like)),
    ("next_bullet", "下一块是短讯", |p| p.next_is(|v| v.bullet && v.len > 20 && !furniture_word(v))),
    ("next_caption", "下一块是图片说明", |p| p.here().plain_commas == 0 && p.next_is(|v| v.len > 40 && v.credit_end)),
    ("prev_short", "上一块也短", |p| p.prev_is(|v| head_like(v) && !v.closed)),
    ("prev_open", "上一块没有说完", |p| p.prev_is(|v| v.len > 36 && !v.closed)),
    ("prev_closed", "上一块已说完", |p| p.prev_is(|v| v.len > 12 && v.closed)),
    ("prev_signed", "上一块有署名收尾", |p| p.prev_is(|v| v.len > 30 && v.signed)),
    ("prev_picture", "上一块是图片说明", |p| p.prev_is(|v| v.len > 14 && v.picture())),
    ("first", "是第一块", |p| p.at == 0),
    ("dangling", "以虚词收尾", |p| layout().words.dangling.contains(p.here().last)),
    ("seam", "与下一块合成一词", |p| p.here().seam == Seam::Word),
    ("seam_guess", "与下一块好像合成一词", |p| p.here().seam == Seam::Guess),
    ("prev_seam", "与上一块合成一词", |p| p.prev_is(|v| v.next == 1 && v.seam == Seam::Word)),
    // Of blocks up to `SHORT` characters only.
    ("tiny", "很短", |p| p.here().len <= 6),
    ("short", "短", |p| (7..=36).contains(&p.here().len)),
    ("medium", "一两句长", |p| (37..=60).contains(&p.here().len)),
    ("one_comma", "有一个逗号", |p| p.short() && p.here().plain_commas == 1),
    ("credit_only", "只有摄影署名", |p| p.here().len <= 14 && p.here().credit_end),
    ("decorated", "两端有装饰符号", |p| p.here().len <= 20 && p.here().bullet && words().bullets.contains(&p.here().last)),
    ("byline", "像记者署名", |p| p.here().byline),
    ("signature", "整行是括号里的署名", |p| p.here().signature() && (p.prev_is(|v| v.len > 30) || p.next_is(|v| v.len > 30))),
    ("name_line", "标题下只有姓名", name_line),
    ("author_note", "说明作者是谁", |p| p.here().len <= 60 && p.here().head(4).starts_with("(作者")),
    ("numbered", "有序号", |p| p.here().len <= 50 && !p.here().inner_stop && p.here().numbered),
    ("quoted_head", "引号起头的短行", |p| p.here().len <= 26 && p.here().first == '“' && !p.here().ends_stop()),
    ("question", "以问号收尾的短行", |p| p.short() && p.here().last == '?'),
    ("exclaim", "以叹号收尾的短行", |p| p.short() && p.here().last == '!'),
    ("quote_end", "以引号收尾的短行", |p| p.short() && matches!(p.here().last, '”' | '」' | '》' | '』')),
    ("column_word", "是常见栏目名", |p| p.here().column_word()),
    ("label_shape", "像栏目名", |p| p.here().label_shape()),
    ("label_mark", "短行有符号起头", |p| p.here().len <= 10 && p.here().bullet && !p.here().byline),
    ("column_ending", "像栏目名的结尾", |p| p.here().column_ending()),
    ("place_colon", "以地名和冒号开头", |p| p.here().place_colon()),
    ("unbalanced", "引号或括号不成对", |p| p.here().len <= 40 && p.here().unbalanced),
    ("report_ending", "以“侧记”一类收尾", |p| report_ending(p.here())),
    ("said_by", "以“提出”“强调”一类收尾", |p| p.short() && p.next_is(head_like) && words().kicker_endings.before(&p.here().compact).next().is_some()),
    ("headline_word", "有标题常用的动词", |p| p.short() && p.here().lists.has(List::Headline)),
    ("digits", "短行有数字", |p| p.short() && p.here().compact.contains(|c: char| c.is_ascii_digit())),
    ("weather", "像天气预报", |p| p.here().len <= 60 && p.here().compact.contains('℃') && !p.here().compact.contains('。')),
    ("furniture_word", "含版面用语", |p| furniture_word(p.here())),
    ("furniture_weak", "含几个版面用语", |p| p.here().len <= 45 && p.here().count(&['。', '“']) == 0 && words().furniture_weak.count(&p.here().compact) >= 2),
    ("masthead", "像报头", |p| p.here().dated && (p.near_top() || p.near_end())),
    ("paper_name", "只有报名", |p| p.at == 0 && p.here().len <= 16 && (p.here().last == '报' || p.here().compact.contains('版')) && !p.here().continues()),
    ("slogan", "像版面口号", slogan),
    ("third_line", "标题组的第三行,有数字或顿号", third_line),
    ("top_halves", "版面开头的对仗短句", top_halves),
    ("under_masthead", "在报头之下", |p| p.at > 0 && p.at <= 3 && p.short() && (0..p.at).all(|at| p.page[at].len <= 70 && (p.page[at].dated || furniture_word(&p.page[at]) || p.page[at].continues()))),
    ("last_line", "在版面末尾", |p| p.short() && p.near_end()),
    ("continuation", "是转版标记", |p| p.here().len <= 14 && p.here().continues()),
    ("halves", "分成两半", |p| p.short() && p.here().halves.len() == 2),
    ("even_halves", "两半一样长", |p| p.short() && p.here().halves.len() == 2 && p.here().halves[0] == p.here().halves[1]),
    ("three_parts", "分成三段", |p| p.here().len <= 60 && p.here().halves.len() >= 3),
    ("organ", "含工会机构名", |p| p.short() && p.here().lists.has(List::Organ)),
    ("comma_plain", "有逗号而下一块是一般正文", comma_plain),
    ("lone", "附近没有同样的短行", |p| p.short() && p.heads_plain() && p.prev_is(|v| v.len > 36) && !p.has_sibling()),
    ("next_shorter", "下一块更短", |p| p.short() && p.next_is(|v| head_like(v) && v.len < p.here().len)),
    ("next_longer", "下一块更长", |p| p.short() && p.next_is(|v| head_like(v) && v.len > p.here().len)),
    ("above_headline", "下面是标题和导语", |p| p.short() && p.next_is(|v| v.len <= 40 && !v.ends_stop() && !v.byline) && p.is(2, |v| v.dateline || v.byline)),
    ("two_above", "下面还有两行标题", |p| p.short() && p.next_is(head_like) && p.is(2, head_like)),
    ("prev_shorter", "上一块更短", |p| p.short() && p.prev_is(|v| head_like(v) && v.len < p.here().len)),
    ("prev_longer", "上一块更长", |p| p.short() && p.prev_is(|v| head_like(v) && v.len > p.here().len)),
    ("two_below", "上面还有两行短的", |p| p.short() && p.prev_is(head_like) && p.is(-2, head_like)),
    ("sibling", "附近有同样的短行", |p| p.has_sibling()),
];

/// Whether a line may be one of a headline by its form.
fn head_like(v: &View) -> bool {
    v.len <= 36 && !v.ends_stop() && !v.byline && !v.continues()
}

fn caption_inside(v: &View) -> bool {
    let inner = v.len <= 90 && v.lists.has(List::CaptionInner);
    !v.dateline && (v.lists.has(List::CaptionStart) || inner)
}

fn furniture_word(v: &View) -> bool {
    v.len <= 90 && v.lists.has(List::Furniture)
}

fn report_ending(v: &View) -> bool {
    (9..=60).contains(&v.len) && words().report_endings.before(&v.compact).next().is_some()
}

fn name_line(p: &Place) -> bool {
    let here = p.here();
    (2..=4).contains(&here.len)
        && here.compact.chars().all(|c| class(c) == CharClass::Han)
        && p.prev_is(|v| v.len > 6 && !v.ends_stop())
        && p.next_is(|v| v.len > 30)
        && !here.column_ending()
        && !here.column_word()
}

/// A short line with a comma before plain text: more often a cut sentence than a heading.
fn comma_plain(p: &Place) -> bool {
    let here = p.here();
    here.len <= 36
        && here.plain_commas > 0
        && p.heads_plain()
        && here.halves.len() == 1
        && !here.numbered
        && !here.closed
}

/// The last of three headline lines, with the figures of the story.
fn third_line(p: &Place) -> bool {
    let head = |v: &View| v.len <= 40 && !v.ends_stop() && !v.byline && !v.closed && !v.dated;
    let figures = |v: &View| v.compact.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '、'));
    p.here().len <= 60
        && p.next_is(|v| v.dateline || v.byline)
        && !p.here().place_colon()
        && figures(p.here())
        && p.is(-1, |v| head(v) && !v.label_shape())
        && p.is(-2, head)
}

/// Two equal halves at the top, with a whole headline below: a slogan of the page.
fn top_halves(p: &Place) -> bool {
    let halves = &p.here().halves;
    let below = (1..=2).all(|step| p.is(step, |v| v.len <= 40 && !v.byline && !v.dateline));
    let under_masthead = p.at <= 2 && p.prev_is(|v| v.dated || furniture_word(v));
    halves.len() == 2 && halves[0] == halves[1] && halves[0] <= 7 && below && under_masthead
}

/// Three or more equal parts near the top of a page, or at its end.
fn slogan(p: &Place) -> bool {
    let halves = &p.here().halves;
    let equal = halves.len() >= 3 && halves.iter().all(|n| n.abs_diff(halves[0]) <= 1) && halves[0] <= 7;
    equal && p.here().count(&['。', ',', ':']) == 0 && (p.near_top() || p.near_end())
}

/// The words for a feature in a reason.
pub(super) fn described(name: &str) -> &'static str {
    FEATURES.iter().find(|feature| feature.0 == name).map_or("", |feature| feature.1)
}

/// The features of a block, as indices of [`FEATURES`].
pub(super) fn features(page: &[View], at: usize) -> Set {
    let end = if page[at].len > SHORT { OF_ANY } else { FEATURES.len() };
    up_to(end, page, at)
}

fn up_to(end: usize, page: &[View], at: usize) -> Set {
    let place = Place { page, at };
    Set::of(end, |feature| (FEATURES[feature].2)(&place))
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, view};
    use super::*;

    #[test]
    fn no_feature_of_short_blocks_holds_for_a_long_one() {
        let pages = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap().flatten();
        let texts = pages.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        let made = "一、“送温暖”,职工之声:图为记者,摄 ●▲□(上接第1版)2014年4月29日 星期二 工会".repeat(3);
        let mut seen = 0;
        for text in texts.chain([format!("{made}\n甲\n{made}\n本报讯(记者王小河){made}")]) {
            let page = view::views(&blocks(&crate::model::SourcePage::of_text(&text))).0;
            for at in (0..page.len()).filter(|&at| page[at].len > SHORT) {
                assert_eq!(up_to(FEATURES.len(), &page, at), features(&page, at), "{}", page[at].compact);
                seen += 1;
            }
        }
        assert!(seen > 3);
    }
}
