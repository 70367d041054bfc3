//! How well pages are cut, by the rules of `score_pages.py`.

use super::pages::Page;
use baoku::layout::{CalibratedOutput, OPENS_BY_FORM, PageLayout, STATES, state_of};
use baoku::model::{ArticleKind, Label, Passage};
use std::collections::{HashMap, HashSet};

/// Sums over pages.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pages: usize,
    bcubed: f64,
    articles: usize,
    exact: usize,
    titles: usize,
    /// Joins: right, wrong, missed.
    joins: [usize; 3],
    /// Captions; those that stand in no picture, and paragraphs that stand in one.
    captions: [usize; 2],
    /// Probabilities that were stated, and whether what was told was right.
    pub stated: Vec<(CalibratedOutput, f32, bool)>,
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Score {
    /// Adds a page.
    pub fn add(&mut self, page: &Page, reading: &PageLayout) {
        let placed = Placed::of(reading);
        self.pages += 1;
        self.bcubed += bcubed(page, &placed);
        for answer in &page.answers {
            let body: Vec<u32> = answer.paragraphs.iter().flatten().copied().collect();
            let mine = placed.holder(&body);
            self.articles += 1;
            self.exact += usize::from(mine.is_some_and(|mine| placed.same(mine, &body, page)));
            let title = mine.map(|mine| squeezed(&reading.cut.stories[mine].title)).unwrap_or_default();
            self.titles += usize::from(is_title(&answer.title, &title));
            self.joins(&answer.paragraphs, &placed);
        }
        self.captions(page, reading);
        self.stated(page, reading);
    }

    fn captions(&mut self, page: &Page, reading: &PageLayout) {
        let lines = |passage: &Passage| passage.blocks.clone();
        let captions: HashSet<u32> = reading
            .cut
            .stories
            .iter()
            .flat_map(|story| {
                story.captions.iter().chain(story.body.iter().filter(|_| story.kind == ArticleKind::Photo))
            })
            .flat_map(lines)
            .collect();
        for (number, row) in (1..).zip(&page.rows) {
            self.captions[0] += usize::from(row.label == Label::Caption);
            let wrong = match row.label {
                Label::Caption => !captions.contains(&number),
                Label::Body => captions.contains(&number),
                _ => false,
            };
            self.captions[1] += usize::from(wrong);
        }
    }

    fn joins(&mut self, paragraphs: &[Vec<u32>], placed: &Placed) {
        let wanted: HashMap<u32, usize> =
            (0..).zip(paragraphs).flat_map(|(n, group)| group.iter().map(move |row| (*row, n))).collect();
        let body: Vec<u32> = paragraphs.iter().flatten().copied().collect();
        for pair in body.windows(2) {
            let want = wanted[&pair[0]] == wanted[&pair[1]];
            let passage = |row| placed.passages.get(&row);
            let got = passage(pair[0]).is_some() && passage(pair[0]) == passage(pair[1]);
            match (want, got) {
                (true, true) => self.joins[0] += 1,
                (false, true) => self.joins[1] += 1,
                (true, false) => self.joins[2] += 1,
                (false, false) => {}
            }
        }
    }

    /// Notes what was stated of each border, label and join.
    fn stated(&mut self, page: &Page, reading: &PageLayout) {
        for (block, label) in reading.blocks.iter().zip(&reading.labels) {
            let row = &page.rows[block.lines[0] as usize - 1];
            let by_form = label.features.first().is_some_and(|feature| feature == OPENS_BY_FORM);
            let border = if by_form { CalibratedOutput::Form } else { CalibratedOutput::Border };
            let wanted = &STATES[state_of(row.label, row.begins, row.goes_on)];
            self.stated.push((border, label.border, row.begins == label.begins));
            self.stated.push((CalibratedOutput::Label, label.score, row.label == label.label));
            self.stated.push((CalibratedOutput::Join, label.join, wanted.goes_on == label.goes_on));
        }
    }

    /// B-cubed F1, share of articles that are exact, share of titles that are right.
    pub fn figures(&self) -> [f64; 3] {
        let share = |count: usize| count as f64 / self.articles.max(1) as f64;
        [self.bcubed / self.pages.max(1) as f64, share(self.exact), share(self.titles)]
    }

    /// F1 of the joins.
    pub fn join(&self) -> f64 {
        let [right, wrong, missed] = self.joins;
        2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64
    }

    /// A row of a table.
    pub fn row(&self) -> String {
        let [bcubed, exact, title] = self.figures();
        let captions = match self.captions {
            [0, _] => "–".to_owned(),
            [all, wrong] => format!("{:.3}", wrong as f64 / all as f64),
        };
        format!("{bcubed:.3} / {exact:.3} / {title:.3} | {:.3} | {captions} | {}", self.join(), self.articles)
    }
}

/// Where the rows of a page were put.
struct Placed {
    articles: HashMap<u32, usize>,
    passages: HashMap<u32, (usize, usize)>,
}

impl Placed {
    fn of(reading: &PageLayout) -> Self {
        let mut placed = Self { articles: HashMap::new(), passages: HashMap::new() };
        for (number, story) in reading.cut.stories.iter().enumerate() {
            for (at, passage) in story.body.iter().filter(|p| !p.subhead).chain(&story.captions).enumerate() {
                for row in &passage.blocks {
                    placed.articles.entry(*row).or_insert(number);
                    placed.passages.entry(*row).or_insert((number, at));
                }
            }
        }
        placed
    }

    /// The article that holds most of some rows.
    fn holder(&self, rows: &[u32]) -> Option<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        rows.iter()
            .filter_map(|row| self.articles.get(row))
            .for_each(|article| *votes.entry(*article).or_default() += 1);
        votes.into_iter().max_by_key(|(article, votes)| (*votes, std::cmp::Reverse(*article))).map(|vote| vote.0)
    }

    /// Whether an article holds just these rows among the body rows of the page.
    fn same(&self, article: usize, rows: &[u32], page: &Page) -> bool {
        let all = page.answers.iter().flat_map(|answer| answer.paragraphs.iter().flatten());
        let held: HashSet<u32> = all.copied().filter(|row| self.articles.get(row) == Some(&article)).collect();
        held == rows.iter().copied().collect()
    }
}

fn is_title(want: &str, got: &str) -> bool {
    let whole = squeezed(want);
    let lines: Vec<String> = want.split(' ').map(squeezed).collect();
    let half = got.chars().count() * 2 >= whole.chars().count();
    whole == got
        || (!whole.is_empty() && lines.last().is_some_and(|last| last == got))
        || (!got.is_empty() && !whole.is_empty() && half && lines.iter().any(|line| line == got))
}

/// Where a row was put and where it belongs.
type Cell = ((usize, usize), usize);

/// B-cubed F1 over the body rows of a page; a row that is nowhere is by itself.
fn bcubed(page: &Page, placed: &Placed) -> f64 {
    let truth: HashMap<u32, usize> = (0..)
        .zip(&page.answers)
        .flat_map(|(n, answer)| answer.paragraphs.iter().flatten().map(move |row| (*row, n)))
        .collect();
    let mine = |row: u32| placed.articles.get(&row).map_or((1, row as usize), |article| (0, *article));
    let (mut got, mut want, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (&row, &article) in &truth {
        *got.entry(mine(row)).or_insert(0.0) += 1.0;
        *want.entry(article).or_insert(0.0) += 1.0;
        *both.entry((mine(row), article)).or_insert(0.0) += 1.0;
    }
    let sum = |of: &dyn Fn(&Cell) -> f64| {
        let parts = both.iter().map(|(cell, count): (&Cell, &f64)| count * count / of(cell));
        parts.sum::<f64>() / truth.len().max(1) as f64
    };
    let (precision, recall): (f64, f64) = (sum(&|key| got[&key.0]), sum(&|key| want[&key.1]));
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}
