//! What a test needs and may not find.

use std::io::Write;
use std::path::PathBuf;

/// Says that a test, or a part of it, was left out, where no test runner keeps it back: `.ci/run` counts these lines.
pub fn skip(why: &str) {
    let thread = std::thread::current();
    // A line of its own, whatever was written before.
    let _ = writeln!(std::io::stderr(), "\nskipped: {}: {why}", thread.name().unwrap_or("a test"));
}

/// The sample archive.
pub fn corpus() -> PathBuf {
    root().join("corpus")
}

/// The folder of the project.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// A part of what is shared beside the project, or `None` and a word that the test is skipped.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    skip(&format!("{} is not here", path.display()));
    None
}
