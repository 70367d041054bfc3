//! Pages that the press has set and read back (benches/press): source pages of every reader, each line with its answer.

use baoku::layout::state_of;
use baoku::model::{Area, Block, Label, Line, SourcePage};
use baoku::readers::{ReaderOutput, SourceFile, reader_for};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use support::composed::pages::{Answer, Page, Row};

/// What is known of a line that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// What it is.
    pub(crate) label: Label,
    /// Number of its article, 0 for furniture.
    pub(crate) article: u64,
    /// Number of its part in the article.
    pub(crate) part: u64,
}

/// A page as it was read, with what is known of its lines.
#[derive(Clone, Debug)]
pub(crate) struct PressPage {
    /// The style that it was set in.
    pub(crate) style: String,
    /// How it was read back: pdf, rapidocr, hocr.
    pub(crate) kind: &'static str,
    /// As a reader gives it.
    pub(crate) page: SourcePage,
    /// The answer of each line, by its place in the page.
    pub(crate) known: Vec<Known>,
}

/// Folders of what was read back, and the ending of their files.
const READ_BACK: [(&str, &str); 3] = [("pdf", "pdf"), ("rapidocr", "json"), ("hocr", "hocr")];

/// All pages of a folder that the press has filled.
pub(crate) fn pages(folder: &Path) -> Vec<PressPage> {
    let Ok(entries) = std::fs::read_dir(folder.join("lines")) else { return Vec::new() };
    let mut answers: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    answers.sort();
    answers.iter().flat_map(|path| READ_BACK.iter().filter_map(|kind| page(folder, path, *kind))).collect()
}

fn page(folder: &Path, answers: &Path, (kind, ending): (&'static str, &str)) -> Option<PressPage> {
    let stem = answers.file_stem()?.to_string_lossy().into_owned();
    let path = format!("{kind}/{stem}.{ending}");
    let bytes = std::fs::read(folder.join(&path)).ok()?;
    let truth: Value = serde_json::from_slice(&std::fs::read(answers).ok()?).ok()?;
    let style = truth["style"].as_str()?.to_owned();
    // Tesseract's model of horizontal print reads nothing of vertical pages.
    if kind == "hocr" && style.starts_with("vertical") {
        return None;
    }
    let page = read(&path, &bytes)?;
    let skew = if kind == "pdf" { 0.0 } else { scan_skew(folder, &stem) };
    let known = known(&page, &truth, skew);
    Some(PressPage { style, kind, page, known })
}

/// The first page of a file.
fn read(path: &str, bytes: &[u8]) -> Option<SourcePage> {
    let file = SourceFile::new(path, bytes, None);
    let mut first = None;
    reader_for(&file)?
        .read(&file, &mut |found| {
            if let ReaderOutput::Page(page) = found {
                first.get_or_insert(*page);
            }
        })
        .ok()?;
    first
}

/// Degrees that the picture was turned by.
fn scan_skew(folder: &Path, stem: &str) -> f64 {
    let text = std::fs::read_to_string(folder.join(format!("scan/{stem}.json"))).unwrap_or_default();
    serde_json::from_str::<Value>(&text).ok().and_then(|scan| scan["skew"].as_f64()).unwrap_or(0.0)
}

/// A set line: its box on the page, and what it is.
struct SetLine {
    area: Area,
    known: Known,
}

fn known(page: &SourcePage, truth: &Value, skew: f64) -> Vec<Known> {
    let (width, height) = (truth["width"].as_f64().unwrap_or(1.0), truth["height"].as_f64().unwrap_or(1.0));
    let tall = 10_000.0 * height / width;
    let lines: Vec<SetLine> =
        truth["lines"].as_array().into_iter().flatten().filter_map(|line| set_line(line, tall, skew)).collect();
    let nothing = Known { label: Label::Furniture, article: 0, part: 0 };
    page.lines.iter().map(|line| line.area.and_then(|area| nearest(&lines, &area)).unwrap_or(nothing)).collect()
}

fn set_line(line: &Value, tall: f64, skew: f64) -> Option<SetLine> {
    let side = |at: usize, length: f64| line["box"][at].as_f64().map(|share| share * length);
    let (left, top, right, bottom) = (side(0, 10_000.0)?, side(1, tall)?, side(2, 10_000.0)?, side(3, tall)?);
    // The picture was turned around its middle.
    let (sin, cos) = skew.to_radians().sin_cos();
    let turned = |x: f64, y: f64| {
        let (x, y) = (x - 5_000.0, y - tall / 2.0);
        (x * cos + y * sin + 5_000.0, y * cos - x * sin + tall / 2.0)
    };
    let (x, y) = turned((left + right) / 2.0, (top + bottom) / 2.0);
    let (half_width, half_height) = ((right - left) / 2.0, (bottom - top) / 2.0);
    let area = Area {
        left: (x - half_width) as i32,
        top: (y - half_height) as i32,
        right: (x + half_width) as i32,
        bottom: (y + half_height) as i32,
    };
    let label = Label::ALL.into_iter().find(|label| Some(label.name()) == line["kind"].as_str());
    let label = label.unwrap_or(if line["kind"] == "mark" { Label::Continuation } else { Label::Furniture });
    let number = |key: &str| line[key].as_u64().unwrap_or(0);
    Some(SetLine { area, known: Known { label, article: number("article"), part: number("part") } })
}

/// The set line that shares most with a box, where it shares a third of the smaller one.
fn nearest(lines: &[SetLine], area: &Area) -> Option<Known> {
    let shared =
        |line: &SetLine| i64::from(line.area.overlap_x(area).max(0)) * i64::from(line.area.overlap_y(area).max(0));
    let size = |area: &Area| i64::from(area.width().max(1)) * i64::from(area.height().max(1));
    let best = lines.iter().max_by_key(|line| shared(line))?;
    (3 * shared(best) >= size(area).min(size(&best.area))).then_some(best.known)
}

impl PressPage {
    /// The states of lines in a reading order, for the line model: text or not, goes on or not.
    pub(crate) fn line_states(&self, order: &[u32]) -> Vec<usize> {
        let known = |number: &u32| self.known[*number as usize - 1];
        let state = |at: usize| {
            let here = known(&order[at]);
            let goes_on = at > 0 && known(&order[at - 1]) == here && (here.article, here.part) != (0, 0);
            usize::from(goes_on) + 2 * usize::from(support::composed::pages::is_text(here.label))
        };
        (0..order.len()).map(state).collect()
    }

    /// The page with its lines as rows: articles by what is known of their lines, titles as they were read.
    pub(crate) fn answered(&self) -> Page {
        let row = |(line, known): (&Line, &Known)| Row {
            text: line.text.clone(),
            label: known.label,
            begins: false,
            goes_on: false,
        };
        let rows = self.page.lines.iter().zip(&self.known).map(row).collect();
        let articles: BTreeSet<u64> =
            self.known.iter().map(|known| known.article).filter(|number| *number > 0).collect();
        let answers =
            articles.into_iter().map(|number| self.answer(number)).filter(|answer| !answer.paragraphs.is_empty());
        Page { name: self.style.clone(), rows, answers: answers.collect(), printed: true }
    }

    fn answer(&self, article: u64) -> Answer {
        let of = |label: Label| -> BTreeMap<u64, Vec<u32>> {
            let mut parts: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
            for (number, known) in (1..).zip(&self.known) {
                if known.article == article && known.label == label {
                    parts.entry(known.part).or_default().push(number);
                }
            }
            parts
        };
        let text = |lines: &Vec<u32>| {
            lines.iter().map(|line| self.page.lines[*line as usize - 1].text.as_str()).collect::<String>()
        };
        let title: Vec<String> = of(Label::Title).values().map(text).collect();
        let bodies = of(Label::Body);
        let bodies = if bodies.is_empty() { of(Label::Caption) } else { bodies };
        Answer { title: title.join(" "), paragraphs: bodies.into_values().collect() }
    }

    /// The states of blocks in their order. Where the order leaves an article and comes back, it begins anew.
    pub(crate) fn block_states(&self, blocks: &[Block]) -> Vec<usize> {
        let mut last_article = 0;
        let mut last_part: HashMap<(u64, bool), u64> = HashMap::new();
        let mut seen: HashSet<u64> = HashSet::new();
        let state = |block: &Block| {
            let here = self.known[block.lines[0] as usize - 1];
            if here.article == 0 {
                return state_of(here.label, false, false);
            }
            let begins = here.article != last_article;
            let kind = (here.article, here.label == Label::Caption);
            let goes_on = last_part.insert(kind, here.part) == Some(here.part);
            let known = !seen.insert(here.article);
            last_article = here.article;
            state_of(here.label, begins, goes_on && (known || !begins))
        };
        blocks.iter().map(state).collect()
    }
}
