//! Any bytes as a page: no panic, every line in one place.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let page = baoku::model::SourcePage::of_text(&text);
    let baoku::layout::PageLayout { blocks, labels, cut, .. } = baoku::layout::read(&page);
    assert_eq!(labels.len(), blocks.len());
    let mut seen = cut.remainders.clone();
    for story in &cut.stories {
        let passages = story.body.iter().filter(|passage| !passage.subhead).chain(&story.captions);
        seen.extend(passages.flat_map(|passage| passage.blocks.iter().copied()));
        seen.extend(story.head_blocks.iter().copied());
    }
    seen.sort_unstable();
    assert!(seen.iter().copied().eq(1..=page.lines.len() as u32));
});
