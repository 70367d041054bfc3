//! Source page → articles: blocks, labels, stories, metadata, ids.

use crate::enrich::{self, Origin};
use crate::layout::{self, Cut};
use crate::model::{
    Account, Article, ArticleId, Block, BlockLabel, Holding, Place, Sheet, SheetBlock, SourceKey, SourcePage, Story,
    page_key,
};
use crate::text::Normal;
use std::collections::HashMap;

/// Blocks up to this many characters may hold a masthead.
const SHORT_BLOCK: usize = 80;

/// A page as it was read.
#[derive(Debug)]
pub struct PageReading {
    /// Its blocks with what was made of them.
    pub sheet: Sheet,
    /// Its articles, in page order.
    pub articles: Vec<Article>,
    /// Blocks in no article.
    pub remainders: Vec<u32>,
    /// The part of an issue that it is.
    pub holding: Holding,
    /// Where its characters went.
    pub account: Account,
}

/// Reads a page. `file`: where its file lies; `origin`: what is stated about it.
pub fn read_page(source: &SourcePage, file: &SourceKey, origin: &Origin) -> PageReading {
    let key = &key_of_page(file, source.number);
    let blocks = layout::blocks(source);
    let (labels, mut cut) = layout::read(&blocks);
    let short = blocks.iter().filter(|block| block.text.chars().count() <= SHORT_BLOCK);
    let short: Vec<(u32, String)> = short.map(|block| (block.number, block.text.clone())).collect();
    let page = enrich::enrich_page(&cut.stories, origin, &short);
    let holding = Holding { paper: page.paper.id, span: page.date.span, page: page.page, articles: 0 };
    let account = account(source.blank, &blocks, &cut.remainders);
    let page_key = page_key(&key.to_string());
    let mut numbers = HashMap::new();
    let mut articles = Vec::with_capacity(cut.stories.len());
    for (order, (story, metadata)) in std::mem::take(&mut cut.stories).into_iter().zip(page.stories).enumerate() {
        let id = page_id(key, &story, &blocks, &mut numbers);
        let line = block(&blocks, story.first_block()).map_or(1, |block| block.line);
        let place = Place { source: file.clone(), line, order: order as u64, page_key: page_key.clone() };
        articles.push(Article { id, story, metadata, place, former_ids: Vec::new(), since: 0 });
    }
    let blocks = sheet_blocks(blocks, labels, &mut cut, &articles);
    let sheet = Sheet { page_key, source: file.clone(), blocks };
    PageReading { sheet, articles, remainders: cut.remainders, holding, account }
}

/// The blocks with their labels, their articles and what joins them.
fn sheet_blocks(blocks: Vec<Block>, labels: Vec<BlockLabel>, cut: &mut Cut, articles: &[Article]) -> Vec<SheetBlock> {
    let mut article_of: HashMap<u32, ArticleId> = HashMap::new();
    let mut before: HashMap<u32, u32> = HashMap::new();
    for article in articles {
        let passages = article.story.body.iter().chain(&article.story.captions);
        for passage in passages {
            passage.blocks.windows(2).for_each(|pair| _ = before.insert(pair[1], pair[0]));
            passage.blocks.iter().for_each(|&number| _ = article_of.insert(number, article.id));
        }
        article.story.head_blocks.iter().for_each(|&number| _ = article_of.insert(number, article.id));
    }
    let row = |(block, label): (Block, BlockLabel)| SheetBlock {
        article: article_of.get(&block.number).copied(),
        goes_on_from: before.get(&block.number).copied(),
        grafts: cut.grafts.remove(&block.number).unwrap_or_default(),
        number: block.number,
        line: block.line,
        text: block.text,
        label: label.label,
        score: label.score,
        features: label.features.into_iter().map(str::to_owned).collect(),
    };
    blocks.into_iter().zip(labels).map(row).collect()
}

fn block(blocks: &[Block], number: u32) -> Option<&Block> {
    blocks.get((number as usize).checked_sub(1)?)
}

fn page_id(key: &SourceKey, story: &Story, blocks: &[Block], numbers: &mut HashMap<String, usize>) -> ArticleId {
    let first = block(blocks, story.first_block()).map(|block| block.text.as_str());
    let normal = Normal::of(first).into_encoded();
    let number = numbers.entry(normal.clone()).or_default();
    *number += 1;
    ArticleId::of_page(&key.root, &key.path, &normal, *number - 1)
}

/// What a page's address and the ids of its articles are made of: the file, and the page where it has several.
fn key_of_page(file: &SourceKey, number: u32) -> SourceKey {
    let path = if number <= 1 { file.path.clone() } else { format!("{}#{number}", file.path) };
    SourceKey { root: file.root.clone(), path }
}

fn account(blank: u64, blocks: &[Block], remainders: &[u32]) -> Account {
    let length = |block: &Block| block.text.chars().count() as u64;
    let all: u64 = blocks.iter().map(length).sum();
    let furniture: u64 = remainders.iter().filter_map(|number| block(blocks, *number)).map(length).sum();
    Account { articles: all - furniture, furniture, blank, refused: 0 }
}
