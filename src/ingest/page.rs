//! Source page → articles: blocks, labels, stories, metadata, ids.

use super::folder_days::neighbours_stamp;
use crate::enrich::{self, FactConflict, Neighbours, PageOrigin};
use crate::layout::{self, Flow, PageLayout, Segmentation};
use crate::model::{
    Article, ArticleId, ArticlePosition, Block, BlockLabel, CharacterAccount, Holding, Line, PageGeometry, PageRecord,
    PageRecordBlock, SourceKey, SourcePage, page_key,
};
use crate::text::NormalForm;
use std::collections::{HashMap, HashSet};

/// Blocks up to this many characters may hold a masthead.
const SHORT_BLOCK: usize = 80;

/// A page as it was read.
#[derive(Debug)]
pub struct PageReading {
    /// Its blocks with what was made of them.
    pub sheet: PageRecord,
    /// Its articles, in page order.
    pub articles: Vec<Article>,
    /// Lines in no article.
    pub remainders: Vec<u32>,
    /// The part of an issue that it is.
    pub holding: Holding,
    /// Where its characters went.
    pub account: CharacterAccount,
    /// How its lines became blocks.
    pub flows: Vec<Flow>,
    /// What stands for the dated pages around; empty where nobody looked.
    pub around: String,
    /// What the sources of paper, date and page say otherwise.
    pub conflicts: Vec<FactConflict>,
}

/// Reads a page. `file`: where its file lies; `origin`: what is stated about it; `around`: the dated pages around, which are
/// asked for where the page states no day.
pub(super) fn read_page(
    source: &SourcePage,
    file: &SourceKey,
    origin: &PageOrigin,
    around: &dyn Fn() -> Neighbours,
) -> PageReading {
    let key = &key_of_page(file, source.number);
    let PageLayout { blocks, labels, mut cut, flows } = layout::read(source);
    let short = blocks.iter().filter(|block| block.text.chars().count() <= SHORT_BLOCK);
    let short: Vec<(u32, String)> = short.map(|block| (block.number, block.text.clone())).collect();
    let asked = (!enrich::is_dated(origin, &short)).then(around);
    let around = asked.as_ref().map(neighbours_stamp).unwrap_or_default();
    let origin = PageOrigin { neighbours: asked.unwrap_or_default(), ..origin.clone() };
    let page = enrich::enrich_page(&cut.stories, &origin, &short);
    let conflicts = page.conflicts;
    let holding = Holding { paper: page.paper.id, span: page.date.span, page: page.page, articles: 0 };
    let account = account(source, &cut.remainders);
    let page_key = page_key(&key.to_string());
    // The number of the block that each line is in.
    let block_of: HashMap<u32, u32> =
        blocks.iter().flat_map(|block| block.lines.iter().map(|line| (*line, block.number))).collect();
    let mut numbers = HashMap::new();
    let mut articles = Vec::with_capacity(cut.stories.len());
    for (order, (story, metadata)) in std::mem::take(&mut cut.stories).into_iter().zip(page.stories).enumerate() {
        let first = block_of.get(&story.first_block()).map(|number| &blocks[*number as usize - 1]);
        let id = page_id(key, first, &mut numbers);
        let line = first.map_or(1, |block| block.place.max(1));
        let place = ArticlePosition { source: file.clone(), line, order: order as u64, page_key: page_key.clone() };
        articles.push(Article { id, story, metadata, place, former_ids: Vec::new(), since: 0 });
    }
    let confidence = labels.iter().map(|label| label.border).fold(1.0, f32::min);
    let blocks = sheet_blocks(blocks, labels, &block_of, &mut cut, &articles);
    let plan = PageGeometry::from_page(source);
    let sheet =
        PageRecord { page_key, source: file.clone(), number: source.number, blocks, plan, picture: None, confidence };
    PageReading { sheet, articles, remainders: cut.remainders, holding, account, flows, around, conflicts }
}

/// The blocks with their labels, their articles and what joins them.
fn sheet_blocks(
    blocks: Vec<Block>,
    labels: Vec<BlockLabel>,
    block_of: &HashMap<u32, u32>,
    cut: &mut Segmentation,
    articles: &[Article],
) -> Vec<PageRecordBlock> {
    let mut article_of: HashMap<u32, ArticleId> = HashMap::new();
    let mut before: HashMap<u32, u32> = HashMap::new();
    for article in articles {
        for passage in article.story.body.iter().chain(&article.story.captions) {
            let parts: Vec<u32> = passage.blocks.iter().filter_map(|line| block_of.get(line).copied()).collect();
            let steps = parts.windows(2).filter(|pair| pair[0] != pair[1]);
            steps.for_each(|pair| _ = before.insert(pair[1], pair[0]));
            parts.iter().for_each(|&number| _ = article_of.insert(number, article.id));
        }
        let heads = article.story.head_blocks.iter().filter_map(|line| block_of.get(line));
        heads.for_each(|&number| _ = article_of.insert(number, article.id));
    }
    let row = |(block, label): (Block, BlockLabel)| PageRecordBlock {
        article: article_of.get(&block.number).copied(),
        goes_on_from: before.get(&block.number).copied(),
        grafts: cut.grafts.remove(&block.number).unwrap_or_default(),
        number: block.number,
        lines: block.lines,
        place: block.place,
        text: block.text,
        label: label.label,
        score: label.score,
        begins: label.begins,
        border: label.border,
        join: label.join,
        features: label.features,
    };
    blocks.into_iter().zip(labels).map(row).collect()
}

fn page_id(key: &SourceKey, first: Option<&Block>, numbers: &mut HashMap<String, usize>) -> ArticleId {
    let normal = NormalForm::from_paragraphs(first.map(|block| block.text.as_str())).into_encoded();
    let number = numbers.entry(normal.clone()).or_default();
    *number += 1;
    ArticleId::of_page(&key.root, &key.path, &normal, *number - 1)
}

/// What a page's address and the ids of its articles are made of: the file, and the page where it has several.
fn key_of_page(file: &SourceKey, number: u32) -> SourceKey {
    let path = if number <= 1 { file.path.clone() } else { format!("{}#{number}", file.path) };
    SourceKey { root: file.root.clone(), path }
}

fn account(source: &SourcePage, remainders: &[u32]) -> CharacterAccount {
    let length = |line: &Line| line.text.chars().count() as u64;
    let all: u64 = source.lines.iter().map(length).sum();
    let apart: HashSet<u32> = remainders.iter().copied().collect();
    let furniture: u64 = source.lines.iter().filter(|line| apart.contains(&line.number)).map(length).sum();
    CharacterAccount { articles: all - furniture, furniture, blank: source.blank, refused: 0 }
}
