//! Families of reprints: the printings of one text, as the index has them in clusters ([`crate::reprints`]).

use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::engine::{ClusterLookup, ClusterMember};
use crate::enrich::shingles;
use crate::model::{Article, ArticleId, DateSpan, TextField};
use crate::query::printing_order;
use crate::reprints::ShingleSet;
use crate::text::NormalForm;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most passages that are named as cut.
const MOST_CUT: usize = 20;

/// One printing of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Reprint {
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
pub struct ReprintCluster {
    /// First appearance first; undated ones last.
    pub printings: Vec<Reprint>,
    /// The fullest of them.
    pub fullest: ArticleId,
}

/// An article with its wording.
struct ReprintWording {
    article: Article,
    wording: ShingleSet,
}

impl ArchiveView {
    /// The family of an article; `None` where it was printed once.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn family(&self, article: &Article) -> Result<Option<ReprintCluster>, ArchiveError> {
        let ids = self.reprints(article.id)?;
        let articles = self.state.articles(&ids[..ids.len().min(self.limits.reprints_shown)])?;
        let member = |article| ReprintWording { wording: ShingleSet::of_article(&article), article };
        let mut members: Vec<ReprintWording> = articles.into_iter().map(member).collect();
        let first_day = |member: &ReprintWording| member.article.metadata.date.span.map(|span| span.earliest.number());
        members.sort_by_key(|member| printing_order(first_day(member), member.article.id));
        // Of equally full ones the first appearance.
        let fullest = members.iter().rev().max_by_key(|member| member.wording.len());
        let Some(fullest) = fullest.filter(|_| members.len() > 1) else { return Ok(None) };
        let printings = members.iter().map(|member| printing(member, fullest)).collect();
        Ok(Some(ReprintCluster { printings, fullest: fullest.article.id }))
    }

    /// The ids of all printings of an article's text, in ascending order; empty where it was printed once.
    pub(in crate::archive) fn reprints(&self, id: ArticleId) -> Result<Arc<[ArticleId]>, ArchiveError> {
        let clusters = self.state.cluster_members(ClusterLookup::Ids(&[id]))?.into_iter().map(|one| one.cluster);
        let families = self.families(clusters)?;
        Ok(families.into_values().next().unwrap_or_default())
    }

    /// The ids of all printings of texts, by their clusters, in ascending order; none of a text that was printed once.
    pub(in crate::archive) fn families(
        &self,
        clusters: impl IntoIterator<Item = u64>,
    ) -> Result<BTreeMap<u64, Arc<[ArticleId]>>, ArchiveError> {
        let clusters: BTreeSet<u64> = clusters.into_iter().filter(|cluster| *cluster != 0).collect();
        if clusters.is_empty() {
            return Ok(BTreeMap::new());
        }
        let printings =
            self.state.cluster_members(ClusterLookup::Clusters(&clusters.into_iter().collect::<Vec<_>>()))?;
        let families = printings.chunk_by(|one, other| one.cluster == other.cluster);
        let ids = |family: &[ClusterMember]| family.iter().map(|one| one.id).collect();
        Ok(families.filter(|family| family.len() > 1).map(|family| (family[0].cluster, ids(family))).collect())
    }
}

fn printing(member: &ReprintWording, fullest: &ReprintWording) -> Reprint {
    let (article, metadata) = (&member.article, &member.article.metadata);
    let common = fullest.wording.in_common(&member.wording);
    Reprint {
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
fn cut(fullest: &Article, own: &ShingleSet) -> Vec<String> {
    let missing = |paragraph: &&str| {
        let wording = shingles(NormalForm::from_paragraphs([*paragraph]).encoded());
        let kept = wording.iter().filter(|shingle| own.has(**shingle)).count();
        !wording.is_empty() && kept * 2 < wording.len()
    };
    fullest.paragraphs(TextField::Body).into_iter().filter(missing).take(MOST_CUT).map(str::to_owned).collect()
}
