//! Any bytes as a query: no panic, a tree that prints and reads as itself, and at most 50 ms.
//!
//! `cargo +nightly fuzz run query`
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::time::{Duration, Instant};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let start = Instant::now();
    let (tree, _) = baoku::archive::parse_query(&text, None);
    assert!(start.elapsed() < Duration::from_millis(50), "{} bytes", bytes.len());
    let printed = tree.to_string();
    assert_eq!(baoku::archive::parse_query(&printed, None).0, tree, "{printed:?}");
    let _ = baoku::query::expand(&tree);
});
