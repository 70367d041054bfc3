//! JSON Lines: one article a line. `body` is required, a line feed in it ends a paragraph.

use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile, markup};
use crate::model::{ArticleKind, CutCode, CutReason, DateSpan, Passage, Problem, ProblemCode, SourceMetadata, Story};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A body shorter than this many characters is a brief, as on a page.
const BRIEF: usize = 150;

/// The fields that are read; one of another type is told as that, and not as unknown.
const FIELDS: [&str; 14] = [
    "id", "title", "kicker", "subtitle", "date", "paper", "page", "column", "byline", "region", "topics", "source",
    "url", "body",
];

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

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let mut unknown = BTreeSet::new();
        for (number, line) in (file.first_line..).zip(text.split_inclusive('\n')) {
            let characters = line.chars().count() as u64;
            match line_of(line, number, characters, file.limits.json_line_bytes) {
                Ok(None) => found(ReaderOutput::Blank(characters)),
                Ok(Some(read)) => {
                    let (story, remarks) = *read;
                    for field in story.given.extra.iter().map(|(name, _)| name) {
                        if !FIELDS.contains(&field.as_str()) && unknown.insert(field.clone()) {
                            found(ReaderOutput::Remark(unknown_field(field, number)));
                        }
                    }
                    remarks.into_iter().for_each(|remark| found(ReaderOutput::Remark(remark)));
                    found(ReaderOutput::Item(Box::new(story), characters));
                }
                Err(problem) => found(ReaderOutput::Refused(problem)),
            }
        }
        Ok(())
    }
}

fn unknown_field(field: &str, line: u64) -> Problem {
    let field: String = field.chars().take(64).collect();
    Problem::of_file(ProblemCode::UnknownField, [field]).in_line(line)
}

type ParsedItem = Box<(Story, Vec<Problem>)>;

fn line_of(line: &str, number: u64, characters: u64, most: usize) -> Result<Option<ParsedItem>, Problem> {
    let refuse = |problem: Problem| problem.in_line(number).losing(characters);
    if line.len() > most {
        return Err(refuse(Problem::of_file(ProblemCode::LineTooLong, [line.len(), most])));
    }
    let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if trimmed.is_empty() {
        return Ok(None);
    }
    let object: Map<String, Value> =
        serde_json::from_str(trimmed).map_err(|error| refuse(Problem::of_file(ProblemCode::BadJson, [error])))?;
    let mut item = JsonlItem { object, line: number, remarks: Vec::new() };
    let story = item.story().ok_or_else(|| refuse(Problem::plain(ProblemCode::NoBody)))?;
    Ok(Some(Box::new((story, item.remarks))))
}

struct JsonlItem {
    object: Map<String, Value>,
    line: u64,
    remarks: Vec<Problem>,
}

impl JsonlItem {
    fn story(&mut self) -> Option<Story> {
        let body = self.body();
        let paragraphs: Vec<Passage> =
            body.lines().map(str::trim).filter(|line| !line.is_empty()).map(passage).collect();
        if paragraphs.is_empty() {
            return None;
        }
        let short = body.chars().count() < BRIEF;
        let mut story = Story::new(if short { ArticleKind::Brief } else { ArticleKind::News });
        story.title = self.text("title");
        story.kicker = self.text("kicker");
        story.subtitle = self.text("subtitle");
        story.column = self.text("column");
        story.byline = self.text("byline");
        story.body = paragraphs;
        story.reasons = vec![CutReason::new(CutCode::WholeLine, [self.line])];
        story.given = self.source_metadata();
        Some(story)
    }

    fn source_metadata(&mut self) -> SourceMetadata {
        SourceMetadata {
            id: self.option("id"),
            date: self.date(),
            paper: self.option("paper"),
            page: self.option("page"),
            region: self.option("region"),
            topics: self.topics(),
            source: self.option("source"),
            url: self.option("url"),
            line: Some(self.line),
            extra: std::mem::take(&mut self.object)
                .into_iter()
                .map(|(name, value)| (name, value.to_string()))
                .collect(),
        }
    }

    /// Takes a field as text; a number is taken as printed, anything else is reported and kept as an unknown field.
    fn text(&mut self, name: &str) -> String {
        match self.object.remove(name) {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            None | Some(Value::Null) => String::new(),
            Some(other) => {
                self.remark(ProblemCode::WrongType, [name, "text"]);
                self.object.insert(name.to_owned(), other);
                String::new()
            }
        }
    }

    /// The text of the article; where it is HTML, its paragraphs.
    fn body(&mut self) -> String {
        let body = self.text("body");
        let Some(plain) = markup::paragraphs(&body) else { return body };
        self.remark(ProblemCode::HtmlInBody, [""; 0]);
        plain
    }

    fn option(&mut self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    fn date(&mut self) -> Option<DateSpan> {
        let text = self.option("date")?;
        // A time after the day is common in exports, and says nothing about the issue.
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let read = text.parse::<DateSpan>().or_else(|_| day.parse());
        if read.is_err() {
            self.remark(ProblemCode::BadDate, [text.chars().take(64).collect::<String>()]);
            self.object.insert("date".into(), Value::String(text.clone()));
        }
        read.ok()
    }

    /// A list of texts, or one text with the topics separated by commas.
    fn topics(&mut self) -> Vec<String> {
        let names: Vec<String> = match self.object.remove("topics") {
            Some(Value::Array(values)) if values.iter().all(Value::is_string) => {
                values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
            }
            Some(Value::String(text)) => text.split([',', '，', '、', ';']).map(str::to_owned).collect(),
            None | Some(Value::Null) => Vec::new(),
            Some(other) => {
                self.remark(ProblemCode::WrongType, ["topics", "list"]);
                self.object.insert("topics".into(), other);
                Vec::new()
            }
        };
        names.into_iter().map(|name: String| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }

    fn remark(&mut self, code: ProblemCode, arguments: impl IntoIterator<Item = impl ToString>) {
        self.remarks.push(Problem::of_file(code, arguments).in_line(self.line));
    }
}

fn passage(line: &str) -> Passage {
    Passage { text: line.to_owned(), blocks: Vec::new(), subhead: false, grafts: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                ReaderOutput::Item(_, n) | ReaderOutput::Blank(n) => *n,
                ReaderOutput::Refused(problem) => problem.characters,
                ReaderOutput::Page(_) | ReaderOutput::Remark(_) => 0,
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
