//! Old links keep working: when a page is cut differently than before, an article of the old cut lives on as a former
//! id of the new article that holds most of it.

use super::compare::Task;
use crate::engine::{EngineError, Snapshot};
use crate::model::{Article, ArticleId, IndexedArticle};
use std::collections::HashSet;

/// Gives the new articles of a page the ids of the old ones that no new article has.
pub(super) fn carry_over(
    state: &dyn Snapshot,
    task: &Task,
    new: Vec<IndexedArticle>,
) -> Result<Vec<IndexedArticle>, EngineError> {
    let is_page = new.iter().any(|article| article.article.story.first_block() > 0);
    if task.known.is_none() || !is_page {
        return Ok(new);
    }
    let old = state.articles_of(&task.key)?;
    Ok(match_ids(&old, new))
}

fn match_ids(old: &[Article], mut new: Vec<IndexedArticle>) -> Vec<IndexedArticle> {
    let ids: HashSet<ArticleId> = new.iter().map(|article| article.article.id).collect();
    for gone in old {
        let names: Vec<ArticleId> =
            std::iter::once(gone.id).chain(gone.former_ids.iter().copied()).filter(|id| !ids.contains(id)).collect();
        let heir = new.iter_mut().max_by_key(|article| shared(gone, &article.article));
        if let Some(heir) = heir.filter(|heir| !names.is_empty() && shared(gone, &heir.article) > 0) {
            for id in names {
                heir.facets.add(crate::model::Facet::FormerId, &id.to_string());
                heir.article.former_ids.push(id);
            }
        }
    }
    new
}

/// Characters of the passages and headlines that two articles share, found by ten-character pieces of the old one.
fn shared(old: &Article, new: &Article) -> usize {
    const PIECE: usize = 10;
    let text = whole_text(new);
    let old: Vec<char> = whole_text(old).chars().collect();
    old.chunks(PIECE).filter(|piece| text.contains(&piece.iter().collect::<String>())).count()
}

fn whole_text(article: &Article) -> String {
    let story = &article.story;
    let passages = story.body.iter().chain(&story.captions).map(|passage| passage.text.as_str());
    [story.column.as_str(), &story.kicker, &story.title, &story.subtitle].into_iter().chain(passages).collect()
}
