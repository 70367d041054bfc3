//! What the archive holds, counted, and what a person reads for a counted value.

use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::archive::view::derived::DerivedValue;
use crate::engine::{FacetCount, Snapshot};
use crate::model::Facet;
use crate::query::{Match, Plan};
use crate::tables::{papers, regions};
use std::sync::Arc;

/// Values of a facet that are given; the rest are counted but not listed.
const FACET_VALUES: usize = 100;

/// A counted value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What a filter takes.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// Matching articles with it.
    pub count: u64,
}

/// What the archive holds, for the first page and for the choices of the filters.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Number of articles.
    pub articles: u64,
    /// Counts over all articles: year (with `undated`), province, topic, paper, kind.
    pub facets: Vec<(Facet, Vec<FacetValue>)>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    /// What the archive holds; while that is counted of a new state, what it held before.
    ///
    /// # Errors
    /// [`ArchiveError::Engine`].
    pub fn overview(&self) -> Result<Arc<Overview>, ArchiveError> {
        let states = (Arc::clone(&self.state), self.without_deadline());
        self.kept.get::<DerivedValue<Overview>>().latest(self.state.commit_id(), states, |state| count_all(&*state))
    }
}

fn count_all(state: &dyn Snapshot) -> Result<Overview, ArchiveError> {
    let facets = vec![Facet::Year, Facet::Province, Facet::Topic, Facet::Paper, Facet::Kind];
    let answer = state.search(&Plan { facets, ..Plan::for_match(Match::All) })?;
    let facets = answer.facets.into_iter().map(facet_values).collect();
    Ok(Overview { articles: answer.total, facets, generation: state.commit_id().to_string() })
}

pub(in crate::archive) fn facet_values(facet: FacetCount) -> (Facet, Vec<FacetValue>) {
    let label = |value: &str| facet_label(facet.facet, value);
    let values = facet.counts.into_iter().take(FACET_VALUES);
    let values = values.map(|(value, count)| FacetValue { label: label(&value), value, count }).collect();
    (facet.facet, values)
}

/// What a person reads for a facet value.
pub fn facet_label(facet: Facet, value: &str) -> String {
    match facet {
        Facet::Region | Facet::Province | Facet::Prefecture | Facet::County => {
            regions().at(value, None).map_or_else(|| value.to_owned(), |unit| unit.name.to_owned())
        }
        Facet::Paper => papers().find(value).map_or_else(|| value.to_owned(), |paper| paper.name.clone()),
        _ => value.to_owned(),
    }
}
