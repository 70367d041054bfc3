//! `baoku backup` and `baoku restore`.

use super::upgrade::utc_timestamp;
use super::{CliError, CommandResult, OK, option, output};
use crate::config::Settings;
use crate::engine::embedded::{backup, restore};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let stamp = utc_timestamp()?;
    let named = option(matches, "file").map(PathBuf::from);
    let file = named.unwrap_or_else(|| PathBuf::from(format!("baoku-{stamp}.tar.zst")));
    let contents = backup(&settings.index, &file)?;
    output(&format!(
        "{}: state {}, {} files, {} bytes of the index\n",
        file.display(),
        contents.state(),
        contents.files.len(),
        contents.bytes()
    ))?;
    Ok(OK)
}

pub(super) fn run_restore(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let file = option(matches, "file").unwrap_or_default();
    let folder = &settings.index;
    let is_there = folder.join("meta.json").exists();
    if is_there && !matches.get_flag("replace") {
        return Err(CliError::Message(format!(
            "{} holds an index; with --replace it is kept under another name, or give another --index folder",
            folder.display()
        )));
    }
    let restored = restore(Path::new(file), folder, &format!(".before-restore-{}", utc_timestamp()?))?;
    let mut text = format!("{}: state {} is restored\n", folder.display(), restored.contents.state());
    if let Some(aside) = restored.aside {
        text += &format!("the index that stood there is kept in {}\n", aside.display());
    }
    output(&text)?;
    Ok(OK)
}
