//! The word lists of the layout table in folded form, and what looks for them.

use crate::tables::{layout, places};
use crate::text::fold;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Folds a text as blocks are folded: half-width punctuation, simplified characters.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold_mark).collect()
}

/// Folds a character; the full-width comma becomes the plain one, which the normal form keeps apart.
pub(super) fn fold_mark(c: char) -> char {
    if c == '，' { ',' } else { fold(c) }
}

fn all_folded(list: &[String]) -> Vec<String> {
    list.iter().map(|word| folded(word)).collect()
}

/// A list of patterns by their first character; `{n}` in one stands for a number.
pub(super) struct Patterns {
    by_first: FxHashMap<char, Vec<Pattern>>,
    /// The lowest sixteen bits of first characters, a bit each: most texts are refused by a look here.
    firsts: Vec<u64>,
}

/// What stands before a number, and what after it; a pattern without a number has no second part.
struct Pattern {
    before: String,
    after: Option<String>,
}

impl Patterns {
    fn of<'a>(list: impl IntoIterator<Item = &'a String>) -> Self {
        let mut patterns: FxHashMap<char, Vec<Pattern>> = FxHashMap::default();
        for word in list {
            let word = folded(word);
            let (before, after) = word.split_once("{n}").map_or((word.as_str(), None), |(a, b)| (a, Some(b)));
            let pattern = Pattern { before: before.to_owned(), after: after.map(str::to_owned) };
            // A number may begin with any of its characters.
            let firsts: Vec<char> = before.chars().next().map_or_else(|| NUMBERS.chars().collect(), |c| vec![c]);
            for first in firsts {
                let (before, after) = (pattern.before.clone(), pattern.after.clone());
                patterns.entry(first).or_default().push(Pattern { before, after });
            }
        }
        let mut firsts = vec![0; 1 << 10];
        patterns.keys().for_each(|first| firsts[slot(*first).0] |= slot(*first).1);
        Self { by_first: patterns, firsts }
    }

    /// Whether a text starts with one of them.
    pub(super) fn start(&self, text: &str) -> bool {
        let first = text.chars().next().filter(|first| self.firsts[slot(*first).0] & slot(*first).1 != 0);
        let list = first.and_then(|first| self.by_first.get(&first));
        list.is_some_and(|list| list.iter().any(|pattern| pattern.starts(text)))
    }

    /// At how many places of a short text one of them starts.
    pub(super) fn count(&self, text: &str) -> usize {
        text.char_indices().filter(|(at, _)| self.start(&text[*at..])).count()
    }
}

/// The place of a character among 65,536 bits.
fn slot(c: char) -> (usize, u64) {
    let low = c as usize & 0xFFFF;
    (low >> 6, 1 << (low & 63))
}

/// Characters of a page number.
const NUMBERS: &str = "0123456789一二三四五六七八九十";

impl Pattern {
    fn starts(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.before.as_str()) else { return false };
        let Some(after) = &self.after else { return true };
        let tail = rest.trim_start_matches(|c: char| NUMBERS.contains(c));
        tail.len() < rest.len() && tail.starts_with(after.as_str())
    }
}

/// A list of endings by their last character.
pub(super) struct Endings(FxHashMap<char, Vec<String>>);

impl Endings {
    fn of(list: &[String]) -> Self {
        let mut endings: FxHashMap<char, Vec<String>> = FxHashMap::default();
        for word in all_folded(list) {
            if let Some(last) = word.chars().next_back() {
                endings.entry(last).or_default().push(word);
            }
        }
        Self(endings)
    }

    /// What stands before one of them at the end of a text, for each that does.
    pub(super) fn before<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let last = text.chars().next_back();
        let list = last.and_then(|last| self.0.get(&last)).into_iter().flatten();
        list.filter_map(|ending| text.strip_suffix(ending.as_str()))
    }
}

/// Lists of words that are looked for anywhere in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// What a caption may contain.
    CaptionInner,
    /// A caption begins inside the block.
    CaptionStart,
    /// What a caption says of what is seen.
    CaptionTalk,
    /// Furniture of the page.
    Furniture,
    /// Union organs.
    Organ,
    /// Words of headlines.
    Headline,
}

/// Which lists have a word in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lists(u8);

impl Lists {
    /// Whether a list has one.
    pub(super) fn has(self, list: List) -> bool {
        self.0 & (1 << list as u8) != 0
    }
}

/// All of these lists, looked for in one pass; nothing where they cannot be compiled.
pub(super) struct Anywhere {
    search: AhoCorasick,
    /// The list of each word.
    lists: Vec<u8>,
}

impl Anywhere {
    #[expect(clippy::expect_used, reason = "the words are in the program, and a test loads them")]
    fn load() -> Self {
        let table = &layout().words;
        let lists = [
            (List::CaptionInner, &table.caption_inner),
            (List::CaptionStart, &table.caption_starts),
            (List::CaptionTalk, &table.caption_talk),
            (List::Furniture, &table.furniture),
            (List::Organ, &table.organs),
            (List::Headline, &table.headline_words),
        ];
        let words = || lists.iter().flat_map(|(list, words)| words.iter().map(|word| (*list as u8, folded(word))));
        let search = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words().map(|(_, word)| word));
        Self {
            search: search.expect("layout_words.toml fits a search"),
            lists: words().map(|(list, _)| list).collect(),
        }
    }

    /// Which lists have a word in a text.
    pub(super) fn look(&self, text: &str) -> Lists {
        let found = self.search.find_overlapping_iter(text);
        Lists(found.fold(0, |seen, word| seen | 1 << self.lists[word.pattern().as_usize()]))
    }
}

/// All lists.
pub(super) struct Words {
    pub(super) dateline: Patterns,
    pub(super) time: Patterns,
    pub(super) caption: Patterns,
    pub(super) anywhere: Anywhere,
    pub(super) credit: Endings,
    pub(super) columns: FxHashSet<String>,
    pub(super) furniture_weak: Patterns,
    pub(super) to: Patterns,
    pub(super) from: Patterns,
    pub(super) roles: Patterns,
    pub(super) column_endings: Endings,
    pub(super) report_endings: Endings,
    pub(super) kicker_endings: Endings,
    pub(super) letters: Patterns,
    pub(super) bullets: Vec<char>,
    pub(super) closing: Vec<char>,
    /// Last characters of the full names of regions.
    pub(super) levels: Vec<char>,
}

/// The lists, folded once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(load)
}

fn load() -> Words {
    let table = &layout().words;
    let opens = |word: &&String| table.dateline_endings.iter().any(|ending| word.ends_with(ending.as_str()));
    let first = |list: &[String]| list.iter().filter_map(|mark| mark.chars().next()).collect();
    Words {
        dateline: Patterns::of(table.news_openings.iter().filter(opens)),
        time: Patterns::of(&table.time_openings),
        caption: Patterns::of(&table.caption_marks),
        anywhere: Anywhere::load(),
        credit: Endings::of(&table.credit_roles),
        columns: all_folded(&table.column_labels).into_iter().collect(),
        furniture_weak: Patterns::of(&table.furniture_weak),
        to: Patterns::of(&table.continuation_to),
        from: Patterns::of(&table.continuation_from),
        roles: Patterns::of(table.byline_roles.keys().filter(|role| role.chars().count() > 1)),
        column_endings: Endings::of(&table.column_endings),
        report_endings: Endings::of(&table.report_endings),
        kicker_endings: Endings::of(&table.kicker_endings),
        letters: Patterns::of(&table.letter_openings),
        bullets: first(&table.digest_bullets),
        closing: first(&table.closing_marks),
        levels: places().levels.chars().collect(),
    }
}
