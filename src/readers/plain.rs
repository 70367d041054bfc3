//! Plain page text: a file is a page, a paragraph or a printed line a line.

use super::{Claim, ReadFault, Reader, ReaderLimits, ReaderOutput, SourceFile};
use crate::model::{Problem, ProblemCode, SourcePage};

pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if file.has_extension(&["txt", "text"]) { Claim::ByName } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.plain_text().map_err(Clone::clone)?.text;
        found(match too_large(text, &file.limits) {
            Some(problem) => ReaderOutput::Refused(problem),
            None => ReaderOutput::Page(Box::new(SourcePage::of_text(text))),
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
    let numbers = [length as u64, lines as u64, most as u64, most_lines as u64, longest];
    let arguments = std::iter::once("file".to_owned()).chain(numbers.map(|number| number.to_string()));
    Some(Problem::of_file(ProblemCode::PageTooLarge, arguments).losing(length as u64))
}
