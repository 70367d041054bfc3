//! Items that a source states with all their fields: members of a JSON object or cells of a row → a story.
//!
//! Which member is which field: what a `mapping.toml` says, else a name of ours, else a name that the table
//! `tables/columns.toml` knows; of several members that mean one field the first of that order that has a value. The others,
//! and members that mean nothing, are kept as they are.

use super::{ReaderOutput, markup};
use crate::model::{
    ArticleKind, CutCode, CutReason, DateSpan, FieldMapping, ItemField, Passage, Problem, ProblemCode, SourceMetadata,
    Story,
};
use crate::tables::column_names;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A body shorter than this many characters is a brief, as on a page.
const BRIEF: usize = 150;

/// Names of members that are remembered; a file with more has made-up names.
const MAX_NAMES: usize = 10_000;

/// The rank of a name of ours: below a mapping, above the table.
const OWN: usize = 1;

/// What the members of the items of a file mean.
pub(super) struct ItemNames<'m> {
    mapping: Option<&'m FieldMapping>,
    known: HashMap<String, Option<(ItemField, usize)>>,
}

impl<'m> ItemNames<'m> {
    /// Of a file, with the mapping that holds for it.
    pub(super) fn new(mapping: Option<&'m FieldMapping>) -> Self {
        Self { mapping, known: HashMap::new() }
    }

    /// The field that a member means, with its rank: lower ones go first.
    pub(super) fn field_of(&mut self, name: &str) -> Option<(ItemField, usize)> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let told = self.told(name);
        if self.known.len() < MAX_NAMES {
            self.known.insert(name.to_owned(), told);
        }
        told
    }

    fn told(&self, name: &str) -> Option<(ItemField, usize)> {
        if let Some(field) = self.mapping.and_then(|mapping| mapping.field_of(name)) {
            return Some((field, 0));
        }
        let (field, rank) = column_names().field_of(name)?;
        Some((ItemField::from_name(field)?, OWN + rank))
    }

    /// The members of an object that are fields, one for each.
    fn chosen(&mut self, object: &Map<String, Value>) -> BTreeMap<ItemField, String> {
        let mut chosen: BTreeMap<ItemField, (bool, usize, &String)> = BTreeMap::new();
        for (name, value) in object {
            let Some((field, rank)) = self.field_of(name) else { continue };
            let row = (is_blank(value), rank, name);
            let better = chosen.get(&field).is_none_or(|known| (row.0, row.1) < (known.0, known.1));
            if better {
                chosen.insert(field, row);
            }
        }
        chosen.into_iter().map(|(field, (_, _, name))| (field, name.clone())).collect()
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Hands the items of a file on.
pub(super) struct ItemEmitter<'m> {
    names: ItemNames<'m>,
    /// Members that mean nothing and were told.
    unknown: BTreeSet<String>,
}

impl<'m> ItemEmitter<'m> {
    /// Of a file, with the mapping that holds for it.
    pub(super) fn new(mapping: Option<&'m FieldMapping>) -> Self {
        Self { names: ItemNames::new(mapping), unknown: BTreeSet::new() }
    }

    /// Hands on an object that stands in a line and takes up so many characters: as an item, or refused.
    pub(super) fn emit(
        &mut self,
        object: Map<String, Value>,
        line: u64,
        characters: u64,
        found: &mut dyn FnMut(ReaderOutput),
    ) {
        let chosen = self.names.chosen(&object);
        let mut item = RawItem { object, chosen, line, remarks: Vec::new() };
        let Some(story) = item.story() else {
            let problem = Problem::plain(ProblemCode::NoBody).in_line(line).losing(characters);
            return found(ReaderOutput::Refused(problem));
        };
        for field in story.given.extra.iter().map(|(name, _)| name) {
            // A field of another type was told as that.
            if ItemField::from_name(field).is_none() && self.unknown.insert(field.clone()) {
                found(ReaderOutput::Remark(unknown_field(field, line)));
            }
        }
        item.remarks.into_iter().for_each(|remark| found(ReaderOutput::Remark(remark)));
        found(ReaderOutput::Item(Box::new(story), characters));
    }
}

fn unknown_field(field: &str, line: u64) -> Problem {
    let field: String = field.chars().take(64).collect();
    Problem::of_file(ProblemCode::UnknownField, [field]).in_line(line)
}

/// An item while it is read.
struct RawItem {
    object: Map<String, Value>,
    chosen: BTreeMap<ItemField, String>,
    line: u64,
    remarks: Vec<Problem>,
}

impl RawItem {
    fn story(&mut self) -> Option<Story> {
        let body = self.body();
        let paragraphs: Vec<Passage> =
            body.lines().map(str::trim).filter(|line| !line.is_empty()).map(passage).collect();
        if paragraphs.is_empty() {
            return None;
        }
        let short = body.chars().count() < BRIEF;
        let mut story = Story::new(if short { ArticleKind::Brief } else { ArticleKind::News });
        story.title = self.text(ItemField::Title);
        story.kicker = self.text(ItemField::Kicker);
        story.subtitle = self.text(ItemField::Subtitle);
        story.column = self.text(ItemField::Column);
        story.byline = self.text(ItemField::Byline);
        story.body = paragraphs;
        story.reasons = vec![CutReason::new(CutCode::WholeLine, [self.line])];
        story.given = self.source_metadata();
        Some(story)
    }

    /// The text of the article; where it is HTML, its paragraphs.
    fn body(&mut self) -> String {
        let body = self.text(ItemField::Body);
        let Some(plain) = markup::paragraphs(&body) else { return body };
        self.remark(ProblemCode::HtmlInBody, [""; 0]);
        plain
    }

    fn source_metadata(&mut self) -> SourceMetadata {
        SourceMetadata {
            id: self.option(ItemField::Id),
            date: self.date(),
            paper: self.option(ItemField::Paper),
            page: self.option(ItemField::Page),
            region: self.option(ItemField::Region),
            topics: self.topics(),
            source: self.option(ItemField::Source),
            url: self.option(ItemField::Url),
            rights: self.option(ItemField::Rights),
            line: Some(self.line),
            extra: std::mem::take(&mut self.object)
                .into_iter()
                .map(|(name, value)| (name, value.to_string()))
                .collect(),
        }
    }

    /// Takes the member of a field, with its name.
    fn take(&mut self, field: ItemField) -> Option<(String, Value)> {
        let name = self.chosen.remove(&field)?;
        let value = self.object.remove(&name)?;
        Some((name, value))
    }

    /// Takes a field as text; a number is taken as printed, anything else is reported and kept as an unknown field.
    fn text(&mut self, field: ItemField) -> String {
        match self.take(field) {
            Some((_, Value::String(text))) => text.trim().to_owned(),
            Some((_, Value::Number(number))) => number.to_string(),
            None | Some((_, Value::Null)) => String::new(),
            Some((name, other)) => {
                self.remark(ProblemCode::WrongType, [name.as_str(), "text"]);
                self.object.insert(name, other);
                String::new()
            }
        }
    }

    fn option(&mut self, field: ItemField) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn date(&mut self) -> Option<DateSpan> {
        let name = self.chosen.get(&ItemField::Date).cloned()?;
        let text = self.option(ItemField::Date)?;
        let read = stated_date(&text);
        if read.is_none() {
            self.remark(ProblemCode::BadDate, [text.chars().take(64).collect::<String>()]);
            self.object.insert(name, Value::String(text));
        }
        read
    }

    /// A list of texts, or one text with the topics separated by commas.
    fn topics(&mut self) -> Vec<String> {
        let names: Vec<String> = match self.take(ItemField::Topics) {
            Some((_, Value::Array(values))) if values.iter().all(Value::is_string) => {
                values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
            }
            Some((_, Value::String(text))) => text.split([',', '，', '、', ';']).map(str::to_owned).collect(),
            None | Some((_, Value::Null)) => Vec::new(),
            Some((name, other)) => {
                self.remark(ProblemCode::WrongType, [name.as_str(), "list"]);
                self.object.insert(name, other);
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

/// A date as columns state it. A time after the day is common in exports, and says nothing about the issue.
pub(super) fn stated_date(text: &str) -> Option<DateSpan> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    text.parse().or_else(|_| day.parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value, mapping: Option<&FieldMapping>) -> (Option<Story>, Vec<Problem>) {
        let Value::Object(object) = value else { panic!("no object") };
        let (mut story, mut problems) = (None, Vec::new());
        ItemEmitter::new(mapping).emit(object, 3, 9, &mut |found| match found {
            ReaderOutput::Item(item, 9) => story = Some(*item),
            ReaderOutput::Refused(problem) | ReaderOutput::Remark(problem) => problems.push(problem),
            other => panic!("{other:?}"),
        });
        (story, problems)
    }

    #[test]
    fn usual_names_are_known_and_ours_go_first() {
        let (story, problems) =
            read(json!({"标题": "题", "正文": "一。", "出版日期": "2014年4月9日", "版次": 3, "作者": "甲"}), None);
        let story = story.unwrap();
        assert_eq!((story.title.as_str(), story.byline.as_str()), ("题", "甲"));
        assert_eq!(story.given.date.unwrap().to_string(), "2014-04-09");
        assert_eq!((story.given.page.as_deref(), problems), (Some("3"), vec![]));
        let (story, _) = read(json!({"content": "二", "body": "一"}), None);
        let story = story.unwrap();
        assert_eq!((story.body[0].text.as_str(), story.given.extra.len()), ("一", 1));
        let (story, _) = read(json!({"body": " ", "content": "二"}), None);
        assert_eq!(story.unwrap().body[0].text, "二");
    }

    #[test]
    fn a_mapping_goes_before_all_names() {
        let mapping: FieldMapping =
            [("栏一".to_owned(), ItemField::Body), ("body".to_owned(), ItemField::Title)].into_iter().collect();
        let (story, _) = read(json!({"body": "题", "栏一": "文", "正文": "别的"}), Some(&mapping));
        let story = story.unwrap();
        assert_eq!((story.title.as_str(), story.body[0].text.as_str()), ("题", "文"));
        assert_eq!(story.given.extra, [("正文".to_owned(), "\"别的\"".to_owned())]);
    }

    #[test]
    fn every_name_of_the_table_means_a_field() {
        assert_eq!(column_names().fields().filter(|field| ItemField::from_name(field).is_none()).count(), 0);
        assert_eq!(column_names().fields().count(), ItemField::ALL.len());
    }

    #[test]
    fn dates_come_in_the_usual_forms() {
        for (text, date) in [
            ("2014/4/9", "2014-04-09"),
            ("2014.04", "2014-04"),
            ("20140409", "2014-04-09"),
            ("2014年4月9日 星期三", "2014-04-09"),
            ("2014-04-09T08:00:00+08:00", "2014-04-09"),
            ("2014年", "2014"),
        ] {
            assert_eq!(stated_date(text).map(|span| span.to_string()).as_deref(), Some(date), "{text}");
        }
        for wrong in ["", "4/9/2014", "2014-13-01", "去年", "2014/4/9/1", "99999999", "日日日"] {
            assert_eq!(stated_date(wrong), None, "{wrong}");
        }
    }
}
