//! A JSON array of articles: `[{"title": …, "body": …}, …]`, as data sets and exports come. The objects are read one by one,
//! each as a line of JSON Lines is.
//!
//! Taken: files named `.json` that begin with an array of objects with a member that means the text, where no other format
//! claims them. Left: members that are no field are kept as they are, as in JSON Lines. Where an object is damaged, what
//! stands behind it is one problem: in JSON nobody can tell where the next one begins.

use super::item::{ItemEmitter, ItemNames};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{ItemField, Problem, ProblemCode};
use crate::tables::column_names;
use serde_json::{Map, Value};

/// Objects at the beginning whose members are looked at.
const LOOK: usize = 3;

pub(super) struct JsonArray;

impl Reader for JsonArray {
    fn name(&self) -> &'static str {
        "json"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_list = file.has_extension(&["json"]) && opening.without_whitespace(2) == b"[{";
        if is_list && (names_text(&opening) || has_text(file)) { Claim::ByName } else { Claim::No }
    }

    fn gives_pages(&self) -> bool {
        false
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let mut items = ItemEmitter::new(file.mapping);
        for step in Elements::new(text, file.limits.json_line_bytes) {
            match step {
                ArrayStep::Object(object, line, characters) => items.emit(object, line, characters, found),
                ArrayStep::Between(characters) => found(ReaderOutput::Blank(characters)),
                ArrayStep::Damaged(problem) => found(ReaderOutput::Refused(problem)),
            }
        }
        Ok(())
    }
}

/// Whether a name of ours or of the table that means the text is a key.
fn names_text(opening: &FileHead) -> bool {
    column_names().names_of(ItemField::Body.name()).any(|name| opening.has_key(name))
}

/// Whether one of the first objects has a member that means the text: by a mapping, in any spelling and encoding.
fn has_text(file: &SourceFile) -> bool {
    let Ok(decoded) = file.text() else { return false };
    let mut names = ItemNames::new(file.mapping);
    Elements::new(&decoded.text, file.limits.json_line_bytes).take(2 * LOOK).any(|step| match step {
        ArrayStep::Object(object, ..) => {
            object.keys().any(|name| names.field_of(name).is_some_and(|(field, _)| field == ItemField::Body))
        }
        _ => false,
    })
}

/// A piece of an array.
enum ArrayStep {
    /// An object, the line that it begins in, its characters.
    Object(Map<String, Value>, u64, u64),
    /// Brackets, commas and white space, in characters.
    Between(u64),
    /// The rest, of which nothing can be read.
    Damaged(Problem),
}

/// The pieces of an array, which together are all of its text.
struct Elements<'a> {
    rest: &'a str,
    line: u64,
    /// The most bytes of an object.
    most: usize,
}

impl<'a> Elements<'a> {
    fn new(text: &'a str, most: usize) -> Self {
        Self { rest: text, line: 1, most }
    }

    /// Takes so many bytes, and says how many characters they are.
    fn advance(&mut self, bytes: usize) -> u64 {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += memchr::memchr_iter(b'\n', taken.as_bytes()).count() as u64;
        self.rest = rest;
        taken.chars().count() as u64
    }

    fn object(&mut self) -> ArrayStep {
        let line = self.line;
        let within = (0..=self.most.min(self.rest.len())).rev().find(|at| self.rest.is_char_boundary(*at)).unwrap_or(0);
        let mut objects = serde_json::Deserializer::from_str(&self.rest[..within]).into_iter::<Map<String, Value>>();
        match objects.next() {
            Some(Ok(object)) => {
                let end = objects.byte_offset();
                ArrayStep::Object(object, line, self.advance(end))
            }
            Some(Err(error)) if error.is_eof() && within < self.rest.len() => {
                self.damaged(&Problem::of_file(ProblemCode::LineTooLong, [self.rest.len(), self.most]))
            }
            Some(Err(error)) => self.damaged(&Problem::of_file(ProblemCode::BadJson, [error])),
            None => self.damaged(&Problem::of_file(ProblemCode::BadJson, ["no object"])),
        }
    }

    fn damaged(&mut self, problem: &Problem) -> ArrayStep {
        let line = self.line;
        let characters = self.advance(self.rest.len());
        ArrayStep::Damaged(problem.clone().in_line(line).losing(characters))
    }
}

impl Iterator for Elements<'_> {
    type Item = ArrayStep;

    fn next(&mut self) -> Option<ArrayStep> {
        if self.rest.is_empty() {
            return None;
        }
        let between = |c: char| !c.is_whitespace() && !matches!(c, '[' | ']' | ',' | '\u{FEFF}');
        match self.rest.find(between).unwrap_or(self.rest.len()) {
            0 => Some(self.object()),
            end => Some(ArrayStep::Between(self.advance(end))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, u64) {
        let file = SourceFile::new("a.json", text.as_bytes(), None);
        let (mut shown, mut characters) = (Vec::new(), 0);
        JsonArray
            .read(&file, &mut |found| match found {
                ReaderOutput::Item(story, count) => {
                    characters += count;
                    shown.push(format!("{} {:?}", story.body[0].text, story.given.line));
                }
                ReaderOutput::Refused(problem) => {
                    characters += problem.characters;
                    shown.push(format!("{} {:?}", problem.code, problem.line));
                }
                ReaderOutput::Blank(count) | ReaderOutput::Furniture(count) => characters += count,
                other => panic!("{other:?}"),
            })
            .unwrap();
        (shown, characters)
    }

    #[test]
    fn objects_of_an_array_are_items_with_their_lines() {
        let text = "\u{FEFF}[\n {\"body\": \"一\"},\n {\"正文\":\n \"二\"}\n]\n";
        assert_eq!(read(text), (vec!["一 Some(2)".into(), "二 Some(3)".into()], text.chars().count() as u64 - 1));
    }

    #[test]
    fn what_stands_behind_damage_is_a_problem() {
        for (text, codes) in [
            ("[{\"body\":\"一\"},{\"body\":]", vec!["一 Some(1)", "bad_json Some(1)"]),
            ("[{\"body\":\"一\"}\n,3]", vec!["一 Some(1)", "bad_json Some(2)"]),
            ("[{\"title\":\"一\"}]x", vec!["no_body Some(1)", "bad_json Some(1)"]),
        ] {
            let (shown, characters) = read(text);
            assert_eq!(
                (shown, characters),
                (codes.iter().map(|c| (*c).to_owned()).collect(), text.chars().count() as u64)
            );
        }
    }

    #[test]
    fn only_lists_with_a_text_are_claimed() {
        let claim = |name: &str, text: &str| JsonArray.claims(&SourceFile::new(name, text.as_bytes(), None));
        assert_eq!(claim("a.json", "[{\"正文\": \"x\"}]"), Claim::ByName);
        assert_eq!(claim("a.json", "[{\"Full_Text\": \"x\"}]"), Claim::ByName);
        assert_eq!(claim("a.json", "[{\"x\": \"正文\"}]"), Claim::No);
        assert_eq!(claim("a.txt", "[{\"正文\": \"x\"}]"), Claim::No);
        assert_eq!(claim("a.json", "{\"正文\": \"x\"}"), Claim::No);
    }
}
