//! Any bytes as a container: it ends, within its limits.

#![no_main]

use baoku::corpus::{CorpusLimits, OpenContainers};
use libfuzzer_sys::fuzz_target;
use std::io::Write;

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("writing");
    let limits = CorpusLimits { container_entries: 1000, container_bytes: 10_000_000, ..CorpusLimits::default() };
    if let Ok(unpacked) = OpenContainers::default().open(file.path(), &limits) {
        assert!(unpacked.members.iter().map(|member| member.bytes).sum::<u64>() <= 10_000_000);
    }
});
