//! Numbers over time: what matching articles state of money, people and households, with the sentence behind each number.

use crate::archive::analysis::trends::label;
use crate::archive::request::AmountsRequest;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::warning::{Warning, warning};
use crate::archive::view::ArchiveView;
use crate::model::{Amount, Article, ArticleId, DateSpan, Facet, Passage};
use crate::tables::{Level, regions};
use crate::trends::{Axis, PeriodStep, SummaryStatistics};
use std::collections::BTreeMap;

/// The most characters of a sentence that are shown.
const LONGEST: usize = 200;

/// A number with the sentence that states it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedAmount {
    /// The article.
    pub id: ArticleId,
    /// Its title, or its first words.
    pub title: String,
    /// Date of its issue.
    pub date: Option<DateSpan>,
    /// The period it counts in; empty where its date is unknown or not known so finely.
    pub period: String,
    /// The number.
    pub value: f64,
    /// What it counts.
    pub what: String,
    /// The number as printed.
    pub quote: String,
    /// The sentence.
    pub sentence: String,
}

/// What the numbers of a period, and of a value of the split, come to.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// The period; empty for articles whose date is unknown or not known so finely.
    pub period: String,
    /// The value of the split; empty for articles without one, and without a split.
    pub value: String,
    /// What a person reads for it.
    pub label: String,
    /// Articles that state the numbers.
    pub articles: u64,
    /// What they come to.
    pub figure: SummaryStatistics,
}

/// Numbers over time.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountsReply {
    /// Matching articles.
    pub articles: u64,
    /// Figures by period, then by value.
    pub rows: Vec<FigureRow>,
    /// The numbers behind them, by date.
    pub sentences: Vec<StatedAmount>,
    /// How many there are.
    pub numbers: u64,
    /// Whether all of them were gathered, within [`crate::archive::ArchiveLimits`].
    pub complete: bool,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
}

/// Numbers of one period and value, and the articles that state them.
#[derive(Default)]
struct AmountBucket {
    articles: u64,
    numbers: Vec<f64>,
}

impl ArchiveView {
    /// What matching articles state, by period.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn amounts(&self, request: &AmountsRequest) -> Result<AmountsReply, ArchiveError> {
        let (question, plan) = self.plan_of(&request.selection)?;
        let articles = self.state.search(&plan)?.total;
        let mut gathered: BTreeMap<(String, String), AmountBucket> = BTreeMap::new();
        let (mut sentences, mut numbers, mut read) = (Vec::new(), 0, 0);
        let (most, most_read) = (self.limits.amount_numbers, self.limits.articles_read);
        self.scroll_articles(&plan, &mut |article| {
            read += 1;
            let stated = stated_in(&article, request);
            for value in values_of(&article, request.breakdown.split).into_iter().filter(|_| !stated.is_empty()) {
                let cell = gathered.entry((period_of(&article, request.breakdown.by), value)).or_default();
                cell.articles += 1;
                cell.numbers.extend(stated.iter().map(|one| one.value));
            }
            numbers += stated.len();
            let room = request.amounts.limit - sentences.len();
            sentences.extend(stated.into_iter().take(room));
            numbers < most && read < most_read
        })?;
        let row = |((period, value), cell): ((String, String), AmountBucket)| {
            let label = request.breakdown.split.map_or_else(String::new, |facet| label(facet, &value));
            let figure = SummaryStatistics::from_numbers(cell.numbers).unwrap_or_default();
            FigureRow { period, value, label, articles: cell.articles, figure }
        };
        Ok(AmountsReply {
            articles,
            rows: gathered.into_iter().map(row).collect(),
            sentences,
            numbers: numbers as u64,
            complete: numbers < most && read == articles,
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }
}

/// The period that an article counts in; empty where it has none.
fn period_of(article: &Article, by: PeriodStep) -> String {
    let axis = Axis::Calendar(by);
    let slots = article.metadata.date.span.map(|span| (axis.slot_of(span.earliest), axis.slot_of(span.latest)));
    match slots {
        Some((Some(first), Some(last))) if first == last => first.label,
        _ => String::new(),
    }
}

/// The values of an article that a split counts it under, as series name them; one empty value where it has none.
pub fn split_values(article: &Article, facet: Facet) -> Vec<String> {
    values_of(article, Some(facet))
}

fn values_of(article: &Article, split: Option<Facet>) -> Vec<String> {
    let metadata = &article.metadata;
    let level = match split {
        Some(Facet::Province) => Some(Level::Province),
        Some(Facet::Prefecture) => Some(Level::Prefecture),
        Some(Facet::County) => Some(Level::County),
        _ => None,
    };
    let mut values: Vec<String> = match (split, level) {
        (_, Some(level)) => {
            let codes = metadata.regions.iter().flat_map(|region| &region.today);
            codes.filter(|code| regions().today(code).is_some_and(|unit| unit.level == level)).cloned().collect()
        }
        (Some(Facet::Topic), _) => metadata.topics.iter().map(|topic| topic.id.clone()).collect(),
        (Some(Facet::Paper), _) => vec![metadata.paper.id.clone()],
        (Some(Facet::Kind), _) => vec![article.story.kind.name().to_owned()],
        _ => Vec::new(),
    };
    values.sort_unstable();
    values.dedup();
    if values.is_empty() { vec![String::new()] } else { values }
}

fn stated_in(article: &Article, request: &AmountsRequest) -> Vec<StatedAmount> {
    let wanted =
        |amount: &&Amount| amount.measure == request.amounts.measure && amount.what.contains(&request.amounts.what);
    let stated = |amount: &Amount| StatedAmount {
        id: article.id,
        title: article.name(),
        date: article.metadata.date.span,
        period: period_of(article, request.breakdown.by),
        value: amount.value,
        what: amount.what.clone(),
        quote: amount.quote.clone(),
        sentence: sentence_of(article, amount),
    };
    article.metadata.amounts.iter().filter(wanted).map(stated).collect()
}

/// The sentence in which a number stands; the number alone where its passage is not found.
fn sentence_of(article: &Article, amount: &Amount) -> String {
    let story = &article.story;
    let heads = [&story.kicker, &story.title, &story.subtitle].map(String::as_str);
    let headline = story.headline();
    let passages = story.body.iter().chain(&story.captions).map(|passage: &Passage| passage.text.as_str());
    let texts = passages.chain(heads).chain([headline.as_str()]);
    let found = texts.map(|text| text.chars().collect::<Vec<char>>()).find(|text| {
        text.get(amount.start..amount.end).is_some_and(|part| part.iter().copied().eq(amount.quote.chars()))
    });
    found.map_or_else(|| amount.quote.clone(), |text| sentence(&text, amount.start, amount.end))
}

/// The sentence around a piece of text, cut where it is very long.
fn sentence(text: &[char], start: usize, end: usize) -> String {
    let ends = |c: &char| matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n');
    let first = text[..start].iter().rposition(ends).map_or(0, |at| at + 1).max(start.saturating_sub(LONGEST / 2));
    let last = text[end..].iter().position(ends).map_or(text.len(), |at| end + at + 1).min(end + LONGEST / 2);
    text[first..last].iter().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        let read = |pairs: &[(&str, &str)]| AmountsRequest::from_pairs(pairs.iter().copied());
        assert!(read(&[]).is_ok() && read(&[("measure", "金额")]).is_ok());
        for (name, value) in
            [("measure", "tons"), ("by", "decade"), ("split", "byline"), ("limit", "20001"), ("sort", "newest")]
        {
            assert!(read(&[(name, value)]).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn a_sentence_ends_at_its_marks() {
        let text: Vec<char> = "先说别的。发放慰问金3200元，人人有份！再说".chars().collect();
        assert_eq!(sentence(&text, 10, 15), "发放慰问金3200元，人人有份！");
        let long: Vec<char> = "一".repeat(500).chars().collect();
        assert_eq!(sentence(&long, 250, 251).chars().count(), LONGEST + 1);
    }
}
