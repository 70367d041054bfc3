//! The words of time that the table knows (`tables/dates.toml`), by their first characters.

use super::date::lunar;
use crate::tables::{Era, Festival, date_words};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word of the table is.
#[derive(Clone, Copy)]
pub(super) enum TimeWordMeaning {
    /// 建国, before 四十周年.
    Anniversary(i16),
    /// 十四五.
    Plan(i16),
    /// 十九大.
    DatedEvent(i16),
    /// 十三届全国人大, before 二次会议.
    Session(i16),
    /// 春节.
    Festival(&'static Festival),
    /// 新冠疫情.
    Era(&'static Era),
}

/// The words of the table by their first characters, longest first.
pub(super) type TimeWords = FxHashMap<char, Vec<(Vec<char>, TimeWordMeaning)>>;

pub(super) fn time_words() -> &'static TimeWords {
    static WORDS: OnceLock<TimeWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = date_words();
        let anniversaries = table.anniversary.iter().map(|(word, year)| (word, TimeWordMeaning::Anniversary(*year)));
        let plans = table.five_years.iter().map(|(word, year)| (word, TimeWordMeaning::Plan(*year)));
        let told = table.told.iter().map(|(word, year)| (word, TimeWordMeaning::DatedEvent(*year)));
        let sessions = table.sessions.iter().map(|(word, year)| (word, TimeWordMeaning::Session(*year)));
        let facts = told.chain(sessions);
        let feasts = table
            .feast
            .iter()
            .flat_map(|feast| feast.words.iter().map(move |word| (word, TimeWordMeaning::Festival(feast))));
        let eras = table.era.iter().flat_map(|era| era.words.iter().map(move |word| (word, TimeWordMeaning::Era(era))));
        let mut words = TimeWords::default();
        for (word, meaning) in facts.chain(anniversaries).chain(plans).chain(feasts).chain(eras) {
            let word: Vec<char> = word.chars().filter(|c| is_read(*c)).collect();
            words.entry(word.first().copied().unwrap_or(' ')).or_default().push((word, meaning));
        }
        words.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        words
    })
}

/// Whether a word of the table begins with a character: nearly none does.
pub(super) fn begins_a_word(c: char) -> bool {
    static FIRSTS: OnceLock<Vec<u64>> = OnceLock::new();
    // A bit for each character of the Basic Multilingual Plane: this is asked of every character that is read.
    let firsts = FIRSTS.get_or_init(|| {
        let mut bits = vec![0; 1 << 10];
        for first in time_words().keys().copied().chain(['两', '第']).chain(lunar::FIRSTS.chars()) {
            bits[(first as usize & 0xFFFF) >> 6] |= 1 << (first as usize & 63);
        }
        bits
    });
    firsts[(c as usize & 0xFFFF) >> 6] & 1 << (c as usize & 63) != 0
}

/// White space and quotation marks are passed over: “五一”前夕 and 五一前夕 are the same.
pub(super) fn is_read(c: char) -> bool {
    let quote = matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』');
    c >= '\u{3400}' || !(quote || c.is_whitespace())
}
