//! Files beside the pages. Their names hold a hash of their bytes, so that a browser may keep them for ever.

const CSS: &[u8] = include_bytes!("assets/baoku.css");
const JS: &[u8] = include_bytes!("assets/baoku.js");
const REVIEW_JS: &[u8] = include_bytes!("assets/review.js");
const ICON: &[u8] = include_bytes!("assets/baoku.svg");

const CSS_NAME: [u8; 34] = name(CSS, b".css");
const JS_NAME: [u8; 33] = name(JS, b".js");
const REVIEW_JS_NAME: [u8; 33] = name(REVIEW_JS, b".js");
const ICON_NAME: [u8; 34] = name(ICON, b".svg");

/// Path of the style sheet.
pub(super) const CSS_PATH: &str = text(&CSS_NAME);
/// Path of the script.
pub(super) const JS_PATH: &str = text(&JS_NAME);
/// Path of the script of the page for labels.
pub(super) const REVIEW_JS_PATH: &str = text(&REVIEW_JS_NAME);
/// Path of the icon.
pub(super) const ICON_PATH: &str = text(&ICON_NAME);

/// A file that the pages refer to.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Path on the server, such as `/assets/baoku-0123456789abcdef.css`.
    pub path: &'static str,
    /// Media type.
    pub content_type: &'static str,
    /// Content.
    pub bytes: &'static [u8],
}

/// All files that the pages refer to.
pub const ASSETS: &[Asset] = &[
    Asset { path: CSS_PATH, content_type: "text/css; charset=utf-8", bytes: CSS },
    Asset { path: JS_PATH, content_type: "text/javascript; charset=utf-8", bytes: JS },
    Asset { path: REVIEW_JS_PATH, content_type: "text/javascript; charset=utf-8", bytes: REVIEW_JS },
    Asset { path: ICON_PATH, content_type: "image/svg+xml", bytes: ICON },
];

const PREFIX: &[u8] = b"/assets/baoku-";

/// FNV-1a, 64 bits.
const fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// Prefix, hash in hexadecimal, ending: as many of it as `N` holds.
const fn name<const N: usize>(bytes: &[u8], ending: &[u8]) -> [u8; N] {
    let hash = hash(bytes);
    let mut name = [0; N];
    let mut at = 0;
    while at < N {
        name[at] = if at < PREFIX.len() {
            PREFIX[at]
        } else if at < PREFIX.len() + 16 {
            b"0123456789abcdef"[(hash >> (60 - 4 * (at - PREFIX.len()))) as usize & 15]
        } else {
            ending[at - PREFIX.len() - 16]
        };
        at += 1;
    }
    name
}

const fn text(name: &'static [u8]) -> &'static str {
    match std::str::from_utf8(name) {
        Ok(text) => text,
        Err(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_their_files() {
        for (asset, ending) in ASSETS.iter().zip([".css", ".js", ".js", ".svg"]) {
            let hash = format!("{:016x}", hash(asset.bytes));
            assert_eq!(asset.path, format!("/assets/baoku-{hash}{ending}"));
        }
    }
}
