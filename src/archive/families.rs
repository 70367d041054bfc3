//! Families of reprints: articles whose bodies share most of their wording. Candidates share marks
//! (`enrich::reprint_marks`); what counts is the wording itself, never the title.

use super::{Archive, ArchiveError, SearchRequest};
use crate::enrich::shingles;
use crate::model::{Article, ArticleId, DateSpan, TextField};
use crate::query::Families;
use crate::text::Normal;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Share of the shorter body's shingles that two reprints have in common, at least.
const COMMON: f64 = 0.6;

/// Shingles that two reprints have in common, at least: more than a credit line or a formula of greeting has.
const FEWEST: usize = 60;

/// A mark that more articles have is a formula, not a text.
const FORMULA: usize = 200;

/// The most members of a family that are looked for.
const MOST_MEMBERS: usize = 100;

/// The most passages that are named as cut.
const MOST_CUT: usize = 20;

/// One printing of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Printing {
    /// The article.
    pub id: ArticleId,
    /// Its title, or its first words.
    pub name: String,
    /// The paper's name.
    pub paper: String,
    /// Page 版.
    pub page: String,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Share of the fullest printing's wording that it has, 0–1.
    pub share: f64,
    /// Paragraphs of the fullest printing that it does not have.
    pub cut: Vec<String>,
}

/// A text and all its printings.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// First appearance first; undated ones last.
    pub printings: Vec<Printing>,
    /// The fullest of them.
    pub fullest: ArticleId,
}

/// Which articles share marks with others, for one state of the index.
pub(super) struct FamilyIndex {
    generation: String,
    marks: HashMap<ArticleId, Vec<u32>>,
    articles: HashMap<u32, Vec<ArticleId>>,
    /// A sample of the wording of articles that were compared: most of those that share a mark share little else, and
    /// that is told without reading them again.
    samples: Mutex<HashMap<ArticleId, Arc<[u64]>>>,
    /// Families that were looked up, by each of their members; an empty one for an article alone.
    known: Mutex<HashMap<ArticleId, Arc<[ArticleId]>>>,
    /// All families, once they were looked up.
    all: Mutex<Option<Arc<Families>>>,
}

impl FamilyIndex {
    fn new(generation: String, mut pairs: Vec<(u32, ArticleId)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut index = Self {
            generation,
            marks: HashMap::new(),
            articles: HashMap::new(),
            samples: Mutex::default(),
            known: Mutex::default(),
            all: Mutex::default(),
        };
        for same in pairs.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=FORMULA).contains(&same.len())) {
            index.articles.insert(same[0].0, same.iter().map(|(_, id)| *id).collect());
            same.iter().for_each(|(mark, id)| index.marks.entry(*id).or_default().push(*mark));
        }
        index
    }

    /// An article with its wording, of which a sample is kept.
    fn member(&self, article: Article) -> Member {
        let wording = wording(&article);
        let sample = wording.iter().copied().filter(|shingle| shingle.is_multiple_of(SAMPLE)).collect();
        self.samples.lock().unwrap_or_else(PoisonError::into_inner).insert(article.id, sample);
        Member { article, wording }
    }

    /// Whether the samples leave it open that an article is a reprint of a member; without samples everything is open.
    fn may_be_reprint(&self, id: ArticleId, member: &Member) -> bool {
        let samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(one), Some(other)) = (samples.get(&id), samples.get(&member.article.id)) else { return true };
        let shorter = one.len().min(other.len());
        shorter < FEWEST_SAMPLED || in_common(one, other) as f64 >= SAMPLE_COMMON * shorter as f64
    }

    /// The families that were looked up, numbered by their first members.
    fn families(&self) -> Families {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut firsts: Vec<ArticleId> = known.values().filter_map(|family| family.first().copied()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let number = |family: &Arc<[ArticleId]>| firsts.binary_search(family.first()?).ok();
        let numbered = known.iter().filter_map(|(id, family)| Some((*id, number(family)? as u32)));
        Families(numbered.collect())
    }

    /// Articles that share a mark with this one.
    fn candidates(&self, id: ArticleId) -> BTreeSet<ArticleId> {
        let marks = self.marks.get(&id).into_iter().flatten();
        marks.filter_map(|mark| self.articles.get(mark)).flatten().copied().filter(|other| *other != id).collect()
    }
}

/// One in so many shingles is in a sample, the same ones for every text that has them.
const SAMPLE: u64 = 8;

/// Share of the shorter sample that must be common for the texts to be compared: far below [`COMMON`], for a sample errs,
/// and of so many shingles at least, so that no reprint is missed by chance (about one in a million).
const SAMPLE_COMMON: f64 = 0.25;
const FEWEST_SAMPLED: usize = 40;

/// An article with its wording.
struct Member {
    article: Article,
    wording: Wording,
}

/// The shingles of a text, each once, in ascending order.
type Wording = Vec<u64>;

/// The wording of a body.
fn wording(article: &Article) -> Wording {
    let mut wording = shingles(Normal::of(article.paragraphs(TextField::Body)).encoded());
    wording.sort_unstable();
    wording.dedup();
    wording
}

/// How many shingles two wordings have in common.
fn in_common(one: &[u64], other: &[u64]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            Ordering::Less => drop(one.next()),
            Ordering::Greater => drop(other.next()),
            Ordering::Equal => {
                common += 1;
                one.next();
                other.next();
            }
        }
    }
    common
}

fn is_reprint(one: &[u64], other: &[u64]) -> bool {
    let shorter = one.len().min(other.len());
    let common = in_common(one, other);
    common >= FEWEST && common as f64 >= COMMON * shorter as f64
}

impl Archive {
    pub(super) fn family_index(&self) -> Result<Arc<FamilyIndex>, ArchiveError> {
        let generation = self.engine.generation()?;
        let mut known = self.families.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = known.as_ref().filter(|index| index.generation == generation) {
            return Ok(Arc::clone(index));
        }
        let index = Arc::new(FamilyIndex::new(generation, self.engine.marks()?));
        *known = Some(Arc::clone(&index));
        Ok(index)
    }

    /// An article and its reprints with their wordings, in no order; the article alone where it has none.
    fn members(&self, index: &FamilyIndex, article: &Article) -> Result<Vec<Member>, ArchiveError> {
        let mut members = vec![index.member(article.clone())];
        let mut at = 0;
        while at < members.len() {
            for id in index.candidates(members[at].article.id) {
                let known = members.iter().any(|member| member.article.id == id);
                if known || members.len() >= MOST_MEMBERS || !index.may_be_reprint(id, &members[at]) {
                    continue;
                }
                if let Some(other) = self.engine.article(id)?.map(|article| index.member(article))
                    && is_reprint(&members[at].wording, &other.wording)
                {
                    members.push(other);
                }
            }
            at += 1;
        }
        Ok(members)
    }

    /// The family of an article; `None` where it was printed once.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn family(&self, article: &Article) -> Result<Option<Family>, ArchiveError> {
        let mut members = self.members(&*self.family_index()?, article)?;
        let first_day =
            |member: &Member| member.article.metadata.date.span.map_or(i64::MAX, |span| span.earliest.number());
        members.sort_by_key(|member| (first_day(member), member.article.id));
        // Of equally full ones the first appearance.
        let fullest = members.iter().rev().max_by_key(|member| member.wording.len());
        let Some(fullest) = fullest.filter(|_| members.len() > 1) else { return Ok(None) };
        let printings = members.iter().map(|member| printing(member, fullest)).collect();
        Ok(Some(Family { printings, fullest: fullest.article.id }))
    }

    /// The ids of all printings of an article's text, in ascending order; empty where it was printed once.
    pub(super) fn reprints(&self, article: &Article) -> Result<Arc<[ArticleId]>, ArchiveError> {
        self.reprints_in(&*self.family_index()?, article)
    }

    /// The same by an index at hand, for a list of articles.
    pub(super) fn reprints_in(&self, index: &FamilyIndex, article: &Article) -> Result<Arc<[ArticleId]>, ArchiveError> {
        if !index.marks.contains_key(&article.id) {
            return Ok(Arc::default());
        }
        let known = || index.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(family) = known().get(&article.id) {
            return Ok(Arc::clone(family));
        }
        let mut ids: Vec<ArticleId> = self.members(index, article)?.iter().map(|member| member.article.id).collect();
        ids.sort_unstable();
        let family: Arc<[ArticleId]> = if ids.len() > 1 { ids.clone().into() } else { Arc::default() };
        ids.into_iter().for_each(|id| drop(known().insert(id, Arc::clone(&family))));
        Ok(family)
    }

    /// The families by which printings are counted once, where a request asks for that.
    pub(super) fn once(&self, request: &SearchRequest) -> Result<Option<Arc<Families>>, ArchiveError> {
        request.once.then(|| self.prepare_families()).transpose()
    }

    /// The families of all articles. They are looked up once a state; who asks meanwhile waits.
    pub(super) fn prepare_families(&self) -> Result<Arc<Families>, ArchiveError> {
        let index = self.family_index()?;
        let mut all = index.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(all) = &*all {
            return Ok(Arc::clone(all));
        }
        self.look_up_all(&index)?;
        let families = Arc::new(index.families());
        *all = Some(Arc::clone(&families));
        drop(all);
        Ok(families)
    }

    fn look_up_all(&self, index: &FamilyIndex) -> Result<(), ArchiveError> {
        let looked_up = |id: &ArticleId| index.known.lock().unwrap_or_else(PoisonError::into_inner).contains_key(id);
        // In a fixed order: where a family is cut off at its limit, it is cut off the same way each time.
        let ids: BTreeSet<ArticleId> = index.marks.keys().copied().collect();
        for id in ids.into_iter().filter(|id| !looked_up(id)) {
            if let Some(article) = self.engine.article(id)? {
                self.reprints_in(index, &article)?;
            }
        }
        Ok(())
    }
}

fn printing(member: &Member, fullest: &Member) -> Printing {
    let (article, metadata) = (&member.article, &member.article.metadata);
    let common = in_common(&fullest.wording, &member.wording);
    Printing {
        id: article.id,
        name: article.name(),
        paper: metadata.paper.name.clone(),
        page: metadata.page.clone(),
        date: metadata.date.span,
        share: common as f64 / fullest.wording.len().max(1) as f64,
        cut: cut(&fullest.article, &member.wording),
    }
}

/// Paragraphs whose wording is mostly missing.
fn cut(fullest: &Article, own: &[u64]) -> Vec<String> {
    let missing = |paragraph: &&str| {
        let wording = shingles(Normal::of([*paragraph]).encoded());
        let kept = wording.iter().filter(|shingle| own.binary_search(shingle).is_ok()).count();
        !wording.is_empty() && kept * 2 < wording.len()
    };
    fullest.paragraphs(TextField::Body).into_iter().filter(missing).take(MOST_CUT).map(str::to_owned).collect()
}
