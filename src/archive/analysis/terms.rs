//! Words that tell two sets of articles apart, and words that stand near a query.

use crate::archive::analysis::trend_request::SHARED;
use crate::archive::request::SearchRequest;
use crate::archive::request::canonical::Canonical;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::params::{self, Param, shown, span};
use crate::archive::request::warning::{Warning, warning};
use crate::archive::search::snippet::Wanted;
use crate::archive::view::View;
use crate::model::{Article, Date, TextField};
use crate::query::is_stop_word;
use crate::text::{Normal, Segmenter, word_tokens};
use crate::trends::{Keyness, keyness};
use std::collections::{BTreeMap, BTreeSet};

/// Log-likelihood from which a difference is told: one in a thousand by chance, for one word.
const LIKELY: f64 = 10.83;

/// Words of each list unless asked otherwise, and at most.
const LIMIT: usize = 50;
const MOST_TERMS: usize = 500;

/// Articles that must have a word, in one of the two sets, unless asked otherwise.
const FEWEST: u64 = 5;

/// Units on each side of a match that are near it, unless asked otherwise, and at most.
const WINDOW: usize = 10;
const WIDEST: usize = 50;

/// The most articles whose texts are read for the words near a query.
pub const MOST_READ: u64 = 20_000;

/// A request for words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsRequest {
    /// The articles looked at: query and filters.
    pub search: SearchRequest,
    /// First day of the articles compared with.
    pub versus_from: Option<Date>,
    /// Last day of the articles compared with.
    pub versus_to: Option<Date>,
    /// Region of the articles compared with, by code, name or path.
    pub versus_region: Option<String>,
    /// Units on each side of a match that are near it.
    pub window: Option<usize>,
    /// Articles that must have a word.
    pub fewest: u64,
    /// Words of each list.
    pub limit: usize,
}

impl Default for TermsRequest {
    fn default() -> Self {
        Self {
            search: SearchRequest::default(),
            versus_from: None,
            versus_to: None,
            versus_region: None,
            window: None,
            fewest: FEWEST,
            limit: LIMIT,
        }
    }
}

/// A whole number inside two ends.
pub(in crate::archive) fn number<T: std::str::FromStr + PartialOrd + std::fmt::Display>(
    value: &str,
    least: T,
    most: T,
) -> Result<T, String> {
    let read = value.parse().ok().filter(|number| *number >= least && *number <= most);
    read.ok_or_else(|| format!("takes a number from {least} to {most}, not `{value}`"))
}

/// The parameters of words beside `q` and those of [`SHARED`].
pub const TERM_PARAMS: &[Param<TermsRequest>] = &[
    Param {
        name: "versus_from",
        repeats: false,
        doc: "Compare with the articles from this day, month or year on.",
        zh: "对照的起始日期",
        example: "2012",
        set: |request, value| {
            request.versus_from = Some(span(value)?.earliest);
            Ok(())
        },
        get: |request| shown(request.versus_from),
    },
    Param {
        name: "versus_to",
        repeats: false,
        doc: "Compare with the articles up to this day, month or year.",
        zh: "对照的截止日期",
        example: "2013",
        set: |request, value| {
            request.versus_to = Some(span(value)?.latest);
            Ok(())
        },
        get: |request| shown(request.versus_to),
    },
    Param {
        name: "versus_region",
        repeats: false,
        doc: "Compare with the articles of this region, by code or name.",
        zh: "对照的地区",
        example: "安徽",
        set: |request, value| {
            crate::query::facet_values(crate::model::Facet::Region, value)?;
            request.versus_region = Some(value.to_owned());
            Ok(())
        },
        get: |request| shown(request.versus_region.as_deref()),
    },
    Param {
        name: "window",
        repeats: false,
        doc: "Units (characters) on each side of a match that are near it, 1 to 50; 10 unless given.",
        zh: "匹配处左右多少字以内算邻近，1 到 50",
        example: "10",
        set: |request, value| {
            request.window = Some(number(value, 1, WIDEST)?);
            Ok(())
        },
        get: |request| shown(request.window),
    },
    Param {
        name: "fewest",
        repeats: false,
        doc: "Articles that must have a word; 5 unless given.",
        zh: "一个词至少出现在多少篇中",
        example: "3",
        set: |request, value| {
            request.fewest = number(value, 1, 1_000_000)?;
            Ok(())
        },
        get: |request| shown(Some(request.fewest)),
    },
    Param {
        name: "limit",
        repeats: false,
        doc: "Words of each list, 1 to 500; 50 unless given.",
        zh: "每个词表的词数，1 到 500",
        example: "20",
        set: |request, value| {
            request.limit = number(value, 1, MOST_TERMS)?;
            Ok(())
        },
        get: |request| shown(Some(request.limit)),
    },
];

/// Parameters of a search that a request for texts takes: query and filters.
pub(in crate::archive) fn with_query() -> Vec<&'static str> {
    std::iter::once("q").chain(SHARED.iter().copied()).collect()
}

impl TermsRequest {
    /// The canonical form.
    pub fn canonical(&self) -> Canonical {
        Canonical::of(TERM_PARAMS, self).with_search(&with_query(), &self.search)
    }

    /// Reads parameters.
    ///
    /// # Errors
    /// As [`SearchRequest::from_pairs`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        let mut request = Self::default();
        params::read_into(&mut request, TERM_PARAMS, &with_query(), |request| &mut request.search, pairs)?;
        params::check(&request.search)?;
        let versus = request.versus();
        versus.as_ref().map_or(Ok(()), params::check)?;
        if versus.is_some() && request.window.is_some() {
            let message = "is for the words near a query, and cannot go with versus_from, versus_to or versus_region";
            return Err(ArchiveError::BadValue { name: "window", message: message.into() });
        }
        if versus.is_none() && request.search.query.trim().is_empty() {
            let message = "is needed for the words near it; to compare two times or regions give versus_from, versus_to or versus_region";
            return Err(ArchiveError::BadValue { name: "q", message: message.into() });
        }
        Ok(request)
    }

    /// The articles compared with; `None` where nothing is.
    fn versus(&self) -> Option<SearchRequest> {
        let dates = self.versus_from.is_some() || self.versus_to.is_some();
        if !dates && self.versus_region.is_none() {
            return None;
        }
        let mut search = self.search.clone();
        if dates {
            (search.from, search.to) = (self.versus_from, self.versus_to);
        }
        if let Some(region) = &self.versus_region {
            search.region = crate::archive::request::Values { any: vec![region.clone()], none: Vec::new() };
        }
        Some(search)
    }
}

/// A word with the articles that have it in two sets.
#[derive(Clone, Debug, PartialEq)]
pub struct TermRow {
    /// The word.
    pub word: String,
    /// Articles of the first set that have it, near a match where words near a query were asked for.
    pub one: u64,
    /// Articles of the second set that have it.
    pub other: u64,
    /// What the difference is worth.
    pub keyness: Keyness,
}

/// Words of two sets of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsReply {
    /// Whether two sets were compared; else words near the query, against all articles.
    pub compared: bool,
    /// Articles of the first set.
    pub one: u64,
    /// Articles of the second set.
    pub other: u64,
    /// Articles whose texts were read, where that was needed.
    pub read: Option<u64>,
    /// Words that the first set has more, the most certain first.
    pub more: Vec<TermRow>,
    /// Words that the second set has more, the most certain first; none for words near a query.
    pub less: Vec<TermRow>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
}

impl View {
    /// Words that tell two sets of articles apart, or that stand near a query.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn terms(&self, request: &TermsRequest) -> Result<TermsReply, ArchiveError> {
        match request.versus() {
            Some(other) => self.compared(request, &other),
            None => self.near(request),
        }
    }

    fn compared(&self, request: &TermsRequest, other: &SearchRequest) -> Result<TermsReply, ArchiveError> {
        if !self.state.offers().word_counts {
            return Err(ArchiveError::NotOffered("how many articles have each word"));
        }
        let (question, one) = self.plan_of(&request.search)?;
        let (_, other) = self.plan_of(other)?;
        let all = (self.state.search(&one)?.total, self.state.search(&other)?.total);
        let counts = self.state.word_counts(&[one, other], request.fewest)?;
        let rows = counts.into_iter().map(|(word, counts)| (word, (counts[0], counts[1])));
        let (more, less) = listed(rows, all, request);
        Ok(TermsReply {
            compared: true,
            one: all.0,
            other: all.1,
            read: None,
            more,
            less,
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }

    fn near(&self, request: &TermsRequest) -> Result<TermsReply, ArchiveError> {
        let (question, plan) = self.plan_of(&request.search)?;
        let total = self.state.search(&plan)?.total;
        let wanted = Wanted::of(&question.ast);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut read = 0;
        self.each(&plan, &mut |article| {
            read += 1;
            for word in words_near(&article, &wanted, request.window.unwrap_or(WINDOW)) {
                *counts.entry(word).or_default() += 1;
            }
            read < MOST_READ
        })?;
        let words: Vec<String> = counts.keys().cloned().collect();
        let everywhere = self.state.word_frequencies(&words)?;
        let all = (read, self.state.article_count()?);
        let typed: BTreeSet<String> = question.words.iter().cloned().collect();
        let rows = counts.into_iter().zip(everywhere).map(|((word, near), count)| (word, (near, count)));
        let (more, _) = listed(rows.filter(|(word, _)| !typed.contains(word)), all, request);
        Ok(TermsReply {
            compared: false,
            one: total,
            other: all.1,
            read: Some(read),
            more,
            less: Vec::new(),
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }
}

/// Whether a word says anything by itself.
fn tells(word: &str) -> bool {
    word.chars().count() > 1 && !is_stop_word(word) && !word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The words that differ, more often in the first set and more often in the second.
fn listed(
    rows: impl Iterator<Item = (String, (u64, u64))>,
    all: (u64, u64),
    request: &TermsRequest,
) -> (Vec<TermRow>, Vec<TermRow>) {
    let frequent = |(word, (one, other)): &(String, (u64, u64))| (*one).max(*other) >= request.fewest && tells(word);
    let row =
        |(word, (one, other)): (String, (u64, u64))| TermRow { keyness: keyness((one, other), all), word, one, other };
    let likely = rows.filter(frequent).map(row).filter(|row| row.keyness.likelihood >= LIKELY);
    let mut likely: Vec<TermRow> = likely.collect();
    likely.sort_by(|a, b| b.keyness.likelihood.total_cmp(&a.keyness.likelihood).then_with(|| a.word.cmp(&b.word)));
    let (mut more, mut less): (Vec<TermRow>, Vec<TermRow>) =
        likely.into_iter().partition(|row| row.keyness.effect > 0.0);
    more.truncate(request.limit);
    less.truncate(request.limit);
    (more, less)
}

/// The words near the matches in an article's body, each once. Words that the window may have cut are left out.
fn words_near(article: &Article, wanted: &Wanted, window: usize) -> BTreeSet<String> {
    let normal = Normal::of(article.paragraphs(TextField::Body));
    let units: Vec<&str> = crate::text::units(normal.encoded()).collect();
    let mut found = BTreeSet::new();
    for range in wanted.unit_ranges(&normal, TextField::Body) {
        let (start, end) = (range.start.saturating_sub(window), (range.end + window).min(units.len()));
        let left = words_of(&units[start..range.start]);
        let right = words_of(&units[range.end..end]);
        found.extend(left.into_iter().skip(usize::from(start > 0)));
        let whole = right.len() - usize::from(end < units.len() && !right.is_empty());
        found.extend(right.into_iter().take(whole));
    }
    found
}

fn words_of(units: &[&str]) -> Vec<String> {
    let tokens = word_tokens(Segmenter::shared(), &units.concat());
    tokens.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        let read = |pairs: &[(&str, &str)]| TermsRequest::from_pairs(pairs.iter().copied());
        assert!(read(&[]).is_err() && read(&[("q", "送温暖")]).is_ok());
        assert!(read(&[("from", "2014"), ("versus_to", "2013")]).is_ok());
        assert!(read(&[("versus_from", "2015"), ("versus_to", "2014")]).is_err());
        assert!(read(&[("date", "undated"), ("versus_from", "2014")]).is_err());
        assert!(read(&[("window", "3"), ("versus_from", "2014")]).is_err());
        for (name, value) in
            [("window", "0"), ("window", "51"), ("fewest", "x"), ("versus_region", "亚特兰蒂斯"), ("sort", "newest")]
        {
            assert!(read(&[("q", "x"), (name, value)]).is_err(), "{name}={value}");
        }
        for param in TERM_PARAMS {
            assert!(
                read(&[("q", "x"), (param.name, param.example)]).is_ok() && param.doc.ends_with('.'),
                "{}",
                param.name
            );
        }
    }
}
