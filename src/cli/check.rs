//! `baoku check`: whether the files of an index are what was written.

use super::{CommandResult, ERROR, OK, message, output};
use crate::config::Settings;
use crate::engine::Engine;

pub(super) fn run(settings: &Settings) -> CommandResult {
    let engine = super::open(settings)?;
    let damaged = engine.damaged_files()?;
    if damaged.is_empty() {
        let articles = engine.snapshot()?.article_count()?;
        output(&format!("the index is sound: {articles} articles, every file is as it was written\n"))?;
        return Ok(OK);
    }
    for file in &damaged {
        output(&format!("damaged: {}\n", file.display()))?;
    }
    message("error: the index is damaged and nothing is answered from it; `baoku ingest --rebuild DIR` makes it anew");
    Ok(ERROR)
}
