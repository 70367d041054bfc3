//! What a text says of time: years, days, months, festivals, each with whether it lies ahead or behind.

use super::date::{is_digit, lunar, mark_at, number_at};
use super::time_words::{TimeWordMeaning, begins_a_word, is_read, time_words};
use super::zones::{ZoneKind, ZonePassage};
use crate::model::{Evidence, Story};
use crate::tables::{Era, Festival, date_words};
use std::ops::Range;

/// Which way a date lies from the day of the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeDirection {
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
pub(super) enum TimeExpressionKind {
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
    /// A festival.
    Festival(&'static Festival),
    /// What took place in this year (十九大).
    DatedEvent(i16),
    /// What is the one of this year by its number (第二届进博会).
    Numbered(i16),
    /// Words that are of one year (建国四十周年, “十四五”开局之年).
    AnchoredYear(i16),
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
pub(super) enum IssueDayTie {
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
pub(super) struct TimeExpression {
    /// What is said.
    pub said: TimeExpressionKind,
    /// Which way it lies.
    pub side: TimeDirection,
    /// How a day is tied to the day of the issue.
    pub tie: IssueDayTie,
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
const MAX_TIME_EXPRESSIONS: usize = 200;

/// The clues of a story, in order.
pub(super) fn time_expressions(pieces: &[ZonePassage]) -> Vec<TimeExpression> {
    let mut clues = Vec::new();
    let mut before = 0;
    for piece in pieces {
        let mut reader = TimeExpressionReader::new(piece, before);
        reader.read(&mut clues);
        before += if piece.part == ZoneKind::Body { reader.chars.len() } else { 0 };
        if clues.len() >= MAX_TIME_EXPRESSIONS {
            break;
        }
    }
    clues
}

/// The datelines of a story before its bylines are cut out, those of the byline among them: (本报北京10月27日电).
pub(super) fn datelines(story: &Story, pieces: &[ZonePassage]) -> Vec<TimeExpression> {
    let byline = ZonePassage::new(ZoneKind::Subhead, &story.byline, None);
    let dated = pieces.iter().chain([&byline]).filter(|piece| has_dateline(piece));
    let found = dated.flat_map(|piece| time_expressions(std::slice::from_ref(piece)));
    found.filter(|clue| clue.tie == IssueDayTie::Dateline).collect()
}

fn has_dateline(piece: &ZonePassage) -> bool {
    piece.folded.windows(2).any(|pair| matches!(pair, ['日', '电' | '讯' | '专']))
}

/// The clues of a story whose bylines are cut out, and the datelines that went with them.
pub(super) fn with_datelines(mut clues: Vec<TimeExpression>, datelines: Vec<TimeExpression>) -> Vec<TimeExpression> {
    let known = |one: &TimeExpression| clues.iter().any(|clue| clue.tie == one.tie && clue.evidence == one.evidence);
    let missing: Vec<TimeExpression> = datelines.into_iter().filter(|one| !known(one)).collect();
    clues.extend(missing);
    clues
}

/// A piece without its white space and quotation marks.
struct TimeExpressionReader<'a> {
    piece: &'a ZonePassage,
    chars: Vec<char>,
    /// Number of each character in the piece.
    places: Vec<usize>,
    /// Characters of running text before it.
    before: usize,
    /// The month that was named last.
    month: Option<i8>,
}

impl<'a> TimeExpressionReader<'a> {
    fn new(piece: &'a ZonePassage, before: usize) -> Self {
        let shown = piece.folded.iter().copied().enumerate().filter(|(_, c)| is_read(*c));
        let (places, chars) = shown.unzip();
        Self { piece, chars, places, before, month: None }
    }

    fn read(&mut self, clues: &mut Vec<TimeExpression>) {
        let mut at = 0;
        while at < self.chars.len() && clues.len() < MAX_TIME_EXPRESSIONS {
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

    fn clue(&self, said: TimeExpressionKind, side: TimeDirection, range: Range<usize>) -> TimeExpression {
        let printed = self.places[range.start]..=self.places[range.end - 1];
        let quote: String = self.piece.printed.get(printed).into_iter().flatten().collect();
        let lead = match self.piece.part {
            ZoneKind::Body => self.before + range.start < LEAD,
            ZoneKind::Caption => true,
            ZoneKind::Headline | ZoneKind::Subhead => false,
        };
        let headline = self.piece.part == ZoneKind::Headline;
        let (tie, weekday) = (self.tie(range.start, range.end), self.weekday(range.end));
        let lunar = lunar::lunar_day_beside(&self.chars, range.end);
        TimeExpression {
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
    fn number(&mut self, at: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let (number, end) = number_at(&self.chars, at)?;
        let mark = mark_at(&self.chars, end);
        let digits = end - at;
        match mark {
            Some(('年', end)) if is_year(number) && digits == 4 => Some(self.year(number, at, end)),
            Some(('月', end)) if (1..=12).contains(&number) => self.month(number as i8, at, end),
            Some(('年', end)) if (1..=10).contains(&number) && (self.starts(end, "来") || self.starts(end, "多来")) => {
                Some((TimeExpressionKind::After(number), TimeDirection::Plain, end + 1))
            }
            Some(('周', end)) if (1..=10).contains(&number) && self.starts(end, "年") => {
                Some((TimeExpressionKind::After(number), TimeDirection::Plain, end + 1))
            }
            Some(('日', end)) if (1..=31).contains(&number) => self.day(number as i8, at, end),
            _ if is_year(number) && self.is_name(at, end) => {
                Some((TimeExpressionKind::Named(number), self.side(at, end), end))
            }
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

    fn year(&mut self, year: i16, at: usize, end: usize) -> (TimeExpressionKind, TimeDirection, usize) {
        let january = self.starts(end, "元月").then_some((1, end + 2));
        let month = january.or_else(|| {
            let (month, end) = number_at(&self.chars, end)?;
            let ('月', end) = mark_at(&self.chars, end)? else { return None };
            Some((i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?, end))
        });
        let Some((month, end)) = month else {
            return (TimeExpressionKind::Year(year, None, None), self.side(at, end), end);
        };
        let day = self.day_after(end);
        let end = day.map_or(end, |(_, end)| end);
        let side = self.side(at, end);
        (TimeExpressionKind::Year(year, Some(month), day.map(|(day, _)| day)), side, end)
    }

    /// How the words around a day tie it to the day of the issue.
    fn tie(&self, at: usize, end: usize) -> IssueDayTie {
        let words = &date_words().tie;
        let open = at.saturating_sub(usize::from(at > 0 && self.chars[at - 1] == '('));
        match () {
            () if self.after_is(end, &words.dateline_after) => IssueDayTie::Dateline,
            () if self.before_is(open, &words.today_before) => IssueDayTie::Today,
            () if self.before_is(open, &words.yesterday_before) => IssueDayTie::Yesterday,
            () => IssueDayTie::None,
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

    fn month(&mut self, month: i8, at: usize, end: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        if let Some((month, day, end)) = lunar::day_at(&self.chars, at) {
            return Some((TimeExpressionKind::Lunar(month, day), self.side(at, end), end));
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
            (Some((day, _)), None) => TimeExpressionKind::Day(month, day),
            (Some((day, _)), Some(years)) => TimeExpressionKind::DayOf(month, day, years),
            (None, years) => TimeExpressionKind::Month(month, years),
        };
        Some((said, side, end))
    }

    /// A day of the month that was named last: 21日上午.
    fn day(&self, day: i8, at: usize, end: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let next = self.chars.get(end).copied().unwrap_or('。');
        let opens = at == 0
            || "。,;:、(（近从于截至".contains(self.chars[at - 1])
            || "上下中晚凌傍,讯电在会抵同".contains(next);
        let said = self.month.map_or(TimeExpressionKind::DayOfMonth(day), |month| TimeExpressionKind::Day(month, day));
        opens.then(|| (said, self.side(at, end), end))
    }

    /// Festivals, and what dates a text by itself.
    fn word(&self, at: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        if !begins_a_word(self.chars[at]) {
            return None;
        }
        if self.chars[at] == '第' {
            return self.series(at + 1);
        }
        if let Some((month, day, end)) = lunar::day_at(&self.chars, at) {
            return Some((TimeExpressionKind::Lunar(month, day), self.side(at, end), end));
        }
        if let Some((period, year, end)) = lunar::cycle_at(&self.chars, at) {
            return Some((TimeExpressionKind::Cycle(period, year), self.side(at, end), end));
        }
        if let Some(end) = self.two_years(at) {
            return Some((TimeExpressionKind::After(2), TimeDirection::Plain, end));
        }
        let named = time_words().get(&self.chars[at]).into_iter().flatten();
        let here = named.filter(|(word, _)| self.chars[at..].starts_with(word));
        here.into_iter().find_map(|(word, meaning)| self.meant(*meaning, at, at + word.len()))
    }

    /// What a word of the table says where it stands; none where what belongs to it does not follow.
    fn meant(
        &self,
        meaning: TimeWordMeaning,
        at: usize,
        end: usize,
    ) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        match meaning {
            TimeWordMeaning::Anniversary(year) => self.anniversary(year, end),
            TimeWordMeaning::Plan(first) => self.plan(first, end),
            TimeWordMeaning::DatedEvent(year) => Some((TimeExpressionKind::DatedEvent(year), self.side(at, end), end)),
            TimeWordMeaning::Session(first) => self.session(first, end),
            TimeWordMeaning::Festival(feast) => {
                Some((TimeExpressionKind::Festival(feast), self.festival_side(at, end), end))
            }
            TimeWordMeaning::Era(era) => Some((TimeExpressionKind::Era(era), TimeDirection::Plain, end)),
        }
    }

    /// 两年来, 两年多来, 两周年.
    fn two_years(&self, at: usize) -> Option<usize> {
        let ends = ["两年来", "两年多来", "两周年"].iter().find(|word| self.starts(at, word))?;
        Some(at + ends.chars().count())
    }

    /// 建国四十周年.
    fn anniversary(&self, year: i16, end: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let (years, end) = number_at(&self.chars, end)?;
        let end = ["周年", "年"].iter().find(|unit| self.starts(end, unit)).map(|unit| end + unit.chars().count())?;
        Some((TimeExpressionKind::AnchoredYear(year + years), TimeDirection::Plain, end))
    }

    /// 十三届全国人大二次会议.
    fn session(&self, first: i16, end: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let at = end + usize::from(self.chars.get(end) == Some(&'第'));
        let (number, end) = number_at(&self.chars, at)?;
        let fits = (1..=5).contains(&number) && (self.starts(end, "次会议") || self.starts(end, "次全"));
        fits.then_some((TimeExpressionKind::Numbered(first + number - 1), TimeDirection::Plain, end + 2))
    }

    /// 第二届进博会, 第35个教师节: after the first character.
    fn series(&self, at: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let (number, end) = number_at(&self.chars, at).filter(|(number, _)| (1..=150).contains(number))?;
        let end = end + usize::from(matches!(self.chars.get(end), Some('个' | '届' | '次')));
        let end = end + ["中国", "全国"].iter().find(|word| self.starts(end, word)).map_or(0, |_| 2);
        let (word, first) = date_words().series.iter().find(|(word, _)| self.starts(end, word))?;
        Some((TimeExpressionKind::Numbered(first + number - 1), TimeDirection::Plain, end + word.chars().count()))
    }

    /// “十四五”开局之年; a plan alone tells its years.
    fn plan(&self, first: i16, end: usize) -> Option<(TimeExpressionKind, TimeDirection, usize)> {
        let words = &date_words().plan_years;
        let after = end + ["计划", "规划", "时期"].iter().find(|word| self.starts(end, word)).map_or(0, |_| 2);
        let told = |list: &[String]| list.iter().find(|word| self.starts(after, word)).map(|word| word.chars().count());
        match (told(&words.first), told(&words.last)) {
            (Some(length), _) => Some((TimeExpressionKind::AnchoredYear(first), TimeDirection::Plain, after + length)),
            (_, Some(length)) => {
                Some((TimeExpressionKind::AnchoredYear(first + 4), TimeDirection::Plain, after + length))
            }
            _ if self.starts(after, "第二年") || self.starts(after, "的第二年") => {
                Some((TimeExpressionKind::AnchoredYear(first + 1), TimeDirection::Plain, after + 3))
            }
            _ if after > end || self.starts(after, "期间") => {
                Some((TimeExpressionKind::PlanYears(first, first + 6), TimeDirection::Plain, end))
            }
            _ => None,
        }
    }

    fn festival_side(&self, at: usize, end: usize) -> TimeDirection {
        let words = &date_words().feast_words;
        match () {
            () if self.after_is(end, &words.past) || self.before_is(at, &words.past_before) => TimeDirection::Past,
            () if self.after_is(end, &words.ahead) || self.before_is(at, &words.ahead_before) => TimeDirection::Ahead,
            () => TimeDirection::Plain,
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
    fn side(&self, at: usize, end: usize) -> TimeDirection {
        let words = date_words();
        match () {
            () if self.before_is(at, &words.plan_before) || self.after_is(end, &words.plan_after) => {
                TimeDirection::Ahead
            }
            () if self.before_is(at, &words.finished_before) || self.after_is(end, &words.finished_after) => {
                TimeDirection::Finished
            }
            () if self.chars.get(end) == Some(&',') && self.chars[end - 1] == '年' => TimeDirection::Whole,
            () if self.after_is(end, &words.since_after) => TimeDirection::Since,
            () if self.before_is(at, &words.past_before) || self.after_is(end, &words.past_after) => {
                TimeDirection::Past
            }
            () => TimeDirection::Plain,
        }
    }
}

fn is_year(number: i16) -> bool {
    (1949..=2050).contains(&number)
}
