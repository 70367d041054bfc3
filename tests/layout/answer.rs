//! Hand-made answers of pages, and how well a cut agrees with one.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test and bench uses its part of this module")]

use baoku::layout::{Cut, Decision, DecisionKind};
use baoku::model::{Block, BlockLabel, Kind, Label, SourcePage};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The answer for a page: which blocks make which articles.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Answer {
    pub articles: Vec<Item>,
    #[serde(default)]
    pub furniture: Vec<u32>,
}

/// One article of an answer; numbers of blocks.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Item {
    pub kind: String,
    pub column: Vec<u32>,
    /// A title over several stories; given to the first of them.
    pub group: Vec<u32>,
    pub kicker: Vec<u32>,
    #[serde(alias = "headline")]
    pub title: Vec<u32>,
    pub subtitle: Vec<u32>,
    pub byline: Vec<u32>,
    pub subheads: Vec<u32>,
    /// Paragraphs in reading order.
    pub paras: Vec<Vec<u32>>,
    pub captions: Vec<Vec<u32>>,
    #[serde(alias = "marker")]
    pub markers: Vec<u32>,
    pub grafts: Vec<Copied>,
}

/// A run in `block` that belongs to `owner`; code points.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Copied {
    pub block: u32,
    pub start: usize,
    pub end: usize,
    pub owner: u32,
}

impl Item {
    pub fn is_photo(&self) -> bool {
        self.kind == Kind::Photo.name()
    }

    pub fn body(&self) -> impl Iterator<Item = u32> {
        self.paras.iter().flatten().copied()
    }

    fn heads(&self) -> impl Iterator<Item = u32> {
        let all = [&self.kicker, &self.title, &self.subtitle, &self.byline, &self.subheads];
        all.into_iter().flatten().copied()
    }
}

impl Answer {
    pub fn read(path: &Path) -> Self {
        serde_json::from_str(&std::fs::read_to_string(path).expect("an answer")).expect("JSON")
    }

    /// The label of each block; `None` for a block that the answer does not name.
    pub fn labels(&self, blocks: &[Block]) -> Vec<Option<Label>> {
        let mut labels: Vec<Option<Label>> = vec![None; blocks.len()];
        let mut set = |numbers: &[u32], label: Label| {
            numbers.iter().for_each(|&number| labels[number as usize - 1] = Some(label));
        };
        set(&self.furniture, Label::Furniture);
        for item in &self.articles {
            set(&item.column, Label::Column);
            set(&item.group, Label::Kicker);
            set(&item.kicker, Label::Kicker);
            set(&item.title, Label::Title);
            set(&item.subtitle, Label::Subtitle);
            set(&item.byline, Label::Byline);
            set(&item.subheads, Label::Subhead);
            set(&item.markers, Label::Continuation);
            let text = if item.is_photo() { Label::Caption } else { Label::Body };
            item.paras.iter().for_each(|para| set(para, text));
            item.captions.iter().for_each(|caption| set(caption, Label::Caption));
            for caption in item.captions.iter().chain(item.paras.iter().filter(|_| item.is_photo())) {
                for &number in caption.iter().skip(1).filter(|&&n| blocks[n as usize - 1].text.chars().count() <= 16) {
                    set(&[number], Label::Credit);
                }
            }
        }
        labels
    }

    /// The article of each body block.
    fn owners(&self) -> BTreeMap<u32, usize> {
        let bodies = self.articles.iter().enumerate();
        bodies.flat_map(|(number, item)| item.body().map(move |block| (block, number))).collect()
    }

    /// Whether a decision should have been yes; `None` where the answer does not say.
    pub fn decides(&self, decision: &Decision) -> Option<bool> {
        let (at, before) = (decision.at as u32 + 1, decision.before? as u32 + 1);
        let owner = |block| self.articles.iter().position(|item| item.body().any(|b| b == block));
        let mine = owner(before)?;
        match decision.kind {
            DecisionKind::Break => Some(owner(at)? != mine),
            DecisionKind::Join => {
                let same = |para: &Vec<u32>| para.contains(&at) && para.contains(&before);
                owner(at)?;
                Some(self.articles[mine].paras.iter().any(same))
            }
            DecisionKind::Picture => {
                let inside = |item: &Item| item.captions.iter().flatten().any(|&block| block == at);
                Some(!self.articles.iter().any(inside))
            }
        }
    }
}

/// Sums over pages; the measures are those of `score_pages.py`.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub pages: usize,
    pub blocks: usize,
    pub labels_right: usize,
    precision: f64,
    recall: f64,
    pub articles: usize,
    pub exact: usize,
    pub titles: usize,
    pub joins: [usize; 3],
    pub heads: [usize; 3],
    pub grafts: [usize; 3],
    pub spurious: usize,
}

impl Score {
    pub fn add(&mut self, answer: &Answer, blocks: &[Block], labels: &[BlockLabel], cut: &Cut) {
        self.pages += 1;
        for (want, got) in answer.labels(blocks).iter().zip(labels) {
            self.blocks += usize::from(want.is_some());
            self.labels_right += usize::from(*want == Some(got.label));
        }
        self.add_clusters(answer, cut);
        self.add_joins(answer, cut);
        self.add_heads(answer, cut);
        self.add_grafts(answer, cut);
        self.add_titles(answer, blocks, cut);
    }

    /// B-cubed over body blocks (Bagga and Baldwin 1998), and articles whose body blocks are exactly right.
    fn add_clusters(&mut self, answer: &Answer, cut: &Cut) {
        let (want, got) = (answer.owners(), stories_of(cut));
        let lost = |block: u32| 1_000_000 + block as usize;
        let mine = |block: u32| got.get(&block).copied().unwrap_or_else(|| lost(block));
        let (mut precision, mut recall) = (0.0, 0.0);
        for (&block, &owner) in &want {
            let predicted = want.keys().filter(|&&other| mine(other) == mine(block));
            let (mut all, mut both) = (0, 0);
            for other in predicted {
                all += 1;
                both += usize::from(want[other] == owner);
            }
            let real = want.values().filter(|&&other| other == owner).count();
            precision += both as f64 / all as f64;
            recall += both as f64 / real as f64;
        }
        self.precision += precision / want.len().max(1) as f64;
        self.recall += recall / want.len().max(1) as f64;
        for number in 0..answer.articles.len() {
            let real: BTreeSet<u32> = want.iter().filter(|(_, owner)| **owner == number).map(|(b, _)| *b).collect();
            let first = real.first().map(|&block| mine(block));
            let predicted: BTreeSet<u32> = want.keys().copied().filter(|&b| Some(mine(b)) == first).collect();
            self.articles += 1;
            self.exact += usize::from(real == predicted);
        }
        let held: BTreeSet<usize> = want.keys().filter_map(|block| got.get(block).copied()).collect();
        self.spurious += (0..cut.stories.len()).filter(|story| !held.contains(story)).count();
    }

    fn add_joins(&mut self, answer: &Answer, cut: &Cut) {
        let mut passage_of = BTreeMap::new();
        let passages = cut.stories.iter().flat_map(|story| story.body.iter().chain(&story.captions));
        for (number, passage) in passages.enumerate() {
            passage.blocks.iter().for_each(|&block| _ = passage_of.insert(block, number));
        }
        for item in &answer.articles {
            let para_of = |block: u32| item.paras.iter().position(|para| para.contains(&block));
            let sequence: Vec<u32> = item.body().collect();
            for pair in sequence.windows(2) {
                let want = para_of(pair[0]) == para_of(pair[1]);
                let got = passage_of.contains_key(&pair[0]) && passage_of.get(&pair[0]) == passage_of.get(&pair[1]);
                count(&mut self.joins, want, got);
            }
        }
    }

    fn add_heads(&mut self, answer: &Answer, cut: &Cut) {
        let want: BTreeSet<u32> = answer.articles.iter().flat_map(Item::heads).collect();
        let others = |item: &Item| [item.column.clone(), item.group.clone(), item.markers.clone()].concat();
        let free: BTreeSet<u32> =
            answer.articles.iter().flat_map(others).chain(answer.furniture.iter().copied()).collect();
        let got: BTreeSet<u32> = cut.stories.iter().flat_map(|story| story.head_blocks.iter().copied()).collect();
        self.heads[0] += want.intersection(&got).count();
        self.heads[1] += got.difference(&want).filter(|block| !free.contains(block)).count();
        self.heads[2] += want.difference(&got).count();
    }

    /// A graft is right when its block and at least nine tenths of its run are.
    fn add_grafts(&mut self, answer: &Answer, cut: &Cut) {
        let wanted: Vec<&Copied> = answer.articles.iter().flat_map(|item| &item.grafts).collect();
        let found: Vec<(u32, usize, usize)> =
            cut.grafts.iter().flat_map(|(block, list)| list.iter().map(|g| (*block, g.start, g.end))).collect();
        let same = |want: &Copied, got: &(u32, usize, usize)| {
            let both = got.2.min(want.end).saturating_sub(got.1.max(want.start));
            want.block == got.0 && 10 * both >= 9 * (want.end - want.start)
        };
        let hits = wanted.iter().filter(|want| found.iter().any(|got| same(want, got))).count();
        self.grafts[0] += hits;
        self.grafts[1] += found.len() - found.iter().filter(|got| wanted.iter().any(|want| same(want, got))).count();
        self.grafts[2] += wanted.len() - hits;
    }

    fn add_titles(&mut self, answer: &Answer, blocks: &[Block], cut: &Cut) {
        let story_of = stories_of(cut);
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        for item in &answer.articles {
            let want: Vec<String> = item.title.iter().map(|&n| squeeze(&blocks[n as usize - 1].text)).collect();
            let story = item.body().find_map(|block| story_of.get(&block)).map(|&story| &cut.stories[story]);
            let got = story.map(|story| squeeze(&story.title)).unwrap_or_default();
            self.titles += usize::from(want.concat() == got || want.last().is_some_and(|last| *last == got));
        }
    }

    pub fn bcubed(&self) -> f64 {
        let pages = self.pages.max(1) as f64;
        let (p, r) = (self.precision / pages, self.recall / pages);
        2.0 * p * r / (p + r).max(f64::MIN_POSITIVE)
    }

    pub fn exact_share(&self) -> f64 {
        self.exact as f64 / self.articles.max(1) as f64
    }

    pub fn title_share(&self) -> f64 {
        self.titles as f64 / self.articles.max(1) as f64
    }

    /// The row of a table: labels, B-cubed, exact articles, titles, heads, joins, grafts.
    pub fn row(&self) -> String {
        let labels = self.labels_right as f64 / self.blocks.max(1) as f64;
        let numbers = [labels, self.bcubed(), self.exact_share(), self.title_share(), f1(self.heads), f1(self.joins)];
        let cells: Vec<String> = numbers.iter().map(|n| format!("{n:.3}")).collect();
        format!("{} | {:.3} | {}", cells.join(" | "), f1(self.grafts), self.spurious)
    }
}

/// An article whose body blocks are not those of one story.
#[derive(Debug)]
pub struct Fault {
    pub want: Vec<u32>,
    /// The body blocks of the stories that hold some of them.
    pub got: Vec<Vec<u32>>,
}

impl Fault {
    /// Whether a block stands close to the difference.
    pub fn near(&self, number: u32) -> bool {
        let wanted = |block: &u32| self.want.contains(block);
        let strange = self.got.iter().flatten().filter(|block| !wanted(block));
        let parted = self.got.iter().filter(|_| self.got.len() > 1).filter_map(|list| list.first());
        strange.chain(parted).any(|block| block.abs_diff(number) <= 2)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "want {:?} got {:?}", self.want, self.got)
    }
}

/// The articles that are wrong.
pub fn faults(answer: &Answer, cut: &Cut) -> Vec<Fault> {
    let (owners, got) = (answer.owners(), stories_of(cut));
    let mut faults = Vec::new();
    for item in &answer.articles {
        let mut want: Vec<u32> = item.body().collect();
        want.sort_unstable();
        let held: BTreeSet<Option<usize>> = want.iter().map(|block| got.get(block).copied()).collect();
        let of = |story: &Option<usize>| -> Vec<u32> {
            owners.keys().copied().filter(|block| got.get(block).copied() == *story).collect()
        };
        let lists: Vec<Vec<u32>> = held.iter().map(of).collect();
        if lists != [want.clone()] {
            faults.push(Fault { want, got: lists });
        }
    }
    faults
}

/// The heading of [`Score::row`].
pub const COLUMNS: &str = "labels | B³ F1 | exact articles | title | heads F1 | joins F1 | grafts F1 | spurious";

fn stories_of(cut: &Cut) -> BTreeMap<u32, usize> {
    let blocks = |story: &baoku::model::Story| {
        story
            .body
            .iter()
            .filter(|p| !p.subhead)
            .chain(&story.captions)
            .flat_map(|p| p.blocks.clone())
            .collect::<Vec<_>>()
    };
    cut.stories.iter().enumerate().flat_map(|(n, story)| blocks(story).into_iter().map(move |b| (b, n))).collect()
}

fn count(counts: &mut [usize; 3], want: bool, got: bool) {
    counts[0] += usize::from(want && got);
    counts[1] += usize::from(got && !want);
    counts[2] += usize::from(want && !got);
}

pub fn f1([hits, more, missed]: [usize; 3]) -> f64 {
    if hits + more + missed == 0 { 1.0 } else { 2.0 * hits as f64 / (2 * hits + more + missed) as f64 }
}

/// A page with its answer.
#[derive(Clone)]
pub struct Page {
    pub name: String,
    pub blocks: Vec<Block>,
    pub answer: Answer,
}

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the sample archive, with the answers that were made by hand for them.
pub fn sample_pages() -> Vec<Page> {
    let mut pages = Vec::new();
    let mut files: Vec<PathBuf> =
        walkdir::WalkDir::new(home().join("corpus")).into_iter().flatten().map(|entry| entry.into_path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    for path in files {
        let name = path.strip_prefix(home().join("corpus")).expect("below").with_extension("");
        let name = name.to_string_lossy().replace(['/', '\\'], "_");
        let bytes = baoku::corpus::read(&path).expect("bytes");
        let blocks =
            baoku::layout::blocks(&SourcePage::of_text(&baoku::corpus::decode(bytes, None).expect("text").text));
        let answer = Answer::read(&home().join("tests/layout/gold").join(format!("{name}.json")));
        pages.push(Page { name, blocks, answer });
    }
    pages
}

/// The real pages that have answers; empty, with a printed reason, where they are not here.
pub fn real_pages() -> Vec<Page> {
    answered(&home().join("../shared/pages/gold"))
}

/// The real pages with answers in a folder.
pub fn answered(answers: &Path) -> Vec<Page> {
    let folder = home().join("../shared/pages");
    let Ok(entries) = std::fs::read_dir(answers) else {
        println!("skipped: {} is not here", answers.display());
        return Vec::new();
    };
    let mut names: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    names.sort();
    let page = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("a page");
        Page { blocks: baoku::layout::blocks(&SourcePage::of_text(&text)), answer: Answer::read(&path), name }
    };
    names.into_iter().map(page).collect()
}
