//! Any bytes as a file of text: no panic, no more replaced bytes than there are, and at most 50 ms.
//!
//! `cargo +nightly fuzz run decode`
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::time::{Duration, Instant};

fuzz_target!(|bytes: &[u8]| {
    let start = Instant::now();
    for declared in [None, Some("gb18030"), Some("utf-16le")] {
        if let Ok(decoded) = baoku::corpus::decode(bytes, declared) {
            assert!(decoded.replaced <= bytes.len() as u64);
            assert!(decoded.places.iter().all(|place| place.offset < bytes.len() as u64 && place.line > 0));
        }
    }
    assert!(start.elapsed() < Duration::from_millis(50), "{} bytes", bytes.len());
});
