//! Completions from the index's own words, names, bodies, places and titles: by prefix, by pinyin in full and by initials;
//! and words of the same sound, offered and never applied by themselves.

use crate::archive::reading::overview::facet_label;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::parsed_query::ParsedQuery;
use crate::archive::request::{Selection, ValueError};
use crate::archive::view::ArchiveView;
use crate::archive::view::derived::DerivedValue;
use crate::engine::Snapshot;
use crate::model::{Facet, TextField};
use crate::query::{Ast, Match, Plan, Term, match_of};
use crate::text::{folded_name, initials, name_syllables, query_units, syllables};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The most completions that are given.
pub const MOST_SUGGESTIONS: usize = 20;

/// The longest text that is completed, in characters.
pub const LONGEST_START: usize = 40;

/// Entries that are looked at for one start, the first in order of their key.
const LOOKED_AT: usize = 50_000;

/// Articles that have a word of the vocabulary, at least, in an archive of this many articles or more.
const COMMON_FROM: u64 = 20_000;

/// How many times as many articles must have a word of the same sound to be offered beside a query that finds some.
const TIMES: u64 = 20;

/// The longest run in which a word of the same sound is looked for, and the longest such word, in characters.
const LONGEST_RUN: usize = 24;
const LONGEST_WORD: usize = 6;

/// Queries with a word of the same sound that are tried.
const TRIED: usize = 8;

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuggestionKind {
    /// A word of the articles.
    Word,
    /// A field of union work.
    Topic,
    /// A name in bylines.
    Byline,
    /// A union body.
    Body,
    /// A place that articles are about.
    Region,
    /// The title of an article.
    Title,
    /// A word of the same sound as what was typed.
    SoundsLike,
}

impl SuggestionKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Topic => "topic",
            Self::Byline => "byline",
            Self::Body => "union_body",
            Self::Region => "region",
            Self::Title => "title",
            Self::SoundsLike => "sounds_like",
        }
    }
}

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// About how many articles have it; for a title 1.
    pub articles: u64,
}

/// A query with a word of the same sound, and what it finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidYouMean {
    /// The word that is put in.
    pub text: String,
    /// The whole query with it.
    pub query: String,
    /// Articles that match it.
    pub total: u64,
}

/// All completions of one state of the index.
pub(in crate::archive) struct SuggestIndex {
    entries: Vec<Suggestion>,
    /// Keys with the number of their entry, sorted: normal text, pinyin, initials.
    by_text: Vec<(Box<str>, u32)>,
    by_sound: Vec<(Box<str>, u32)>,
    by_initials: Vec<(Box<str>, u32)>,
}

fn plain(text: &str) -> String {
    query_units(text).concat().replace('_', "")
}

impl SuggestIndex {
    fn build(engine: &dyn Snapshot, most_words: usize) -> Result<Self, ArchiveError> {
        let fewest = if engine.article_count()? < COMMON_FROM { 1 } else { 2 };
        let mut entries: BTreeMap<(SuggestionKind, String), u64> = BTreeMap::new();
        for (word, articles) in engine.frequent_words(fewest, most_words)? {
            if word.chars().count() > 1 && !word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                entries.insert((SuggestionKind::Word, word), articles);
            }
        }
        for (kind, text, articles) in named_suggestions(engine)? {
            entries.insert((kind, text), articles);
        }
        let entries = entries.into_iter().map(|((kind, text), articles)| Suggestion { text, kind, articles }).collect();
        Ok(Self::keyed(entries))
    }

    fn keyed(entries: Vec<Suggestion>) -> Self {
        let mut index = Self {
            entries: Vec::new(),
            by_text: Vec::with_capacity(entries.len()),
            by_sound: Vec::with_capacity(entries.len()),
            by_initials: Vec::with_capacity(entries.len()),
        };
        for (entry, number) in entries.iter().zip(0..) {
            let sound =
                if entry.kind == SuggestionKind::Byline { name_syllables(&entry.text) } else { syllables(&entry.text) };
            index.by_text.push((plain(&entry.text).into(), number));
            if !entry.text.is_ascii() {
                index.by_sound.push((sound.concat().into(), number));
                index.by_initials.push((initials(&sound).into(), number));
            }
        }
        index.entries = entries;
        for keys in [&mut index.by_text, &mut index.by_sound, &mut index.by_initials] {
            keys.sort_unstable();
        }
        index
    }

    /// The entries whose key begins so and goes on.
    fn continuing<'a>(
        &'a self,
        keys: &'a [(Box<str>, u32)],
        start: &str,
    ) -> impl Iterator<Item = &'a Suggestion> + use<'a> {
        // Whole keys stand before their continuations.
        let first = keys.partition_point(|(key, _)| &**key <= start);
        let start = start.to_owned();
        let longer = keys[first..].iter().take(LOOKED_AT).take_while(move |(key, _)| key.starts_with(&start));
        longer.filter_map(|(_, number)| self.entries.get(*number as usize))
    }

    /// The entries with exactly this key.
    fn exactly<'a>(&'a self, keys: &'a [(Box<str>, u32)], key: &str) -> impl Iterator<Item = &'a Suggestion> + use<'a> {
        let first = keys.partition_point(|(other, _)| &**other < key);
        let end = first + keys[first..].partition_point(|(other, _)| &**other == key);
        let same = keys[first..end].iter();
        same.filter_map(|(_, number)| self.entries.get(*number as usize))
    }

    fn best<'a>(found: impl Iterator<Item = &'a Suggestion>, limit: usize) -> Vec<Suggestion> {
        let mut found: Vec<&Suggestion> = found.collect();
        found.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| (a.kind, &a.text).cmp(&(b.kind, &b.text))));
        let mut seen = HashSet::new();
        found.into_iter().filter(|entry| seen.insert(&entry.text)).take(limit).cloned().collect()
    }

    /// Completions of a start: of Chinese text by its prefix, of Latin letters by prefix, pinyin and initials.
    fn complete(&self, start: &str, limit: usize) -> Vec<Suggestion> {
        let mut found = Self::best(self.continuing(&self.by_text, &plain(start)), limit);
        let letters: String = start.chars().filter(|c| !matches!(c, ' ' | '\'' | '’')).collect();
        if letters.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let letters = letters.to_ascii_lowercase();
            let whole = self.exactly(&self.by_initials, &letters).chain(self.exactly(&self.by_sound, &letters));
            let longer = self.continuing(&self.by_sound, &letters).chain(self.continuing(&self.by_initials, &letters));
            for list in [Self::best(whole, limit), Self::best(longer, limit)] {
                found.extend(list);
            }
            let mut seen = HashSet::new();
            found.retain(|entry| seen.insert(entry.text.clone()));
        }
        found.truncate(limit);
        found
    }

    /// The most frequent other word of the same sound, if it is more than so many times as frequent.
    fn same_sound(&self, word: &str, times: u64) -> Option<&Suggestion> {
        let sound = syllables(word).concat();
        let wanted = word.chars().count();
        let alike = |entry: &&Suggestion| entry.text.chars().count() == wanted && entry.text != word;
        let best = self.exactly(&self.by_sound, &sound).filter(alike).max_by_key(|entry| entry.articles);
        best.filter(|alike| alike.articles > times * self.articles_with(&plain(word)))
    }

    fn articles_with(&self, word: &str) -> u64 {
        self.exactly(&self.by_text, word).map(|entry| entry.articles).max().unwrap_or(0)
    }
}

/// Names, bodies, places and topics that articles have.
fn named_suggestions(engine: &dyn Snapshot) -> Result<Vec<(SuggestionKind, String, u64)>, ArchiveError> {
    let facets = [
        (Facet::Byline, SuggestionKind::Byline),
        (Facet::Body, SuggestionKind::Body),
        (Facet::Topic, SuggestionKind::Topic),
        (Facet::Province, SuggestionKind::Region),
        (Facet::Prefecture, SuggestionKind::Region),
        (Facet::County, SuggestionKind::Region),
    ];
    let plan = Plan { facets: facets.map(|(facet, _)| facet).into(), ..Plan::for_match(Match::All) };
    let answer = engine.search(&plan)?;
    let mut all = Vec::new();
    for (counts, (facet, kind)) in answer.facets.into_iter().zip(facets) {
        all.extend(counts.counts.into_iter().map(|(value, articles)| (kind, facet_label(facet, &value), articles)));
    }
    Ok(all)
}

impl ArchiveView {
    /// The completions of this state, or of an earlier one while those of this one are made.
    pub(in crate::archive) fn suggest_index(&self) -> Result<Arc<SuggestIndex>, ArchiveError> {
        let (states, most) = ((Arc::clone(&self.state), self.without_deadline()), self.limits.completion_words);
        let kept = self.kept.get::<DerivedValue<SuggestIndex>>();
        kept.latest(self.state.commit_id(), states, move |state| SuggestIndex::build(&*state, most))
    }

    /// The same for one who shall not wait: `None` while the first are being made.
    fn suggest_index_made(&self) -> Result<Option<Arc<SuggestIndex>>, ArchiveError> {
        let (states, most) = ((Arc::clone(&self.state), self.without_deadline()), self.limits.completion_words);
        let kept = self.kept.get::<DerivedValue<SuggestIndex>>();
        kept.latest_unless_in_making(self.state.commit_id(), states, move |state| SuggestIndex::build(&*state, most))
    }

    /// Completions of what was typed so far, the most frequent first, then titles that hold it, then a word of the same
    /// sound.
    ///
    /// # Errors
    /// [`ArchiveError::BadValue`] for a text that is too long, [`ArchiveError::Engine`].
    pub fn suggest(&self, start: &str, limit: usize) -> Result<Vec<Suggestion>, ArchiveError> {
        let start = start.trim();
        if start.chars().count() > LONGEST_START {
            return Err(ArchiveError::bad_value("q", ValueError::TooLong { most: LONGEST_START }));
        }
        // Punctuation alone begins nothing.
        if plain(start).is_empty() {
            return Ok(Vec::new());
        }
        let limit = limit.clamp(1, MOST_SUGGESTIONS);
        let index = self.suggest_index_made()?;
        let mut found = index.as_ref().map(|index| index.complete(start, limit)).unwrap_or_default();
        if let Some(alike) = index.as_ref().and_then(|index| index.same_sound(start, TIMES)) {
            found.truncate(limit - 1);
            found.push(Suggestion { kind: SuggestionKind::SoundsLike, ..alike.clone() });
        }
        // Titles of the best word where letters were typed, else of the text itself, in the room that is left.
        let words = if start.is_ascii() { found.first().map(|first| first.text.as_str()) } else { Some(start) };
        let room = limit - found.len();
        if let Some(titles) = words.filter(|_| room > 0).map(|words| self.titles(words, room)).transpose()? {
            found.extend(titles);
        }
        Ok(found)
    }

    /// Titles that hold a text, those that begin with it first, then the newest.
    fn titles(&self, text: &str, limit: usize) -> Result<Vec<Suggestion>, ArchiveError> {
        let term = Term { field: Some(TextField::Title), ..Term::word(text) };
        let matching = match_of(&Ast::Term(term), self.state.capabilities()).0;
        let plan = Plan { limit: limit * 3, ..Plan::for_match(matching) };
        let mut titles: Vec<String> =
            self.state.search(&plan)?.hits.into_iter().map(|hit| hit.article.name()).collect();
        let start = plain(text);
        titles.sort_by_key(|title| !plain(title).starts_with(&start));
        let mut seen = HashSet::new();
        titles.retain(|title| seen.insert(title.clone()));
        let title = |text| Suggestion { text, kind: SuggestionKind::Title, articles: 1 };
        Ok(titles.into_iter().take(limit).map(title).collect())
    }

    /// The query with a word of the same sound in it (公会 → 工会), where that finds articles and the query finds none, or
    /// a word that is very much more frequent.
    pub(in crate::archive) fn did_you_mean(
        &self,
        selection: &Selection,
        question: &ParsedQuery,
    ) -> Result<Option<DidYouMean>, ArchiveError> {
        let Some(index) = self.suggest_index_made()? else { return Ok(None) };
        let mut best: Option<DidYouMean> = None;
        for (word, alike) in candidates(&index, question).into_iter().take(TRIED) {
            let query = replaced(question, &word, &alike);
            let total = self.total_of(selection, &query)?;
            if total > best.as_ref().map_or(0, |best| best.total) {
                best = Some(DidYouMean { text: alike, query, total });
            }
        }
        Ok(best)
    }

    /// The same for a query that finds something, without waiting for completions that are not ready.
    pub(in crate::archive) fn maybe_meant(
        &self,
        selection: &Selection,
        question: &ParsedQuery,
        total: u64,
    ) -> Result<Option<DidYouMean>, ArchiveError> {
        let Some(index) = self.kept.get::<DerivedValue<SuggestIndex>>().ready() else { return Ok(None) };
        let words = question.typed.positive_terms().into_iter().map(|term| folded_name(&term.text));
        let mut short = words.filter(|word| (2..=LONGEST_WORD).contains(&word.chars().count()));
        let found = short.find_map(|word| index.same_sound(&word, TIMES).map(|alike| (word, alike.text.clone())));
        let Some((word, alike)) = found else { return Ok(None) };
        let query = replaced(question, &word, &alike);
        let meant = self.total_of(selection, &query)?;
        Ok(Some(DidYouMean { text: alike, query, total: meant }).filter(|_| meant > TIMES * total))
    }
}

/// Words of a query for which the index has more frequent ones of the same sound.
fn candidates(index: &SuggestIndex, question: &ParsedQuery) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for term in question.typed.positive_terms() {
        let chars: Vec<char> = folded_name(&term.text).chars().take(LONGEST_RUN).collect();
        for length in (2..=LONGEST_WORD.min(chars.len())).rev() {
            for window in chars.windows(length) {
                let word: String = window.iter().collect();
                found.extend(index.same_sound(&word, 1).map(|alike| (word, alike.text.clone())));
            }
        }
    }
    found
}

/// The query text with a word replaced; folded where the word stands in it only so.
fn replaced(question: &ParsedQuery, word: &str, alike: &str) -> String {
    let printed = question.typed.to_string();
    if printed.contains(word) { printed.replace(word, alike) } else { folded_name(&printed).replace(word, alike) }
}
