//! A file read as `ingest` would read it, for commands that show what is made of it.

use super::terminal::terminal;
use super::{CliError, dictionary, remark};
use crate::corpus::{self, FileLocation, FileStore};
use crate::engine::embedded::Embedded;
use crate::engine::{Engine, EngineError, all_sources};
use crate::ingest::{FilePreview, PagePreview, PreviewError, ReadingLimits, preview};
use crate::model::{ReadOptions, SourceKey};
use std::path::Path;
use std::sync::Arc;

/// How files are read.
pub(super) struct FileReading<'a> {
    /// What is stated about them.
    pub(super) options: &'a ReadOptions,
    pub(super) limits: ReadingLimits,
    /// Opens them; containers stay open between two of their members.
    pub(super) store: Arc<FileStore>,
    /// The index that may know them.
    pub(super) index: &'a Path,
}

/// A file as `ingest` would read it; what went wrong in it is told on stderr. `key`: its name, by its path.
pub(super) fn read(
    file: &str,
    how: &FileReading<'_>,
    key: impl FnOnce(&Path) -> SourceKey,
) -> Result<FilePreview, CliError> {
    let failed = |error: &dyn std::fmt::Display| CliError::Message(format!("{file}: {error}"));
    let location = FileLocation::parse(file).map_err(|error| failed(&error))?;
    let key = key(Path::new(&location.address()));
    let preview = preview(&location, &key, how.options, &how.limits, &how.store).map_err(|error| match error {
        PreviewError::UnknownFormat(problem) => failed(&terminal().say(crate::messages::problem(&problem))),
        error => failed(&error),
    })?;
    preview.problems.iter().for_each(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let told = terminal().say(crate::messages::problem(problem));
        remark(&format!("{file}{line}: {}: {told}", problem.code));
    });
    Ok(preview)
}

/// The file's name in the index, where the index knows it; else the path as it lies on this machine.
pub(super) fn key_of(index: &Path, path: &Path) -> SourceKey {
    let parts = || path.iter().skip(1).map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let known = known_key(index, path).ok().flatten();
    known.unwrap_or_else(|| SourceKey { root: String::new(), path: parts() })
}

fn known_key(index: &Path, path: &Path) -> Result<Option<SourceKey>, EngineError> {
    let state = Embedded::open(index, dictionary())?.snapshot()?;
    let (mut known, own) = (None, corpus::path_text(path).text);
    all_sources(&*state, None, &mut |record| {
        if format!("{}/{}", record.folder, record.key.path) == own {
            known.get_or_insert(record.key);
        }
    })?;
    Ok(known)
}

/// The line that tells the pages of a file apart; none for a file of one page.
pub(super) fn page_heading(preview: &FilePreview, page: &PagePreview) -> String {
    if preview.page_count > 1 { format!("第{}页\n", page.sheet.number) } else { String::new() }
}

pub(super) fn first_chars(text: &str, length: usize) -> String {
    let shown: String = text.chars().filter(|c| !super::is_terminal_control(*c)).take(length).collect();
    if text.chars().count() > length { format!("{shown}…") } else { shown }
}
