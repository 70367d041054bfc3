//! Tables of articles as text (CSV, TSV): one article a record, the first record names the columns.
//!
//! | of the format | becomes |
//! |---|---|
//! | comma, tab or semicolon; a first line `sep=;` | told from the head |
//! | fields in quotes, with line ends in them | as they stand; in the text a line end ends a paragraph |
//! | a column with a name of ours, of a `mapping.toml`, or a usual one (`tables/columns.toml`: 标题, 正文, content …) | that field |
//! | another column | kept as it is, and told once |
//! | a record with more fields than the head, a quotation mark that is never closed | a problem with its line |
//!
//! Left: tables without a head, and those whose columns give no text: a problem names their columns.

use super::item::{ItemEmitter, ItemNames};
use super::records::{DELIMITERS, TableRecords, TableStep, delimiter_of};
use super::{Claim, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{ItemField, Problem, ProblemCode};
use serde_json::{Map, Value};

/// Characters of the name of a column that are kept: each record has it.
const LONGEST_NAME: usize = 200;

/// Columns that are named in a problem.
const NAMED: usize = 30;

pub(super) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if file.has_extension(&["csv", "tsv", "tab"]) { Claim::ByName } else { Claim::No }
    }

    fn gives_pages(&self) -> bool {
        false
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = &file.text().map_err(Clone::clone)?.text;
        let (mut names, most) = (ItemNames::new(file.mapping), file.limits.json_line_bytes);
        let delimiter = stated_delimiter(text)
            .unwrap_or_else(|| delimiter_of(text, most, &mut |name| names.field_of(name).is_some()));
        let mut records = TableRecords::new(text, delimiter, most);
        let mut refused = 0;
        let Some((columns, head)) = head(&mut records, &mut refused, found) else { return Ok(()) };
        if !columns.iter().any(|name| names.field_of(name).is_some_and(|(field, _)| field == ItemField::Body)) {
            let rest = text.chars().count() as u64 - refused;
            found(ReaderOutput::Refused(no_body_column(&columns).losing(rest)));
            return Ok(());
        }
        found(ReaderOutput::Blank(head));
        records.expect_fields(columns.len());
        let mut items = ItemEmitter::new(file.mapping);
        for step in records {
            match step {
                TableStep::Blank(characters) => found(ReaderOutput::Blank(characters)),
                TableStep::Refused(problem) => found(ReaderOutput::Refused(problem)),
                TableStep::Record(fields, line, characters) => match object_of(&columns, fields) {
                    Ok(object) => items.emit(object, line, characters, found),
                    Err(problem) => found(ReaderOutput::Refused(problem.in_line(line).losing(characters))),
                },
            }
        }
        Ok(())
    }
}

/// The delimiter that Excel states in a first line: `sep=;`.
fn stated_delimiter(text: &str) -> Option<u8> {
    let stated = text.lines().next()?.trim().strip_prefix("sep=")?.bytes().next()?;
    DELIMITERS.contains(&stated).then_some(stated)
}

/// The names of the columns, and the characters up to the end of the head; what was refused before is counted apart.
fn head(
    records: &mut TableRecords,
    refused: &mut u64,
    found: &mut dyn FnMut(ReaderOutput),
) -> Option<(Vec<String>, u64)> {
    let mut before = 0;
    for step in records {
        match step {
            TableStep::Blank(characters) => before += characters,
            TableStep::Refused(problem) => {
                *refused += problem.characters;
                found(ReaderOutput::Refused(problem));
            }
            TableStep::Record(fields, _, characters) => {
                before += characters;
                if !fields.first().is_some_and(|first| first.trim().starts_with("sep=")) {
                    return Some((column_titles(fields), before));
                }
            }
        }
    }
    found(ReaderOutput::Blank(before));
    None
}

/// Names of columns, each of its own: a nameless one is `column 3`, a second one of a name has its number behind it.
fn column_titles(fields: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let mut title = |(at, field): (usize, String)| {
        let name = field.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let name = if name.is_empty() { format!("column {}", at + 1) } else { name };
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { name } else { format!("{name} {count}") }
    };
    fields.into_iter().enumerate().map(&mut title).collect()
}

/// The members that a record states; cells without text are none.
fn object_of(columns: &[String], fields: Vec<String>) -> Result<Map<String, Value>, Problem> {
    let count = fields.iter().rposition(|field| !field.trim().is_empty()).map_or(0, |last| last + 1);
    if count > columns.len() {
        return Err(Problem::of_file(ProblemCode::FieldCount, [count, columns.len()]));
    }
    let cells = columns.iter().zip(fields).filter(|(_, field)| !field.trim().is_empty());
    Ok(cells.map(|(name, field)| (name.clone(), Value::String(field))).collect())
}

fn no_body_column(columns: &[String]) -> Problem {
    let shown = columns.iter().take(NAMED).map(|name| name.chars().take(40).collect::<String>());
    let shown = shown.collect::<Vec<_>>().join(", ");
    Problem::of_file(ProblemCode::NoBodyColumn, [shown, columns.len().to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FieldMapping;

    fn read(text: &str, mapping: Option<&FieldMapping>) -> Vec<String> {
        let file = SourceFile::new("a.csv", text.as_bytes(), None).with_mapping(mapping);
        let (mut shown, mut characters) = (Vec::new(), 0);
        Csv.read(&file, &mut |found| match found {
            ReaderOutput::Item(story, count) => {
                characters += count;
                let body: Vec<&str> = story.body.iter().map(|passage| passage.text.as_str()).collect();
                shown.push(format!("{} {}: {}", story.given.line.unwrap(), story.title, body.join("/")));
            }
            ReaderOutput::Refused(problem) => {
                characters += problem.characters;
                shown.push(format!("{} {:?}", problem.code, problem.line));
            }
            ReaderOutput::Remark(problem) => shown.push(format!("{} {}", problem.code, problem.arguments.join(" "))),
            ReaderOutput::Blank(count) | ReaderOutput::Furniture(count) => characters += count,
            other => panic!("{other:?}"),
        })
        .unwrap();
        assert_eq!(characters, text.trim_start_matches('\u{FEFF}').chars().count() as u64, "{text}");
        shown
    }

    #[test]
    fn a_table_gives_items_with_their_lines() {
        let text = "\u{FEFF}标题,正文,备注\r\n甲,\"一\r\n二\",x\r\n,,\r\n乙,三\r\n丙,四,,,\r\n丁,五,x,y\r\n戊,,\r\n";
        let expected =
            ["unknown_field 备注", "2 甲: 一/二", "5 乙: 三", "6 丙: 四", "field_count Some(7)", "no_body Some(8)"];
        assert_eq!(read(text, None), expected);
        assert_eq!(read("sep=;\n标题;正文\n甲;一,二\n", None), ["3 甲: 一,二"]);
        assert_eq!(read("title\tcontent\n甲\t一\n", None), ["2 甲: 一"]);
    }

    #[test]
    fn columns_without_a_text_are_told_and_a_mapping_helps() {
        let text = "名称,段落,段落,\n甲,一,二,三\n";
        assert_eq!(read(text, None), ["no_body_column None"]);
        let fields = [("名称".to_owned(), ItemField::Title), ("段落 2".to_owned(), ItemField::Body)];
        let mapping: FieldMapping = fields.into_iter().collect();
        let expected = ["unknown_field column 4", "unknown_field 段落", "2 甲: 二"];
        assert_eq!(read(text, Some(&mapping)), expected);
        let told = no_body_column(&["名称".into(), "段落".into()]);
        assert_eq!(told.arguments, ["名称, 段落", "2"]);
    }

    #[test]
    fn tables_without_records_are_blank() {
        for text in ["", "\n\n", "标题,正文\n", "sep=,\n"] {
            assert_eq!(read(text, None), [""; 0], "{text}");
        }
    }
}
