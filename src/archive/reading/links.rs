//! Where the links of an article lead: the other part of a story on another page of the issue, the other stories under
//! one title. Told from what is in the index when it is asked, so that a page that comes later is found, and one that is
//! gone is not.

use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::model::{Article, ArticleId, Facet, Relation, RelationKind, TextField};
use crate::query::{Filter, Match, Plan, Sort};
use std::collections::HashSet;

/// A link and the articles that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLink {
    /// As the page prints it.
    pub relation: Relation,
    /// Ids and titles; empty where the other page is not held, or does not tell which of its stories it is.
    pub articles: Vec<(ArticleId, String)>,
}

/// The most stories of a page that are looked at.
const LOOKED_AT: usize = 300;

impl ArchiveView {
    /// The links of an article; `page`: the articles of its page.
    pub(in crate::archive) fn article_links(
        &self,
        article: &Article,
        page: &[Article],
    ) -> Result<Vec<ArticleLink>, ArchiveError> {
        let bond = |relation: &Relation| -> Result<ArticleLink, ArchiveError> {
            let articles = match relation.kind {
                RelationKind::Group => group(article, page),
                RelationKind::ContinuedFrom | RelationKind::ContinuedOn => self.other_part(article, relation)?,
            };
            Ok(ArticleLink { relation: relation.clone(), articles })
        };
        article.story.relations.iter().map(bond).collect()
    }

    /// The story on the page that a mark names, in the same issue, that has the opposite mark. Of several the one that
    /// shares most with this one.
    fn other_part(&self, article: &Article, relation: &Relation) -> Result<Vec<(ArticleId, String)>, ArchiveError> {
        let metadata = &article.metadata;
        let day = metadata.date.span.filter(|span| span.earliest == span.latest).map(|span| span.earliest);
        let (Some(day), false, false) = (day, metadata.paper.id.is_empty(), relation.page.is_empty()) else {
            return Ok(Vec::new());
        };
        let value = |facet, value: &str| Filter::Value { facet, any: vec![value.to_owned()], none: Vec::new() };
        let plan = Plan {
            filters: vec![
                value(Facet::Paper, &metadata.paper.id),
                value(Facet::Page, &relation.page),
                Filter::Dates { from: Some(day), to: Some(day) },
            ],
            sort: Sort::Page,
            limit: LOOKED_AT,
            ..Plan::for_match(Match::All)
        };
        let hits = self.state.search(&plan)?.hits.into_iter().map(|hit| hit.article);
        let marked = hits.filter(|other| other.id != article.id && answers(other, relation, &metadata.page));
        let mine = triples(article);
        let shared = |other: &Article| triples(other).intersection(&mine).count();
        let best = marked.map(|other| (shared(&other), other)).max_by_key(|(shared, _)| *shared);
        Ok(best.map(|(_, other)| (other.id, other.name())).into_iter().collect())
    }
}

/// Whether a story has the opposite of a mark, and it names this page or none.
fn answers(other: &Article, relation: &Relation, page: &str) -> bool {
    let wanted = match relation.kind {
        RelationKind::ContinuedFrom => RelationKind::ContinuedOn,
        _ => RelationKind::ContinuedFrom,
    };
    other.story.relations.iter().any(|mark| mark.kind == wanted && (mark.page.is_empty() || mark.page == page))
}

/// The other stories of a page under the same title.
fn group(article: &Article, page: &[Article]) -> Vec<(ArticleId, String)> {
    let same = |other: &&Article| other.id != article.id && other.story.group == article.story.group;
    page.iter().filter(same).map(|other| (other.id, other.name())).collect()
}

/// Three neighbouring characters of the body, each once.
fn triples(article: &Article) -> HashSet<[char; 3]> {
    let mut triples = HashSet::new();
    for text in article.paragraphs(TextField::Body) {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        triples.extend(chars.windows(3).map(|window| [window[0], window[1], window[2]]));
    }
    triples
}
