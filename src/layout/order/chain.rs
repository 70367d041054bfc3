//! Chains: runs that follow each other as one text.

use super::link::RunLink;
use super::stack::DisjointSets;

/// The runs of text in chains: from the candidates by falling points, one step out of and one into each run, and no
/// circle.
pub(super) fn chains(count: usize, is_text: impl Fn(usize) -> bool, links: &[RunLink]) -> Vec<Vec<usize>> {
    let mut ranked: Vec<(f32, &RunLink)> = links.iter().map(|link| (link.points(), link)).collect();
    ranked.retain(|(points, _)| *points > 0.0);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.from, a.1.to).cmp(&(b.1.from, b.1.to))));
    let (mut next, mut entered) = (vec![None; count], vec![false; count]);
    let mut groups = DisjointSets::new(count);
    for (_, link) in ranked {
        if next[link.from].is_none() && !entered[link.to] && groups.join(link.from, link.to) {
            next[link.from] = Some(link.to);
            entered[link.to] = true;
        }
    }
    (0..count)
        .filter(|&run| is_text(run) && !entered[run])
        .map(|first| std::iter::successors(Some(first), |&run| next[run]).collect())
        .collect()
}
