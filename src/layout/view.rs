//! What can be seen of a block: its folded text, and plain facts of it that features, joins and cuts ask for.

use super::pairs::{Rarity, slot};
use super::words::{Lists, fold_mark, words};
use crate::model::Block;
use crate::tables::{Level, regions};
use crate::text::{CharClass, Segmenter, class};

/// A block as the features see it. All facts are found once; each takes a time that is linear in the block's length.
#[derive(Debug, Default)]
pub(super) struct View {
    /// Folded text of a short block: half-width punctuation, simplified characters.
    pub(super) text: String,
    /// Folded text without white space.
    pub(super) compact: String,
    /// Characters of the compact text.
    pub(super) len: usize,
    /// First character, a space where there is none.
    pub(super) first: char,
    /// Last character, a space where there is none.
    pub(super) last: char,
    /// How this block hangs together with the next one that is no picture.
    pub(super) seam: Seam,
    /// Index of that block, counted from this one.
    pub(super) next: usize,
    /// Whether a sentence ends with the block.
    pub(super) closed: bool,
    /// Whether it starts as news does (本报讯).
    pub(super) dateline: bool,
    /// Whether it starts with the mark of a digest item.
    pub(super) bullet: bool,
    /// Whether it is the text of a picture by its first words.
    pub(super) caption_mark: bool,
    /// Whether it ends in a photographer's name.
    pub(super) credit_end: bool,
    /// Whether a first paragraph may read like this.
    pub(super) lead: bool,
    /// Whether it starts with the name of a place, the short one of a province included.
    pub(super) place_start: bool,
    /// Whether it starts with 上接.
    pub(super) continued_from: bool,
    /// Whether it ends with 下转.
    pub(super) continued_to: bool,
    /// Whether it is a line of authors.
    pub(super) byline: bool,
    /// Whether it is a name in brackets or after a square at the end: the story is over.
    pub(super) signed: bool,
    /// Parts that white space separates, in characters; only of short blocks.
    pub(super) halves: Vec<usize>,
    /// Commas and semicolons.
    pub(super) commas: usize,
    /// Commas alone.
    pub(super) plain_commas: usize,
    /// Whether a full stop stands before its end.
    pub(super) inner_stop: bool,
    /// Quotations and brackets that begin and do not end in it, less those that end and do not begin.
    pub(super) open_quotes: i32,
    /// Whether its first quotation mark or bracket closes.
    pub(super) closes_first: bool,
    /// Whether a pair of quotation marks or brackets is not complete in it.
    pub(super) unbalanced: bool,
    /// Whether it starts with a number of a list: 一、 (一) 1. 三问
    pub(super) numbered: bool,
    /// Whether it is a short line with a date, as a masthead has.
    pub(super) dated: bool,
    /// Which word lists have a word that occurs in it.
    pub(super) lists: Lists,
    /// Pairs of neighbouring characters.
    pub(super) slots: Vec<u16>,
}

/// Blocks above this length have no facts that only short lines can have.
pub(super) const SHORT: usize = 90;

/// Blocks up to this length are looked at whole for words of the lists.
const LOOKED: usize = 100;

/// Characters at the end of a longer block in which they are looked for.
const CAPTION_END: usize = 60;

/// The most captions in a row that a sentence is followed over.
const PICTURES_IN_A_ROW: usize = 20;

/// The views of a page, and how much each pair of characters says on it.
pub(super) fn views(blocks: &[Block]) -> (Vec<View>, Rarity) {
    let mut views: Vec<View> = blocks.iter().map(|block| View::of(&block.text)).collect();
    for at in 0..views.len() {
        let next = (at + 1..views.len()).take(PICTURES_IN_A_ROW).find(|&i| !views[i].picture());
        views[at].seam = next.map_or(Seam::None, |next| seam(&views[at], &views[next]));
        views[at].next = next.map_or(0, |next| next - at);
    }
    let rarity = Rarity::of(views.iter().map(|view| view.slots.as_slice()));
    (views, rarity)
}

/// Whether a character is of an Arabic or Chinese number.
pub(super) fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn is_han(c: char) -> bool {
    class(c) == CharClass::Han
}

/// How the end of one block and the beginning of another hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Seam {
    /// Not at all.
    #[default]
    None,
    /// The segmenter sees a word there that the dictionary does not know: perhaps a name.
    Guess,
    /// A dictionary word or a number reaches over.
    Word,
}

/// Characters on each side of a seam that are looked at.
const SEAM: usize = 4;

/// Whether the last and first characters of two blocks make a word or a number together.
pub(super) fn seam(before: &View, after: &View) -> Seam {
    if before.last.is_ascii_digit() && after.first.is_ascii_digit() {
        return Seam::Word;
    }
    if before.closed || !is_han(before.last) || !is_han(after.first) || after.dateline || before.credit_end {
        return Seam::None;
    }
    let tail: Vec<char> = before.compact.chars().rev().take(SEAM).take_while(|&c| is_han(c)).collect();
    let head = after.compact.chars().take(SEAM).take_while(|&c| is_han(c));
    let cut = tail.len();
    let run: String = tail.into_iter().rev().chain(head).collect();
    let known = Segmenter::shared().cut_known(&run);
    match () {
        () if reaches_over(&known, cut) => Seam::Word,
        // Only where single characters meet may a name have been cut that the dictionary does not know.
        () if meets_alone(&known, cut) && reaches_over(&Segmenter::shared().cut(&run), cut) => Seam::Guess,
        () => Seam::None,
    }
}

/// Whether a place lies between two words of one character each.
fn meets_alone(words: &[&str], place: usize) -> bool {
    let mut end = 0;
    words.windows(2).any(|pair| {
        let [a, b] = [pair[0].chars().count(), pair[1].chars().count()];
        end += a;
        end == place && a == 1 && b == 1
    })
}

/// Whether one of some words in a row reaches over a place.
pub(super) fn reaches_over(words: &[&str], place: usize) -> bool {
    let mut end = 0;
    words.iter().any(|word| {
        let start = end;
        end += word.chars().count();
        start < place && place < end
    })
}

/// The last characters of a text, at most.
fn tail(text: &str, most: usize) -> &str {
    let start = text.char_indices().rev().take(most).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The first characters of a text, at most.
fn head(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

/// Marks of a text, counted as it goes by.
#[derive(Default)]
struct Marks {
    commas: usize,
    semicolons: usize,
    stops: usize,
    /// Full stops at the end so far.
    closing: usize,
    /// Quotations, round brackets and title marks that are open.
    open: [i32; 3],
    quoted: bool,
    closes_first: bool,
}

impl Marks {
    fn see(&mut self, c: char) {
        if ('\u{3400}'..'\u{FE00}').contains(&c) {
            self.closing = 0;
            return;
        }
        match c {
            '“' => self.quote(0, 1),
            '”' => self.quote(0, -1),
            '(' => self.quote(1, 1),
            ')' => self.quote(1, -1),
            '《' | '「' => self.quote(2, 1),
            '》' | '」' => self.quote(2, -1),
            ',' => self.commas += 1,
            ';' => self.semicolons += 1,
            '。' => self.stops += 1,
            _ => {}
        }
        self.closing = if c == '。' { self.closing + 1 } else { 0 };
    }

    fn quote(&mut self, kind: usize, step: i32) {
        self.closes_first |= step < 0 && !self.quoted;
        self.quoted = true;
        self.open[kind] += step;
    }
}

impl View {
    /// The view of a text, without what the neighbours add.
    pub(super) fn of(text: &str) -> Self {
        let mut view = Self { first: ' ', last: ' ', ..Self::default() };
        view.slots.reserve_exact(text.len() / 3 + 1);
        let mut marks = Marks::default();
        let shown = |c: char| c >= '\u{3400}' || !c.is_whitespace();
        let mut as_printed = true;
        for printed in text.chars() {
            let c = fold_mark(printed);
            as_printed &= c == printed;
            if !shown(c) {
                as_printed = false;
                continue;
            }
            if view.len == 0 {
                view.first = c;
            } else {
                view.slots.push(slot(view.last, c));
            }
            view.last = c;
            view.len += 1;
            marks.see(c);
        }
        // Most blocks are printed as they fold; these need not be written anew.
        view.compact =
            if as_printed { text.to_owned() } else { text.chars().map(fold_mark).filter(|c| shown(*c)).collect() };
        if view.len <= SHORT {
            view.text = if as_printed { text.to_owned() } else { text.chars().map(fold_mark).collect() };
            view.halves = view.text.split_whitespace().map(|part| part.chars().count()).collect();
        }
        view.take(&marks);
        view.look();
        view
    }

    fn take(&mut self, marks: &Marks) {
        self.commas = marks.commas + marks.semicolons;
        self.plain_commas = marks.commas;
        self.inner_stop = marks.stops > marks.closing;
        self.open_quotes = marks.open.iter().sum();
        self.closes_first = marks.closes_first;
        self.unbalanced = marks.open != [0; 3];
    }

    /// Finds the facts. The order counts: later ones ask for earlier ones.
    fn look(&mut self) {
        // Only a caption is told by words deep in a long block, and it speaks of its picture at its end.
        let looked = if self.len <= LOOKED { self.compact.as_str() } else { self.tail(CAPTION_END) };
        self.lists = words().anywhere.look(looked);
        self.numbered = self.is_numbered();
        self.dated = self.is_dated();
        self.closed = words().closing.contains(&self.last) || (self.last == ':' && self.len <= 10);
        self.dateline = self.is_dateline();
        self.bullet = words().bullets.contains(&self.first);
        self.caption_mark = words().caption.start(&self.compact);
        self.credit_end = self.ends_in_credit();
        self.place_start = starts_with_place(&self.compact);
        self.lead = self.is_lead();
        self.continued_from = self.is_continued_from();
        self.continued_to = self.is_continued_to();
        self.byline = self.is_byline();
        self.signed = self.is_signed();
    }

    /// The first characters, at most.
    pub(super) fn head(&self, most: usize) -> &str {
        head(&self.compact, most)
    }

    /// The last characters, at most.
    pub(super) fn tail(&self, most: usize) -> &str {
        tail(&self.compact, most)
    }

    /// How many of some characters there are.
    pub(super) fn count(&self, marks: &[char]) -> usize {
        self.compact.chars().filter(|c| marks.contains(c)).count()
    }

    /// Whether it ends in a mark that a headline does not end in.
    pub(super) fn ends_stop(&self) -> bool {
        matches!(self.last, '。' | ',' | ';' | '、' | ':')
    }

    /// Whether it is surely the text of a picture.
    pub(super) fn picture(&self) -> bool {
        self.caption_mark || self.credit_end
    }

    /// The text of a label without the marks around it.
    pub(super) fn label_text(&self) -> &str {
        self.compact.trim_matches(|c| class(c) == CharClass::Boundary || "【】[]()《》□■●".contains(c))
    }

    /// Whether it is a generic column label.
    pub(super) fn column_word(&self) -> bool {
        self.len <= 20 && words().columns.contains(self.label_text())
    }

    /// Whether it is a short line that ends as column labels do.
    pub(super) fn column_ending(&self) -> bool {
        self.label_shape() && words().column_endings.before(self.label_text()).next().is_some()
    }

    /// Whether it has the form of a column label.
    pub(super) fn label_shape(&self) -> bool {
        let text = if self.len <= 20 { self.label_text() } else { "" };
        (2..=6).contains(&text.chars().count()) && text.chars().all(is_han)
    }

    /// Whether it starts with a short name and a colon (`某县:`).
    pub(super) fn place_colon(&self) -> bool {
        let before = self.head(9).split_once(':').map_or(0, |(before, _)| before.chars().count());
        self.len <= 40
            && (2..=7).contains(&before)
            && !self.numbered
            && !self.ends_stop()
            && !matches!(self.first, '问' | '答')
    }

    /// Whether it starts with a number of a list: 一、 (一) 1. 三问
    fn is_numbered(&self) -> bool {
        let bare = self.head(12).trim_start_matches(['(', '第']);
        let rest = bare.trim_start_matches(is_number);
        rest.len() < bare.len()
            && (rest.starts_with(['、', ')'])
                || (rest.starts_with(['.', '问', '是']) && self.len <= 20 && !self.ends_stop()))
    }

    fn is_dated(&self) -> bool {
        self.len <= 70
            && self.compact.chars().filter(|&c| is_number(c) && c != '十').count() >= 6
            && (self.compact.contains('年') && self.compact.contains('月') || self.compact.matches('.').count() == 2)
            && !self.compact.contains('。')
    }

    fn is_dateline(&self) -> bool {
        let start = self.head(16);
        let named = start.strip_prefix('(').is_some_and(|rest| words().roles.start(rest));
        words().dateline.start(start) || (named && !start.starts_with("(作者") && self.len > 40)
    }

    /// Whether it starts with a role word, a square and a name, or is names in brackets.
    fn is_byline(&self) -> bool {
        if self.len > 32 {
            return false;
        }
        let bare = self.compact.trim_start_matches(['□', '■', '◇', '◆', '▲', '●', '(']);
        self.count(&['。', ',', ':', ';']) == 0 && (words().roles.start(bare) || self.square()) && !self.dateline
    }

    /// Whether it is a square with a name: `□张刀`, `■老 榕`, `□陶明(湖北)`.
    fn square(&self) -> bool {
        let Some(rest) = self.text.strip_prefix(['□', '■']) else { return false };
        let bare = rest.split('(').next().unwrap_or(rest);
        let name = bare.split_whitespace().next_back().map_or(0, |name| name.chars().count());
        (1..=4).contains(&name) && self.len <= 24 && !self.column_word() && self.count(&['。', ',', '“', ':']) == 0
    }

    fn is_signed(&self) -> bool {
        let end = self.tail(18);
        let name = |rest: &str| (2..=14).contains(&rest.chars().count()) && !rest.contains(['。', ',', ':', '第']);
        let square = end.rsplit_once(['□', '■']).is_some_and(|(_, rest)| name(rest));
        let (before, inner) = end.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).unwrap_or_default();
        square || (before.ends_with(['。', '”', '!', '?', '」']) && name(inner)) || self.signature()
    }

    /// Whether the whole block is names in brackets.
    pub(super) fn signature(&self) -> bool {
        let inner = if self.len <= 24 { self.compact.as_str() } else { "" };
        let inner = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        inner.is_some_and(|inner| (2..=18).contains(&inner.chars().count()) && !inner.contains(['。', ',', '第', '(']))
            && !self.continues()
    }

    /// Whether it is about a story that goes on elsewhere.
    pub(super) fn continues(&self) -> bool {
        self.continued_from || self.continued_to
    }

    fn is_continued_from(&self) -> bool {
        words().from.start(self.head(16).trim_start_matches(['(', '[', '【', '▲', '▼']))
    }

    fn is_continued_to(&self) -> bool {
        let end = self.tail(10);
        (self.len <= 9 || end.contains('(')) && end.char_indices().any(|(at, _)| words().to.start(&end[at..]))
    }

    fn ends_in_credit(&self) -> bool {
        let end = self.tail(24).trim_end_matches([')', '。']);
        words().credit.before(end).any(ends_in_name)
    }

    fn is_lead(&self) -> bool {
        let start = self.head(6);
        let dated = self.first.is_ascii_digit() && start.contains(['年', '月', '日']);
        self.len > 30 && (self.dateline || words().time.start(&self.compact) || self.place_start || dated)
    }
}

/// Whether a text starts with the full name of a place, or a province's short one before another name.
fn starts_with_place(text: &str) -> bool {
    let levels = &words().levels;
    let mut length = 0;
    text.char_indices().take(7).any(|(at, c)| {
        length += 1;
        let name = &text[..at + c.len_utf8()];
        let full = || length >= 2 && levels.contains(&c) && regions().named(name).next().is_some();
        let province = || (2..=3).contains(&length) && regions().named(name).any(|unit| unit.level == Level::Province);
        full() || province()
    })
}

/// Whether a credit's name stands before its role: `。司小香`, `□通讯员 杨婷婷`.
fn ends_in_name(before: &str) -> bool {
    let name = before.rsplit(['。', '”', '□', '■', ')', '、', ',', '!', '?', '(']).next().unwrap_or(before);
    (2..=14).contains(&name.chars().count()) && name.chars().all(is_han)
}

/// Characters in which the first place of a text is looked for.
const NAMED: usize = 60;

/// The first place that a text names in full, without its level: 芜湖 for 芜湖市.
pub(super) fn named_place(view: &View) -> Option<&str> {
    let levels = &words().levels;
    let text = view.head(NAMED);
    // Where each of the last characters begins.
    let mut starts = [0; 7];
    text.char_indices().enumerate().find_map(|(number, (end, c))| {
        starts.copy_within(1.., 0);
        starts[6] = end;
        let longest = number.min(6);
        let level = longest >= 2 && levels.contains(&c);
        let known = |length: &usize| regions().named(&text[starts[6 - length]..end + c.len_utf8()]).next().is_some();
        let length = (2..=longest).rev().filter(|_| level).find(known)?;
        Some(&text[starts[6 - length]..end])
    })
}
