//! What belongs to saved web pages and is no page: scripts, styles, pictures.

use crate::corpus::{FoundFile, SkippedEntry, Walk};
use crate::readers::{is_page_asset, is_web_page};

/// Why such a file is not read.
const REASON: &str = "a script, style or picture of saved pages; where it is the scan of a page, run OCR on it";

/// Leaves out the parts of saved pages where a root holds such pages. Elsewhere a picture may be a page.
pub(super) fn leave_out(found: &mut Walk) {
    if !found.files.iter().any(|file| is_web_page(&file.path)) {
        return;
    }
    let (assets, files): (Vec<FoundFile>, Vec<FoundFile>) =
        std::mem::take(&mut found.files).into_iter().partition(|file| is_page_asset(&file.path));
    found.files = files;
    let named = |file: FoundFile| SkippedEntry {
        path: file.path,
        reason: REASON.to_owned(),
        is_loss: false,
        hides_files: false,
    };
    found.skipped.extend(assets.into_iter().map(named));
}
