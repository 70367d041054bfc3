//! What the manifests of a root state of its files.

use super::IngestError;
use crate::corpus::{FileStore, FoundFile, MANIFESTS, Manifest, SkippedEntry, Walk, stated_facts};
use crate::model::StatedFacts;
use std::collections::HashMap;

/// Larger manifests are refused, in bytes.
const LARGEST: u64 = 64_000_000;

/// The manifests of a root.
pub(super) struct RootManifests {
    all: Vec<Manifest>,
    /// The manifests by the folder that they are of.
    of_folder: HashMap<String, Vec<usize>>,
}

impl RootManifests {
    /// Takes the manifests out of the files of a root, and reads them.
    ///
    /// # Errors
    /// [`IngestError::Stated`] for a manifest that is not in its form, or cannot be read.
    pub(super) fn take(found: &mut Walk, store: &FileStore) -> Result<Self, IngestError> {
        let (manifests, files): (Vec<FoundFile>, Vec<FoundFile>) =
            std::mem::take(&mut found.files).into_iter().partition(|file| rank(&file.path).is_some());
        found.files = files;
        let mut ordered = manifests;
        ordered.sort_by_key(|file| (rank(&file.path), file.path.clone()));
        let (mut all, mut of_folder) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for file in ordered {
            let place = file.location.address();
            let failed = |reason: String| {
                IngestError::Stated(crate::corpus::SidecarError::File { file: place.clone().into(), reason })
            };
            let bytes = store.read(&file.location, LARGEST).map_err(|error| failed(error.to_string()))?;
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            of_folder.entry(folder.to_owned()).or_default().push(all.len());
            all.push(Manifest::parse(&file.path, &bytes, place.as_ref())?);
            let reason = "a manifest: it states facts of this folder".to_owned();
            found.skipped.push(SkippedEntry { path: file.path, reason, is_loss: false, hides_files: false });
        }
        Ok(Self { all, of_folder })
    }

    /// What they state of a file.
    pub(super) fn facts(&self, path: &str) -> StatedFacts {
        if self.all.is_empty() {
            return StatedFacts::default();
        }
        let ends = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at));
        let above = ends.filter_map(|end| self.of_folder.get(&path[..end])).flatten();
        let mut above: Vec<usize> = above.copied().collect();
        above.sort_unstable();
        above.dedup();
        stated_facts(above.into_iter().filter_map(|at| self.all.get(at)), path)
    }
}

/// Whether a file states facts of its folder.
pub(super) fn is_manifest(path: &str) -> bool {
    rank(path).is_some()
}

fn rank(path: &str) -> Option<usize> {
    let name = path.rsplit('/').next().unwrap_or(path);
    MANIFESTS.iter().position(|known| *known == name)
}
