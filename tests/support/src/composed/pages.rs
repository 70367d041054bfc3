//! Pages with answers, and the articles that pages are composed of.

use baoku::model::{ArticleId, Label, SourcePage};
use baoku::review::held_out;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A printed part of an article: what it is, and its text.
pub type Part = (Label, String);

/// An article as its printed parts, and the source that it is of.
#[derive(Clone, Debug)]
pub struct Story {
    /// Number of the source.
    pub source: usize,
    /// Its parts, in the order of print.
    pub parts: Vec<Part>,
}

/// A row of a page whose answer is known: a paragraph, or a printed line.
#[derive(Clone, Debug)]
pub struct Row {
    /// As printed, with white space before it.
    pub text: String,
    /// What it is.
    pub label: Label,
    /// Whether an article begins with it.
    pub begins: bool,
    /// Whether it goes on with the row before it of the same kind.
    pub goes_on: bool,
}

/// An article of a page: what `score_pages.py` asks for.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Its title, the lines of one separated by a space.
    pub title: String,
    /// Rows of its paragraphs, from 1.
    pub paragraphs: Vec<Vec<u32>>,
}

/// A page with its answers.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// Its rows, in the order of the source.
    pub rows: Vec<Row>,
    /// Its articles.
    pub answers: Vec<Answer>,
    /// Whether its rows are printed lines already.
    pub printed: bool,
}

impl Page {
    /// The page as a reader of text files gives it.
    pub fn source(&self) -> SourcePage {
        let texts: Vec<&str> = self.rows.iter().map(|row| row.text.as_str()).collect();
        SourcePage::of_text(&texts.join("\n"))
    }

    /// Adds a row and gives its number.
    pub fn push(&mut self, row: Row) -> u32 {
        self.rows.push(row);
        self.rows.len() as u32
    }
}

/// Keys of the answers, and what their rows are.
const KEYS: [(&str, Label); 12] = [
    ("furniture", Label::Furniture),
    ("column", Label::Column),
    ("group", Label::Kicker),
    ("kicker", Label::Kicker),
    ("headline", Label::Title),
    ("title", Label::Title),
    ("subtitle", Label::Subtitle),
    ("byline", Label::Byline),
    ("subheads", Label::Subhead),
    ("marker", Label::Credit),
    ("markers", Label::Credit),
    ("captions", Label::Caption),
];

/// Whole numbers of a list, also of lists in it.
fn numbers(value: &Value) -> Vec<u32> {
    let inner = |value: &Value| match value.as_u64() {
        Some(number) => vec![number as u32],
        None => numbers(value),
    };
    value.as_array().into_iter().flatten().flat_map(inner).collect()
}

/// The pages of a folder with `gold/*.json` and `pages/*.txt`; of none where it is missing.
pub fn folder(folder: &Path) -> Vec<Page> {
    let Ok(entries) = std::fs::read_dir(folder.join("gold")) else { return Vec::new() };
    let mut gold: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    gold.sort();
    let text = |path: &PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        [folder.join("pages").join(format!("{name}.txt")), folder.join(format!("{name}.txt"))]
    };
    gold.iter().filter_map(|path| text(path).iter().find(|text| text.is_file()).map(|text| page(path, text))).collect()
}

/// The sample pages of the project, those with answers.
pub fn samples(root: &Path) -> Vec<Page> {
    let mut gold: Vec<PathBuf> = std::fs::read_dir(root.join("tests/layout/gold"))
        .expect("answers")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    gold.sort();
    let text = |path: &PathBuf| {
        let answers: Value = serde_json::from_slice(&std::fs::read(path).expect("answers")).expect("JSON");
        root.join("corpus").join(answers["file"].as_str().expect("a file"))
    };
    gold.iter().map(|path| page(path, &text(path))).collect()
}

/// A page from its answers and its text.
pub fn page(gold: &Path, text: &Path) -> Page {
    let answers: Value = serde_json::from_slice(&std::fs::read(gold).expect("answers")).expect("JSON");
    let decoded = baoku::corpus::decode(std::fs::read(text).expect("a page"), None).expect("text");
    let row = |text: &str| Row { text: text.to_owned(), label: Label::Furniture, begins: false, goes_on: false };
    let lines = SourcePage::of_text(&decoded.text).lines;
    let name = gold.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut page = Page { name, rows: lines.iter().map(|line| row(&line.text)).collect(), ..Page::default() };
    for article in answers["articles"].as_array().expect("articles") {
        answer(&mut page, article);
    }
    page
}

fn answer(page: &mut Page, article: &Value) {
    let photo = article["kind"] == "photo";
    let mut used = Vec::new();
    let mut mark = |page: &mut Page, number: u32, label: Label, goes_on: bool| {
        let row = &mut page.rows[number as usize - 1];
        (row.label, row.goes_on) = (label, goes_on);
        used.push(number);
    };
    for (key, label) in KEYS {
        let rows = numbers(&article[key]);
        // The label of a digest and the title of a group stand in the answers of all their articles, on the page once.
        let shared = key == "column" || key == "group";
        for (place, &number) in rows.iter().enumerate() {
            if shared && page.rows[number as usize - 1].label != Label::Furniture {
                continue;
            }
            let text = &page.rows[number as usize - 1].text;
            let turned = label == Label::Credit
                && text.chars().count() <= 16
                && (text.contains("下转") || text.contains("上接"));
            let label = if turned { Label::Continuation } else { label };
            mark(page, number, label, label == Label::Title && place > 0 && rows[place - 1] + 1 == number);
        }
    }
    let groups = |key: &str| article[key].as_array().into_iter().flatten().map(numbers).collect::<Vec<_>>();
    let paragraphs = groups("paras");
    for (list, label) in
        [(&paragraphs, if photo { Label::Caption } else { Label::Body }), (&groups("captions"), Label::Caption)]
    {
        for group in list {
            group.iter().enumerate().for_each(|(place, &number)| mark(page, number, label, place > 0));
        }
    }
    if let Some(first) = used.iter().min() {
        page.rows[*first as usize - 1].begins = true;
    }
    let printed = || {
        numbers(&article["title"]).iter().map(|n| page.rows[*n as usize - 1].text.clone()).collect::<Vec<_>>().join(" ")
    };
    let title = article["headline_text"].as_str().map_or_else(printed, str::to_owned);
    page.answers.push(Answer { title, paragraphs });
}

/// The articles of pages.
pub fn stories(pages: &[Page], source: usize) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    for page in pages {
        let mut open = false;
        for row in &page.rows {
            if row.begins {
                stories.push(Story { source, parts: Vec::new() });
                open = true;
            }
            let Some(story) = stories.last_mut().filter(|_| open && row.label != Label::Furniture) else { continue };
            match story.parts.last_mut().filter(|last| row.goes_on && last.0 == row.label) {
                Some(last) => last.1.push_str(row.text.trim()),
                None => story.parts.push((row.label, row.text.trim().to_owned())),
            }
        }
    }
    stories.retain(|story| story.parts.iter().any(|part| is_text(part.0)));
    stories
}

/// Whether a part is running text or that of a picture.
pub fn is_text(label: Label) -> bool {
    matches!(label, Label::Body | Label::Caption)
}

/// Articles written for the press, of the half that is not [`held_out`]: one JSON object a line. The items of a digest without a
/// title are articles, as everywhere.
pub fn written(path: &Path, source: usize) -> Vec<Story> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let kinds: BTreeMap<&str, Label> =
        Label::ALL.iter().map(|label| (label.name(), *label)).chain([("mark", Label::Continuation)]).collect();
    let story = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let part = |part: &Value| Some((*kinds.get(part[0].as_str()?)?, part[1].as_str()?.trim().to_owned()));
        Story { source, parts: row["parts"].as_array().into_iter().flatten().filter_map(part).collect() }
    };
    let open = |line: &&str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        !held_out(ArticleId::of_item("tests/press", row["id"].as_str().expect("an id")))
    };
    let stories = text.lines().filter(open).map(story).flat_map(items);
    stories.filter(|story| story.parts.iter().any(|part| is_text(part.0))).collect()
}

/// The items of a digest without a title; another article as it is.
fn items(story: Story) -> Vec<Story> {
    let bodies = story.parts.iter().filter(|part| part.0 == Label::Body);
    let marked = bodies.clone().filter(|part| part.1.starts_with(MARKS)).count();
    if marked < 3 || marked < bodies.count() || story.parts.iter().any(|part| part.0 == Label::Title) {
        return vec![story];
    }
    let mut items: Vec<Story> = Vec::new();
    for part in story.parts {
        match items.last_mut().filter(|item| part.0 != Label::Body || !item.parts.iter().any(|p| p.0 == Label::Body)) {
            Some(item) => item.parts.push(part),
            None => items.push(Story { source: story.source, parts: vec![part] }),
        }
    }
    items
}

/// Marks of the items of a digest.
const MARKS: [char; 12] = ['●', '■', '◆', '★', '▲', '◎', '○', '△', '□', '※', '◇', '▶'];

/// Lines of page furniture: whether they stand at the top, and their text.
pub fn furniture(folder: &Path) -> Vec<(bool, String)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("articles").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts = files
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| std::fs::read_to_string(path).expect("text"));
    texts
        .flat_map(|text| {
            text.lines()
                .filter_map(|line| line.split_once('\t').map(|(place, text)| (place == "top", text.to_owned())))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Items of the television news, one in `every`.
pub fn television(path: &Path, every: usize, source: usize) -> Vec<Story> {
    let Ok(file) = std::fs::File::open(path) else { return Vec::new() };
    let text = std::io::read_to_string(zstd::stream::Decoder::new(file).expect("a packed file")).expect("text");
    text.lines().step_by(every).filter_map(|line| item(&serde_json::from_str(line).ok()?, source)).collect()
}

/// The bodies of some items of the television news: what pairs of characters are counted over.
pub fn bodies(path: &Path, every: usize) -> Vec<String> {
    let Ok(file) = std::fs::File::open(path) else { return Vec::new() };
    let text = std::io::read_to_string(zstd::stream::Decoder::new(file).expect("a packed file")).expect("text");
    let body =
        |line: &str| serde_json::from_str::<Value>(line).ok().and_then(|row| row["body"].as_str().map(str::to_owned));
    text.lines().step_by(every).filter_map(body).collect()
}

fn item(row: &Value, source: usize) -> Option<Story> {
    let title = ["[视频]", "【视频】", "视频"]
        .iter()
        .fold(row["title"].as_str()?.trim(), |title, mark| title.strip_prefix(mark).unwrap_or(title).trim());
    let lines: Vec<&str> = row["body"].as_str()?.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let fits =
        (4..=40).contains(&title.chars().count()) && (1..=14).contains(&lines.len()) && !title.contains("联播快讯");
    let sentence = |line: &str| line.ends_with(['。', '！', '？', '”', '」', '）', ')', '：', '…', '；']);
    let part = |line: &str| {
        (if line.chars().count() < 24 && !sentence(line) { Label::Subhead } else { Label::Body }, line.to_owned())
    };
    let parts: Vec<Part> =
        std::iter::once((Label::Title, title.to_owned())).chain(lines.iter().map(|line| part(line))).collect();
    (fits && parts.last()?.0 == Label::Body).then_some(Story { source, parts })
}
