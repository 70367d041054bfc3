//! Any bytes as a page of the web: no panic, an article is no longer than what it takes up of the page.
#![no_main]

use baoku::readers::{ReaderOutput, SourceFile, reader_for};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let whole = [b"<html>".as_slice(), bytes].concat();
    let file = SourceFile::new("html/2014-01/28/content_1.htm", &whole, None);
    let Some(reader) = reader_for(&file) else { return };
    _ = reader.read(&file, &mut |found| {
        if let ReaderOutput::Item(story, characters) = found {
            let held: usize = story.body.iter().map(|passage| passage.text.chars().count()).sum();
            assert!(held as u64 <= characters);
        }
    });
});
