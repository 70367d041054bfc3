//! Article → what an engine stores and looks up: tokens of its five texts, its filter values, and the marks of its reprints.

use crate::enrich::reprint_marks;
use crate::model::{Article, Facet, Facets, FieldTokens, IndexedArticle, Precision, TextField};
use crate::tables::regions;
use crate::text::{analyze, folded_name};

/// The facet value of an article without a date.
const UNDATED: &str = "undated";

/// An article with its tokens and filter values.
pub fn indexed(article: Article) -> IndexedArticle {
    let facets = facets(&article);
    with_facets(article, facets)
}

/// An article with its tokens, and filter values that are known.
pub fn with_facets(article: Article, facets: Facets) -> IndexedArticle {
    let tokens = |field| -> FieldTokens { analyze(article.paragraphs(field)) };
    let fields = TextField::ALL.map(tokens);
    let marks = reprint_marks(&fields[TextField::Body as usize].normal);
    IndexedArticle { article, fields, facets, marks, cluster: 0 }
}

/// The filter values of an article.
pub fn facets(article: &Article) -> Facets {
    let metadata = &article.metadata;
    let mut facets = Facets::default();
    for region in &metadata.regions {
        region.codes.iter().for_each(|code| facets.add(Facet::Region, code));
        for (facet, code) in [Facet::Province, Facet::Prefecture, Facet::County].into_iter().zip(levels(&region.today))
        {
            facets.add(facet, &code);
        }
    }
    metadata.topics.iter().for_each(|topic| facets.add(Facet::Topic, &topic.id));
    facets.add(Facet::Paper, &metadata.paper.id);
    facets.add(Facet::Page, &metadata.page);
    facets.add(Facet::Kind, article.story.kind.name());
    let persons = metadata.bylines.iter().filter(|byline| !byline.office);
    persons.for_each(|byline| facets.add(Facet::Byline, &folded_name(&byline.name)));
    add_dates(&mut facets, article);
    metadata.bodies.iter().for_each(|body| facets.add(Facet::Body, &body.name));
    facets.add(Facet::PageKey, &article.place.page_key);
    article.former_ids.iter().for_each(|id| facets.add(Facet::FormerId, &id.to_string()));
    facets
}

/// Province, prefecture and county code of a path of today; empty where the path has no such level.
fn levels(path: &[String]) -> [String; 3] {
    use crate::tables::Level;
    let mut levels = [String::new(), String::new(), String::new()];
    for code in path {
        let level = regions().today(code).map(|unit| unit.level);
        let place = match level {
            Some(Level::Province) => 0,
            Some(Level::Prefecture) => 1,
            Some(Level::County) => 2,
            None => continue,
        };
        levels[place].clone_from(code);
    }
    levels
}

fn add_dates(facets: &mut Facets, article: &Article) {
    let Some(span) = article.metadata.date.span else { return facets.add(Facet::Year, UNDATED) };
    let (first, last) = (span.earliest, span.latest);
    if first.year() == last.year() {
        facets.add(Facet::Year, &format!("{:04}", first.year()));
        if first.month() == last.month() && span.precision <= Precision::Month {
            facets.add(Facet::Month, &format!("{:04}-{:02}", first.year(), first.month()));
        }
    }
}
