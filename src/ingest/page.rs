//! Page text → articles: blocks, labels, stories, metadata, ids.

use crate::enrich::{self, Origin};
use crate::layout;
use crate::model::{Account, Article, ArticleId, Block, BlockLabel, Place, SourceKey, Story};
use crate::text::Normal;
use std::collections::HashMap;

/// Blocks up to this many characters may hold a masthead.
const SHORT_BLOCK: usize = 80;

/// A page as it was read.
#[derive(Debug)]
pub struct PageReading {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// One label a block.
    pub labels: Vec<BlockLabel>,
    /// Its articles, in page order.
    pub articles: Vec<Article>,
    /// Blocks in no article.
    pub remainders: Vec<u32>,
    /// Where its characters went.
    pub account: Account,
}

/// Reads a page. `key`: where the file lies; `origin`: what is stated about it.
pub fn read_page(text: &str, key: &SourceKey, origin: &Origin) -> PageReading {
    let blocks = layout::blocks(text);
    let labels = layout::label(&blocks);
    let cut = layout::cut(&blocks, &labels);
    let short = blocks.iter().filter(|block| block.text.chars().count() <= SHORT_BLOCK);
    let short: Vec<(u32, String)> = short.map(|block| (block.number, block.text.clone())).collect();
    let context = enrich::page_context(origin, &short);
    let account = account(text, &blocks, &cut.remainders);
    let mut numbers = HashMap::new();
    let mut articles = Vec::with_capacity(cut.stories.len());
    for (order, story) in cut.stories.into_iter().enumerate() {
        let id = page_id(key, &story, &blocks, &mut numbers);
        let metadata = enrich::enrich(&story, &context);
        let line = block(&blocks, story.first_block()).map_or(1, |block| block.line);
        let place = Place { source: key.clone(), line, order: order as u64, page_key: key.to_string() };
        articles.push(Article { id, story, metadata, place, former_ids: Vec::new() });
    }
    PageReading { blocks, labels, articles, remainders: cut.remainders, account }
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

fn account(text: &str, blocks: &[Block], remainders: &[u32]) -> Account {
    let length = |block: &Block| block.text.chars().count() as u64;
    let all: u64 = blocks.iter().map(length).sum();
    let furniture: u64 = remainders.iter().filter_map(|number| block(blocks, *number)).map(length).sum();
    Account { articles: all - furniture, furniture, blank: text.chars().count() as u64 - all, refused: 0 }
}
