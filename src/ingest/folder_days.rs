//! The dated pages around a page in its folder: each file is looked at once, and only where a page states no day.

use crate::corpus::{self, FileLocation, FileStore, FoundFile};
use crate::enrich::{Neighbour, Neighbours, printed_issue};
use crate::model::{PrintedIssue, ReadOptions, SourceKey, SourcePage};
use crate::readers::{ReaderOutput, SourceFile, reader_for};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Files that are looked at on each side of a page, in the order of their names.
const EACH_SIDE: usize = 8;
/// Larger files are not looked at, in bytes.
pub(super) const LARGEST: u64 = 2_000_000;

/// The files of folders, in the order of their names, each with its issue once that is known.
#[derive(Default)]
pub(super) struct FolderDays {
    folders: HashMap<String, Vec<PageFile>>,
    store: Arc<FileStore>,
}

/// A file of a folder.
struct PageFile {
    path: String,
    location: FileLocation,
    encoding: Option<String>,
    issue: OnceLock<Option<PrintedIssue>>,
}

impl FolderDays {
    /// No files yet; they are opened by a store.
    pub(super) fn new(store: &Arc<FileStore>) -> Self {
        Self { folders: HashMap::new(), store: Arc::clone(store) }
    }

    /// Adds a file; `issue`: what an earlier run has read of it.
    pub(super) fn add(
        &mut self,
        key: &SourceKey,
        location: &FileLocation,
        encoding: Option<&str>,
        issue: Option<Option<PrintedIssue>>,
    ) {
        let known = OnceLock::new();
        if let Some(issue) = issue {
            _ = known.set(issue);
        }
        let encoding = encoding.map(str::to_owned);
        let page = PageFile { path: key.path.clone(), location: location.clone(), encoding, issue: known };
        self.folders.entry(folder_of(key)).or_default().push(page);
    }

    /// Puts the files into the order of their names.
    pub(super) fn sorted(mut self) -> Self {
        self.folders.values_mut().for_each(|files| files.sort_by_cached_key(|file| natural(&file.path)));
        self
    }

    /// The folder of one file.
    pub(super) fn of_file(
        location: &FileLocation,
        key: &SourceKey,
        options: &ReadOptions,
        store: &Arc<FileStore>,
    ) -> Self {
        let mut folders = Self::new(store);
        let parent = key.path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let key_of = |found: &FoundFile| {
            let path = if parent.is_empty() { found.path.clone() } else { format!("{parent}/{}", found.path) };
            SourceKey { root: key.root.clone(), path }
        };
        for found in beside(location, store) {
            folders.add(&key_of(&found), &found.location, options.encoding.as_deref(), None);
        }
        folders.sorted()
    }

    /// Notes the issue of a file that was read.
    pub(super) fn note_day(&self, key: &SourceKey, issue: Option<PrintedIssue>) {
        if let Some(file) = self.find(key).and_then(|(files, at)| files.get(at)) {
            _ = file.issue.set(issue);
        }
    }

    fn find(&self, key: &SourceKey) -> Option<(&[PageFile], usize)> {
        let files = self.folders.get(&folder_of(key))?;
        let name = natural(&key.path);
        let at = files.binary_search_by(|file| natural(&file.path).cmp(&name)).ok()?;
        Some((files, at))
    }

    /// The dated pages around a file.
    pub(super) fn neighbours_of(&self, key: &SourceKey) -> Neighbours {
        let Some((files, at)) = self.find(key) else { return Neighbours::default() };
        let before = files[..at].iter().rev().take(EACH_SIDE);
        let after = files[at + 1..].iter().take(EACH_SIDE);
        Neighbours {
            before: before.filter_map(|file| file.printed(&self.store)).collect(),
            after: after.filter_map(|file| file.printed(&self.store)).collect(),
        }
    }
}

impl PageFile {
    fn printed(&self, store: &FileStore) -> Option<Neighbour> {
        let issue = (*self.issue.get_or_init(|| self.read(store)))?;
        let name = self.path.rsplit('/').next().unwrap_or_default();
        Some(Neighbour { file: name.to_owned(), issue })
    }

    fn read(&self, store: &FileStore) -> Option<PrintedIssue> {
        let bytes = store.read(&self.location, LARGEST).ok()?;
        let file = SourceFile::new(&self.path, &bytes, self.encoding.as_deref());
        let reader = reader_for(&file).filter(|reader| reader.gives_pages())?;
        let (mut issue, mut first) = (None, true);
        _ = reader.read(&file, &mut |found| {
            if let ReaderOutput::Page(page) = found
                && std::mem::take(&mut first)
            {
                issue = printed_on(&self.path, &page);
            }
        });
        issue
    }
}

/// The files of the folder of a file, or of its folder in a container, by their names in it.
fn beside(location: &FileLocation, store: &FileStore) -> Vec<FoundFile> {
    match location {
        FileLocation::Disk(file) => file.parent().map(corpus::files_of).unwrap_or_default(),
        FileLocation::Member { container, path } => {
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            let members = super::containers::members_of(container, store);
            let name = |found: FoundFile| {
                let name = found.path.strip_prefix(parent)?.trim_start_matches('/').to_owned();
                (!name.contains('/')).then_some(FoundFile { path: name, ..found })
            };
            members.into_iter().filter_map(name).collect()
        }
    }
}

/// The issue that a page states.
pub(super) fn printed_on(path: &str, page: &SourcePage) -> Option<PrintedIssue> {
    let lines: Vec<(u32, String)> = page.lines.iter().map(|line| (line.number, line.text.clone())).collect();
    printed_issue(path, &lines)
}

/// What stands for the pages around a page in its record; never empty.
pub(super) fn neighbours_stamp(around: &Neighbours) -> String {
    let line = |page: &Neighbour| {
        let PrintedIssue { day, number, lag } = page.issue;
        format!("{} {day} {number:?} {lag:?}\n", page.file)
    };
    let side = |pages: &[Neighbour]| pages.iter().map(line).collect::<String>();
    let text = format!("{}\n{}", side(&around.before), side(&around.after));
    corpus::hash(text.as_bytes()).chars().take(16).collect()
}

fn folder_of(key: &SourceKey) -> String {
    let parent = key.path.rsplit_once('/').map_or("", |(parent, _)| parent);
    format!("{}/{parent}", key.root)
}

/// A name as people order it: numbers by their value.
fn natural(path: &str) -> (Vec<(String, u64)>, String) {
    let mut parts = vec![(String::new(), 0)];
    let mut digits = String::new();
    for c in path.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let number = std::mem::take(&mut digits).parse().unwrap_or(u64::MAX);
            if let Some(last) = parts.last_mut() {
                last.1 = number;
            }
            parts.push((String::new(), 0));
        }
        if let Some(last) = parts.last_mut() {
            last.0.push(c);
        }
    }
    (parts, path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_by_their_numbers() {
        let mut names = ["p10.txt", "p2.txt", "p1.txt", "p02.txt", "a.txt"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["a.txt", "p1.txt", "p02.txt", "p2.txt", "p10.txt"]);
    }
}
