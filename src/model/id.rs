//! Article identity.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The permanent name of an article: 64 bits, printed as 16 lower-case hexadecimal digits.
///
/// It depends on the source alone (see [`ArticleId::of_page`] and [`ArticleId::of_item`]), never on the order of a
/// run or on where the machine keeps the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u64);

super::compact::text_or_number!(ArticleId, u64, |id: &ArticleId| id.0, |number| Ok(ArticleId(number)));

/// The text is not 16 hexadecimal digits.
#[derive(Debug, thiserror::Error)]
#[error("an article id is 16 hexadecimal digits, not `{0}`")]
pub struct IdParseError(String);

impl ArticleId {
    /// The id of an article cut from a page: root name, path below the root, the normal form of the article's first
    /// block, and its number (from 0) among the page's articles whose first block reads the same.
    pub fn of_page(root: &str, path: &str, first_block: &str, number: usize) -> Self {
        Self::hash(&["page", root, path, first_block, &number.to_string()])
    }

    /// The id of a JSON Lines item: its `source` (or the file it stands in) and its own `id`.
    pub fn of_item(source: &str, id: &str) -> Self {
        Self::hash(&["item", source, id])
    }

    /// The id as a number, the form in which an engine sorts it.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// The id whose number is `value`.
    pub fn from_u64(value: u64) -> Self {
        Self(value)
    }

    fn hash(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let digest = hasher.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ArticleId {
    type Err = IdParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        u64::from_str_radix(text, 16)
            .ok()
            .filter(|_| valid)
            .map(Self)
            .ok_or_else(|| IdParseError(text.chars().take(64).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_parses() {
        for n in [0, 1, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = ArticleId::from_u64(n);
            assert_eq!(id.to_string().parse::<ArticleId>().map(ArticleId::as_u64).ok(), Some(n));
        }
        for bad in ["", "12", "0123456789ABCDEF", "0123456789abcdeg", "+123456789abcdef"] {
            assert!(bad.parse::<ArticleId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(ArticleId::of_item("ab", "c"), ArticleId::of_item("a", "bc"));
        assert_ne!(ArticleId::of_page("r", "p", "x", 0), ArticleId::of_page("r", "p", "x", 1));
    }
}
