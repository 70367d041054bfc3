//! Runs of text that a page prints twice.

use super::view::BlockView;
use crate::model::Block;
use std::collections::HashMap;

/// Shortest run that is no wording of the trade: a repeat of thirty characters is often official language.
pub(super) const SHORTEST: usize = 50;

/// Windows by which a repeat is found; every run of [`SHORTEST`] holds a window that begins at a multiple of it.
const WINDOW: usize = SHORTEST / 2;

/// Earlier windows of equal hash that are compared.
const CANDIDATES: usize = 4;

/// Most windows have no equal; a look at this many slots tells so for nearly all of them.
const FILTER: usize = 1 << 15;

/// A repeat: the same characters at two places of the page, `first` before `second`. Places are numbers of characters
/// of the page without its white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) length: usize,
}

/// The characters of a page without white space, folded.
pub(super) struct CharStream {
    pub(super) chars: Vec<char>,
    /// Where each block begins, ascending.
    starts: Vec<usize>,
}

impl CharStream {
    fn from_views(views: &[BlockView]) -> Self {
        let mut chars = Vec::with_capacity(views.iter().map(|view| view.len).sum());
        let mut starts = Vec::with_capacity(views.len());
        for view in views {
            starts.push(chars.len());
            chars.extend(view.compact.chars());
        }
        Self { chars, starts }
    }

    /// Whether a block begins at a place, or the page ends there.
    pub(super) fn is_block_start(&self, at: usize) -> bool {
        at >= self.chars.len() || self.starts.binary_search(&at).is_ok()
    }

    /// The block that a place is in. Blocks of nothing but white space do not exist.
    pub(super) fn block(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

/// The repeats of a page.
pub(super) struct Repeats {
    pub(super) stream: CharStream,
    pub(super) found: Vec<Repeat>,
}

impl Repeats {
    pub(super) fn find_in(views: &[BlockView]) -> Self {
        let stream = CharStream::from_views(views);
        let found = repeats(&stream).into_iter().flat_map(|repeat| by_block(&stream, repeat)).collect();
        Self { stream, found }
    }
}

/// The repeats of a stream, by their second place, without overlaps there. Time is linear in the page: a place inside a
/// repeat is not looked at again.
fn repeats(stream: &CharStream) -> Vec<Repeat> {
    let chars = &stream.chars;
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut filter = vec![false; FILTER];
    let mut found: Vec<Repeat> = Vec::new();
    let mut hash = RollingHash::default();
    let mut next = 0;
    for end in 0..chars.len() {
        hash.push(chars, end);
        let Some(at) = (end + 1).checked_sub(WINDOW) else { continue };
        if at >= next && filter[hash.value as usize % FILTER] {
            let before = seen.get(&hash.value).map_or(&[][..], Vec::as_slice);
            let floor = found.last().map_or(0, |last: &Repeat| last.second + last.length);
            let longest =
                before.iter().filter_map(|&first| extended(stream, first, at, floor)).max_by_key(|r| r.length);
            if let Some(repeat) = longest.filter(|repeat| repeat.length >= SHORTEST) {
                next = repeat.second + repeat.length;
                found.push(repeat);
            }
        }
        if at % WINDOW == 0 {
            filter[hash.value as usize % FILTER] = true;
            let places = seen.entry(hash.value).or_default();
            if places.len() < CANDIDATES {
                places.push(at);
            }
        }
    }
    found
}

/// The longest repeat around two equal windows: back at most a window, forth until they differ or meet.
fn extended(stream: &CharStream, first: usize, second: usize, floor: usize) -> Option<Repeat> {
    let chars = &stream.chars;
    let length = (0..second - first).take_while(|n| second + n < chars.len() && chars[first + n] == chars[second + n]);
    let forth = length.count();
    let back = (1..=WINDOW.min(first).min(second - floor.min(second)))
        .take_while(|n| chars[first - n] == chars[second - n])
        .count();
    let back = back.min((second - first).saturating_sub(forth));
    (forth >= WINDOW).then(|| Repeat { first: first - back, second: second - back, length: forth + back })
}

/// Cuts a repeat where a block ends on either side, and keeps the pieces that are no wording of the trade.
fn by_block(stream: &CharStream, repeat: Repeat) -> Vec<Repeat> {
    let Repeat { first, second, length } = repeat;
    let ends = |at: &usize| stream.is_block_start(first + at) || stream.is_block_start(second + at);
    let cuts: Vec<usize> = (1..length).filter(ends).chain([length]).collect();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let pieces = starts.zip(&cuts).map(|(from, &to)| (from, to - from)).filter(|(_, length)| *length >= SHORTEST);
    pieces.map(|(from, length)| Repeat { first: first + from, second: second + from, length }).collect()
}

/// Where a run stands: block index, first code point, one past the last. A run does not leave its block.
pub(super) fn place(stream: &CharStream, blocks: &[Block], start: usize, length: usize) -> (usize, usize, usize) {
    let block = stream.block(start);
    let first = start - stream.starts[block];
    let printed = (0..).zip(blocks[block].text.chars()).filter(|(_, c)| !c.is_whitespace());
    let mut run = printed.map(|(at, _)| at).skip(first).take(length.max(1));
    let from = run.next().unwrap_or(0);
    (block, from, run.last().unwrap_or(from) + 1)
}

/// A rolling hash of the last [`WINDOW`] characters (Karp and Rabin 1987), modulo 2^64.
#[derive(Default)]
struct RollingHash {
    value: u64,
}

impl RollingHash {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    /// What a character counts when it leaves.
    const LEAVING: u64 = Self::BASE.wrapping_pow(WINDOW as u32);

    fn push(&mut self, chars: &[char], end: usize) {
        self.value = self.value.wrapping_mul(Self::BASE).wrapping_add(u64::from(chars[end] as u32) + 1);
        if let Some(out) = end.checked_sub(WINDOW) {
            let gone = (u64::from(chars[out] as u32) + 1).wrapping_mul(Self::LEAVING);
            self.value = self.value.wrapping_sub(gone);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let block = |(number, text): (u32, &&str)| Block {
            number,
            lines: vec![number],
            text: (*text).to_owned(),
            ..Block::default()
        };
        (1..).zip(lines).map(block).collect()
    }

    fn views(blocks: &[Block]) -> Vec<BlockView> {
        blocks.iter().map(|block| BlockView::from_text(&block.text)).collect()
    }

    fn found(lines: &[&str]) -> usize {
        let blocks = blocks(lines);
        Repeats::find_in(&views(&blocks)).found.len()
    }

    fn page(lines: &[&str]) -> CharStream {
        CharStream::from_views(&views(&blocks(lines)))
    }

    const RUN: &str = "三月以来全市各级工会走进车间班组、工地食堂和职工宿舍,听取一线职工对休息室、洗澡间和班车的意见,当场能办的当场办";

    #[test]
    fn a_run_that_is_printed_twice_is_found_whole() {
        let (a, b) = (format!("第一篇的开头。{RUN},然后"), format!("第二篇,{}到此为止", RUN.replace('三', " 三 ")));
        let lines = [a.as_str(), "别的", b.as_str()];
        let (stream, blocks) = (page(&lines), blocks(&lines));
        let found = repeats(&stream);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].length, RUN.chars().count());
        assert_eq!(place(&stream, &blocks, found[0].first, found[0].length), (0, 7, 7 + RUN.chars().count()));
        assert_eq!(place(&stream, &blocks, found[0].second, 3), (2, 5, 9));
    }

    #[test]
    fn a_short_repeat_is_wording() {
        let short: String = RUN.chars().take(SHORTEST - 1).collect();
        assert!(repeats(&page(&[&short, "甲", &short])).is_empty());
    }

    #[test]
    fn wording_that_a_column_break_lengthens_is_wording_still() {
        let (a, b) = RUN.split_at(91);
        assert_eq!((found(&[RUN, "甲", RUN]), found(&[RUN, "甲", a, b])), (1, 0));
    }

    #[test]
    fn a_page_of_one_character_takes_linear_time() {
        let line = "哈".repeat(200_000);
        let found = repeats(&page(&[&line]));
        let covered: usize = found.iter().map(|repeat| repeat.length).sum();
        assert!(covered <= 200_000);
        assert!(found.windows(2).all(|pair| pair[0].second + pair[0].length <= pair[1].second));
    }
}
