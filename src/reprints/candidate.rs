//! Which of some articles are printings of one text.

use super::shingles::ShingleSet;
use super::union_find::ClusterUnions;
use crate::enrich::reprint_marks;
use crate::model::{Article, ArticleId, TextField};
use crate::text::NormalForm;
use std::collections::HashMap;

/// An article with what tells its reprints.
#[derive(Clone, Debug)]
pub struct ReprintCandidate {
    /// The article.
    pub id: ArticleId,
    marks: Vec<u32>,
    wording: ShingleSet,
}

impl ReprintCandidate {
    /// What tells the reprints of an article.
    pub fn from_article(article: &Article) -> Self {
        let normal = NormalForm::from_paragraphs(article.paragraphs(TextField::Body));
        let encoded = normal.encoded();
        Self { id: article.id, marks: reprint_marks(encoded), wording: ShingleSet::from_encoded(encoded) }
    }
}

/// The members that are printings of one text, by their numbers in the list: those that share a mark and most of their
/// wording, and what is linked to them by others. The larger ones first, then by their first members.
pub fn components(members: &[ReprintCandidate]) -> Vec<Vec<usize>> {
    let mut unions = ClusterUnions::default();
    let mut with_mark: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        let earlier = member.marks.iter().filter_map(|mark| with_mark.get(mark)).flatten();
        for other in earlier {
            let apart = unions.root(at as u64) != unions.root(*other as u64);
            if apart && member.wording.is_reprint(&members[*other].wording) {
                unions.join(at as u64, *other as u64);
            }
        }
        member.marks.iter().for_each(|mark| with_mark.entry(*mark).or_default().push(at));
    }
    let mut components: HashMap<u64, Vec<usize>> = HashMap::new();
    (0..members.len()).for_each(|at| components.entry(unions.root(at as u64)).or_default().push(at));
    let mut components: Vec<Vec<usize>> = components.into_values().collect();
    components.sort_by_key(|one| (std::cmp::Reverse(one.len()), one[0]));
    components
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: u64, marks: &[u32], shingles: std::ops::Range<u64>) -> ReprintCandidate {
        let wording = ShingleSet::from_shingles(shingles.collect());
        ReprintCandidate { id: ArticleId::from_u64(id), marks: marks.to_vec(), wording }
    }

    #[test]
    fn what_is_linked_by_a_third_is_one_text() {
        let (one, third, other) = (member(1, &[1], 0..100), member(2, &[1, 2], 30..170), member(3, &[2], 100..200));
        assert_eq!(components(&[one.clone(), other.clone()]), [vec![0], vec![1]]);
        assert_eq!(components(&[one, other, third]), [vec![0, 1, 2]]);
    }
}
