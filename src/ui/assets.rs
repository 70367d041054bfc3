//! Files beside the pages. Their names hold a hash of their bytes, so that a browser may keep them for ever.

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::LazyLock;

/// The style sheet.
pub(super) static CSS: LazyLock<Asset> = LazyLock::new(|| asset("css", include_bytes!("assets/baoku.css")));
/// The script.
pub(super) static JS: LazyLock<Asset> = LazyLock::new(|| asset("js", include_bytes!("assets/baoku.js")));
/// The script of the page for labels.
pub(super) static REVIEW_JS: LazyLock<Asset> = LazyLock::new(|| asset("js", include_bytes!("assets/review.js")));
/// The icon.
pub(super) static ICON: LazyLock<Asset> = LazyLock::new(|| asset("svg", include_bytes!("assets/baoku.svg")));

/// All files that the pages refer to.
pub static ASSETS: [&LazyLock<Asset>; 4] = [&CSS, &JS, &REVIEW_JS, &ICON];

/// Media types by extension.
const TYPES: &[(&str, &str)] =
    &[("css", "text/css; charset=utf-8"), ("js", "text/javascript; charset=utf-8"), ("svg", "image/svg+xml")];

/// A file that the pages refer to.
#[derive(Debug)]
pub struct Asset {
    /// Path on the server, such as `/assets/baoku-0123456789abcdef.css`.
    pub path: String,
    /// Hash of the content, hexadecimal.
    pub hash: String,
    /// Media type.
    pub content_type: &'static str,
    /// Content.
    pub bytes: &'static [u8],
    /// Content, compressed by gzip.
    pub gzip: Vec<u8>,
}

/// Bytes of the hash that a name holds.
const HASH: usize = 8;

fn asset(extension: &'static str, bytes: &'static [u8]) -> Asset {
    let mut hash = String::new();
    for byte in Sha256::digest(bytes).iter().take(HASH) {
        // Writing to a string does not fail.
        let _ = write!(hash, "{byte:02x}");
    }
    let content_type = TYPES.iter().find(|(known, _)| *known == extension).map_or("", |(_, kind)| kind);
    Asset { path: format!("/assets/baoku-{hash}.{extension}"), hash, content_type, bytes, gzip: gzip(bytes) }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to a vector does not fail.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn compressed_assets_are_the_same_and_smaller() {
        for asset in ASSETS {
            let mut text = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip.as_slice()).read_to_end(&mut text).unwrap();
            assert!(text == asset.bytes && asset.gzip.len() < asset.bytes.len(), "{}", asset.path);
            assert!(!asset.content_type.is_empty() && asset.hash.len() == 2 * HASH, "{}", asset.path);
        }
    }
}
