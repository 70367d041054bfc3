//! The half of what is labelled that no rule may look at.

use crate::model::ArticleId;

/// Whether an article is in the half that no rule, weight, word list or threshold may be made from, and whose texts are not
/// read to find out what went wrong: its figures alone are looked at.
///
/// An id is the beginning of a SHA-256 digest, so its last bit is as good as a coin; it is that an odd last digit tells. The
/// half of an article is the same on every machine, in every run and in every version. The invented articles of
/// `tests/press` have the ids [`ArticleId::of_item`]`("tests/press", id)`.
pub fn held_out(id: ArticleId) -> bool {
    id.as_u64() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Once told, a half is never told otherwise.
    #[test]
    fn halves_stay_as_they_are() {
        let half = |id: &str| held_out(ArticleId::of_item("tests/press", id));
        let ids = ["a-001", "a-002", "a-003", "b-001", "c-001", "d-001", "e-001", "f-001"];
        assert_eq!(ids.map(half), [true, true, false, true, false, true, false, false]);
        let count = (0..1000).filter(|n| half(&format!("n-{n}"))).count();
        assert!((450..550).contains(&count), "{count}");
    }
}
