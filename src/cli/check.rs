//! `baoku check`: whether the files of an index are what was written.

use super::terminal::terminal;
use super::{CliError, CommandResult, OK, output, printable};
use crate::config::Settings;
use crate::engine::Engine;
use crate::messages;

pub(super) fn run(settings: &Settings) -> CommandResult {
    let engine = super::open(settings)?;
    let damaged = engine.damaged_files()?;
    if damaged.is_empty() {
        let articles = engine.snapshot()?.article_count()?;
        output(&terminal().say(messages::index_sound(articles)))?;
        return Ok(OK);
    }
    for file in &damaged {
        output(&printable(&terminal().say(messages::damaged_file(file))))?;
    }
    Err(CliError::Told(messages::index_damaged()))
}
