//! Gives articles their clusters on their way into the index: the reprints of each new one are looked up by its marks,
//! among those that stand and those that came before it. What loses the printing by which it was linked is parted, and
//! what is linked by a new one is joined, with the commit.

use super::candidate::{ReprintCandidate, components};
use super::shingles::{ShingleSet, may_be_reprint};
use super::union_find::ClusterUnions;
use crate::engine::{ClusterLookup, Engine, EngineError, Snapshot, Writer};
use crate::indexing::indexed;
use crate::model::{
    Article, ArticleId, Calendar, IndexedArticle, PageRecord, Revision, SourceKey, SourceRecord, TextField, Withdrawn,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The most articles that a new one is compared with, those of the clusters that share most marks first. One printing that is
/// found is enough for a cluster, so that what is compared is what shares marks and no text.
const MOST_COMPARED: usize = 2000;

/// Samples of wordings that are kept: a kilobyte each.
const SAMPLES: usize = 20_000;

/// Clusters that are looked up at once.
const LOOKED_UP: usize = 1000;

/// A writer that gives articles their clusters.
pub struct Clustering<'a> {
    engine: &'a dyn Engine,
    writer: &'a mut dyn Writer,
    state: Arc<dyn Snapshot>,
    /// Articles added since the last commit, with their clusters.
    added: HashMap<ArticleId, u64>,
    by_source: HashMap<SourceKey, Vec<ArticleId>>,
    by_mark: HashMap<u32, Vec<ArticleId>>,
    /// Articles of the state that were taken out since.
    gone: HashSet<ArticleId>,
    /// Clusters that lost a printing.
    lost: BTreeSet<u64>,
    joined: ClusterUnions,
    samples: HashMap<ArticleId, Box<[u64]>>,
    /// Clusters that were numbered.
    numbered: u64,
}

impl<'a> Clustering<'a> {
    /// A writer over another one of the same engine.
    ///
    /// # Errors
    /// [`EngineError`] where the last commit cannot be read.
    pub fn new(engine: &'a dyn Engine, writer: &'a mut dyn Writer) -> Result<Self, EngineError> {
        Ok(Self {
            state: engine.newest()?,
            engine,
            writer,
            added: HashMap::new(),
            by_source: HashMap::new(),
            by_mark: HashMap::new(),
            gone: HashSet::new(),
            lost: BTreeSet::new(),
            joined: ClusterUnions::default(),
            samples: HashMap::new(),
            numbered: 0,
        })
    }

    /// A number that no cluster had: of the commit that makes it, and in its order.
    fn new_cluster(&mut self) -> u64 {
        self.numbered += 1;
        self.writer.next_commit() << 32 | self.numbered
    }

    /// Printings that share marks with an article, by cluster, those that share most first.
    fn candidates(&self, article: &IndexedArticle) -> Result<Vec<(u64, Vec<ArticleId>)>, EngineError> {
        let own = article.article.id;
        let mut shared: HashMap<ArticleId, (u64, u32)> = HashMap::new();
        let standing = self.state.cluster_members(ClusterLookup::Marks(&article.marks))?;
        for one in standing.into_iter().filter(|one| self.is_unchanged(one.id) && one.cluster != 0) {
            shared.insert(one.id, (one.cluster, one.marks));
        }
        for id in article.marks.iter().filter_map(|mark| self.by_mark.get(mark)).flatten() {
            if let Some(cluster) = self.added.get(id) {
                shared.entry(*id).or_insert((*cluster, 0)).1 += 1;
            }
        }
        let mut clusters: BTreeMap<u64, Vec<(Reverse<u32>, ArticleId)>> = BTreeMap::new();
        for (id, (cluster, marks)) in shared.into_iter().filter(|(id, _)| *id != own) {
            clusters.entry(self.joined.root(cluster)).or_default().push((Reverse(marks), id));
        }
        clusters.values_mut().for_each(|printings| printings.sort_unstable());
        let mut clusters: Vec<_> = clusters.into_iter().collect();
        clusters.sort_by_key(|(cluster, printings)| (printings[0].0, *cluster));
        let ids = |printings: Vec<(Reverse<u32>, ArticleId)>| printings.into_iter().map(|(_, id)| id).collect();
        Ok(clusters.into_iter().map(|(cluster, printings)| (cluster, ids(printings))).collect())
    }

    /// Whether an article of the state is still what it was.
    fn is_unchanged(&self, id: ArticleId) -> bool {
        !self.gone.contains(&id) && !self.added.contains_key(&id)
    }

    fn article(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        if self.added.contains_key(&id) { self.writer.uncommitted(id) } else { Ok(self.state.articles(&[id])?.pop()) }
    }

    /// Whether an article is a reprint of one with this wording.
    fn is_reprint(&mut self, id: ArticleId, wording: &ShingleSet, sample: &[u64]) -> Result<bool, EngineError> {
        if self.samples.get(&id).is_some_and(|other| !may_be_reprint(sample, other)) {
            return Ok(false);
        }
        let Some(other) = self.article(id)? else { return Ok(false) };
        let other = ShingleSet::of_article(&other);
        self.keep_sample(id, other.sample());
        Ok(wording.is_reprint(&other))
    }

    fn keep_sample(&mut self, id: ArticleId, sample: Box<[u64]>) {
        if self.samples.len() >= SAMPLES {
            self.samples.clear();
        }
        self.samples.insert(id, sample);
    }

    /// The cluster of a new article: that of its reprints, which are one from now on.
    fn cluster_of(&mut self, article: &IndexedArticle) -> Result<u64, EngineError> {
        let candidates = self.candidates(article)?;
        let mut found: Option<u64> = None;
        let mut room = MOST_COMPARED;
        self.samples.remove(&article.article.id);
        if !candidates.is_empty() {
            let wording = ShingleSet::from_encoded(&article.field(TextField::Body).normal);
            let sample = wording.sample();
            for (cluster, printings) in candidates {
                let compared = &printings[..printings.len().min(room)];
                room -= compared.len();
                if self.is_one_of(compared, &wording, &sample)? {
                    found.into_iter().for_each(|other| self.joined.join(cluster, other));
                    found = Some(cluster);
                }
            }
            self.keep_sample(article.article.id, sample);
        }
        Ok(match found {
            Some(cluster) => self.joined.root(cluster),
            None => self.new_cluster(),
        })
    }

    fn is_one_of(
        &mut self,
        printings: &[ArticleId],
        wording: &ShingleSet,
        sample: &[u64],
    ) -> Result<bool, EngineError> {
        for id in printings {
            if self.is_reprint(*id, wording, sample)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The printings of some clusters as they will be, each with its cluster.
    fn printings_of(&self, clusters: &BTreeSet<u64>) -> Result<Vec<(ArticleId, u64)>, EngineError> {
        let numbers: Vec<u64> = clusters.iter().copied().collect();
        let mut printings = Vec::new();
        for part in numbers.chunks(LOOKED_UP) {
            let found = self
                .state
                .cluster_members(ClusterLookup::Clusters(part))?
                .into_iter()
                .filter(|one| self.is_unchanged(one.id));
            printings.extend(found.map(|one| (one.id, one.cluster)));
        }
        let added = self.added.iter().map(|(id, cluster)| (*id, *cluster));
        printings.extend(added.filter(|(_, cluster)| clusters.contains(cluster)));
        Ok(printings)
    }

    /// Joins and parts clusters by what came and went since the last commit.
    fn recluster(&mut self) -> Result<(), EngineError> {
        let joined: BTreeSet<u64> = self.joined.joined().collect();
        let mut changed: BTreeSet<u64> = joined.iter().map(|cluster| self.joined.root(*cluster)).collect();
        changed.extend(joined);
        changed.extend(&self.lost);
        let lost: BTreeSet<u64> = self.lost.iter().map(|cluster| self.joined.root(*cluster)).collect();
        let mut families: BTreeMap<u64, Vec<(ArticleId, u64)>> = BTreeMap::new();
        for (id, cluster) in self.printings_of(&changed)? {
            families.entry(self.joined.root(cluster)).or_default().push((id, cluster));
        }
        for (root, mut family) in families.into_iter().filter(|(_, family)| family.len() > 1) {
            family.sort_unstable();
            let parts = if lost.contains(&root) { self.parts(&family)? } else { vec![family] };
            for (number, part) in parts.into_iter().enumerate() {
                let cluster = if number == 0 { most_frequent(&part) } else { self.new_cluster() };
                for (id, _) in part.iter().filter(|(_, now)| *now != cluster) {
                    self.assign_cluster(*id, cluster)?;
                }
            }
        }
        Ok(())
    }

    /// The texts of a family, the one with most printings first.
    fn parts(&self, family: &[(ArticleId, u64)]) -> Result<Vec<Vec<(ArticleId, u64)>>, EngineError> {
        let mut members = Vec::new();
        let mut known = Vec::new();
        for (id, cluster) in family {
            if let Some(article) = self.article(*id)? {
                members.push(ReprintCandidate::from_article(&article));
                known.push((*id, *cluster));
            }
        }
        let part = |numbers: Vec<usize>| numbers.into_iter().map(|at| known[at]).collect();
        Ok(components(&members).into_iter().map(part).collect())
    }

    fn assign_cluster(&mut self, id: ArticleId, cluster: u64) -> Result<(), EngineError> {
        let Some(article) = self.article(id)? else { return Ok(()) };
        let mut article = indexed(article);
        article.cluster = cluster;
        self.writer.replace(article)?;
        self.added.insert(id, cluster);
        Ok(())
    }
}

/// The cluster that most of some printings have; of several the oldest.
fn most_frequent(printings: &[(ArticleId, u64)]) -> u64 {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    printings.iter().for_each(|(_, cluster)| *counts.entry(*cluster).or_default() += 1);
    counts.into_iter().max_by_key(|(cluster, count)| (*count, Reverse(*cluster))).map_or(0, |(cluster, _)| cluster)
}

impl Writer for Clustering<'_> {
    fn remove_source(&mut self, key: &SourceKey) -> Result<(), EngineError> {
        let ids = self.state.ids_of(key)?;
        let clusters = self.state.cluster_members(ClusterLookup::Ids(&ids))?.into_iter().map(|one| one.cluster);
        self.lost.extend(clusters.filter(|cluster| *cluster != 0));
        ids.iter().for_each(|id| drop(self.samples.remove(id)));
        self.gone.extend(ids);
        for id in self.by_source.remove(key).into_iter().flatten() {
            self.lost.extend(self.added.remove(&id));
        }
        self.writer.remove_source(key)
    }

    fn all_is_new(&mut self) {
        self.writer.all_is_new();
    }

    fn add(&mut self, mut article: IndexedArticle) -> Result<(), EngineError> {
        if !article.marks.is_empty() {
            article.cluster = self.cluster_of(&article)?;
            let id = article.article.id;
            self.added.insert(id, article.cluster);
            self.by_source.entry(article.article.place.source.clone()).or_default().push(id);
            article.marks.iter().for_each(|mark| self.by_mark.entry(*mark).or_default().push(id));
        }
        self.writer.add(article)
    }

    fn replace(&mut self, article: IndexedArticle) -> Result<(), EngineError> {
        self.gone.insert(article.article.id);
        self.writer.replace(article)
    }

    fn uncommitted(&self, id: ArticleId) -> Result<Option<Article>, EngineError> {
        self.writer.uncommitted(id)
    }

    fn put_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.writer.put_source(record)
    }

    fn replace_source(&mut self, record: &SourceRecord) -> Result<(), EngineError> {
        self.writer.replace_source(record)
    }

    fn put_page_record(&mut self, sheet: &PageRecord) -> Result<(), EngineError> {
        self.writer.put_page_record(sheet)
    }

    fn put_withdrawn(&mut self, withdrawn: &Withdrawn) -> Result<(), EngineError> {
        self.writer.put_withdrawn(withdrawn)
    }

    fn next_commit(&self) -> u64 {
        self.writer.next_commit()
    }

    fn remove_revisions(&mut self, id: ArticleId) -> Result<(), EngineError> {
        self.writer.remove_revisions(id)
    }

    fn put_revision(&mut self, former: &Revision) -> Result<(), EngineError> {
        self.writer.put_revision(former)
    }

    fn put_calendar(&mut self, calendar: &Calendar) -> Result<(), EngineError> {
        self.writer.put_calendar(calendar)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        self.recluster()?;
        self.writer.commit()?;
        self.state = self.engine.newest()?;
        self.added.clear();
        self.by_mark.clear();
        self.by_source.clear();
        self.gone.clear();
        self.lost.clear();
        self.joined = ClusterUnions::default();
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), EngineError> {
        Ok(())
    }
}
