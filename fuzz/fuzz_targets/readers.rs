//! Any bytes under the names that readers go by: no panic; what is read as items is all of the text; pages stay within their
//! limits.
#![no_main]

use baoku::readers::{ReaderLimits, ReaderOutput, SourceFile, reader_for};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 12] = [
    "a.bin", "a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.mmd", "a.docx", "a.ofd", "a.xml", "a.html", "a.pdf",
];

/// Readers whose outputs are all of the text.
const WHOLE: [&str; 3] = ["csv", "json", "jsonl"];

fuzz_target!(|bytes: &[u8]| {
    let limits = ReaderLimits::default();
    for name in NAMES {
        let file = SourceFile::new(name, bytes, None);
        let Some(reader) = reader_for(&file) else { continue };
        let (mut accounted, mut pages) = (0, 0);
        let read = reader.read(&file, &mut |found| match found {
            ReaderOutput::Page(page) => {
                pages += 1;
                assert!(page.lines.len() <= limits.page_lines);
                let printed: usize = page.lines.iter().map(|line| line.text.chars().count()).sum();
                assert!(printed <= limits.page_characters);
            }
            ReaderOutput::Item(_, characters) | ReaderOutput::Blank(characters) | ReaderOutput::Furniture(characters) => accounted += characters,
            ReaderOutput::Refused(problem) => accounted += problem.characters,
            ReaderOutput::Remark(_) | ReaderOutput::PictureMap(_) => {}
        });
        assert!(pages <= limits.pages);
        if let (true, Ok(()), Some(decoded)) = (WHOLE.contains(&reader.name()), read, file.decoded()) {
            assert_eq!(accounted, decoded.text.chars().count() as u64, "{name}");
        }
    }
});
