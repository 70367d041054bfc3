//! Where a reading differs from the answer, block by block.

use baoku::layout::PageLayout;
use std::collections::HashSet;
use support::composed::pages::Page;

/// Prints the blocks whose border or label is not the answer's.
pub(crate) fn misses(name: &str, page: &Page, reading: &PageLayout) {
    let first = |story: &baoku::model::Story| {
        let body = story.body.iter().chain(&story.captions).flat_map(|passage| &passage.blocks);
        story.head_blocks.iter().chain(body).min().copied()
    };
    let starts: HashSet<u32> = reading.cut.stories.iter().filter_map(first).collect();
    for (block, label) in reading.blocks.iter().zip(&reading.labels) {
        let row = &page.rows[block.lines[0] as usize - 1];
        let fault = match (row.begins, starts.contains(&block.lines[0])) {
            (true, false) => "missed",
            (false, true) => "false",
            _ if row.label != label.label => "label",
            _ => continue,
        };
        let text: String = block.text.chars().take(40).collect();
        println!(
            "{fault}\t{:?}\t{:?}\t{:.2}\t{text}\t{name}\t{}:{}",
            row.label, label.label, label.border, page.name, block.number
        );
    }
}
