//! What a text says of time: years, days, months, feasts, each with whether it lies ahead or behind.

use super::date::{is_digit, lunar, mark_at, number_at};
use super::zones::{Part, Piece};
use crate::model::{Evidence, Story};
use crate::tables::{Era, Feast, date_words};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Which way a date lies from the day of the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Nothing is said of that.
    Plain,
    /// A plan or an announcement.
    Ahead,
    /// Told of the past: 早在2008年, 1998年下岗.
    Past,
    /// Begun then, and going on: 2008年以来.
    Since,
    /// A year of which a sum is told: 2006年,….
    Whole,
    /// A year that is over: 2018年累计.
    Finished,
}

/// What is said.
#[derive(Clone, Copy, Debug)]
pub(super) enum Said {
    /// A year, with month and day where they are printed.
    Year(i16, Option<i8>, Option<i8>),
    /// A year in a name: 2014厦门职工春晚.
    Named(i16),
    /// A day without year.
    Day(i8, i8),
    /// A month without year, and its year counted from that of the issue where a word says so (去年12月 is -1).
    Month(i8, Option<i16>),
    /// A day of a year counted from that of the issue.
    DayOf(i8, i8, i16),
    /// A feast.
    Feast(&'static Feast),
    /// What took place in this year (十九大).
    Told(i16),
    /// What is the one of this year by its number (第二届进博会).
    Numbered(i16),
    /// Words that are of one year (建国四十周年, “十四五”开局之年).
    Tells(i16),
    /// Words that are of a time (新冠疫情).
    Era(&'static Era),
    /// A year of a cycle: 马年 is of twelve years, 甲午年 of sixty; the number of a year of it.
    Cycle(i16, i16),
    /// A day of the traditional calendar (腊月廿三).
    Lunar(i8, i8),
    /// A five-year plan: its years, and one on each side.
    PlanYears(i16, i16),
    /// So many years after a year of the text: 两年来, 三周年.
    After(i16),
    /// A day without its month: 14日上午.
    DayOfMonth(i8),
}

/// How a day is tied to the day of the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// Not at all.
    None,
    /// It is the day of a dateline: 2月10日电.
    Dateline,
    /// 今天(2月10日).
    Today,
    /// 昨日(2月9日).
    Yesterday,
}

/// A clue with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    /// What is said.
    pub said: Said,
    /// Which way it lies.
    pub side: Side,
    /// How a day is tied to the day of the issue.
    pub tie: Tie,
    /// The weekday that stands beside a day, 0–6 from Monday.
    pub weekday: Option<i64>,
    /// The month and day of the traditional calendar that stand beside a day.
    pub lunar: Option<(i8, i8)>,
    /// Whether it stands in the headline.
    pub headline: bool,
    /// Whether it stands at the beginning of the running text, or in a caption.
    pub lead: bool,
    /// The words, and the block.
    pub evidence: Evidence,
}

/// Characters of a text in which the day of the news stands.
const LEAD: usize = 80;
/// Clues of one story, at most.
const MOST: usize = 200;

/// The clues of a story, in order.
pub(super) fn clues(pieces: &[Piece]) -> Vec<Clue> {
    let mut clues = Vec::new();
    let mut before = 0;
    for piece in pieces {
        let mut reader = Reader::new(piece, before);
        reader.read(&mut clues);
        before += if piece.part == Part::Body { reader.chars.len() } else { 0 };
        if clues.len() >= MOST {
            break;
        }
    }
    clues
}

/// The datelines of a story before its bylines are cut out, those of the byline among them: (本报北京10月27日电).
pub(super) fn datelines(story: &Story, pieces: &[Piece]) -> Vec<Clue> {
    let byline = Piece::new(Part::Subhead, &story.byline, None);
    let dated = pieces.iter().chain([&byline]).filter(|piece| has_dateline(piece));
    let found = dated.flat_map(|piece| clues(std::slice::from_ref(piece)));
    found.filter(|clue| clue.tie == Tie::Dateline).collect()
}

fn has_dateline(piece: &Piece) -> bool {
    piece.folded.windows(2).any(|pair| matches!(pair, ['日', '电' | '讯' | '专']))
}

/// The clues of a story whose bylines are cut out, and the datelines that went with them.
pub(super) fn with_datelines(mut clues: Vec<Clue>, datelines: Vec<Clue>) -> Vec<Clue> {
    let known = |one: &Clue| clues.iter().any(|clue| clue.tie == one.tie && clue.evidence == one.evidence);
    let missing: Vec<Clue> = datelines.into_iter().filter(|one| !known(one)).collect();
    clues.extend(missing);
    clues
}

/// A piece without its white space and quotation marks.
struct Reader<'a> {
    piece: &'a Piece,
    chars: Vec<char>,
    /// Number of each character in the piece.
    places: Vec<usize>,
    /// Characters of running text before it.
    before: usize,
    /// The month that was named last.
    month: Option<i8>,
}

impl<'a> Reader<'a> {
    fn new(piece: &'a Piece, before: usize) -> Self {
        let shown = piece.folded.iter().copied().enumerate().filter(|(_, c)| is_read(*c));
        let (places, chars) = shown.unzip();
        Self { piece, chars, places, before, month: None }
    }

    fn read(&mut self, clues: &mut Vec<Clue>) {
        let mut at = 0;
        while at < self.chars.len() && clues.len() < MOST {
            let number = if self.starts_number(at) { self.number(at) } else { None };
            let found = number.or_else(|| self.word(at));
            at = match found {
                Some((said, side, end)) => {
                    clues.push(self.clue(said, side, at..end));
                    end
                }
                None => at + 1,
            };
        }
    }

    fn starts_number(&self, at: usize) -> bool {
        is_digit(self.chars[at]) && (at == 0 || !is_digit(self.chars[at - 1]))
    }

    fn clue(&self, said: Said, side: Side, range: Range<usize>) -> Clue {
        let printed = self.places[range.start]..=self.places[range.end - 1];
        let quote: String = self.piece.printed.get(printed).into_iter().flatten().collect();
        let lead = match self.piece.part {
            Part::Body => self.before + range.start < LEAD,
            Part::Caption => true,
            Part::Headline | Part::Subhead => false,
        };
        let headline = self.piece.part == Part::Headline;
        let (tie, weekday) = (self.tie(range.start, range.end), self.weekday(range.end));
        let lunar = lunar::beside(&self.chars, range.end);
        Clue {
            said,
            side,
            tie,
            weekday,
            lunar,
            headline,
            lead,
            evidence: Evidence::in_block("said", quote, self.piece.block),
        }
    }

    /// A number that begins here with what it counts: a year, a month, a day.
    fn number(&mut self, at: usize) -> Option<(Said, Side, usize)> {
        let (number, end) = number_at(&self.chars, at)?;
        let mark = mark_at(&self.chars, end);
        let digits = end - at;
        match mark {
            Some(('年', end)) if is_year(number) && digits == 4 => Some(self.year(number, at, end)),
            Some(('月', end)) if (1..=12).contains(&number) => self.month(number as i8, at, end),
            Some(('年', end)) if (1..=10).contains(&number) && (self.starts(end, "来") || self.starts(end, "多来")) => {
                Some((Said::After(number), Side::Plain, end + 1))
            }
            Some(('周', end)) if (1..=10).contains(&number) && self.starts(end, "年") => {
                Some((Said::After(number), Side::Plain, end + 1))
            }
            Some(('日', end)) if (1..=31).contains(&number) => self.day(number as i8, at, end),
            _ if is_year(number) && self.is_name(at, end) => Some((Said::Named(number), self.side(at, end), end)),
            _ => None,
        }
    }

    /// Whether four digits are a year in a name: no unit of measure follows, no other number is near.
    fn is_name(&self, at: usize, end: usize) -> bool {
        let arabic = end - at == 4 && self.chars[at..end].iter().all(char::is_ascii_digit);
        let next = self.chars.get(end).copied().unwrap_or(' ');
        let han = ('\u{4E00}'..='\u{9FFF}').contains(&next);
        let unit =
            "元名人个多余万户米吨件号次台辆平公千亿页版本份座家位只条岁块套斤亩里美年月日时分天期届余".contains(next);
        let before = at.checked_sub(1).and_then(|at| self.chars.get(at)).copied().unwrap_or('。');
        arabic && han && !unit && !before.is_ascii_alphanumeric() && !"第.-—~共约近".contains(before)
    }

    fn year(&mut self, year: i16, at: usize, end: usize) -> (Said, Side, usize) {
        let january = self.starts(end, "元月").then_some((1, end + 2));
        let month = january.or_else(|| {
            let (month, end) = number_at(&self.chars, end)?;
            let ('月', end) = mark_at(&self.chars, end)? else { return None };
            Some((i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?, end))
        });
        let Some((month, end)) = month else { return (Said::Year(year, None, None), self.side(at, end), end) };
        let day = self.day_after(end);
        let end = day.map_or(end, |(_, end)| end);
        let side = self.side(at, end);
        (Said::Year(year, Some(month), day.map(|(day, _)| day)), side, end)
    }

    /// How the words around a day tie it to the day of the issue.
    fn tie(&self, at: usize, end: usize) -> Tie {
        let words = &date_words().tie;
        let open = at.saturating_sub(usize::from(at > 0 && self.chars[at - 1] == '('));
        match () {
            () if self.after_is(end, &words.dateline_after) => Tie::Dateline,
            () if self.before_is(open, &words.today_before) => Tie::Today,
            () if self.before_is(open, &words.yesterday_before) => Tie::Yesterday,
            () => Tie::None,
        }
    }

    /// 星期二 or 周二 right after a day.
    fn weekday(&self, end: usize) -> Option<i64> {
        let at = end + usize::from(matches!(self.chars.get(end), Some('(' | ',')));
        let at = ["星期", "周"].iter().find(|word| self.starts(at, word)).map(|word| at + word.chars().count())?;
        let day = "一二三四五六日天".chars().position(|c| self.chars.get(at) == Some(&c))?;
        Some(day.min(6) as i64)
    }

    /// `8日` or `8号` right after a month.
    fn day_after(&self, at: usize) -> Option<(i8, usize)> {
        let (day, end) = number_at(&self.chars, at)?;
        let (mark, end) = mark_at(&self.chars, end)?;
        let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        matches!(mark, '日' | '号').then_some((day, end))
    }

    /// 上旬, 中旬 and 下旬 by their first days.
    fn third_of_month(&self, at: usize) -> Option<(i8, usize)> {
        let thirds = [("上旬", 1), ("中旬", 11), ("下旬", 21)];
        thirds.iter().find(|(word, _)| self.starts(at, word)).map(|(_, day)| (*day, at + 2))
    }

    fn month(&mut self, month: i8, at: usize, end: usize) -> Option<(Said, Side, usize)> {
        if let Some((month, day, end)) = lunar::day_at(&self.chars, at) {
            return Some((Said::Lunar(month, day), self.side(at, end), end));
        }
        if self.before_is(at, &date_words().elsewhere.words) || self.chars.get(at.wrapping_sub(1)) == Some(&'个') {
            return None;
        }
        let relative =
            date_words().relative.iter().find(|(word, _)| self.ends_before(at, word)).map(|(_, years)| *years);
        let day = self.day_after(end).or_else(|| self.third_of_month(end));
        let end = day.map_or(end, |(_, end)| end);
        let side = self.side(at, end);
        if relative.is_none_or(|years| years == 0) {
            self.month = Some(month);
        }
        let said = match (day, relative) {
            (Some((day, _)), None) => Said::Day(month, day),
            (Some((day, _)), Some(years)) => Said::DayOf(month, day, years),
            (None, years) => Said::Month(month, years),
        };
        Some((said, side, end))
    }

    /// A day of the month that was named last: 21日上午.
    fn day(&self, day: i8, at: usize, end: usize) -> Option<(Said, Side, usize)> {
        let next = self.chars.get(end).copied().unwrap_or('。');
        let opens = at == 0
            || "。,;:、(（近从于截至".contains(self.chars[at - 1])
            || "上下中晚凌傍,讯电在会抵同".contains(next);
        let said = self.month.map_or(Said::DayOfMonth(day), |month| Said::Day(month, day));
        opens.then(|| (said, self.side(at, end), end))
    }

    /// Feasts, and what dates a text by itself.
    fn word(&self, at: usize) -> Option<(Said, Side, usize)> {
        if !begins_a_word(self.chars[at]) {
            return None;
        }
        if self.chars[at] == '第' {
            return self.series(at + 1);
        }
        if let Some((month, day, end)) = lunar::day_at(&self.chars, at) {
            return Some((Said::Lunar(month, day), self.side(at, end), end));
        }
        if let Some((period, year, end)) = lunar::cycle_at(&self.chars, at) {
            return Some((Said::Cycle(period, year), self.side(at, end), end));
        }
        if let Some(end) = self.two_years(at) {
            return Some((Said::After(2), Side::Plain, end));
        }
        let named = words().get(&self.chars[at]).into_iter().flatten();
        let here = named.filter(|(word, _)| self.chars[at..].starts_with(word));
        here.into_iter().find_map(|(word, meaning)| self.meant(*meaning, at, at + word.len()))
    }

    /// What a word of the table says where it stands; none where what belongs to it does not follow.
    fn meant(&self, meaning: Meaning, at: usize, end: usize) -> Option<(Said, Side, usize)> {
        match meaning {
            Meaning::Anniversary(year) => self.anniversary(year, end),
            Meaning::Plan(first) => self.plan(first, end),
            Meaning::Told(year) => Some((Said::Told(year), self.side(at, end), end)),
            Meaning::Session(first) => self.session(first, end),
            Meaning::Feast(feast) => Some((Said::Feast(feast), self.feast_side(at, end), end)),
            Meaning::Era(era) => Some((Said::Era(era), Side::Plain, end)),
        }
    }

    /// 两年来, 两年多来, 两周年.
    fn two_years(&self, at: usize) -> Option<usize> {
        let ends = ["两年来", "两年多来", "两周年"].iter().find(|word| self.starts(at, word))?;
        Some(at + ends.chars().count())
    }

    /// 建国四十周年.
    fn anniversary(&self, year: i16, end: usize) -> Option<(Said, Side, usize)> {
        let (years, end) = number_at(&self.chars, end)?;
        let end = ["周年", "年"].iter().find(|unit| self.starts(end, unit)).map(|unit| end + unit.chars().count())?;
        Some((Said::Tells(year + years), Side::Plain, end))
    }

    /// 十三届全国人大二次会议.
    fn session(&self, first: i16, end: usize) -> Option<(Said, Side, usize)> {
        let at = end + usize::from(self.chars.get(end) == Some(&'第'));
        let (number, end) = number_at(&self.chars, at)?;
        let fits = (1..=5).contains(&number) && (self.starts(end, "次会议") || self.starts(end, "次全"));
        fits.then_some((Said::Numbered(first + number - 1), Side::Plain, end + 2))
    }

    /// 第二届进博会, 第35个教师节: after the first character.
    fn series(&self, at: usize) -> Option<(Said, Side, usize)> {
        let (number, end) = number_at(&self.chars, at).filter(|(number, _)| (1..=150).contains(number))?;
        let end = end + usize::from(matches!(self.chars.get(end), Some('个' | '届' | '次')));
        let end = end + ["中国", "全国"].iter().find(|word| self.starts(end, word)).map_or(0, |_| 2);
        let (word, first) = date_words().series.iter().find(|(word, _)| self.starts(end, word))?;
        Some((Said::Numbered(first + number - 1), Side::Plain, end + word.chars().count()))
    }

    /// “十四五”开局之年; a plan alone tells its years.
    fn plan(&self, first: i16, end: usize) -> Option<(Said, Side, usize)> {
        let words = &date_words().plan_years;
        let after = end + ["计划", "规划", "时期"].iter().find(|word| self.starts(end, word)).map_or(0, |_| 2);
        let told = |list: &[String]| list.iter().find(|word| self.starts(after, word)).map(|word| word.chars().count());
        match (told(&words.first), told(&words.last)) {
            (Some(length), _) => Some((Said::Tells(first), Side::Plain, after + length)),
            (_, Some(length)) => Some((Said::Tells(first + 4), Side::Plain, after + length)),
            _ if self.starts(after, "第二年") || self.starts(after, "的第二年") => {
                Some((Said::Tells(first + 1), Side::Plain, after + 3))
            }
            _ if after > end || self.starts(after, "期间") => {
                Some((Said::PlanYears(first, first + 6), Side::Plain, end))
            }
            _ => None,
        }
    }

    fn feast_side(&self, at: usize, end: usize) -> Side {
        let words = &date_words().feast_words;
        match () {
            () if self.after_is(end, &words.past) || self.before_is(at, &words.past_before) => Side::Past,
            () if self.after_is(end, &words.ahead) || self.before_is(at, &words.ahead_before) => Side::Ahead,
            () => Side::Plain,
        }
    }

    fn starts(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(n, c)| self.chars.get(at + n) == Some(&c))
    }

    fn ends_before(&self, at: usize, word: &str) -> bool {
        let length = word.chars().count();
        at >= length && self.starts(at - length, word)
    }

    fn before_is(&self, at: usize, words: &[String]) -> bool {
        words.iter().any(|word| self.ends_before(at, word))
    }

    fn after_is(&self, end: usize, words: &[String]) -> bool {
        words.iter().any(|word| self.starts(end, word))
    }

    /// Which way a date lies, by the words beside it.
    fn side(&self, at: usize, end: usize) -> Side {
        let words = date_words();
        match () {
            () if self.before_is(at, &words.plan_before) || self.after_is(end, &words.plan_after) => Side::Ahead,
            () if self.before_is(at, &words.finished_before) || self.after_is(end, &words.finished_after) => {
                Side::Finished
            }
            () if self.chars.get(end) == Some(&',') && self.chars[end - 1] == '年' => Side::Whole,
            () if self.after_is(end, &words.since_after) => Side::Since,
            () if self.before_is(at, &words.past_before) || self.after_is(end, &words.past_after) => Side::Past,
            () => Side::Plain,
        }
    }
}

/// What a word of the table is.
#[derive(Clone, Copy)]
enum Meaning {
    /// 建国, before 四十周年.
    Anniversary(i16),
    /// 十四五.
    Plan(i16),
    /// 十九大.
    Told(i16),
    /// 十三届全国人大, before 二次会议.
    Session(i16),
    /// 春节.
    Feast(&'static Feast),
    /// 新冠疫情.
    Era(&'static Era),
}

/// The words of the table by their first characters, longest first.
type Words = FxHashMap<char, Vec<(Vec<char>, Meaning)>>;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = date_words();
        let anniversaries = table.anniversary.iter().map(|(word, year)| (word, Meaning::Anniversary(*year)));
        let plans = table.five_years.iter().map(|(word, year)| (word, Meaning::Plan(*year)));
        let told = table.told.iter().map(|(word, year)| (word, Meaning::Told(*year)));
        let sessions = table.sessions.iter().map(|(word, year)| (word, Meaning::Session(*year)));
        let facts = told.chain(sessions);
        let feasts =
            table.feast.iter().flat_map(|feast| feast.words.iter().map(move |word| (word, Meaning::Feast(feast))));
        let eras = table.era.iter().flat_map(|era| era.words.iter().map(move |word| (word, Meaning::Era(era))));
        let mut words = Words::default();
        for (word, meaning) in facts.chain(anniversaries).chain(plans).chain(feasts).chain(eras) {
            let word: Vec<char> = word.chars().filter(|c| is_read(*c)).collect();
            words.entry(word.first().copied().unwrap_or(' ')).or_default().push((word, meaning));
        }
        words.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        words
    })
}

/// Whether a word of the table begins with a character: nearly none does.
fn begins_a_word(c: char) -> bool {
    static FIRSTS: OnceLock<Vec<u64>> = OnceLock::new();
    // A bit for each character of the Basic Multilingual Plane: this is asked of every character that is read.
    let firsts = FIRSTS.get_or_init(|| {
        let mut bits = vec![0; 1 << 10];
        for first in words().keys().copied().chain(['两', '第']).chain(lunar::FIRSTS.chars()) {
            bits[(first as usize & 0xFFFF) >> 6] |= 1 << (first as usize & 63);
        }
        bits
    });
    firsts[(c as usize & 0xFFFF) >> 6] & 1 << (c as usize & 63) != 0
}

/// White space and quotation marks are passed over: “五一”前夕 and 五一前夕 are the same.
fn is_read(c: char) -> bool {
    let quote = matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』');
    c >= '\u{3400}' || !(quote || c.is_whitespace())
}

fn is_year(number: i16) -> bool {
    (1949..=2050).contains(&number)
}
