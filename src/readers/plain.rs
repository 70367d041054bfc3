//! Plain page text: a file is a page, a paragraph or a printed line a line.

use super::{Claim, Found, ReadFault, Reader, ReaderLimits, SourceFile};
use crate::model::{Problem, SourcePage};

pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if file.has_extension(&["txt", "text"]) { Claim::ByName } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(Found)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        found(match too_large(text, &file.limits) {
            Some(problem) => Found::Refused(problem),
            None => Found::Page(Box::new(SourcePage::of_text(text))),
        });
        Ok(())
    }
}

/// What is said of a text that is longer than a page.
fn too_large(text: &str, limits: &ReaderLimits) -> Option<Problem> {
    let (most, most_lines) = (limits.page_characters, limits.page_lines);
    let length = text.chars().count();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if length <= most && lines <= most_lines {
        return None;
    }
    let longest =
        text.lines().enumerate().max_by_key(|(_, line)| line.len()).map_or(0, |(number, _)| number as u64 + 1);
    let message = format!(
        "has {length} characters in {lines} lines, and a page has at most {most} in {most_lines} (longest line: {longest}); split the file into its pages"
    );
    Some(Problem { code: "page_too_large".into(), line: None, message, characters: length as u64 })
}
