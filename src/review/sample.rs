//! Drawing articles: at random, and where the program is least sure.

use super::fields::{ReviewField, confidence};
use crate::archive::{ArchiveError, ArchiveView};
use crate::model::{Article, ArticleId, ReviewLabel, SampleReason};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Articles that are read at once.
const BATCH: usize = 500;
/// Articles that are read to find the least sure ones; of a larger archive so many are drawn at random.
const READ: usize = 20_000;

/// An article that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampledArticle {
    /// The article.
    pub id: ArticleId,
    /// Why.
    pub drawn: SampleReason,
}

/// What was drawn, and from how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The articles: one at random, one of the least sure, in turn.
    pub drawings: Vec<SampledArticle>,
    /// Articles of the archive.
    pub articles: usize,
    /// Articles that were read to find the least sure ones.
    pub read: usize,
}

/// What is in doubt about an article that was read.
struct SampleCandidate {
    id: ArticleId,
    page_key: String,
    /// Confidence by field.
    sure: [Option<f32>; ReviewField::ALL.len()],
}

/// Draws `count` articles, the larger half at random. The same seed, archive and labels give the same articles.
///
/// The random ones are drawn among all articles without a label of that kind. One that was labelled because the program was
/// not sure of it can be drawn again: left out, it would make what is left easier than the archive.
///
/// # Errors
/// Engine failures.
pub fn draw_sample(
    archive: &ArchiveView,
    labels: &BTreeMap<ArticleId, ReviewLabel>,
    count: usize,
    seed: u64,
) -> Result<Sample, ArchiveError> {
    let ids = shuffled(archive.ids()?, seed);
    let of_random = |id: &ArticleId| labels.get(id).is_some_and(|label| label.drawn == SampleReason::Random);
    let random: Vec<ArticleId> = ids.iter().copied().filter(|id| !of_random(id)).take(count.div_ceil(2)).collect();
    let taken: HashSet<ArticleId> = random.iter().chain(labels.keys()).copied().collect();
    let rest: Vec<ArticleId> = ids.iter().copied().filter(|id| !taken.contains(id)).take(READ).collect();
    let mut candidates = Vec::new();
    for batch in rest.chunks(BATCH) {
        candidates.extend(archive.stored(batch)?.into_iter().map(candidate));
    }
    let least = least_sure(&candidates, count / 2);
    Ok(Sample { drawings: in_turn(&random, &least), articles: ids.len(), read: candidates.len() })
}

/// Ids in an order that only they and the seed decide, each order as probable as any other.
fn shuffled(mut ids: Vec<ArticleId>, seed: u64) -> Vec<ArticleId> {
    let rank = |id: &ArticleId| {
        let mut hasher = Sha256::new();
        hasher.update(seed.to_le_bytes());
        hasher.update(id.as_u64().to_le_bytes());
        <[u8; 32]>::from(hasher.finalize())
    };
    ids.sort_by_cached_key(rank);
    ids
}

fn candidate(article: Article) -> SampleCandidate {
    SampleCandidate {
        id: article.id,
        sure: ReviewField::ALL.map(|field| confidence(&article, field)),
        page_key: article.place.page_key,
    }
}

/// The least sure articles by each field in turn, as long as it goes one of a page: what is told of a page's date is told of
/// all its articles.
fn least_sure(candidates: &[SampleCandidate], count: usize) -> Vec<ArticleId> {
    let mut turns: Vec<(usize, usize, &SampleCandidate)> = Vec::new();
    for at in 0..ReviewField::ALL.len() {
        let mut doubtful: Vec<(f32, &SampleCandidate)> =
            candidates.iter().filter_map(|one| Some((one.sure[at]?, one))).collect();
        doubtful.sort_by(|a, b| a.0.total_cmp(&b.0));
        turns.extend(doubtful.into_iter().enumerate().map(|(turn, (_, one))| (turn, at, one)));
    }
    turns.sort_by_key(|(turn, at, _)| (*turn, *at));
    let mut chosen = SampleBuilder { count, ..SampleBuilder::default() };
    turns.iter().for_each(|(.., one)| chosen.add(one, 1));
    turns.iter().for_each(|(.., one)| chosen.add(one, usize::MAX));
    chosen.ids
}

/// Articles that are chosen, each once.
#[derive(Default)]
struct SampleBuilder<'a> {
    count: usize,
    ids: Vec<ArticleId>,
    pages: HashMap<&'a str, usize>,
}

impl<'a> SampleBuilder<'a> {
    /// Takes an article, unless there are enough of them, or of its page.
    fn add(&mut self, one: &'a SampleCandidate, most_of_page: usize) {
        let of_page = self.pages.entry(&one.page_key).or_default();
        if self.ids.len() < self.count && *of_page < most_of_page && !self.ids.contains(&one.id) {
            *of_page += 1;
            self.ids.push(one.id);
        }
    }
}

fn in_turn(random: &[ArticleId], least_sure: &[ArticleId]) -> Vec<SampledArticle> {
    let one = |ids: &[ArticleId], at: usize, drawn| ids.get(at).map(|id| SampledArticle { id: *id, drawn });
    let turns = 0..random.len().max(least_sure.len());
    turns
        .flat_map(|at| [one(random, at, SampleReason::Random), one(least_sure, at, SampleReason::LeastSure)])
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> ArticleId {
        ArticleId::of_item("test", &number.to_string())
    }

    fn candidate(number: u64, page: &str, sure: [Option<f32>; 4]) -> SampleCandidate {
        SampleCandidate { id: id(number), page_key: page.into(), sure }
    }

    #[test]
    fn each_article_is_as_probable_as_any_other() {
        let ids: Vec<ArticleId> = (0..10).map(id).collect();
        let mut first = [0; 10];
        for seed in 0..2000 {
            let order = shuffled(ids.clone(), seed);
            first[ids.iter().position(|one| *one == order[0]).unwrap()] += 1;
            assert_eq!(order, shuffled(order.iter().rev().copied().collect(), seed));
        }
        // 200 each; seven standard deviations.
        assert!(first.iter().all(|count| (106..295).contains(count)), "{first:?}");
    }

    #[test]
    fn fields_take_turns_and_a_page_comes_once_as_long_as_it_goes() {
        let all = [
            candidate(1, "p", [Some(0.1), None, Some(0.9), None]),
            candidate(2, "p", [Some(0.1), Some(0.2), None, None]),
            candidate(3, "q", [Some(0.5), Some(0.3), Some(0.95), Some(0.4)]),
            candidate(4, "r", [None, None, None, Some(0.6)]),
            candidate(5, "s", [None; 4]),
        ];
        assert_eq!(least_sure(&all, 3), [1, 3, 4].map(id));
        assert_eq!(least_sure(&all, 9), [1, 3, 4, 2].map(id));
        assert_eq!(least_sure(&all, 0), []);
    }

    #[test]
    fn the_two_parts_take_turns() {
        let drawings = in_turn(&[id(1), id(2), id(3)], &[id(4)]);
        let names: Vec<&str> = drawings.iter().map(|one| one.drawn.name()).collect();
        assert_eq!(names, ["random", "least_sure", "random", "random"]);
    }
}
