//! Everything that pages can be learned from, by source.

use crate::press::{self, PressPage};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use support::composed::pages::{self, Page, Story};

/// The national daily.
pub(crate) const NATIONAL: usize = 0;
/// The television news.
pub(crate) const TELEVISION: usize = 1;
/// The sample pages of the project.
pub(crate) const SAMPLES: usize = 2;
/// The union pages with answers.
pub(crate) const UNION: usize = 3;
/// A paper of 1920 and 1939 as printed lines, borders marked by hand.
pub(crate) const OLD: usize = 11;
/// Articles written for the press, a file a writer; each writer has papers of his own.
const WRITTEN: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

/// Real pages and articles of each source.
#[derive(Clone)]
pub(crate) struct Sources {
    /// Names of the sources.
    pub(crate) names: Vec<&'static str>,
    /// Real pages of each.
    pub(crate) real: Vec<Vec<Page>>,
    /// Articles of each.
    pub(crate) stories: Vec<Vec<Story>>,
    /// Lines of page furniture.
    pub(crate) furniture: Vec<(bool, String)>,
    /// Pages that the press has set and read back; none where the environment names no folder (BAOKU_PRESS, separated by `:`).
    pub(crate) press: Vec<PressPage>,
    /// Texts that pairs of characters are counted over.
    bodies: Vec<String>,
}

/// Pages of a source that are left out while its others are learned from.
pub(crate) struct Split {
    pub(crate) name: &'static str,
    pub(crate) source: usize,
    /// What their names contain.
    pub(crate) pages: &'static str,
}

/// Other months of the daily, other years of the old paper.
pub(crate) const SPLITS: [Split; 3] = [
    Split { name: "national daily, October", source: NATIONAL, pages: "o" },
    Split { name: "old daily, 1920", source: OLD, pages: "1920" },
    Split { name: "old daily, 1939", source: OLD, pages: "1939" },
];

impl Sources {
    /// All sources; nothing where `../shared` is missing.
    pub(crate) fn load(root: &Path) -> Option<Self> {
        let shared = root.join("../shared");
        let television = shared.join("corpora/xwlb.jsonl.zst");
        let national = pages::folder(&shared.join("corpora/national"));
        if national.is_empty() || !television.is_file() {
            return None;
        }
        let (samples, union) = (pages::samples(root), pages::folder(&shared.join("pages")));
        let articles = root.join("tests/press/articles");
        let mut names = vec!["national daily", "television", "sample pages", "union pages"];
        let mut stories = vec![
            pages::stories(&national, NATIONAL),
            pages::television(&television, 24, TELEVISION),
            pages::stories(&samples, SAMPLES),
            pages::stories(&union, UNION),
        ];
        let mut real = vec![national, Vec::new(), samples, union];
        for (name, source) in WRITTEN.iter().zip(names.len()..) {
            stories.push(pages::written(&articles.join(format!("{name}.jsonl")), source));
            real.push(Vec::new());
        }
        names.extend(["papers a", "papers b", "papers c", "papers d", "papers e", "papers f", "papers g", "old daily"]);
        let mut old = pages::folder(&shared.join("corpora/jingbao"));
        old.iter_mut().for_each(|page| page.printed = true);
        // Its articles are not set beside those of other papers: of another age, they teach what does not hold.
        stories.push(Vec::new());
        real.push(old);
        let folders = std::env::var("BAOKU_PRESS").unwrap_or_default();
        let press = folders
            .split(':')
            .filter(|folder| !folder.is_empty())
            .flat_map(|folder| press::pages(Path::new(folder)))
            .collect();
        Some(Self {
            names,
            real,
            stories,
            press,
            furniture: pages::furniture(&articles),
            bodies: pages::bodies(&television, 5),
        })
    }

    /// Sources that are left out together.
    pub(crate) fn folds(&self) -> Vec<Vec<usize>> {
        vec![vec![7, TELEVISION], vec![4, 6], vec![9], vec![5, 8], vec![UNION, SAMPLES, 10], vec![NATIONAL]]
    }

    /// The sources without some pages of one, and these pages.
    pub(crate) fn without(&self, split: &Split) -> (Self, Vec<Page>) {
        let mut rest = self.clone();
        let (tests, kept): (Vec<Page>, Vec<Page>) =
            self.real[split.source].iter().cloned().partition(|page| page.name.contains(split.pages));
        if !rest.stories[split.source].is_empty() {
            rest.stories[split.source] = pages::stories(&kept, split.source);
        }
        rest.real[split.source] = kept;
        (rest, tests)
    }

    /// Styles of the press in four groups.
    pub(crate) fn styles(&self) -> Vec<Vec<&str>> {
        let all: BTreeSet<&str> = self.press.iter().map(|page| page.style.as_str()).collect();
        let group = |number: usize| all.iter().skip(number).step_by(4).copied().collect();
        (0..4).map(group).filter(|group: &Vec<&str>| !group.is_empty()).collect()
    }

    /// Beginnings and ends of blocks that at least four sources have, so that no word of one paper is learned.
    pub(crate) fn widespread(&self) -> HashSet<String> {
        let mut seen: HashMap<String, HashSet<usize>> = HashMap::new();
        for story in self.stories.iter().flatten() {
            for text in story.parts.iter().map(|part| part.1.as_str()) {
                let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
                let run = |slice: &[char]| slice.iter().collect::<String>();
                let ends = [
                    run(&chars[..chars.len().min(1)]),
                    run(&chars[..chars.len().min(2)]),
                    run(&chars[chars.len().saturating_sub(2)..]),
                ];
                ends.into_iter().for_each(|end| _ = seen.entry(end).or_default().insert(story.source));
            }
        }
        seen.into_iter().filter(|(_, sources)| sources.len() >= 4).map(|(text, _)| text).collect()
    }

    /// The frequent pairs of characters by tenths of the logarithm of how rare they are.
    pub(crate) fn pairs(&self) -> BTreeMap<i32, Vec<String>> {
        let mut texts: HashMap<(char, char), u32> = HashMap::new();
        for body in &self.bodies {
            let chars: Vec<char> = body.chars().filter(|c| !c.is_whitespace()).collect();
            let han = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
            let own: HashSet<(char, char)> =
                chars.windows(2).filter(|pair| pair.iter().all(han)).map(|pair| (pair[0], pair[1])).collect();
            own.into_iter().for_each(|pair| *texts.entry(pair).or_default() += 1);
        }
        let mut pairs: Vec<((char, char), u32)> = texts.into_iter().collect();
        pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        let mut classes: BTreeMap<i32, Vec<String>> = BTreeMap::new();
        for ((a, b), count) in pairs.into_iter().take(9000) {
            let rare = ((self.bodies.len() as f64 + 1.0) / (f64::from(count) + 1.0)).ln();
            classes.entry((rare * 2.0).round() as i32 * 5).or_default().push(format!("{a}{b}"));
        }
        classes
    }
}
