//! Old links keep working: when a page is cut differently than before, an article of the old cut lives on as a former
//! id of the new article that holds most of it.

use super::file_task::FileTask;
use crate::engine::{EngineError, Snapshot};
use crate::model::{Article, ArticleId, IndexedArticle};
use std::collections::HashSet;

/// Gives the new articles of a page the ids of the old ones that no new article has.
pub(super) fn carry_over(
    state: &dyn Snapshot,
    task: &FileTask,
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
        let pieces = pieces(gone);
        let heir = new.iter_mut().max_by_key(|article| shared(&pieces, &article.article));
        let holds_it = |heir: &&mut IndexedArticle| shared(&pieces, &heir.article) * HELD >= pieces.len();
        if let Some(heir) = heir.filter(|heir| !names.is_empty() && holds_it(heir)) {
            for id in names {
                heir.facets.add(crate::model::Facet::FormerId, &id.to_string());
                heir.article.former_ids.push(id);
            }
        }
    }
    new
}

/// Of the pieces of an old article its heir holds one in so many at least: a sentence or two stand in many articles.
const HELD: usize = 3;

/// Characters of a piece of a text.
const PIECE: usize = 10;

/// The text of an old article in pieces of ten characters; what is left over at the end stands in any text. One that is
/// shorter is a piece itself.
fn pieces(old: &Article) -> Vec<String> {
    let text: Vec<char> = whole_text(old).chars().collect();
    let whole = text.chunks_exact(PIECE).map(|piece| piece.iter().collect());
    if text.len() < PIECE { vec![text.iter().collect()] } else { whole.collect() }
}

/// How many of the pieces an article holds.
fn shared(pieces: &[String], new: &Article) -> usize {
    let text = whole_text(new);
    pieces.iter().filter(|piece| !piece.is_empty() && text.contains(piece.as_str())).count()
}

fn whole_text(article: &Article) -> String {
    let story = &article.story;
    let passages = story.body.iter().chain(&story.captions).map(|passage| passage.text.as_str());
    [story.column.as_str(), &story.kicker, &story.title, &story.subtitle].into_iter().chain(passages).collect()
}
