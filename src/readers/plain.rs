//! Plain page text: a file is a page, a non-blank line is a block.

use super::{Claim, Found, Reader, has_extension};
use crate::model::Problem;

/// A page is at most this many characters; a printed page has some ten thousand.
const MAX_PAGE: usize = 300_000;

/// A page is at most this many blocks; a printed page has some hundred.
const MAX_BLOCKS: usize = 5_000;

pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn claims(&self, path: &str) -> Claim {
        if has_extension(path, &["txt", "text"]) { Claim::ByName } else { Claim::No }
    }

    fn read(&self, text: &str, found: &mut dyn FnMut(Found)) {
        let length = text.chars().count();
        let blocks = text.lines().filter(|line| !line.trim().is_empty()).count();
        if length <= MAX_PAGE && blocks <= MAX_BLOCKS {
            return found(Found::Page(text.to_owned()));
        }
        let longest =
            text.lines().enumerate().max_by_key(|(_, line)| line.len()).map_or(0, |(number, _)| number as u64 + 1);
        let message = format!(
            "has {length} characters in {blocks} blocks, and a page has at most {MAX_PAGE} in {MAX_BLOCKS} (longest line: {longest}); split the file into its pages"
        );
        found(Found::Refused(Problem {
            code: "page_too_large".into(),
            line: None,
            message,
            characters: length as u64,
        }));
    }
}
