//! JSON Lines: one article a line. `body` is required, a line feed in it ends a paragraph.
//!
//! The names of fields are ours, those of a `mapping.toml`, or the usual ones of `tables/columns.toml`. Unknown members are
//! kept as they are.

use super::item::ItemEmitter;
use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{Problem, ProblemCode};
use serde_json::{Map, Value};

pub(super) struct Jsonl;

impl Reader for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if file.has_extension(&["jsonl", "ndjson"]) { Claim::ByName } else { Claim::No }
    }

    fn gives_pages(&self) -> bool {
        false
    }

    fn reads_by_line(&self) -> bool {
        true
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let mut items = ItemEmitter::new(file.mapping);
        for (number, line) in (file.first_line..).zip(text.split_inclusive('\n')) {
            let characters = line.chars().count() as u64;
            match object_of(line, file.limits.json_line_bytes) {
                Ok(None) => found(ReaderOutput::Blank(characters)),
                Ok(Some(object)) => items.emit(object, number, characters, found),
                Err(problem) => found(ReaderOutput::Refused(problem.in_line(number).losing(characters))),
            }
        }
        Ok(())
    }
}

/// The object of a line; `None` of a blank one.
fn object_of(line: &str, most: usize) -> Result<Option<Map<String, Value>>, Problem> {
    if line.len() > most {
        return Err(Problem::of_file(ProblemCode::LineTooLong, [line.len(), most]));
    }
    let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if trimmed.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(trimmed).map(Some).map_err(|error| Problem::of_file(ProblemCode::BadJson, [error]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Story;

    fn read(text: &str) -> Vec<ReaderOutput> {
        let mut all = Vec::new();
        let file = SourceFile::new("a.jsonl", text.as_bytes(), None);
        Jsonl.read(&file, &mut |found| all.push(found)).unwrap();
        all
    }

    fn item(text: &str) -> Story {
        match read(text).pop() {
            Some(ReaderOutput::Item(story, _)) => *story,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_item_is_read_with_all_its_fields() {
        let story = item(
            r#"{"id":7,"title":"题","date":"2014-04","paper":"报","page":2,"topics":["维权"],"body":"一。\n二。","editor":"x"}"#,
        );
        assert_eq!(story.given.id.as_deref(), Some("7"));
        assert_eq!(story.given.page.as_deref(), Some("2"));
        assert_eq!(story.body.len(), 2);
        assert_eq!(story.given.extra, [("editor".to_owned(), "\"x\"".to_owned())]);
    }

    #[test]
    fn broken_lines_are_reported_with_their_number() {
        let found = read("{\"body\":\"好\"}\n{\"body\":\n\n{\"title\":\"x\"}\n[1]\n");
        let codes: Vec<(String, Option<u64>)> = found
            .iter()
            .filter_map(|found| match found {
                ReaderOutput::Refused(problem) => Some((problem.code.clone(), problem.line)),
                _ => None,
            })
            .collect();
        assert_eq!(codes, [("bad_json".into(), Some(2)), ("no_body".into(), Some(4)), ("bad_json".into(), Some(5))]);
    }

    #[test]
    fn every_character_is_accounted_for() {
        let text = "{\"body\":\"好\"}\n\n  \nnot json\n{\"body\":\"\"}\n{\"body\":\"尾\"}";
        let sum: u64 = read(text)
            .iter()
            .map(|found| match found {
                ReaderOutput::Item(_, n) | ReaderOutput::Blank(n) | ReaderOutput::Furniture(n) => *n,
                ReaderOutput::Refused(problem) => problem.characters,
                ReaderOutput::Page(_) | ReaderOutput::Remark(_) | ReaderOutput::PictureMap(_) => 0,
            })
            .sum();
        assert_eq!(sum, text.chars().count() as u64);
    }

    /// It was told first as a field that is not known.
    #[test]
    fn a_wrong_date_is_reported_as_that_and_kept() {
        let found = read("{\"body\":\"好\",\"date\":\"2014-13-01\"}");
        assert!(matches!(&found[0], ReaderOutput::Remark(problem) if problem.is(ProblemCode::BadDate)), "{found:?}");
        assert!(matches!(&found[1], ReaderOutput::Item(story, _) if story.given.extra.len() == 1), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn dates_as_exports_write_them() {
        for date in [
            "2014/01/02",
            "2014.1.2",
            "20140102",
            "2014年1月2日",
            "2014 年 1 月 2 日",
            "2014-01-02T08:00:00+08:00",
            "2014/1/2 8:00",
        ] {
            let story = item(&format!("{{\"body\":\"好\",\"date\":\"{date}\"}}"));
            assert_eq!(story.given.date.map(|date| date.to_string()).as_deref(), Some("2014-01-02"), "{date}");
        }
        assert_eq!(
            item("{\"body\":\"好\",\"date\":20140102}").given.date.map(|d| d.to_string()).as_deref(),
            Some("2014-01-02")
        );
    }

    #[test]
    fn html_in_a_body_was_kept_as_text_without_a_word() {
        let line = "{\"body\":\"<p>一。</p><p>二&amp;三。<br>四。</p>\"}";
        let found = read(line);
        assert!(matches!(&found[0], ReaderOutput::Remark(problem) if problem.is(ProblemCode::HtmlInBody)), "{found:?}");
        let ReaderOutput::Item(story, characters) = &found[1] else { panic!("{found:?}") };
        let texts: Vec<&str> = story.body.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!((texts, *characters), (vec!["一。", "二&三。", "四。"], line.chars().count() as u64));
    }
}
