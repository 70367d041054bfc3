//! `manifest.toml` and `manifest.csv`: what a person states of the files of a folder and of what lies below it.

use super::mapping::{MAPPING, MAPPING_FORM, parse_mapping};
use super::sidecar::SidecarError;
use crate::model::{DateSpan, FieldMapping, ItemField, StatedFacts};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The names of manifests, in the order in which they are read: of two in one folder, the later one goes before.
pub const MANIFESTS: [&str; 3] = [MAPPING, "manifest.csv", "manifest.toml"];

/// What a `manifest.toml` looks like.
const TOML_FORM: &str = "a manifest has some of paper, date, page, region, source, rights, encoding, pattern, [mapping], and [[file]] entries with `path` and some of these";

/// What a `manifest.csv` looks like.
const CSV_FORM: &str = "the first line names the columns: path (文件) and some of paper (报纸), date (日期), page (版次), region (地区), source (来源), rights (权利), encoding (编码)";

/// The columns of a `manifest.csv`, by all their names.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("path", &["path", "file", "文件", "路径", "文件名"]),
    ("paper", &["paper", "报纸", "报名", "报纸名称"]),
    ("date", &["date", "日期", "出版日期"]),
    ("page", &["page", "版", "版次", "版面"]),
    ("region", &["region", "地区"]),
    ("source", &["source", "来源"]),
    ("rights", &["rights", "权利", "版权"]),
    ("encoding", &["encoding", "编码"]),
];

/// What stands in a path pattern for a part that tells something, and the pattern of that part.
const PLACEHOLDERS: [(&str, &str); 7] = [
    ("{year}", r"(?<year>\d{4})"),
    ("{month}", r"(?<month>\d{1,2})"),
    ("{day}", r"(?<day>\d{1,2})"),
    ("{page}", r"(?<page>[0-9A-Za-z\p{Han}]+?)"),
    ("{paper}", r"(?<paper>[^/]+?)"),
    ("{*}", "[^/]*?"),
    ("{**}", ".*?"),
];

/// What one manifest states.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Its folder below the root, or in a container; empty for the root itself.
    folder: String,
    facts: StatedFacts,
    pattern: Option<regex::Regex>,
    rows: Vec<ManifestRow>,
    /// The rows of a file or folder, by its path.
    of_path: HashMap<String, Vec<usize>>,
    /// The rows that name files by the form of their paths.
    globs: Vec<usize>,
}

/// What is stated of a file, a folder, or all files whose paths have a form.
#[derive(Clone, Debug)]
struct ManifestRow {
    path: String,
    glob: Option<glob::Pattern>,
    facts: StatedFacts,
}

/// The fields of a manifest as they are written.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFacts {
    path: Option<String>,
    paper: Option<String>,
    date: Option<toml::Value>,
    page: Option<toml::Value>,
    region: Option<String>,
    source: Option<String>,
    rights: Option<String>,
    encoding: Option<String>,
    pattern: Option<String>,
    #[serde(default)]
    mapping: BTreeMap<String, String>,
    #[serde(default)]
    file: Vec<WrittenFacts>,
}

impl Manifest {
    /// Reads a manifest. `path`: that of its file below the root; `place`: where that lies, for messages.
    ///
    /// # Errors
    /// [`SidecarError`], which names the file, the line and a hint.
    pub fn parse(path: &str, bytes: &[u8], place: &Path) -> Result<Self, SidecarError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let form = match name {
            "manifest.csv" => CSV_FORM,
            MAPPING => MAPPING_FORM,
            _ => TOML_FORM,
        };
        let malformed = |reason: String| SidecarError::Form { file: PathBuf::from(place), reason, form };
        let text = super::decode(bytes, None).map_err(|error| malformed(error.to_string()))?.text;
        let read = match name {
            "manifest.csv" => Self::of_csv(&text),
            MAPPING => parse_mapping(&text).map(|mapping| {
                let facts = StatedFacts { mapping: names_of(&mapping), ..StatedFacts::default() };
                Self { facts, ..Self::default() }
            }),
            _ => toml::from_str::<WrittenFacts>(&text).map_err(one_line).and_then(Self::of_toml),
        };
        read.map(|manifest| Self { folder: folder.to_owned(), ..manifest }).map_err(malformed)
    }

    fn of_toml(written: WrittenFacts) -> Result<Self, String> {
        if written.path.is_some() {
            return Err("`path` stands in [[file]] entries only".to_owned());
        }
        let pattern = written.pattern.as_deref().map(path_pattern).transpose()?;
        let mut written = written;
        let mut manifest = Self { pattern, ..Self::default() };
        for row in std::mem::take(&mut written.file) {
            manifest.add(row_of_toml(row)?);
        }
        Ok(Self { facts: facts_of(written)?, ..manifest })
    }

    fn of_csv(text: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let head = reader.headers().map_err(one_line)?.clone();
        let columns = head.iter().map(column).collect::<Result<Vec<&str>, String>>()?;
        if !columns.contains(&"path") {
            return Err("line 1: there is no column `path`".to_owned());
        }
        let mut manifest = Self::default();
        for record in reader.records() {
            let record = record.map_err(one_line)?;
            let line = record.position().map_or(0, csv::Position::line);
            manifest.add_csv_row(&columns, &record).map_err(|reason| format!("line {line}: {reason}"))?;
        }
        Ok(manifest)
    }

    fn add_csv_row(&mut self, columns: &[&str], record: &csv::StringRecord) -> Result<(), String> {
        let value = |name: &str| {
            let at = columns.iter().position(|column| *column == name)?;
            record.get(at).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let written = WrittenFacts {
            path: Some(value("path").unwrap_or_default()),
            paper: value("paper"),
            date: value("date").map(toml::Value::String),
            page: value("page").map(toml::Value::String),
            region: value("region"),
            source: value("source"),
            rights: value("rights"),
            encoding: value("encoding"),
            ..WrittenFacts::default()
        };
        self.add(row_of_toml(written)?);
        Ok(())
    }

    fn add(&mut self, row: ManifestRow) {
        match row.glob {
            Some(_) => self.globs.push(self.rows.len()),
            None => self.of_path.entry(row.path.clone()).or_default().push(self.rows.len()),
        }
        self.rows.push(row);
    }

    /// The rows that a path below its folder is meant by, in their order.
    fn rows_for(&self, below: &str) -> Vec<usize> {
        let ends = [0, below.len()].into_iter().chain(below.match_indices('/').map(|(at, _)| at));
        let named = ends.filter_map(|end| self.of_path.get(&below[..end])).flatten().copied();
        let is_for = |row: &ManifestRow| row.glob.as_ref().is_some_and(|glob| glob.matches(below));
        let formed = self.globs.iter().copied().filter(|at| self.rows.get(*at).is_some_and(is_for));
        let mut rows: Vec<usize> = named.chain(formed).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// What it states of a file at a path; `None` where the file is not below its folder.
    fn facts_of_file(&self, path: &str) -> Option<StatedFacts> {
        let below = match self.folder.as_str() {
            "" => path,
            folder => path.strip_prefix(folder)?.strip_prefix('/')?,
        };
        let mut facts = self.facts.clone();
        if let Some(found) = self.pattern.as_ref().and_then(|pattern| pattern.captures(below)) {
            facts = facts_of_path(&found).or(&facts);
        }
        let rows = self.rows_for(below).into_iter().filter_map(|at| self.rows.get(at));
        Some(rows.fold(facts, |facts, row| row.facts.clone().or(&facts)))
    }
}

/// What all manifests state of a file: one of a folder further down goes before those above it. `manifests`: by path.
pub fn stated_facts<'m>(manifests: impl IntoIterator<Item = &'m Manifest>, path: &str) -> StatedFacts {
    let mut of_file: Vec<(&str, StatedFacts)> = manifests
        .into_iter()
        .filter_map(|manifest| Some((manifest.folder.as_str(), manifest.facts_of_file(path)?)))
        .collect();
    of_file.sort_by_key(|(folder, _)| folder.len());
    of_file.into_iter().fold(StatedFacts::default(), |above, (_, own)| own.or(&above))
}

fn one_line(error: impl ToString) -> String {
    error.to_string().trim().replace('\n', " ")
}

fn column(name: &str) -> Result<&'static str, String> {
    let name = name.trim_start_matches('\u{FEFF}').trim().to_lowercase();
    let known = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str()));
    known.map(|(column, _)| *column).ok_or_else(|| format!("line 1: `{name}` is no column of a manifest"))
}

fn row_of_toml(written: WrittenFacts) -> Result<ManifestRow, String> {
    let path = written.path.clone().ok_or("a [[file]] entry has no `path`")?;
    if written.pattern.is_some() || !written.file.is_empty() {
        return Err(format!("{path}: `pattern` and [[file]] stand for the folder, not in an entry"));
    }
    let path = path.trim().trim_start_matches("./").trim_end_matches('/').replace('\\', "/");
    let path = if path == "." { String::new() } else { path };
    let is_glob = path.contains(['*', '?', '[']);
    let glob = is_glob.then(|| glob::Pattern::new(&path)).transpose();
    let glob = glob.map_err(|error| format!("{path}: {error}"))?;
    Ok(ManifestRow { facts: facts_of(written).map_err(|reason| format!("{path}: {reason}"))?, path, glob })
}

fn facts_of(written: WrittenFacts) -> Result<StatedFacts, String> {
    let date = written.date.as_ref().map(plain).map(|text| {
        text.parse::<DateSpan>().map_err(|_| format!("`{text}` is no date; write 1998, 1998-03 or 1998-03-02"))
    });
    let encoding = written.encoding.as_deref().map(super::encoding_name).transpose();
    Ok(StatedFacts {
        paper: filled(written.paper),
        date: date.transpose()?,
        page: filled(written.page.as_ref().map(plain)),
        region: filled(written.region),
        source: filled(written.source),
        rights: filled(written.rights),
        encoding: encoding.map_err(|error| error.to_string())?,
        mapping: checked_mapping(written.mapping)?,
    })
}

fn names_of(mapping: &FieldMapping) -> BTreeMap<String, String> {
    mapping.pairs().map(|(column, field)| (column.to_owned(), field.name().to_owned())).collect()
}

fn checked_mapping(mapping: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    match mapping.iter().find(|(_, field)| ItemField::from_name(field).is_none()) {
        Some((column, field)) => Err(format!("[mapping] `{column}`: `{field}` is no field")),
        None => Ok(mapping),
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A text, number or date of TOML as it is written.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Datetime(date) => date.to_string(),
        other => format!("{other:?}"),
    }
}

/// A path pattern such as `{year}/{month}{day}/{page}.txt` as an expression.
fn path_pattern(pattern: &str) -> Result<regex::Regex, String> {
    let mut expression = String::from("^");
    let mut rest = pattern;
    while !rest.is_empty() {
        if let Some((written, part)) = PLACEHOLDERS.iter().find(|(written, _)| rest.starts_with(written)) {
            expression.push_str(part);
            rest = &rest[written.len()..];
            continue;
        }
        let end = rest.find('{').unwrap_or(rest.len());
        if rest.starts_with('{') {
            let known: Vec<&str> = PLACEHOLDERS.iter().map(|(written, _)| *written).collect();
            return Err(format!("pattern `{pattern}`: `{rest}` begins with none of {}", known.join(" ")));
        }
        expression.push_str(&regex::escape(&rest[..end]));
        rest = &rest[end..];
    }
    regex::Regex::new(&(expression + "$")).map_err(|_| format!("pattern `{pattern}` names a part twice"))
}

fn facts_of_path(found: &regex::Captures<'_>) -> StatedFacts {
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let number = |name: &str| part(name).and_then(|text| text.parse::<u16>().ok());
    let date = match (number("year"), number("month"), number("day")) {
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}").parse().ok(),
        (Some(year), Some(month), None) => format!("{year:04}-{month:02}").parse().ok(),
        (Some(year), None, _) => format!("{year:04}").parse().ok(),
        _ => None,
    };
    let text = |name: &str| part(name).map(str::to_owned);
    StatedFacts { date, page: text("page"), paper: text("paper"), ..StatedFacts::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(path: &str, text: &str) -> Manifest {
        Manifest::parse(path, text.as_bytes(), Path::new(path)).unwrap()
    }

    fn fault(name: &str, text: &str) -> String {
        Manifest::parse(name, text.as_bytes(), Path::new(name)).unwrap_err().to_string()
    }

    #[test]
    fn facts_are_inherited_and_the_nearer_one_wins() {
        let manifests = [
            parsed("manifest.toml", "paper = \"鹭岛职工报\"\nrights = \"仅供馆内\"\ndate = 1998"),
            parsed("1999/manifest.toml", "date = \"1999\"\n[[file]]\npath = \"a/*.txt\"\npage = 3\ndate = 1999-05-01"),
        ];
        let facts = |path| stated_facts(&manifests, path);
        assert_eq!(facts("1998/1.txt").date.unwrap().to_string(), "1998");
        let deep = facts("1999/a/1.txt");
        assert_eq!(deep.date.unwrap().to_string(), "1999-05-01");
        assert_eq!((deep.page.as_deref(), deep.rights.as_deref()), (Some("3"), Some("仅供馆内")));
        assert_eq!(facts("1999/b.txt").page, None);
        assert_eq!(facts("19990/b.txt").date.unwrap().to_string(), "1998");
    }

    #[test]
    fn a_table_names_files_and_folders_in_chinese_or_english() {
        let manifest = parsed(
            "a.zip!/manifest.csv",
            "\u{FEFF}文件,报纸,日期,版次,来源\n\"03/02.txt\",皖江职工报,1998-03-02,A2,缩微胶卷\n04,,1998-04,,\n",
        );
        let manifests = [manifest];
        let facts = stated_facts(&manifests, "a.zip!/03/02.txt");
        assert_eq!((facts.paper.as_deref(), facts.page.as_deref()), (Some("皖江职工报"), Some("A2")));
        assert_eq!(stated_facts(&manifests, "a.zip!/04/9.txt").date.unwrap().to_string(), "1998-04");
        assert!(stated_facts(&manifests, "b/03/02.txt").is_empty());
    }

    #[test]
    fn a_pattern_reads_paths() {
        let manifests = [parsed("manifest.toml", "pattern = \"{paper}/{year}年/{month}月{day}日{*}第{page}版.txt\"")];
        let facts = stated_facts(&manifests, "江城工人报/1998年/3月2日 星期一 第四版.txt");
        assert_eq!(facts.date.unwrap().to_string(), "1998-03-02");
        assert_eq!((facts.paper.as_deref(), facts.page.as_deref()), (Some("江城工人报"), Some("四")));
        assert!(stated_facts(&manifests, "江城工人报/别的.txt").is_empty());
        assert!(stated_facts(&manifests, "江城工人报/1998年/13月40日第1版.txt").date.is_none());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_a_hint() {
        let cases = [
            ("manifest.toml", "paper = \"a\"\ndate = \"May\"", "`May` is no date"),
            ("manifest.toml", "papers = 1", "line 1"),
            ("manifest.toml", "pattern = \"{yeer}\"", "{year}"),
            ("manifest.toml", "pattern = \"{year}{year}\"", "twice"),
            ("manifest.toml", "encoding = \"klingon\"", "klingon"),
            ("manifest.csv", "file,colour\na,b", "`colour` is no column"),
            ("manifest.csv", "paper\nx", "no column `path`"),
            ("manifest.csv", "path,date\na,1998\nb,Mai", "line 3"),
            ("mapping.toml", "body = 1", "[fields]"),
            ("manifest.toml", "[mapping]\na = \"bodyy\"", "`bodyy` is no field"),
        ];
        for (name, text, want) in cases {
            let told = fault(name, text);
            assert!(told.contains(want) && told.contains(name), "{text}: {told}");
        }
    }
}
