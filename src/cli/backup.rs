//! `baoku backup` and `baoku restore`.

use super::clock::UtcTime;
use super::terminal::terminal;
use super::{CliError, CommandResult, OK, option, output};
use crate::config::Settings;
use crate::engine::embedded::{backup, restore};
use crate::messages;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let named = option(matches, "file").map(PathBuf::from);
    let usual = || UtcTime::now().map(|time| PathBuf::from(format!("baoku-{}.tar.zst", time.compact())));
    let file = named.map_or_else(usual, Ok)?;
    let contents = backup(&settings.index, &file)?;
    let state = contents.state().to_string();
    let (files, bytes) = (contents.files.len(), contents.bytes());
    output(&terminal().say(messages::backup_written(&file.display().to_string(), &state, files, bytes)))?;
    Ok(OK)
}

pub(super) fn run_restore(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let file = option(matches, "file").unwrap_or_default();
    let folder = &settings.index;
    let shown = folder.display().to_string();
    if folder.join("meta.json").exists() && !matches.get_flag("replace") {
        return Err(CliError::Told(messages::index_in_the_way(&shown)));
    }
    let ending = format!(".before-restore-{}", UtcTime::now()?.compact());
    let restored = restore(Path::new(file), folder, &ending)?;
    output(&terminal().say(messages::restored(&shown, &restored.contents.state().to_string())))?;
    if let Some(aside) = restored.aside {
        output(&terminal().say(messages::kept_aside(&aside.display().to_string())))?;
    }
    Ok(OK)
}
