//! What can be seen of a block: its folded text, and named features of it and its neighbours.

use crate::model::Block;
use crate::tables::{layout, places, regions};
use crate::text::{CharClass, Segmenter, class, fold};
use std::sync::OnceLock;

/// Marks of a date at the start of a text: 4月29日, 2014年.
const DATE_MARKS: [char; 3] = ['年', '月', '日'];

/// A block as the features see it.
#[derive(Debug, Default)]
pub(super) struct View {
    /// Folded text: half-width punctuation, simplified characters.
    pub(super) text: String,
    /// The same without white space.
    pub(super) compact: String,
    /// Characters of the compact text.
    pub(super) len: usize,
    /// Whether a word reaches from the end of this block into the next one.
    seam: bool,
}

/// Word lists of the layout table in folded form.
struct Words {
    dateline: Vec<String>,
    time: Vec<String>,
    caption: Vec<String>,
    caption_inner: Vec<String>,
    credit: Vec<String>,
    columns: Vec<String>,
    furniture: Vec<String>,
    furniture_weak: Vec<String>,
    to: Vec<String>,
    from: Vec<String>,
    roles: Vec<String>,
    column_endings: Vec<String>,
    report_endings: Vec<String>,
    caption_starts: Vec<String>,
    organs: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = &layout().words;
        let opens = |word: &&String| table.dateline_endings.iter().any(|ending| word.ends_with(ending.as_str()));
        let openings = table.news_openings.iter().filter(opens);
        let dateline = openings.map(|word| folded(word)).collect();
        Words {
            dateline,
            time: all_folded(&table.time_openings),
            caption: all_folded(&table.caption_marks),
            caption_inner: all_folded(&table.caption_inner),
            credit: all_folded(&table.credit_roles),
            columns: all_folded(&table.column_labels),
            furniture: all_folded(&table.furniture),
            furniture_weak: all_folded(&table.furniture_weak),
            to: all_folded(&table.continuation_to),
            from: all_folded(&table.continuation_from),
            roles: table.byline_roles.keys().filter(|role| role.chars().count() > 1).map(|role| folded(role)).collect(),
            column_endings: all_folded(&table.column_endings),
            report_endings: all_folded(&table.report_endings),
            caption_starts: all_folded(&table.caption_starts),
            organs: all_folded(&table.organs),
        }
    })
}

fn folded(text: &str) -> String {
    text.chars().map(|c| if c == '，' { ',' } else { fold(c) }).collect()
}

fn all_folded(list: &[String]) -> Vec<String> {
    list.iter().map(|word| folded(word)).collect()
}

/// The most captions in a row that a sentence is followed over.
const PICTURES_IN_A_ROW: usize = 20;

/// The views of a page.
pub(super) fn views(blocks: &[Block]) -> Vec<View> {
    let mut views: Vec<View> = blocks.iter().map(|block| View::of(&block.text)).collect();
    for at in 0..views.len() {
        let next = (at + 1..views.len()).take(PICTURES_IN_A_ROW).find(|&i| !views[i].picture());
        let seam = next.is_some_and(|next| has_seam(&views[at], &views[next]));
        views[at].seam = seam;
    }
    views
}

/// Whether the last and first characters of two blocks make a word together.
fn has_seam(before: &View, after: &View) -> bool {
    let tail: Vec<char> = before.compact.chars().rev().take(8).take_while(|&c| class(c) == CharClass::Han).collect();
    let head: String = after.compact.chars().take(8).take_while(|&c| class(c) == CharClass::Han).collect();
    let cut = tail.len();
    if before.last().is_ascii_digit() && after.first().is_ascii_digit() {
        return true;
    }
    if cut == 0 || head.is_empty() || after.dateline() || before.credit_end() {
        return false;
    }
    let run: String = tail.into_iter().rev().chain(head.chars()).collect();
    let mut end = 0;
    Segmenter::shared().cut(&run).into_iter().any(|word| {
        let start = end;
        end += word.chars().count();
        start < cut && cut < end
    })
}

impl View {
    /// The view of a text, without what the neighbours add.
    pub(super) fn of(text: &str) -> Self {
        let text = folded(text);
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let len = compact.chars().count();
        Self { text, compact, len, seam: false }
    }

    fn last(&self) -> char {
        self.compact.chars().next_back().unwrap_or(' ')
    }

    fn first(&self) -> char {
        self.compact.chars().next().unwrap_or(' ')
    }

    fn starts_any(&self, list: &[String]) -> bool {
        list.iter().any(|word| self.compact.starts_with(word.as_str()))
    }

    fn contains_any(&self, list: &[String]) -> bool {
        list.iter().any(|word| self.compact.contains(word.as_str()))
    }

    fn count(&self, marks: &[char]) -> usize {
        self.compact.chars().filter(|c| marks.contains(c)).count()
    }

    /// Whether a sentence ends with the block.
    pub(super) fn closed(&self) -> bool {
        let mark = self.last().to_string();
        layout().words.closing_marks.contains(&mark) || (self.last() == ':' && self.len <= 10)
    }

    /// Whether it starts as news does (本报讯).
    pub(super) fn dateline(&self) -> bool {
        let named =
            self.compact.strip_prefix('(').is_some_and(|rest| words().roles.iter().any(|role| rest.starts_with(role)));
        let named = named && !self.compact.starts_with("(作者");
        self.starts_any(&words().dateline) || (named && self.len > 40)
    }

    /// Whether it starts with the mark of a digest item and goes on as text.
    pub(super) fn bullet(&self) -> bool {
        layout().words.digest_bullets.iter().any(|mark| self.compact.starts_with(mark.as_str()))
    }

    /// Whether it is the text of a picture by its first words.
    pub(super) fn caption_mark(&self) -> bool {
        self.starts_any(&words().caption)
    }

    /// Whether it is a name in brackets or after a square at the end: the story is over.
    pub(super) fn signed(&self) -> bool {
        let tail: String = self.compact.chars().rev().take(18).collect::<Vec<_>>().into_iter().rev().collect();
        let name = |rest: &str| (2..=14).contains(&rest.chars().count()) && !rest.contains(['。', ',', ':', '第']);
        let square = tail.rsplit_once(['□', '■']).is_some_and(|(_, rest)| name(rest));
        let inner = tail.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map_or("", |(_, inner)| inner);
        square || (self.closed_before_bracket() && name(inner)) || self.signature()
    }

    fn closed_before_bracket(&self) -> bool {
        let before = self.compact.rsplit_once('(').map_or("", |(before, _)| before);
        before.ends_with(['。', '”', '!', '?', '」'])
    }

    /// Whether the whole block is names in brackets.
    fn signature(&self) -> bool {
        let inner = self.compact.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        inner.is_some_and(|inner| (2..=18).contains(&inner.chars().count()) && !inner.contains(['。', ',', '第', '(']))
            && !self.continues()
    }

    fn continues(&self) -> bool {
        self.continued_from() || self.continued_to()
    }

    /// Whether it starts with 上接.
    pub(super) fn continued_from(&self) -> bool {
        let bare = self.compact.trim_start_matches(['(', '[', '【', '▲', '▼']);
        words().from.iter().any(|pattern| pattern_at_start(pattern, bare))
    }

    /// Whether it ends with 下转.
    pub(super) fn continued_to(&self) -> bool {
        let start = self.compact.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
        let tail = &self.compact[start..];
        tail.rsplit_once('(').map_or(self.len <= 9, |_| true)
            && tail
                .char_indices()
                .any(|(at, _)| words().to.iter().any(|pattern| pattern_at_start(pattern, &tail[at..])))
    }

    /// The parts that white space separates.
    fn halves(&self) -> Vec<usize> {
        self.text.split_whitespace().map(|part| part.chars().count()).collect()
    }

    fn label_text(&self) -> &str {
        self.compact.trim_matches(|c| class(c) == CharClass::Boundary || "【】[]()《》□■●".contains(c))
    }

    fn byline(&self) -> bool {
        let bare = self.compact.trim_start_matches(['□', '■', '◇', '◆', '▲', '●', '(']);
        let role = words().roles.iter().any(|role| bare.starts_with(role.as_str()));
        self.len <= 32 && self.count(&['。', ',', ':', ';']) == 0 && (role || self.square()) && !self.dateline()
    }

    /// Whether it is a square with a name: `□张刀`, `■老 榕`, `□陶明(湖北)`.
    fn square(&self) -> bool {
        let Some(rest) = self.text.strip_prefix(['□', '■']) else { return false };
        let bare = rest.split('(').next().unwrap_or(rest);
        let name = bare.split_whitespace().next_back().map_or(0, |name| name.chars().count());
        (1..=4).contains(&name) && self.len <= 24 && !self.column_word() && self.count(&['。', ',', '“', ':']) == 0
    }

    fn column_word(&self) -> bool {
        words().columns.iter().any(|word| word == self.label_text())
    }

    /// Whether it is a short line that ends as column labels do.
    fn column_ending(&self) -> bool {
        self.label_shape() && words().column_endings.iter().any(|ending| self.label_text().ends_with(ending.as_str()))
    }

    fn label_shape(&self) -> bool {
        let text = self.label_text();
        (2..=6).contains(&text.chars().count()) && text.chars().all(|c| class(c) == CharClass::Han)
    }

    /// Whether it starts with a short name and a colon (`某县:`), or a known place.
    fn place_colon(&self) -> bool {
        let before = self.compact.split_once(':').map_or(0, |(before, _)| before.chars().count());
        self.len <= 40
            && (2..=7).contains(&before)
            && !self.numbered()
            && !self.ends_stop()
            && self.first() != '问'
            && self.first() != '答'
    }

    /// Whether a quotation or bracket begins and does not end in it.
    fn unbalanced(&self) -> bool {
        self.len <= 40
            && [('“', '”'), ('(', ')'), ('《', '》')].iter().any(|&(a, b)| self.count(&[a]) != self.count(&[b]))
    }

    fn report_ending(&self) -> bool {
        self.len > 8 && words().report_endings.iter().any(|ending| self.compact.ends_with(ending.as_str()))
    }

    /// Whether it is surely the text of a picture.
    fn picture(&self) -> bool {
        self.caption_mark() || self.credit_end()
    }

    fn credit_end(&self) -> bool {
        let bare = self.compact.trim_end_matches([')', '。']);
        words().credit.iter().any(|role| bare.strip_suffix(role.as_str()).is_some_and(ends_in_name))
    }

    fn numbered(&self) -> bool {
        let bare = self.compact.trim_start_matches(['(', '第']);
        let rest = bare.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
        rest.len() < bare.len()
            && (rest.starts_with(['、', ')'])
                || (rest.starts_with(['.', '问', '是']) && self.len <= 20 && !self.ends_stop()))
    }

    fn ends_stop(&self) -> bool {
        matches!(self.last(), '。' | ',' | ';' | '、' | ':')
    }

    fn dated_masthead(&self) -> bool {
        let digits = self.compact.chars().filter(|&c| c.is_ascii_digit() || "〇一二三四五六七八九".contains(c)).count();
        let date = digits >= 6
            && (self.compact.contains('年') && self.compact.contains('月') || self.compact.matches('.').count() == 2);
        self.len <= 70 && date && !self.compact.contains('。')
    }

    fn furniture_word(&self) -> bool {
        self.len <= 90 && self.contains_any(&words().furniture)
    }

    fn weak_furniture(&self) -> usize {
        words()
            .furniture_weak
            .iter()
            .filter(|pattern| self.compact.char_indices().any(|(at, _)| pattern_at_start(pattern, &self.compact[at..])))
            .count()
    }

    fn place_start(&self) -> bool {
        let starts = (2..=7).filter_map(|n| self.compact.char_indices().nth(n).map(|(at, _)| &self.compact[..at]));
        starts
            .into_iter()
            .any(|name| name.ends_with(|c| places().levels.contains(c)) && regions().named(name).next().is_some())
    }

    fn date_start(&self) -> bool {
        let head: String = self.compact.chars().take(6).collect();
        self.first().is_ascii_digit() && head.contains(DATE_MARKS)
    }

    /// Whether a first paragraph may read like this.
    fn lead(&self) -> bool {
        self.len > 30 && (self.dateline() || self.starts_any(&words().time) || self.place_start() || self.date_start())
    }
}

/// Whether a credit's name stands before its role: `。司小香`, `□通讯员 杨婷婷`.
fn ends_in_name(before: &str) -> bool {
    let name = before.rsplit(['。', '”', '□', '■', ')', '、', ',', '!', '?', '(']).next().unwrap_or(before);
    (2..=14).contains(&name.chars().count()) && name.chars().all(|c| class(c) == CharClass::Han)
}

/// Whether a text starts with a pattern in which `{n}` stands for a number.
fn pattern_at_start(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once("{n}") else { return text.starts_with(pattern) };
    let Some(rest) = text.strip_prefix(before) else { return false };
    let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    tail.len() < rest.len() && tail.starts_with(after)
}

/// A block between its neighbours.
pub(super) struct Place<'a> {
    page: &'a [View],
    at: usize,
}

impl<'a> Place<'a> {
    pub(super) fn new(page: &'a [View], at: usize) -> Self {
        Self { page, at }
    }

    fn here(&self) -> &View {
        &self.page[self.at]
    }

    fn next(&self) -> Option<&View> {
        self.page.get(self.at + 1)
    }

    fn prev(&self) -> Option<&View> {
        self.at.checked_sub(1).map(|i| &self.page[i])
    }

    fn next_is(&self, test: impl Fn(&View) -> bool) -> bool {
        self.next().is_some_and(test)
    }

    fn prev_is(&self, test: impl Fn(&View) -> bool) -> bool {
        self.prev().is_some_and(test)
    }

    fn near_top(&self) -> bool {
        self.at < 4
    }

    fn short(&self) -> bool {
        self.here().len <= 40
    }

    /// Whether another short line of the same shape is near: subheads come in series.
    fn has_sibling(&self) -> bool {
        let shape = |v: &View| (v.first() == '“', v.numbered());
        let near = if shape(self.here()) == (false, false) { 4 } else { 8 };
        let range = self.at.saturating_sub(7)..(self.at + 8).min(self.page.len());
        self.short()
            && range.filter(|&i| i != self.at).any(|i| {
                let other = Place::new(self.page, i);
                let view = other.here();
                view.len <= 30
                    && !view.ends_stop()
                    && !view.byline()
                    && shape(view) == shape(self.here())
                    && view.len.abs_diff(self.here().len) <= near
                    && other.heads_plain()
            })
    }

    /// Whether plain text follows, no beginning of a story.
    fn heads_plain(&self) -> bool {
        self.next_is(|v| v.len > 30 && !v.lead() && !v.bullet() && !v.caption_mark())
    }
}

/// A named test, and what it says in a reason.
pub(super) type Feature = (&'static str, &'static str, fn(&Place) -> bool);

/// All features; the weights are in `tables/layout.toml`.
#[rustfmt::skip]
pub(super) const FEATURES: &[Feature] = &[
    ("tiny", "很短", |p| p.here().len <= 6),
    ("short", "短", |p| (7..=36).contains(&p.here().len)),
    ("medium", "一两句长", |p| (37..=60).contains(&p.here().len)),
    ("long", "成段", |p| p.here().len > 60),
    ("ends_stop", "以句末标点收尾", |p| p.here().ends_stop()),
    ("open_end", "句末无标点", |p| !p.here().closed() && !p.here().ends_stop()),
    ("inner_stop", "中间有句号", |p| p.here().compact.trim_end_matches('。').contains('。')),
    ("commas", "有多个逗号", |p| p.here().count(&[',', ';']) >= 2),
    ("dateline", "以“本报讯”一类开头", |p| p.here().dateline()),
    ("caption_mark", "以“图为”一类开头", |p| p.here().caption_mark()),
    ("caption_inside", "含“图为”一类", |p| caption_inside(p.here())),
    ("credit_end", "以摄影署名收尾", |p| p.here().len > 14 && p.here().credit_end()),
    ("credit_only", "只有摄影署名", |p| p.here().len <= 14 && p.here().credit_end()),
    ("bullet", "以短讯符号开头", |p| p.here().bullet() && p.here().len > 20),
    ("decorated", "两端有装饰符号", |p| p.here().len <= 20 && p.here().bullet() && layout().words.digest_bullets.contains(&p.here().last().to_string())),
    ("dash", "以破折号开头", |p| p.here().compact.starts_with('—')),
    ("byline", "像记者署名", |p| p.here().byline()),
    ("signature", "整行是括号里的署名", |p| p.here().signature() && (p.prev_is(|v| v.len > 30) || p.next_is(|v| v.len > 30))),
    ("name_line", "标题下只有姓名", |p| name_line(p)),
    ("numbered", "有序号", |p| p.here().numbered() && p.here().len <= 50 && !p.here().compact.trim_end_matches('。').contains('。')),
    ("quoted_head", "引号起头的短行", |p| p.here().len <= 26 && p.here().first() == '“' && !p.here().ends_stop()),
    ("column_word", "是常见栏目名", |p| p.here().column_word()),
    ("label_shape", "像栏目名", |p| p.here().label_shape()),
    ("column_ending", "像栏目名的结尾", |p| p.here().column_ending()),
    ("place_colon", "以地名和冒号开头", |p| p.here().place_colon()),
    ("unbalanced", "引号或括号不成对", |p| p.here().unbalanced()),
    ("comma_plain", "有逗号而下一块是一般正文", |p| comma_plain(p)),
    ("report_ending", "以“侧记”一类收尾", |p| p.here().report_ending()),
    ("weather", "像天气预报", |p| p.here().len <= 60 && p.here().compact.contains('℃') && !p.here().compact.contains('。')),
    ("furniture_word", "含版面用语", |p| p.here().furniture_word()),
    ("furniture_weak", "含几个版面用语", |p| p.here().len <= 45 && p.here().count(&['。', '“']) == 0 && p.here().weak_furniture() >= 2),
    ("masthead", "像报头", |p| p.here().dated_masthead() && (p.near_top() || p.next().is_none())),
    ("paper_name", "只有报名", |p| p.at == 0 && p.here().len <= 16 && (p.here().compact.ends_with('报') || p.here().compact.contains('版')) && !p.here().continues()),
    ("slogan", "像版面口号", |p| slogan(p)),
    ("third_line", "标题组的第三行,有数字或顿号", |p| third_line(p)),
    ("top_halves", "版面开头的对仗短句", |p| top_halves(p)),
    ("continuation", "是转版标记", |p| p.here().len <= 14 && p.here().continues()),
    ("halves", "分成两半", |p| p.short() && p.here().halves().len() == 2),
    ("organ", "含工会机构名", |p| p.here().contains_any(&words().organs)),
    ("next_dateline", "下一块以“本报讯”开头", |p| p.next_is(View::dateline)),
    ("next_byline", "下一块是署名", |p| p.next_is(|v| v.byline() && !v.credit_end())),
    ("next_dash", "下一块是破折号副题", |p| p.next_is(|v| v.compact.starts_with('—'))),
    ("next_lead", "下一块像导语", |p| p.next_is(|v| v.lead() && !v.dateline())),
    ("next_plain", "下一块是一般正文", |p| p.heads_plain()),
    ("next_short", "下一块也短", |p| p.next_is(|v| v.len <= 36 && !v.byline() && !v.ends_stop())),
    ("above_headline", "下面是标题和导语", |p| p.short() && p.next_is(|v| v.len <= 40 && !v.ends_stop() && !v.byline()) && p.page.get(p.at + 2).is_some_and(|v| v.dateline() || v.byline())),
    ("next_bullet", "下一块是短讯", |p| p.next_is(|v| v.bullet() && v.len > 20 && !v.furniture_word())),
    ("next_caption", "下一块是图片说明", |p| p.here().count(&[',']) == 0 && p.next_is(|v| v.len > 40 && v.credit_end())),
    ("prev_short", "上一块也短", |p| p.prev_is(|v| v.len <= 36 && !v.ends_stop() && !v.closed())),
    ("prev_open", "上一块没有说完", |p| p.prev_is(|v| v.len > 36 && !v.closed())),
    ("prev_closed", "上一块已说完", |p| p.prev_is(|v| v.len > 12 && v.closed())),
    ("prev_signed", "上一块有署名收尾", |p| p.prev_is(|v| v.len > 30 && v.signed())),
    ("dangling", "以虚词收尾", |p| layout().words.dangling.contains(p.here().last())),
    ("seam", "与下一块合成一词", |p| p.here().seam),
    ("sibling", "附近有同样的短行", |p| p.has_sibling()),
];

fn caption_inside(v: &View) -> bool {
    let marked = v.contains_any(&words().caption_starts);
    let inner = v.len <= 90 && v.contains_any(&words().caption_inner);
    !v.dateline() && (marked || inner)
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
    p.here().len <= 36
        && p.here().count(&[',']) > 0
        && p.heads_plain()
        && p.here().halves().len() == 1
        && !p.here().numbered()
        && !p.here().closed()
}

/// The last of three headline lines, with the figures of the story.
fn third_line(p: &Place) -> bool {
    let head = |v: &View| v.len <= 40 && !v.ends_stop() && !v.byline() && !v.dated_masthead() && !v.closed();
    let above = p.at >= 2
        && !p.here().place_colon()
        && !p.page[p.at - 1].label_shape()
        && head(&p.page[p.at - 1])
        && head(&p.page[p.at - 2]);
    let figures = p.here().compact.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '、'));
    above && figures && p.next_is(|v| v.dateline() || v.byline()) && p.here().len <= 60
}

/// Two equal halves at the top, with a whole headline below: a slogan of the page.
fn top_halves(p: &Place) -> bool {
    let halves = p.here().halves();
    let below = (1..=2).all(|n| p.page.get(p.at + n).is_some_and(|v| v.len <= 40 && !v.byline() && !v.dateline()));
    let under_masthead = p.at <= 2 && p.prev_is(|v| v.dated_masthead() || v.furniture_word());
    halves.len() == 2 && halves[0] == halves[1] && halves[0] <= 7 && below && under_masthead
}

/// Three or more equal parts near the top of a page, or four at its end.
fn slogan(p: &Place) -> bool {
    let halves = p.here().halves();
    let equal = halves.len() >= 3 && halves.iter().all(|n| n.abs_diff(halves[0]) <= 1) && halves[0] <= 7;
    equal && p.here().count(&['。', ',', ':']) == 0 && (p.near_top() || p.next().is_none())
}

/// The words for a feature in a reason.
pub(super) fn described(name: &str) -> &'static str {
    FEATURES.iter().find(|feature| feature.0 == name).map_or("", |feature| feature.1)
}

/// The features of a block.
pub(super) fn features(page: &[View], at: usize) -> Vec<&'static str> {
    let place = Place::new(page, at);
    FEATURES.iter().filter(|feature| (feature.2)(&place)).map(|feature| feature.0).collect()
}
