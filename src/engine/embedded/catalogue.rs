//! What is known beside the articles in an opened commit.

use super::state::EmbeddedSnapshot;
use super::{FORMER, PAGE, SOURCE, lower, statistics};
use crate::engine::{Catalogue, EngineError};
use crate::model::{
    Article, ArticleId, Calendar, Facet, Holding, PageRecord, Revision, SourceKey, SourceRecord, Withdrawn,
};
use std::ops::Bound;
use tantivy::collector::DocSetCollector;
use tantivy::postings::Postings;
use tantivy::query::{BooleanQuery, Query, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED, TantivyError, Term};

impl EmbeddedSnapshot {
    fn of_file(&self, key: &SourceKey) -> Box<dyn Query> {
        lower::of_articles(self.fields(), lower::term(self.fields().source, &key.to_string()))
    }

    /// The records of source files of a segment, deleted ones too, in ascending order.
    fn source_docs(&self, segment: &SegmentReader) -> Result<Vec<DocId>, TantivyError> {
        let mark = Term::from_field_text(self.fields().record, SOURCE);
        let index = segment.inverted_index(self.fields().record)?;
        let Some(mut postings) = index.read_postings(&mark, IndexRecordOption::Basic)? else { return Ok(Vec::new()) };
        Ok(all_docs(&mut postings))
    }

    /// The first records of a segment whose names lie behind a name, with their names.
    fn named_sources(
        &self,
        segment: u32,
        bounds: (Bound<&[u8]>, Bound<&[u8]>),
        limit: usize,
    ) -> Result<Vec<(Vec<u8>, DocAddress)>, EngineError> {
        let reader = self.searcher.segment_reader(segment);
        let sources = self.source_docs(reader)?;
        let mut found = Vec::new();
        if sources.is_empty() {
            return Ok(found);
        }
        let index = reader.inverted_index(self.fields().source)?;
        let mut names = index.terms().range();
        names = match bounds.0 {
            Bound::Included(name) => names.ge(name),
            Bound::Excluded(name) => names.gt(name),
            Bound::Unbounded => names,
        };
        if let Bound::Excluded(end) = bounds.1 {
            names = names.lt(end);
        }
        let mut names = names.into_stream().map_err(TantivyError::from)?;
        while found.len() < limit && names.advance() {
            let mut postings = index
                .read_postings_from_terminfo(names.value(), IndexRecordOption::Basic)
                .map_err(TantivyError::from)?;
            let stands = |doc: &DocId| {
                sources.binary_search(doc).is_ok() && reader.alive_bitset().is_none_or(|alive| alive.is_alive(*doc))
            };
            let records = all_docs(&mut postings).into_iter().filter(stands);
            found.extend(records.map(|doc| (names.key().to_vec(), DocAddress::new(segment, doc))));
        }
        Ok(found)
    }
}

fn all_docs(postings: &mut impl Postings) -> Vec<DocId> {
    let mut docs = Vec::new();
    let mut doc = postings.doc();
    while doc != TERMINATED {
        docs.push(doc);
        doc = postings.advance();
    }
    docs
}

impl Catalogue for EmbeddedSnapshot {
    fn source(&self, key: &SourceKey) -> Result<Option<SourceRecord>, EngineError> {
        let named = lower::term(self.fields().source, &key.to_string());
        self.first(&BooleanQuery::intersection(vec![lower::term(self.fields().record, SOURCE), named]))
    }

    fn sources(
        &self,
        root: Option<&str>,
        after: Option<&SourceKey>,
        limit: usize,
    ) -> Result<Vec<SourceRecord>, EngineError> {
        let after = after.map(ToString::to_string);
        let (start, end) = root.map(|root| (format!("{root}/"), format!("{root}0"))).unzip();
        let first = match (&after, &start) {
            (Some(after), start) if start.as_ref().is_none_or(|start| after >= start) => {
                Bound::Excluded(after.as_bytes())
            }
            (_, Some(start)) => Bound::Included(start.as_bytes()),
            (_, None) => Bound::Unbounded,
        };
        let last = end.as_ref().map_or(Bound::Unbounded, |end| Bound::Excluded(end.as_bytes()));
        let mut found = Vec::new();
        for segment in 0..self.columns.len() as u32 {
            found.extend(self.named_sources(segment, (first, last), limit)?);
        }
        found.sort_unstable();
        self.records(found.into_iter().take(limit).map(|(_, address)| address))
    }

    fn holdings(&self) -> Result<Vec<Holding>, EngineError> {
        let mut holdings = Vec::new();
        for (segment, columns) in self.columns.iter().enumerate() {
            let reader = self.searcher.segment_reader(segment as u32);
            let alive = |doc: DocId| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            let known = columns.holdings(|| self.holdings_of(segment as u32))?;
            holdings.extend(known.iter().filter(|(doc, _)| alive(*doc)).map(|(_, holding)| holding.clone()));
        }
        Ok(holdings)
    }

    fn calendar(&self) -> Result<Calendar, EngineError> {
        Ok(self.payload.calendar.clone())
    }

    fn revisions(&self, ids: &[ArticleId]) -> Result<Vec<Revision>, EngineError> {
        let (id, former) = (self.fields().id, self.fields().facet(Facet::FormerId));
        let named = ids
            .iter()
            .flat_map(|one| [Term::from_field_u64(id, one.as_u64()), Term::from_field_text(former, &one.to_string())]);
        let named = Box::new(TermSetQuery::new(named));
        self.matching(&BooleanQuery::intersection(vec![lower::term(self.fields().record, FORMER), named]))
    }

    fn revisions_at(&self, commit: u64) -> Result<Vec<Revision>, EngineError> {
        self.matching(&*lower::formers_at(self.fields(), commit))
    }

    fn ids_of(&self, key: &SourceKey) -> Result<Vec<ArticleId>, EngineError> {
        let found = self.searcher.search(&*self.of_file(key), &DocSetCollector)?;
        let id = |address: DocAddress| self.columns[address.segment_ord as usize].id(address.doc_id);
        Ok(found.into_iter().map(id).collect())
    }

    fn articles_of(&self, key: &SourceKey) -> Result<Vec<Article>, EngineError> {
        self.matching(&*self.of_file(key))
    }

    fn page_record(&self, page_key: &str) -> Result<Option<PageRecord>, EngineError> {
        let pages = lower::term(self.fields().record, PAGE);
        let with_key = lower::term(self.fields().facet(Facet::PageKey), page_key);
        self.first(&BooleanQuery::intersection(vec![pages, with_key]))
    }

    fn least_sure(&self, from: usize, limit: usize) -> Result<Vec<PageRecord>, EngineError> {
        let pages = lower::term(self.fields().record, PAGE);
        self.records(statistics::lowest_in_order(&self.searcher, &*pages, from, limit)?)
    }

    fn withdrawn(&self, id: ArticleId) -> Result<Option<Withdrawn>, EngineError> {
        self.by_id(id)
    }
}

impl EmbeddedSnapshot {
    /// What the source files of a segment hold, deleted ones among them, each with its document.
    fn holdings_of(&self, segment: u32) -> Result<Vec<(DocId, Holding)>, EngineError> {
        let docs = self.source_docs(self.searcher.segment_reader(segment))?;
        let records: Vec<SourceRecord> = self.records(docs.iter().map(|doc| DocAddress::new(segment, *doc)))?;
        let held = |(doc, record): (DocId, SourceRecord)| record.holdings.into_iter().map(move |one| (doc, one));
        Ok(docs.into_iter().zip(records).flat_map(held).collect())
    }
}
